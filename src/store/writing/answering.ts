import type { Kysely } from 'kysely';
import { Conflict, Invalid } from '../../errors.ts';
import type { SuggestionStatus } from '../../model/suggestion.ts';
import { sealed } from '../engine/seal.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import type { Schema, SuggestionsTable } from '../schema.ts';
import { nameBetas } from './credits.ts';
import { type Revision, reviseIn } from './revise.ts';
import { noteOf } from './suggesting.ts';
import { unknownSuggestion } from './suggestions.ts';

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

async function rowOf(t: Kysely<Schema>, workId: string, id: string): Promise<SuggestionsTable> {
  const row = await t
    .selectFrom('suggestions')
    .selectAll()
    .where('work_id', '=', workId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw unknownSuggestion(workId, id);
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
