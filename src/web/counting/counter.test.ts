import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { countWork, listReadings, sumReadings } from '../../store/readings.ts';
import { saveSettings } from '../../store/settings.ts';
import { hideWork } from '../../store/works.ts';
import { arrangeWork } from '../../store/writing.ts';
import { stopOnSignal } from '../serving/server.ts';
import { lampStory, sitesOfTests, type TestSite } from '../site.testing.ts';
import { writerOn } from '../studio/writer.testing.ts';
import { countReadings } from './counter.ts';
import { mostBrowsers } from './today.ts';

vi.setConfig({ testTimeout: 60_000 });

const open = sitesOfTests();

const browser = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
};

/** What stands of a work once everything is written down: `reading`, `passage p1` … with how often. */
async function counts(site: TestSite, work: string): Promise<Readonly<Record<string, number>>> {
  await site.writeCounts();
  const rows = await sumReadings(site.archive.store, work, '');
  return Object.fromEntries(rows.map((r) => [`${r.kind} ${r.key}`.trim(), r.times]));
}

/** Opens a path as a browser does. */
async function read(site: TestSite, path: string, headers: Record<string, string> = {}) {
  const response = await site.ask(path, { headers: { ...browser, ...headers } });
  await response.arrayBuffer();
  return response;
}

describe('what is counted', () => {
  test('a page made anew, one kept in memory, and one the reader has already, of different people', async () => {
    const site = await open({ proxies: 1 });
    const work = await site.add(lampStory());
    const path = `/works/${work}/read/p1`;
    const made = await read(site, path, { 'x-forwarded-for': '192.0.2.1' });
    await read(site, path, { 'x-forwarded-for': '192.0.2.2' });
    const known = { 'x-forwarded-for': '192.0.2.3', 'if-none-match': made.headers.get('etag') ?? '' };
    expect((await read(site, path, known)).status).toBe(304);
    await read(site, path, { 'x-forwarded-for': '192.0.2.1' });
    expect(await counts(site, work)).toEqual({ reading: 3, 'passage p1': 3, 'begun p1': 3 });
  });

  test('also where no page is kept in memory', async () => {
    const site = await open({ cacheMegabytes: 0 });
    const work = await site.add(lampStory());
    await read(site, `/works/${work}/read/p2`);
    expect(await counts(site, work)).toMatchObject({ reading: 1, 'passage p2': 1 });
  });

  test('ways, as browsers say from which page they come', async () => {
    const site = await open();
    const work = await site.add(lampStory());
    const at = (key: string) => `/works/${work}/read/${key}`;
    const from = (key: string) => ({ referer: `http://localhost:4870${at(key)}?x=1` });
    await read(site, at('p1'), { referer: `http://localhost:4870/works/${work}` });
    await read(site, at('p2'), from('p1'));
    await read(site, at('p4'), from('p2'));
    await read(site, at('p3'), from('p4'));
    await read(site, at('p3'), { referer: 'http://localhost:4870/works/another/read/p2' });
    expect(await counts(site, work)).toEqual({
      reading: 1,
      'passage p1': 1,
      'begun p1': 1,
      'first p1 p2': 1,
      'passage p2': 1,
      'first p2 p4': 1,
      'passage p4': 1,
      'again p2 p3': 1,
      'passage p3': 1,
    });
  });

  test('the whole story on one page, and files', async () => {
    const site = await open();
    const work = await site.add(lampStory());
    await read(site, `/works/${work}/whole`);
    await read(site, `/works/${work}.md`);
    await read(site, `/works/${work}.md?comments=no`);
    expect(await counts(site, work)).toEqual({ reading: 1, whole: 1, 'file md': 1 });
  });

  test('works for members, by those who are signed in', async () => {
    const site = await open();
    const work = await site.add(lampStory());
    await arrangeWork(site.archive.store, work, { audience: 'members' });
    const reader = await writerOn(site, 'agnes', 'reader');
    await read(site, `/works/${work}/read/p1`);
    expect(await counts(site, work)).toEqual({});
    await read(site, `/works/${work}/read/p1`, { cookie: reader.cookie });
    expect(await counts(site, work)).toMatchObject({ reading: 1 });
  });
});

