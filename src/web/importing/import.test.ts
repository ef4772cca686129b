import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ReportLine } from '../../intake/report.ts';
import type { Role } from '../../model/person.ts';
import { beginSession, createAccount, findAccountOf, suspendAccount } from '../../store/accounts.ts';
import { readEdition } from '../../store/editions.ts';
import { beginBatch, countBatch, endBatch, getBatch, noteFile } from '../../store/importing.ts';
import { findPseudNamed } from '../../store/people/pseuds.ts';
import { addPerson } from '../../store/sample-people.testing.ts';
import { createWork } from '../../store/writing.ts';
import { passage, story } from '../../testing/stories.ts';
import { openSite, type TestSite } from '../site.testing.ts';
import { dropHalfSent, startImports } from './batches.ts';
import { dropIncoming, incomingFolder } from './incoming.ts';

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

async function signedIn(role: Role, name: string = role): Promise<string> {
  const { store } = site.archive;
  const account = { signInName: name, passPhrase: `the long pass phrase of ${name}`, pseud: name };
  const { id } = await createAccount(store, { ...account, role });
  return `session=${await beginSession(store, id, { strong: true, label: 'a test' })}`;
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

/** Packed before anyone asks for anything: it takes seconds, in which no connection is looked after. */
const bomb = zipSync({ 'a.txt': new Uint8Array(200 * 1024 * 1024) }, { level: 9 });

test('a bomb is a line in the report', async () => {
  expect(bomb.length).toBeLessThan(1024 * 1024);
  const lines = await reportOf(
    await bring([
      ['bomb.zip', bomb],
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

test('what someone brought is shown to her and to hosts, not to other archivists', async () => {
  const other = await signedIn('archivist', 'another archivist');
  const host = await signedIn('host');
  const brought = await bring([['a secret name.txt', 'Title: Hers\n\nA page that one archivist brought.\n']]);
  await reportOf(brought);
  const path = (brought.headers.get('location') ?? '').replace(/\?.*/, '');
  const seen = async (by: string): Promise<readonly [number, boolean, boolean]> => {
    const page = await site.ask(path, { headers: { cookie: by } });
    const list = await (await site.ask('/import', { headers: { cookie: by } })).text();
    return [page.status, (await page.text()).includes('a secret name'), list.includes(path)];
  };
  expect(await seen(cookie)).toEqual([200, true, true]);
  expect(await seen(host)).toEqual([200, true, true]);
  expect(await seen(other)).toEqual([404, false, false]);
});

test('no archivist fills the disk: two batches of hers may wait, and no more than eight of all', async () => {
  const { store, config } = site.archive;
  const one = await signedIn('archivist', 'one of many');
  const story: Sent = [['a.txt', 'Title: A\n\nWords that wait.\n']];
  // Nobody reads these: their turn does not come while the test holds them.
  for (const id of ['waits1', 'waits2']) await beginBatch(store, 'one of many', id);
  const hers = await bring(story, { cookie: one });
  expect([hers.status, await hers.text()]).toEqual([429, expect.stringContaining('still to be read')]);
  await endBatch(store, 'waits1');
  for (let i = 1; i < 8; i++) await beginBatch(store, 'somebody', `others${i}`);
  const all = await bring(story, { cookie: one });
  expect([all.status, await all.text()]).toEqual([503, expect.stringContaining('in some minutes')]);
  for (let i = 1; i < 8; i++) await endBatch(store, `others${i}`);
  await endBatch(store, 'waits2');
  const taken = await bring(story, { cookie: one });
  expect(taken.status).toBe(303);
  await reportOf(taken);
  expect(readdirSync(join(config.data, 'incoming'))).toEqual([]);
});

test('a page of a work that its author has in her hands is not read into it by archivists', async () => {
  const { store } = site.archive;
  const { pseud } = await addPerson(store);
  const words = 'She kept the ferry for thirty years and nobody asked her why.';
  const given = story([passage('p1', words)]);
  const id = await createWork(store, {
    title: 'The Ferry',
    creators: [pseud.id],
    by: pseud.id,
    story: given,
  });
  const before = await readEdition(store, id, { public: false });
  const edition = {
    ...before,
    comments: [{ id: 'forged', html: '<p>Nobody here said this.</p>', author: { kind: 'anonymous' } }],
  };
  const [line] = await reportOf(await bring([['ferry.json', JSON.stringify(edition)]]));
  expect([line?.mark, line?.workId, line?.says]).toEqual(['!', null, expect.stringContaining('its author')]);
  expect((await readEdition(store, id, { public: false })).comments).toEqual([]);
});

test('what was left when the program stopped is read after the next start, and nothing twice', async () => {
  const { store, config } = site.archive;
  const id = await beginBatch(store, 'archivist', 'leftbehind');
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

test('one who brought many files keeps nobody waiting who brought one: people take turns', async () => {
  const { store, config } = site.archive;
  const names = ['Many Files', 'One File'];
  await signedIn('archivist', 'Many Files');
  await signedIn('archivist', 'One File');
  const batches: string[] = [];
  for (const [i, by] of names.entries()) {
    const id = `turns${i}`;
    const pages = join(incomingFolder(config.data, id), 'pages');
    mkdirSync(pages, { recursive: true });
    for (let n = 0; n < (i === 0 ? 12 : 1); n++)
      writeFileSync(join(pages, `${n}.txt`), `A page of ${by}, number ${n}.`);
    batches.push(await beginBatch(store, by, id));
  }
  const imports = startImports(store, config.data, console.error, 0);
  const ended = async () => Promise.all(batches.map(async (id) => await getBatch(store, id)));
  for (let tries = 0; tries < 400; tries++) {
    const [many, one] = await ended();
    if (one?.endedAt !== null) {
      expect(many?.endedAt).toBeNull();
      expect(many?.reports.length).toBeLessThan(4);
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  for (let tries = 0; tries < 400 && (await ended()).some((b) => b.endedAt === null); tries++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  await imports.stop();
  expect((await ended()).map((b) => [b.endedAt !== null, b.reports.length])).toEqual([
    [true, 12],
    [true, 1],
  ]);
});

test('files that are gone are said to be, and keep nobody waiting', async () => {
  const { store, config } = site.archive;
  const id = await beginBatch(store, 'archivist', 'gonebatch');
  const imports = startImports(store, config.data, () => {});
  for (let tries = 0; tries < 200 && (await getBatch(store, id)).endedAt === null; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  await imports.stop();
  expect((await getBatch(store, id)).reports.flat()[0]?.says).toContain('bring them again');
});

test('who may not bring pages in any more has nothing read', async () => {
  const { store, config } = site.archive;
  await signedIn('archivist', 'until today');
  const account = await findPseudNamed(store, 'until today');
  await suspendAccount(store, (await findAccountOf(store, account?.id ?? ''))?.id ?? '', 'for the test');
  const id = await beginBatch(store, 'until today', 'suspended');
  const folder = join(incomingFolder(config.data, id), 'pages');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'a.txt'), 'Title: Never\n\nThis is not read.\n');
  const imports = startImports(store, config.data, () => {});
  for (let tries = 0; tries < 200 && (await getBatch(store, id)).endedAt === null; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  await imports.stop();
  const reports = (await getBatch(store, id)).reports.flat();
  expect(reports.map((line) => line.says)).toEqual([expect.stringContaining('may not bring pages in')]);
});

test('files that were on their way when the program stopped are gone at its next start', async () => {
  const { store, config } = site.archive;
  for (const id of ['halfsent', 'tobekept']) {
    mkdirSync(join(incomingFolder(config.data, id), 'pages'), { recursive: true });
    writeFileSync(join(incomingFolder(config.data, id), 'pages', 'a.txt'), 'half');
  }
  await beginBatch(store, 'archivist', 'tobekept');
  await dropHalfSent(store, config.data);
  expect(readdirSync(join(config.data, 'incoming'))).toEqual(['tobekept']);
  await endBatch(store, 'tobekept');
  await dropIncoming(incomingFolder(config.data, 'tobekept'));
});

// Last: the connection of whoever sends too much is closed, and should be nobody else's.
test('more than may be brought at once is refused before it is kept', async () => {
  const large = await bring([['large.txt', 'x'.repeat(5 * 1024 * 1024)]]);
  expect(large.status).toBe(413);
  expect(readdirSync(join(site.archive.config.data, 'incoming'))).toEqual([]);
});
