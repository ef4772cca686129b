import type { Kysely } from 'kysely';
import { Conflict, NotFound } from '../../errors.ts';
import { newId } from '../../model/id.ts';
import type { Pseud } from '../../model/person.ts';
import type { Creator } from '../../model/work.ts';
import { clearBooks } from '../books.ts';
import { scrub } from '../engine/scrub.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import { keyedHash, parseJson } from '../engine/text.ts';
import { noteRemoval, type Removal } from '../keeping/journal.ts';
import { codeHash, newCode } from '../people/codes.ts';
import { creatorsHere } from '../rows/creators.ts';
import type { Schema } from '../schema.ts';
import { changeHeader } from '../writing/revise.ts';
import { changeNameOn, someoneWhoLeft } from './names-off.ts';

/** What a removal of names keeps, to be done again on a restored backup: hashes that name nobody. */
interface NamesOff {
  readonly people: readonly string[];
  readonly claim: string;
}

/** A code with which works whose name was taken off can be claimed again; one may stand for several. */
export function newClaimCode(): string {
  return newCode();
}

/**
 * Takes pseuds' names off a work: everywhere, for good. The work, its comments and its address stay. When nobody here
 * is left as its author it belongs to nobody, and whoever has the code may claim it.
 * @throws NotFound for a work that is not here, or that names none of them
 */
export async function orphanWork(
  store: Store,
  workId: string,
  pseudIds: readonly string[],
  claimCode: string,
): Promise<void> {
  const off: NamesOff = {
    people: pseudIds.map((id) => personHash(store, workId, id)),
    claim: codeHash(store, claimCode),
  };
  await applyOrphaning(store, {
    id: newId(),
    kind: 'orphan',
    workId,
    key: JSON.stringify(off),
    at: now(),
    by: someoneWhoLeft,
    why: '',
    legal: false,
    forbids: [],
  });
}

/** The same for one that is replayed. @throws NotFound */
export async function applyOrphaning(store: Store, removal: Removal): Promise<void> {
  const workId = removal.workId ?? '';
  const { people, claim } = parseJson<NamesOff>(removal.key ?? '{"people":[],"claim":""}');
  await inTransaction(store, async (t) => {
    const hers = (await peopleOn(t, workId)).filter((p) => people.includes(personHash(store, workId, p.id)));
    if (hers.length === 0) throw new NotFound(`store: work ${JSON.stringify(workId)} names none of these`);
    await noteRemoval(store, t, removal);
    for (const pseud of hers) await changeNameOn(store, t, workId, pseud, null);
    await leaveToNobody(t, workId, claim, removal.at);
  });
  clearBooks(store);
  await scrub(store);
}

/** Within a transaction: marks a work that has no author here any more as nobody's. */
export async function leaveToNobody(
  t: Kysely<Schema>,
  workId: string,
  claim: string,
  at: string,
): Promise<void> {
  const authors = (await creatorsHere(t, workId)).filter((c) => c.role === 'author');
  if (authors.length > 0) return;
  const row = { work_id: workId, code_hash: claim, at };
  await t
    .insertInto('orphans')
    .values(row)
    .onConflict((c) => c.column('work_id').doUpdateSet(row))
    .execute();
}

/**
 * Gives the works that a claim code stands for to a pseud: her name comes back on them from a new state on, under the
 * name she chooses now. Gives how many there were.
 * @throws NotFound for a code that stands for none (any more)
 */
export async function claimOrphans(store: Store, code: string, pseud: Pseud): Promise<number> {
  return inTransaction(store, async (t) => {
    const rows = await t
      .selectFrom('orphans')
      .select('work_id')
      .where('code_hash', '=', codeHash(store, code))
      .execute();
    if (rows.length === 0)
      throw new NotFound('store: this code was used before, or never stood for a work here');
    for (const { work_id: workId } of rows) {
      await t.deleteFrom('orphans').where('work_id', '=', workId).execute();
      const position = (await creatorsHere(t, workId)).length;
      const credit = { work_id: workId, person_id: pseud.id, role: 'author', position };
      const accepted = { answer: 'accepted', naming: 'named', ended_at: null };
      const asked = { asked_by: pseud.id, asked_at: now(), answered_at: now() };
      await t
        .insertInto('creatorships')
        .values({ ...credit, ...accepted, ...asked })
        .execute();
      const author: Creator = { name: pseud.name, role: 'author', site: null };
      const made = { by: pseud.id, why: 'claimed by its author' };
      await changeHeader(
        store,
        t,
        workId,
        (header) => ({ ...header, creators: [author, ...header.creators] }),
        made,
      );
    }
    return rows.length;
  });
}

/**
 * Puts a work under another name of the same person, in every state; readers who knew it under the old one can tell.
 * @throws NotFound when it is not under `from`, Conflict when `to` has a part in it already
 */
export async function moveWork(store: Store, workId: string, from: Pseud, to: Pseud): Promise<void> {
  await inTransaction(store, async (t) => {
    const here = await creatorsHere(t, workId);
    if (!here.some((c) => c.id === from.id))
      throw new NotFound(`store: work ${workId} is not under this name`);
    if (here.some((c) => c.id === to.id))
      throw new Conflict(`store: work ${workId} names ${JSON.stringify(to.name)} already`);
    await changeNameOn(store, t, workId, from, to);
  });
  clearBooks(store);
  await scrub(store);
}

/** Pseuds that have anything to do with a work: a part in it, the making of a state, words in its thread. */
async function peopleOn(t: Kysely<Schema>, workId: string): Promise<Pseud[]> {
  return t
    .selectFrom('people')
    .select(['id', 'name'])
    .where('kind', '=', 'pseud')
    .where(({ or, eb, selectFrom }) =>
      or([
        eb('id', 'in', selectFrom('creatorships').select('person_id').where('work_id', '=', workId)),
        eb(
          'id',
          'in',
          selectFrom('comments')
            .select('person_id')
            .where('work_id', '=', workId)
            .$narrowType<{ person_id: string }>(),
        ),
        eb(
          'id',
          'in',
          selectFrom('states')
            .select('made_by')
            .where('work_id', '=', workId)
            .$narrowType<{ made_by: string }>(),
        ),
      ]),
    )
    .execute();
}

function personHash(store: Store, workId: string, personId: string): string {
  return keyedHash(store.textKey, 'orphan', workId, personId);
}
