import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ReportLine } from '../../intake/report.ts';
import { beginSession, createAccount } from '../../store/accounts.ts';
import { readEdition } from '../../store/editions.ts';
import { beginBatch, countBatch, getBatch, noteFile } from '../../store/importing.ts';
import { openSite, type TestSite } from '../site.testing.ts';
import { startImports } from './batches.ts';
import { incomingFolder } from './incoming.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const demo = join(import.meta.dirname, '..', '..', '..', 'demo');
const html = readFileSync(join(demo, '46799.html'));
const text = readFileSync(join(demo, 'ballast.txt'));

let site: TestSite;
let cookie: string;
beforeAll(async () => {
  site = await openSite({ importMegabytes: 4 });
  cookie = await signedIn('archivist');
});
afterAll(() => site.close());

async function signedIn(role: 'archivist' | 'writer'): Promise<string> {
  const { store } = site.archive;
  const account = { signInName: role, passPhrase: `the long pass phrase of ${role}`, pseud: role };
  const { id } = await createAccount(store, { ...account, role });
  return `session=${await beginSession(store, id, { strong: false, label: 'a test' })}`;
}

type Sent = readonly (readonly [path: string, bytes: Uint8Array | string])[];

/** Sends files as a browser does from the page. */
async function bring(files: Sent, headers: Record<string, string> = { cookie }): Promise<Response> {
  const body = new FormData();
  for (const [path, bytes] of files) body.append('files', new Blob([bytes as Uint8Array<ArrayBuffer>]), path);
  return site.ask('/import', {
    method: 'POST',
    body,
    headers: { 'sec-fetch-site': 'same-origin', ...headers },
  });
}

