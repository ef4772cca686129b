import { randomBytes, scryptSync } from 'node:crypto';
import type { AccountActor, Pseud, Role } from '../model/person.ts';
import { inTransaction, type Store } from './engine/store.ts';
import { insertAccount } from './people/new-account.ts';
import { beginSession, findSession } from './people/sessions.ts';
import { signInKey } from './people/sign-in-name.ts';

/** The pass phrase of people made for tests. */
export const samplePassPhrase = 'salt wind over the ferry';

/** An account made for a test. */
export interface SamplePerson {
  readonly id: string;
  readonly pseud: Pseud;
  readonly signInName: string;
  /** Its pass phrase as stored. */
  readonly record: string;
}

let made = 0;
const salt = randomBytes(16);
const hash = scryptSync(samplePassPhrase, salt, 32, { N: 16, r: 1, p: 1 });
const record = `scrypt$4$1$1$${salt.toString('base64url')}$${hash.toString('base64url')}`;

/** Makes an account at once, for tests: its pass phrase is hashed cheaply, where a real one takes half a second. */
export async function addPerson(
  store: Store,
  more: { readonly signInName?: string; readonly role?: Role; readonly pseud?: string } = {},
): Promise<SamplePerson> {
  made++;
  const { signInName = `someone ${made}`, role = 'writer', pseud = `Writer ${made}` } = more;
  const signIn = signInKey(store, signInName);
  const account = await inTransaction(store, (t) => insertAccount(store, t, { signIn, record, role, pseud }));
  return { ...account, signInName, record };
}

/** The same, signed in with a second factor; `token` is that of the session. */
export async function addActor(
  store: Store,
  more: Parameters<typeof addPerson>[1] = {},
): Promise<{ readonly actor: AccountActor; readonly token: string; readonly person: SamplePerson }> {
  const person = await addPerson(store, more);
  const token = await beginSession(store, person.id, { strong: true, label: 'a test' });
  const actor = await findSession(store, token);
  if (actor === undefined) throw new Error('a session just begun is not there');
  return { actor, token, person };
}

/** Gives a pseud to another account, as nobody can: makes the twin of an archive that differs in nothing else. */
export async function movePseud(store: Store, pseudId: string, toAccountId: string): Promise<void> {
  await inTransaction(store, (t) =>
    t.updateTable('pseuds').set({ account_id: toAccountId }).where('person_id', '=', pseudId).execute(),
  );
}
