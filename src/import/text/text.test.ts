import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanHtml } from '../../html.ts';
import type { Edition } from '../../model/edition.ts';
import { checkEdition } from '../../model/validate.ts';
import { sharedPath } from '../../testing/shared.ts';
import { openFile } from '../open.ts';
import { findRemainder } from '../remainder.ts';
import { textImporter } from './index.ts';
import { nestByTime } from './thread.ts';

/** Reads a text, and holds it to what holds for every text: valid, clean, nothing left over. */
function read(text: string | Uint8Array, name = 'a.txt'): Edition {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const file = openFile({ path: name, bytes });
  const reading = textImporter.read(file, []);
  const [edition] = reading.editions;
  if (edition === undefined) throw new Error('a text gives one edition');
  checkEdition(edition);
  expect(findRemainder(file, reading)).toEqual([]);
  for (const { html } of [...edition.passages, ...edition.comments]) expect(cleanHtml(html)).toBe(html);
  return edition;
}

const htmlOf = (edition: Edition): string => edition.passages.map((p) => p.html).join('\n');

describe('paragraphs', () => {
  test('are parted by empty lines, scenes by more of them', () => {
    expect(htmlOf(read('One.\n\nTwo.\n\nThree.\n\n\nFour.'))).toBe(
      '<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>\n<hr/>\n<p>Four.</p>',
    );
  });

  test.each(['\r\n', '\r', '\n', '\u0085', '\u2028'])('are found with lines ended by %j', (end) => {
    expect(htmlOf(read(['One.', '', 'Two.', '', 'Three.'].join(end)))).toBe(
      '<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>',
    );
  });

  test('parted by two empty lines throughout are no scenes', () => {
    expect(htmlOf(read('One.\n\n\nTwo.\n\n\nThree.\n\n\n\nFour.'))).toBe(
      '<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>\n<hr/>\n<p>Four.</p>',
    );
  });

  test('keep lines that people broke', () => {
    expect(htmlOf(read('Dear Ann,\n\nCome home.\nBring oil.\n\nBea'))).toBe(
      '<p>Dear Ann,</p>\n<p>Come home.<br/>Bring oil.</p>\n<p>Bea</p>',
    );
  });

  test('are joined where a machine broke their lines', () => {
    const words =
      'the lamp was lit and the ferry came along the beam to the quay with nobody on it but the cat'.split(
        ' ',
      );
    const wrapped = wrap([...words, ...words, ...words], 60);
    expect(wrapped.length).toBeGreaterThan(4);
    const edition = read(`${wrapped.join('\n')}\n\nThe oil is low,\nthe night is long.\n\nShe slept.`);
    expect(htmlOf(edition)).toBe(
      `<p>${[...words, ...words, ...words].join(' ')}</p>\n<p>The oil is low,<br/>the night is long.</p>\n<p>She slept.</p>`,
    );
  });

  test('may be a line each', () => {
    const long =
      'The lamp was lit and the ferry came along the beam to the quay, with nobody on board but one grey cat and a great deal of string.';
    expect(htmlOf(read(`${long}\n${long}\n${long}\n${long}\n\n${long}\n${long}`))).toBe(
      `${[long, long, long, long].map((l) => `<p>${l}</p>`).join('\n')}\n<hr/>\n<p>${long}</p>\n<p>${long}</p>`,
    );
  });

  test('are the lines that a typewriter set in', () => {
    const long = 'The lamp was lit and the ferry came along the beam to the quay.';
    expect(htmlOf(read(`\t${long}\n\t“Who?”\n\t${long}`))).toBe(
      `<p>${long}</p>\n<p>“Who?”</p>\n<p>${long}</p>`,
    );
  });

  test('hold quotes, signs and spaces of every kind', () => {
    expect(htmlOf(read("\t“It’s” 'so'…\u00a0...\tyes & <b>no</b>\u0007.\n\n\fNext."))).toBe(
      "<p>“It’s” 'so'…\u00a0... yes &amp; &lt;b&gt;no&lt;/b&gt;.</p>\n<p>Next.</p>",
    );
  });
});

