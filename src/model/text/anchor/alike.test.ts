import fc from 'fast-check';
import { expect, it } from 'vitest';
import { alikeIn, fewestErrors } from './alike.ts';

it('finds the words themselves, wherever they stand', () => {
  expect(alikeIn('one lamp, two lamps', 'lamp', 1)).toEqual([
    { from: 4, to: 8, errors: 0 },
    { from: 14, to: 18, errors: 0 },
  ]);
});

it('finds words with a letter changed, put in or taken out, and nothing less like them than is allowed', () => {
  expect(alikeIn('the lump there', 'lamp', 1)).toEqual([{ from: 4, to: 8, errors: 1 }]);
  expect(alikeIn('the laamps', 'lamps', 1)).toEqual([{ from: 4, to: 10, errors: 1 }]);
  expect(alikeIn('the harbour', 'lamp', 1)).toEqual([]);
  expect(alikeIn('', 'lamp', 2)).toEqual([]);
});

/** How many characters must be put in, taken out or changed, by the rule itself. */
function distance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [x, y] = [a.slice(1), b.slice(1)];
  return a[0] === b[0] ? distance(x, y) : 1 + Math.min(distance(x, b), distance(a, y), distance(x, y));
}

it('finds in any text what is most like, by trying all of it', () => {
  const letters = (maxLength: number) =>
    fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength }).map((all) => all.join(''));
  fc.assert(
    fc.property(letters(7), letters(4), (text, words) => {
      const ways: number[] = [];
      for (let from = 0; from <= text.length; from++)
        for (let to = from; to <= text.length; to++) ways.push(distance(text.slice(from, to), words));
      const found = alikeIn(text, words, words.length);
      expect(found.length).toBeGreaterThan(0);
      for (const { from, to, errors } of found) {
        expect(errors).toBe(Math.min(...ways));
        expect(distance(text.slice(from, to), words)).toBe(errors);
      }
    }),
  );
});

it('counts in any text, and for words of any length, the errors of what is most like', () => {
  const letters = (maxLength: number) =>
    fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength }).map((all) => all.join(''));
  fc.assert(
    fc.property(letters(150), letters(100), (text, words) => {
      const errors = alikeIn(text, words, words.length)[0]?.errors ?? words.length;
      expect(fewestErrors(words)(text)).toBe(errors);
    }),
    { numRuns: 2_000 },
  );
});
