import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { listSessions } from '../store/accounts.ts';
import { getWork } from '../store/works.ts';
import { createWork, listCreditLinks, listSuggestions } from '../store/writing.ts';
import { passage, story } from '../testing/stories.ts';
import { routes } from './app.ts';
import { type Crowd, crowd, type Member } from './crowd.testing.ts';
import { openSite, type TestSite } from './site.testing.ts';
import { addressesOf, type Parts, partsOf } from './walk.testing.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

let site: TestSite;
let of: Crowd;
/** Works of the stranger's, whose forms she fills in with what is not hers. */
let own: readonly string[];
beforeAll(async () => {
  site = await openSite();
  of = await crowd(site);
  const { store } = site.archive;
  const { id: by } = of.stranger.pseud;
  const given = story([passage('p1', 'Hers.'), passage('p2', 'Hers, too.')]);
  own = [
    await createWork(store, { title: 'Hers', creators: [by], by, story: given }),
    await createWork(store, {
      kind: 'note',
      title: 'Hers',
      creators: [by],
      by,
      story: story([passage('p1', 'A note.')]),
    }),
  ];
});
afterAll(() => site.close());

const posts = routes.filter(([method]) => method === 'POST');

/** What the buttons of forms say, by the end of the address; others have one. */
const buttons: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\/publication$/, ['publish', 'schedule', 'some', 'audience', 'settings', 'unpublish', 'complete']],
  [/\/people$/, ['ask', 'link', 'take link back', 'ask again', 'end reading', 'take back']],
  [/\/suggestions$/, ['accept', 'decline', 'resolve', 'open', 'reply', 'withdraw']],
  [/^\/beta$/, ['accept', 'decline', 'leave', 'take name off']],
  [/\/choice$/, ['change', 'up', 'down', 'remove']],
  [/^\/studio\/notes\b/, ['publish', 'unpublish', 'save']],
  [/\/places$/, ['put', 'anew']],
];

/** Every field of every form, filled with what belongs to others; `id` is one of several kinds of things. */
async function fields(id: string, button: string): Promise<readonly (readonly [string, string])[]> {
  const { store } = site.archive;
  const { newest } = await getWork(store, own[0] ?? '');
  const [session] = await listSessions(store, of.author.id);
  const [link] = await listCreditLinks(store, of.works.published ?? '');
  const foreign: Readonly<Record<string, string>> = {
    id,
    do: button,
    base: String(newest),
    draft: '0',
    passage: 'p1',
    place: 'p1',
    siglum: 'A',
    to: 'p2',
    label: 'Words',
    text: 'Words.',
    words: 'Words.',
    title: 'Words',
    work: of.works.published ?? '',
    person: of.beta.pseud.id,
    role: 'beta',
    name: of.beta.pseud.name,
    account: of.author.id,
    pseud: of.author.pseud.id,
    as: of.author.pseud.id,
    parent: of.comments[2] ?? '',
    remove: of.picture,
    session: session?.id ?? '',
    link: link?.id ?? '',
    request: id,
    withdraw: id,
    off: id,
    number: '1',
    fate: 'delete',
    audience: 'everyone',
    rating: 'General Audiences',
    warnings: 'No Archive Warnings Apply',
    thread: 'closed',
  };
  return Object.entries(foreign);
}

/** The rows of the whole database that say nothing of a person or her works. */
function rowsOfOthers(who: readonly string[]): ReadonlySet<string> {
  const raw = site.archive.store.sqlite?.read.raw;
  const tables = raw?.prepare(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%search%'`,
  );
  const names = (tables?.all() ?? []) as { readonly name: string }[];
  const rows = names.flatMap(({ name }) =>
    (raw?.prepare(`SELECT * FROM "${name}"`).all() ?? []).map((row) => `${name} ${JSON.stringify(row)}`),
  );
  return new Set(rows.filter((row) => !who.some((id) => row.includes(id))));
}

/** What of others' rows is gone or changed. */
function changed(before: ReadonlySet<string>, who: readonly string[]): readonly string[] {
  const after = rowsOfOthers(who);
  return [...before].filter((row) => !after.has(row)).map((row) => row.slice(0, 160));
}

/** Forms come faster here than an account may send them. */
function inPeace(): void {
  vi.setSystemTime(Date.now() + 61_000);
}

