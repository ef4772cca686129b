import type { Kysely } from 'kysely';
import { Conflict, Invalid, NotFound } from '../../errors.ts';
import { newId } from '../../model/id.ts';
import {
  type Replacement,
  type Reply,
  type Suggestion,
  type SuggestionStatus,
  suggestionStatuses,
} from '../../model/suggestion.ts';
import type { Anchor } from '../../model/text/anchor.ts';
import { insertRows } from '../engine/bulk.ts';
import { sealed } from '../engine/seal.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import { parseJson, storable } from '../engine/text.ts';
import { mustHaveWork } from '../rows/here.ts';
import type { Schema, SuggestionsTable } from '../schema.ts';
import { nameBetas } from './credits.ts';
import { type Revision, reviseIn } from './revise.ts';

/** What a beta says of a passage. */
export interface NewSuggestion {
  readonly anchor: Anchor | null;
  readonly change: Replacement | null;
  readonly note: string;
}

/** So many of one beta may be open in a work; more than anyone can answer. */
export const mostSuggestions = 1_000;
/** So many of those that are answered are listed, the last. */
export const mostAnswered = 100;
const longestNote = 5_000;
const longestDocument = 1_000_000;
/** So many characters of one beta are kept for a work, answered or not. */
const mostCharacters = 20_000_000;

/**
 * Keeps what a beta suggests for a passage, and gives the ids. What she has suggested already, and is open, is not
 * kept twice. @throws NotFound for an unknown work, Invalid for what is too long or says nothing, Conflict for too many
 */
export async function suggest(
  store: Store,
  made: {
    readonly workId: string;
    readonly passage: string;
    /** The pseud of the beta. */
    readonly by: string;
    /** The number of the state it was made on. */
    readonly state: number;
    readonly suggestions: readonly NewSuggestion[];
  },
): Promise<readonly string[]> {
  const { workId, passage, by } = made;
  const wanted = made.suggestions.map(documentsOf);
  return inTransaction(store, async (t) => {
    await mustHaveWork(t, workId);
    const open = await t
      .selectFrom('suggestions')
      .select(['passage', 'anchor', 'replacement', 'note'])
      .where('work_id', '=', workId)
      .where('person_id', '=', by)
      .where('status', '=', 'open')
      .execute();
    const known = new Set(open.filter((row) => row.passage === passage).map(sameness));
    const fresh = wanted.filter((row) => !known.has(sameness(row)));
    if (open.length + fresh.length > mostSuggestions)
      throw new Conflict(
        `store: ${mostSuggestions} suggestions of yours wait for an answer; send more when some are answered`,
      );
    const held = await charactersOf(t, workId, by);
    if (held + fresh.reduce((sum, row) => sum + lengthOf(row), 0) > mostCharacters)
      throw new Conflict(
        'store: your suggestions for this work are as long as twenty books together; write to its author instead',
      );
    const at = now();
    const rows = fresh.map((documents, position) =>
      sealed(store, {
        ...documents,
        id: newId(),
        work_id: workId,
        passage,
        person_id: by,
        made_at: at,
        position,
        state: made.state,
        status: 'open',
        answered_at: null,
        answered_by: null,
        accepted_in: null,
      }),
    );
    await insertRows(store, t, 'suggestions', rows);
    return rows.map((row) => row.id);
  });
}

/**
 * The suggestions for a work, as they were made: all that are open, and the last that were answered. Of some betas,
 * passages or statuses only.
 */
export async function listSuggestions(
  store: Store,
  workId: string,
  of: {
    readonly by?: readonly string[];
    readonly passage?: string;
    readonly status?: SuggestionStatus;
  } = {},
): Promise<readonly Suggestion[]> {
  const { by, passage, status } = of;
  if (by?.length === 0) return [];
  const asked = selectSuggestions(store.read)
    .where('suggestions.work_id', '=', workId)
    .$if(by !== undefined, (b) => b.where('suggestions.person_id', 'in', by ?? []))
    .$if(passage !== undefined, (b) => b.where('suggestions.passage', '=', passage ?? ''))
    .$if(status !== undefined, (b) => b.where('suggestions.status', '=', status ?? ''));
  const [open, answered] = [
    await asked
      .where('suggestions.status', '=', 'open')
      .orderBy('suggestions.made_at')
      .limit(5_000)
      .execute(),
    await asked
      .where('suggestions.status', '<>', 'open')
      .orderBy('suggestions.made_at', 'desc')
      .orderBy('suggestions.position', 'desc')
      .limit(mostAnswered)
      .execute(),
  ];
  const rows = [...open, ...answered].sort(
    (a, b) => compare(a.made_at, b.made_at) || a.position - b.position || compare(a.id, b.id),
  );
  const replies = await repliesTo(
    store.read,
    rows.map((r) => r.id),
  );
  return rows.map((row) => viewOf(row, replies.get(row.id) ?? []));
}

