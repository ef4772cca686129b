import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Conflict, Forbidden, Invalid, NotFound } from '../errors.ts';
import {
  beginSession,
  checkPassPhrase,
  createAccount,
  createFirstHost,
  findAccount,
  findInvitation,
  findSession,
  firstStartToken,
  hasHost,
  invite,
  isFirstStartToken,
  isUsableCode,
  listAccounts,
  makeRecoveryCodes,
  makeResetCode,
  readSettings,
  resetPassPhrase,
} from './accounts.ts';
import { closeStore, openStore, type Store } from './index.ts';
import { addPerson, samplePassPhrase } from './sample-people.testing.ts';

// What hashes pass phrases as they are hashed for people: each takes half a second, so it is shown on one engine.
let folder: string;
let store: Store;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'variorum-'));
  store = await openStore(folder);
});
afterAll(async () => {
  await closeStore(store);
  rmSync(folder, { recursive: true });
});

describe('the first start', () => {
  const answers = { signInName: 'harbour master', passPhrase: samplePassPhrase, pseud: 'Harbour' };

  it('makes one host, with the token that is printed, also when two answer at once', async () => {
    const token = firstStartToken(folder);
    expect(firstStartToken(folder)).toBe(token);
    expect(await isFirstStartToken(store, token)).toBe(true);
    expect(await isFirstStartToken(store, `${token}0`)).toBe(false);
    await expect(createFirstHost(store, 'guessed', answers, {})).rejects.toThrow(Forbidden);
    const rival = { ...answers, signInName: 'rival', pseud: 'Rival' };
    const both = await Promise.allSettled([
      createFirstHost(store, token, answers, { name: 'Low Water', signUp: 'request' }),
      createFirstHost(store, token, rival, { name: 'Rival Archive' }),
    ]);
    expect(both.map((b) => b.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const { items } = await listAccounts(store);
    expect(items.map((a) => a.role)).toEqual(['host']);
    const { name } = await readSettings(store);
    expect([name, items[0]?.pseuds[0]?.name]).toEqual(
      both[0].status === 'fulfilled' ? ['Low Water', 'Harbour'] : ['Rival Archive', 'Rival'],
    );
    expect([await hasHost(store), await isFirstStartToken(store, token)]).toEqual([true, false]);
    await expect(createFirstHost(store, token, answers, {})).rejects.toThrow(Forbidden);
  }, 30_000);
});

describe('an account', () => {
  it('opens with its name, however typed, and its pass phrase, and with nothing else', async () => {
    const made = await createAccount(store, {
      signInName: 'Quiet  Lantern',
      passPhrase: 'four words by the ＷＡＴＥＲ',
      pseud: 'Marram',
    });
    const open = (name: string, phrase: string) => checkPassPhrase(store, name, phrase);
    expect(await open(' quiet LANTERN', 'four words by the WATER')).toBe(made.id);
    expect(await open('ｑｕｉｅｔ lantern', 'four words by the WATER')).toBe(made.id);
    expect(await open('quiet lantern', 'four words by the water')).toBeUndefined();
    expect(await open('loud lantern', 'four words by the WATER')).toBeUndefined();
    expect(await open('Marram', 'four words by the WATER')).toBeUndefined();
    expect(await findAccount(store, made.id)).toMatchObject({
      role: 'writer',
      suspended: null,
      pseuds: [made.pseud],
      seenOn: null,
      factors: { totp: false, passkeys: 0, recoveryCodes: 0 },
    });
  }, 30_000);

  it('leaves neither name nor pass phrase in the database', async () => {
    const { id } = await createAccount(store, {
      signInName: 'xyzzy-plugh',
      passPhrase: 'the canary sings at noon',
      pseud: 'Canary',
    });
    const row = await store.read.selectFrom('accounts').selectAll().where('id', '=', id).execute();
    expect(JSON.stringify(row)).not.toMatch(/xyzzy|canary/i);
    expect(row[0]?.pass_phrase).toMatch(/^scrypt\$17\$8\$1\$/);
  }, 30_000);
});

describe('a code', () => {
  it('for recovery or from a host sets a new pass phrase once, and signs out everywhere', async () => {
    const person = await addPerson(store, { signInName: 'forgetful' });
    for (const make of [
      async () => (await makeRecoveryCodes(store, person.id))[0] ?? '',
      () => makeResetCode(store, person.id),
    ]) {
      const code = await make();
      const token = await beginSession(store, person.id, { strong: true, label: '' });
      expect(await isUsableCode(store, code)).toBe(true);
      await expect(resetPassPhrase(store, code, 'short')).rejects.toThrow(Invalid);
      const phrase = `a new one with ${code}`;
      expect(await resetPassPhrase(store, code, phrase)).toBe(person.id);
      expect(await checkPassPhrase(store, 'forgetful', phrase)).toBe(person.id);
      expect(await findSession(store, token)).toBeUndefined();
      expect(await isUsableCode(store, code)).toBe(false);
      await expect(resetPassPhrase(store, code, phrase)).rejects.toThrow(NotFound);
    }
  }, 30_000);
});

describe('an invitation', () => {
  it('is not used up by an attempt that fails', async () => {
    const { code } = await invite(store, { by: null });
    const taken = await addPerson(store);
    const account = { signInName: 'invited', passPhrase: samplePassPhrase, pseud: taken.pseud.name };
    await expect(createAccount(store, account, code)).rejects.toThrow(Conflict);
    expect(await findInvitation(store, code)).toEqual({ role: 'writer' });
    await createAccount(store, { ...account, pseud: 'Invited' }, code);
    expect(await findInvitation(store, code)).toBeUndefined();
    const late = { ...account, signInName: 'late', pseud: 'Late' };
    await expect(createAccount(store, late, code)).rejects.toThrow(NotFound);
  }, 30_000);
});