/** What one may do to the public works of others, and with what is one’s own. */
const allowed = new Set(['comment', 'give a verdict', 'read the archive', 'sign in', 'set up the archive']);

async function attack(
  who: Member,
  parts: Parts,
  ids: readonly string[],
  mine: readonly string[],
): Promise<number> {
  vi.useFakeTimers({ toFake: ['Date'] });
  const before = rowsOfOthers(mine);
  const found: string[] = [];
  let taken = 0;
  for (const [, path, action] of posts) {
    inPeace();
    const isForeign = partsOf(path).includes('handle') && parts.handle?.().some((id) => !mine.includes(id));
    if (allowed.has(action) && isForeign) continue;
    for (const at of addressesOf(path, parts))
      for (const button of buttons.find(([end]) => end.test(at))?.[1] ?? [''])
        for (const id of ids) {
          const { status } = await site.send(at, await fields(id, button), { cookie: who.cookie });
          if (status < 400) taken++;
          expect(status, at).not.toBe(429);
          const rows = changed(before, mine);
          if (rows.length > 0) found.push(`${at} (${button}, ${id}): ${rows.join('; ')}`);
          if (rows.length > 0) break;
        }
    if (found.length > 0) break;
  }
  vi.useRealTimers();
  expect(found).toEqual([]);
  return taken;
}

describe('forms filled in with what belongs to others change nothing of it', () => {
  const parts = (handles: readonly string[]): Parts => ({
    handle: () => handles,
    key: () => ['p1'],
    passage: () => ['p1'],
    id: () => [...of.comments.slice(0, 3), of.author.pseud.id],
    code: () => ['nothing'],
    token: () => ['nothing'],
  });

  test('the walk knows what may stand for every part of every address', () => {
    const known = Object.keys(parts([]));
    expect(posts.flatMap(([, path]) => partsOf(path)).filter((name) => !known.includes(name))).toEqual([]);
  });

  test('those of a stranger’s own works', async () => {
    const { store } = site.archive;
    const [session] = await listSessions(store, of.author.id);
    const [suggestion] = await listSuggestions(store, of.works.published ?? '');
    const [link] = await listCreditLinks(store, of.works.published ?? '');
    const ids = [suggestion?.id, of.comments[0], session?.id, link?.id].map((id) => id ?? '');
    expect(ids).not.toContain('');
    const mine = [of.stranger.id, of.stranger.pseud.id, ...own];
    // So many of her forms are such as could have done something.
    expect(await attack(of.stranger, parts(own), ids, mine)).toBeGreaterThan(40);
  });

  test('those of others’ works, which a stranger and an archivist send', async () => {
    const { published = '', draft = '', hidden = '', note = '' } = of.works;
    const works = [published, draft, hidden, note];
    for (const who of [of.stranger, of.archivist])
      await attack(who, parts(works), [of.comments[0] ?? ''], [who.id, who.pseud.id, ...own]);
  });

  test('those of a beta', async () => {
    const { store } = site.archive;
    const suggestions = await listSuggestions(store, of.works.published ?? '');
    const mine = [of.beta.id, of.beta.pseud.id, ...suggestions.map(({ id }) => id)];
    await attack(of.beta, parts([of.works.published ?? '']), [of.comments[0] ?? ''], mine);
  });
});

test('no form is taken that another site sends, whoever is signed in', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const before = rowsOfOthers([]);
  const parts: Parts = {
    handle: () => [of.works.published ?? '', of.works.draft ?? ''],
    key: () => ['p1'],
    passage: () => ['p1'],
    id: () => [of.comments[0] ?? '', of.author.pseud.id],
    code: () => ['nothing'],
    token: () => ['nothing'],
  };
  const found: string[] = [];
  const ways: readonly Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
    { referer: 'https://elsewhere.example/page' },
    {},
  ];
  for (const [, path] of posts)
    for (const at of addressesOf(path, parts)) {
      inPeace();
      for (const headers of ways) {
        const response = await site.ask(at, {
          method: 'POST',
          body: new URLSearchParams((await fields('', 'publish')).map(([name, value]) => [name, value])),
          headers: { ...headers, cookie: of.author.cookie },
        });
        if (response.status !== 403) found.push(`${at} ${JSON.stringify(headers)}: ${response.status}`);
      }
    }
  vi.useRealTimers();
  expect(found).toEqual([]);
  expect(changed(before, [])).toEqual([]);
});
