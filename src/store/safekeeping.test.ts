import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, Gone, Invalid, NotFound } from '../errors.ts';
import { readEdition, saveEdition } from './editions.ts';
import { claimServing, closeStore, openStore, type Store, secrets } from './index.ts';
import { listSources } from './originals.ts';
import { backup, checkStore, restore } from './safekeeping.ts';
import { sampleEdition, sampleSource } from './sample-works.testing.ts';
import {
  allowImport,
  eraseText,
  findWork,
  forbidImport,
  getWork,
  isForbidden,
  listAllWorks,
  listForbidden,
  removeWork,
} from './works.ts';

const arrival = { why: 'imported', by: null };
const by = { by: 'host', why: 'asked' };

let root: string;
let folder: string;
let copy: string;
let store: Store;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'variorum-'));
  folder = join(root, 'data');
  copy = join(root, 'copy.db');
  store = await openStore(folder);
});
afterEach(async () => {
  await closeStore(store);
  rmSync(root, { recursive: true, force: true });
});

async function addWork(name: string): Promise<string> {
  const page = sampleSource(`the page of ${name}`);
  const edition = sampleEdition(name, { sources: [page.record] });
  const outcome = await saveEdition(store, edition, [page.file], arrival);
  if (outcome.kind !== 'new') throw new Error(outcome.kind);
  return outcome.workId;
}

async function opened<T>(path: string, look: (other: Store) => Promise<T>): Promise<T> {
  const other = await openStore(path);
  try {
    return await look(other);
  } finally {
    await closeStore(other);
  }
}

