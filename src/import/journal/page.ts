import type { Element, Node } from '../../dom.ts';
import type { CommentAuthor, CommentState } from '../../model/comment.ts';
import type { Remark } from '../../model/remark.ts';
import type { Chrome } from '../importer.ts';

/**
 * A page of a journal site as it stands there, before it is adapted to an Edition: what every layout's parser gives.
 * Words are as written; nothing is guessed here.
 */
export interface JournalPage {
  /** `livejournal.com`, `dreamwidth.org` or another site that runs the same code. Null when the page does not say. */
  readonly site: string | null;
  /** The language whose order of day and month the layout's template prints, where it has one of its own. */
  readonly language?: string;
  readonly entries: readonly JournalEntry[];
  readonly chrome: readonly Chrome[];
}

/** One entry of a journal, as its page prints it. */
export interface JournalEntry {
  /** The public address of the entry, null when the page does not give it. */
  readonly address: string | null;
  /** The number in that address (`NNN.html`). */
  readonly ditemid: number | null;
  /** The journal it stands in: a user's or a community's name. */
  readonly journal: string | null;
  /** Who posted it, when the page says so. */
  readonly poster: string | null;
  /** As written; null for none, `(no subject)` included. */
  readonly subject: string | null;
  /** The date as written, all of it; null for none. */
  readonly posted: string | null;
  /** The day as the page gives it once for all its entries, where `posted` is only a time; as written. */
  readonly day?: string;
  /** What the words of the entry are made of. */
  readonly body: readonly Node[];
  /** What stands around the words: Current Mood, Current Music, Location, Entry tags, security. */
  readonly about: readonly { readonly label: string; readonly value: string }[];
  /** In page order. */
  readonly comments: readonly JournalComment[];
  /** What the layout itself has to say: a display name, other pages of comments, an entry that is not in the file. */
  readonly remarks?: readonly Remark[];
  /** Where the entry begins, for remarks. */
  readonly element: Element;
}

/** One comment, as its page prints it. */
export interface JournalComment {
  /** The id in the page (`talkid * 256 + anum`); null when the page has none. */
  readonly id: number | null;
  /** From 0. */
  readonly depth: number;
  /** The id its "Parent" link names, when it has one. */
  readonly parentId: number | null;
  readonly author: CommentAuthor | null;
  readonly posted: string | null;
  /** The moment it was posted (ISO 8601, UTC) where the page states it apart from the words of `posted`. */
  readonly instant?: string;
  /** The tooltip of the date: "11 minutes after journal entry, 02:12 pm (x's time)". */
  readonly tooltip: string | null;
  /** As written, without the words of an edit note ("Edited at"): the date. */
  readonly edited: string | null;
  readonly subject: string | null;
  readonly body: readonly Node[];
  readonly state: CommentState;
  /** More to say of the state than its word, for a remark: `reply from suspended user`, `spam`. */
  readonly stateNote: string | null;
  readonly icon: string | null;
  /** The site it had itself been imported from. */
  readonly importedFrom: string | null;
  readonly element: Element;
}
