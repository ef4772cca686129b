import { Invalid, NotFound } from '../../errors.ts';
import type { MailView } from '../../model/account.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import { storable } from '../engine/text.ts';
import { codeHash, newCode } from './codes.ts';
import { conceal, reveal } from './conceal.ts';
import { mustExist } from './rows.ts';
import { signInKeyTyped } from './sign-in-name.ts';

const confirmHours = 24;
const resetMinutes = 60;
/**
 * Codes by mail that are good at a time: asking again does not void the one that is on its way. Strangers cannot take
 * the places of those who signed in before.
 */
const mostCodes = { strangers: 3, known: 6 };

/** The mail address of an account, for its owner; undefined without. */
export async function findMail(store: Store, accountId: string): Promise<MailView | undefined> {
  const row = await store.read
    .selectFrom('mail_addresses')
    .select(['address', 'for_reset', 'confirmed_at'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { address, confirmed_at: confirmedAt } = row;
  return { address: reveal(store, address), confirmedAt, forReset: row.for_reset === 1 };
}

/**
 * Gives an account a mail address in place of the one before; gives the code that confirms it within a day, to be sent
 * there and nowhere else. Until then it is used for nothing.
 * @throws Invalid for what is no address, NotFound for an unknown account
 */
export async function giveMail(store: Store, accountId: string, address: string): Promise<string> {
  const given = checkAddress(address);
  const code = newCode();
  const row = {
    account_id: accountId,
    address: conceal(store, given),
    for_reset: 1,
    confirmed_at: null,
    code_hash: codeHash(store, code),
    code_until: new Date(Date.now() + confirmHours * 3_600_000).toISOString(),
  };
  await inTransaction(store, async (t) => {
    await mustExist(t, accountId);
    await t
      .insertInto('mail_addresses')
      .values(row)
      .onConflict((c) => c.column('account_id').doUpdateSet(row))
      .execute();
  });
  return code;
}

/** Confirms an address by the code that was sent there. @throws NotFound for a code used before, too old, or none */
export async function confirmMail(store: Store, code: string): Promise<void> {
  await inTransaction(store, async (t) => {
    const done = await t
      .updateTable('mail_addresses')
      .set({ confirmed_at: now(), code_hash: '', code_until: '' })
      .where('code_hash', '=', codeHash(store, code))
      .where('code_until', '>', now())
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n)
      throw new NotFound('store: this code was used before, is too old, or never was one');
  });
}

/** Says what an address is used for. */
export async function useMail(
  store: Store,
  accountId: string,
  uses: { readonly forReset: boolean },
): Promise<void> {
  await inTransaction(store, (t) =>
    t
      .updateTable('mail_addresses')
      .set({ for_reset: uses.forReset ? 1 : 0 })
      .where('account_id', '=', accountId)
      .execute(),
  );
}

/** Forgets an address, and the codes that were sent there. */
export async function dropMail(store: Store, accountId: string): Promise<void> {
  await inTransaction(store, async (t) => {
    await t.deleteFrom('mail_addresses').where('account_id', '=', accountId).execute();
    await t.deleteFrom('codes').where('account_id', '=', accountId).where('kind', '=', 'mail').execute();
  });
}

/**
 * A code with which someone chooses a new pass phrase within the hour, and where to send it; undefined when nobody signs
 * in by that name, she has no address for it, or enough such codes are good already; `known` when whoever asks has
 * signed in by that name before. Her second factor is still asked.
 */
export async function makeMailedCode(
  store: Store,
  signInName: string,
  { known }: { readonly known: boolean },
): Promise<{ readonly address: string; readonly code: string } | undefined> {
  return inTransaction(store, async (t) => {
    const row = await t
      .selectFrom('accounts')
      .innerJoin('mail_addresses', 'mail_addresses.account_id', 'accounts.id')
      .select(['accounts.id', 'mail_addresses.address'])
      .where('accounts.sign_in', '=', signInKeyTyped(store, signInName))
      .where('mail_addresses.confirmed_at', 'is not', null)
      .where('mail_addresses.for_reset', '=', 1)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    await t
      .deleteFrom('codes')
      .where('account_id', '=', row.id)
      .where('kind', '=', 'mail')
      .where('until', '<=', now())
      .execute();
    const good = await t
      .selectFrom('codes')
      .select('hash')
      .where('account_id', '=', row.id)
      .where('kind', '=', 'mail')
      .execute();
    if (good.length >= (known ? mostCodes.known : mostCodes.strangers)) return undefined;
    const code = newCode();
    const until = new Date(Date.now() + resetMinutes * 60_000).toISOString();
    await t
      .insertInto('codes')
      .values({ hash: codeHash(store, code), account_id: row.id, kind: 'mail', until })
      .execute();
    return { address: reveal(store, row.address), code };
  });
}

/** What HTML calls a valid e-mail address, so that browsers and we agree; no list, no name beside it. */
const addressSyntax =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+$/;

function checkAddress(address: string): string {
  const given = storable(address).trim();
  if (given.length > 254 || !addressSyntax.test(given))
    throw new Invalid('store: this is not a mail address, such as name@mail.example', { path: 'address' });
  return given;
}
