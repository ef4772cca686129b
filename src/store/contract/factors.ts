import { describe, expect, it } from 'vitest';
import { Conflict, NotFound } from '../../errors.ts';
import {
  addPasskey,
  attemptsOf,
  beginSecondStep,
  beginSession,
  checkTotp,
  confirmTotp,
  dropPasskey,
  dropTotp,
  endAllSessions,
  findAccount,
  findPasskey,
  findSecondStep,
  listPasskeys,
  listSessions,
  makeRecoveryCodes,
  markOf,
  newTotpSecret,
  notePasskeyUse,
  resetPassPhrase,
  setPassPhrase,
  signIn,
} from '../accounts.ts';
import type { Store } from '../index.ts';
import { codeAt } from '../people/totp.ts';
import { addPerson, samplePassPhrase } from '../sample-people.testing.ts';

/** Second factors, and signing in as a whole, on any engine. */
export function factorsAreGiven(opened: () => Store): void {
  describe('an authenticator app', () => {
    const time = 1_700_000_000_000;
    const step = Math.floor(time / 30_000);

    it('is kept once it has shown a code, encrypted, and each code is right once', async () => {
      const { id } = await addPerson(opened());
      const secret = newTotpSecret();
      const codes = [codeAt(secret, step), codeAt(secret, step + 1)] as const;
      const wrong = codes[0] === '000000' ? '000001' : '000000';
      expect(await checkTotp(opened(), id, codes[0], time)).toBe(false);
      expect(await confirmTotp(opened(), id, secret, wrong, time)).toBe(false);
      expect(await findAccount(opened(), id)).toMatchObject({ factors: { totp: false } });
      expect(await confirmTotp(opened(), id, secret, codes[0], time)).toBe(true);
      expect(await findAccount(opened(), id)).toMatchObject({ factors: { totp: true } });
      const rows = await opened().read.selectFrom('accounts').select('totp').where('id', '=', id).execute();
      expect(JSON.stringify(rows)).not.toContain(secret);
      expect(await checkTotp(opened(), id, codes[0], time)).toBe(false);
      const both = await Promise.all([1, 2].map(() => checkTotp(opened(), id, codes[1], time)));
      expect(both.toSorted()).toEqual([false, true]);
      await dropTotp(opened(), id);
      expect(await checkTotp(opened(), id, codeAt(secret, step + 2), time + 60_000)).toBe(false);
      await expect(confirmTotp(opened(), 'nobody', secret, codes[0], time)).rejects.toThrow(NotFound);
    });
  });

  describe('a passkey', () => {
    it('is found by its id with whose it is, and dropped by its owner only', async () => {
      const [a, b] = [await addPerson(opened()), await addPerson(opened())];
      const passkey = {
        id: `key-${a.id}`,
        publicKey: new Uint8Array([165, 1, 2, 3, 38, 255]),
        counter: 4_294_967_295,
        transports: ['internal', 'hybrid'],
        label: 'phone',
      };
      await addPasskey(opened(), a.id, passkey);
      const { label, ...credential } = passkey;
      expect(await findPasskey(opened(), passkey.id)).toEqual({ accountId: a.id, credential });
      await expect(addPasskey(opened(), b.id, passkey)).rejects.toThrow(Conflict);
      await notePasskeyUse(opened(), passkey.id, 7);
      expect((await findPasskey(opened(), passkey.id))?.credential.counter).toBe(7);
      expect(await listPasskeys(opened(), a.id)).toMatchObject([{ label, usedAt: expect.any(String) }]);
      await dropPasskey(opened(), b.id, passkey.id);
      expect(await listPasskeys(opened(), a.id)).toHaveLength(1);
      await dropPasskey(opened(), a.id, passkey.id);
      expect(await findPasskey(opened(), passkey.id)).toBeUndefined();
    });
  });

  describe('signing in', () => {
    it('waits for the second factor no longer than ten minutes, and knows its own claims only', async () => {
      const time = Date.now();
      const { id: accountId } = await addPerson(opened());
      const mark = await markOf(opened(), accountId);
      const claim = beginSecondStep(opened(), accountId, mark, time);
      expect(await findSecondStep(opened(), claim, time + 9 * 60_000)).toEqual({ accountId, mark });
      expect(await findSecondStep(opened(), claim, time + 11 * 60_000)).toBeUndefined();
      const later = claim.replace(/\.\d+\./, `.${time + 86_400_000}.`);
      const other = claim.replace(accountId, (await addPerson(opened())).id);
      for (const forged of [later, other, '', '..', '...']) {
        expect(await findSecondStep(opened(), forged, time)).toBeUndefined();
      }
    });

    it('ends half way when the pass phrase is changed, or all signed out, meanwhile', async () => {
      const person = await addPerson(opened(), { signInName: 'half way in' });
      const given = { signInName: 'half way in', device: undefined, address: 'home' };
      const begin = async (passPhrase: string) => {
        const outcome = await signIn(opened(), attemptsOf(), { ...given, passPhrase });
        if (outcome.kind !== 'right') throw new Error(outcome.kind);
        return { ...outcome, claim: beginSecondStep(opened(), person.id, outcome.mark) };
      };
      const isVoid = async ({ claim, mark }: Awaited<ReturnType<typeof begin>>) => {
        expect(await findSecondStep(opened(), claim)).toBeUndefined();
        const late = beginSession(opened(), person.id, { strong: false, label: '', mark });
        await expect(late).rejects.toThrow(Conflict);
        const change = setPassPhrase(opened(), person.id, 'what a thief would choose', { mark });
        await expect(change).rejects.toThrow(Conflict);
      };
      const first = await begin(samplePassPhrase);
      await endAllSessions(opened(), person.id);
      await isVoid(first);
      const second = await begin(samplePassPhrase);
      await setPassPhrase(opened(), person.id, 'what she chose instead');
      await isVoid(second);
      const third = await begin('what she chose instead');
      const [code = ''] = await makeRecoveryCodes(opened(), person.id);
      await resetPassPhrase(opened(), code, 'what she chose at last');
      await isVoid(third);
      const { claim, mark } = await begin('what she chose at last');
      expect(await findSecondStep(opened(), claim)).toEqual({ accountId: person.id, mark });
      expect(await beginSession(opened(), person.id, { strong: false, label: '', mark })).not.toBe('');
      expect(await listSessions(opened(), person.id)).toHaveLength(1);
    });

    it('slows down who guesses, and nobody else', async () => {
      const person = await addPerson(opened(), { signInName: 'slow and steady' });
      let time = Date.now();
      const attempts = attemptsOf(() => time);
      const given = { signInName: 'slow and steady', passPhrase: samplePassPhrase, device: undefined };
      const home = await signIn(opened(), attempts, { ...given, address: 'home' });
      if (home.kind !== 'right') throw new Error(home.kind);
      expect(home.accountId).toBe(person.id);
      const guess = (name: string) =>
        signIn(opened(), attempts, { ...given, signInName: name, passPhrase: 'guessed', address: 'library' });
      for (let i = 0; i < 5; i++) expect(await guess('slow and steady')).toEqual({ kind: 'wrong' });
      // However the name is typed.
      expect(await guess('SLOW and  steady')).toEqual({ kind: 'wait', seconds: 1 });
      expect((await signIn(opened(), attempts, { ...given, address: 'home' })).kind).toBe('right');
      // At the library herself she waits, unless this browser has signed in before.
      expect((await signIn(opened(), attempts, { ...given, address: 'library' })).kind).toBe('wait');
      const { device } = home;
      expect(await signIn(opened(), attempts, { ...given, address: 'library', device })).toEqual(home);
      const forged = `${device.slice(0, -1)}${device.endsWith('0') ? '1' : '0'}`;
      expect((await signIn(opened(), attempts, { ...given, address: 'library', device: forged })).kind).toBe(
        'wait',
      );
      time += 1000;
      expect((await signIn(opened(), attempts, { ...given, address: 'library' })).kind).toBe('right');
    });
  });
}
