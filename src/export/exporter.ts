import type { CleanHtml } from '../html.ts';
import type { Edition } from '../model/edition.ts';

/** A way to take a work home: one module and one line in `index.ts`. Writes; never reads or fetches. */
export interface Exporter {
  /** As in addresses and on the command line: `epub`. */
  readonly name: string;
  /** For people: `EPUB`. */
  readonly label: string;
  readonly mediaType: string;
  /** What this format cannot hold, in a sentence; empty when nothing is lost. */
  readonly loses: string;
  /** What writes it, loaded when a work is first asked for in this format: many archives are mostly read. */
  load(): Promise<WriteEdition>;
}

/** Gives the bytes of a file; the same Edition and options are always the same bytes. */
export type WriteEdition = (edition: Edition<CleanHtml>, options: ExportOptions) => Uint8Array;

/** What a file says besides the work itself. */
export interface ExportOptions {
  /** The address of the work in its archive, null when it has none; stands in the colophon. */
  readonly address: string | null;
  /** Whether readers' comments come along as an appendix. */
  readonly comments: boolean;
  /** When the state was made, ISO 8601: books carry it as their date, never the moment of export. */
  readonly stateMadeAt: string;
}
