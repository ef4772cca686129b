import { randomBytes } from 'node:crypto';
import type { SessionView } from '../../model/account.ts';
import { newId } from '../../model/id.ts';
import type { AccountActor } from '../../model/person.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import { keyedHash, storable } from '../engine/text.ts';
import { readSettings } from '../settings.ts';
import { mustHold, voidGiven } from './given.ts';
import { listPseuds } from './pseuds.ts';
import { roleOf } from './rows.ts';

/** A session nobody used for so long is over. */
const idleDays = 90;
const mostSessions = 100;

/** How someone signs in, and where. */
export interface NewSession {
  /** Whether a second factor was given. */
  readonly strong: boolean;
  /** What tells the session from others: `Firefox on Linux`. */
  readonly label: string;
  /** Of the pass phrase she gave (`given.ts`), where she gave one. */
  readonly mark?: string | undefined;
}

/**
 * Signs an account in; gives the token for its cookie, of which only a hash is stored.
 * @throws Conflict when the mark does not hold any more
 */
export async function beginSession(
  store: Store,
  accountId: string,
  { strong, label, mark }: NewSession,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const at = now();
  await inTransaction(store, async (t) => {
    if (mark !== undefined) await mustHold(store, t, accountId, mark);
    await t.deleteFrom('sessions').where('seen_on', '<', oldestDay()).execute();
    const others = await t
      .selectFrom('sessions')
      .select('id')
      .where('account_id', '=', accountId)
      .orderBy('seen_on', 'desc')
      .orderBy('begun_at', 'desc')
      .execute();
    for (const { id } of others.slice(mostSessions - 1))
      await t.deleteFrom('sessions').where('id', '=', id).execute();
    await t
      .insertInto('sessions')
      .values({
        token_hash: sessionHash(store, token),
        id: newId(),
        account_id: accountId,
        label: storable(label).slice(0, 100),
        strong: strong ? 1 : 0,
        begun_at: at,
        seen_on: dayOf(at),
      })
      .execute();
  });
  return token;
}

/**
 * Who signed in with this token, as she is now: her role, names and suspension are read anew. Where the archive asks
 * for no second factor every session counts as strong.
 */
export async function findSession(store: Store, token: string): Promise<AccountActor | undefined> {
  const row = await store.read
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .select(['sessions.id', 'sessions.strong', 'sessions.seen_on'])
    .select(['accounts.id as account_id', 'accounts.role', 'accounts.suspended_at'])
    .where('sessions.token_hash', '=', sessionHash(store, token))
    .where('sessions.seen_on', '>=', oldestDay())
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const today = dayOf(now());
  // Once a day: every write makes all kept pages be made anew.
  if (row.seen_on !== today)
    await inTransaction(store, (t) =>
      t.updateTable('sessions').set({ seen_on: today }).where('id', '=', row.id).execute(),
    );
  const { secondFactor } = await readSettings(store);
  const pseuds = await listPseuds(store.read, [row.account_id]);
  return {
    kind: 'account',
    id: row.account_id,
    role: roleOf(row.role),
    pseuds: pseuds.get(row.account_id) ?? [],
    strong: row.strong === 1 || !secondFactor,
    ...(row.suspended_at === null ? {} : { suspended: true }),
  };
}

/** Where an account is signed in, the last used first; `token` is that of the session that asks. */
export async function listSessions(store: Store, accountId: string, token?: string): Promise<SessionView[]> {
  const rows = await store.read
    .selectFrom('sessions')
    .select(['id', 'token_hash', 'label', 'begun_at', 'seen_on'])
    .where('account_id', '=', accountId)
    .where('seen_on', '>=', oldestDay())
    .orderBy('seen_on', 'desc')
    .orderBy('begun_at', 'desc')
    .limit(mostSessions)
    .execute();
  const own = token === undefined ? undefined : sessionHash(store, token);
  return rows.map((r) => ({
    id: r.id,
    label: r.label,
    begunAt: r.begun_at,
    seenOn: r.seen_on,
    current: r.token_hash === own,
  }));
}

/** Signs out. Nothing happens when that was done before. */
export async function endSession(store: Store, token: string): Promise<void> {
  await inTransaction(store, (t) =>
    t.deleteFrom('sessions').where('token_hash', '=', sessionHash(store, token)).execute(),
  );
}

/** Ends one of an account's sessions, by its id in the list; those of others are left alone. */
export async function endSessionOf(store: Store, accountId: string, sessionId: string): Promise<void> {
  await inTransaction(store, (t) =>
    t.deleteFrom('sessions').where('account_id', '=', accountId).where('id', '=', sessionId).execute(),
  );
}

/** Signs an account out everywhere, but for the session of the token to keep; who is half in does not come in. */
export async function endAllSessions(store: Store, accountId: string, keep?: string): Promise<void> {
  voidGiven(store, accountId);
  await inTransaction(store, (t) =>
    t
      .deleteFrom('sessions')
      .where('account_id', '=', accountId)
      .where('token_hash', '!=', keep === undefined ? '' : sessionHash(store, keep))
      .execute(),
  );
}

/** What is stored of a session's token. */
export function sessionHash(store: Store, token: string): string {
  return keyedHash(store.textKey, 'session', token.slice(0, 100));
}

function dayOf(at: string): string {
  return at.slice(0, 10);
}

function oldestDay(): string {
  return dayOf(new Date(Date.now() - idleDays * 86_400_000).toISOString());
}
