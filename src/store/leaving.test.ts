import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { htmlOfText } from '../html.ts';
import { invite, makeRecoveryCodes } from './accounts.ts';
import { keepBook } from './books.ts';
import { closeStore, openStore, type Store } from './index.ts';
import { ownTables } from './leaving/account.ts';
import { deleteAccount, newClaimCode, orphanWork } from './leaving.ts';
import { addReadings, listReadings } from './readings.ts';
import { backup, checkStore, restore } from './safekeeping.ts';
import { addActor, addPerson } from './sample-people.testing.ts';
import { sampleEdition } from './sample-works.testing.ts';
import { postComment } from './talk/commenting.ts';
import { getWork, publishWork } from './works.ts';
import { createWork, saveDraft } from './writing.ts';

let root: string;
let folder: string;
let store: Store;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'variorum-leaving-'));
  folder = join(root, 'data');
  store = await openStore(folder);
});
afterEach(async () => {
  await closeStore(store);
  rmSync(root, { recursive: true });
});

/** Every byte an archive has on the disk: database, its log, journal of removals, caches. */
function bytesOf(path: string): Buffer {
  return Buffer.concat(
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name))),
  );
}

async function someone() {
  const { person } = await addActor(store, { pseud: 'Zostera Canary' });
  const { passages, choices, variantSets } = sampleEdition('Canary');
  const story = { passages, choices, variantSets };
  const works: string[] = [];
  for (const title of ['Canary One', 'Canary Two']) {
    const id = await createWork(store, {
      title,
      creators: [person.pseud.id],
      story: { ...story, passages: passages.map((p) => ({ ...p, html: htmlOfText(`${title} ${p.html}`) })) },
      by: person.pseud.id,
    });
    await publishWork(store, id, {
      rating: 'Mature',
      warnings: ['No Archive Warnings Apply'],
      by: person.pseud.id,
    });
    works.push(id);
  }
  const [workId = ''] = works;
  await saveDraft(store, {
    workId,
    accountId: person.id,
    passage: 'p1',
    document: 'canary draft words',
    base: 1,
  });
  const author = { kind: 'pseud', id: person.pseud.id } as const;
  await postComment(store, {
    workId,
    parent: null,
    author,
    about: { kind: 'work' },
    subject: null,
    html: htmlOfText('canary comment words'),
  });
  await makeRecoveryCodes(store, person.id);
  await invite(store, { by: person.id, note: 'canary note' });
  keepBook(store, workId, Buffer.from('a book by Zostera Canary'));
  return { person, works };
}

it('leaves no byte of an account that was deleted, nor of what it deleted', async () => {
  const { person, works } = await someone();
  const before = bytesOf(folder);
  const canaries = [
    'Zostera',
    'canary draft words',
    'canary comment words',
    'canary note',
    person.id,
    person.pseud.id,
  ];
  for (const canary of [...canaries, 'Canary One']) expect(before.includes(canary), canary).toBe(true);
  await deleteAccount(store, person.id, {
    deleted: works.slice(0, 1),
    comments: 'erase',
    claimCode: newClaimCode(),
  });
  const after = bytesOf(folder);
  for (const canary of [...canaries, 'Canary One']) expect(after.includes(canary), canary).toBe(false);
  expect(after.includes('Canary Two')).toBe(true);
  expect(await checkStore(store)).toEqual([]);
});

it('does not come back with a backup made before: neither the account, nor a name that was taken off', async () => {
  const { person, works } = await someone();
  const stays = await addPerson(store, { pseud: 'Stays Here' });
  const copy = join(root, 'copy.backup');
  await backup(store, copy);
  const code = newClaimCode();
  await deleteAccount(store, person.id, { deleted: works.slice(0, 1), comments: 'erase', claimCode: code });
  await closeStore(store);
  await restore(copy, folder, { force: true });
  store = await openStore(folder);
  const after = bytesOf(folder);
  for (const canary of ['Zostera', 'canary draft words', 'canary comment words', person.id, 'Canary One'])
    expect(after.includes(canary), canary).toBe(false);
  expect((await getWork(store, works[1] ?? '')).creators).toEqual([]);
  expect(after.includes(stays.pseud.name)).toBe(true);
  expect(await checkStore(store)).toEqual([]);
});

it('takes a name off again when an older backup is restored, and the claim code still opens it', async () => {
  const { person, works } = await someone();
  const copy = join(root, 'copy.backup');
  await backup(store, copy);
  await orphanWork(store, works[0] ?? '', [person.pseud.id], newClaimCode());
  await closeStore(store);
  expect(await restore(copy, folder, { force: true })).toEqual({ removalsReplayed: 1 });
  store = await openStore(folder);
  expect((await getWork(store, works[0] ?? '')).creators).toEqual([]);
  expect((await getWork(store, works[1] ?? '')).creators).toMatchObject([{ name: 'Zostera Canary' }]);
});

it('leaves the counts of readings to a work that is orphaned', async () => {
  const { person, works } = await someone();
  const [workId = ''] = works;
  const counted = [{ workId, day: '2026-05-28', kind: 'reading', key: '', times: 7 }] as const;
  await addReadings(store, counted);
  await orphanWork(store, workId, [person.pseud.id], newClaimCode());
  expect(await listReadings(store, workId)).toEqual(counted);
});

it('knows of every column that names someone what becomes of it', () => {
  const tables = store.sqlite?.read.raw
    .prepare(
      `SELECT m.name || '.' || c.name AS at FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'`,
    )
    .all() as { readonly at: string }[];
  const naming = tables
    .map(({ at }) => at)
    .filter((at) =>
      /\.(account_id|account|person_id|pseud|pseud_id|author_id|owner|made_by|brought_by|by|asked_by|answered_by|decided_by|invited_by)$/.test(
        at,
      ),
    );
  const handled = [
    ...ownTables.map((table) => `${table}.account_id`),
    'acts.by',
    'comments.person_id',
    'credit_links.made_by',
    'suggestion_replies.person_id',
    'suggestions.answered_by',
    'suggestions.person_id',
    'creatorships.asked_by',
    'creatorships.person_id',
    'credits.person_id',
    'decisions.by',
    'import_batches.brought_by',
    'invitations.made_by',
    'profiles.person_id',
    'pseuds.person_id',
    'removals.by',
    'states.made_by',
    // Says who forbade an import, as those who run the archive wrote it.
    'forbidden.by',
  ];
  expect(naming.filter((at) => !handled.includes(at))).toEqual([]);
});
