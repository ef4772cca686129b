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
import { livejournalS1Importer } from './index.ts';
import { renderS1, type S1Options } from './render.testing.ts';

const shows: LayoutShows = { icons: true, edited: true, collapsed: ['author', 'instant', 'subject'] };
const markups: readonly (readonly [string, S1Options])[] = [
  ['for ?format=light', {}],
  ['in the scheme of the site', { scheme: 'bluewhite' }],
  ['of before 2005', { scheme: 'bluewhite', old: true }],
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

function check(entry: TestEntry, options: S1Options): void {
  const file = openPage(renderS1(entry, options));
  expect(livejournalS1Importer.recognises(file)).toBe(true);
  const reading = livejournalS1Importer.read(file, []);
  const [edition] = reading.editions;
  if (edition === undefined) throw new Error('no edition');
  expect(threadOf(edition, shows)).toEqual(expectedThread(entry, shows));
  expect(edition.work.posted?.local?.slice(0, 16)).toBe(entry.local);
  expect(edition.work.posted?.instant).toBeNull();
  expect(findRemainder(file, reading)).toEqual([]);
}
