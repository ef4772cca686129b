import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWord, paragraphBreak, paragraphsOf, textOf, tokens } from './tokens.ts';

const words = (text: string): readonly string[] => tokens([text]).words;

test('punctuation stands apart from its word', () => {
  expect(words('“We are friends,” said I.')).toEqual([
    '“',
    'We',
    'are',
    'friends',
    ',',
    '”',
    'said',
    'I',
    '.',
  ]);
});

test('apostrophes and hyphens join letters, dashes and quotes do not', () => {
  expect(words("don't sister-in-law l’été 'tis dogs' stop--now wait—what")).toEqual([
    "don't",
    'sister-in-law',
    'l’été',
    "'",
    'tis',
    'dogs',
    "'",
    'stop',
    '--',
    'now',
    'wait',
    '—',
    'what',
  ]);
});

test('points and colons join digits only', () => {
  expect(words('12:47 1,000 3.14 end.Next')).toEqual(['12:47', '1,000', '3.14', 'end', '.', 'Next']);
});

test('a run of one sign is one word', () => {
  expect(words('What?! Well... no!!!')).toEqual(['What', '?', '!', 'Well', '...', 'no', '!!!']);
});

test('scripts without spaces go by character, with their marks', () => {
  expect(words('猫が好き。')).toEqual(['猫', 'が', '好', 'き', '。']);
  expect(words('e\u0301te\u0301')).toEqual(['e\u0301te\u0301']);
});

test('a character beyond the first plane is never cut in two', () => {
  expect(words('𠮷野 😀😀 𝒜b')).toEqual(['𠮷', '野', '😀', '😀', '𝒜b']);
});

test('a paragraph break is a word of its own and is not counted', () => {
  expect(tokens(['One.', 'Two.']).words).toEqual(['One', '.', paragraphBreak, 'Two', '.']);
  expect(['One', '.', paragraphBreak, '猫', '7'].map(isWord)).toEqual([true, false, false, true, true]);
});

test('spacing makes no other words', () => {
  expect(words('  a\t\u00a0b \n c ')).toEqual(words('a b c'));
});

test('any paragraphs come back exactly, and every word stands where it says', () => {
  const paragraph = fc.string({ unit: 'binary' }).map((text) => text.replaceAll(paragraphBreak, ' '));
  fc.assert(
    fc.property(fc.array(paragraph, { minLength: 1, maxLength: 5 }), (paragraphs) => {
      const cut = tokens(paragraphs);
      expect(paragraphsOf(cut)).toEqual(paragraphs);
      const spaces = cut.words.reduce((rest, word, i) => {
        expect(textOf(cut, { from: i, to: i + 1 })).toBe(word);
        return rest - word.length;
      }, cut.text.length);
      expect(spaces).toBe(cut.text.replace(/[^\s\0]|\u2029/gu, '').length);
    }),
  );
});
