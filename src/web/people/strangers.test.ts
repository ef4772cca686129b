import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  beginSecondStep,
  confirmTotp,
  makeRecoveryCodes,
  markOf,
  newTotpSecret,
} from '../../store/accounts.ts';
import { codeAt } from '../../store/people/totp.ts';
import { addPerson } from '../../store/sample-people.testing.ts';
import { openSite, type TestSite } from '../site.testing.ts';
import { type Visitor, visitor } from './browser.testing.ts';

vi.setConfig({ testTimeout: 60_000 });

let site: TestSite;
beforeAll(async () => {
  site = await openSite({ proxies: 1 });
});
afterAll(() => site.close());

/** A browser somewhere else than all others. */
function from(address: string, cookies: Readonly<Record<string, string>> = {}): Visitor {
  const browser = visitor(site, { 'x-forwarded-for': address });
  for (const [name, value] of Object.entries(cookies))
    (browser.cookies as Map<string, string>).set(name, value);
  return browser;
}

test('wrong codes from the same address keep nobody from using a right one', async () => {
  const { store } = site.archive;
  const her = await addPerson(store);
  const [code = ''] = await makeRecoveryCodes(store, her.id);
  const passPhrase = 'four words from another boat';
  for (let i = 0; i < 40; i++) {
    const wrong = await from('192.0.2.1').send('/reset', { code: `aaaa-bbbb-cccc-${1000 + i}`, passPhrase });
    expect(wrong.words).toContain('has a letter wrong');
  }
  const right = await from('192.0.2.1').send('/reset', { code, passPhrase });
  expect(right.words).toContain('Your new pass phrase holds');
});

test('who has a pass phrase cannot try codes of the app from a thousand addresses; a recovery code opens all the same', async () => {
  const { store } = site.archive;
  const her = await addPerson(store);
  const secret = newTotpSecret();
  const step = Math.floor(Date.now() / 30_000);
  await confirmTotp(store, her.id, secret, codeAt(secret, step - 1));
  const [code = ''] = await makeRecoveryCodes(store, her.id);
  const owing = { 'second-step': beginSecondStep(store, her.id, await markOf(store, her.id)) };
  const said: string[] = [];
  for (let i = 0; i < 40; i++)
    said.push(
      (await from(`192.0.2.${i}`, owing).send('/sign-in/second', { code: '000000', back: '' })).words,
    );
  expect(said.filter((words) => words.includes('not right')).length).toBeLessThanOrEqual(33);
  expect(said.at(-1)).toContain('Too many codes were tried for this account. Wait ');
  const inside = await from('198.51.100.7', owing).send('/sign-in/second', { code, back: '/account' });
  expect(inside.words).toContain('Your account');
});
