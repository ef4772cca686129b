import type { Kysely } from 'kysely';
import { Conflict, NotFound } from '../../errors.ts';
import { newId } from '../../model/id.ts';
import type { Pseud } from '../../model/person.ts';
import { clearBooks } from '../books.ts';
import { scrub } from '../engine/scrub.ts';
import { sealed } from '../engine/seal.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import { keyedHash, parseJson } from '../engine/text.ts';
import { noteRemoval, type Removal } from '../keeping/journal.ts';
import { eraseProfile } from '../people/profiles.ts';
import type { Schema } from '../schema.ts';
import { recount } from '../talk/changing.ts';
import { deleteCommentIn } from '../talk/commenting.ts';
import { changeNameOn, nobody, someoneWhoLeft } from './names-off.ts';
import { leaveToNobody } from './orphan.ts';

/** What becomes of what someone said who leaves: it stays under no name, or its words go. */
export type CommentsLeft = 'keep' | 'erase';

/** A leaving as it is kept to be done again on a restored backup: a hash that names nobody. */
export interface Leaving {
  readonly who: string;
  readonly comments: CommentsLeft;
}

/**
 * Takes one of an account's names away for good: the name, its credits in the works of others, and what it said as
 * `comments` says. Its own works are orphaned, deleted or put under another name before.
 * @throws NotFound for a name that is not hers, Conflict for her only one, and while works are under it
 */
export async function deletePseud(
  store: Store,
  accountId: string,
  pseudId: string,
  comments: CommentsLeft,
): Promise<void> {
  const own = await store.read
    .selectFrom('pseuds')
    .select('person_id')
    .where('account_id', '=', accountId)
    .execute();
  if (!own.some((p) => p.person_id === pseudId)) throw new NotFound('store: this name is not hers');
  if (own.length === 1)
    throw new Conflict('store: this is your only name here; add another before, or delete the account');
  const works = await worksOf(store.read, pseudId);
  if (works.length > 0)
    throw new Conflict('store: there are works under this name; say first what becomes of them');
  const key: Leaving = { who: pseudHash(store, pseudId), comments };
  await applyPseudRemoval(store, leavingOf('pseud', key));
}

/** The same for one that is replayed; works that are still under the name are orphaned. @throws NotFound */
export async function applyPseudRemoval(store: Store, removal: Removal): Promise<void> {
  const { who, comments } = parseJson<Leaving>(removal.key ?? '{}');
  await inTransaction(store, async (t) => {
    const all = await t
      .selectFrom('pseuds')
      .innerJoin('people', 'people.id', 'pseuds.person_id')
      .select(['people.id', 'people.name'])
      .execute();
    const pseud = all.find(({ id }) => pseudHash(store, id) === who);
    if (pseud === undefined) throw new NotFound('store: this name is not here');
    await noteRemoval(store, t, removal);
    await erasePseud(store, t, pseud, comments, removal.at);
  });
  clearBooks(store);
  await scrub(store);
}

/** A removal of someone who leaves. */
export function leavingOf(kind: 'pseud' | 'account', key: Leaving): Removal {
  const removal = {
    id: newId(),
    kind,
    workId: null,
    key: JSON.stringify(key),
    at: now(),
    by: someoneWhoLeft,
  };
  return { ...removal, why: '', legal: false, forbids: [] };
}

