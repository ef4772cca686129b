import type { Kysely } from 'kysely';
import { Conflict, Invalid, NotFound } from '../../errors.ts';
import {
  type InvitationView,
  type RequestAnswer,
  requestAnswers,
  type SignUpRequest,
} from '../../model/account.ts';
import { newId, newSecret } from '../../model/id.ts';
import type { Role } from '../../model/person.ts';
import { inTransaction, limited, now, type Store } from '../engine/store.ts';
import { keyedHash, storable } from '../engine/text.ts';
import type { Schema } from '../schema.ts';
import { checkPseudName } from './pseuds.ts';
import { roleOf } from './rows.ts';

const usualDays = 30;
/** How long a granted request waits for whoever asked. */
const grantedDays = 90;
const mostWaiting = 500;

/** Makes an invitation for one account; gives its code, which is stored as a hash only. `by` is an account, null for the command line. */
export async function invite(
  store: Store,
  {
    by,
    role = 'writer',
    note = '',
    days = usualDays,
  }: { readonly by: string | null; readonly role?: Role; readonly note?: string; readonly days?: number },
): Promise<{ readonly id: string; readonly code: string }> {
  const [id, code] = [newId(), newSecret()];
  await inTransaction(store, (t) =>
    insertInvitation(t, { id, code_hash: hashOf(store, code), made_by: by, role, note, days }),
  );
  return { id, code };
}

/** The role an invitation gives, if it can still be used. */
export async function findInvitation(
  store: Store,
  code: string,
): Promise<{ readonly role: Role } | undefined> {
  const row = await selectUsable(store.read, hashOf(store, code));
  return row === undefined ? undefined : { role: roleOf(row.role) };
}

/**
 * Uses an invitation up, within the transaction that makes the account; gives its role.
 * @throws NotFound for one that is used, too old, withdrawn or none.
 */
export async function takeInvitation(store: Store, t: Kysely<Schema>, code: string): Promise<Role> {
  const row = await selectUsable(t, hashOf(store, code));
  if (row === undefined)
    throw new NotFound(
      'store: this invitation was used before, is too old, or never was one; ask for another',
    );
  await t.updateTable('invitations').set({ used_at: now() }).where('id', '=', row.id).execute();
  return roleOf(row.role);
}

/** The latest invitations. */
export async function listInvitations(
  store: Store,
  { limit }: { readonly limit?: number } = {},
): Promise<InvitationView[]> {
  const rows = await store.read
    .selectFrom('invitations')
    .select(['id', 'role', 'note', 'made_at', 'until', 'used_at'])
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .limit(limited(limit, 100, 1000))
    .execute();
  return rows.map((r) => ({
    id: r.id,
    role: roleOf(r.role),
    note: r.note,
    madeAt: r.made_at,
    until: r.until,
    usedAt: r.used_at,
  }));
}

/** Withdraws an invitation that was not used. */
export async function withdrawInvitation(store: Store, id: string): Promise<void> {
  await inTransaction(store, (t) =>
    t.deleteFrom('invitations').where('id', '=', id).where('used_at', 'is', null).execute(),
  );
}

/**
 * Asks for an account. The code is who asked's only way back to the answer; granted, it is an invitation.
 * @throws Invalid for a name that cannot be one or no words, Conflict when too many are waiting
 */
export async function requestAccount(
  store: Store,
  { name, words }: { readonly name: string; readonly words: string },
): Promise<{ readonly id: string; readonly code: string }> {
  const [id, code] = [newId(), newSecret()];
  const shown = checkPseudName(name);
  const said = storable(words).trim();
  if (said.length > 2000)
    throw new Invalid('store: a request has at most 2,000 characters', { path: 'words' });
  await inTransaction(store, async (t) => {
    const waiting = await t
      .selectFrom('sign_up_requests')
      .select('id')
      .where('answer', '=', 'waiting')
      .limit(mostWaiting)
      .execute();
    if (waiting.length >= mostWaiting)
      throw new Conflict('store: too many requests are waiting for an answer; come back in some days');
    await t
      .insertInto('sign_up_requests')
      .values({
        id,
        code_hash: hashOf(store, code),
        made_at: now(),
        name: shown,
        words: said,
        answer: 'waiting',
        answered_at: null,
      })
      .execute();
  });
  return { id, code };
}

/** What became of a request, asked with its code. */
export async function findRequest(store: Store, code: string): Promise<SignUpRequest | undefined> {
  const row = await selectRequests(store.read)
    .where('code_hash', '=', hashOf(store, code))
    .executeTakeFirst();
  return row === undefined ? undefined : requestOf(row);
}

/** Requests with this answer, the oldest first. */
export async function listRequests(
  store: Store,
  answer: RequestAnswer = 'waiting',
): Promise<SignUpRequest[]> {
  const rows = await selectRequests(store.read)
    .where('answer', '=', answer)
    .orderBy('made_at')
    .orderBy('id')
    .limit(mostWaiting)
    .execute();
  return rows.map(requestOf);
}

/**
 * Answers a request that waits. Granted, its code becomes an invitation.
 * @throws NotFound when no such request waits
 */
export async function answerRequest(
  store: Store,
  id: string,
  answer: 'granted' | 'refused',
  by: string | null,
): Promise<void> {
  await inTransaction(store, async (t) => {
    const row = await t
      .selectFrom('sign_up_requests')
      .select(['code_hash', 'name'])
      .where('id', '=', id)
      .where('answer', '=', 'waiting')
      .executeTakeFirst();
    if (row === undefined) throw new NotFound('store: no such request is waiting for an answer');
    await t
      .updateTable('sign_up_requests')
      .set({ answer, answered_at: now() })
      .where('id', '=', id)
      .execute();
    if (answer === 'refused') return;
    const { code_hash, name: note } = row;
    await insertInvitation(t, {
      id: newId(),
      code_hash,
      made_by: by,
      role: 'writer',
      note,
      days: grantedDays,
    });
  });
}

async function insertInvitation(
  t: Kysely<Schema>,
  {
    days,
    note,
    ...row
  }: Pick<Schema['invitations'], 'id' | 'code_hash' | 'made_by' | 'note' | 'role'> & {
    readonly days: number;
  },
): Promise<void> {
  const until = new Date(Date.now() + days * 86_400_000).toISOString();
  await t
    .insertInto('invitations')
    .values({ ...row, note: storable(note).slice(0, 200), made_at: now(), until, used_at: null })
    .execute();
}

async function selectUsable(db: Kysely<Schema>, codeHash: string) {
  return db
    .selectFrom('invitations')
    .select(['id', 'role'])
    .where('code_hash', '=', codeHash)
    .where('used_at', 'is', null)
    .where('until', '>', now())
    .executeTakeFirst();
}

function selectRequests(db: Kysely<Schema>) {
  return db.selectFrom('sign_up_requests').select(['id', 'name', 'words', 'made_at', 'answer']);
}

function requestOf(
  row: Pick<Schema['sign_up_requests'], 'id' | 'name' | 'words' | 'made_at' | 'answer'>,
): SignUpRequest {
  const answer = requestAnswers.find((known) => known === row.answer) ?? 'waiting';
  return { id: row.id, name: row.name, words: row.words, madeAt: row.made_at, answer };
}

function hashOf(store: Store, code: string): string {
  return keyedHash(store.textKey, 'invitation', code.slice(0, 200));
}
