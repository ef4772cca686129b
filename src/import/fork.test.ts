import { describe, expect, test } from 'vitest';
import { Invalid } from '../errors.ts';
import { type Block, blocksOf, blockText } from '../html.ts';
import type { Decision } from '../model/remark.ts';
import { type Division, findFork } from './fork.ts';

function words(count: number, first: string): string {
  return `${first}${' and on'.repeat(Math.max(0, (count - 1) / 2))}.`;
}

const decide = (value: string): Decision => ({
  about: 'variantSets[0].place',
  value,
  by: 'ann',
  at: '2026-01-01T00:00:00Z',
});

function divide(html: string, ...decisions: readonly Decision[]): Division | undefined {
  return findFork({ file: 'page.html', blocks: blocksOf(html), decisions });
}

const textOf = (blocks: readonly Block[] | undefined): string => (blocks ?? []).map(blockText).join(' | ');

/** Four scenes of 40, 60, 30 and 30 words, then an alternative of 50. */
const unmarked = `<p>${words(40, 'One')}</p><hr><p>${words(60, 'Two')}</p><p>* * *</p><p>${words(30, 'Three')}</p><hr><p>${words(30, 'Four')}</p>
<p><b>Alternate ending:</b></p><p>${words(51, 'Other')}</p>`;

describe('when only the other ending is marked', () => {
  test('a place is proposed that leaves two endings of like length, and is undecided', () => {
    const fork = divide(unmarked);
    expect(textOf(fork?.branches[0]?.blocks)).toMatch(/^Three.*Four/);
    expect(fork?.branches.map((b) => b.label)).toEqual(['Ending', 'Alternate ending']);
    const place = fork?.remarks[0];
    expect(place).toMatchObject({ certainty: 'undecided', about: 'variantSets[0].place' });
    expect(place?.alternatives.map((a) => a.value)).toEqual(['2', '1', '3', 'none']);
    expect(place?.alternatives[0]?.label).toMatch(/^as proposed: Three and on/);
  });

  test('words that both endings begin with tell the place before their length does', () => {
    const html = `<p>${words(40, 'One')}</p><hr><p>${words(60, 'Two')}</p><p>At noon the ferry came in. Ann got off.</p><p>${words(9, 'Three')}</p><hr><p>${words(30, 'Four')}</p>
<p>Alternate ending:</p><p>At noon, the ferry came alongside, and nobody got off.</p><p>${words(30, 'Other')}</p>`;
    const fork = divide(html);
    expect(textOf(fork?.branches[0]?.blocks)).toMatch(/^At noon the ferry came in/);
    expect(fork?.remarks[0]).toMatchObject({
      certainty: 'undecided',
      message: expect.stringMatching(/after paragraph 1 of scene 2.*the same words/),
    });
    expect(textOf(divide(html, decide('2:1'))?.branches[0]?.blocks)).toMatch(/^At noon the ferry/);
  });

  test('a mark between scenes stays with the text before it', () => {
    expect(textOf(divide(unmarked)?.trunk)).toMatch(/\* \* \*$/);
  });

  test('a person moves the place', () => {
    const fork = divide(unmarked, decide('3'));
    expect(textOf(fork?.branches[0]?.blocks)).toMatch(/^Four/);
    expect(fork?.remarks[0]).toMatchObject({ certainty: 'decided', decidedBy: 'ann' });
  });

  test('a person names a paragraph of a scene, the very beginning, or says that nothing divides', () => {
    const html = `<p>${words(9, 'One')}</p><p>${words(9, 'Two')}</p><hr><p>${words(9, 'Three')}</p><p>Alternate ending:</p><p>${words(9, 'Other')}</p>`;
    expect(textOf(divide(html, decide('1:1'))?.branches[0]?.blocks)).toMatch(/^Two/);
    expect(divide(html, decide('0'))?.trunk).toEqual([]);
    expect(divide(html, decide('none'))).toBeUndefined();
  });

  test('a person says where the other ending begins, where nothing is marked or something else is', () => {
    const head = (value: string, branch = 1) => ({
      ...decide(value),
      about: `variantSets[0].branches[${branch}].head`,
    });
    const html = `<p>${words(9, 'One')}</p><hr><p>${words(9, 'Two')}</p><hr><p>${words(9, 'Three')}</p><hr><p>${words(9, 'Four')}</p>`;
    expect(divide(html)).toBeUndefined();
    const fork = divide(html, decide('1'), head('2'), head('3', 2));
    expect(fork?.branches.map((b) => [b.label, textOf(b.blocks)])).toEqual([
      ['Ending', expect.stringMatching(/^Two/)],
      ['Alternate ending', expect.stringMatching(/^Three/)],
      ['Ending 3', expect.stringMatching(/^Four/)],
    ]);
    expect(fork?.remarks.slice(0, 3).map((r) => [r.about, r.certainty])).toEqual([
      ['variantSets[0].place', 'decided'],
      ['variantSets[0].branches[1].head', 'decided'],
      ['variantSets[0].branches[2].head', 'decided'],
    ]);
    expect(divide(html, head('2'))?.remarks[0]?.certainty).toBe('undecided');
    expect(textOf(divide(unmarked, decide('1'), head('3'))?.branches[1]?.blocks)).toMatch(/^Four/);
    for (const wrong of [
      [head('9')],
      [head('0')],
      [head('2', 2)],
      [head('3'), head('2', 2)],
      [decide('3'), head('2')],
    ])
      expect(() => divide(html, ...wrong)).toThrow(Invalid);
  });

  test.each(['9', '1:7', '3', 'x', '-1', '1:0'])('the place %j, which is not there, is refused', (value) => {
    const html = `<p>${words(9, 'One')}</p><hr><p>${words(9, 'Two')}</p><p>Alternate ending:</p><p>${words(9, 'Other')}</p>`;
    expect(() => divide(html, decide(value))).toThrow(Invalid);
  });

  test('without scenes, a paragraph is proposed', () => {
    const html = `<p>${words(90, 'One')}</p><p>${words(30, 'Two')}</p><p>${words(30, 'Three')}</p><p>Alternate ending:</p><p>${words(31, 'Other')}</p>`;
    const fork = divide(html);
    expect(textOf(fork?.branches[0]?.blocks)).toMatch(/^Three/);
    expect(fork?.remarks[0]?.certainty).toBe('undecided');
    expect(fork?.remarks[0]?.alternatives.map((a) => a.value)).toEqual(['1:2', '1:1', 'none']);
  });

  test('another version as long as the whole shares nothing with it', () => {
    const html = `<p>${words(50, 'One')}</p><hr><p>${words(50, 'Two')}</p><h2>Version 2</h2><p>${words(95, 'Other')}</p>`;
    const fork = divide(html);
    expect(fork?.trunk).toEqual([]);
    expect(fork?.remarks[0]?.certainty).toBe('undecided');
  });

  test('an end mark alone is not proposed as an ending', () => {
    const html = `<p>${words(9, 'One')}</p><p>${words(9, 'Two')}</p><p>The End.</p><p>Deleted scene</p><p>Other.</p>`;
    expect(textOf(divide(html)?.branches[0]?.blocks)).toMatch(/^Two/);
  });

  test('several others stand side by side', () => {
    const fork = divide(`${unmarked}<p>Alternate ending 2</p><p>Yet another.</p>`);
    expect(fork?.branches.map((b) => b.label)).toEqual(['Ending', 'Alternate ending', 'Alternate ending 2']);
  });
});

