import { fork } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, Invalid, NotFound } from '../errors.ts';
import { findBook, keepBook } from './books.ts';
import { saveEdition } from './editions.ts';
import { connect } from './engine/sqlite.ts';
import { changeCount, claimServing, closeStore, openStore, type Store, secrets } from './index.ts';
import { sampleComment, sampleEdition, samplePassage, sampleSource } from './sample-works.testing.ts';
import { search } from './search.ts';
import { listThread } from './talk/comments.ts';
import { getWork, publishWork, removeWork } from './works.ts';

const arrival = { why: 'imported', by: null };
const rated = { rating: 'General Audiences', warnings: ['No Archive Warnings Apply'] } as const;

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'variorum-'));
  store = await openStore(folder);
});
afterEach(async () => {
  await closeStore(store);
  rmSync(folder, { recursive: true, force: true });
});

async function addWork(name: string, more: Parameters<typeof sampleEdition>[1] = {}): Promise<string> {
  const outcome = await saveEdition(store, sampleEdition(name, more), [], arrival);
  if (outcome.kind !== 'new') throw new Error(outcome.kind);
  return outcome.workId;
}

describe('opening', () => {
  it('commits to the disk on every connection and overwrites what is deleted', () => {
    for (const { raw } of [store.sqlite?.write, store.sqlite?.read].flatMap((c) => c ?? [])) {
      expect(raw.pragma('synchronous', { simple: true })).toBe(2);
      expect(raw.pragma('journal_mode', { simple: true })).toBe('wal');
      expect(raw.pragma('foreign_keys', { simple: true })).toBe(1);
      expect(raw.pragma('secure_delete', { simple: true })).toBe(1);
    }
  });

  it('says in one line that a database is newer than the program', async () => {
    await closeStore(store);
    const { raw } = connect(join(folder, 'variorum.db'), 'write');
    raw.exec(`INSERT INTO migrations VALUES (999, 'from the future', '2050-01-01')`);
    raw.close();
    const opening = openStore(folder);
    await expect(opening).rejects.toThrow(Conflict);
    await expect(opening).rejects.toThrow(/^store: the database has schema 999, this program knows \d+: .*$/);
  });

  it('says in one line that a file is no database, that a folder is none, and that there is none', async () => {
    await expect(openStore(join(folder, 'nothing'), { create: false })).rejects.toThrow(NotFound);
    await expect(openStore(join(folder, 'nothing'), { readonly: true })).rejects.toThrow(NotFound);
    writeFileSync(join(folder, 'file'), '');
    await expect(openStore(join(folder, 'file', 'x'))).rejects.toThrow(Invalid);
    const other = mkdtempSync(join(folder, 'other-'));
    writeFileSync(join(other, 'variorum.db'), 'this is no database at all, '.repeat(100));
    await expect(openStore(other)).rejects.toThrow(Invalid);
  });

  it('reads an archive without writing to it', async () => {
    const id = await addWork('Readonly');
    const reader = await openStore(folder, { readonly: true });
    expect((await getWork(reader, id)).title).toBe('The Readonly Ferry');
    await expect(removeWork(reader, id, { by: 'x', why: 'x' })).rejects.toThrow(/open for reading only/);
    await closeStore(reader);
  });

  it('makes secrets once, for the owner of the folder only', () => {
    expect(secrets(folder)).toEqual(secrets(folder));
    expect(secrets(folder).signing).not.toEqual(secrets(folder).texts);
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
    writeFileSync(join(folder, 'secrets.json'), '{}');
    expect(() => secrets(folder)).toThrow(/"signing" is missing/);
  });
});

describe('serving', () => {
  it('is claimed by one process at a time, and free again when that one is killed', async () => {
    const claim = claimServing(folder);
    expect(() => claimServing(folder)).toThrow(Conflict);
    claim.release();
    const script = join(folder, 'claim.mjs');
    const index = new URL('./index.ts', import.meta.url).href;
    writeFileSync(
      script,
      `import { claimServing } from ${JSON.stringify(index)};
      claimServing(${JSON.stringify(folder)}); process.send('claimed'); setInterval(() => {}, 1000);`,
    );
    const child = fork(script, { execArgv: [] });
    await new Promise((resolve) => child.once('message', resolve));
    expect(() => claimServing(folder)).toThrow(/another process already serves/);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    claimServing(folder).release();
  });

  it('sees what another process commits', async () => {
    const before = changeCount(store);
    const other = await openStore(folder);
    await saveEdition(other, sampleEdition('Elsewhere'), [], arrival);
    await closeStore(other);
    expect(changeCount(store)).not.toBe(before);
  });
});

