import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Unreadable } from '../../errors.ts';
import { cleanHtml } from '../../html.ts';
import type { Edition } from '../../model/edition.ts';
import { StoryGraph } from '../../model/graph/graph.ts';
import { checkEdition } from '../../model/validate.ts';
import { sharedPath } from '../../testing/shared.ts';
import { openFile } from '../open.ts';
import { findRemainder } from '../remainder.ts';
import { markdownImporter } from './index.ts';

/** Reads a text and holds it to what holds for every text: valid, and clean. */
function read(text: string, name = 'a.md'): Edition & { readonly left: readonly string[] } {
  const file = openFile({ path: name, bytes: new TextEncoder().encode(text) });
  const reading = markdownImporter.read(file, []);
  const [edition] = reading.editions;
  if (edition === undefined) throw new Error('a text gives one edition');
  checkEdition(edition);
  for (const { html } of edition.passages) expect(cleanHtml(html)).toBe(html);
  return { ...edition, left: findRemainder(file, reading).map((l) => l.text) };
}

const outline = (edition: Edition): unknown => edition.passages.map((p) => [p.key, p.title, p.ending]);

describe('fixtures', () => {
  const folder = `${import.meta.dirname}/fixtures`;
  test.each(readdirSync(folder))('%s leaves nothing over', (name) => {
    expect(read(readFileSync(`${folder}/${name}/input.md`, 'utf8')).left).toEqual([]);
  });
});

describe('a file without signs', () => {
  test.each([
    ['One.\n\nTwo.', [['p1', null, true]]],
    ['# Oil\n\nOne.', [['p1', null, true]]],
    [
      '# One\n\nA.\n\n# Two\n\nB.',
      [
        ['p1', 'One', false],
        ['p2', 'Two', true],
      ],
    ],
    [
      '# Oil\n\n### One\n\nA.\n\n### Two\n\nB.',
      [
        ['p1', 'One', false],
        ['p2', 'Two', true],
      ],
    ],
    [
      '# Oil\n\nBefore.\n\n## One\n\nA.\n\n### In it\n\nB.',
      [
        ['p1', null, false],
        ['p2', 'One', true],
      ],
    ],
    [
      'One.\n\nTwo\n---\n\nB.',
      [
        ['p1', null, false],
        ['p2', 'Two', true],
      ],
    ],
    ['---\nOne.\n\n---\n\nTwo.', [['p1', null, true]]],
    ['```\n## no heading {#a}\n```\n\nText.', [['p1', null, true]]],
    ['## One {.unnumbered}\n\nA.', [['p1', 'One {.unnumbered}', true]]],
    [
      'Trunk.\n\n**Ending A:**\n\nA.\n\n**Ending B:**\n\nB.',
      [
        ['p1', null, false],
        ['p2', null, true],
        ['p3', null, true],
      ],
    ],
  ])('%j has passages', (text, expected) => {
    const edition = read(text);
    expect(outline(edition)).toEqual(expected);
    expect(edition.left).toEqual([]);
  });

  test('takes its title from the first heading, from front matter first', () => {
    expect(read('# Oil\n\nOne.').work.title).toBe('Oil');
    expect(read('---\ntitle: Lamp\n---\n# Oil\n\nOne.').work).toMatchObject({
      title: 'Lamp',
      asWritten: [
        { label: '', value: 'Oil' },
        { label: 'title', value: 'Lamp' },
      ],
    });
    expect(read('One.', 'the-oil.md').remarks.find((r) => r.about === 'work.title')).toMatchObject({
      certainty: 'undecided',
      alternatives: [{ value: 'the-oil' }],
    });
  });

  test('knows the lines of its header', () => {
    const { remarks } = read('# Oil\n\n\n**Author:** wick\n\n**Rating:** high\n\nOne.');
    expect(remarks.find((r) => r.about === 'work.creators')?.where?.line).toBe(4);
    expect(remarks.find((r) => r.about === 'work.rating')?.where?.line).toBe(6);
  });
});

describe('front matter', () => {
  const front = (yaml: string): Edition => read(`---\n${yaml}\n---\n\nOne.`);

  test('that is no YAML is kept as it was written', () => {
    const edition = read('---\ntitle: a: b: [\n---\n\nOne.');
    expect(edition.work.asWritten).toEqual([{ label: '', value: 'title: a: b: [' }]);
    expect(edition.left).toEqual([]);
  });

  test('that would grow without bounds is kept as it was written', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi'].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`).join('\n')}`;
    expect(front(bomb).work.asWritten).toHaveLength(9);
  });

  test('gives the header as written, or none', () => {
    expect(front("title: Oil\nas-written:\n  - Title: Oil\n  - '': by wick").work.asWritten).toEqual([
      { label: 'Title', value: 'Oil' },
      { label: '', value: 'by wick' },
    ]);
    expect(front('title: Oil\nas-written: []').work.asWritten).toEqual([]);
  });

  test('keeps what it does not know, and what looks like another type', () => {
    expect(front('title: 1984\nmood: {a: b}\nversion: 0.31').work).toMatchObject({
      title: '1984',
      asWritten: [
        { label: 'title', value: '1984' },
        { label: 'mood', value: 'a: b' },
        { label: 'version', value: '0.31' },
      ],
    });
  });

  test.each([
    ['posted: 5/6/06', 'posted', { written: '5/6/06', local: null }],
    [
      'posted: {written: Whitsun, local: 2006-05-28T12:47, instant: 2006-05-28T19:47:00Z}',
      'posted',
      {
        written: 'Whitsun',
        local: '2006-05-28T12:47',
        instant: '2006-05-28T19:47:00Z',
        zone: null,
        precision: 'minute',
      },
    ],
    ['complete: no', 'complete', false],
    ['language: Deutsch', 'language', 'de'],
    [
      'warnings: [Major Character Death, Underage Sex]',
      'warnings',
      ['Major Character Death', 'Underage Sex'],
    ],
    ['categories: Gen', 'categories', ['Gen']],
    ['authors: the Commodore', 'creators', [{ name: 'the Commodore', role: 'author', site: null }]],
    ['series: Lamps (2/3)', 'series', { name: 'Lamps', part: 2, of: 3 }],
    ['notes: |\n  One.\n\n  Two.', 'notes', '<p>One.</p>\n<p>Two.</p>'],
    ['fandoms: [A/B]', 'fandoms', ['A/B']],
    ['fandoms: A/B', 'fandoms', ['A', 'B']],
  ])('%j', (yaml, field, value) => {
    expect(front(yaml).work).toMatchObject({ [field]: value });
  });
});

