import { describe, expect, test } from 'vitest';
import { siglumOf } from '../state.ts';
import { isMature, listNames } from '../work.ts';
import { countWords } from './words.ts';

describe('words are counted as AO3 counts them', () => {
  test.each([
    ['', 0],
    ['One two.', 2],
    ['a well-kept don’t o’clock', 3 + 1],
    ['one--two — three', 3],
    ['...!', 0],
    ['snake_case 42', 2],
    ['日本語', 3],
    ['カナ and かな', 5],
    ['naïve café', 2],
    ['สวัสดี', 6],
  ])('%j', (text, words) => {
    expect(countWords(text)).toBe(words);
  });
});

test('branches are lettered as editions letter witnesses', () => {
  expect([0, 1, 25, 26, 27, 52].map(siglumOf)).toEqual(['A', 'B', 'Z', 'AA', 'AB', 'BA']);
});

test('names are listed as people list them', () => {
  expect([[], ['A'], ['A', 'B'], ['A', 'B', 'C']].map(listNames)).toEqual(['', 'A', 'A and B', 'A, B and C']);
});

describe('a work counts as mature', () => {
  test.each([
    [null, ['No Archive Warnings Apply'], true],
    ['Not Rated', ['No Archive Warnings Apply'], true],
    ['Explicit', ['No Archive Warnings Apply'], true],
    ['General Audiences', [], true],
    ['General Audiences', ['Choose Not To Use Archive Warnings'], true],
    ['General Audiences', ['No Archive Warnings Apply'], false],
    ['Teen And Up Audiences', ['Major Character Death'], false],
  ] as const)('rated %s, warned %j: %s', (rating, warnings, mature) => {
    expect(isMature({ rating, warnings })).toBe(mature);
  });
});