describe('when every ending is marked', () => {
  test.each([
    ['Ending A:', 'Ending B:'],
    ['Ending 1', 'Ending 2'],
    ['Ending the First', 'Ending the Second'],
    ['Happy ending:', 'Sad ending:'],
    ['Option 1', 'Option 2'],
    ['Original ending', 'Rewritten ending'],
    ['First ending', 'The other ending'],
    ['Ending One: The Door', 'Ending Two: The Window'],
    ['Version 1', 'Version 2'],
    ['Концовка А', 'Концовка Б'],
    ['~*~ Happy Ending ~*~', '~*~ Unhappy Ending ~*~'],
  ])('%j and %j are read as they stand', (a, b) => {
    const fork = divide(`<p>Trunk.</p><p>${a}</p><p>This.</p><p><b>${b}</b></p><p>That.</p>`);
    expect(textOf(fork?.trunk)).toBe('Trunk.');
    expect(fork?.branches.map((x) => textOf(x.blocks))).toEqual(['This.', 'That.']);
    expect(fork?.branches[0]?.label).toBe(a.replace(/^~\*~ | ~\*~$|:$/g, ''));
    expect(fork?.remarks[0]).toMatchObject({ certainty: 'read', about: 'variantSets[0].place' });
  });

  test('a decision cannot move the place', () => {
    expect(() =>
      divide('<p>Trunk.</p><p>Ending A</p><p>This.</p><p>Ending B</p><p>That.</p>', decide('1')),
    ).toThrow(Invalid);
  });
});

