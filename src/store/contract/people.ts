import { describe, expect, it } from 'vitest';
import { Conflict, Invalid, NotFound } from '../../errors.ts';
import { accountRoles } from '../../model/person.ts';
import {
  addPseud,
  answerRequest,
  beginSession,
  createAccount,
  endAllSessions,
  endSession,
  endSessionOf,
  findAccount,
  findAccountOf,
  findInvitation,
  findRequest,
  findSession,
  invite,
  isUsableCode,
  listAccounts,
  listInvitations,
  listRequests,
  listSessions,
  makeRecoveryCodes,
  makeResetCode,
  readSettings,
  requestAccount,
  saveSettings,
  setPassPhrase,
  setRole,
  suspendAccount,
  useRecoveryCode,
  withdrawInvitation,
} from '../accounts.ts';
import { inTransaction } from '../engine/store.ts';
import type { Store } from '../index.ts';
import { takeInvitation } from '../people/invitations.ts';
import { insertAccount } from '../people/new-account.ts';
import { checkPassPhrase } from '../people/sign-in.ts';
import { addPerson, samplePassPhrase } from '../sample-people.testing.ts';

/** Accounts and all that belongs to them, on any engine. */
export function peopleHaveAccounts(opened: () => Store): void {
  describe('an account', () => {
    it('opens with its name, however typed, and its pass phrase', async () => {
      const { id, pseud } = await addPerson(opened(), { signInName: 'Quiet  Lantern' });
      const open = (name: string, phrase: string) => checkPassPhrase(opened(), name, phrase);
      expect(await open(' quiet LANTERN', samplePassPhrase)).toBe(id);
      expect(await open('ｑｕｉｅｔ lan\u200btern', samplePassPhrase.replaceAll(' ', '\u3000'))).toBe(id);
      expect(await open('quiet lantern', samplePassPhrase.toUpperCase())).toBeUndefined();
      expect(await findAccount(opened(), id)).toMatchObject({
        role: 'writer',
        suspended: null,
        pseuds: [pseud],
        seenOn: null,
        factors: { totp: false, passkeys: 0, recoveryCodes: 0 },
      });
    });

    it('is refused with the field that does not fit', async () => {
      const good = { signInName: 'someone new', passPhrase: samplePassPhrase, pseud: 'Someone New' };
      const wrong = [
        [{ ...good, signInName: ' x ' }, 'signInName'],
        [{ ...good, passPhrase: 'too short' }, 'passPhrase'],
        [{ ...good, passPhrase: 'abababababababababab' }, 'passPhrase'],
        [{ ...good, pseud: ' \u202e\u0000 ' }, 'pseud'],
        [{ ...good, pseud: 'x'.repeat(61) }, 'pseud'],
      ] as const;
      for (const [account, path] of wrong) {
        const refused = createAccount(opened(), account);
        await expect(refused).rejects.toThrow(Invalid);
        await expect(refused).rejects.toMatchObject({ path });
      }
      expect(await findAccountOf(opened(), 'someone new')).toBeUndefined();
    });

    it('has a name to sign in with that nobody else has', async () => {
      await addPerson(opened(), { signInName: 'only one' });
      await expect(addPerson(opened(), { signInName: 'ONLY one' })).rejects.toThrow(Conflict);
    });

    it('is found by the id of a name she writes under', async () => {
      const person = await addPerson(opened());
      expect((await findAccountOf(opened(), person.pseud.id))?.id).toBe(person.id);
    });

    it('stands in a list that is read page by page', async () => {
      const made = [await addPerson(opened()), await addPerson(opened()), await addPerson(opened())];
      const seen: string[] = [];
      for (let after: string | null | undefined; after !== null; ) {
        const page = await listAccounts(opened(), { after: after ?? null, limit: 2 });
        expect(page.items.length).toBeLessThanOrEqual(2);
        seen.push(...page.items.map((a) => a.id));
        after = page.next;
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining(made.map((m) => m.id)));
    });
  });

  describe('a role', () => {
    it('counts from the next request on', async () => {
      const person = await addPerson(opened(), { role: 'reader' });
      const token = await beginSession(opened(), person.id, { strong: true, label: 'x' });
      for (const role of accountRoles) {
        await setRole(opened(), person.id, role);
        expect(await findSession(opened(), token)).toMatchObject({ role });
        if (role === 'host') continue;
        await suspendAccount(opened(), person.id, 'a reason');
        expect(await findSession(opened(), token)).toMatchObject({ suspended: true });
        await suspendAccount(opened(), person.id, null);
        expect(await findSession(opened(), token)).not.toHaveProperty('suspended');
      }
      await expect(setRole(opened(), 'nobody', 'reader')).rejects.toThrow(NotFound);
    });

    it('of the last host cannot be taken, nor can she be suspended', async () => {
      const { items } = await listAccounts(opened(), { limit: 200 });
      const hosts = items.filter((a) => a.role === 'host');
      const [last, ...others] = hosts.length > 0 ? hosts : [await addPerson(opened(), { role: 'host' })];
      for (const { id } of others) await setRole(opened(), id, 'writer');
      const id = last?.id ?? '';
      await expect(setRole(opened(), id, 'moderator')).rejects.toThrow(Conflict);
      await expect(suspendAccount(opened(), id, 'why')).rejects.toThrow(Conflict);
      const second = await addPerson(opened(), { role: 'host' });
      await setRole(opened(), id, 'moderator');
      await expect(setRole(opened(), second.id, 'reader')).rejects.toThrow(Conflict);
    });
  });

  describe('a session', () => {
    it('says who someone is until it is ended', async () => {
      const person = await addPerson(opened());
      const token = await beginSession(opened(), person.id, { strong: false, label: 'Lynx' });
      expect(await findSession(opened(), token)).toEqual({
        kind: 'account',
        id: person.id,
        role: 'writer',
        pseuds: [person.pseud],
        strong: false,
      });
      const rows = await opened().read.selectFrom('sessions').selectAll().execute();
      expect(JSON.stringify(rows)).not.toContain(token);
      await endSession(opened(), token);
      expect(await findSession(opened(), token)).toBeUndefined();
      expect(await findSession(opened(), '')).toBeUndefined();
    });

    it('is strong with a second factor, or where the archive asks for none', async () => {
      const person = await addPerson(opened());
      const weak = await beginSession(opened(), person.id, { strong: false, label: '' });
      const strong = await beginSession(opened(), person.id, { strong: true, label: '' });
      expect(await findSession(opened(), weak)).toMatchObject({ strong: false });
      expect(await findSession(opened(), strong)).toMatchObject({ strong: true });
      await saveSettings(opened(), { secondFactor: false });
      expect(await findSession(opened(), weak)).toMatchObject({ strong: true });
      await saveSettings(opened(), { secondFactor: true });
    });

    it('is listed and ended by its owner only, one by one or all but this', async () => {
      const [a, b] = [await addPerson(opened()), await addPerson(opened())];
      const begin = (id: string, label: string) => beginSession(opened(), id, { strong: false, label });
      const [phone, desk, hers] = [
        await begin(a.id, 'phone'),
        await begin(a.id, 'desk'),
        await begin(b.id, 'b'),
      ];
      const listed = await listSessions(opened(), a.id, desk);
      expect(listed.map((s) => [s.label, s.current]).toSorted()).toEqual([
        ['desk', true],
        ['phone', false],
      ]);
      const id = listed.find((s) => s.label === 'phone')?.id ?? '';
      await endSessionOf(opened(), b.id, id);
      expect(await findSession(opened(), phone)).toBeDefined();
      await endSessionOf(opened(), a.id, id);
      expect(await findSession(opened(), phone)).toBeUndefined();
      const again = await begin(a.id, 'again');
      await endAllSessions(opened(), a.id, desk);
      expect(await findSession(opened(), again)).toBeUndefined();
      expect(await findSession(opened(), desk)).toBeDefined();
      await endAllSessions(opened(), a.id);
      expect(await findSession(opened(), desk)).toBeUndefined();
      expect(await findSession(opened(), hers)).toBeDefined();
    });

    it('ends when nobody used it for long, and counts as used once a day', async () => {
      const person = await addPerson(opened());
      const token = await beginSession(opened(), person.id, { strong: false, label: '' });
      const seenOn = (day: string) =>
        opened()
          .write.updateTable('sessions')
          .set({ seen_on: day })
          .where('account_id', '=', person.id)
          .execute();
      const before = new Date(Date.now() - 80 * 86_400_000).toISOString().slice(0, 10);
      await seenOn(before);
      expect(await findSession(opened(), token)).toBeDefined();
      expect((await findAccount(opened(), person.id))?.seenOn).not.toBe(before);
      const count = opened().commits.count;
      expect(await findSession(opened(), token)).toBeDefined();
      expect(opened().commits.count).toBe(count);
      await seenOn(new Date(Date.now() - 95 * 86_400_000).toISOString().slice(0, 10));
      expect(await findSession(opened(), token)).toBeUndefined();
      expect(await listSessions(opened(), person.id)).toEqual([]);
    });
  });

  describe('a code', () => {
    it('for recovery is a second factor once, for its own account, however typed', async () => {
      const [a, b] = [await addPerson(opened()), await addPerson(opened())];
      const codes = await makeRecoveryCodes(opened(), a.id);
      expect(codes).toHaveLength(10);
      const [first = '', second = ''] = codes;
      expect(await useRecoveryCode(opened(), b.id, first)).toBe(false);
      const typed = ` ${first.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'l')} `;
      const all = await Promise.all(Array.from({ length: 5 }, () => useRecoveryCode(opened(), a.id, typed)));
      expect(all.filter((right) => right)).toHaveLength(1);
      expect((await findAccount(opened(), a.id))?.factors.recoveryCodes).toBe(9);
      await makeRecoveryCodes(opened(), a.id);
      expect(await useRecoveryCode(opened(), a.id, second)).toBe(false);
      const rows = await opened().read.selectFrom('codes').selectAll().execute();
      for (const code of codes) expect(JSON.stringify(rows)).not.toContain(code);
    });

    it('from a host is void after a day, after another one, and after a change of pass phrase', async () => {
      const person = await addPerson(opened());
      const first = await makeResetCode(opened(), person.id);
      const second = await makeResetCode(opened(), person.id);
      expect([await isUsableCode(opened(), first), await isUsableCode(opened(), second)]).toEqual([
        false,
        true,
      ]);
      const keep = await beginSession(opened(), person.id, { strong: false, label: '' });
      const other = await beginSession(opened(), person.id, { strong: false, label: '' });
      await setPassPhrase(opened(), person.id, 'what she chose instead', { keepToken: keep });
      expect(await findSession(opened(), keep)).toBeDefined();
      expect(await findSession(opened(), other)).toBeUndefined();
      expect(await isUsableCode(opened(), second)).toBe(false);
      const third = await makeResetCode(opened(), person.id);
      await opened()
        .write.updateTable('codes')
        .set({ until: '2020-01-01T00:00:00.000Z' })
        .where('kind', '=', 'reset')
        .execute();
      expect(await isUsableCode(opened(), third)).toBe(false);
      await expect(makeResetCode(opened(), 'nobody')).rejects.toThrow(NotFound);
    });
  });

  describe('an invitation', () => {
    it('makes one account in two hundred attempts at once', async () => {
      const { code } = await invite(opened(), { by: null, role: 'archivist', note: 'for Ada' });
      const { record } = await addPerson(opened());
      const outcomes = await Promise.allSettled(
        Array.from({ length: 200 }, (_, i) =>
          inTransaction(opened(), async (t) => {
            const role = await takeInvitation(opened(), t, code);
            return insertAccount(opened(), t, { signIn: `race ${i}`, record, role, pseud: `Racer ${i}` });
          }),
        ),
      );
      expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1);
      const racers = await opened()
        .read.selectFrom('accounts')
        .select('role')
        .where('sign_in', 'like', 'race %')
        .execute();
      expect(racers).toEqual([{ role: 'archivist' }]);
      const names = await opened()
        .read.selectFrom('people')
        .select('name')
        .where('name', 'like', 'Racer %')
        .execute();
      expect(names).toHaveLength(1);
    });

    it('is void when withdrawn or too old', async () => {
      const [a, b] = [await invite(opened(), { by: null }), await invite(opened(), { by: null, days: -1 })];
      expect((await listInvitations(opened())).map((i) => i.id)).toEqual(
        expect.arrayContaining([a.id, b.id]),
      );
      await withdrawInvitation(opened(), a.id);
      expect(await findInvitation(opened(), a.code)).toBeUndefined();
      expect(await findInvitation(opened(), b.code)).toBeUndefined();
      expect(await findInvitation(opened(), '')).toBeUndefined();
    });

    it('is what a request becomes when it is granted', async () => {
      const ask = (name: string) => requestAccount(opened(), { name, words: 'I write about ferries.' });
      const [yes, no] = [await ask('Tern'), await ask('Crake')];
      expect(await findRequest(opened(), yes.code)).toMatchObject({ name: 'Tern', answer: 'waiting' });
      expect(await findInvitation(opened(), yes.code)).toBeUndefined();
      await answerRequest(opened(), yes.id, 'granted', null);
      await answerRequest(opened(), no.id, 'refused', null);
      expect(await findInvitation(opened(), yes.code)).toEqual({ role: 'writer' });
      expect(await findInvitation(opened(), no.code)).toBeUndefined();
      expect(await findRequest(opened(), no.code)).toMatchObject({ answer: 'refused' });
      expect((await listRequests(opened())).map((r) => r.id)).not.toContain(yes.id);
      expect((await listRequests(opened(), 'granted')).map((r) => r.id)).toContain(yes.id);
      await expect(answerRequest(opened(), yes.id, 'refused', null)).rejects.toThrow(NotFound);
    });
  });

  describe('a name to write under', () => {
    it('is one of several, in the order they were made', async () => {
      const person = await addPerson(opened());
      const second = await addPseud(opened(), person.id, '  Wren\u00a0of  the Salt ');
      expect(second.name).toBe('Wren of the Salt');
      expect((await findAccount(opened(), person.id))?.pseuds).toEqual([person.pseud, second]);
      await expect(addPseud(opened(), 'nobody', 'Ghost')).rejects.toThrow(NotFound);
    });

    it('is refused when someone is called so, in the same words whoever that is', async () => {
      const [a, b] = [await addPerson(opened()), await addPerson(opened())];
      await addPseud(opened(), a.id, 'Élodie Ferry');
      const answers: string[] = [];
      for (const id of [a.id, b.id])
        for (const name of ['Élodie Ferry', 'elodie ferry', 'The Élodie Ferry', 'Elo\u200ddie Ferry'])
          await addPseud(opened(), id, name).then(
            () => answers.push(`${name} is free`),
            (error: Error) => answers.push(error.message.replace(/".*"/, 'NAME')),
          );
      expect(answers.slice(0, 4)).toEqual([answers[0], answers[0], 'The Élodie Ferry is free', answers[0]]);
      expect(new Set([...answers.slice(4), answers[0]])).toHaveProperty('size', 1);
    });
  });

  describe('the archive', () => {
    it('says what its host said, and the defaults for the rest', async () => {
      await saveSettings(opened(), { name: 'Harbour Archive' });
      await saveSettings(opened(), { contact: 'the harbour master' });
      expect(await readSettings(opened())).toMatchObject({
        name: 'Harbour Archive',
        contact: 'the harbour master',
        signUp: 'invitation',
        guestComments: false,
      });
      expect((await readSettings(opened())).rules).toContain('No sexual content involving minors');
    });
  });
}
