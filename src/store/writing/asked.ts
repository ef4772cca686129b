import type { Kysely } from 'kysely';
import { NotFound } from '../../errors.ts';
import { type Role, roles } from '../../model/work.ts';
import { now, type Store } from '../engine/store.ts';
import type { Schema } from '../schema.ts';

/**
 * Whether someone stands in the header: `named`; `may`, a beta who will be from the first of her suggestions that is
 * accepted; `never`, one who does not want to.
 */
export type Naming = 'named' | 'may' | 'never';

/** Who is asked to have a part in a work, and how she answered. */
export interface CreditAsked {
  readonly workId: string;
  readonly person: string;
  readonly name: string;
  readonly role: Role;
  readonly answer: 'asked' | 'accepted' | 'declined';
  readonly naming: Naming;
  /** When a beta's reading ended. ISO 8601. */
  readonly endedAt: string | null;
  readonly askedBy: string;
  /** ISO 8601. */
  readonly askedAt: string;
}

/** Who was asked to have a part in a work, in order. */
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

/** The parts pseuds have in works that they do not write: what they accepted, the latest first. */
export async function listParts(store: Store, pseudIds: readonly string[]): Promise<CreditAsked[]> {
  if (pseudIds.length === 0) return [];
  const rows = selectAsked(store.read)
    .where('creatorships.person_id', 'in', pseudIds)
    .where('creatorships.answer', '=', 'accepted')
    .where('creatorships.role', '!=', 'author')
    .clearOrderBy()
    .orderBy('creatorships.answered_at', 'desc')
    .orderBy('creatorships.work_id');
  return askedViews(await rows.execute());
}

/** Someone's part in a work. */
export interface Part {
  readonly person: string;
  readonly role: Role;
}

/** How someone answered to a part; undefined where she was never asked. */
export async function findRow(t: Kysely<Schema>, workId: string, { person, role }: Part) {
  return t
    .selectFrom('creatorships')
    .select(['answer', 'naming', 'ended_at'])
    .where('work_id', '=', workId)
    .where('person_id', '=', person)
    .where('role', '=', role)
    .executeTakeFirst();
}

/** The same with her name. @throws NotFound where nobody asked her */
export async function askedRow(
  t: Kysely<Schema>,
  workId: string,
  { person, role }: Part,
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

/** Notes that someone is asked, after all who were before. */
export async function putAsked(
  t: Kysely<Schema>,
  workId: string,
  { person, role, by }: Part & { readonly by: string },
): Promise<void> {
  const last = await t
    .selectFrom('creatorships')
    .select((e) => e.fn.max('position').as('position'))
    .where('work_id', '=', workId)
    .executeTakeFirst();
  const position = last?.position === null || last === undefined ? 0 : Number(last.position) + 1;
  const row = { work_id: workId, person_id: person, role, position, naming: 'may', ended_at: null };
  await t
    .insertInto('creatorships')
    .values({ ...row, answer: 'asked', asked_by: by, asked_at: now(), answered_at: null })
    .execute();
}

/** Changes what is noted of an asking. */
export async function change(
  t: Kysely<Schema>,
  workId: string,
  { person, role }: Part,
  columns: Partial<Pick<Schema['creatorships'], 'answer' | 'answered_at' | 'naming' | 'ended_at'>>,
): Promise<void> {
  await t
    .updateTable('creatorships')
    .set(columns)
    .where('work_id', '=', workId)
    .where('person_id', '=', person)
    .where('role', '=', role)
    .execute();
}

function selectAsked(db: Kysely<Schema>) {
  return db
    .selectFrom('creatorships')
    .innerJoin('people', 'people.id', 'creatorships.person_id')
    .select(['creatorships.work_id', 'creatorships.person_id', 'people.name', 'creatorships.role'])
    .select(['creatorships.answer', 'creatorships.asked_by', 'creatorships.asked_at'])
    .select(['creatorships.naming', 'creatorships.ended_at'])
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
    role: roles.find((role) => role === r.role) ?? 'other',
    answer: r.answer === 'accepted' || r.answer === 'declined' ? r.answer : 'asked',
    naming: r.naming === 'named' || r.naming === 'never' ? r.naming : 'may',
    endedAt: r.ended_at,
    askedBy: r.asked_by,
    askedAt: r.asked_at,
  }));
}
