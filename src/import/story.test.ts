import { describe, expect, test } from 'vitest';
import { Invalid } from '../errors.ts';
import { blocksOf, cleanHtml, paragraph, textOfHtml } from '../html.ts';
import { readDate } from './dates.ts';
import { type ReadStory, readStory, type StoryText } from './story.ts';

function read(html: string, more: Partial<StoryText> = {}): ReadStory {
  return readStory({
    file: 'a.html',
    subject: null,
    blocks: blocksOf(html),
    posted: null,
    decisions: [],
    ...more,
  });
}

const shape = (reading: ReadStory): unknown =>
  reading.story.passages.map((p) => [p.key, p.title, p.html, p.ending]);

describe('a text', () => {
  test('without chapters or endings is one passage', () => {
    const reading = read('<p>Title: Oil<br>Rating: G</p><p>It <i>was</i> dark.</p><hr><p>It was light.</p>');
    expect(shape(reading)).toEqual([
      ['p1', null, '<p>It <i>was</i> dark.</p>\n<hr/>\n<p>It was light.</p>', true],
    ]);
    expect(reading.story.passages[0]?.words).toBe(6);
  });

  test('with chapter headings has a passage for each', () => {
    const reading = read(
      '<p>Before.</p><p><b>Chapter 1</b></p><p>One.</p><h3>Chapter Two: The Lamp</h3><p>Two.</p><p>Epilogue</p><p>Three.</p>',
    );
    expect(shape(reading)).toEqual([
      ['p1', null, '<p>Before.</p>', false],
      ['p2', 'Chapter 1', '<p>One.</p>', false],
      ['p3', 'Chapter Two: The Lamp', '<p>Two.</p>', false],
      ['p4', 'Epilogue', '<p>Three.</p>', true],
    ]);
  });

  test('keeps headings without words, as of contents, in its text', () => {
    const reading = read(
      '<p>Chapter 1</p><p>Chapter 2</p><h2>Part I</h2><h3>Chapter 1</h3><p>One.</p><h3>Chapter 2</h3><p>Two.</p>',
    );
    expect(shape(reading)).toEqual([
      ['p1', 'Chapter 1', '<p>Chapter 1</p>\n<p>Chapter 2</p>\n<h2>Part I</h2>\n<p>One.</p>', false],
      ['p2', 'Chapter 2', '<p>Two.</p>', true],
    ]);
  });

  test.each([
    'Part of me wanted to go.',
    'Chapter 3 was dull.',
    'Prologue to a disaster, she thought',
    'Act one: cry. Act two: run.',
    'Chapter and verse',
  ])('is not cut at prose such as %j', (prose) => {
    expect(read(`<p>One.</p><p>${prose}</p><p>Two.</p>`).story.passages).toHaveLength(1);
  });

  test('that divides has a trunk, branches and endings', () => {
    const reading = read('<p>Trunk.</p><p>Ending A:</p><p>This.</p><p>Ending B:</p><p>That.</p>');
    expect(shape(reading)).toEqual([
      ['p1', null, '<p>Trunk.</p>', false],
      ['p2', null, '<p>This.</p>', true],
      ['p3', null, '<p>That.</p>', true],
    ]);
    expect(reading.story.variantSets).toEqual([
      {
        place: 'p1',
        branches: [
          { siglum: 'A', label: 'Ending A', head: 'p2' },
          { siglum: 'B', label: 'Ending B', head: 'p3' },
        ],
      },
    ]);
  });

  test('may divide after chapters, and where a chapter begins', () => {
    const reading = read(
      '<h3>Chapter 1</h3><p>One one one one.</p><h3>Chapter 2</h3><p>Two two.</p><p>Alternate ending:</p><p>Other two.</p>',
    );
    expect(shape(reading)).toEqual([
      ['p1', 'Chapter 1', '<p>One one one one.</p>', false],
      ['p2', 'Chapter 2', '<p>Two two.</p>', true],
      ['p3', null, '<p>Other two.</p>', true],
    ]);
  });

  test('says in its last line whether it is complete', () => {
    expect(read('<p>One.</p><p>The End</p>').header.complete).toBe(true);
    expect(read('<p>One.</p><p>~fin~</p>').header.complete).toBe(true);
    expect(read('<p>One.</p><p>TBC…</p>').header.complete).toBe(false);
    expect(read('<p>One.</p><p>That was the end.</p>').header.complete).toBeNull();
    expect(read('<p>One.</p><p>The End</p>', { subject: 'Fic: Oil (1/3)' }).header.complete).toBeNull();
  });

  test('keeps the date of its page before one in its header', () => {
    const posted = readDate('28th-May-2006 12:47 pm')?.date ?? null;
    const reading = read('<p>Title: Oil<br>Date: 5/6/06</p><p>One.</p>', { posted });
    expect(reading.header.posted).toEqual(posted);
    expect(reading.remarks.map((r) => r.certainty)).not.toContain('undecided');
  });

  test('gives clean passages wherever it was cut', () => {
    const html =
      '<p>Title: Oil<br>* * *<br><b>Rating: R<br>It <i>was</i></b> dark.</p><p>Ending A:<br>***</p><p>x</p><p><b>Ending B:</b> <i>y</i></p>';
    for (const { html: text } of read(html).story.passages) expect(cleanHtml(text)).toBe(text);
  });
});

