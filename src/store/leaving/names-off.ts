import type { Kysely } from 'kysely';
import type { CleanHtml } from '../../html.ts';
import { newId } from '../../model/id.ts';
import type { Pseud } from '../../model/person.ts';
import type { Decision, Remark } from '../../model/remark.ts';
import type { Header } from '../../model/work.ts';
import { sealed } from '../engine/seal.ts';
import type { Store } from '../engine/store.ts';
import { fold, parseJson, sortKey } from '../engine/text.ts';
import { indexWork } from '../finding/search-index.ts';
import { putHeader } from '../rows/shown.ts';
import type { Schema } from '../schema.ts';
import { dropSuggested } from '../writing/drafts.ts';

/** Stands where the history of a work named someone whose name was taken off. */
export const someoneWhoLeft = 'someone who left';

/**
 * Takes a pseud's name off a work, or puts another of the same person in its place: in every state, not only the
 * newest; in credits, history and decisions; and under what she said in its thread. What the texts themselves say stays
 * (`findMentions`). Within a transaction; books and the log of the database are for the caller to clear.
 */
export async function changeNameOn(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  from: Pseud,
  to: Pseud | null,
): Promise<void> {
  const change = { store, t, workId, from, to };
  await changeStates(change);
  await changeComments(change);
  await changeRemarks(change);
  await changeSuggestions(change);
  const creators = t.updateTable('creatorships').where('work_id', '=', workId);
  if (to !== null) await creators.set({ person_id: to.id }).where('person_id', '=', from.id).execute();
  await t.deleteFrom('creatorships').where('work_id', '=', workId).where('person_id', '=', from.id).execute();
  if (to === null) await dropSuggested(t, workId, from.id);
  await creators
    .set({ asked_by: to?.id ?? '' })
    .where('asked_by', '=', from.id)
    .execute();
  await t
    .updateTable('acts')
    .set({ by: to?.id ?? someoneWhoLeft })
    .where('work_id', '=', workId)
    .where('by', '=', from.id)
    .execute();
  await changeWork(store, t, workId);
}

interface NameChange {
  readonly store: Store;
  readonly t: Kysely<Schema>;
  readonly workId: string;
  readonly from: Pseud;
  /** Null where the name is taken off and none put in its place. */
  readonly to: Pseud | null;
}

async function changeStates({ store, t, workId, from, to }: NameChange): Promise<void> {
  const rows = await t.selectFrom('states').selectAll().where('work_id', '=', workId).execute();
  for (const { seal: _, ...row } of rows) {
    const header = headerWith(parseJson<Header<CleanHtml>>(row.header), from, to);
    const changed = {
      ...row,
      header: JSON.stringify(header),
      // States of an import have the name of whoever brought it.
      made_by: row.made_by === from.id || row.made_by === from.name ? (to?.id ?? null) : row.made_by,
      why: row.why.replaceAll(from.name, to?.name ?? someoneWhoLeft),
    };
    await t
      .updateTable('states')
      .set(sealed(store, changed))
      .where('work_id', '=', workId)
      .where('number', '=', row.number)
      .execute();
  }
}

/** A line of the header as it was written that is the name and nothing else goes with it. */
function headerWith(header: Header<CleanHtml>, from: Pseud, to: Pseud | null): Header<CleanHtml> {
  const isHers = (c: Header['creators'][number]): boolean => c.site === null && c.name === from.name;
  return {
    ...header,
    creators: header.creators.flatMap((c) => {
      if (!isHers(c)) return [c];
      return to === null ? [] : [{ ...c, name: to.name }];
    }),
    asWritten: header.asWritten.filter(({ value }) => fold(value).trim() !== fold(from.name)),
  };
}

async function changeComments({ store, t, workId, from, to }: NameChange): Promise<void> {
  const rows = await t
    .selectFrom('comments')
    .selectAll()
    .where('work_id', '=', workId)
    .where('person_id', '=', from.id)
    .execute();
  for (const { seal: _, ...row } of rows) {
    const changed = to === null ? { ...row, ...nobody } : { ...row, person_id: to.id };
    await t.updateTable('comments').set(sealed(store, changed)).where('id', '=', row.id).execute();
  }
}