function wrap(words: readonly string[], column: number): readonly string[] {
  const lines = [''];
  for (const word of words) {
    const last = lines.at(-1) ?? '';
    if (last.length + 1 + word.length > column) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}

describe('a journal copy', () => {
  test('without a subject begins with its date', () => {
    const edition = read('2006-05-28 12:47 pm\nTitle: Oil\nRating: G\n\nIt was dark.');
    expect(edition.work).toMatchObject({
      title: 'Oil',
      posted: { local: '2006-05-28T12:47', instant: null },
    });
  });

  test('without a date is known by the tag in its subject', () => {
    expect(read('[FIC] Oil (1/2)\n\nIt was dark.').work).toMatchObject({
      title: 'Oil',
      series: { part: 1, of: 2 },
    });
  });

  test('leaves a day without a time to the story: it may be a diary', () => {
    const edition = read('The Diary\n\n3 May 1897\n\nLeft at eight.');
    expect(edition.work).toMatchObject({ title: 'The Diary', posted: null });
    expect(htmlOf(edition)).toContain('3 May 1897');
  });

  test('takes a date followed by words for prose', () => {
    const edition = read(
      'Fic: Oil\n2006-05-28 12:47 pm\n\nOne.\n\n2006-05-28 01:47 pm (UTC) was the hour.\n\nTwo.',
    );
    expect(edition.comments).toEqual([]);
  });

  test('parts comments at every stamp and puts site links aside', () => {
    const edition = read(
      'Fic: Oil\n2006-05-28 12:47 pm\n\nOne.\n\n2006-05-28 01:47 pm (UTC)\nGood!\n(Reply) (Thread)\nMay 28th, 2006 02:47 pm (UTC)\n\nAh.\n\n\nOh.',
    );
    expect(edition.comments.map((c) => c.html)).toEqual(['<p>Good!</p>', '<p>Ah.</p>\n<p>Oh.</p>']);
    expect(edition.comments.map((c) => c.author)).toEqual([null, null]);
  });

  test('of the site scheme has a link behind each time', () => {
    const edition = read('Fic: Oil\n@ 2006-05-28 12:47:00\n\nOne.\n\n2006-05-28 02:47 pm UTC (link)\nSad!');
    expect(edition.comments[0]).toMatchObject({
      posted: { written: '2006-05-28 02:47 pm UTC' },
      html: '<p>Sad!</p>',
    });
  });

  test('with a comment of no words keeps it', () => {
    expect(read('Fic: Oil\n2006-05-28 12:47 pm\n\nOne.\n\n2006-05-28 01:47 pm (UTC)').comments).toHaveLength(
      1,
    );
  });

  test('saved by someone signed in has times without a zone', () => {
    const edition = read(
      'Fic: Oil\n\nOne.\n\n2006-05-28 01:47 pm (local)\nGood!\n\n2006-05-28 03:47 pm (local)\nMm.\n\n2006-05-28 02:47 pm (local)\nYes.',
    );
    expect(edition.comments.map((c) => [c.parent, c.posted?.zone, c.posted?.instant])).toEqual([
      [null, null, null],
      ['c1', null, null],
      [null, null, null],
    ]);
  });

  test('whose date can be read in two ways asks', () => {
    const { remarks } = read('Fic: Oil\n5/6/06 12:47 pm\n\nOne.');
    expect(remarks.find((r) => r.about === 'work.posted')).toMatchObject({ certainty: 'undecided' });
  });
});

describe('a title', () => {
  test.each([
    ['It was dark.\n\nIt was light.', null],
    ['“It was dark”\n\nIt was light.', null],
    ['Chapter 1\n\nIt was light.', null],
    ['Oil\n\nIt was light.', 'Oil'],
    ['Oil\n\nby wick\n\nIt was light.', 'Oil'],
    ['THE OIL\nby\nWick Tallow\n\nIt was light.', 'THE OIL'],
    ['Oil', null],
  ])('of %j is %j', (text, title) => {
    expect(read(text).work.title).toBe(title);
  });

  test('that is not in the file is asked for', () => {
    const { remarks } = read('It was dark.\n\nIt was light.', 'the-oil.txt');
    expect(remarks.find((r) => r.about === 'work.title')).toMatchObject({
      certainty: 'undecided',
      alternatives: [{ value: 'the-oil', label: 'the name of the file' }],
    });
  });
});

describe('a book of Project Gutenberg', () => {
  test('without a START line begins after what is said of it', () => {
    const edition = read(
      "Project Gutenberg's The Oil, by A. Wick\n\nTitle: The Oil\n\nAuthor: A. Wick\n\nCharacter set encoding: UTF-8\n\nProduced by Nobody.\n\n\nIt was dark.\n\nEnd of Project Gutenberg's The Oil\n\nLicence.",
    );
    expect(edition.work).toMatchObject({ title: 'The Oil', creators: [{ name: 'A. Wick' }] });
    expect(htmlOf(edition)).toBe('<p>It was dark.</p>');
  });
});

describe('nesting by time', () => {
  test.each([
    [
      [1, 2, 3],
      [null, null, null],
    ],
    [
      [1, 3, 2],
      [null, 0, null],
    ],
    [
      [1, 5, 6, 2],
      [null, 0, 0, null],
    ],
    [
      [1, 5, 9, 6, 2],
      [null, 0, 1, 0, null],
    ],
    [
      [1, 1, 1],
      [null, null, null],
    ],
    [
      [3, 2, 1],
      [null, 0, null],
    ],
    [[], []],
    [[7], [null]],
  ])('of times %j is %j', (times, parents) => {
    expect(nestByTime(times.map((t) => `2006-05-28T00:0${t}:00Z`))).toEqual(parents);
  });

  test('is a tree in page order in which nothing answers what came later', () => {
    const moments = fc.array(
      fc.option(fc.integer({ min: 0, max: 40 }).map((n) => String(n).padStart(2, '0'))),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(moments, (times) => {
        for (const [i, parent] of nestByTime(times).entries())
          expect(parent === null || parent < i).toBe(true);
      }),
    );
  });

  /** Random threads as a site prints them: replies under their parent, siblings in order of time. */
  const thread = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 })), { maxLength: 30 }).map((picks) => {
    const parents = picks.map(([pick], i) =>
      pick % (i + 2) === 0 ? null : pick % (i + 1) === i ? null : pick % (i + 1),
    );
    const order: number[] = [];
    const visit = (parent: number | null): void => {
      for (const [i, p] of parents.entries()) {
        if (p !== parent) continue;
        order.push(i);
        visit(i);
      }
    };
    visit(null);
    return { parents, order };
  });

  test('never calls a comment of the first rank a reply', () => {
    fc.assert(
      fc.property(thread, ({ parents, order }) => {
        const nested = nestByTime(order.map((time) => String(time).padStart(3, '0')));
        for (const [place, time] of order.entries()) {
          if (parents[time] === null) expect(nested[place]).toBeNull();
        }
      }),
    );
  });
});

const samples = [
  'gutenberg/396.txt',
  'headers/otw_story_parser_stub_utf8.txt',
  'great-expectations/ending-B_published.txt',
];

describe.each(samples)('the sample %s', (name) => {
  const path = sharedPath(`samples/${name}`);

  test.skipIf(path === undefined)('is read whole (skipped where the samples are not there)', () => {
    const edition = read(readFileSync(path ?? ''), name);
    expect(edition.passages.at(-1)?.ending).toBe(true);
    expect(edition.comments).toEqual([]);
  });
});

test('any text can be read', () => {
  const line = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom(
      '',
      '',
      'Title: x',
      'Alternate ending:',
      'Chapter 1',
      '* * *',
      '2006-05-28 01:47 pm (UTC)',
      'Ending A',
      'Ending B',
      'by x',
      '(Reply) (Thread)',
    ),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const text = lines.join('\n').toWellFormed();
      fc.pre(text.trim() !== '' && !/<(?:html|head|body|div|table|p|article|td)\b/i.test(text));
      read(text);
    }),
    { numRuns: 300 },
  );
});
