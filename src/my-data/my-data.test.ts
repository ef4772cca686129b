import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeJson } from '../export/json.ts';
import { type CleanHtml, htmlOfText } from '../html.ts';
import { listFiles, loadFile } from '../import/files.ts';
import { takeIn } from '../intake/intake.ts';
import type { Edition } from '../model/edition.ts';
import { anchorAt } from '../model/text/anchor.ts';
import { addPseud, findAccount, invite } from '../store/accounts.ts';
import { readEdition, saveEdition } from '../store/editions.ts';
import { closeStore, openStore, type Store } from '../store/index.ts';
import { addPerson, type SamplePerson } from '../store/sample-people.testing.ts';
import { sampleEdition } from '../store/sample-works.testing.ts';
import { schemaTables } from '../store/schema-tables.testing.ts';
import { postComment } from '../store/talk/commenting.ts';
import { castVerdict } from '../store/talk/verdicts.ts';
import { publishWork } from '../store/works.ts';
import { answerCredit, createWork, proposeCredit, saveDraft, suggest } from '../store/writing.ts';
import { anyEdition } from '../testing/editions.ts';
import { dataParts, tablesWithout } from './index.ts';
import { writeOwnData } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'variorum-own-'));
let store: Store;
let other: Store;
beforeAll(async () => {
  store = await openStore(join(folder, 'here'));
  other = await openStore(join(folder, 'there'));
});
afterAll(async () => {
  await closeStore(store);
  await closeStore(other);
  rmSync(folder, { recursive: true });
});

it('takes from every table, or says why nothing of anyone is in it', async () => {
  const covered = new Set<string>([...dataParts.flatMap((p) => p.tables), ...Object.keys(tablesWithout)]);
  expect((await schemaTables(store)).filter((table) => !covered.has(table))).toEqual([]);
});

it('gives works that another archive imports without losing anything, hostile as they may be', async () => {
  const her = await addPerson(store, { pseud: 'Samphire' });
  const editions = fc.sample(anyEdition, { numRuns: 25, seed: 20060528 });
  const works: string[] = [];
  for (const edition of editions) {
    const outcome = await saveEdition(store, edition, [], { why: 'imported', by: null });
    if (outcome.kind === 'new') works.push(await credit(outcome.workId, her));
  }
  expect(works.length).toBeGreaterThan(15);
  const zip = await pack(her);
  for (const listed of await listFiles([zip])) {
    const intake = await takeIn(other, await loadFile(listed), {
      by: null,
      decisions: [],
      publish: null,
      dryRun: false,
    });
    if (intake.kind !== 'taken') throw new Error(intake.reason);
    expect(intake.importer).toBe('edition');
    const [taken] = intake.works;
    if (taken?.outcome?.kind !== 'new') throw new Error(`${listed.shown}: ${taken?.outcome?.kind}`);
    const id = /-?([0-9a-z]{10})\/edition\.json$/.exec(listed.shown)?.[1] ?? '';
    const seenBy = [her.pseud.id];
    const before = await readEdition(store, id, { allStates: true, public: false, seenBy });
    const after = await readEdition(other, taken.outcome.workId, { allStates: true, public: false });
    expect(canonical(after)).toBe(canonical(before));
    works.splice(works.indexOf(id), 1);
  }
  expect(works).toEqual([]);
}, 120_000);

it('has a file for everything, each with its hash, and words that explain it', async () => {
  const her = await addPerson(store, { pseud: 'Marram' });
  const work = await ownWork(her, 'The Ferry & the “Tide” / ..');
  await saveDraft(store, {
    workId: work,
    accountId: her.id,
    passage: 'p1',
    document: 'not yet saved',
    base: 1,
  });
  await publishWork(store, work, { rating: 'General Audiences', warnings: ['No Archive Warnings Apply'] });
  const reader = 'keyed hash of her cookie';
  await castVerdict(store, { workId: work, place: 'p1', sigla: ['B'], reader, address: 'x' });
  await say(work, her.pseud.id, 'My own words about it.');
  await invite(store, { by: her.id, note: 'for my sister' });
  const other = await ownWork(await addPerson(store, { pseud: 'Campion' }), 'A Draft Of Another');
  const suggestions = [
    { anchor: anchorAt('Their words.', 6, 11), change: null, note: 'Which words do they mean?' },
  ];
  await suggest(store, { workId: other, passage: 'p1', by: her.pseud.id, state: 1, suggestions });
  const unsent = { passage: 'p1', suggested: true, document: 'not yet sent', base: 1 };
  await saveDraft(store, { ...unsent, workId: other, accountId: her.id });
  const files = filesOf(await pack(her, reader));
  const read = (path: string): string => new TextDecoder().decode(files[path]);
  const index = JSON.parse(read('index.json'));
  for (const { path, sha256, size } of index.files) {
    expect(
      createHash('sha256')
        .update(files[path] ?? '')
        .digest('hex'),
      path,
    ).toBe(sha256);
    expect(files[path]?.length).toBe(size);
  }
  expect([...index.files.map((f: { path: string }) => f.path), 'index.json'].sort()).toEqual(
    Object.keys(files).sort(),
  );
  const edition = Object.keys(files).find((path) => path.endsWith('edition.json')) ?? '';
  expect(edition).toBe(`works/the-ferry-the-tide-${work}/edition.json`);
  expect(read(edition.replace('edition.json', 'story.md'))).toContain('walked home along the shore');
  expect(JSON.parse(read(edition.replace('edition.json', 'place.json')))).toMatchObject({
    stage: 'published',
  });
  for (const typed of ['not yet saved', 'not yet sent']) expect(read('drafts.json')).toContain(typed);
  expect(JSON.parse(read('verdicts.json'))).toMatchObject([{ workId: work, place: 'p1', sigla: ['B'] }]);
  expect(read('comments.txt')).toContain('My own words about it.');
  expect(JSON.parse(read('comments.json'))).toMatchObject([
    { by: 'Marram', workTitle: 'The Ferry & the “Tide” / ..' },
  ]);
  expect(JSON.parse(read('account.json'))).toMatchObject({
    names: [{ name: 'Marram' }],
    invitations: [{ note: 'for my sister' }],
  });
  expect(JSON.parse(read('suggestions.json'))).toMatchObject([
    { name: 'Marram', kind: 'remark', words: 'Which words do they mean?', status: 'open' },
  ]);
  expect(read('suggestions.json')).not.toContain('Their');
  expect(JSON.parse(read('moderation.json')).works).toMatchObject([{ acts: [{ act: 'publish' }] }]);
  for (const { path } of dataParts) expect(read('README.txt')).toContain(path);
  expect(read('README.txt')).toMatch(/variorum import/);
});

