import type { Anchor } from './text/anchor.ts';

/** What became of a suggestion; `resolved` is a remark that was taken note of. */
export const suggestionStatuses = ['open', 'accepted', 'declined', 'resolved', 'withdrawn'] as const;
export type SuggestionStatus = (typeof suggestionStatuses)[number];

/** Other words for words of a passage: stretches of clean HTML, and the new ones as they read. */
export interface Replacement {
  readonly old: string;
  readonly new: string;
  readonly reading: string;
}

/** What a beta says of words in a draft: others to put in their place, or a remark. */
export interface Suggestion {
  readonly id: string;
  readonly workId: string;
  /** The key of the passage. */
  readonly passage: string;
  /** The pseud who made it. */
  readonly by: { readonly id: string; readonly name: string };
  /** ISO 8601. */
  readonly madeAt: string;
  /** The number of the state it was made on. */
  readonly state: number;
  /** The words it is about; null for a remark on the passage as a whole. */
  readonly anchor: Anchor | null;
  /** Null for a remark. */
  readonly change: Replacement | null;
  /** What she says of it, plain; a remark has nothing else. */
  readonly note: string;
  readonly status: SuggestionStatus;
  readonly answeredAt: string | null;
  /** The state that took it in. */
  readonly acceptedIn: number | null;
  /** What author and beta said about it, in order. */
  readonly replies: readonly Reply[];
}

/** A word between author and beta about a suggestion. */
export interface Reply {
  readonly by: { readonly id: string; readonly name: string };
  readonly at: string;
  readonly words: string;
}

/** What kinds of suggestions there are, to answer all of one at once. */
export type SuggestionKind = 'small' | 'words' | 'remark';

/** `small` changes leave every letter and digit: signs, capitals, spaces, type and paragraphs. */
export function kindOf({ anchor, change }: Pick<Suggestion, 'anchor' | 'change'>): SuggestionKind {
  if (change === null) return 'remark';
  return lettersOf(anchor?.quote ?? '') === lettersOf(change.reading) ? 'small' : 'words';
}

/** Old words and new ones, parted from the whole words with which both begin and end. */
export interface Parted {
  readonly before: string;
  readonly old: string;
  readonly new: string;
  readonly after: string;
}

/** What of some words is other in a new reading of them. */
export function partWords(old: string, reading: string): Parted {
  const [a, b] = [piecesOf(old), piecesOf(reading)];
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start++;
  let end = 0;
  while (end < most - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return {
    before: a.slice(0, start).join(''),
    old: a.slice(start, a.length - end).join(''),
    new: b.slice(start, b.length - end).join(''),
    after: a.slice(a.length - end).join(''),
  };
}

/** Words and the spaces between them, in turn. */
function piecesOf(text: string): readonly string[] {
  return text.split(/(?<=\s)(?=\S)|(?<=\S)(?=\s)/);
}

function lettersOf(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')
    .toLowerCase();
}

/**
 * Why a state was made that takes suggestions in, for the history: `Matilda’s 3 suggestions accepted`. Who does not want to be
 * named is not.
 */
export function acceptedWhy(taken: readonly { readonly name: string; readonly named: boolean }[]): string {
  const counts = new Map<string, number>();
  for (const { name, named } of taken) {
    const who = named ? `${name}’s` : 'a beta’s';
    counts.set(who, (counts.get(who) ?? 0) + 1);
  }
  const parts = [...counts].map(([who, n]) => (taken.length === 1 ? who : `${who} ${n}`));
  const last = parts.pop() ?? '';
  const all = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
  const what = taken.length === 1 ? 'suggestion' : 'suggestions';
  return `${all.charAt(0).toUpperCase()}${all.slice(1)} ${what} accepted`;
}
