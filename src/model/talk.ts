import type { CommentState } from './comment.ts';
import type { ThreadSetting } from './work.ts';

/** The longest comment, in characters (AO3: 10,000). */
export const longestComment = 10_000;

/** A change of more characters than this goes back to moderation (AO3's rule). */
const smallChange = 10;

/** What may be done with one comment now, whoever asks; who may is a matter of `permissions`. */
interface Doable {
  readonly answer: boolean;
  readonly edit: boolean;
}

/**
 * AO3's rules (comments_controller.rb): answers go to readable comments that are not frozen, while the thread is
 * open; a comment is edited only while nobody has answered it and it is not frozen.
 */
export function doable(
  comment: { readonly state: CommentState; readonly answers: number },
  thread: ThreadSetting,
): Doable {
  const isOpen = thread === 'open' || thread === 'approval';
  const stands = comment.state === 'shown' && isOpen;
  return {
    answer: stands,
    edit: (stands || (comment.state === 'screened' && isOpen)) && comment.answers === 0,
  };
}

/** The state of new words: moderated threads screen everyone's but the author's own; small mends stay as they are. */
export function stateOfWords(
  thread: ThreadSetting,
  byAuthor: boolean,
  edit?: { readonly state: CommentState; readonly before: string; readonly after: string },
): 'shown' | 'screened' {
  if (thread !== 'approval' || byAuthor) return 'shown';
  if (edit?.state === 'shown' && changedCharacters(edit.before, edit.after) <= smallChange) return 'shown';
  return 'screened';
}

/** How many characters stand between the common beginning and the common end of two texts, of the longer one. */
function changedCharacters(before: string, after: string): number {
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < least - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return Math.max(before.length, after.length) - head - tail;
}