it('holds nothing private of anyone else', async () => {
  const her = await addPerson(store, { pseud: 'Thrift' });
  const another = await addPerson(store, { pseud: 'Sandwort' });
  const second = await addPseud(store, another.id, 'Sea Holly');
  const work = await ownWork(her, 'Whose Words');
  await publishWork(store, work, { rating: 'General Audiences', warnings: ['No Archive Warnings Apply'] });
  const elsewhere = await ownWork(another, 'Not Hers');
  await publishWork(store, elsewhere, {
    rating: 'General Audiences',
    warnings: ['No Archive Warnings Apply'],
  });
  const reply = await say(elsewhere, another.pseud.id, 'A question asked on a work that is not hers.');
  await say(elsewhere, her.pseud.id, 'Her answer there.', reply);
  await say(work, another.pseud.id, 'Said in the open.');
  const hidden = await say(work, second.id, 'Hidden by the hosts.');
  store.sqlite?.write.raw.prepare(`UPDATE comments SET state = 'hidden' WHERE id = ?`).run(hidden);
  await saveDraft(store, {
    workId: work,
    accountId: another.id,
    passage: 'p1',
    document: 'a beta’s own draft',
    base: 1,
  });
  await castVerdict(store, {
    workId: work,
    place: 'p1',
    sigla: ['A'],
    reader: 'hash of somebody',
    address: 'hash of a place',
  });
  const all = Object.values(filesOf(await pack(her)))
    .map((bytes) => new TextDecoder().decode(bytes))
    .join('\n');
  expect(all).toContain('Said in the open.');
  expect(all).toContain('Her answer there.');
  for (const secret of [
    'Hidden by the hosts.',
    'A question asked on a work that is not hers.',
    'a beta’s own draft',
    'hash of somebody',
    'hash of a place',
    'Sea Holly',
    another.id,
    her.record,
  ])
    expect(all, secret).not.toContain(secret);
});

async function credit(workId: string, her: SamplePerson): Promise<string> {
  const part = { person: her.pseud.id, role: 'author' } as const;
  await proposeCredit(store, workId, { ...part, by: her.pseud.id });
  await answerCredit(store, workId, { ...part, accept: true });
  return workId;
}

async function ownWork(her: SamplePerson, title: string): Promise<string> {
  const { passages, choices, variantSets } = sampleEdition(title);
  const story = { passages, choices, variantSets };
  return createWork(store, { title, creators: [her.pseud.id], story, by: her.pseud.id });
}

async function say(workId: string, id: string, words: string, parent: string | null = null): Promise<string> {
  const said = {
    workId,
    parent,
    author: { kind: 'pseud', id },
    about: { kind: 'work' },
    subject: null,
  } as const;
  return (await postComment(store, { ...said, html: htmlOfText(words) })).id;
}

async function pack(her: SamplePerson, reader?: string): Promise<string> {
  const account = await findAccount(store, her.id);
  if (account === undefined) throw new Error('no account');
  const path = join(folder, `${her.id}.zip`);
  await writeOwnData(store, { account, reader, settings: {}, url: 'https://archive.example' }, path);
  return path;
}

function filesOf(zip: string): Readonly<Record<string, Uint8Array>> {
  return unzipSync(readFileSync(zip));
}

/** As exported: every field, in one order. */
function canonical(edition: Edition<CleanHtml>): string {
  const options = { address: null, comments: true, stateMadeAt: '' };
  return new TextDecoder().decode(writeJson(edition, options));
}
