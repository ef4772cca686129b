import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { firstStartToken } from '../../store/accounts.ts';
import { codeAt } from '../../store/people/totp.ts';
import { openSite, type TestSite } from '../site.testing.ts';
import { firstStartPath } from './addresses.ts';
import { type Visitor, valuesOn, visitor } from './browser.testing.ts';

// Each pass phrase takes half a second of a core on purpose.
vi.setConfig({ testTimeout: 60_000 });

let site: TestSite;
let host: Visitor;
beforeAll(async () => {
  site = await openSite();
  host = visitor(site, {
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  });
});
afterAll(() => site.close());

const hostPhrase = 'kettle harbour nine lanterns';
const writerPhrase = 'marram grass under old snow';
let secret = '';
/** A code of the app, for a step no other code of this test was taken of: each is right once. */
const code = (ahead: number): string => codeAt(secret, Math.floor(Date.now() / 30_000) + ahead);

/** One story, told in order: each test begins where the one before ended. */
test('the printed address begins the archive: once, with what does not fit said beside the field', async () => {
  const path = firstStartPath(firstStartToken(site.archive.config.data));
  expect((await visitor(site).open(firstStartPath('wrong'))).status).toBe(404);
  const page = await host.open(path);
  expect(page.status).toBe(200);
  expect(page.words).toContain('No sexual content involving minors');

  const answers = {
    name: 'The Lamp Room',
    signUp: 'invitation',
    rules: 'Be kind.\n\n- To all.',
    contact: 'Ask Ida.',
  };
  const refused = await host.send(path, {
    ...answers,
    pseud: 'Ida',
    signInName: 'ida-private',
    passPhrase: 'short',
  });
  expect(refused.status).toBe(422);
  expect(refused.words).toContain('15 to 1000 characters');
  expect(valuesOn(refused.html)).toMatchObject({ name: 'The Lamp Room', pseud: 'Ida', passPhrase: '' });
  expect(refused.html).not.toContain('value="short"');
  expect(refused.html).toMatch(/<input[^>]*id="passPhrase"[^>]*aria-invalid="true"/);

  const empty = await host.send(path, { ...answers, name: ' ', pseud: '', signInName: '', passPhrase: '' });
  const reasons = ['name', 'pseud', 'signInName', 'passPhrase'].map((name) => `id="${name}-problem"`);
  for (const reason of reasons) expect(empty.html, reason).toContain(reason);

  const begun = await host.send(path, {
    ...answers,
    pseud: 'Ida',
    signInName: 'ida-private',
    passPhrase: hostPhrase,
  });
  expect(begun.words).toContain('Your archive is begun');
  expect((await visitor(site).open(path)).status).toBe(404);
  expect((await visitor(site).open('/')).html).toContain('<span class="plain">The Lamp Room</span>');
  const rules = await visitor(site).open('/rules');
  expect(rules.html).toContain('<li>To all.</li>');
  expect(rules.words).toContain('Ask Ida.');
});

test('a host acts as one only after her second factor, and her secret is shown as a picture and as text', async () => {
  const led = await host.open('/manage/people');
  expect(led.words).toContain('Codes from an app');
  secret = valuesOn(led.html).secret ?? '';
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(led.html).toMatch(/<svg class="qr" role="img"/);
  expect((await host.send('/manage/invitations', { note: 'x' })).status).toBe(403);

  const wrong = await host.send('/account/second-factor', { secret, code: '000000', passPhrase: hostPhrase });
  expect([wrong.status, valuesOn(wrong.html).secret]).toEqual([422, secret]);
  const on = await host.send('/account/second-factor', { secret, code: code(0), passPhrase: hostPhrase });
  expect(on.words).toContain('Your recovery codes');
  expect(on.html.match(/<code>/g)).toHaveLength(10);
  expect((await host.open('/manage/people')).words).toContain('Only hosts see this page');
});

test('an address makes a page say what stands in its table, and nothing else', async () => {
  expect((await host.open('/account?said=pseud')).words).toContain('You can write under this name now.');
  for (const page of ['/account?said=constructor', '/account?said=__proto__', '/account?said=nothing'])
    expect((await host.open(page)).html, page).not.toContain('role="status"');
});

test('she signs out, and in again with both factors; the cookie is another each time', async () => {
  const before = host.cookies.get('session');
  const out = await host.send('/sign-out', {});
  expect(out.words).toContain('You are signed out.');
  expect(host.cookies.has('session')).toBe(false);
  expect((await host.open('/account')).words).toContain('That page is for people with an account');

  const second = await host.send('/sign-in', {
    signInName: 'Ida-Private',
    passPhrase: hostPhrase,
    back: '/manage/people',
  });
  expect(second.words).toContain('One more thing');
  expect(host.cookies.has('session')).toBe(false);
  expect((await host.send('/sign-in/second', { code: '123', back: '' })).status).toBe(422);
  const people = await host.send('/sign-in/second', { code: code(1), back: '/manage/people' });
  expect(people.words).toContain('Only hosts see this page');
  expect(host.cookies.get('session')).not.toBe(before);
});

const writer = (): Visitor => theWriter;
let theWriter: Visitor;
/** What she chose, and what was drawn for her. */
let signInName = '';

