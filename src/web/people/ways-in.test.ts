import { expect, onTestFinished, test, vi } from 'vitest';
import type { SignUp } from '../../model/settings.ts';
import {
  beginSession,
  createAccount,
  listRequests,
  makeRecoveryCodes,
  saveSettings,
  setRole,
} from '../../store/accounts.ts';
import { sitesOfTests, type TestSite } from '../site.testing.ts';
import { type Seen, valuesOn, visitor } from './browser.testing.ts';

// Each pass phrase takes half a second of a core on purpose.
vi.setConfig({ testTimeout: 60_000 });

const openSite = sitesOfTests();

async function open(signUp: SignUp, url?: string): Promise<TestSite> {
  const site = await openSite({}, url);
  await saveSettings(site.archive.store, { signUp });
  return site;
}

const passPhrase = 'four words from a boat';
const fields = { pseud: 'Marram', signInName: 'tess', passPhrase, rules: 'yes' };

test('where anyone may sign up, a person does, and a program that fills in every field does not', async () => {
  const site = await open('open');
  const caught = await visitor(site).send('/sign-up', { ...fields, website: 'https://spam.example' });
  expect(caught.status).toBe(422);
  const taken = await visitor(site).send('/sign-up', fields);
  expect(taken.words).toContain('Your account is made, and you are signed in');
  const again = await visitor(site).send('/sign-up', { ...fields, signInName: 'other' });
  expect([again.status, valuesOn(again.html).signInName]).toEqual([422, 'other']);
  expect(again.words).toContain('Someone here is called "Marram" already');
});

test('a name to sign in with that someone has and one that nobody has get one and the same answer', async () => {
  const site = await open('open');
  await createAccount(site.archive.store, fields);
  const ask = (pseud: string, signInName: string) =>
    visitor(site).send('/sign-up', { ...fields, pseud, signInName });
  const [taken, twice, free] = [
    await ask('One', 'tess'),
    await ask('Two', 'tess'),
    await ask('Three', 'nobd'),
  ];
  const plain = ({ status, html, headers }: Seen) => {
    const cookies = headers.getSetCookie().map((cookie) => cookie.replace(/=[^;]*/, '=…'));
    return { status, html: html.replaceAll(/(?:tess|nobd)-[0-9a-z]{4}/g, 'NAME'), cookies };
  };
  expect(plain(taken)).toEqual(plain(free));
  expect(plain(twice)).toEqual(plain(free));
  expect(free.status).toBe(200);
  const names = [taken, twice].map(({ html }) => /value="(tess-[0-9a-z]{4})"/.exec(html)?.[1] ?? '');
  expect(new Set(names).size).toBe(2);
  // Whoever had her name before goes on with it, and the drawn one opens the new account.
  for (const signInName of ['tess', ...names])
    expect((await visitor(site).send('/sign-in', { signInName, passPhrase, back: '' })).words).toContain(
      'Your account',
    );
});

test('where accounts are asked for, the address of the request is the way to the answer and then to the account', async () => {
  const site = await open('request');
  const asker = visitor(site);
  const waiting = await asker.send('/sign-up', { pseud: 'Marram', words: 'I wrote the lamp story.' });
  expect(waiting.words).toContain('Keep the address of this page');
  const { id } = await createAccount(site.archive.store, { ...fields, pseud: 'Ida', role: 'host' });
  const token = await beginSession(site.archive.store, id, { strong: true, label: '' });
  const asHost = { cookie: `session=${token}` };
  const list = await (await site.ask('/manage/invitations', { headers: asHost })).text();
  expect(list).toContain('I wrote the lamp story.');
  const [request] = await listRequests(site.archive.store);
  await site.send(
    '/manage/invitations',
    [
      ['request', request?.id ?? ''],
      ['answer', 'granted'],
    ],
    asHost,
  );
  const path = /action="(\/invitations\/[0-9a-z]+)"/;
  const code = waiting.path;
  expect((await asker.open(code)).html).toMatch(path);
});

test('where nobody may sign up, a form sent all the same makes no account', async () => {
  const site = await open('nobody');
  expect((await visitor(site).open('/sign-up')).words).toContain('takes nobody new');
  expect((await visitor(site).send('/sign-up', fields)).words).not.toContain('Welcome');
});

test('guessing is slowed down where it comes from, and a browser that signed in before comes in all the same', async () => {
  // Hashing a pass phrase may take longer than the first waits: time stands still, so that none runs out meanwhile.
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const site = await open('nobody');
  await createAccount(site.archive.store, fields);
  const owner = visitor(site);
  const signIn = { signInName: 'tess', passPhrase, back: '' };
  expect((await owner.send('/sign-in', signIn)).words).toContain('Your account');
  await owner.send('/sign-out', {});
  const stranger = visitor(site);
  const guesses: string[] = [];
  for (let i = 0; i < 7; i++)
    guesses.push(
      (await stranger.send('/sign-in', { ...signIn, passPhrase: `wrong guess number ${i}` })).words,
    );
  expect(guesses.at(-1)).toContain('Too many tries from here. Wait ');
  expect((await owner.send('/sign-in', signIn)).words).toContain('Your account');
});

test('under https the cookie is bound to this host, and no script can read it', async () => {
  const site = await open('nobody', 'https://archive.example');
  await createAccount(site.archive.store, fields);
  const response = await site.send('/sign-in', [
    ['signInName', 'tess'],
    ['passPhrase', passPhrase],
  ]);
  const cookie = response.headers.getSetCookie().find((c) => c.startsWith('__Host-session='));
  for (const trait of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(trait);
});

test('a recovery code opens the way to a new pass phrase once', async () => {
  const site = await open('nobody');
  const { id } = await createAccount(site.archive.store, fields);
  await setRole(site.archive.store, id, 'writer');
  const [code = ''] = await makeRecoveryCodes(site.archive.store, id);
  const reset = { code, passPhrase: 'another four words from a boat' };
  expect((await visitor(site).send('/reset', reset)).words).toContain('Your new pass phrase holds');
  expect((await visitor(site).send('/reset', reset)).words).toContain('This code was used before');
});