/** A comment whose words stay and whose author is nobody. */
export const nobody = {
  author_kind: 'anonymous',
  person_id: null,
  author_name: null,
  author_ref: null,
  icon: null,
} as const;

async function changeRemarks({ store, t, workId, from }: NameChange): Promise<void> {
  const by = (who: string): string => (who === from.id || who === from.name ? someoneWhoLeft : who);
  const work = await t.selectFrom('works').select('decisions').where('id', '=', workId).executeTakeFirst();
  const decisions = parseJson<Decision[]>(work?.decisions ?? '[]').map((d) => ({ ...d, by: by(d.by) }));
  await t
    .updateTable('works')
    .set({ decisions: JSON.stringify(decisions) })
    .where('id', '=', workId)
    .execute();
  const rows = await t.selectFrom('remarks').selectAll().where('work_id', '=', workId).execute();
  for (const { seal: _, ...row } of rows) {
    const remarks = parseJson<Remark[]>(row.remarks).map((r) =>
      r.decidedBy === null ? r : { ...r, decidedBy: by(r.decidedBy) },
    );
    await t
      .updateTable('remarks')
      .set(sealed(store, { ...row, remarks: JSON.stringify(remarks) }))
      .where('work_id', '=', workId)
      .where('position', '=', row.position)
      .execute();
  }
}

/** What she suggested goes with her name, since nobody would be left to answer for it; what she answered stays answered. */
async function changeSuggestions({ store, t, workId, from, to }: NameChange): Promise<void> {
  const rows = await t.selectFrom('suggestions').selectAll().where('work_id', '=', workId).execute();
  for (const { seal: _, ...row } of rows) {
    const replies = await t
      .selectFrom('suggestion_replies')
      .selectAll()
      .where('suggestion_id', '=', row.id)
      .where('person_id', '=', from.id)
      .execute();
    const mine = t.deleteFrom('suggestion_replies').where('suggestion_id', '=', row.id);
    await (row.person_id === from.id && to === null ? mine : mine.where('person_id', '=', from.id)).execute();
    if (row.person_id === from.id && to === null) {
      await t.deleteFrom('suggestions').where('id', '=', row.id).execute();
      continue;
    }
    for (const { seal: __, ...reply } of to === null ? [] : replies)
      await t
        .insertInto('suggestion_replies')
        .values(sealed(store, { ...reply, person_id: to?.id ?? '' }))
        .execute();
    const changed = {
      ...row,
      person_id: row.person_id === from.id ? (to?.id ?? '') : row.person_id,
      answered_by: row.answered_by === from.id ? (to?.id ?? null) : row.answered_by,
    };
    await t.updateTable('suggestions').set(sealed(store, changed)).where('id', '=', row.id).execute();
  }
  const links = t.updateTable('credit_links').where('work_id', '=', workId).where('made_by', '=', from.id);
  if (to !== null) await links.set({ made_by: to.id }).execute();
  else
    await t.deleteFrom('credit_links').where('work_id', '=', workId).where('made_by', '=', from.id).execute();
}

/** Credits, order and index of a work as its states have them now, and a new version: kept pages are made anew. */
async function changeWork(store: Store, t: Kysely<Schema>, workId: string): Promise<void> {
  const current = await t
    .selectFrom('works')
    .innerJoin('states', (j) =>
      j.onRef('states.work_id', '=', 'works.id').onRef('states.number', '=', 'works.state'),
    )
    .select('states.header')
    .where('works.id', '=', workId)
    .executeTakeFirst();
  if (current === undefined) return;
  const header = parseJson<Header<CleanHtml>>(current.header);
  await putHeader(store, t, workId, header);
  const author = header.creators.find((c) => c.role === 'author') ?? header.creators[0];
  await t
    .updateTable('works')
    .set({ sort_author: sortKey(author?.name ?? ''), version: newId() })
    .where('id', '=', workId)
    .execute();
  await indexWork(store, t, workId);
}