describe('reading and writing at once', () => {
  it('answers a read while a long write is under way', async () => {
    const id = await addWork('Quick');
    let answered = 0;
    const writing = store.write.transaction().execute(async (t) => {
      await t.updateTable('works').set({ thread: 'open' }).where('id', '=', id).execute();
      await new Promise((resolve) => setTimeout(resolve, 300));
      return answered;
    });
    for (let i = 0; i < 20; i++) {
      expect((await getWork(store, id)).thread).toBe('frozen');
      answered++;
    }
    expect(await writing).toBe(20);
  });

  it('lets a write wait for one in another process without stopping the event loop', async () => {
    const other = new Database(join(folder, 'variorum.db'));
    other.exec('BEGIN IMMEDIATE');
    let ticks = 0;
    const clock = setInterval(() => ticks++, 5);
    const writing = addWork('Patient');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(ticks).toBeGreaterThan(10);
    other.exec('COMMIT');
    other.close();
    clearInterval(clock);
    expect((await getWork(store, await writing)).title).toBe('The Patient Ferry');
  });

  it('stores a page of 500 comments in a small part of the time its parsing takes', async () => {
    const comments = Array.from({ length: 500 }, (_, i) =>
      sampleComment(`c${i}`, `Words ${i}. ${'and more of them '.repeat(20)}`, {
        parent: i % 3 === 0 ? null : `c${i - 1}`,
        author: { kind: 'imported', name: `reader ${i % 120}`, site: 'journal.example' },
      }),
    );
    await addWork('Warm-up', { comments });
    const began = performance.now();
    const id = await addWork('Long', { comments });
    // Ten times what it takes on the slowest machine it was tried on; a quadratic step would take longer.
    expect(performance.now() - began).toBeLessThan(500);
    expect((await listThread(store, id, { limit: 100 })).items).toHaveLength(300);
  });
});

describe('taking away', () => {
  const canary = 'xyzzyplughcanary';

  it('leaves no byte of a removed work in any file of the folder', async () => {
    const page = sampleSource(`<html>${canary} page`);
    const edition = sampleEdition(canary, {
      sources: [{ ...page.record, name: `${canary}.html` }],
      passages: Array.from({ length: 30 }, (_, i) =>
        samplePassage(`p${i + 1}`, `${canary} ${i} ${`and ${canary} again `.repeat(400)}`),
      ),
      comments: [
        sampleComment(`${canary}-1`, `${canary} said`, {
          author: { kind: 'imported', name: canary, site: `${canary}.example` },
        }),
      ],
      work: { ...sampleEdition(canary).work, freeforms: [canary] },
      decisions: [{ about: 'work.title', value: canary, by: 'host', at: '2020-01-01T00:00:00Z' }],
    });
    await addWork('Neighbour');
    const outcome = await saveEdition(store, edition, [page.file], arrival);
    const id = outcome.kind === 'new' ? outcome.workId : '';
    await publishWork(store, id, rated);
    keepBook(store, `${id}.epub`, Buffer.from(canary));
    expect((await search(store, canary)).items).toHaveLength(1);
    expect(filesWith(folder, canary)).not.toEqual([]);
    await removeWork(store, id, { by: 'host', why: 'asked' });
    expect(filesWith(folder, canary)).toEqual([]);
    expect(filesWith(folder, 'Neighbour')).not.toEqual([]);
  });

  it('tells of each removal in a file beside the database', async () => {
    const id = await addWork('Told');
    await removeWork(store, id, { by: 'host', why: 'asked' });
    const lines = readFileSync(join(folder, 'removals.jsonl'), 'utf8').split('\n').filter(Boolean);
    expect(lines.map((l) => JSON.parse(l))).toMatchObject([
      { kind: 'work', workId: id, by: 'host', why: 'asked' },
    ]);
  });
});

describe('books', () => {
  it('are kept until a work is taken away, and their folder may vanish', async () => {
    expect(findBook(store, 'a')).toBeUndefined();
    keepBook(store, 'a', Buffer.from('book a'));
    expect(Buffer.from(findBook(store, 'a') ?? []).toString()).toBe('book a');
    rmSync(join(folder, 'cache'), { recursive: true });
    expect(findBook(store, 'a')).toBeUndefined();
    keepBook(store, 'b', Buffer.from('book b'));
    await removeWork(store, await addWork('Bound'), { by: 'host', why: 'x' });
    expect(findBook(store, 'b')).toBeUndefined();
  });

  it('let go of those not asked for longest when they grow too many', () => {
    const megabytes = (n: number): Uint8Array => new Uint8Array(n * 1024 * 1024);
    for (const key of ['1', '2', '3']) keepBook(store, key, megabytes(100));
    expect(['1', '2', '3'].filter((k) => findBook(store, k) !== undefined)).toHaveLength(2);
    expect(findBook(store, '3')).toBeDefined();
  });
});

function filesWith(root: string, text: string): string[] {
  chmodSync(root, 0o700);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name))
    .filter((file) => readFileSync(file).includes(text));
}
