import type { Kysely } from 'kysely';
import { Conflict, Invalid, NotFound } from '../../errors.ts';
import { newId, newSecret } from '../../model/id.ts';
import { type Role, roles } from '../../model/work.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import { keyedHash, storable } from '../engine/text.ts';
import { mustHaveWork, nameOfPseud } from '../rows/here.ts';
import type { Schema } from '../schema.ts';
import type { Naming } from './asked.ts';
import { accepted } from './credits.ts';

/** A link by which one person may take a part in a work. */
export interface CreditLink {
  readonly id: string;
  readonly workId: string;
  readonly role: Role;
  /** The id of the pseud who invites. */
  readonly by: string;
  /** For whom, as the author wrote it for herself. */
  readonly note: string;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly until: string;
}

const usualDays = 14;
const mostDays = 90;
const mostOpen = 50;

/**
 * Makes a link that lets one person, whoever follows it first, have a part in a work; gives its code, which is stored
 * as a hash only. @throws NotFound, Invalid for a time that is none, Conflict when too many are open
 */
export async function makeCreditLink(
  store: Store,
  workId: string,
  link: { readonly role: Role; readonly by: string; readonly note?: string; readonly days?: number },
): Promise<{ readonly id: string; readonly code: string }> {
  const { role, by, note = '', days = usualDays } = link;
  if (!Number.isInteger(days) || days < 1 || days > mostDays)
    throw new Invalid(`store: a link holds for 1 to ${mostDays} days`, { path: 'days' });
  const [id, code] = [newId(), newSecret()];
  const until = new Date(Date.now() + days * 86_400_000).toISOString();
  await inTransaction(store, async (t) => {
    await mustHaveWork(t, workId);
    if ((await selectOpen(t).where('work_id', '=', workId).execute()).length >= mostOpen)
      throw new Conflict(`store: this work has ${mostOpen} open links; take one back first`);
    const row = { id, work_id: workId, role, code_hash: hashOf(store, code), made_by: by, made_at: now() };
    await t
      .insertInto('credit_links')
      .values({ ...row, until, note: storable(note).trim().slice(0, 200), used_at: null })
      .execute();
  });
  return { id, code };
}

/** The links of a work that can still be followed, the latest first. */
export async function listCreditLinks(store: Store, workId: string): Promise<CreditLink[]> {
  const rows = await selectOpen(store.read)
    .where('work_id', '=', workId)
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(viewOf);
}

/** What a code opens, if it can still be followed. */
export async function findCreditLink(store: Store, code: string): Promise<CreditLink | undefined> {
  const row = await selectOpen(store.read).where('code_hash', '=', hashOf(store, code)).executeTakeFirst();
  return row === undefined ? undefined : viewOf(row);
}

/** Takes a link back that nobody has followed. */
export async function withdrawCreditLink(store: Store, workId: string, id: string): Promise<void> {
  await inTransaction(store, (t) =>
    t
      .deleteFrom('credit_links')
      .where('id', '=', id)
      .where('work_id', '=', workId)
      .where('used_at', 'is', null)
      .execute(),
  );
}

/**
 * Takes the part a link offers, under one of one's names, and uses the link up; without `person` it is only used up.
 * Gives the work. @throws NotFound for a link that was used or taken back or is too old, Conflict when she has the part
 */
export async function takeCreditLink(
  store: Store,
  code: string,
  taken: { readonly person: string; readonly naming?: Naming } | null,
): Promise<CreditLink> {
  return inTransaction(store, async (t) => {
    const row = await selectOpen(t).where('code_hash', '=', hashOf(store, code)).executeTakeFirst();
    if (row === undefined)
      throw new NotFound('store: this link was used, is too old, or was taken back; ask for another');
    const link = viewOf(row);
    await t.updateTable('credit_links').set({ used_at: now() }).where('id', '=', link.id).execute();
    if (taken === null) return link;
    const name = await nameOfPseud(t, taken.person);
    const has = await t
      .selectFrom('creatorships')
      .select('role')
      .where('work_id', '=', link.workId)
      .where('person_id', '=', taken.person)
      .where('role', 'in', [link.role, 'author'])
      .where('answer', '=', 'accepted')
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (has !== undefined)
      throw new Conflict(`store: under this name you are its ${has.role} already; the link is still good`);
    await accepted(store, t, link.workId, { ...taken, role: link.role, name });
    return link;
  });
}

function selectOpen(db: Kysely<Schema>) {
  return db
    .selectFrom('credit_links')
    .select(['id', 'work_id', 'role', 'made_by', 'made_at', 'until', 'note'])
    .where('used_at', 'is', null)
    .where('until', '>', now())
    .limit(mostOpen);
}

type LinkRow = Awaited<ReturnType<ReturnType<typeof selectOpen>['execute']>>[number];

function viewOf(row: LinkRow): CreditLink {
  const role = roles.find((known) => known === row.role) ?? 'other';
  const { id, work_id: workId, made_by: by, note, made_at: madeAt, until } = row;
  return { id, workId, role, by, note, madeAt, until };
}

function hashOf(store: Store, code: string): string {
  return keyedHash(store.textKey, 'credit link', code.slice(0, 200));
}
