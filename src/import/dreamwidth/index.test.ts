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
import { dreamwidthImporter } from './index.ts';
import { type DreamwidthOptions, renderDreamwidth } from './render.testing.ts';

const shows: LayoutShows = {
  icons: true,
  imported: true,
  edited: true,
  collapsed: ['author', 'instant', 'subject'],
};
const markups: readonly (readonly [string, DreamwidthOptions])[] = [
  ['of today', {}],
  ['of 2010', { old: true }],
];

describe.each(markups)('a page %s', (_, options) => {
  test('gives back the thread that was printed, and leaves no word over', () => {
    fc.assert(
      fc.property(entryArbitrary({ site: 'dreamwidth.org' }), (entry) =>
        check(withoutStubImports(entry), options),
      ),
      { numRuns: 60 },
    );
  });

  test.each([
    ['without comments', { comments: 0 }],
    ['with 500 comments', { comments: 500 }],
    ['with answers 200 deep', { comments: 201, chain: true }],
  ])('is read %s', (_, size) => {
    check(withoutStubImports(sampleEntry(7, { site: 'dreamwidth.org', ...size })), options);
  });
});

function check(entry: TestEntry, options: DreamwidthOptions): void {
  const file = openPage(renderDreamwidth(entry, options));
  expect(dreamwidthImporter.recognises(file)).toBe(true);
  const reading = dreamwidthImporter.read(file, []);
  const [edition] = reading.editions;
  if (edition === undefined) throw new Error('no edition');
  expect(threadOf(edition, shows)).toEqual(expectedThread(entry, shows));
  expect(edition.work.posted?.local?.slice(0, 16)).toBe(entry.local);
  expect([null, entry.instant]).toContain(edition.work.posted?.instant);
  expect(findRemainder(file, reading)).toEqual([]);
}

/** A stub does not say where it was imported from; a collapsed comment does, which `expectedThread` does not know of. */
function withoutStubImports(entry: TestEntry): TestEntry {
  const told = entry.comments.map((c) =>
    c.stub || c.state === 'collapsed' ? { ...c, importedFrom: null } : c,
  );
  return { ...entry, comments: told };
}
