import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openPage } from '../journal/open.testing.ts';
import {
  entryArbitrary,
  expectedThread,
  type LayoutShows,
  sampleEntry,
  type TestEntry,
  threadOf,
} from '../journal/thread.testing.ts';
import { findRemainder } from '../remainder.ts';
import { livejournal2013Importer } from './index.ts';
import { type Options2013, render2013 } from './render.testing.ts';

const shows: LayoutShows = { icons: true, edited: true, collapsed: ['author', 'instant', 'subject'] };
const markups: readonly (readonly [string, Options2013])[] = [
  ['of 2013', {}],
  ['of 2018', { aentry: true }],
];

describe.each(markups)('a page %s', (_, options) => {
  test('gives back the thread that was printed, and leaves no word over', () => {
    fc.assert(
      fc.property(entryArbitrary({ site: 'livejournal.com' }), (entry) => check(entry, options)),
      { numRuns: 60 },
    );
  });

  test.each([
    ['without comments', { comments: 0 }],
    ['with 500 comments', { comments: 500 }],
    ['with answers 200 deep', { comments: 201, chain: true }],
  ])('is read %s', (_, size) => {
    check(sampleEntry(7, { site: 'livejournal.com', ...size }), options);
  });
});

function check(entry: TestEntry, options: Options2013): void {
  const file = openPage(render2013(entry, options));
  expect(livejournal2013Importer.recognises(file)).toBe(true);
  const reading = livejournal2013Importer.read(file, []);
  const [edition] = reading.editions;
  if (edition === undefined) throw new Error('no edition');
  expect(threadOf(edition, shows)).toEqual(expectedThread(entry, shows));
  expect(edition.work.posted?.local?.slice(0, 16)).toBe(entry.local);
  expect(edition.work.posted?.instant).toBeNull();
  expect(findRemainder(file, reading)).toEqual([]);
}
