import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findImporter, importers } from '../import/index.ts';
import { openFile } from '../import/open.ts';
import type { Edition } from '../model/edition.ts';
import type { Decision } from '../model/remark.ts';
import { closeStore, openStore, type Store } from '../store/index.ts';
import { type Intake, takeIn } from './intake.ts';

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'variorum-intake-'));
  store = await openStore(folder, { create: true });
});

afterEach(async () => {
  await closeStore(store);
  rmSync(folder, { recursive: true });
});

function fixture(format: string, name: string): Uint8Array {
  const at = join(import.meta.dirname, '..', 'import', format, 'fixtures', name);
  return readFileSync(join(at, readdirSync(at).find((f) => /^input\.\w+$/.test(f)) ?? 'input.html'));
}

const ending: Readonly<Record<string, string>> = { text: 'txt', markdown: 'md', edition: 'json' };

/** A file like a fixture of a format, with a mark that makes it another copy. */
function page(format: string, name: string, mark: string): { path: string; bytes: Uint8Array } {
  const extra = format === 'edition' ? ' '.repeat(mark.length) : mark;
  const bytes = Buffer.concat([fixture(format, name), Buffer.from(`\n${extra}\n`)]);
  return { path: `${format}-${name}.${ending[format] ?? 'html'}`, bytes };
}

/** Each a second after the one before. */
let clock = Date.parse('2026-01-01T00:00:00Z');
function decide(facts: Readonly<Record<string, string>>): readonly Decision[] {
  clock += 1000;
  const at = new Date(clock).toISOString();
  return Object.entries(facts).map(([about, value]) => ({
    about,
    value,
    by: 'ann',
    at,
  }));
}

async function take(
  { path, bytes }: { path: string; bytes: Uint8Array },
  facts: Readonly<Record<string, string>> = {},
  dryRun = false,
): Promise<Intake> {
  const found = { kind: 'file', source: { path, bytes }, beside: new Map() } as const;
  return takeIn(store, found, { by: null, decisions: decide(facts), publish: null, dryRun });
}

function worksOf(intake: Intake) {
  if (intake.kind === 'refused') throw new Error(intake.reason);
  return intake.works;
}

function firstOf(intake: Intake) {
  const [work] = worksOf(intake);
  if (work === undefined) throw new Error('no work');
  return work;
}

function remarksAbout(edition: Edition, about: string): readonly (readonly [string, string | null])[] {
  return edition.remarks.filter((r) => r.about === about).map((r) => [r.certainty, r.decidedBy]);
}

const named: Readonly<Record<string, string>> = {
  edition: 'minimal',
  'livejournal-2013': 'single-post',
  dreamwidth: 'entry-with-thread',
  'livejournal-s1': 'community-entry',
  'livejournal-sixhtml': 'community-exchange',
  'livejournal-s2': 'two-endings',
  markdown: 'plain',
  text: 'story',
};

describe.each(importers.map((i) => i.name))('decisions about a file of %s', (format) => {
  const file = page(format, named[format] ?? '', '<!-- decided -->');
  const facts = {
    'work.title': 'Decided Title',
    'work.posted': '2006-05-06',
    'work.rating': 'Mature',
    'work.beta': 'ann, bea',
    'work.language': 'de',
  };
  const expected = {
    title: 'Decided Title',
    posted: { local: '2006-05-06', precision: 'day' },
    rating: 'Mature',
    language: 'de',
  };

  test('are applied, named as decided, and applied again when the file comes anew', async () => {
    expect(findImporter(openFile({ ...file })).name).toBe(format);
    const first = firstOf(await take(file, facts));
    expect(first.outcome?.kind).toBe('new');
    for (const { edition } of [first, firstOf(await take(file))]) {
      expect(edition.work).toMatchObject(expected);
      const betas = edition.work.creators.filter((c) => c.role === 'beta').map((c) => c.name);
      expect(betas).toEqual(['ann', 'bea']);
      for (const about of ['work.title', 'work.posted', 'work.rating', 'work.language']) {
        const remarks = remarksAbout(edition, about);
        expect(remarks).toContainEqual(['decided', 'ann']);
        expect(remarks.filter(([certainty]) => certainty === 'undecided')).toEqual([]);
      }
    }
    expect(firstOf(await take(file)).outcome?.kind).toBe('same');
  });

  test('that are given later take the place of those given before', async () => {
    await take(file, facts);
    expect(firstOf(await take(file, { 'work.title': 'Another Title' })).edition.work).toMatchObject({
      ...expected,
      title: 'Another Title',
    });
    expect(firstOf(await take(file)).edition.work.title).toBe('Another Title');
  });
});

