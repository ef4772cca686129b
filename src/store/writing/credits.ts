import type { Kysely } from 'kysely';
import { Conflict, NotFound } from '../../errors.ts';
import type { Creator, Role } from '../../model/work.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import { creatorsHere, isSame } from '../rows/creators.ts';
import type { Schema } from '../schema.ts';
import { changeHeaderIn } from './revise.ts';

/** Who is asked to be named on a work, and how she answered. */
export interface CreditAsked {
  readonly workId: string;
  readonly person: string;
  readonly name: string;
  readonly role: Role;
  readonly answer: 'asked' | 'accepted' | 'declined';
  readonly askedBy: string;
  /** ISO 8601. */
  readonly askedAt: string;
}

/** Whom a work belongs to here, by the ids of pseuds: what `may` asks of a `Subject`. */
export interface Hands {
  readonly creators: readonly string[];
  readonly betas: readonly string[];
}

/** The pseuds who wrote a work and those who read its drafts: of those asked, the ones who accepted. */
export async function findHands(store: Store, workId: string): Promise<Hands> {
  const here = await creatorsHere(store.read, workId);
  const ids = (role: Role): string[] => here.filter((c) => c.role === role).map((c) => c.id);
  return { creators: ids('author'), betas: ids('beta') };
}

/**
 * Asks a pseud of this archive to be named on a work, as co-author, beta, translator or artist. Nothing shows until
 * she accepts. Asking twice is asking once.
 * @throws Conflict when she declined, NotFound for a work or pseud that is not here
 */
export async function proposeCredit(
  store: Store,
  workId: string,
  asked: { readonly person: string; readonly role: Role; readonly by: string },
): Promise<void> {
  await inTransaction(store, async (t) => {
    const work = await t.selectFrom('works').select('id').where('id', '=', workId).executeTakeFirst();
    if (work === undefined) throw new NotFound(`store: no work has the id ${JSON.stringify(workId)}`);
    const person = await t
      .selectFrom('people')
      .select('id')
      .where('id', '=', asked.person)
      .where('kind', '=', 'pseud')
      .executeTakeFirst();
    if (person === undefined)
      throw new NotFound(`store: no pseud has the id ${JSON.stringify(asked.person)}`);
    const rows = await t
      .selectFrom('creatorships')
      .select(['person_id', 'role', 'answer', 'position'])
      .where('work_id', '=', workId)
      .execute();
    const known = rows.find((r) => r.person_id === asked.person && r.role === asked.role);
    if (known?.answer === 'declined')
      throw new Conflict(`store: this pseud declined to be named as ${asked.role} on work ${workId}`);
    if (known !== undefined) return;
    const position = Math.max(-1, ...rows.map((r) => r.position)) + 1;
    const row = { work_id: workId, person_id: asked.person, role: asked.role, position };
    await t
      .insertInto('creatorships')
      .values({ ...row, answer: 'asked', asked_by: asked.by, asked_at: now(), answered_at: null })
      .execute();
  });
}

/**
 * Answers whether one wants to be named. Who accepts is credited from a new state on; who declines is not asked again,
 * but may accept later. Gives the number of the current state.
 * @throws NotFound when she was not asked
 */
export async function answerCredit(
  store: Store,
  workId: string,
  answer: { readonly person: string; readonly role: Role; readonly accept: boolean },
): Promise<number> {
  return inTransaction(store, async (t) => {
    const asked = await askedRow(t, workId, answer);
    if (asked.answer === 'accepted')
      throw new Conflict('store: this credit is accepted already; to take it back is another step');
    await t
      .updateTable('creatorships')
      .set({ answer: answer.accept ? 'accepted' : 'declined', answered_at: now() })
      .where('work_id', '=', workId)
      .where('person_id', '=', answer.person)
      .where('role', '=', answer.role)
      .execute();
    return renamed(store, t, workId, answer.person, `${asked.name} accepted to be named as ${answer.role}`);
  });
}

