import { expect, test } from 'vitest';
import { compareWords } from '../compare.ts';
import { apparatus, summarise } from './apparatus.ts';
import { tokens } from './tokens.ts';

function compared<Result>(
  a: readonly string[],
  b: readonly string[],
  view: (...of: Parameters<typeof apparatus>) => Result,
): Result {
  const [from, to] = [tokens(a), tokens(b)];
  return view(from, to, compareWords(from, to));
}

test('each variant has its paragraph, its lemma and its reading', () => {
  const a = ['We met at the gate.', 'The old dog slept by the fire, and nobody dared to wake him up.'];
  const b = ['We met late at the gate.', 'The old cat slept by the fire, and nobody dared to wake him.'];
  expect(compared(a, b, apparatus)).toEqual([
    { kind: 'added', paragraph: 1, lemma: 'met', reading: 'late' },
    { kind: 'replaced', paragraph: 2, lemma: 'dog', reading: 'cat' },
    { kind: 'omitted', paragraph: 2, lemma: 'up', reading: '' },
  ]);
});

test('a paragraph added is one variant, its break shown', () => {
  expect(compared(['One.', 'Three.'], ['One.', 'Two and a half.', 'Three.'], apparatus)).toEqual([
    { kind: 'added', paragraph: 1, lemma: 'One.', reading: '¶ Two and a half.' },
  ]);
});

test('a move is one variant that names both paragraphs', () => {
  const passage = 'The lamp was lit before the others came down.';
  const rest = [
    'Nobody spoke of the letter that lay on the table.',
    'Rain fell on the slates all night, and it was cold.',
  ];
  expect(compared([passage, ...rest], [...rest, passage], apparatus)).toMatchObject([
    { kind: 'moved', paragraph: 1, to: 3, passage: 1 },
  ]);
});

test('the summary counts words without punctuation, and moved words as common', () => {
  const passage = 'The lamp was lit before the others came down.';
  const rest = 'Nobody spoke of the letter that lay, unopened, on the table by the door.';
  expect(compared([passage, rest], [rest.replace('door', 'window'), passage], summarise)).toEqual({
    words: { a: 23, b: 23 },
    common: 22,
    moved: 1,
  });
});