/** A page whose second ending is marked and whose first is not, in a journal's layout and as plain text. */
const forked = {
  'livejournal-s2': page('livejournal-s2', 'two-endings', '<!-- forked -->'),
  text: page('text', 'journal-copy', ' '),
};

describe.each(Object.entries(forked))('the place where a story divides, in a file of %s', (_, file) => {
  const place = 'variantSets[0].place';

  test('is decided by the number of a scene, kept, and moved by a later decision', async () => {
    const proposed = firstOf(await take(file)).edition;
    expect(remarksAbout(proposed, place)).toEqual([['undecided', null]]);
    const inTrunk = (edition: Edition): number =>
      edition.passages.find((p) => p.key === edition.variantSets[0]?.place)?.words ?? 0;
    const moved = firstOf(await take(file, { [place]: '1:1' })).edition;
    expect(remarksAbout(moved, place)).toEqual([['decided', 'ann']]);
    expect(inTrunk(moved)).toBeGreaterThan(0);
    expect(firstOf(await take(file)).edition.variantSets).toEqual(moved.variantSets);
    const undivided = firstOf(await take(file, { [place]: 'none' })).edition;
    expect(undivided.variantSets).toEqual([]);
    expect(firstOf(await take(file)).edition.variantSets).toEqual([]);
  });
});

describe('a page of several entries', () => {
  const file = page('livejournal-s2', 'day-of-three', '<!-- several -->');
  const titles = (intake: Intake): readonly (string | null)[] =>
    worksOf(intake).map(({ edition }) => edition.work.title);

  test('takes a decision for one of them, and keeps it for that one', async () => {
    const before = titles(await take(file, {}, true));
    const after = [before[0], 'Only the Second', ...before.slice(2)];
    expect(titles(await take(file, { 'editions[1].work.title': 'Only the Second' }))).toEqual(after);
    expect(titles(await take(file))).toEqual(after);
  });
});

test('decisions of a dry run are not kept', async () => {
  const file = page('text', 'story', ' dry ');
  expect(firstOf(await take(file, { 'work.title': 'Tried' }, true)).edition.work.title).toBe('Tried');
  expect(firstOf(await take(file)).edition.work.title).not.toBe('Tried');
});

test('a decision about a field that there is not refuses the file and says what there is', async () => {
  const file = page('text', 'story', ' wrong ');
  const intake = await take(file, { 'work.colour': 'red' });
  expect(intake).toMatchObject({
    kind: 'refused',
    reason: expect.stringMatching(/a field is one of title/),
  });
});

test('a decision that nothing in the file asks for is said to be lost', async () => {
  const file = page('text', 'story', ' more ');
  const { edition } = firstOf(await take(file, { 'variantSets[0].place': '1' }));
  expect(remarksAbout(edition, 'variantSets[0].place')).toEqual([['lost', 'ann']]);
});

test('a later copy of a page has what was decided about the first', async () => {
  const first = page('livejournal-s1', 'community-entry', '<!-- first copy -->');
  await take(first, { 'work.title': 'As Decided' });
  const copy = page('livejournal-s1', 'community-entry', '<!-- second copy -->');
  expect(firstOf(await take(copy)).edition.work.title).toBe('As Decided');
});
