import { Conflict } from '../../errors.ts';
import type { PasskeyCredential, PasskeyView } from '../../model/account.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import { isSame, keyedHash, parseJson, storable } from '../engine/text.ts';
import { conceal, reveal } from './conceal.ts';
import { currentMark } from './given.ts';
import { mustExist } from './rows.ts';
import { stepOfCode } from './totp.ts';

export { newTotpSecret, totpAddress } from './totp.ts';

const mostPasskeys = 30;
const secondStepMinutes = 10;

/**
 * Keeps the secret of an authenticator app once it has shown that it has it; false when `code` is not its code.
 * `time` is in milliseconds. @throws NotFound for an unknown account
 */
export async function confirmTotp(
  store: Store,
  accountId: string,
  secret: string,
  code: string,
  time: number = Date.now(),
): Promise<boolean> {
  const step = stepOfCode(secret, code, time);
  if (step === undefined) return false;
  await inTransaction(store, async (t) => {
    await mustExist(t, accountId);
    const totp = conceal(store, secret);
    await t.updateTable('accounts').set({ totp, totp_step: step }).where('id', '=', accountId).execute();
  });
  return true;
}

/** Takes a code of an account's app; each is right once (RFC 6238, 5.2). */
export async function checkTotp(
  store: Store,
  accountId: string,
  code: string,
  time: number = Date.now(),
): Promise<boolean> {
  return inTransaction(store, async (t) => {
    const row = await t
      .selectFrom('accounts')
      .select(['totp', 'totp_step'])
      .where('id', '=', accountId)
      .executeTakeFirst();
    if (row === undefined || row.totp === null) return false;
    const step = stepOfCode(reveal(store, row.totp), code, time);
    if (step === undefined || step <= row.totp_step) return false;
    await t.updateTable('accounts').set({ totp_step: step }).where('id', '=', accountId).execute();
    return true;
  });
}

/** Forgets the app of an account. */
export async function dropTotp(store: Store, accountId: string): Promise<void> {
  await inTransaction(store, (t) =>
    t.updateTable('accounts').set({ totp: null }).where('id', '=', accountId).execute(),
  );
}

/**
 * Keeps a passkey that has been verified. `label` tells it from others.
 * @throws Conflict when it is kept already, NotFound for an unknown account
 */
export async function addPasskey(
  store: Store,
  accountId: string,
  { id, publicKey, counter, transports, label }: PasskeyCredential & { readonly label: string },
): Promise<void> {
  await inTransaction(store, async (t) => {
    await mustExist(t, accountId);
    const known = await t.selectFrom('passkeys').select('id').where('id', '=', id).executeTakeFirst();
    if (known !== undefined) throw new Conflict('store: this passkey is known already');
    const own = await t.selectFrom('passkeys').select('id').where('account_id', '=', accountId).execute();
    if (own.length >= mostPasskeys)
      throw new Conflict(`store: an account has at most ${mostPasskeys} passkeys`);
    await t
      .insertInto('passkeys')
      .values({
        id: storable(id),
        account_id: accountId,
        public_key: Buffer.from(publicKey).toString('base64url'),
        counter: String(counter),
        transports: JSON.stringify(transports),
        label: storable(label).slice(0, 100),
        made_at: now(),
        used_at: null,
      })
      .execute();
  });
}

/** The passkey with this id and whose it is. */
export async function findPasskey(
  store: Store,
  id: string,
): Promise<{ readonly accountId: string; readonly credential: PasskeyCredential } | undefined> {
  const row = await store.read.selectFrom('passkeys').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  const publicKey = new Uint8Array(Buffer.from(row.public_key, 'base64url'));
  const transports = parseJson<string[]>(row.transports);
  return {
    accountId: row.account_id,
    credential: { id, publicKey, counter: Number(row.counter), transports },
  };
}

/** The passkeys of an account, in the order in which they were made. */
export async function listPasskeys(store: Store, accountId: string): Promise<PasskeyView[]> {
  const rows = await store.read
    .selectFrom('passkeys')
    .select(['id', 'label', 'made_at', 'used_at'])
    .where('account_id', '=', accountId)
    .orderBy('made_at')
    .orderBy('id')
    .limit(mostPasskeys)
    .execute();
  return rows.map((r) => ({ id: r.id, label: r.label, madeAt: r.made_at, usedAt: r.used_at }));
}

/** Notes that a passkey was used, with the counter its check gave. */
export async function notePasskeyUse(store: Store, id: string, counter: number): Promise<void> {
  await inTransaction(store, (t) =>
    t
      .updateTable('passkeys')
      .set({ counter: String(counter), used_at: now() })
      .where('id', '=', id)
      .execute(),
  );
}

/** Forgets one of an account's passkeys; those of others are left alone. */
export async function dropPasskey(store: Store, accountId: string, id: string): Promise<void> {
  await inTransaction(store, (t) =>
    t.deleteFrom('passkeys').where('account_id', '=', accountId).where('id', '=', id).execute(),
  );
}

/**
 * What a browser holds between the pass phrase and the second factor: it says for ten minutes whose pass phrase was
 * right, as long as its mark holds (`given.ts`), and opens nothing by itself.
 */
export function beginSecondStep(
  store: Store,
  accountId: string,
  mark: string,
  time: number = Date.now(),
): string {
  const claim = `${accountId}.${time + secondStepMinutes * 60_000}.${mark}`;
  return `${claim}.${keyedHash(store.textKey, 'second step', claim)}`;
}

/** An account whose second factor is awaited, and the mark of the pass phrase that was given for it. */
export interface SecondStep {
  readonly accountId: string;
  readonly mark: string;
}

/** Who owes the second factor; undefined for anything else, when it took too long, or when the mark is void. */
export async function findSecondStep(
  store: Store,
  token: string,
  time: number = Date.now(),
): Promise<SecondStep | undefined> {
  const [accountId = '', until = '', mark = '', mac = ''] = token.split('.');
  const right = keyedHash(store.textKey, 'second step', `${accountId}.${until}.${mark}`);
  if (!isSame(mac, right) || !(Number(until) > time)) return undefined;
  return mark === (await currentMark(store, store.read, accountId)) ? { accountId, mark } : undefined;
}