describe('a backup', () => {
  it('made while works arrive holds whole works, is private, and restores elsewhere with nothing amiss', async () => {
    for (let i = 0; i < 30; i++) await addWork(`Before ${i}`);
    let going = true;
    const arriving = (async () => {
      for (let i = 0; going; i++) {
        await addWork(`During ${i}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    await backup(store, copy);
    going = false;
    await arriving;
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    const elsewhere = join(root, 'elsewhere');
    expect(await restore(copy, elsewhere)).toEqual({ removalsReplayed: 0 });
    expect(secrets(elsewhere)).toEqual(secrets(folder));
    await opened(elsewhere, async (other) => {
      expect(await checkStore(other)).toEqual([]);
      const works = (await listAllWorks(other, { limit: 200 })).items;
      expect(works.filter((w) => w.title?.startsWith('The Before'))).toHaveLength(30);
      for (const w of works.slice(0, 5)) {
        const page = (await listSources(other, w.id))[0]?.bytes;
        expect(page).toBeTruthy();
        expect(await readEdition(other, w.id)).toEqual(await readEdition(store, w.id));
      }
    });
  });

  it('never writes over a file', async () => {
    writeFileSync(copy, 'precious');
    await expect(backup(store, copy)).rejects.toThrow(Conflict);
    expect(readFileSync(copy, 'utf8')).toBe('precious');
    await expect(backup(store, join(root, 'no', 'such', 'folder.db'))).rejects.toThrow(Invalid);
  });
});

describe('restoring', () => {
  it('brings back what was lost, but nothing that was removed since', async () => {
    const [kept, removed, erased] = [
      await addWork('Kept'),
      await addWork('Removed'),
      await addWork('Erased'),
    ];
    await backup(store, copy);
    await removeWork(store, removed, { ...by, legal: true });
    await eraseText(store, erased, 'p2', by);
    await forbidImport(store, { key: 'journal.example/again', ...by });
    await allowImport(store, 'journal.example/again');
    await forbidImport(store, { key: 'journal.example/never', ...by });
    const later = await addWork('Later');
    await removeWork(store, later, by);
    await closeStore(store);
    await expect(restore(copy, folder)).rejects.toThrow(Conflict);
    expect(await restore(copy, folder, { force: true })).toEqual({ removalsReplayed: 6 });
    store = await openStore(folder);
    expect((await getWork(store, kept)).title).toBe('The Kept Ferry');
    const gone = await getWork(store, removed).catch((e: unknown) => e);
    expect(gone instanceof Gone && gone.legal).toBe(true);
    await expect(getWork(store, later)).rejects.toThrow(Gone);
    expect((await readEdition(store, erased)).passages[1]?.html).toBe('');
    const never = sampleEdition('Never', {
      sources: [sampleSource('n', { address: 'http://journal.example/never' }).record],
    });
    expect(await isForbidden(store, never)).toBe('asked');
    expect(await isForbidden(store, sampleEdition('Removed'))).toBe('asked');
    expect((await listForbidden(store)).map((f) => f.key)).not.toContain('journal.example/again');
    expect(readFileSync(join(folder, 'variorum.db')).includes('Removed')).toBe(false);
    expect(await checkStore(store)).toEqual([]);
  });

  it('knows removals from the journal when the database itself is lost', async () => {
    const id = await addWork('Lost');
    await backup(store, copy);
    await removeWork(store, id, by);
    await closeStore(store);
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `variorum.db${end}`), { force: true });
    expect(await restore(copy, folder)).toEqual({ removalsReplayed: 1 });
    store = await openStore(folder);
    expect(await findWork(store, id)).toBeUndefined();
    expect(await restoreAgain(id)).toBeUndefined();
  });

  async function restoreAgain(id: string): Promise<unknown> {
    await closeStore(store);
    await restore(copy, folder, { force: true });
    store = await openStore(folder);
    return findWork(store, id);
  }

  it('refuses what is no backup, what is not there, and a folder that is being served', async () => {
    const id = await addWork('Safe');
    await expect(restore(join(root, 'nothing'), folder, { force: true })).rejects.toThrow(NotFound);
    writeFileSync(copy, 'no backup, '.repeat(1000));
    await expect(restore(copy, folder, { force: true })).rejects.toThrow(Invalid);
    const claim = claimServing(folder);
    await expect(restore(copy, folder, { force: true })).rejects.toThrow(/already serves/);
    claim.release();
    expect((await getWork(store, id)).title).toBe('The Safe Ferry');
    expect(existsSync(join(folder, 'variorum.db'))).toBe(true);
  });
});

describe('a check', () => {
  const damage: readonly (readonly [what: string, statement: string, said: RegExp, where: RegExp])[] = [
    [
      'changed words',
      `UPDATE texts SET html = html || ' ' WHERE passage = 'p2'`,
      /words of a passage/,
      /passage p2/,
    ],
    [
      'a changed original',
      `UPDATE blobs SET encoding = 'none', bytes = x'00'`,
      /bytes of a file/,
      /original/,
    ],
    [
      'an original that cannot be unpacked',
      `UPDATE blobs SET encoding = 'gzip', bytes = x'00'`,
      /bytes of a file/,
      /original/,
    ],
    [
      'a changed comment',
      `UPDATE comments SET html = 'other' WHERE origin = 'c2'`,
      /comment is not what/,
      /comment/,
    ],
    [
      'a misplaced comment',
      `UPDATE comments SET path = '99' WHERE origin = 'c2'`,
      /does not stand under/,
      /comment/,
    ],
    [
      'a changed header',
      `UPDATE states SET header = replace(header, 'Ferry', 'Fairy')`,
      /state is not what/,
      /state 1/,
    ],
    [
      'a changed name',
      `UPDATE people SET name = 'Someone else' WHERE name = 'Isolde'`,
      /A name is not/,
      /people/,
    ],
    [
      'a changed record',
      `UPDATE sources SET record = replace(record, 'page.html', 'pane.html')`,
      /records of its sources/,
      /work/,
    ],
    ['a state that is gone', 'UPDATE works SET state = 9', /current state is missing/, /work/],
    ['a text that is gone', `DELETE FROM texts WHERE passage = 'p3'`, /Passage p3 has no text/, /state 1/],
    [
      'an orphan',
      `DELETE FROM comments WHERE origin = 'c1'`,
      /row points at one in comments/,
      /comments, row/,
    ],
  ];

  it.each(damage)('finds %s', async (_, statement, said, where) => {
    await addWork('Damaged');
    expect(await checkStore(store)).toEqual([]);
    store.sqlite?.write.raw.pragma('foreign_keys = OFF');
    store.sqlite?.write.raw.exec(statement);
    const faults = await checkStore(store);
    expect(faults.some((f) => said.test(f.what) && where.test(f.where) && f.remedy !== '')).toBe(true);
  });

  it('finds bytes that changed on the disk', async () => {
    for (let i = 0; i < 20; i++) await addWork(`Flipped ${i}`);
    await closeStore(store);
    const file = join(folder, 'variorum.db');
    const bytes = readFileSync(file);
    const at = bytes.indexOf('walked home along the shore');
    expect(at).toBeGreaterThan(0);
    bytes[at + 3] = (bytes[at + 3] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    store = await openStore(folder);
    expect((await checkStore(store)).map((f) => f.what)).toContain(
      'The words of a passage are not those that were stored',
    );
  });
});
