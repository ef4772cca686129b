import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryArbitrary, printDate, sampleEntry } from './thread.testing.ts';

test('random threads are trees in page order, each answer after and one deeper than what it answers', () => {
  fc.assert(
    fc.property(entryArbitrary(), ({ comments }) => {
      for (const [i, c] of comments.entries()) {
        const before = comments.slice(0, i).findLast((earlier) => earlier.depth < c.depth);
        expect(c.parentId).toBe(c.depth === 0 ? null : before?.id);
        expect(c.depth).toBe(c.depth === 0 ? 0 : (before?.depth ?? 0) + 1);
      }
    }),
    { numRuns: 50 },
  );
});

test('a seed gives the same entry again, as long and as deep as asked', () => {
  const entry = sampleEntry(7, { comments: 200, chain: true });
  expect(entry).toEqual(sampleEntry(7, { comments: 200, chain: true }));
  expect(entry.comments.at(-1)?.depth).toBe(199);
});

test('dates are printed as the sites print them', () => {
  expect(printDate('2006-05-28T12:47', '%B %o, %Y %I:%M %p')).toBe('May 28th, 2006 12:47 pm');
  expect(printDate('2006-05-11T00:05', '%a, %b. %o, %Y, %I:%M %p')).toBe('Thu, May. 11th, 2006, 12:05 am');
});
