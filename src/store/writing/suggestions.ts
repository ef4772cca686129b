import type { Kysely } from 'kysely';
import { NotFound } from '../../errors.ts';
import {
  type Replacement,
  type Reply,
  type Suggestion,
  type SuggestionStatus,
  suggestionStatuses,
} from '../../model/suggestion.ts';
import type { Anchor } from '../../model/text/anchor.ts';
import type { Store } from '../engine/store.ts';
import { parseJson } from '../engine/text.ts';
import type { Schema } from '../schema.ts';

/** At most this many of those that are answered are listed, the last. */
export const mostAnswered = 100;

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
  if (row === undefined) throw unknownSuggestion(workId, id);
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

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What is thrown for a suggestion that is not of a work. */
export function unknownSuggestion(workId: string, id: string): NotFound {
  return new NotFound(`store: work ${workId} has no suggestion ${JSON.stringify(id.slice(0, 80))}`);
}
