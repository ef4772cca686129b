import { availableParallelism } from 'node:os';
import type { CleanHtml } from '../../html.ts';
import { type Change, changesBetween } from '../../writing/changes.ts';
import { aside, isBuilt, type Room } from '../aside.ts';

/** A text and what a beta made of it; plain data, fit to be sent to a thread. */
export interface ChangedText {
  readonly before: CleanHtml;
  readonly after: CleanHtml;
}

/** How many texts of betas are compared beside serving: one written anew, as long as a book, takes seconds. */
export const room: Room = {
  program: new URL('./changes-worker.js', import.meta.url),
  running: Math.max(1, availableParallelism() - 1),
  waiting: 8,
  each: 2,
  patience: 10_000,
  busy: 'web/betas: many texts are being compared; come again in a minute',
  late: 'web/betas: so much is changed that it takes too long to find each place; send a part of it, then the next',
};

/** What is done in the thread. */
export function changesOf({ before, after }: ChangedText): readonly Change[] {
  return changesBetween(before, after);
}

/**
 * The changes a beta made, found in a thread so that nobody else waits for them; `who` is her account. Run from sources
 * they are found here.
 * @throws Conflict when too many wait already, or when it takes too long
 */
export const changesAside: (text: ChangedText, who: string) => Promise<readonly Change[]> = isBuilt(room)
  ? aside<ChangedText, readonly Change[]>(room)
  : async (text) => changesOf(text);
