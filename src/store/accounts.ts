import type { Kysely } from 'kysely';
import { Conflict } from '../errors.ts';
import type { AccountView } from '../model/account.ts';
import type { Role } from '../model/person.ts';
import type { Page } from '../model/views.ts';
import { afterOf, pageOf, readAfter } from './engine/paging.ts';
import { inTransaction, limited, now, type Store } from './engine/store.ts';
import { storable } from './engine/text.ts';
import { replacePassPhrase } from './people/codes.ts';
import { mustHold } from './people/given.ts';
import { hashPassPhrase } from './people/pass-phrase.ts';
import { listPseuds } from './people/pseuds.ts';
import { isOnlyHost, mustExist, roleOf } from './people/rows.ts';
import { sessionHash } from './people/sessions.ts';
import { signInKeyTyped } from './people/sign-in-name.ts';
import type { Schema } from './schema.ts';

export {
  isUsableCode,
  makeRecoveryCodes,
  makeResetCode,
  resetPassPhrase,
  useRecoveryCode,
} from './people/codes.ts';
export { createFirstHost, firstStartToken, hasHost, isFirstStartToken } from './people/first-start.ts';
export {
  answerRequest,
  findInvitation,
  findRequest,
  invite,
  listInvitations,
  listRequests,
  requestAccount,
  withdrawInvitation,
} from './people/invitations.ts';
export {
  confirmMail,
  dropMail,
  findMail,
  giveMail,
  makeMailedCode,
  useMail,
} from './people/mail.ts';
export {
  createAccount,
  type MadeAccount,
  type NewAccount,
  refusalsOf,
  signUp,
} from './people/new-account.ts';
export { shortestPassPhrase } from './people/pass-phrase.ts';
export { findIcon, readProfile, saveProfile } from './people/profiles.ts';
export { addPseud } from './people/pseuds.ts';
export {
  addPasskey,
  beginSecondStep,
  checkTotp,
  confirmTotp,
  dropPasskey,
  dropTotp,
  findPasskey,
  findSecondStep,
  listPasskeys,
  newTotpSecret,
  notePasskeyUse,
  type SecondStep,
  totpAddress,
} from './people/second-factor.ts';
export {
  beginSession,
  endAllSessions,
  endSession,
  endSessionOf,
  findSession,
  listSessions,
} from './people/sessions.ts';
export {
  type Attempts,
  attemptsOf,
  checkPassPhrase,
  isKnownDevice,
  markOf,
  type SignInOutcome,
  signIn,
} from './people/sign-in.ts';
export { readSettings, saveSettings } from './settings.ts';

/** An account by its id, or undefined. */
export async function findAccount(store: Store, id: string): Promise<AccountView | undefined> {
  const rows = await selectAccounts(store).where('accounts.id', '=', id).execute();
  return (await viewsOf(store, rows))[0];
}

/** An account by what the host knows of it: the name its owner signs in with, or the id of one of her pseuds. */
export async function findAccountOf(store: Store, who: string): Promise<AccountView | undefined> {
  const rows = await selectAccounts(store)
    .where(({ eb, or, selectFrom }) =>
      or([
        eb('accounts.sign_in', '=', signInKeyTyped(store, who)),
        eb('accounts.id', 'in', selectFrom('pseuds').select('account_id').where('person_id', '=', who)),
      ]),
    )
    .execute();
  return (await viewsOf(store, rows))[0];
}

/** All accounts, the oldest first. */
export async function listAccounts(
  store: Store,
  q: { readonly after?: string | null; readonly limit?: number } = {},
): Promise<Page<AccountView>> {
  const limit = limited(q.limit, 50, 200);
  const after = readAfter(q.after, 2);
  const rows = await selectAccounts(store)
    .$if(after !== undefined, (b) =>
      b.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('accounts.made_at', 'accounts.id'), '>', tuple(after?.[0] ?? '', after?.[1] ?? '')),
      ),
    )
    .orderBy('accounts.made_at')
    .orderBy('accounts.id')
    .limit(limit + 1)
    .execute();
  const page = pageOf(rows, limit, (r) => afterOf(r.made_at, r.id));
  return { items: await viewsOf(store, page.items), next: page.next };
}