describe('what is not counted', () => {
  test.each([
    ['a robot that says so', { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' }],
    ['a program', { 'user-agent': 'curl/8.5.0' }],
    ['nobody that says what it is', { 'user-agent': '' }],
    ['what does not ask for a page', { accept: '*/*' }],
    ['a page fetched before it was asked for', { 'sec-purpose': 'prefetch;prerender' }],
    ['the same, by an older browser', { purpose: 'prefetch' }],
    ['a script', { 'sec-fetch-dest': 'empty' }],
  ])('%s', async (_, headers) => {
    const site = await open();
    const work = await site.add(lampStory());
    expect((await read(site, `/works/${work}/read/p1`, headers)).status).toBe(200);
    expect((await read(site, `/works/${work}/read/p1`, headers)).status).toBe(200);
    expect(await counts(site, work)).toEqual({});
    await read(site, `/works/${work}/read/p1`, { 'sec-fetch-dest': 'document' });
    expect(await counts(site, work)).toMatchObject({ reading: 1 });
  });

  test('HEAD, what is not there, other pages, and addresses made up', async () => {
    const site = await open();
    const work = await site.add(lampStory());
    await site.ask(`/works/${work}/read/p1`, { method: 'HEAD', headers: browser });
    for (const path of [`/works/${work}`, `/works/${work}/map`, `/works/${work}/comments`, '/works', '/'])
      expect((await read(site, path)).status).toBe(200);
    for (const path of [`/works/${work}/read/p9`, '/works/nosuchwork/read/p1', `/works/${work}.exe`])
      expect((await read(site, path)).status).toBe(404);
    expect(await counts(site, work)).toEqual({});
  });

  test('drafts, works by their secret link, hidden ones', async () => {
    const site = await open();
    const draft = await site.add(lampStory('A Draft'), undefined, false);
    await read(site, `/works/${await site.secretHandle(draft)}/read/p1`);
    expect(await counts(site, draft)).toEqual({});
    const work = await site.add(lampStory());
    await read(site, `/works/${await site.secretHandle(work)}/read/p1`);
    await read(site, `/works/${work}/read/p2`);
    await hideWork(site.archive.store, work, 'tests', 'for the test');
    expect(await counts(site, work)).toEqual({});
  });

  test('those who wrote it or read its drafts; others who are signed in are readers', async () => {
    const site = await open({ proxies: 1 });
    const author = await writerOn(site, 'rosamund');
    const other = await writerOn(site, 'edith');
    const sent = await author.send('/studio', { title: 'Hers', text: 'The ferry was late.', start: 'text' });
    const work = /^\/studio\/([0-9a-z]+)/.exec(sent.to)?.[1] ?? '';
    await author.send(`/studio/${work}/publication`, {
      do: 'publish',
      rating: 'General Audiences',
      warnings: 'No Archive Warnings Apply',
      audience: 'everyone',
    });
    const start = /\/read\/([^"]+)"/.exec((await author.open(`/works/${work}`)).html)?.[1];
    const path = `/works/${work}/read/${start}`;
    expect((await read(site, path, { cookie: author.cookie })).status).toBe(200);
    expect(await counts(site, work)).toEqual({});
    await read(site, path, { cookie: other.cookie, 'x-forwarded-for': '192.0.2.8' });
    await read(site, path, { cookie: 'session=nobodys', 'x-forwarded-for': '192.0.2.9' });
    expect(await counts(site, work)).toMatchObject({ reading: 2 });
  });

  test('works whose authors, and archives whose hosts, do not want it', async () => {
    const site = await open();
    const { store } = site.archive;
    const [one, other] = [await site.add(lampStory()), await site.add(lampStory('The Second Lantern'))];
    await countWork(store, one, false);
    for (const work of [one, other]) await read(site, `/works/${work}/read/p1`);
    expect([await counts(site, one), await counts(site, other)]).toEqual([
      {},
      expect.objectContaining({ reading: 1 }),
    ]);
    await saveSettings(store, { countReadings: false });
    await read(site, `/works/${other}/read/p2`);
    expect(await counts(site, other)).not.toHaveProperty('passage p2');
  });
});

const fails = (error: unknown): void => expect.unreachable(String(error));

/** A request as the counter sees it, without a network. */
function request(url: string, address: string, agent = browser['user-agent']): IncomingMessage {
  const headers = { ...browser, 'user-agent': agent };
  return { url, method: 'GET', headers, socket: { remoteAddress: address } } as unknown as IncomingMessage;
}

test('a reader is new on another day, whose key is another', async () => {
  const site = await open();
  const work = await site.add(lampStory());
  let time = Date.parse('2026-05-28T23:59:00Z');
  const counter = countReadings(site.archive, fails, () => time);
  const look = () => counter.note(request(`/works/${work}/read/p1`, '192.0.2.7'));
  look();
  look();
  time += 120_000;
  look();
  look();
  await counter.stop();
  const days = (await listReadings(site.archive.store, work)).filter((c) => c.kind === 'reading');
  expect(days.map(({ day, times }) => [day, times])).toEqual([
    ['2026-05-28', 1],
    ['2026-05-29', 1],
  ]);
});

test('who makes up names of browsers, or addresses nobody trusts, makes up no readers', async () => {
  const site = await open();
  const work = await site.add(lampStory());
  const counter = countReadings(site.archive, fails);
  for (let i = 0; i < 3 * mostBrowsers; i++) {
    const incoming = request(`/works/${work}/read/p1`, '192.0.2.7');
    incoming.headers['user-agent'] = `Mozilla/5.0 Made Up ${i}`;
    incoming.headers['x-forwarded-for'] = `198.51.100.${i % 250}, 203.0.113.${i % 250}`;
    counter.note(incoming);
    counter.note(incoming);
  }
  counter.note(request(`/works/${work}/read/p1`, '192.0.2.8'));
  await counter.write();
  const kept = await sumReadings(site.archive.store, work, '');
  expect(kept.find(({ kind }) => kind === 'reading')?.times).toBe(mostBrowsers + 2);
  for (let i = 0; i < 100; i++) {
    const incoming = request(`/works/${work}/read/p1`, '192.0.2.9');
    incoming.headers['x-forwarded-for'] = `198.51.100.${i}`;
    counter.note(incoming);
  }
  await counter.stop();
  const then = await sumReadings(site.archive.store, work, '');
  expect(then.find(({ kind }) => kind === 'reading')?.times).toBe(mostBrowsers + 3);
});

test('what a stranger makes up takes no room: only what a work has is counted', async () => {
  const site = await open();
  const work = await site.add(lampStory());
  const counter = countReadings(site.archive, fails);
  for (let i = 0; i < 3000; i++) {
    const incoming = request(`/works/${work}/read/p${i}`, `192.0.2.${i % 250}`);
    incoming.headers.referer = `http://localhost:4870/works/${work}/read/x${i}`;
    counter.note(incoming);
  }
  await counter.stop();
  const kept = await sumReadings(site.archive.store, work, '');
  expect(kept.map((c) => `${c.kind} ${c.key}`).sort()).toEqual([
    'passage p1',
    'passage p2',
    'passage p3',
    'passage p4',
    'reading ',
  ]);
});

test('what could not be written is written the next time, and nothing twice', async () => {
  const site = await open();
  const work = await site.add(lampStory());
  const faults: unknown[] = [];
  const counter = countReadings(site.archive, (error) => faults.push(error));
  const { write } = site.archive.store;
  const transaction = vi.spyOn(write, 'transaction').mockImplementation(() => {
    throw new Error('store: the disk is full');
  });
  counter.note(request(`/works/${work}/read/p1`, '192.0.2.7'));
  await counter.write();
  expect(faults).toHaveLength(1);
  transaction.mockRestore();
  counter.note(request(`/works/${work}/read/p1`, '192.0.2.8'));
  await counter.write();
  await counter.stop();
  expect(await sumReadings(site.archive.store, work, '')).toContainEqual({
    kind: 'passage',
    key: 'p1',
    times: 2,
  });
});

test('counting writes nothing while pages are read, so that they stay kept', async () => {
  const site = await open();
  const work = await site.add(lampStory());
  const before = site.archive.store.commits.count;
  for (let i = 0; i < 50; i++) await read(site, `/works/${work}/read/p1`);
  expect(site.archive.store.commits.count).toBe(before);
});

test('what was counted is written when the program is asked to end', async () => {
  const site = await open();
  const work = await site.add(lampStory());
  await read(site, `/works/${work}/read/p1`);
  expect(await listReadings(site.archive.store, work)).toEqual([]);
  const stopped = stopOnSignal(site.serving);
  process.emit('SIGTERM');
  await stopped;
  expect(await sumReadings(site.archive.store, work, '')).toContainEqual({
    kind: 'passage',
    key: 'p1',
    times: 1,
  });
});

test('no address and no browser of anyone is written anywhere', async () => {
  const site = await open({ proxies: 1 });
  const work = await site.add(lampStory());
  const said: unknown[] = [];
  const spies = (['log', 'error', 'warn', 'info'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((...words) => void said.push(...words)),
  );
  const agents = Array.from({ length: 300 }, (_, i) => `Canary-Browser-${i}/1.0 zugvogel`);
  for (const [i, agent] of agents.entries()) {
    const reader = { 'user-agent': agent, 'x-forwarded-for': `198.51.100.${i % 250}` };
    await read(site, `/works/${work}/read/p${1 + (i % 4)}`, reader);
    if (i % 50 === 0) await site.writeCounts();
  }
  expect(await counts(site, work)).toMatchObject({ reading: 300 });
  for (const spy of spies) spy.mockRestore();
  const { data } = site.archive.config;
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
  expect(files.map((f) => f.name)).toContain('variorum.db-wal');
  for (const file of files) {
    const bytes = readFileSync(join(file.parentPath, file.name)).toString('latin1');
    for (const canary of ['zugvogel', 'Canary-Browser', '198.51.100.', 'Firefox'])
      expect(bytes.includes(canary), `${canary} in ${file.name}`).toBe(false);
  }
  expect(JSON.stringify(said)).not.toMatch(/zugvogel|198\.51\.100/);
});
