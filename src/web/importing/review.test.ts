import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { attribute, findAll } from '../../dom.ts';
import { parsePage } from '../../html.ts';
import type { SourceFile } from '../../import/importer.ts';
import { takeIn } from '../../intake/intake.ts';
import { type Reader, readAlone } from '../../intake/review.ts';
import type { Decision } from '../../model/remark.ts';
import { decisionsFor, readEdition } from '../../store/editions.ts';
import { getWork, publishWork } from '../../store/works.ts';
import { sharedPath } from '../../testing/shared.ts';
import { openSite, type TestSite } from '../site.testing.ts';
import { type Fields, type Writer, writerOn } from '../studio/writer.testing.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const demo = join(import.meta.dirname, '..', '..', '..', 'demo');

let site: TestSite;
let archivist: Writer;
beforeAll(async () => {
  site = await openSite();
  archivist = await writerOn(site, 'Ida', 'archivist');
});
afterAll(() => site.close());

/** Takes a file in, as new bytes each time, and gives the id of its work. */
async function take(name: string, bytes: Uint8Array, decisions: readonly Decision[] = []): Promise<string> {
  const folder = join(demo, name.replace(/\.html$/, '_files'));
  const beside = new Map<string, SourceFile>();
  if (existsSync(folder) && name.endsWith('.html'))
    for (const file of readdirSync(folder)) {
      const path = `${name.replace(/\.html$/, '_files')}/${file}`;
      beside.set(path, { path, bytes: readFileSync(join(folder, file)) });
    }
  const found = { kind: 'file', source: { path: name, bytes }, beside } as const;
  const intake = await takeIn(site.archive.store, found, {
    by: null,
    decisions,
    publish: null,
    dryRun: false,
  });
  if (intake.kind === 'refused') throw new Error(intake.reason);
  const outcome = intake.works[0]?.outcome;
  return outcome !== null && outcome !== undefined && 'workId' in outcome ? outcome.workId : '';
}

let saves = 0;
/** A demo page under another origin and with other words, so that each test has a work of its own. */
function another(name: string): Buffer {
  const text = readFileSync(join(demo, name)).toString('latin1');
  saves++;
  return Buffer.from(
    text
      .replaceAll('46799', `46${800 + saves}`)
      .replaceAll('Gerda', `Gerda${saves}`)
      .replaceAll('geese', `geese${saves}`),
    'latin1',
  );
}

async function decide(work: string, fields: Fields) {
  return archivist.send(`/studio/${work}/decisions`, { do: 'decide', ...fields });
}

const edition = (work: string) => readEdition(site.archive.store, work, { public: false });

describe('the review of an import', () => {
  test('shows each fact with how sure it is, and leads to its place on the page', async () => {
    const work = await take('46799.html', another('46799.html'));
    const { status, html } = await archivist.open(`/studio/${work}/review`);
    expect(status).toBe(200);
    for (const words of ['Housekeeping After Giants', 'for you to decide', 'inferred', 'Alternate ending'])
      expect(html).toContain(words);
    const tree = parsePage(html);
    const ids = new Set(findAll(tree, () => true).map((e) => attribute(e, 'id')));
    const links = findAll(tree, (e) => attribute(e, 'href')?.startsWith('#') === true);
    expect(links.filter((e) => !ids.has(attribute(e, 'href')?.slice(1)))).toEqual([]);
    const { remarks } = await edition(work);
    const placed = findAll(tree, (e) => attribute(e, 'class') === 'to-place');
    expect(placed.length).toBe(remarks.filter((r) => r.where !== null).length);
    expect(html).toContain('Nothing remains');
  });

  test('keeps what the site printed for its owner alone out of sight', async () => {
    const page = readFileSync(join(demo, '46799.html'), 'latin1')
      .replaceAll('46799', '46999')
      .replace('(<a', '203.0.113.77 (<a');
    const work = await take('46999.html', Buffer.from(page, 'latin1'));
    const { html } = await archivist.open(`/studio/${work}/review`);
    expect(html).not.toContain('203.0.113.77');
    expect(html).toContain('[an address]');
  });

  test('gives the report as inspect prints it', async () => {
    const work = await take('ballast.txt', another('ballast.txt'));
    const { html } = await archivist.open(`/studio/${work}/review.json`);
    expect(JSON.parse(html)).toMatchObject({ format: 'variorum-edition', work: { title: 'Ballast' } });
  });
});

