import type { AccountView } from '../model/account.ts';
import type { Store } from '../store/index.ts';
import type { Schema } from '../store/schema.ts';

/** Whose data it is, and what only her browser knows. */
export interface Owner {
  readonly account: AccountView;
  /** The keyed hash under which this browser's verdicts stand; undefined when it gave none. */
  readonly reader: string | undefined;
  /** How she likes to read, as her browser keeps it. */
  readonly settings: Readonly<Record<string, string>>;
  /** The public address of the archive, without a slash at the end. */
  readonly url: string;
}

/** A file of the download. */
export interface DataFile {
  /** Within the zip, with `/`. */
  readonly path: string;
  /** `edition` is what `import` reads again; a picture is stored as it is. */
  readonly kind: 'edition' | 'text' | 'data' | 'picture';
  readonly bytes: Uint8Array;
}

/** One kind of thing that is hers: one module and one line in `index.ts`. */
export interface DataPart {
  /** The file or folder it makes. */
  readonly path: string;
  /** What is in it, in a sentence for people: on the page that offers the download, and in its README. */
  readonly about: string;
  /** The tables it is taken from. */
  readonly tables: readonly (keyof Schema)[];
  /** One file at a time, so that no more is in memory than one. */
  files(store: Store, owner: Owner): AsyncGenerator<DataFile>;
}

/** A file of data that programs read and people can. */
export function dataFile(path: string, data: unknown): DataFile {
  return { path, kind: 'data', bytes: new TextEncoder().encode(`${JSON.stringify(data, null, 2)}\n`) };
}

/** A file for people. */
export function textFile(path: string, text: string): DataFile {
  return { path, kind: 'text', bytes: new TextEncoder().encode(text) };
}