/**
 * Takes a credit, or the asking for it, back: hers by herself, or by an author. Gives the number of the current state.
 * @throws Conflict for the last author, who leaves by orphaning or deleting the work, NotFound
 */
export async function withdrawCredit(
  store: Store,
  workId: string,
  credit: { readonly person: string; readonly role: Role; readonly by: string },
): Promise<number> {
  return inTransaction(store, async (t) => {
    const asked = await askedRow(t, workId, credit);
    const others = (await creatorsHere(t, workId)).filter(
      (c) => c.role === 'author' && c.id !== credit.person,
    );
    if (asked.answer === 'accepted' && credit.role === 'author' && others.length === 0)
      throw new Conflict('store: a work has at least one author here; orphan or delete it to leave it');
    const gone: Creator = { name: asked.name, role: credit.role, site: null };
    await t
      .deleteFrom('creatorships')
      .where('work_id', '=', workId)
      .where('person_id', '=', credit.person)
      .where('role', '=', credit.role)
      .execute();
    const made = { by: credit.by, why: `${asked.name} is no longer named as ${credit.role}` };
    return changeHeaderIn(
      store,
      t,
      workId,
      (header) => ({ ...header, creators: header.creators.filter((c) => !isSame(c, gone)) }),
      made,
    );
  });
}

/** Who was asked to be named on a work, in order. */
export async function listCredits(store: Store, workId: string): Promise<CreditAsked[]> {
  return askedViews(await selectAsked(store.read).where('creatorships.work_id', '=', workId).execute());
}

/** What pseuds were asked and have not answered. */
export async function listAsked(store: Store, pseudIds: readonly string[]): Promise<CreditAsked[]> {
  if (pseudIds.length === 0) return [];
  const rows = selectAsked(store.read)
    .where('creatorships.person_id', 'in', pseudIds)
    .where('creatorships.answer', '=', 'asked');
  return askedViews(await rows.execute());
}

async function renamed(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  by: string,
  why: string,
): Promise<number> {
  const here = await creatorsHere(t, workId);
  return changeHeaderIn(
    store,
    t,
    workId,
    (header) => {
      const names = here.map(({ name, role }): Creator => ({ name, role, site: null }));
      const missing = names.filter((n) => !header.creators.some((c) => isSame(c, n)));
      return { ...header, creators: [...header.creators, ...missing] };
    },
    { by, why },
  );
}

async function askedRow(
  t: Kysely<Schema>,
  workId: string,
  { person, role }: { readonly person: string; readonly role: Role },
): Promise<{ readonly name: string; readonly answer: string }> {
  const row = await selectAsked(t)
    .where('creatorships.work_id', '=', workId)
    .where('creatorships.person_id', '=', person)
    .where('creatorships.role', '=', role)
    .executeTakeFirst();
  if (row === undefined)
    throw new NotFound(
      `store: nobody asked ${JSON.stringify(person)} to be named as ${role} on work ${workId}`,
    );
  return row;
}

function selectAsked(db: Kysely<Schema>) {
  return db
    .selectFrom('creatorships')
    .innerJoin('people', 'people.id', 'creatorships.person_id')
    .select(['creatorships.work_id', 'creatorships.person_id', 'people.name', 'creatorships.role'])
    .select(['creatorships.answer', 'creatorships.asked_by', 'creatorships.asked_at'])
    .orderBy('creatorships.asked_at')
    .orderBy('creatorships.position')
    .limit(1000);
}

type AskedRow = Awaited<ReturnType<ReturnType<typeof selectAsked>['execute']>>[number];

function askedViews(rows: readonly AskedRow[]): CreditAsked[] {
  return rows.map((r) => ({
    workId: r.work_id,
    person: r.person_id,
    name: r.name,
    role: r.role as Role,
    answer: r.answer === 'accepted' || r.answer === 'declined' ? r.answer : 'asked',
    askedBy: r.asked_by,
    askedAt: r.asked_at,
  }));
}
