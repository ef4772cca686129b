import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginSession, createAccount, saveSettings } from '../../store/accounts.ts';
import { publishWork } from '../../store/works.ts';
import { createWork } from '../../store/writing.ts';
import { dividesAfter, passage, story } from '../../testing/stories.ts';
import { type Visitor, visitor } from '../people/browser.testing.ts';
import { openSite, type TestSite } from '../site.testing.ts';

let site: TestSite;
let ada: Visitor;
let wick: Visitor;
let guest: Visitor;
let path: string;

beforeAll(async () => {
  site = await openSite();
  const { store } = site.archive;
  const arrive = async (name: string) => {
    const account = {
      signInName: `${name} at the lamp`,
      passPhrase: `a long phrase for ${name}`,
      pseud: name,
    };
    const made = await createAccount(store, { ...account, role: 'writer' });
    const token = await beginSession(store, made.id, { strong: false, label: 'a test' });
    return { pseud: made.pseud.id, browser: visitor(site, { cookie: `session=${token}` }) };
  };
  const author = await arrive('Ada');
  ada = author.browser;
  wick = (await arrive('Wick')).browser;
  guest = visitor(site);
  const parts = [
    passage('p1', 'A lamp.'),
    passage('p2', 'Lit.', { ending: true }),
    passage('p3', 'Dark.', { ending: true }),
  ];
  const tale = story(parts, { variantSets: [dividesAfter('p1', 'p2', 'p3')] });
  const id = await createWork(store, {
    title: 'The Lamp',
    creators: [author.pseud],
    story: tale,
    by: author.pseud,
  });
  await publishWork(store, id, { rating: 'General Audiences', warnings: ['No Archive Warnings Apply'] });
  path = `/works/${id}`;
});
afterAll(() => site.close());

/** Says something and gives the address of the comment. */
async function say(who: Visitor, fields: Readonly<Record<string, string>>): Promise<string> {
  const seen = await who.send(`${path}/comments`, fields);
  expect(seen.status, seen.words).toBe(200);
  const [found] = [...seen.html.matchAll(/id="c-([0-9a-z]+)"/g)];
  return `/comments/${found?.[1]}`;
}

describe('a member', () => {
  test('finds where to say something under an ending, says it, and it stands there for everyone', async () => {
    expect((await guest.open(`${path}/read/p2`)).words).toContain('Say something');
    const form = await wick.open(`${path}/comments/new`);
    expect(form.words).toContain('You speak as Wick');
    await say(wick, { words: 'The *second* one, any day.', about: 'p1 B' });
    const thread = await guest.open(`${path}/comments`);
    expect(thread.html).toContain('<em>second</em>');
    expect(thread.words).toMatch(/1 comment .*Wick/);
    expect((await guest.open(`${path}/comments?about=B`)).words).toContain('any day');
  });

  test('answers, and the author’s answer is marked', async () => {
    const top = await say(wick, { words: 'Why the lamp?' });
    await say(ada, { words: 'It was there.', parent: top.split('/').at(-1) ?? '' });
    expect((await guest.open(top)).words).toMatch(/Ada ?author.*in answer to Wick/);
  });

  test('changes her words while nobody has answered, and only hers', async () => {
    const mine = await say(wick, { words: 'A frist thought.' });
    expect((await wick.open(`${mine}/options`)).words).toContain('Keep these words');
    expect((await wick.send(mine, { words: 'A first thought.' })).words).toContain('A first thought.');
    expect((await ada.send(mine, { words: 'Hers.' })).status).toBe(403);
    await say(ada, { words: 'Quite.', parent: mine.split('/').at(-1) ?? '' });
    expect((await wick.send(mine, { words: 'Other words.' })).status).toBe(422);
  });

  test('takes her comment away, and what was answered leaves an empty place', async () => {
    const mine = await say(wick, { words: 'Words I regret.' });
    await say(ada, { words: 'Do not.', parent: mine.split('/').at(-1) ?? '' });
    const left = await wick.send(`${mine}/deletion`, {});
    expect(left.words).toContain('This comment was deleted.');
    expect(left.words).not.toContain('regret');
  });

  test('gets her words back when they cannot be taken', async () => {
    const empty = await wick.send(`${path}/comments`, { words: '   ' });
    expect([empty.status, empty.words]).toEqual([422, expect.stringContaining('A comment needs words')]);
    await say(wick, { words: 'Said once.' });
    const twice = await wick.send(`${path}/comments`, { words: 'Said once.' });
    expect([twice.status, twice.html]).toEqual([422, expect.stringContaining('Said once.')]);
  });
});

