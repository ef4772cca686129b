import fc from 'fast-check';
import { expect, it } from 'vitest';
import { concordanceOf } from './concordance.ts';

/** By the rule itself: all places, those nearest first, of two as near the one before. */
function nearestByRule(text: string, words: string, place: number, most: number): number[] {
  const all: number[] = [];
  for (let at = 0; at + words.length <= text.length; at++) if (text.startsWith(words, at)) all.push(at);
  return all.sort((a, b) => Math.abs(a - place) - Math.abs(b - place) || a - b).slice(0, most);
}

it('finds the places of any words, the nearest first, whether it reads the text through or looks them up', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', ' lamp', 'the door '), { maxLength: 60 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(
      text,
      fc.nat(300),
      fc.nat(300),
      fc.nat(40),
      fc.integer({ min: 1, max: 6 }),
      (t, at, p, l, most) => {
        const words = t.slice(at % (t.length + 1)).slice(0, l) || 'x';
        const place = p - 20;
        const { nearest } = concordanceOf(t);
        for (let question = 0; question < 8; question++)
          expect(nearest(words, place, most)).toEqual(nearestByRule(t, words, place, most));
      },
    ),
    { numRuns: 500 },
  );
});

it('finds words longer than it looks at, and none that only begin like them', () => {
  const long = Array.from({ length: 400 }, (_, i) => `word ${i}`).join(' ');
  const text = `Before. ${long} and ${long}. After.`;
  const { nearest } = concordanceOf(text);
  for (let question = 0; question < 8; question++) {
    expect(nearest(long, text.length, 2)).toEqual([text.lastIndexOf(long), 8]);
    expect(nearest(`${long} but`, 0, 2)).toEqual([]);
  }
});

it('answers thousands of questions about a text of two letters in seconds', () => {
  let seed = 1;
  const letter = (): string => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
    return seed < 0 ? 'a' : 'b';
  };
  const letters = (length: number): string => Array.from({ length }, letter).join('');
  const { nearest } = concordanceOf(letters(1_000_000));
  const before = process.cpuUsage();
  let found = 0;
  for (let i = 0; i < 5_000; i++) found += nearest(letters(24), i * 200, 4).length;
  expect(found).toBeLessThan(5_000);
  // Each would be read through once, or a hundred thousand places looked at.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(3_000);
});
