import type { CleanHtml } from '../html.ts';
import type { Comment } from './comment.ts';
import type { WrittenDate } from './date.ts';
import type { Remark } from './remark.ts';
import type { SourceRecord } from './source.ts';
import type { Choice, Passage, VariantSet } from './state.ts';
import type { Audience, Header, OldTexts, Role, Stage, ThreadSetting, WorkKind } from './work.ts';

/** What every list of works shows of one. */
export interface WorkCard {
  readonly id: string;
  readonly kind: WorkKind;
  readonly title: string | null;
  readonly creators: readonly CreditedPerson[];
  readonly header: Header<CleanHtml>;
  readonly words: number;
  readonly passages: number;
  readonly endings: number;
  readonly comments: number;
  /** The sigla of its largest variant set; empty when the story does not divide. */
  readonly sigla: readonly string[];
  /** ISO 8601, null before it is published. */
  readonly publishedAt: string | null;
}

/** A creator with the address of their page. */
export interface CreditedPerson {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly site: string | null;
  /** Whether it is a name from elsewhere that someone who writes here has too: another person, and said to be. */
  readonly namesake?: true;
}

/** A passage without its words. */
export interface PassageEntry extends Omit<Passage, 'html'> {
  /** The keyed hash under which its text is stored. */
  readonly textHash: string;
}

/** A work as its own page needs it: everything but texts and comments. */
export interface WorkView extends WorkCard {
  readonly stage: Stage;
  readonly audience: Audience;
  readonly thread: ThreadSetting;
  /** Which states before this one are open to those who may read the work. */
  readonly oldTexts: OldTexts;
  /** The number of the newest state: another than `state` where its writers went on and have not published it yet. */
  readonly newest: number;
  /** The number of the state seen here, from 1, and when it was made (ISO 8601). */
  readonly state: number;
  readonly stateMadeAt: string;
  readonly entries: readonly PassageEntry[];
  readonly choices: readonly Choice[];
  readonly variantSets: readonly VariantSet[];
  readonly sources: readonly SourceRecord[];
  /** Changes whenever anything the public may see of the work changes; for ETags and caches. */
  readonly version: string;
  /** The key of the secret link; given only to those who run the archive. */
  readonly secret: string;
}

/** One state in a work's history. */
export interface StateEntry {
  readonly number: number;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly madeBy: string | null;
  /** The name of the pseud who made it; null for readings of a page and what the program did. */
  readonly maker: string | null;
  readonly why: string;
  /** Since when its readers were shown it (ISO 8601); null for one they never saw. */
  readonly shownAt: string | null;
}

/** A comment in its thread. `depth` counts from 0; `origin` is its id where it was first posted. */
export interface CommentView extends Comment<CleanHtml> {
  readonly workId: string;
  readonly depth: number;
  readonly origin: string | null;
  /** The page of its author's name; null for guests, the anonymous and the unknown. */
  readonly personId: string | null;
  /** Whether its author is credited as an author of the work. */
  readonly byAuthor: boolean;
  /** Whether it bears a name from elsewhere that someone who writes here has too. */
  readonly namesake?: true;
}

/** A run of a list: what it holds and the key with which to ask for what follows; null at the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** A name with a page: imported with its site, or a pseud of this archive. */
export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly site: string | null;
  /** Whether it came with what was brought in: nobody here has it. */
  readonly isElsewhere: boolean;
  /** Stories, notes and comments that the public may read. */
  readonly works: number;
  readonly notes: number;
  readonly comments: number;
}

/**
 * One thing in a journal: a story by its card, a note with its words, or a note that came in the same document as a
 * story (`enclosed`) and has neither a page nor a thread of its own. `dated` is the date it bears, else the day on
 * which it was published here; null where an enclosed note has none.
 */
export type JournalEntry =
  | { readonly kind: 'story'; readonly work: WorkCard; readonly dated: WrittenDate }
  | { readonly kind: 'note'; readonly work: WorkCard; readonly html: CleanHtml; readonly dated: WrittenDate }
  | {
      readonly kind: 'enclosed';
      readonly id: string;
      /** The work it came with. */
      readonly work: Pick<WorkCard, 'id' | 'title'>;
      readonly title: string | null;
      readonly html: CleanHtml;
      readonly dated: WrittenDate | null;
    };

/** A month of a journal and how much it holds; `month` is `05`, null for what is dated with a year alone. */
export interface JournalMonth {
  readonly year: string;
  readonly month: string | null;
  readonly entries: number;
  readonly comments: number;
}

/** A tag and how many works the public may read have it. */
export interface TagView {
  readonly kind: TagKind;
  readonly name: string;
  readonly works: number;
}

/** The kinds of tags that people write themselves; ratings, warnings and categories are fixed lists. */
export const tagKinds = ['fandom', 'relationship', 'character', 'freeform'] as const;
export type TagKind = (typeof tagKinds)[number];

/** How many readers preferred each subset of the branches at one place; a subset is its sigla joined: `A`, `AB`. */
export interface Tally {
  readonly place: string;
  readonly readers: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** A find: the work, and the words around the match, matches within `<mark>`. */
export interface SearchHit {
  readonly work: WorkCard;
  readonly snippet: CleanHtml | null;
  readonly passage: string | null;
}

/** What was kept of one source besides its record. */
export interface KeptSource {
  readonly record: SourceRecord;
  /** Null when the bytes were erased; the hash stays. */
  readonly bytes: Uint8Array | null;
  readonly remarks: readonly Remark[];
}

/** A picture that came with a work. */
export interface ImageView {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** What storing one Edition did. */
export type ImportOutcome =
  | { readonly kind: 'new'; readonly workId: string }
  | { readonly kind: 'same'; readonly workId: string }
  | { readonly kind: 'grown'; readonly workId: string; readonly comments: number }
  | { readonly kind: 'reread'; readonly workId: string; readonly state: number }
  | { readonly kind: 'contradicts'; readonly workId: string; readonly differences: readonly string[] }
  | { readonly kind: 'forbidden'; readonly reason: string }
  /** It is here, and not for whoever brings it to revise: nothing was taken, and nothing is said of it. */
  | { readonly kind: 'owned' };

/** A fault that `check` found: what, where, and what to do about it. */
export interface Fault {
  readonly what: string;
  readonly where: string;
  readonly remedy: string;
}

export type { WrittenDate };
