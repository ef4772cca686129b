import type { Parent } from '../dom.ts';
import type { CleanHtml } from '../html.ts';
import type { Edition } from '../model/edition.ts';
import type { Decision } from '../model/remark.ts';

/** A file as it was given. `path` is relative to what was imported, with `/`: `journal/1234.html`. */
export interface SourceFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A file opened for reading: hashed, decoded once, parsed when an importer first asks for its tree. */
export interface OpenFile {
  readonly path: string;
  /** The last part of the path. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** The characters, decoded; U+FFFD where bytes did not fit. */
  readonly text: string;
  readonly charset: Charset;
  /** The parsed page; the same tree at each call. @throws Unreadable for a page too deep to be one. */
  tree(): Parent;
  /** Files that came beside it (`1234_files/pic.png`), by the path the page refers to them with. */
  readonly beside: ReadonlyMap<string, SourceFile>;
}

/** How a file's characters were found: its name in the WHATWG list, and what said so. */
export interface Charset {
  readonly name: string;
  readonly from: 'bom' | 'declared' | 'sniffed' | 'default';
  /** What the file says of itself where that is not what it is (`iso-8859-1` that is windows-1252). */
  readonly declared: string | null;
  /** Signs of text that was decoded wrongly before it was saved (`â€™`): named, never repaired in silence. */
  readonly mojibake: readonly string[];
}

/** What an importer makes of one file: any number of works, and what of the page is not story. */
export interface Reading {
  readonly editions: readonly Edition<CleanHtml>[];
  /** Parts of the page that belong to the site and not to the work, each by the rule that says so. */
  readonly chrome: readonly Chrome[];
  /** For each Edition the places where its text may be parted; none for formats that say themselves how they go. */
  readonly places?: readonly (readonly PartingPlace[])[];
}

/** A place of a text, named as decisions name it (`places.ts`), with the words that follow it. */
export interface PartingPlace {
  readonly value: string;
  readonly line: number | null;
  readonly words: string;
  readonly isScene: boolean;
  /** Whether a passage begins there in this reading, for another reason than that the text or a branch does. */
  readonly begins: boolean;
}

/** A part of a page matched by a named rule (`livejournal: navigation`); its visible words are accounted for. */
export interface Chrome {
  readonly rule: string;
  readonly text: string;
}

/**
 * A format: one folder and one line in `index.ts`. `recognises` is cheap and never throws; `read` never fetches,
 * writes or throws words away, and applies the decisions given for this source while it reads.
 */
export interface Importer {
  /** As in reports and sources: `livejournal-s2`. */
  readonly name: string;
  /** Raised when the same file would be read differently. */
  readonly version: number;
  /** One sentence for `docs/importers.md` and `--help`. */
  readonly about: string;
  recognises(file: OpenFile): boolean;
  /** @throws Unreadable with the reason, when the file is of this format but not a story. */
  read(file: OpenFile, decisions: readonly Decision[]): Reading;
}