describe('a guest', () => {
  test('is led to sign in while the archive does not let guests speak', async () => {
    await saveSettings(site.archive.store, { guestComments: false });
    const asked = await site.ask(`${path}/comments/new`);
    expect([asked.status, asked.headers.get('location')]).toEqual([303, expect.stringContaining('/sign-in')]);
    expect((await guest.send(`${path}/comments`, { words: 'x', name: 'Moth' })).status).toBe(403);
  });

  test('speaks under a name of her own where it does, and a trap keeps programs out', async () => {
    await saveSettings(site.archive.store, { guestComments: true });
    expect((await guest.send(`${path}/comments`, { words: 'Hello.' })).words).toContain('Say by what name');
    expect(
      (await guest.send(`${path}/comments`, { words: 'Buy!', name: 'Bot', website: 'http://x.example' }))
        .status,
    ).toBe(429);
    await say(guest, { words: 'Passing by.', name: 'Moth' });
    expect((await guest.open(`${path}/comments`)).words).toContain('Moth');
  });

  test('changes, freezes and settles nothing', async () => {
    const top = await say(wick, { words: 'Leave this alone.' });
    for (const way of ['', '/deletion', '/freezing', '/approval']) {
      expect((await guest.send(top + way, { words: 'x', frozen: 'yes' })).status).toBe(403);
    }
    expect((await guest.send(`${path}/thread`, { thread: 'closed' })).status).toBe(403);
  });
});

describe('the author', () => {
  test('freezes what is under her work', async () => {
    const top = await say(wick, { words: 'Let us quarrel.' });
    await ada.send(`${top}/freezing`, { frozen: 'yes' });
    expect((await guest.open(top)).words).toContain('frozen');
    const late = await wick.send(`${path}/comments`, {
      words: 'And another thing.',
      parent: top.split('/').at(-1) ?? '',
    });
    expect(late.status).toBe(422);
  });

  test('lets comments in one by one, and nobody else sees them before', async () => {
    await ada.send(`${path}/thread`, { thread: 'approval' });
    const sent = await wick.send(`${path}/comments`, { words: 'May I come in?' });
    expect(sent.words).toContain('once the author has let it in');
    expect((await guest.open(`${path}/comments`)).words).not.toContain('May I come in?');
    const waiting = await ada.open(`${path}/comments/waiting`);
    expect(waiting.words).toContain('May I come in?');
    const [, id] = /\/comments\/([0-9a-z]+)\/options/.exec(waiting.html) ?? [];
    expect((await guest.open(`/comments/${id}`)).status).toBe(404);
    await ada.send(`/comments/${id}/approval`, {});
    expect((await guest.open(`${path}/comments`)).words).toContain('May I come in?');
  });

  test('closes the conversation', async () => {
    await ada.send(`${path}/thread`, { thread: 'frozen' });
    expect((await guest.open(`${path}/comments`)).words).toContain('can be read, not continued');
    expect((await wick.send(`${path}/comments`, { words: 'Once more.' })).status).toBe(403);
  });
});

test('what people say is cleaned', async () => {
  await ada.send(`${path}/thread`, { thread: 'open' });
  const at = await say(wick, {
    words: 'Hi <script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3))',
  });
  const { html } = await guest.open(at);
  expect(html).not.toMatch(/<script>alert|onerror|javascript:/);
});
