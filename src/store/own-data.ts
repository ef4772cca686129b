import type { CleanHtml } from '../html.ts';
import type { About, CommentState } from '../model/comment.ts';
import type { WrittenDate } from '../model/date.ts';
import type { Replacement } from '../model/suggestion.ts';
import type { Header } from '../model/work.ts';
import type { Store } from './engine/store.ts';
import { parseJson } from './engine/text.ts';
import { commentViews, selectComments } from './rows/comment-rows.ts';

/** A comment of one's own, and where it stands. Its words are there in every state but `deleted`. */
export interface OwnComment {
  readonly id: string;
  readonly workId: string;
  /** Null for a work she may not read (any more). */
  readonly workTitle: string | null;
  readonly parent: string | null;
  /** The pseud who said it. */
  readonly pseud: string;
  readonly state: CommentState;
  readonly about: About;
  readonly posted: WrittenDate | null;
  readonly edited: WrittenDate | null;
  readonly subject: string | null;
  readonly html: CleanHtml;
}

/** Rows of a list at a time: what is read while someone's data is packed is never more. */
const batch = 500;

/** Everything pseuds said, in the order they said it, whatever has become of the works it is about. */
export async function* ownComments(store: Store, pseudIds: readonly string[]): AsyncGenerator<OwnComment> {
  let after = '';
  for (let last = batch; last === batch && pseudIds.length > 0; ) {
    const rows = await selectComments(store.read)
      .where('comments.person_id', 'in', pseudIds)
      .where('comments.author_kind', '=', 'pseud')
      .where('comments.id', '>', after)
      .orderBy('comments.id')
      .limit(batch)
      .execute();
    const titles = await titlesOf(store, [...new Set(rows.map((r) => r.work_id))]);
    for (const view of commentViews(rows, 'host')) {
      const { id, workId, parent, state, about, posted, edited, subject, html } = view;
      const workTitle = titles.get(workId) ?? null;
      yield {
        id,
        workId,
        workTitle,
        parent,
        pseud: view.personId ?? '',
        state,
        about,
        posted,
        edited,
        subject,
        html,
      };
    }
    after = rows.at(-1)?.id ?? '';
    last = rows.length;
  }
}

/** The titles of those works that everybody, or everybody who is signed in, may read. */
async function titlesOf(store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  if (ids.length === 0) return new Map();
  const rows = await store.read
    .selectFrom('works')
    .innerJoin('states', (j) =>
      j.onRef('states.work_id', '=', 'works.id').onRef('states.number', '=', 'works.state'),
    )
    .select(['works.id', 'states.header'])
    .where('works.id', 'in', ids)
    .where('works.stage', '=', 'published')
    .where('works.audience', 'in', ['everyone', 'members'])
    .execute();
  return new Map(rows.map((r) => [r.id, parseJson<Header>(r.header).title]));
}

/** What a reader said at a place where a story divides. */
interface OwnVerdict {
  readonly workId: string;
  readonly place: string;
  readonly sigla: readonly string[];
  /** ISO 8601. */
  readonly at: string;
}

/** The verdicts of a browser, by the keyed hash of its cookie; at most ten thousand. */
export async function ownVerdicts(store: Store, reader: string): Promise<readonly OwnVerdict[]> {
  const rows = await store.read
    .selectFrom('verdicts')
    .select(['work_id', 'place', 'sigla', 'at'])
    .where('reader', '=', reader)
    .orderBy('at')
    .limit(10_000)
    .execute();
  return rows.map((r) => ({
    workId: r.work_id,
    place: r.place,
    sigla: parseJson<string[]>(r.sigla),
    at: r.at,
  }));
}

/** Where and as what pseuds are named or were asked to be, and what they answered. */
interface OwnCredit {
  readonly workId: string;
  readonly pseud: string;
  readonly role: string;
  readonly answer: string;
  /** ISO 8601. */
  readonly askedAt: string;
  readonly answeredAt: string | null;
}

/** At most ten thousand, the first asked first. */
export async function ownCredits(store: Store, pseudIds: readonly string[]): Promise<readonly OwnCredit[]> {
  if (pseudIds.length === 0) return [];
  const rows = await store.read
    .selectFrom('creatorships')
    .select(['work_id', 'person_id', 'role', 'answer', 'asked_at', 'answered_at'])
    .where('person_id', 'in', pseudIds)
    .orderBy('asked_at')
    .orderBy('work_id')
    .limit(10_000)
    .execute();
  return rows.map((r) => ({
    workId: r.work_id,
    pseud: r.person_id,
    role: r.role,
    answer: r.answer,
    askedAt: r.asked_at,
    answeredAt: r.answered_at,
  }));
}

