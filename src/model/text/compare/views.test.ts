import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edit, move, paragraphs, seeded, story } from '../../../testing/versions.ts';
import { compareWords } from '../compare.ts';
import { tokens } from './tokens.ts';
import { inOneText, type Paragraph, sideBySide } from './views.ts';

const SIGNS = { same: '', deleted: '-', inserted: '+', left: '<', arrived: '>' };

/** Paragraphs as lines, `[+ new]` for a run that is not the same, `+¶` before a paragraph whose break is new. */
function lines(paragraphs: readonly Paragraph[]): string[] {
  return paragraphs.map(({ opened, runs }) => {
    const told = runs.map(({ kind, text }) => (kind === 'same' ? text : `[${SIGNS[kind]}${text}]`)).join('');
    return opened === 'same' ? told : `${SIGNS[opened]}¶${told}`;
  });
}

function views(a: readonly string[], b: readonly string[]) {
  const [from, to] = [tokens(a), tokens(b)];
  const comparison = compareWords(from, to);
  return { rows: sideBySide(from, to, comparison), one: inOneText(from, to, comparison) };
}

const before = ['They all met at the gate. Tom said he would go.', 'The light faded.'];
const after = ['They all met at the gate.', 'Tom said he would stay.', 'The light faded.'];

test('rows begin where both texts begin a paragraph', () => {
  const { rows } = views(before, after);
  expect(rows.map((row) => [lines(row.a), lines(row.b)])).toEqual([
    [
      ['They all met at the gate. Tom said he would[- go].'],
      ['They all met at the gate.', '+¶Tom said he would[+ stay].'],
    ],
    [['The light faded.'], ['The light faded.']],
  ]);
});

test('one text keeps what was before what is, and new breaks', () => {
  expect(lines(views(before, after).one)).toEqual([
    'They all met at the gate.',
    '+¶Tom said he would[- go][+ stay].',
    'The light faded.',
  ]);
});

test('words that no longer open the paragraph keep apart from those that do', () => {
  expect(lines(views(['The cat sat. The cat ran.'], ['The cat ran.']).one)).toEqual([
    '[-The cat sat.] The cat ran.',
  ]);
});

test('a moved passage stands at both places with its number, and names the words edited on the way', () => {
  const passage = 'The lamp was lit before the others came down.';
  const rest = 'Nobody spoke of the letter that lay on the table all that evening.';
  const { rows, one } = views([passage, rest], [rest, passage.replace('lit', 'out')]);
  expect(lines(one)).toEqual([
    '[<The lamp was][- lit][< before the others came down.]',
    `-¶${rest}`,
    '+¶[>The lamp was][+ out][> before the others came down.]',
  ]);
  expect(one.flatMap(({ runs }) => runs.map((run) => run.passage))).toEqual([1, 1, 1, undefined, 1, 1, 1]);
  expect(rows.flatMap((row) => lines(row.b))).toEqual([
    rest,
    '+¶[>The lamp was][+ out][> before the others came down.]',
  ]);
});

test('each side of the rows is the whole of its text, paragraph by paragraph', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = seeded(seed);
      const written = story(random, 500);
      const a = paragraphs(written);
      const b = paragraphs(edit(random, move(random, written, 3).after, 0.1));
      const { rows } = views(a, b);
      const plain = (side: readonly Paragraph[]) =>
        side.map(({ runs }) => runs.map((run) => run.text).join(''));
      expect(rows.flatMap((row) => plain(row.a))).toEqual(a);
      expect(rows.flatMap((row) => plain(row.b))).toEqual(b);
    }),
    { numRuns: 50 },
  );
});
