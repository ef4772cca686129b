import type { Kysely } from 'kysely';
import { Conflict } from '../../errors.ts';
import type { Store } from '../engine/store.ts';
import { keyedHash } from '../engine/text.ts';
import type { Schema } from '../schema.ts';

/*
 * What shows that someone gave the pass phrase that an account has: void once it is another, or once she signed out
 * everywhere. Looking at a pass phrase takes half a second, and the second factor minutes: whoever began with what is
 * void by then does not come in.
 */

/** How often each account was signed out everywhere. Kept in memory: a step begun in the ten minutes before a restart goes on. */
const endings = new WeakMap<Store, Map<string, number>>();

/** Voids all marks of an account. */
export function voidGiven(store: Store, accountId: string): void {
  const ofStore = endings.get(store) ?? new Map<string, number>();
  ofStore.set(accountId, (ofStore.get(accountId) ?? 0) + 1);
  endings.set(store, ofStore);
}

/** The mark of an account whose pass phrase is kept as `record`. */
export function givenMark(store: Store, accountId: string, record: string): string {
  const ended = String(endings.get(store)?.get(accountId) ?? 0);
  return keyedHash(store.textKey, 'pass phrase given', accountId, ended, record);
}

/** The mark that holds now; '' for an account that is not here. */
export async function currentMark(store: Store, db: Kysely<Schema>, accountId: string): Promise<string> {
  const row = await db
    .selectFrom('accounts')
    .select('pass_phrase')
    .where('id', '=', accountId)
    .executeTakeFirst();
  return row === undefined ? '' : givenMark(store, accountId, row.pass_phrase);
}

/** Within a transaction. @throws Conflict when a mark does not hold any more */
export async function mustHold(
  store: Store,
  t: Kysely<Schema>,
  accountId: string,
  mark: string,
): Promise<void> {
  if (mark !== (await currentMark(store, t, accountId)))
    throw new Conflict('store: the pass phrase was changed, or all signed out, just now; sign in again');
}