describe('a marker', () => {
  test.each([
    'Alternate ending:',
    'Alternative ending',
    'Alt. ending',
    'ALTERNATE ENDING',
    '*** Alternate Ending ***',
    '[Alternate ending]',
    '--- The other ending ---',
    'Second ending',
    'Ending the Second',
    'Version 2',
    "Author's cut",
    'Author’s cut:',
    'Deleted scene',
    'Rewritten ending',
    'Alternate Happy Ending',
    'An alternate ending',
    'Alternate ending (for snuffer)',
    'Альтернативная концовка:',
    'Другой финал',
  ])('%j begins another ending', (marker) => {
    expect(
      divide(`<p>One and on.</p><hr><p>Two and on.</p><p>${marker}</p><p>Other.</p>`)?.branches,
    ).toHaveLength(2);
  });

  test('is a heading, or a bold label before the first words', () => {
    expect(divide('<p>One.</p><h3>Alternate ending: The Well</h3><p>Other.</p>')?.branches[1]?.label).toBe(
      'Alternate ending: The Well',
    );
    const inline = divide('<p>One.</p><p><b>Alternate ending:</b> <i>Other</i> words.</p>');
    expect(textOf(inline?.branches[1]?.blocks)).toBe('Other words.');
    expect(inline?.branches[1]?.blocks[0]?.lines[0]?.html).toBe('<i>Other</i> words.');
  });

  test('is followed by its text after a single line break', () => {
    expect(textOf(divide('<p>One.</p><p>Alternate ending:<br>Other words.</p>')?.branches[1]?.blocks)).toBe(
      'Other words.',
    );
  });

  test.each([
    'She had heard there was an alternate ending.',
    'Happy ending: that was what she wanted.',
    'The other ending, she said, was worse.',
    'Alternate ending? she said.',
    'The end',
    'The End.',
    'Ending',
    'A happy ending is a story that stops too soon',
    'Option 1 was to run.',
    '“Version 2”',
    'Chapter 2',
    'Part II',
    'I wrote this with two endings, see below for the other ending',
  ])('is not seen in %j', (prose) => {
    expect(divide(`<p>One and on.</p><hr><p>Two.</p><p>${prose}</p><p>Other.</p>`)).toBeUndefined();
  });

  test.each(['Ending A', 'Option 1', 'First ending'])('%j alone divides nothing', (marker) => {
    expect(divide(`<p>One.</p><p>${marker}</p><p>Other.</p>`)).toBeUndefined();
  });

  test('with nothing after it divides nothing', () => {
    expect(divide('<p>One.</p><p>Alternate ending:</p>')).toBeUndefined();
  });

  test('is quoted in a remark as it was written', () => {
    const quotes = divide('<p>One.</p><p>~~ Alternate ending: ~~</p><p>Other.</p>')?.remarks.map(
      (r) => r.quote,
    );
    expect(quotes).toContain('~~ Alternate ending: ~~');
  });
});

describe('links that lead to endings in the same text', () => {
  const list =
    '<p>It was dark.</p><p><a href="#joy">Click here for the happy ending</a> or <a href="#sad">go to the sad ending</a></p>';

  test('mark where each of them begins', () => {
    const fork = divide(
      `${list}<p><a name="joy">They</a> met.</p><p>And stayed.</p><p id="sad">They did not.</p>`,
    );
    expect(textOf(fork?.trunk)).toBe(
      'It was dark. | Click here for the happy ending or go to the sad ending',
    );
    expect(fork?.branches.map((b) => [b.label, textOf(b.blocks)])).toEqual([
      ['happy ending', 'They met. | And stayed.'],
      ['sad ending', 'They did not.'],
    ]);
    expect(fork?.remarks[0]?.certainty).toBe('read');
  });

  test.each([
    ['one alone', '<p>It was dark.</p><p><a href="#joy">The happy ending</a></p><p id="joy">They met.</p>'],
    [
      'places above',
      '<p id="joy">Dark.</p><p id="sad">Light.</p><p><a href="#joy">happy ending</a> <a href="#sad">sad ending</a></p>',
    ],
    [
      'notes',
      '<p>It was dark.<a href="#n1">1</a> So.<a href="#n2">2</a></p><p id="n1">A note.</p><p id="n2">Another.</p>',
    ],
  ])('are no fork when they lead to %s', (_, html) => {
    expect(divide(html)).toBeUndefined();
  });
});
