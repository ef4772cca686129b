import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { beginSession, confirmTotp, findMail, newTotpSecret, signIn } from '../../store/accounts.ts';
import { codeAt } from '../../store/people/totp.ts';
import { addPerson, type SamplePerson, samplePassPhrase } from '../../store/sample-people.testing.ts';
import { openSite, type TestSite } from '../site.testing.ts';
import { type Seen, type Visitor, visitor } from './browser.testing.ts';
import { postAt } from './post.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let site: TestSite;
let server: SMTPServer;
const letters: { readonly to: string; readonly text: string }[] = [];
beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const text = Buffer.concat(parts).toString().replaceAll('=\r\n', '').replaceAll('=3D', '=');
        letters.push({ to: session.envelope.rcptTo.map((r) => r.address).join(), text });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  site = await openSite({ smtp: `smtp://127.0.0.1:${port}`, mailFrom: 'archive@archive.example' });
});
afterAll(async () => {
  await site.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

async function signedIn(person: SamplePerson): Promise<Visitor> {
  const her = visitor(site);
  const token = await beginSession(site.archive.store, person.id, { strong: false, label: 'a test' });
  (her.cookies as Map<string, string>).set('session', token);
  return her;
}

/** The path of the link in the last letter to an address, once it came. */
async function linkTo(address: string, pattern: RegExp, before = 0): Promise<string> {
  const found = (): string | undefined =>
    letters
      .slice(before)
      .filter((l) => l.to === address)
      .flatMap((l) => pattern.exec(l.text)?.[1] ?? [])
      .at(-1);
  await vi.waitFor(() => expect(found()).toBeDefined(), 10_000);
  return found() ?? '';
}

async function confirmed(person: SamplePerson, address: string): Promise<Visitor> {
  const her = await signedIn(person);
  const given = await her.send('/account/mail', { do: 'give', address, passPhrase: samplePassPhrase });
  expect(given.words).toContain('A letter is on its way');
  const link = await linkTo(address, /http:\/\/localhost:4870(\/mail\/[0-9a-z-]+)/);
  // Whatever looks at mail may follow the link: opening it confirms nothing.
  expect((await visitor(site).open(link)).words).toContain('Is this your address?');
  expect((await findMail(site.archive.store, person.id))?.confirmedAt).toBeNull();
  expect((await visitor(site).send(link, {})).words).toContain('Your address is confirmed');
  expect((await visitor(site).send(link, {})).status).toBe(422);
  return her;
}

test('an address is confirmed by a letter, kept so that nobody can read it, and can be forgotten', async () => {
  const person = await addPerson(site.archive.store, { signInName: 'tess' });
  const her = await confirmed(person, 'tess@mail.example');
  const rows = site.archive.store.sqlite?.read.raw.prepare('SELECT * FROM mail_addresses').all();
  expect(JSON.stringify(rows)).not.toContain('tess@');
  for (const address of [
    'no address',
    'a@b',
    'x@mail.example, y@mail.example',
    'x@mail.example\r\nBcc: y@mail.example',
  ])
    expect(
      (await her.send('/account/mail', { do: 'give', address, passPhrase: samplePassPhrase })).status,
    ).toBe(422);
  const stranger = await her.send('/account/mail', { do: 'drop', passPhrase: 'not hers' });
  expect(stranger.status).toBe(422);
  expect((await her.send('/account/mail', { do: 'drop', passPhrase: samplePassPhrase })).words).toContain(
    'forgotten here',
  );
  expect(await findMail(site.archive.store, person.id)).toBeUndefined();
});

test('asking for a new pass phrase by mail gets one answer, whoever asks for whomever', async () => {
  const { store } = site.archive;
  await confirmed(await addPerson(store, { signInName: 'with mail' }), 'with@mail.example');
  await addPerson(store, { signInName: 'without mail' });
  const before = letters.length;
  const answers: Seen[] = [];
  const times: number[] = [];
  for (const signInName of ['with mail', 'without mail', 'nobody at all', 'with mail']) {
    const began = performance.now();
    answers.push(await visitor(site).send('/reset/mail', { signInName }));
    times.push(performance.now() - began);
  }
  const plain = answers.map(({ status, html, headers }) =>
    JSON.stringify([status, html, headers.getSetCookie()]),
  );
  expect(new Set(plain).size).toBe(1);
  expect(answers[0]?.status).toBe(200);
  await linkTo('with@mail.example', /(\/reset\/[0-9a-z-]+)/, before);
  await vi.waitFor(() => expect(letters.length).toBe(before + 2), 10_000);
});

test('the link changes the pass phrase once, signs out everywhere, and lets nobody past a second factor', async () => {
  const { store } = site.archive;
  const person = await addPerson(store, { signInName: 'two factors' });
  const her = await confirmed(person, 'two@mail.example');
  const secret = newTotpSecret();
  await confirmTotp(store, person.id, secret, codeAt(secret, Math.floor(Date.now() / 30_000)));
  const before = letters.length;
  await visitor(site).send('/reset/mail', { signInName: 'two factors' });
  const link = await linkTo('two@mail.example', /(\/reset\/[0-9a-z-]+)/, before);
  const passPhrase = 'another phrase by mail';
  const reset = { code: link.split('/').at(-1) ?? '', passPhrase };
  expect((await visitor(site).send('/reset', reset)).words).toContain('Your new pass phrase holds');
  expect((await visitor(site).send('/reset', reset)).status).toBe(422);
  expect((await her.open('/account')).words).toContain('The name you sign in with');
  const inside = await visitor(site).send('/sign-in', { signInName: 'two factors', passPhrase, back: '' });
  expect(inside.words).toContain('One more thing');
});

test('a stranger who asks without end sends three letters an hour and voids none of them; unticked, none goes', async () => {
  const { store } = site.archive;
  const person = await addPerson(store, { signInName: 'often asked' });
  const her = await confirmed(person, 'often@mail.example');
  const before = letters.length;
  for (let i = 0; i < 6; i++) await visitor(site).send('/reset/mail', { signInName: 'often asked' });
  const first = await linkTo('often@mail.example', /(\/reset\/[0-9a-z-]+)/, before);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await postAt(site.archive)?.idle();
  expect(letters.length - before).toBeLessThanOrEqual(3);
  expect((await visitor(site).open(first)).status).toBe(200);
  // Hers is the browser that signed in by that name before: three letters are kept for her, and nobody makes her wait.
  const known = await signIn(
    store,
    { begin: () => 0, forgive: () => undefined },
    { signInName: 'often asked', passPhrase: samplePassPhrase, address: 'hers', device: undefined },
  );
  const device = known.kind === 'right' ? known.device : '';
  (her.cookies as Map<string, string>).set('device', device);
  const own = letters.length;
  expect((await her.send('/reset/mail', { signInName: 'often asked' })).words).toContain('Look at your mail');
  await linkTo('often@mail.example', /(\/reset\/[0-9a-z-]+)/, own);
  await her.send('/account/mail', { do: 'uses' });
  expect((await findMail(store, person.id))?.forReset).toBe(false);
  const after = letters.length;
  await visitor(site).send('/reset/mail', { signInName: 'often asked' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(letters.length).toBe(after);
});

test('without a server for mail no page offers any, and a server that does not answer breaks none', async () => {
  const without = await openSite();
  const broken = await openSite({ smtp: 'smtp://127.0.0.1:1', mailFrom: 'archive@archive.example' });
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    for (const path of ['/reset/mail', '/mail/some-code']) expect((await without.ask(path)).status).toBe(404);
    expect(await (await without.ask('/reset')).text()).not.toContain('mail address');
    const person = await addPerson(broken.archive.store, { signInName: 'unlucky' });
    const her = visitor(broken);
    const token = await beginSession(broken.archive.store, person.id, { strong: false, label: '' });
    (her.cookies as Map<string, string>).set('session', token);
    const given = await her.send('/account/mail', {
      do: 'give',
      address: 'un@mail.example',
      passPhrase: samplePassPhrase,
    });
    expect(given.words).toContain('A letter is on its way');
    await postAt(broken.archive)?.idle();
    expect(said.mock.calls.flat().join(' ')).toMatch(/could not be sent/);
    expect(said.mock.calls.flat().join(' ')).not.toContain('un@mail.example');
  } finally {
    said.mockRestore();
    await without.close();
    await broken.close();
  }
});