/** What a beta said of someone's draft: other words, a remark, or an answer under one. */
interface OwnSuggestion {
  readonly workId: string;
  readonly pseud: string;
  readonly kind: 'change' | 'remark' | 'reply';
  readonly words: string;
  /** Of what was suggested; null for answers. */
  readonly status: string | null;
  /** ISO 8601. */
  readonly at: string;
}

/** At most twenty thousand, the first first. */
export async function ownSuggestions(
  store: Store,
  pseudIds: readonly string[],
): Promise<readonly OwnSuggestion[]> {
  if (pseudIds.length === 0) return [];
  const made = await store.read
    .selectFrom('suggestions')
    .select(['work_id', 'person_id', 'replacement', 'note', 'status', 'made_at'])
    .where('person_id', 'in', pseudIds)
    .orderBy('made_at')
    .orderBy('position')
    .limit(10_000)
    .execute();
  const replies = await store.read
    .selectFrom('suggestion_replies')
    .innerJoin('suggestions', 'suggestions.id', 'suggestion_replies.suggestion_id')
    .select(['suggestions.work_id', 'suggestion_replies.person_id', 'at', 'words'])
    .where('suggestion_replies.person_id', 'in', pseudIds)
    .orderBy('at')
    .limit(10_000)
    .execute();
  const suggested = made.map((r): OwnSuggestion => {
    const change = r.replacement === null ? null : parseJson<Replacement>(r.replacement);
    const words = [change?.reading ?? '', r.note].filter((part) => part !== '').join('\n');
    const kind = change === null ? 'remark' : 'change';
    return { workId: r.work_id, pseud: r.person_id, kind, words, status: r.status, at: r.made_at };
  });
  const answered = replies.map((r): OwnSuggestion => {
    return { workId: r.work_id, pseud: r.person_id, kind: 'reply', words: r.words, status: null, at: r.at };
  });
  return [...suggested, ...answered].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** An invitation someone made. Who used it is nobody's business but that person's. */
interface OwnInvitation {
  readonly role: string;
  readonly note: string;
  readonly madeAt: string;
  readonly until: string;
  readonly usedAt: string | null;
}

/** At most ten thousand, the first first. */
export async function ownInvitations(store: Store, accountId: string): Promise<readonly OwnInvitation[]> {
  const rows = await store.read
    .selectFrom('invitations')
    .select(['role', 'note', 'made_at', 'until', 'used_at'])
    .where('made_by', '=', accountId)
    .orderBy('made_at')
    .limit(10_000)
    .execute();
  return rows.map((r) => ({
    role: r.role,
    note: r.note,
    madeAt: r.made_at,
    until: r.until,
    usedAt: r.used_at,
  }));
}

/** What was taken out of a work for good: the key of the passage, when and why. */
interface Erasure {
  readonly passage: string | null;
  /** ISO 8601. */
  readonly at: string;
  readonly why: string;
}

/** The texts erased from a work, the first first. */
export async function erasuresOf(store: Store, workId: string): Promise<readonly Erasure[]> {
  const rows = await store.read
    .selectFrom('removals')
    .select(['key', 'at', 'why'])
    .where('work_id', '=', workId)
    .where('kind', '=', 'text')
    .orderBy('at')
    .limit(10_000)
    .execute();
  return rows.map(({ key, at, why }) => ({ passage: key, at, why }));
}

/** A batch of files someone brought in by the browser. */
interface OwnImport {
  /** ISO 8601. */
  readonly begunAt: string;
  readonly endedAt: string | null;
  readonly files: number;
}

/** At most ten thousand, the first first; batches are kept by the names of who brought them. */
export async function ownImports(store: Store, names: readonly string[]): Promise<readonly OwnImport[]> {
  if (names.length === 0) return [];
  const rows = await store.read
    .selectFrom('import_batches')
    .select(['begun_at', 'ended_at', 'files'])
    .where('brought_by', 'in', names)
    .orderBy('begun_at')
    .limit(10_000)
    .execute();
  return rows.map((r) => ({ begunAt: r.begun_at, endedAt: r.ended_at, files: r.files }));
}
