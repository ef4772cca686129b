import { randomBytes } from 'node:crypto';
import type { Store } from '../engine/store.ts';
import { isSame, keyedHash } from '../engine/text.ts';
import type { Attempts } from './attempts.ts';
import { currentMark, givenMark } from './given.ts';
import { isPassPhrase } from './pass-phrase.ts';
import { signInKeyTyped } from './sign-in-name.ts';

export { type Attempts, attemptsOf } from './attempts.ts';

/** What someone sends to sign in, and where from. */
interface SignInAttempt {
  readonly signInName: string;
  readonly passPhrase: string;
  /** Salted hash of her address. */
  readonly address: string;
  /** What `device` was given to this browser when it last signed in; undefined without. */
  readonly device: string | undefined;
}

/** How an attempt to sign in ended. */
export type SignInOutcome =
  /** `device` is for this browser to keep: with it, strangers at the same address cannot slow her down. */
  | {
      readonly kind: 'right';
      readonly accountId: string;
      readonly device: string;
      /** Of the pass phrase that was given (`given.ts`). */
      readonly mark: string;
    }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wait'; readonly seconds: number };

/**
 * Looks at a name and a pass phrase, not more often than `attempts` lets it. Whether the name exists makes no
 * difference to answer or time. @throws Conflict when too many are signing in at once
 */
export async function signIn(store: Store, attempts: Attempts, a: SignInAttempt): Promise<SignInOutcome> {
  const account = signInKeyTyped(store, a.signInName);
  const known = a.device === undefined ? undefined : readDevice(store, account, a.device);
  const place = known === undefined ? `address ${a.address}` : `device ${known}`;
  const seconds = attempts.begin(account, place);
  if (seconds > 0) return { kind: 'wait', seconds };
  const right = await checkedPassPhrase(store, a.signInName, a.passPhrase, { known: known !== undefined });
  if (right === undefined) return { kind: 'wrong' };
  attempts.forgive(account, place);
  const device = known !== undefined && a.device !== undefined ? a.device : newDevice(store, account);
  return { kind: 'right', ...right, device };
}

/**
 * The account whose pass phrase this is; undefined, after the same time, when it is wrong or nobody has that name.
 * `known` when the browser signed in to this account before: it need not queue behind strangers.
 * @throws Conflict when too many are signing in at once
 */
export async function checkPassPhrase(
  store: Store,
  signInName: string,
  passPhrase: string,
  options: { readonly known?: boolean } = {},
): Promise<string | undefined> {
  return (await checkedPassPhrase(store, signInName, passPhrase, options))?.accountId;
}

async function checkedPassPhrase(
  store: Store,
  signInName: string,
  passPhrase: string,
  options: { readonly known?: boolean },
): Promise<{ readonly accountId: string; readonly mark: string } | undefined> {
  const row = await store.read
    .selectFrom('accounts')
    .select(['id', 'pass_phrase'])
    .where('sign_in', '=', signInKeyTyped(store, signInName))
    .executeTakeFirst();
  // Before it is looked at: what changes meanwhile voids it.
  const mark = givenMark(store, row?.id ?? '', row?.pass_phrase ?? '');
  const isRight = await isPassPhrase(row?.pass_phrase, passPhrase, options);
  return isRight && row !== undefined ? { accountId: row.id, mark } : undefined;
}

/** Whether this is the pass phrase of an account that is signed in: asked again before what a found session must not do. */
export async function isPassPhraseOf(store: Store, accountId: string, passPhrase: string): Promise<boolean> {
  const row = await store.read
    .selectFrom('accounts')
    .select('pass_phrase')
    .where('id', '=', accountId)
    .executeTakeFirst();
  return isPassPhrase(row?.pass_phrase, passPhrase, { known: true });
}

/** The mark of the pass phrase that an account has now; '' for one that is not here. */
export function markOf(store: Store, accountId: string): Promise<string> {
  return currentMark(store, store.read, accountId);
}

function newDevice(store: Store, account: string): string {
  const nonce = randomBytes(16).toString('base64url');
  return `${nonce}.${keyedHash(store.textKey, 'device', account, nonce)}`;
}

/** Whether a browser signed in by this name before, as its mark says: `device` as it was given then. */
export function isKnownDevice(store: Store, signInName: string, device: string | undefined): boolean {
  return device !== undefined && readDevice(store, signInKeyTyped(store, signInName), device) !== undefined;
}

/** Tells browsers apart that signed in to this account before; undefined for one that did not. */
function readDevice(store: Store, account: string, device: string): string | undefined {
  const [nonce = '', mac = ''] = device.split('.');
  return isSame(mac, keyedHash(store.textKey, 'device', account, nonce)) ? nonce : undefined;
}