/** Each kind of decision: what the form sends, and the same by file. */
const kinds: readonly (readonly [string, Fields, Readonly<Record<string, string>>])[] = [
  ['a field', { about: 'work.title', value: 'Other Weights' }, { 'work.title': 'Other Weights' }],
  [
    'a field by an alternative',
    { about: 'work.rating', value: 'Mature', other: '' },
    { 'work.rating': 'Mature' },
  ],
  [
    'several values',
    { about: 'work.warnings', value: ['Major Character Death', 'Rape/Non-Con'] },
    { 'work.warnings': 'Major Character Death, Rape/Non-Con' },
  ],
  ['the fork', { about: 'variantSets[0].place', value: '2' }, { 'variantSets[0].place': '2' }],
  [
    'the fork, by a button',
    { about: 'variantSets[0].place', value: '4', move: '3' },
    { 'variantSets[0].place': '3' },
  ],
  [
    'no fork',
    { about: 'variantSets[0].place', value: '4', move: 'none' },
    { 'variantSets[0].place': 'none' },
  ],
  [
    'a fork elsewhere',
    { do: 'divide', about: 'variantSets[0].place', first: '1', other: '3' },
    { 'variantSets[0].place': '1', 'variantSets[0].branches[1].head': '3' },
  ],
  [
    'the name of an ending',
    { about: 'variantSets[0].branches[1].label', value: 'Both of them' },
    { 'variantSets[0].branches[1].label': 'Both of them' },
  ],
  ['passages', { do: 'passages', about: 'passages', starts: ['1', '2:1', ''] }, { passages: '1 2:1' }],
  ['one passage', { do: 'passages', about: 'passages', starts: [''] }, { passages: 'none' }],
  [
    'comments',
    { do: 'comments', 'about.c4': 'B', 'thread.c1': 'A', 'author.c2': 'Maud', 'about.c1': 'work' },
    { 'comments.c4.about': 'B', 'threads.c1.about': 'A', 'comments.c2.author': 'Maud' },
  ],
];

