import { timingSafeEqual } from 'node:crypto';
import { NotFound } from '../errors.ts';
import type { WorkView } from '../model/views.ts';
import type { Archive, Keeping } from './archive.ts';
import { type KeptWork, keptWorks } from './kept.ts';

/** The part of an address that names a work: its id, and the key of its secret link where that was given. */
export interface Handle {
  readonly id: string;
  readonly secret: string | null;
}

/** A work that whoever asked may read, and how pages about it must be addressed and kept. */
export interface OpenedWork {
  readonly work: WorkView;
  /** What stands for the work in links from this page: the id for public works, `ID-SECRET` for all others. */
  readonly handle: string;
  readonly cache: Keeping;
  /** A part of a page of the work under this handle, rendered once for each version of the work. */
  readonly piece: KeptWork['piece'];
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

/**
 * Gives the work of an address to whoever may read it: a public work to everyone, any other by its secret link only.
 * @throws NotFound for unknown works and, in the same words, for those that are not public; Gone for removed ones.
 */
export async function openWork(archive: Archive, text: string): Promise<OpenedWork> {
  const { id, secret } = readHandle(text);
  const kept = await keptWorks(archive).get(id);
  const { work } = kept;
  const opened = (handle: string, cache: Keeping): OpenedWork => {
    return { work, handle, cache, piece: (name, make) => kept.piece(`${handle} ${name}`, make) };
  };
  if (isPublic(work)) return opened(id, 'public');
  if (secret !== null && isSame(secret, work.secret)) return opened(`${id}-${secret}`, 'private');
  throw new NotFound(`store: no work has the id "${id}"`);
}

/** The address of a work's page, or with `rest` (`/read/p1`, `.epub`) of something of it. */
export function workPath(handle: string, rest = ''): string {
  return `/works/${handle}${rest}`;
}

/** Compared in a time that says nothing about where two keys differ. */
function isSame(given: string, kept: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(kept)];
  return a.length === b.length && timingSafeEqual(a, b);
}
