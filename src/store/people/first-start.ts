import { Forbidden } from '../../errors.ts';
import type { ArchiveSettings } from '../../model/settings.ts';
import { secrets } from '../engine/secrets.ts';
import { inTransaction, type Store } from '../engine/store.ts';
import { isSame, keyedHash } from '../engine/text.ts';
import { changeSettings } from '../settings.ts';
import { insertAccount, type MadeAccount, type NewAccount } from './new-account.ts';
import { hashPassPhrase } from './pass-phrase.ts';
import { checkPseudName } from './pseuds.ts';
import { signInKey } from './sign-in-name.ts';

/**
 * What is printed on the console of an archive that has no host: whoever holds it may become the first. The same at
 * every start until then, and worth nothing afterwards.
 */
export function firstStartToken(folder: string): string {
  return keyedHash(secrets(folder).signing, 'first start').slice(0, 32);
}

/** Whether this is the token and there is no host yet. */
export async function isFirstStartToken(store: Store, token: string): Promise<boolean> {
  return isSame(token, firstStartToken(store.folder)) && !(await hasHost(store));
}

/** Whether someone runs the archive. */
export async function hasHost(store: Store): Promise<boolean> {
  const row = await store.read
    .selectFrom('accounts')
    .select('id')
    .where('role', '=', 'host')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Makes the first host's account and keeps her answers.
 * @throws Forbidden when the token is wrong or there is a host already, and what `createAccount` throws
 */
export async function createFirstHost(
  store: Store,
  token: string,
  { signInName, passPhrase, pseud }: Omit<NewAccount, 'role'>,
  settings: Partial<ArchiveSettings>,
): Promise<MadeAccount> {
  if (!(await isFirstStartToken(store, token))) throw notFirst();
  const signIn = signInKey(store, signInName);
  const name = checkPseudName(pseud);
  const record = await hashPassPhrase(passPhrase);
  return inTransaction(store, async (t) => {
    const host = await t
      .selectFrom('accounts')
      .select('id')
      .where('role', '=', 'host')
      .limit(1)
      .executeTakeFirst();
    if (host !== undefined) throw notFirst();
    await changeSettings(t, settings);
    return insertAccount(store, t, { signIn, record, role: 'host', pseud: name });
  });
}

function notFirst(): Forbidden {
  return new Forbidden('store: this archive has its host already; sign in, or ask her');
}