test('someone invited makes an account, once, after she agreed to the rules', async () => {
  const made = await host.send('/manage/invitations', { note: 'For Tess', role: 'writer' });
  const path = /http:\/\/localhost:4870(\/invitations\/[0-9a-z]+)/.exec(made.html)?.[1] ?? '';
  expect(made.words).toContain('For Tess');
  expect((await host.open('/manage/invitations')).html).not.toContain(path);

  theWriter = visitor(site);
  expect((await writer().open(path)).words).toContain('You are invited to The Lamp Room');
  const fields = { pseud: 'Marram', signInName: 'tess', passPhrase: writerPhrase };
  const unread = await writer().send(path, fields);
  expect([unread.status, valuesOn(unread.html).pseud]).toEqual([422, 'Marram']);
  const inside = await writer().send(path, { ...fields, rules: 'yes' });
  expect(inside.words).toContain('Your account is made, and you are signed in');
  signInName = /value="(tess-[0-9a-z]{4})"/.exec(inside.html)?.[1] ?? '';
  const again = await visitor(site).send(path, {
    ...fields,
    pseud: 'Other',
    signInName: 'other',
    rules: 'yes',
  });
  expect(again.status).toBe(404);
});

test('members are shown the way to their account by a style sheet of their own; pages stay the same for all', async () => {
  const guest = visitor(site);
  const [hers, theirs] = [await writer().open('/'), await guest.open('/')];
  expect(hers.html).toBe(theirs.html);
  expect((await writer().open('/reader.css')).html).toContain('.for-guests{display:none}');
  expect((await guest.open('/reader.css')).html).toBe('');
});

test('she takes another name, which no page of the archive connects with her first', async () => {
  const page = await writer().send('/account/pseuds', { pseud: 'Sedge' });
  expect(page.words).toContain('You can write under this name now.');
  expect(page.words).toContain('Readers cannot see that two names are yours');
  const taken = await writer().send('/account/pseuds', { pseud: 'ida' });
  expect([taken.status, valuesOn(taken.html).pseud]).toEqual([422, 'ida']);
});

test('her other browsers are listed, and signed out one by one or all at once', async () => {
  const phone = visitor(site, {
    'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1',
  });
  await phone.send('/sign-in', { signInName, passPhrase: writerPhrase, back: '' });
  const account = await writer().open('/account');
  expect(account.words).toContain('Safari on iOS');
  const session = /name="session" value="([^"]+)"/.exec(account.html)?.[1] ?? '';
  await writer().send('/account/sessions', { session });
  expect((await phone.open('/account')).words).toContain('Sign in');
  await phone.send('/sign-in', { signInName, passPhrase: writerPhrase, back: '' });
  await phone.send('/sign-out', { everywhere: 'yes' });
  expect((await writer().open('/account')).words).toContain('The name you sign in with');
});

test('a wrong pass phrase and a name nobody has get one and the same answer', async () => {
  const ask = (name: string) =>
    visitor(site, { 'user-agent': 'x' }).send('/sign-in', {
      signInName: name,
      passPhrase: 'not the right phrase',
      back: '',
    });
  const [wrong, nobody] = [await ask(signInName), await ask('tess-nobd')];
  expect(wrong.status).toBe(422);
  const plain = (html: string): string =>
    html.replaceAll(/tess-[0-9a-z]{4}/g, 'NAME').replace(/data-passkey="[^"]*"/, '');
  expect(plain(nobody.html)).toBe(plain(wrong.html));
  expect(nobody.status).toBe(wrong.status);
  expect(nobody.headers.getSetCookie()).toEqual(wrong.headers.getSetCookie());
});

test('the host suspends her: she signs in, reads why, and changes nothing', async () => {
  const people = await host.open('/manage/people');
  const account =
    people.html.split('<h2>Marram, Sedge</h2>')[1]?.match(/name="account" value="([^"]+)"/)?.[1] ?? '';
  const done = await host.send('/manage/people', { account, do: 'suspend', why: 'Rest until May.' });
  expect(done.words).toContain('Rest until May.');
  const back = await writer().send('/sign-in', { signInName, passPhrase: writerPhrase, back: '' });
  expect(back.words).toContain('have suspended your account: Rest until May.');
  const owner = /name="account" value="([^"]+)"/.exec(people.html)?.[1] ?? '';
  expect((await host.send('/manage/people', { account: owner, do: 'suspend', why: '' })).status).toBe(422);
});

test('a code from the host lets her choose a new pass phrase, and signs her out everywhere', async () => {
  const people = await host.open('/manage/people');
  const account =
    people.html.split('<h2>Marram, Sedge</h2>')[1]?.match(/name="account" value="([^"]+)"/)?.[1] ?? '';
  const made = await host.send('/manage/people', { account, do: 'reset' });
  const path = /http:\/\/localhost:4870(\/reset\/[0-9a-z-]+)/.exec(made.html)?.[1] ?? '';
  const reset = { code: path.split('/').at(-1) ?? '', passPhrase: 'a fifth word after the tide' };
  expect(valuesOn((await visitor(site).open(path)).html).code).toBe(reset.code);
  expect((await visitor(site).send('/reset', { ...reset, code: 'aaaa-bbbb' })).status).toBe(422);
  expect((await visitor(site).send('/reset', reset)).words).toContain('Your new pass phrase holds');
  expect((await writer().open('/account')).words).toContain('The name you sign in with');
});
