import type { WrittenDate } from './date.ts';

/**
 * Whose words a comment is: a pseud of this archive, a guest, a name from elsewhere with its site, or someone
 * the source itself calls anonymous. Null (in `Comment.author`) means that the source does not have the name.
 */
export type CommentAuthor =
  | { readonly kind: 'pseud'; readonly id: string; readonly name: string }
  | { readonly kind: 'guest'; readonly name: string }
  | { readonly kind: 'imported'; readonly name: string; readonly site: string | null }
  | { readonly kind: 'anonymous' };

/**
 * shown; screened (not public until approved); frozen (shown, takes no replies); deleted (a stub that keeps
 * replies in place); hidden (taken from view, as by suspension); collapsed (its text was not in the source).
 */
export const commentStates = ['shown', 'screened', 'frozen', 'deleted', 'hidden', 'collapsed'] as const;
export type CommentState = (typeof commentStates)[number];

/** What a comment is about. */
export type About =
  | { readonly kind: 'work' }
  | { readonly kind: 'passage'; readonly key: string }
  | { readonly kind: 'branch'; readonly place: string; readonly sigla: readonly string[] }
  | { readonly kind: 'words'; readonly key: string; readonly quote: string; readonly start: number };

/** A reader's words. `id` is unique within its Edition, `parent` the id of the comment it answers. */
export interface Comment<Html extends string = string> {
  readonly id: string;
  readonly parent: string | null;
  readonly author: CommentAuthor | null;
  readonly posted: WrittenDate | null;
  readonly edited: WrittenDate | null;
  readonly subject: string | null;
  readonly html: Html;
  readonly state: CommentState;
  readonly about: About;
  /** The keyword of the icon it was posted with; null when none is known. */
  readonly icon: string | null;
  /** The site it was itself imported from before (`livejournal.com` on a Dreamwidth page). */
  readonly importedFrom: string | null;
  /** The source (its SHA-256) it was read from; null when written here. */
  readonly source: string | null;
}

/** Whether the public may read a comment's words. */
export function isReadable(state: CommentState): boolean {
  return state === 'shown' || state === 'frozen';
}