/** Takes every trace of a pseud away, within a transaction. */
export async function erasePseud(
  store: Store,
  t: Kysely<Schema>,
  pseud: Pseud,
  comments: CommentsLeft,
  at: string,
): Promise<void> {
  if (comments === 'erase') await eraseComments(store, t, pseud);
  for (const workId of await touchedBy(t, pseud)) {
    await changeNameOn(store, t, workId, pseud, null);
    await leaveToNobody(t, workId, '', at);
  }
  await namelessComments(store, t, pseud);
  await t.updateTable('creatorships').set({ asked_by: '' }).where('asked_by', '=', pseud.id).execute();
  await t.updateTable('acts').set({ by: someoneWhoLeft }).where('by', '=', pseud.id).execute();
  await t.updateTable('decisions').set({ by: someoneWhoLeft }).where('by', '=', pseud.id).execute();
  await t.updateTable('removals').set({ by: someoneWhoLeft }).where('by', '=', pseud.id).execute();
  await eraseProfile(t, pseud.id);
  await t
    .updateTable('import_batches')
    .set({ brought_by: someoneWhoLeft })
    .where('brought_by', '=', pseud.name)
    .execute();
  await t.deleteFrom('pseuds').where('person_id', '=', pseud.id).execute();
  await t.deleteFrom('people').where('id', '=', pseud.id).execute();
}

/** The works pseuds are an author of, by their ids; at most ten thousand. */
export async function worksOf(db: Kysely<Schema>, ...pseudIds: readonly string[]): Promise<string[]> {
  if (pseudIds.length === 0) return [];
  const rows = await db
    .selectFrom('creatorships')
    .select('work_id')
    .distinct()
    .where('person_id', 'in', pseudIds)
    .where('role', '=', 'author')
    .where('answer', '=', 'accepted')
    .limit(10_000)
    .execute();
  return rows.map((r) => r.work_id);
}

/** How many comments stand under pseuds. */
export async function countSaid(store: Store, pseudIds: readonly string[]): Promise<number> {
  if (pseudIds.length === 0) return 0;
  const row = await store.read
    .selectFrom('comments')
    .select((e) => e.fn.countAll().as('n'))
    .where('person_id', 'in', pseudIds)
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

/** Works that name a pseud, or asked to, or have a state of hers. Within a transaction. */
async function touchedBy(t: Kysely<Schema>, { id: pseudId, name }: Pseud): Promise<string[]> {
  const rows = await t
    .selectFrom('creatorships')
    .select('work_id')
    .where('person_id', '=', pseudId)
    .union(t.selectFrom('credits').select('work_id').where('person_id', '=', pseudId))
    .union(t.selectFrom('states').select('work_id').where('made_by', 'in', [pseudId, name]))
    .union(t.selectFrom('suggestions').select('work_id').where('person_id', '=', pseudId))
    .union(t.selectFrom('suggestions').select('work_id').where('answered_by', '=', pseudId))
    .union(t.selectFrom('credit_links').select('work_id').where('made_by', '=', pseudId))
    .union(
      t
        .selectFrom('suggestion_replies')
        .innerJoin('suggestions', 'suggestions.id', 'suggestion_replies.suggestion_id')
        .select('suggestions.work_id')
        .where('suggestion_replies.person_id', '=', pseudId),
    )
    .execute();
  return rows.map((r) => r.work_id);
}

async function eraseComments(store: Store, t: Kysely<Schema>, pseud: Pseud): Promise<void> {
  const rows = await t.selectFrom('comments').select('id').where('person_id', '=', pseud.id).execute();
  for (const { id } of rows) {
    // One that was an answer to another of hers may have gone with it.
    const left = await t.selectFrom('comments').select('id').where('id', '=', id).executeTakeFirst();
    if (left !== undefined) await deleteCommentIn(store, t, id);
  }
}

async function namelessComments(store: Store, t: Kysely<Schema>, pseud: Pseud): Promise<void> {
  const rows = await t.selectFrom('comments').selectAll().where('person_id', '=', pseud.id).execute();
  for (const { seal: _, ...row } of rows)
    await t
      .updateTable('comments')
      .set(sealed(store, { ...row, ...nobody }))
      .where('id', '=', row.id)
      .execute();
  for (const workId of new Set(rows.map((r) => r.work_id))) await recount(t, workId);
}

function pseudHash(store: Store, pseudId: string): string {
  return keyedHash(store.textKey, 'pseud who left', pseudId);
}
