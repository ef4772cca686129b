import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeEpub } from '../../src/export/epub/write.ts';
import { zip } from '../../src/export/epub/zip.ts';
import { type CleanHtml, cleanHtml } from '../../src/html.ts';
import { readDecisionsFile } from '../../src/import/decisions-file.ts';
import { listFiles, loadFile } from '../../src/import/files.ts';
import { readFile } from '../../src/import/index.ts';
import { openFile } from '../../src/import/open.ts';
import type { Comment } from '../../src/model/comment.ts';
import type { Edition } from '../../src/model/edition.ts';
import { anyEdition, anyHtml, anyText, resource } from '../../src/testing/editions.ts';
import { gif, jpeg, png, webp } from '../../src/testing/images.ts';
import { sharedPath } from '../../src/testing/shared.ts';
import { choice, dividesAfter, edition, passage, story } from '../../src/testing/stories.ts';
import { faultsOf } from './epubcheck.ts';

const options = {
  address: 'https://archive.example/works/x1',
  comments: true,
  stateMadeAt: '2026-11-22T18:00:00.123Z',
};

async function expectSound(given: Edition<CleanHtml>): Promise<void> {
  expect(await faultsOf(writeEpub(given, options))).toEqual([]);
}

/** Time for several JVMs at once on a slow machine. */
const slow = { timeout: 120_000 };

test.concurrent('the judge finds fault with a book that has one', slow, async () => {
  const faults = await faultsOf(
    zip([{ path: 'mimetype', bytes: Buffer.from('application/zip'), stored: true }]),
  );
  expect(faults.length).toBeGreaterThan(0);
});

test.concurrent('a story that goes straight on, nothing known but its title', slow, () =>
  expectSound(
    edition(
      '二つの鍵',
      story([passage('p1', '扉には鍵が二つあった。'), passage('p2', 'Two.\n\n* * *\n\nThree.')]),
    ),
  ),
);

test.concurrent(
  'a story that divides, divides again in a branch, and has notes and a full header',
  slow,
  () =>
    expectSound(
      edition(
        'Two Keys',
        story(
          ['a', 'b', 'c', 'd', 'e', 'f'].map((key, i) =>
            passage(key, `Words of ${key}.`, { title: i % 2 === 0 ? `Chapter ${key}` : null, ending: i > 2 }),
          ),
          { variantSets: [dividesAfter('a', 'b', 'd'), dividesAfter('b', 'c', 'e', 'f')] },
        ),
        {
          work: {
            ...edition('Two Keys', story([])).work,
            creators: [
              { name: 'marrow_hill', role: 'author', site: 'livejournal.com' },
              { name: 'Ines & Jude', role: 'beta', site: null },
            ],
            fandoms: ['Bluebeard (Fairy Tale)'],
            freeforms: ['keys', 'keys'],
            rating: 'Mature',
            warnings: ['No Archive Warnings Apply'],
            language: 'en-GB',
            summary: cleanHtml('<b>Two</b> keys.<br><br>One door. <a href="#n">1</a><a name="n">note</a>'),
            notes: cleanHtml('<ul><li>For J.</ul><a href="#n">2</a><a name="n">note</a>'),
            endnotes: cleanHtml('Thank you.'),
            disclaimer: cleanHtml('Perrault’s.'),
            series: { name: 'Doors', part: 2, of: null },
            posted: {
              written: '28th-May-2006 12:47 pm',
              local: '2006-05-28T12:47',
              instant: null,
              zone: null,
              precision: 'minute',
            },
            revised: { written: '30 Feb', local: '2006-02-30', instant: null, zone: null, precision: 'day' },
            complete: true,
            asWritten: [
              { label: 'Beta', value: 'Ines <3' },
              { label: '', value: 'x' },
            ],
          },
          notes: [{ title: null, posted: null, html: cleanHtml('News.'), source: null }],
          sources: [
            {
              sha256: 'a'.repeat(64),
              name: 'p <1>.html',
              size: 12_345,
              importer: 'livejournal-s2',
              importerVersion: 1,
              address: 'http://x.example/a b?c&d',
              savedAt: '2010-01-01',
              charset: 'windows-1252',
              origin: 'x.example/1',
            },
          ],
        },
      ),
    ),
);

test.concurrent('choices that meet again, lead back and depend on flags; three endings', slow, () =>
  expectSound(
    edition(
      'The Ferry',
      story(
        [
          passage('start', 'Up or down?', { sets: ['tried'] }),
          passage('up', 'Up.'),
          passage('down', 'Down.'),
          passage('meet', 'Together.'),
          ...['x', 'y', 'z'].map((key) => passage(key, `The end ${key}.`, { ending: true })),
        ],
        {
          choices: [
            choice('start', 'up', 'Up'),
            choice('start', 'down', ''),
            choice('up', 'meet', 'On'),
            choice('down', 'meet', 'On'),
            choice('meet', 'start', 'Again'),
            choice('meet', 'x', 'X', [{ kind: 'flag', flag: 'a "flag"', holds: true }]),
            choice('meet', 'y', 'Y', [{ kind: 'visited', passage: 'up', holds: false }]),
            choice('meet', 'z', '<Z>'),
            choice('z', 'z', 'Once more'),
          ],
        },
      ),
    ),
  ),
);

test.concurrent('nothing at all: no title, no words, no passage', slow, async () => {
  await expectSound(edition('', story([])));
  await expectSound(edition(' \u0001 ', story([passage('p1', '', { title: '\u0000' })])));
});

