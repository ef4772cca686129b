import type { Comment } from './comment.ts';
import type { Decision, Remark } from './remark.ts';
import type { Resource, SourceRecord } from './source.ts';
import type { Story } from './state.ts';
import type { Header, WorkKind } from './work.ts';

/**
 * The exchange document: one work with everything that came with it. Its JSON form is public and versioned
 * (`docs/model.md`, `docs/edition.schema.json`). `Html` is plain `string` in a document from outside and
 * `CleanHtml` once it has passed `cleanEdition`; the store takes only the latter.
 */
export interface Edition<Html extends string = string> extends Story<Html> {
  readonly format: 'variorum-edition';
  readonly version: 1;
  readonly kind: WorkKind;
  readonly work: Header<Html>;
  readonly comments: readonly Comment<Html>[];
  /** Earlier states, oldest first, the current one not among them; empty when only the current state came. */
  readonly states: readonly EarlierState<Html>[];
  readonly notes: readonly JournalNote<Html>[];
  readonly verdicts: readonly Verdict[];
  readonly sources: readonly SourceRecord[];
  readonly resources: readonly Resource[];
  readonly remarks: readonly Remark[];
  readonly decisions: readonly Decision[];
}

/** A state a work had before the current one. */
export interface EarlierState<Html extends string = string> extends Story<Html> {
  readonly number: number;
  readonly work: Header<Html>;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly why: string;
}

/**
 * A dated post of an author that came with a story and has neither a page nor a thread of its own: a foreword between
 * works, news. One that has them is an Edition of its own, of the kind `note`.
 */
export interface JournalNote<Html extends string = string> {
  readonly title: string | null;
  readonly posted: Header['posted'];
  readonly html: Html;
  readonly source: string | null;
}

/** One reader's preference at one variant set: any subset of its sigla. Readers are numbered, never named. */
export interface Verdict {
  readonly place: string;
  readonly sigla: readonly string[];
  /** ISO 8601. */
  readonly at: string;
}

/** Parts of an Edition that are usually empty, for those who make one. */
export const emptyEdition = {
  format: 'variorum-edition',
  version: 1,
  kind: 'story',
  choices: [],
  variantSets: [],
  comments: [],
  states: [],
  notes: [],
  verdicts: [],
  sources: [],
  resources: [],
  remarks: [],
  decisions: [],
} as const satisfies Partial<Edition>;
