import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cleanHtml } from '../html.ts';
import { anyHtml } from '../testing/editions.ts';
import { blockStarts, cutAfter, joinTexts, wordsOf } from './cut.ts';

const text = cleanHtml('<p>The lamp.</p><hr><p>She lit <em>it</em>.</p><ul><li>oil</li></ul>');

it('cuts a text after a block and counts the words of both parts', () => {
  expect(blockStarts(text)).toEqual(['The lamp.', '', 'She lit it.', 'oil']);
  expect(cutAfter(text, 0)).toEqual({
    before: { html: '<p>The lamp.</p>', words: 2 },
    after: { html: '<hr/>\n<p>She lit <em>it</em>.</p>\n<ul><li>oil</li></ul>', words: 4 },
  });
  expect(cutAfter(text, 9).after).toEqual({ html: '', words: 0 });
});

it('joins what was cut into the same text', () => {
  fc.assert(
    fc.property(anyHtml, fc.nat(6), (html, at) => {
      fc.pre(!html.includes('href="#t-'));
      const { before, after } = cutAfter(html, at);
      expect(joinTexts(before.html, after.html)).toEqual(wordsOf(html));
    }),
    { numRuns: 200 },
  );
});