test.concurrent('three hundred passages of hostile text under hostile titles', slow, () => {
  const titles = fc.sample(anyText, { numRuns: 300, seed: 1 });
  const texts = fc.sample(anyHtml, { numRuns: 1500, seed: 2 });
  const passages = titles.map((title, i) => {
    const html = cleanHtml(texts.slice(i * 5, i * 5 + 5).join('\n'));
    return { ...passage(`p${i}`, ''), title, html };
  });
  return expectSound(edition(titles.join(' '), story(passages)));
});

const payloads = sharedPath('corpora/html-payloads.jsonl');
test
  .skipIf(payloads === undefined)
  .concurrent('every payload of a collection of attacks, cleaned', slow, () => {
    const texts = readFileSync(payloads ?? '', 'utf8')
      .split('\n')
      .filter((l) => l !== '');
    const passages = Array.from({ length: 100 }, (_, i) => {
      const html = cleanHtml(
        texts
          .filter((__, j) => j % 100 === i)
          .map(wordsOf)
          .join('\n<p>'),
      );
      return { ...passage(`p${i}`, ''), html };
    });
    return expectSound(edition('Attacks', story(passages)));
  });

function wordsOf(line: string): string {
  const payload: unknown = JSON.parse(line);
  if (typeof payload === 'string') return payload;
  return Object.values(payload ?? {})
    .filter((v) => typeof v === 'string')
    .join('\n');
}

test.concurrent.each([11, 12, 13])(
  'an Edition with something hostile in every field (%i)',
  slow,
  async (seed) => {
    for (const given of fc.sample(anyEdition, { numRuns: 1, seed })) await expectSound(given);
  },
);

test.concurrent('images that are what they say, others, broken ones, missing ones', slow, () => {
  const resources = [
    resource('image/png', png),
    resource('image/png', gif),
    resource('text/html', jpeg),
    resource('image/webp', webp),
    resource('image/png', png.subarray(0, 40)),
    resource('image/jpeg', jpeg.subarray(0, 30)),
    resource(
      'image/svg+xml',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>'),
    ),
    resource('image/png', Buffer.alloc(0)),
  ];
  const images = [...resources.map((r) => r.sha256), 'f'.repeat(64)];
  const html = cleanHtml(
    images
      .map((hash, i) => `<img src="resource:${hash}" alt="${i % 2 ? 'a "cat"' : ''}" width="9">`)
      .join(' '),
  );
  return expectSound(edition('Pictures', story([{ ...passage('p1', ''), html }]), { resources }));
});

test.concurrent('five hundred comments, two hundred deep, in every state', slow, () => {
  const states = ['shown', 'screened', 'frozen', 'deleted', 'hidden', 'collapsed'] as const;
  const comments = Array.from(
    { length: 500 },
    (_, i): Comment<CleanHtml> => ({
      id: `${i}`,
      parent: i === 0 || i > 200 ? (i % 3 === 0 ? null : `${i - 200 < 0 ? 0 : i - 200}`) : `${i - 1}`,
      author:
        [
          null,
          { kind: 'anonymous' as const },
          { kind: 'imported' as const, name: 'a_reader', site: 'livejournal.com' },
        ][i % 3] ?? null,
      posted: {
        written: null,
        local: '2006-05-28T12:47',
        instant: '2006-05-28T19:48:00Z',
        zone: null,
        precision: 'minute',
      },
      edited: null,
      subject: i % 4 === 0 ? 'Re: this' : null,
      html: cleanHtml(`Comment <i>${i}</i><a href="#x">y</a><a name="x">z</a>`),
      state: states[i % 6] ?? 'shown',
      about:
        i % 5 === 0
          ? { kind: 'branch', place: 'a', sigla: ['A', 'B'] }
          : { kind: 'words', key: 'a', quote: 'One', start: 0 },
      icon: null,
      importedFrom: null,
      source: null,
    }),
  );
  const divided = story([passage('a', 'One.'), passage('b', 'Two.'), passage('c', 'Three.')], {
    variantSets: [dividesAfter('a', 'b', 'c')],
  });
  return expectSound(edition('Talk', divided, { comments }));
});

test.concurrent.each([
  ['ar', 'المفتاحان', 'كان للباب قفلان.'],
  ['not a language', 'Words', 'Words.'],
])('a story in %s', slow, (language, title, words) => {
  const divided = story([passage('a', words), passage('b', words, { title }), passage('c', words)], {
    variantSets: [dividesAfter('a', 'b', 'c')],
  });
  const given = edition(title, divided);
  return expectSound({ ...given, work: { ...given.work, language } });
});

test.concurrent('a thousand passages, half a million words', slow, () => {
  const words = `${'It rained on the ferry and on the quay. '.repeat(6)}\n\n`.repeat(10);
  const passages = Array.from({ length: 1000 }, (_, i) => passage(`p${i}`, words, { title: `Chapter ${i}` }));
  const sets = Array.from({ length: 100 }, (_, i) =>
    dividesAfter(`p${i * 10}`, `p${i * 10 + 1}`, `p${i * 10 + 2}`),
  );
  return expectSound(edition('Long', story(passages, { variantSets: sets })));
});

test.concurrent('the demo works', slow, async () => {
  const folder = join(import.meta.dirname, '..', '..', 'demo');
  const decide = await readDecisionsFile(join(folder, 'decisions.json'), 'test', '2026-11-22T12:00:00Z');
  const files = (await listFiles([folder])).filter((f) => !/^(README\.md|decisions\.json)$/.test(f.shown));
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    const found = await loadFile(file);
    if (found.kind === 'unfit') throw new Error(found.reason);
    const { editions } = readFile(openFile(found.source, found.beside), decide(file.shown));
    expect(editions.length).toBeGreaterThan(0);
    for (const given of editions) await expectSound(given);
  }
});