/** One suggestion for a work. @throws NotFound */
export async function getSuggestion(store: Store, workId: string, id: string): Promise<Suggestion> {
  const row = await selectSuggestions(store.read)
    .where('suggestions.work_id', '=', workId)
    .where('suggestions.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw unknown(workId, id);
  return viewOf(row, (await repliesTo(store.read, [id])).get(id) ?? []);
}

/** How many suggestions wait for an answer, by work. */
export async function countOpenSuggestions(
  store: Store,
  workIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (workIds.length === 0) return new Map();
  const rows = await store.read
    .selectFrom('suggestions')
    .select((e) => ['work_id', e.fn.countAll().as('n')])
    .where('work_id', 'in', workIds)
    .where('status', '=', 'open')
    .groupBy('work_id')
    .execute();
  return new Map(rows.map((r) => [r.work_id, Number(r.n)]));
}

/**
 * Answers suggestions: declines or resolves them, withdraws them, or opens them again; those that stand so already stay.
 * Gives how many changed. @throws NotFound for one that is not of this work, Conflict for one that a version took in
 */
export async function answerSuggestions(
  store: Store,
  workId: string,
  ids: readonly string[],
  answer: { readonly status: Exclude<SuggestionStatus, 'accepted'>; readonly by: string },
): Promise<number> {
  return inTransaction(store, async (t) => {
    let changed = 0;
    for (const id of new Set(ids)) {
      const row = await rowOf(t, workId, id);
      if (row.status === 'accepted')
        throw new Conflict('store: this suggestion is in the text; restore an earlier version to undo it');
      if (row.status === answer.status) continue;
      const isOpen = answer.status === 'open';
      await putStatus(store, t, row, {
        status: answer.status,
        answered_at: isOpen ? null : now(),
        answered_by: isOpen ? null : answer.by,
      });
      changed++;
    }
    return changed;
  });
}

/**
 * Makes the version that takes suggestions in, names their betas, and marks them, all in one. Gives the number.
 * @throws Conflict when someone saved since `base` or answered one of them meanwhile: nothing is done then
 */
export async function acceptSuggestions(
  store: Store,
  workId: string,
  { ids, ...revision }: Revision & { readonly ids: readonly string[] },
): Promise<number> {
  return inTransaction(store, async (t) => {
    const rows: SuggestionsTable[] = [];
    for (const id of new Set(ids)) {
      const row = await rowOf(t, workId, id);
      if (row.status !== 'open')
        throw new Conflict('store: one of these suggestions was answered meanwhile; look at them again');
      rows.push(row);
    }
    await nameBetas(t, workId, [...new Set(rows.map((r) => r.person_id))]);
    const number = await reviseIn(store, t, workId, revision);
    for (const row of rows)
      await putStatus(store, t, row, {
        status: 'accepted',
        answered_at: now(),
        answered_by: revision.by,
        accepted_in: number,
      });
    return number;
  });
}

/** Says something under a suggestion. @throws NotFound, Invalid for no words or too many */
export async function replyTo(
  store: Store,
  workId: string,
  id: string,
  reply: { readonly by: string; readonly words: string },
): Promise<void> {
  const words = noteOf(reply.words);
  if (words === '') throw new Invalid('store: an answer needs words', { path: 'words' });
  await inTransaction(store, async (t) => {
    await rowOf(t, workId, id);
    const last = await t
      .selectFrom('suggestion_replies')
      .select((e) => e.fn.max('number').as('n'))
      .where('suggestion_id', '=', id)
      .executeTakeFirst();
    const number = Number(last?.n ?? 0) + 1;
    if (number > 200) throw new Conflict('store: two hundred answers stand here; write to each other');
    const row = { suggestion_id: id, number, person_id: reply.by, at: now(), words };
    await t.insertInto('suggestion_replies').values(sealed(store, row)).execute();
  });
}

type Documents = Pick<SuggestionsTable, 'anchor' | 'replacement' | 'note'>;

function documentsOf({ anchor, change, note }: NewSuggestion): Documents {
  const words = noteOf(note);
  if (change === null && words === '') throw new Invalid('store: a remark needs words', { path: 'note' });
  if (change !== null && anchor === null) throw new Invalid('store: a change needs words to be about');
  const document = (value: object | null): string | null =>
    value === null ? null : storable(JSON.stringify(value));
  const row = { anchor: document(anchor), replacement: document(change), note: words };
  if ((row.anchor?.length ?? 0) + (row.replacement?.length ?? 0) > longestDocument)
    throw new Invalid('store: one change has a million characters at most; send it in parts', {
      path: 'text',
    });
  return row;
}

function lengthOf({ anchor, replacement, note }: Documents): number {
  return (anchor?.length ?? 0) + (replacement?.length ?? 0) + note.length;
}

async function charactersOf(t: Kysely<Schema>, workId: string, by: string): Promise<number> {
  const all = await t
    .selectFrom('suggestions')
    .select((e) => [e.fn.sum(e.fn('length', ['anchor'])).as('anchors')])
    .select((e) => [e.fn.sum(e.fn('length', ['replacement'])).as('replacements')])
    .select((e) => [e.fn.sum(e.fn('length', ['note'])).as('notes')])
    .where('person_id', '=', by)
    .where('work_id', '=', workId)
    .executeTakeFirst();
  return Number(all?.anchors ?? 0) + Number(all?.replacements ?? 0) + Number(all?.notes ?? 0);
}

function noteOf(note: string): string {
  const words = storable(note).replace(/\r\n?/g, '\n').trim();
  if (words.length > longestNote)
    throw new Invalid(`store: a note has ${longestNote} characters at most`, { path: 'note' });
  return words;
}

/** What makes two open suggestions of one beta the same: where it stood in the text does not. */
function sameness({ anchor, replacement, note }: Documents): string {
  if (anchor === null) return JSON.stringify([null, note]);
  const { quote, prefix, suffix } = parseJson<Anchor>(anchor);
  return JSON.stringify([quote, prefix, suffix, replacement, note]);
}

function selectSuggestions(db: Kysely<Schema>) {
  return db
    .selectFrom('suggestions')
    .innerJoin('people', 'people.id', 'suggestions.person_id')
    .select(['suggestions.id', 'suggestions.work_id', 'suggestions.passage', 'suggestions.person_id'])
    .select(['people.name', 'suggestions.made_at', 'suggestions.state', 'suggestions.anchor'])
    .select(['suggestions.replacement', 'suggestions.note', 'suggestions.status', 'suggestions.position'])
    .select(['suggestions.answered_at', 'suggestions.accepted_in']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectSuggestions>['execute']>>[number];

function viewOf(row: Row, replies: readonly Reply[]): Suggestion {
  return {
    id: row.id,
    workId: row.work_id,
    passage: row.passage,
    by: { id: row.person_id, name: row.name },
    madeAt: row.made_at,
    state: row.state,
    anchor: row.anchor === null ? null : parseJson<Anchor>(row.anchor),
    change: row.replacement === null ? null : parseJson<Replacement>(row.replacement),
    note: row.note,
    status: suggestionStatuses.find((known) => known === row.status) ?? 'open',
    answeredAt: row.answered_at,
    acceptedIn: row.accepted_in,
    replies,
  };
}

async function repliesTo(
  db: Kysely<Schema>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Reply[]>> {
  const found = new Map<string, Reply[]>();
  // Fewer at once than an engine takes parameters.
  for (let at = 0; at < ids.length; at += 500) {
    const rows = await db
      .selectFrom('suggestion_replies')
      .innerJoin('people', 'people.id', 'suggestion_replies.person_id')
      .select(['suggestion_id', 'person_id', 'people.name', 'at', 'words'])
      .where('suggestion_id', 'in', ids.slice(at, at + 500))
      .orderBy('suggestion_id')
      .orderBy('number')
      .execute();
    for (const { suggestion_id, person_id, name, at: when, words } of rows) {
      const replies = found.get(suggestion_id) ?? [];
      replies.push({ by: { id: person_id, name }, at: when, words });
      found.set(suggestion_id, replies);
    }
  }
  return found;
}

async function rowOf(t: Kysely<Schema>, workId: string, id: string): Promise<SuggestionsTable> {
  const row = await t
    .selectFrom('suggestions')
    .selectAll()
    .where('work_id', '=', workId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw unknown(workId, id);
  return row;
}

async function putStatus(
  store: Store,
  t: Kysely<Schema>,
  { seal: _, ...row }: SuggestionsTable,
  columns: Partial<SuggestionsTable>,
): Promise<void> {
  await t
    .updateTable('suggestions')
    .set(sealed(store, { ...row, ...columns }))
    .where('id', '=', row.id)
    .execute();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function unknown(workId: string, id: string): NotFound {
  return new NotFound(`store: work ${workId} has no suggestion ${JSON.stringify(id.slice(0, 80))}`);
}