test('parts that a text sends its readers to in words are led to by choices', () => {
  const blocks = [
    'Part 1',
    'A door.',
    'If you open it, go to part 2. If you leave, go to part 3.',
    'Part 2',
    'Dust.',
    'Part 3',
    'Rain.',
  ];
  const { story, remarks } = readStory({
    file: 'a.txt',
    subject: null,
    blocks: blocks.map((line) => paragraph([line])),
    posted: null,
    decisions: [],
  });
  expect(story.choices.map((c) => [c.from, c.to])).toEqual([
    ['p1', 'p2'],
    ['p1', 'p3'],
  ]);
  expect(story.passages.map((p) => p.ending)).toEqual([false, true, true]);
  expect(remarks.some((r) => r.about === 'choices' && r.certainty === 'inferred')).toBe(true);
});

describe('a decision about the passages', () => {
  const html =
    '<p>Before.</p><h3>Chapter 1</h3><p>One.</p><p>Two.</p><hr><p>Three.</p><h3>Chapter 2</h3><p>Four.</p>';
  const decide = (value: string, about = 'passages') => ({
    decisions: [{ about, value, by: 'ann', at: '2026-01-01T00:00:00Z' }],
  });
  const titles = (value: string): unknown =>
    read(html, decide(value)).story.passages.map((p) => [p.key, p.title, textOfHtml(p.html)]);

  test('names all the places where passages begin: others join, and new ones part', () => {
    expect(titles('1 2')).toEqual([
      ['p1', null, 'Before.'],
      ['p2', 'Chapter 1', 'One.\n\nTwo.'],
      ['p3', null, 'Three.\n\nChapter 2\n\nFour.'],
    ]);
    expect(titles('2:2')).toEqual([
      ['p1', null, 'Before.\n\nChapter 1\n\nOne.'],
      ['p2', null, 'Two.\n\n\n\nThree.\n\nChapter 2\n\nFour.'],
    ]);
    expect(titles('none')).toHaveLength(1);
  });

  test('is said to be decided, and the places to choose among say where passages begin', () => {
    const reading = read(html, decide('1 2'));
    expect(reading.remarks.at(-1)).toMatchObject({ certainty: 'decided', about: 'passages' });
    expect(reading.places.map((p) => [p.value, p.begins, p.words])).toEqual([
      ['1', true, 'Chapter 1'],
      ['2:1', false, 'One.'],
      ['2:2', false, 'Two.'],
      ['2', true, 'Three.'],
      ['3', false, 'Chapter 2'],
      ['4:1', false, 'Four.'],
    ]);
    expect(read(html).places.flatMap((p) => (p.begins ? [p.value] : []))).toEqual(['1', '3']);
  });

  test.each(['9', '1:9', 'x'])('that names the place %j, which is not there, is refused', (value) => {
    expect(() => titles(value)).toThrow(Invalid);
  });

  test('that nothing divides is decided, not lost', () => {
    const reading = read(html, decide('none', 'variantSets[0].place'));
    expect(reading.remarks.map((r) => [r.about, r.certainty])).toContainEqual([
      'variantSets[0].place',
      'decided',
    ]);
  });
});
