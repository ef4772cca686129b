import type { Kysely } from 'kysely';
import { NotFound } from '../../errors.ts';
import { newSecret } from '../../model/id.ts';
import { inTransaction, type Store } from '../engine/store.ts';
import { keyedHash } from '../engine/text.ts';
import type { Schema } from '../schema.ts';
import { hashPassPhrase } from './pass-phrase.ts';
import { mustExist } from './rows.ts';

const recoveryCodes = 10;
const resetHours = 24;

/** Ten new recovery codes, shown once: only hashes are kept, and those made before are void. */
export async function makeRecoveryCodes(store: Store, accountId: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodes }, newCode);
  await inTransaction(store, async (t) => {
    await mustExist(t, accountId);
    await t.deleteFrom('codes').where('account_id', '=', accountId).where('kind', '=', 'recovery').execute();
    for (const code of codes)
      await t
        .insertInto('codes')
        .values({ hash: codeHash(store, code), account_id: accountId, kind: 'recovery', until: null })
        .execute();
  });
  return codes;
}

/** Takes a recovery code of this account as its second factor; true once for each. */
export async function useRecoveryCode(store: Store, accountId: string, code: string): Promise<boolean> {
  return inTransaction(store, async (t) => {
    const used = await t
      .deleteFrom('codes')
      .where('hash', '=', codeHash(store, code))
      .where('account_id', '=', accountId)
      .where('kind', '=', 'recovery')
      .executeTakeFirst();
    return used.numDeletedRows > 0n;
  });
}

/**
 * A code with which whoever runs the archive lets someone choose a new pass phrase within a day; it voids those given
 * before. With `secondFactor` her one-time codes and passkeys are forgotten too.
 * @throws NotFound for an unknown account
 */
export async function makeResetCode(
  store: Store,
  accountId: string,
  { secondFactor = false }: { readonly secondFactor?: boolean } = {},
): Promise<string> {
  const code = newCode();
  const until = new Date(Date.now() + resetHours * 3_600_000).toISOString();
  await inTransaction(store, async (t) => {
    await mustExist(t, accountId);
    await t.deleteFrom('codes').where('account_id', '=', accountId).where('kind', '=', 'reset').execute();
    await t
      .insertInto('codes')
      .values({ hash: codeHash(store, code), account_id: accountId, kind: 'reset', until })
      .execute();
    if (!secondFactor) return;
    await t.updateTable('accounts').set({ totp: null }).where('id', '=', accountId).execute();
    await t.deleteFrom('passkeys').where('account_id', '=', accountId).execute();
  });
  return code;
}

/** Whether a code, of whatever kind, could be used now to choose a new pass phrase. */
export async function isUsableCode(store: Store, code: string): Promise<boolean> {
  return (await findCode(store.read, codeHash(store, code))) !== undefined;
}

/**
 * Sets a new pass phrase with a recovery code or one from a host, uses the code up, and signs the account out
 * everywhere; gives the id of the account. It is not signed in by that: its second factor is still asked for.
 * @throws NotFound for a code that is unknown, used or too old, Invalid for a bad pass phrase
 */
export async function resetPassPhrase(store: Store, code: string, passPhrase: string): Promise<string> {
  const hash = codeHash(store, code);
  if ((await findCode(store.read, hash)) === undefined) throw unknownCode();
  const record = await hashPassPhrase(passPhrase);
  return inTransaction(store, async (t) => {
    const found = await findCode(t, hash);
    if (found === undefined) throw unknownCode();
    await t.deleteFrom('codes').where('hash', '=', hash).execute();
    await replacePassPhrase(t, found.account_id, record);
    return found.account_id;
  });
}

/** Within a transaction: with the new pass phrase all sessions and what a host gave to reset it are void. */
export async function replacePassPhrase(
  t: Kysely<Schema>,
  accountId: string,
  record: string,
  keepSession = '',
): Promise<void> {
  await t.updateTable('accounts').set({ pass_phrase: record }).where('id', '=', accountId).execute();
  await t
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where('token_hash', '!=', keepSession)
    .execute();
  await t
    .deleteFrom('codes')
    .where('account_id', '=', accountId)
    .where('kind', 'in', ['reset', 'mail'])
    .execute();
}

async function findCode(db: Kysely<Schema>, hash: string) {
  return db
    .selectFrom('codes')
    .select('account_id')
    .where('hash', '=', hash)
    .where((e) => e.or([e('until', 'is', null), e('until', '>', new Date().toISOString())]))
    .executeTakeFirst();
}

function unknownCode(): NotFound {
  return new NotFound('store: this code was used before, is too old, or never was one');
}

/** 80 random bits in groups of four: `k3j9-x0qv-7m2n-8ryt`. */
export function newCode(): string {
  return (newSecret().slice(0, 16).match(/.{4}/g) ?? []).join('-');
}

/** As typed: case and dashes do not count, and o, i, l are read as the digits they look like (Crockford's base 32). */
export function codeHash(store: Store, code: string): string {
  const plain = code
    .slice(0, 200)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '');
  const read = plain.replace(/o/g, '0').replace(/[il]/g, '1');
  return keyedHash(store.textKey, 'code', read);
}