describe('a decision through the form', () => {
  test.each(kinds)('%s gives the Edition that the same decision by file gives', async (_, fields, byFile) => {
    const bytes = another('ballast.txt');
    const work = await take('ballast.txt', bytes);
    const sent = await decide(work, fields);
    expect([sent.status, sent.html]).toEqual([303, '']);

    const other = await openSite();
    try {
      const at = '2026-01-01T00:00:00Z';
      const decisions = Object.entries(byFile).map(([about, value]) => ({ about, value, by: 'Ida', at }));
      const found = { kind: 'file', source: { path: 'ballast.txt', bytes }, beside: new Map() } as const;
      const intake = await takeIn(other.archive.store, found, {
        by: null,
        decisions,
        publish: null,
        dryRun: false,
      });
      const outcome = intake.kind === 'taken' ? intake.works[0]?.outcome : undefined;
      const id = outcome && 'workId' in outcome ? outcome.workId : '';
      const expected = await readEdition(other.archive.store, id, { public: false });
      const timeless = (value: unknown): unknown =>
        JSON.parse(
          JSON.stringify(value, (key, v: unknown) => (key === 'at' || key === 'decidedAt' ? null : v)),
        );
      expect(timeless(await edition(work))).toEqual(timeless(expected));
    } finally {
      await other.close();
    }
  });

  test('says on a published story that passages are numbered anew, and leads old addresses to their words', async () => {
    const work = await take('ballast.txt', another('ballast.txt'));
    await decide(work, { do: 'passages', about: 'passages', starts: ['1', '2', '3', ''] });
    const warning = 'Its passages are numbered anew';
    expect((await archivist.open(`/studio/${work}/review`)).html).not.toContain(warning);
    await decide(work, { about: 'variantSets[0].place', move: 'none' });
    const answers = { rating: 'General Audiences', warnings: ['No Archive Warnings Apply'] } as const;
    await publishWork(site.archive.store, work, { ...answers, audience: 'everyone' });
    const before = (await getWork(site.archive.store, work)).entries.map(({ key }) => key);
    expect(before.length).toBeGreaterThan(2);
    expect((await archivist.open(`/studio/${work}/review`)).html).toContain(warning);

    const joined = await decide(work, { do: 'passages', about: 'passages', starts: [''] });
    expect(joined.status).toBe(303);
    const { entries } = await getWork(site.archive.store, work);
    const gone = before.filter((key) => !entries.some((entry) => entry.key === key));
    expect([entries.length, gone.length]).toEqual([1, before.length - 1]);
    for (const key of gone) {
      const led = await site.ask(`/works/${work}/read/${key}`);
      expect([led.status, led.headers.get('location')]).toEqual([
        302,
        `/works/${work}/read/${entries[0]?.key}`,
      ]);
    }
    expect((await site.ask(`/works/${work}/read/p99`)).status).toBe(404);
  });

  test('keeps its pictures, and the pages of its texts', async () => {
    const work = await take('46799.html', another('46799.html'));
    const before = await edition(work);
    await decide(work, { about: 'variantSets[0].place', value: '3' });
    const after = await edition(work);
    expect(after.resources).toEqual(before.resources);
    expect(after.remarks.filter((r) => r.about === 'resources')).toEqual(
      before.remarks.filter((r) => r.about === 'resources'),
    );
  });

  test('is kept with the page, by whom, and is withdrawn again', async () => {
    const work = await take('ballast.txt', another('ballast.txt'));
    const before = await edition(work);
    await decide(work, { about: 'work.title', value: 'Other Weights' });
    const { sources } = await getWork(site.archive.store, work);
    const key = { sha256: sources[0]?.sha256 ?? '', origin: null };
    expect(await decisionsFor(site.archive.store, key)).toMatchObject([
      { about: 'work.title', value: 'Other Weights', by: 'Ida' },
    ]);
    expect((await archivist.open(`/studio/${work}/review`)).html).toContain('Withdraw what was decided');
    await decide(work, { do: 'withdraw', about: 'work.title' });
    expect(await decisionsFor(site.archive.store, key)).toEqual([]);
    expect((await edition(work)).work).toEqual(before.work);
  });

  test('is applied again when a newer importer reads the page', async () => {
    const bytes = another('ballast.txt');
    const work = await take('ballast.txt', bytes);
    await decide(work, { about: 'variantSets[0].place', value: '2' });
    await decide(work, { do: 'comments', 'about.c4': 'B' });
    const newer: Reader = (file, looking) => {
      const read = readAlone(file, looking);
      if (read.kind === 'refused') return read;
      const editions = read.reading.editions.map((e) => ({
        ...e,
        work: { ...e.work, language: 'en' },
        sources: e.sources.map((s) => ({ ...s, importerVersion: 99 })),
      }));
      return { ...read, reading: { ...read.reading, editions } };
    };
    const found = { kind: 'file', source: { path: 'ballast.txt', bytes }, beside: new Map() } as const;
    const options = { by: null, decisions: [], publish: null, dryRun: false, reader: newer };
    expect(await takeIn(site.archive.store, found, options)).toMatchObject({
      works: [{ outcome: { kind: 'reread', workId: work } }],
    });
    const { sources, work: header, remarks, comments } = await edition(work);
    expect([sources[0]?.importerVersion, header.language]).toEqual([99, 'en']);
    expect(remarks.find((r) => r.about === 'variantSets[0].place')).toMatchObject({
      certainty: 'decided',
      decidedBy: 'Ida',
    });
    expect(comments.find((c) => c.id === 'c4')?.about).toMatchObject({ kind: 'branch', sigla: ['B'] });
  });

  test('asks once for a rating and for warnings of which everything that may be said is offered', async () => {
    const text =
      'Title: The Wick\nRating: blue\nWarnings: a few tears\n\nThe lamp was out.\n\nNobody lit it.\n';
    const { html } = await archivist.open(`/studio/${await take('wick.txt', Buffer.from(text))}/review`);
    expect(html).toMatch(/type="radio" name="value" value="Mature"/);
    expect(html).toMatch(/type="checkbox" name="value" value="Major Character Death"/);
    expect(html).not.toContain('Or say it yourself');
  });

  test('about the rating is gone once it is withdrawn', async () => {
    const plain = Buffer.from(
      another('ballast.txt')
        .toString()
        .replace(/^Rating:.*\n/m, ''),
    );
    const work = await take('ballast.txt', plain);
    await decide(work, { about: 'work.rating', value: 'Mature' });
    expect((await edition(work)).work.rating).toBe('Mature');
    await decide(work, { do: 'withdraw', about: 'work.rating' });
    expect((await edition(work)).work.rating).toBe(null);
  });

  test.each([
    [{ about: 'work.posted', value: 'yesterday' }, 'it takes a date'],
    [{ about: 'variantSets[0].place', value: '99' }, 'can be named'],
    [{ about: 'work.colour', value: 'red' }, 'a field is one of'],
    [{ about: 'comments.c99.about', value: 'A' }, 'nothing in this file answers to that'],
    [{ about: '', value: 'x' }, 'say which fact'],
  ])('that does not fit comes back with its value and the reason: %j', async (fields, reason) => {
    const work = await take('ballast.txt', another('ballast.txt'));
    const before = await edition(work);
    const { status, html } = await decide(work, fields);
    expect(status).toBe(422);
    expect(html.toLowerCase()).toContain(reason.toLowerCase());
    expect(await edition(work)).toEqual(before);
  });

  test('of a page that holds several works is about one of them', async () => {
    const day = join(
      import.meta.dirname,
      '..',
      '..',
      'import',
      'livejournal-s2',
      'fixtures',
      'day-of-three',
      'input.html',
    );
    const found = {
      kind: 'file',
      source: { path: 'day.html', bytes: readFileSync(day) },
      beside: new Map(),
    } as const;
    const intake = await takeIn(site.archive.store, found, {
      by: null,
      decisions: [],
      publish: null,
      dryRun: false,
    });
    if (intake.kind === 'refused') throw new Error(intake.reason);
    const works = intake.works.flatMap((w) =>
      w.outcome !== null && 'workId' in w.outcome ? [w.outcome.workId] : [],
    );
    expect(works.length).toBeGreaterThan(1);
    expect(
      (await decide(works[1] ?? '', { about: 'work.title', value: 'The second of the day' })).status,
    ).toBe(303);
    const titles = await Promise.all(works.map(async (id) => (await getWork(site.archive.store, id)).title));
    expect(titles.indexOf('The second of the day')).toBe(1);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('does not overwrite what a writer wrote since', async () => {
    const work = await take('ballast.txt', another('ballast.txt'));
    const { state } = await getWork(site.archive.store, work);
    const page = await archivist.open(`/studio/${work}/passages/p1`);
    expect(page.status).toBe(200);
    await archivist.change(work, 'passages/p1/states', {
      draft: '0',
      title: 'Hers',
      text: 'Her own words.',
      why: 'mine now',
    });
    expect((await getWork(site.archive.store, work)).state).toBe(state + 1);
    expect((await archivist.open(`/studio/${work}/review`)).html).toContain('has written on this story');
    await decide(work, { about: 'variantSets[0].place', value: '2' });
    const { passages, remarks } = await edition(work);
    expect(passages[0]?.html).toBe('<p>Her own words.</p>');
    expect(remarks.find((r) => r.about === 'variantSets[0].place')?.certainty).toBe('decided');
  });
});

test('publishing asks for the answers and for what is undecided, and leads to the work', async () => {
  const work = await take('ballast.txt', another('ballast.txt'));
  const answers = { rating: 'General Audiences', warnings: 'No Archive Warnings Apply', do: 'publish' };
  const early = await archivist.send(`/studio/${work}/review`, answers);
  expect([early.status, early.html.includes('is undecided')]).toEqual([422, true]);
  await decide(work, { about: 'variantSets[0].place', value: '5' });
  const sent = await archivist.send(`/studio/${work}/review`, answers);
  expect([sent.status, sent.to]).toEqual([303, `/works/${work}`]);
  expect((await getWork(site.archive.store, work)).stage).toBe('published');
});

const samples = sharedPath('samples');
describe.skipIf(samples === undefined)('pages others saved (samples; skipped where they are absent)', () => {
  const files = ['livejournal-html', 'gutenberg', 'great-expectations', 'headers'].flatMap((folder) =>
    readdirSync(join(samples ?? '', folder)).map((name) => join(samples ?? '', folder, name)),
  );

  test.each(files)('every fact read from %s has a place on its page', async (file) => {
    const name = file.split('/').at(-1) ?? '';
    const found = {
      kind: 'file',
      source: { path: name, bytes: readFileSync(file) },
      beside: new Map(),
    } as const;
    const intake = await takeIn(site.archive.store, found, {
      by: null,
      decisions: [],
      publish: null,
      dryRun: false,
    });
    if (intake.kind === 'refused') return expect(intake.reason).not.toBe('');
    for (const { outcome } of intake.works) {
      const work = outcome !== null && 'workId' in outcome ? outcome.workId : '';
      const { status, html } = await archivist.open(`/studio/${work}/review`);
      expect(status).toBe(200);
      const tree = parsePage(html);
      const ids = new Set(findAll(tree, () => true).map((e) => attribute(e, 'id')));
      const links = findAll(tree, (e) => attribute(e, 'class') === 'to-place');
      expect(links.length).toBe((await edition(work)).remarks.filter((r) => r.where !== null).length);
      for (const link of links) expect(ids).toContain(attribute(link, 'href')?.slice(1));
    }
  });
});
