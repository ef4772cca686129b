import { hash, randomUUID } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { WorkView } from '../../model/views.ts';
import { changeCount } from '../../store/index.ts';
import { findVersion, getWork } from '../../store/works.ts';
import type { Archive, Made } from '../archive.ts';
import type { Markup } from '../parts.tsx';

/** A part of a page that was rendered before: pages put `mark` where it stands, and its bytes take that place. */
export interface Piece {
  readonly mark: HtmlEscapedString;
  readonly bytes: Buffer;
  /** A hash of the bytes. */
  readonly tag: string;
}

/** A work as it was read at one version, and the pieces made of it since. */
export interface KeptWork {
  readonly work: WorkView;
  /** The piece kept under a name, made now if there is none. The name says all it depends on beside the work. */
  piece(name: string, make: () => Markup | Promise<Markup>): Promise<Piece>;
  /** The same for a whole page that shows nothing but the work. */
  page(name: string, make: () => Promise<Made>): Promise<Made>;
}

/**
 * Works and pieces of their pages in memory, the ones longest unasked dropped first. What was made of a work holds as
 * long as its version stands, whatever is written to other works; without any write it is not even asked for.
 */
export class KeptWorks {
  readonly #archive: Archive;
  readonly #limit: number;
  readonly #works = new Map<string, Kept>();
  #size = 0;

  /** `limit` in bytes; 0 keeps nothing. */
  constructor(archive: Archive, limit: number) {
    this.#archive = archive;
    this.#limit = limit;
  }

  /** Bytes taken now, about. */
  get size(): number {
    return this.#size;
  }

  /** A work in whatever stage, as it is now. @throws NotFound, Gone as `getWork` does */
  async get(id: string): Promise<KeptWork> {
    const { store } = this.#archive;
    // Taken before anything is read: what is written meanwhile makes the next one ask again.
    const count = changeCount(store);
    const known = this.#works.get(id);
    if (
      known !== undefined &&
      (known.seen === count || (await findVersion(store, id)) === known.work.version)
    ) {
      known.seen = count;
      if (this.#works.delete(id)) this.#works.set(id, known);
      return known;
    }
    this.#drop(id);
    const work = await getWork(store, id);
    this.#drop(id);
    const kept = new Kept(work, count, (bytes) => this.#grow(id, kept, bytes));
    if (this.#limit > 0) this.#works.set(id, kept);
    this.#grow(id, kept, 2000 + 500 * work.entries.length);
    return kept;
  }

  #grow(id: string, kept: Kept, bytes: number): void {
    if (this.#works.get(id) !== kept) return;
    kept.size += bytes;
    this.#size += bytes;
    if (kept.size > this.#limit / 4) this.#drop(id);
    for (const oldest of this.#works.keys()) {
      if (this.#size <= this.#limit) return;
      this.#drop(oldest);
    }
  }

  #drop(id: string): void {
    this.#size -= this.#works.get(id)?.size ?? 0;
    this.#works.delete(id);
  }
}

/** A view of a work that nobody keeps: what only its writers see. */
export function passingWork(work: WorkView): KeptWork {
  return new Kept(work, '', () => {});
}

class Kept implements KeptWork {
  readonly work: WorkView;
  /** The store's change count when the work was last known to be as it is here. */
  seen: string;
  size = 0;
  readonly #pieces = new Map<string, Piece>();
  readonly #pages = new Map<string, Made>();
  readonly #grow: (bytes: number) => void;

  constructor(work: WorkView, seen: string, grow: (bytes: number) => void) {
    this.work = work;
    this.seen = seen;
    this.#grow = grow;
  }

  async piece(name: string, make: () => Markup | Promise<Markup>): Promise<Piece> {
    const known = this.#pieces.get(name);
    if (known !== undefined) return known;
    const made = pieceOf(`${await html`${await make()}`}`);
    this.#pieces.set(name, made);
    this.#grow(made.bytes.length + name.length + 500);
    return made;
  }

  async page(name: string, make: () => Promise<Made>): Promise<Made> {
    const known = this.#pages.get(name);
    if (known !== undefined) return known;
    const made = await make();
    this.#pages.set(name, made);
    this.#grow(made.bytes.length + name.length + 500);
    return made;
  }
}

/** Nobody who writes a story can know the marks of this run. */
const run = randomUUID();
let marks = 0;

function pieceOf(text: string): Piece {
  const bytes = Buffer.from(text);
  return { mark: raw(`<!--${run} ${marks++}-->`), bytes, tag: hash('sha256', bytes, 'base64url') };
}

/** The bytes of a page with its pieces in their places, and a hash of them; pieces in the order in which they stand. */
export function compose(page: string, pieces: readonly Piece[]): Made {
  const parts: Buffer[] = [];
  const tags: string[] = [];
  let at = 0;
  const upTo = (end: number): void => {
    const frame = page.slice(at, end);
    parts.push(Buffer.from(frame));
    tags.push(frame);
  };
  for (const piece of pieces) {
    const mark = `${piece.mark}`;
    const place = page.indexOf(mark, at);
    if (place < 0) throw new Error('web/kept: a piece does not stand in its page');
    upTo(place);
    parts.push(piece.bytes);
    tags.push(piece.tag);
    at = place + mark.length;
  }
  upTo(page.length);
  return { bytes: Buffer.concat(parts), tag: hash('sha256', tags.join('\0'), 'base64url').slice(0, 22) };
}

const kept = new WeakMap<Archive['store'], KeptWorks>();

/** The works an archive keeps. They may take half of the memory that is given to rendered pages. */
export function keptWorks(archive: Archive): KeptWorks {
  const known = kept.get(archive.store);
  if (known !== undefined) return known;
  const made = new KeptWorks(archive, (archive.config.cacheMegabytes * 1024 * 1024) / 2);
  kept.set(archive.store, made);
  return made;
}