describe('the dialect', () => {
  test('makes choices only of lists of links to passages', () => {
    const lists = [
      '- [A](#a)\n- text',
      '- [A](#a) and more',
      '- [A](#nowhere)',
      '- [A](https://a.example/)',
      '- [A](#a)\n\nAfter.',
      '- [A](#a){when=x}',
    ];
    for (const list of lists) expect(read(`## A {#a}\n\nOne.\n\n${list}`).choices).toEqual([]);
    expect(read('## A {#a}\n\nOne.\n\n1. [A *b*](#a)').choices).toEqual([
      { from: 'a', to: 'a', label: 'A b', showIf: [] },
    ]);
  });

  test('gives the set of a variant without `of` by what stands before it', () => {
    const { variantSets } = read(
      '## T {#t}\n\n## A {.variant .ending}\n\n## B {.variant}\n\n## More {.ending}\n\n## C {.variant .ending}\n',
    );
    expect(variantSets).toEqual([
      {
        place: 't',
        branches: [
          { siglum: 'A', label: 'A', head: 'p1' },
          { siglum: 'B', label: 'B', head: 'p2' },
          { siglum: 'C', label: 'C', head: 'p4' },
        ],
      },
    ]);
  });

  test('leads on within a branch and not into the next', () => {
    const graph = new StoryGraph(
      read('## T {#t}\n\n## A {#a .variant of=t}\n\n## A2 {#a2}\n\n## B {#b .variant of=t .ending}'),
    );
    expect(graph.onward('t').kind).toBe('divides');
    expect(graph.onward('a')).toEqual({ kind: 'next', to: 'a2' });
    expect(graph.onward('a2')).toEqual({ kind: 'end' });
  });

  test('says which keys, variants and conditions it could not keep', () => {
    const edition = read(
      '## A {#a}\n\n- [x](#a){if=visited:gone}\n\n## B {#a}\n\n## C {#Über}\n\n## D {#d .variant of=nowhere}\n\n## E {#e .variant of=a}',
    );
    expect(edition.remarks.filter((r) => r.certainty === 'lost').map((r) => r.about)).toEqual([
      'passages.key',
      'choices.showIf',
      'variantSets',
      'variantSets',
    ]);
    expect(edition.left).toEqual([]);
  });

  test('leaves headings to the text where they say so', () => {
    const [passage] = read('## A {#a}\n\n## Sign {.text}\n\nOne.\n\n### Deep\n').passages;
    expect(passage?.html).toBe('<h2>Sign</h2>\n<p>One.</p>\n<h3>Deep</h3>');
  });

  test('lets a title end in braces', () => {
    expect(outline(read('## A \\{#a}\n\nOne.\n\n## B {#b}\n\nTwo.'))).toEqual([
      ['p1', 'A {#a}', false],
      ['b', 'B', true],
    ]);
  });
});

describe('the examples of the CommonMark specification', () => {
  const path = sharedPath('corpora/commonmark/spec.txt');
  const examples =
    path === undefined
      ? []
      : [...readFileSync(path, 'utf8').matchAll(/^`{32} example\n([\s\S]*?)^\.\n/gm)].map((m) =>
          (m[1] ?? '').replaceAll('→', '\t'),
        );

  test.skipIf(path === undefined)('are all read (skipped where the corpora are not there)', () => {
    expect(examples).toHaveLength(655);
    for (const example of examples)
      if (example.trim() !== '') expect(read(example).passages.length).toBeGreaterThan(0);
  });
});

test('any lines can be read', () => {
  const line = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom(
      '',
      '',
      '---',
      '# A',
      '## B {#b}',
      '## C {.variant of=b}',
      '## {#b .variant}',
      '- [x](#b)',
      '- [x](#b){if=y}',
      'title: x',
      '> q',
      '***',
      '```',
      '<div>',
      '| a | b |',
      '|---|---|',
      '[^1]',
      '[^1]: note',
      'Ending A',
      'Ending B',
    ),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 15 }), (lines) => {
      fc.pre(lines.join('').trim() !== '');
      read(lines.join('\n'));
    }),
    { numRuns: 200 },
  );
});

test('footnotes stand under the chapter they belong to, and links between passages are let go', () => {
  const edition = read(
    '# Oil\n\n## One\n\nA.[^1] See [below](#x).\n\n## Two\n\n<a id="x"></a>B.\n\n[^1]: Note.',
  );
  expect(edition.passages[0]?.html).toMatch(/Note\./);
  expect(edition.passages[1]?.html).toBe('<p>B.</p>');
});

test('words cut by signs are accounted for', () => {
  expect(read('*Un*usual `lamp`s and [oil](https://a.example/)y.').left).toEqual([]);
});

test.each(['>'.repeat(3000), `${' '.repeat(400)}- a`, '- '.repeat(500)])(
  'a text nested too deep is refused (%#)',
  (text) => {
    expect(() => read(text)).toThrow(Unreadable);
  },
);