/** The lines of the report of a batch, once all of it was read. */
async function reportOf(response: Response): Promise<readonly ReportLine[]> {
  expect(response.status).toBe(303);
  const id = /^\/import\/([0-9a-z]+)\?/.exec(response.headers.get('location') ?? '')?.[1] ?? '';
  for (let tries = 0; tries < 400; tries++) {
    const { endedAt, reports } = await getBatch(site.archive.store, id);
    if (endedAt !== null) return reports.flat();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the batch does not end');
}

async function pageAt(path: string): Promise<string> {
  return (await site.ask(path, { headers: { cookie } })).text();
}

test('files are stored as drafts, told of line by line, and lead to their review', async () => {
  const picture = readFileSync(join(demo, '46799_files', readdirSync(join(demo, '46799_files'))[0] ?? ''));
  const name = readdirSync(join(demo, '46799_files'))[0] ?? '';
  const response = await bring([
    ['journal/46799.html', html],
    [`journal/46799_files/${name}`, picture],
    ['journal/notes.css', 'p { color: red }'],
    ['ballast.txt', text],
    ['empty.html', ''],
  ]);
  const lines = await reportOf(response);
  expect(lines.map((line) => [line.mark, line.path])).toEqual([
    ['?', 'ballast.txt'],
    ['✗', 'empty.html'],
    ['?', 'journal/46799.html'],
  ]);
  const page = await pageAt(response.headers.get('location') ?? '');
  for (const words of ['3 files read', 'Housekeeping After Giants', 'empty', '1 to decide'])
    expect(page).toContain(words);
  const work = /href="\/studio\/([0-9a-z]+)\/review"/.exec(page)?.[1] ?? '';
  expect((await site.ask(`/studio/${work}/review`, { headers: { cookie } })).status).toBe(200);
  const giants = lines[2]?.workId ?? '';
  expect((await readEdition(site.archive.store, giants, { public: false })).comments).toHaveLength(12);
  expect(existsSync(join(site.archive.config.data, 'incoming', work))).toBe(false);
  expect(readdirSync(join(site.archive.config.data, 'incoming'))).toEqual([]);

  const again = await reportOf(await bring([['ballast.txt', text]]));
  expect(again.map((line) => [line.mark, line.says])).toEqual([['=', 'the same as before: Ballast']]);
});

test('a zip is read as a folder is', async () => {
  const story = Buffer.from('Title: Oil\n\nIt was dark in the lamp room.\n');
  const zip = zipSync({ 'in/a.txt': story, 'in/deep/b.html': Buffer.from('') });
  const lines = await reportOf(await bring([['box.zip', zip]]));
  expect(lines.map((line) => line.mark).sort()).toEqual(['✓', '✗']);
});

test('what a file calls itself leads nowhere else, and two of a name stand side by side', async () => {
  const lines = await reportOf(
    await bring([
      ['../../../../escaped.txt', 'Title: Out\n\nA story that wants out.\n'],
      ['/etc/absolute.txt', 'Title: Root\n\nA story that wants in.\n'],
      ['twice.txt', 'Title: One\n\nThe first of its name.\n'],
      ['twice.txt', 'Title: Other\n\nThe second of its name, and longer.\n'],
      [`${'long '.repeat(100)}.txt`, 'Title: Long\n\nIts name goes on and on.\n'],
    ]),
  );
  expect(lines.map((line) => line.mark)).toEqual(['✓', '✓', '✓', '✓', '✓']);
  expect(existsSync(join(site.archive.config.data, '..', 'escaped.txt'))).toBe(false);
  expect(new Set(lines.map((line) => line.path)).size).toBe(5);
});

test('a bomb is a line in the report', async () => {
  const zip = zipSync({ 'a.txt': new Uint8Array(200 * 1024 * 1024) }, { level: 9 });
  expect(zip.length).toBeLessThan(1024 * 1024);
  const lines = await reportOf(
    await bring([
      ['bomb.zip', zip],
      ['fine.txt', 'Title: Fine\n\nAll is well.\n'],
    ]),
  );
  expect(lines.map((line) => line.mark).sort()).toEqual(['✓', '✗']);
});

test('nothing, what is no form, and a form that breaks off are answered with the reason', async () => {
  const none = await bring([]);
  expect([none.status, (await none.text()).includes('Choose the files first')]).toEqual([422, true]);
  const wrong = await site.ask('/import', {
    method: 'POST',
    body: 'files=x',
    headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(wrong.status).toBe(422);
  const broken = await site.ask('/import', {
    method: 'POST',
    body: '--x\r\ncontent-disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhalf',
    headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'multipart/form-data; boundary=x' },
  });
  expect(broken.status).toBe(422);
  expect((await site.ask('/import/nothing', { headers: { cookie } })).status).toBe(404);
});

test('only archivists bring pages in', async () => {
  const writer = await signedIn('writer');
  const refused = await bring([['a.txt', 'Title: A\n\nWords.\n']], { cookie: writer });
  expect(refused.status).toBe(403);
  expect((await pageAt('/studio')).includes('href="/import"')).toBe(true);
  expect(await (await site.ask('/studio', { headers: { cookie: writer } })).text()).not.toContain(
    'href="/import"',
  );
});

test('what was left when the program stopped is read after the next start, and nothing twice', async () => {
  const { store, config } = site.archive;
  const id = await beginBatch(store, 'Ida', 'leftbehind');
  const folder = join(incomingFolder(config.data, id), 'pages');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'a.txt'), 'Title: Read\n\nThis was read before the stop.\n');
  writeFileSync(join(folder, 'b.txt'), 'Title: Left\n\nThis was left behind by the stop.\n');
  await countBatch(store, id, 2);
  const before: ReportLine = {
    mark: '✓',
    path: 'a.txt',
    workId: null,
    title: 'Read',
    words: '',
    endings: '',
    comments: '',
    says: '',
  };
  await noteFile(store, id, 0, [before]);
  const page = await pageAt(`/import/${id}`);
  expect(page).toContain('1 of 2 read');
  expect(page).toMatch(/<noscript><meta http-equiv="refresh" content="3"/);
  const imports = startImports(store, config.data, (error) => {
    throw error;
  });
  for (let tries = 0; tries < 200 && (await getBatch(store, id)).endedAt === null; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  await imports.stop();
  expect((await getBatch(store, id)).reports.flat().map((line) => line.title)).toEqual(['Read', 'Left']);
  expect(await pageAt(`/import/${id}`)).not.toContain('http-equiv="refresh"');
});

test('files that are gone are said to be, and keep nobody waiting', async () => {
  const { store, config } = site.archive;
  const id = await beginBatch(store, 'Ida', 'gonebatch');
  const imports = startImports(store, config.data, () => {});
  for (let tries = 0; tries < 200 && (await getBatch(store, id)).endedAt === null; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  await imports.stop();
  expect((await getBatch(store, id)).reports.flat()[0]?.says).toContain('bring them again');
});

// Last: the connection of whoever sends too much is closed, and should be nobody else's.
test('more than may be brought at once is refused before it is kept', async () => {
  const large = await bring([['large.txt', 'x'.repeat(5 * 1024 * 1024)]]);
  expect(large.status).toBe(413);
  expect(readdirSync(join(site.archive.config.data, 'incoming'))).toEqual([]);
});