/** Gives an account another role. @throws NotFound for an unknown account, Conflict for the last host */
export async function setRole(store: Store, id: string, role: Role): Promise<void> {
  await inTransaction(store, async (t) => {
    await mustExist(t, id);
    if (role !== 'host') await mustNotBeLastHost(t, id);
    await t.updateTable('accounts').set({ role }).where('id', '=', id).execute();
  });
}

/**
 * Suspends an account, or with `why` null lets it do everything again. It can still sign in, read, and take away what
 * is its own. @throws NotFound for an unknown account, Conflict for the last host
 */
export async function suspendAccount(store: Store, id: string, why: string | null): Promise<void> {
  await inTransaction(store, async (t) => {
    await mustExist(t, id);
    if (why !== null) await mustNotBeLastHost(t, id);
    await t
      .updateTable('accounts')
      .set({ suspended_at: why === null ? null : now(), suspended_why: storable(why ?? '') })
      .where('id', '=', id)
      .execute();
  });
}

/**
 * Changes a pass phrase and signs the account out everywhere but in the session of the token to keep; `mark` is of the
 * one before, where that was asked for.
 * @throws Invalid for a bad one, NotFound for an unknown account, Conflict when the mark does not hold any more
 */
export async function setPassPhrase(
  store: Store,
  id: string,
  passPhrase: string,
  { keepToken, mark }: { readonly keepToken?: string | undefined; readonly mark?: string } = {},
): Promise<void> {
  const record = await hashPassPhrase(passPhrase);
  await inTransaction(store, async (t) => {
    await mustExist(t, id);
    if (mark !== undefined) await mustHold(store, t, id, mark);
    await replacePassPhrase(t, id, record, keepToken === undefined ? '' : sessionHash(store, keepToken));
  });
}

/** Whether without this account nobody would run the archive. */
export async function isLastHost(store: Store, id: string): Promise<boolean> {
  return isOnlyHost(store.read, id);
}

async function mustNotBeLastHost(t: Kysely<Schema>, id: string): Promise<void> {
  if (await isOnlyHost(t, id))
    throw new Conflict('store: this is the only host; make someone else a host before');
}

function selectAccounts(store: Store) {
  return store.read
    .selectFrom('accounts')
    .select(['accounts.id', 'accounts.role', 'accounts.made_at'])
    .select(['accounts.suspended_at', 'accounts.suspended_why', 'accounts.totp'])
    .select(({ selectFrom }) => [
      selectFrom('sessions')
        .select((e) => e.fn.max('seen_on').as('day'))
        .whereRef('sessions.account_id', '=', 'accounts.id')
        .as('seen_on'),
      selectFrom('passkeys')
        .select((e) => e.fn.countAll().as('n'))
        .whereRef('passkeys.account_id', '=', 'accounts.id')
        .as('passkeys'),
      selectFrom('codes')
        .select((e) => e.fn.countAll().as('n'))
        .whereRef('codes.account_id', '=', 'accounts.id')
        .where('codes.kind', '=', 'recovery')
        .as('codes'),
    ]);
}

type AccountRow = Awaited<ReturnType<ReturnType<typeof selectAccounts>['execute']>>[number];

async function viewsOf(store: Store, rows: readonly AccountRow[]): Promise<AccountView[]> {
  if (rows.length === 0) return [];
  const pseuds = await listPseuds(
    store.read,
    rows.map((r) => r.id),
  );
  return rows.map((row) => ({
    id: row.id,
    role: roleOf(row.role),
    madeAt: row.made_at,
    suspended: row.suspended_at === null ? null : { at: row.suspended_at, why: row.suspended_why },
    pseuds: pseuds.get(row.id) ?? [],
    seenOn: row.seen_on,
    factors: { totp: row.totp !== null, passkeys: Number(row.passkeys), recoveryCodes: Number(row.codes) },
  }));
}
