import { timingSafeEqual } from 'node:crypto';
import { NotFound } from '../errors.ts';
import type { WorkView } from '../model/views.ts';
import type { Archive, Keeping } from './archive.ts';
import type { KeptWork } from './serving/kept.ts';

/** The part of an address that names a work: its id, and the key of its secret link where that was given. */
interface Handle {
  readonly id: string;
  readonly secret: string | null;
}

/** A work that whoever asked may read, and how pages about it must be addressed and kept. */
export interface OpenedWork {
  readonly work: WorkView;
  /** What stands for the work in links from this page: its id, or `ID-SECRET` for those who came by its secret link. */
  readonly handle: string;
  readonly cache: Keeping;
  /** A part of a page of the work under this handle, rendered once for each version of the work. */
  readonly piece: KeptWork['piece'];
  /** The same for a whole page that shows nothing but the work. */
  readonly page: KeptWork['page'];
}

/**
 * Reads `ID` or `ID-SECRET`.
 * @throws NotFound when it is neither.
 */
export function readHandle(text: string): Handle {
  const match = /^([0-9a-z]{1,32})(?:-([0-9a-z]{1,64}))?$/.exec(text);
  if (match?.[1] === undefined)
    throw new NotFound(`web: no work has the address ${JSON.stringify(text.slice(0, 80))}`);
  return { id: match[1], secret: match[2] ?? null };
}

/** Whether everyone may read a work without its secret link. */
export function isPublic(work: Pick<WorkView, 'stage' | 'audience'>): boolean {
  return work.stage === 'published' && work.audience === 'everyone';
}

/** A work for those whom the guard lets to it; `handle` as its pages link to each other. */
export function opened(
  archive: Pick<Archive, 'name'>,
  kept: KeptWork,
  handle: string,
  cache: Keeping,
): OpenedWork {
  return {
    work: kept.work,
    handle,
    cache,
    piece: (name, make) => kept.piece(`${cache} ${handle} ${name}`, make),
    // Whole pages have the archive's name in their frame, and its host may change it.
    page: (name, make) => kept.page(`${archive.name} ${cache} ${handle} ${name}`, make),
  };
}

/** Whether a key is that of a work's secret link; takes a time that says nothing about where they differ. */
export function holdsSecret(given: string, { secret }: Pick<WorkView, 'secret'>): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The address of a note. */
export function notePath(handle: string): string {
  return `/notes/${handle}`;
}

/** Where a work begins for its readers: a story at its page, a note at itself. */
export function frontOf({ kind }: Pick<WorkView, 'kind'>, handle: string): string {
  return kind === 'note' ? notePath(handle) : workPath(handle);
}

/** The address of a work's page, or with `rest` (`/read/p1`, `.epub`) of something of it. */
export function workPath(handle: string, rest = ''): string {
  return `/works/${handle}${rest}`;
}
