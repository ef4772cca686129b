import type { Kysely } from 'kysely';
import { Conflict, Invalid } from '../../errors.ts';
import { newSecret } from '../../model/id.ts';
import type { Pseud, Role } from '../../model/person.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import type { Schema } from '../schema.ts';
import { takeInvitation } from './invitations.ts';
import { checkPassPhrase, hashPassPhrase } from './pass-phrase.ts';
import { checkPseudName, insertPseud } from './pseuds.ts';
import { signInKey, signInKeyTyped } from './sign-in-name.ts';

/** What someone who makes an account says. */
export interface NewAccount {
  /** Private; case, width and space do not count. */
  readonly signInName: string;
  readonly passPhrase: string;
  readonly role?: Role;
  /** The first name she writes under. */
  readonly pseud: string;
}

/** A new account and its first name. */
export interface MadeAccount {
  readonly id: string;
  readonly pseud: Pseud;
}

/**
 * Everything that does not fit of what someone says of a new account, each with its `path` (signInName, passPhrase,
 * pseud). Whether a name is taken is only known once it is made.
 */
export function refusalsOf(store: Store, account: NewAccount): readonly Invalid[] {
  const checks = [
    () => checkPseudName(account.pseud),
    () => signInKey(store, account.signInName),
    () => checkPassPhrase(account.passPhrase),
  ];
  return checks.flatMap((check) => {
    try {
      check();
      return [];
    } catch (error) {
      if (error instanceof Invalid) return [error];
      throw error;
    }
  });
}

/**
 * Makes an account. With the code of an invitation that is used up, and its role counts.
 * @throws Invalid with its `path` (signInName, passPhrase, pseud) for what does not fit, Conflict when a name is taken,
 * NotFound for an invitation that cannot be used
 */
export async function createAccount(
  store: Store,
  { signInName, passPhrase, role = 'writer', pseud }: NewAccount,
  invitation?: string,
): Promise<MadeAccount> {
  const signIn = signInKey(store, signInName);
  const name = checkPseudName(pseud);
  const record = await hashPassPhrase(passPhrase);
  return inTransaction(store, async (t) => {
    const given = invitation === undefined ? role : await takeInvitation(store, t, invitation);
    return insertAccount(store, t, { signIn, record, role: given, pseud: name });
  });
}

/**
 * The same for someone who signs herself up: what she signs in with is the name she chose and a few signs that are
 * drawn, always. So no answer says whether someone else chose that name: there is none that it could not be.
 * @throws as `createAccount`, but Conflict for the pseud only, since everybody sees those
 */
export async function signUp(
  store: Store,
  account: NewAccount,
  invitation?: string,
): Promise<MadeAccount & { readonly signInName: string }> {
  signInKey(store, account.signInName);
  const name = checkPseudName(account.pseud);
  const record = await hashPassPhrase(account.passPhrase);
  return inTransaction(store, async (t) => {
    const role = invitation === undefined ? 'writer' : await takeInvitation(store, t, invitation);
    for (;;) {
      const signInName = `${account.signInName.trim()}-${newSecret().slice(0, drawnSigns)}`;
      const signIn = signInKeyTyped(store, signInName);
      if (await isTaken(t, signIn)) continue;
      return { ...(await insertAccount(store, t, { signIn, record, role, pseud: name })), signInName };
    }
  });
}

/** Twenty bits: more than anyone tries by hand, few enough to be noted with the name. */
const drawnSigns = 4;

async function isTaken(t: Kysely<Schema>, signIn: string): Promise<boolean> {
  const same = await t.selectFrom('accounts').select('id').where('sign_in', '=', signIn).executeTakeFirst();
  return same !== undefined;
}

/** Within a transaction, with everything checked and the pass phrase hashed before it. */
export async function insertAccount(
  store: Store,
  t: Kysely<Schema>,
  a: { readonly signIn: string; readonly record: string; readonly role: Role; readonly pseud: string },
): Promise<MadeAccount> {
  if (await isTaken(t, a.signIn))
    throw new Conflict('store: this name to sign in with cannot be had; choose another');
  const id = newSecret();
  await t
    .insertInto('accounts')
    .values({
      id,
      sign_in: a.signIn,
      pass_phrase: a.record,
      role: a.role,
      made_at: now(),
      suspended_at: null,
      suspended_why: '',
      totp: null,
      totp_step: 0,
    })
    .execute();
  return { id, pseud: await insertPseud(store, t, id, a.pseud) };
}
