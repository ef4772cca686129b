import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkEdition } from '../../model/validate.ts';
import { openPage } from '../journal/open.testing.ts';
import {
  entryArbitrary,
  expectedThread,
  sampleEntry,
  type TestEntry,
  threadOf,
  wordsOfHtml,
} from '../journal/thread.testing.ts';
import { findRemainder } from '../remainder.ts';
import { livejournalS2Importer } from './index.ts';
import { renderS2, type S2Layout, s2Layouts } from './render.testing.ts';

const shows = { edited: true };

function check(entry: TestEntry, layout: S2Layout): void {
  const file = openPage(renderS2(entry, layout));
  expect(livejournalS2Importer.recognises(file)).toBe(true);
  const reading = livejournalS2Importer.read(file, []);
  expect(reading.editions).toHaveLength(1);
  const [edition] = reading.editions;
  if (edition === undefined) return;
  checkEdition(edition);
  expect(threadOf(edition, shows)).toEqual(expectedThread(entry, shows));
  expect(edition.work.posted?.local).toBe(entry.local);
  expect([null, entry.instant]).toContain(edition.work.posted?.instant);
  expect(edition.sources[0]?.origin).toBe(`livejournal.com/${entry.journal}/${entry.ditemid}`);
  const tags = layout === 'notepad' ? [] : entry.tags;
  expect(edition.work.freeforms.filter((tag) => entry.tags.includes(tag))).toEqual(tags);
  if (!entry.body.includes('Author:')) {
    expect(edition.work.creators).toEqual([{ name: entry.poster, role: 'author', site: 'livejournal.com' }]);
  }
  if (entry.subject !== null) {
    expect(edition.work.asWritten).toContainEqual({ label: 'Subject', value: entry.subject });
  }
  expect(findRemainder(file, reading)).toEqual([]);
  const words = new Set(wordsOfHtml(entry.body).split(' '));
  const kept = new Set(
    [
      ...edition.passages.map((p) => wordsOfHtml(p.html)),
      ...edition.work.asWritten.map((l) => `${l.label}: ${l.value}`),
      ...edition.work.freeforms,
      ...edition.remarks.map((r) => r.quote ?? ''),
      edition.work.title ?? '',
    ]
      .join(' ')
      .split(/\s+/),
  );
  expect([...words].filter((word) => !kept.has(word) && !/^\p{P}+$|:$/u.test(word))).toEqual([]);
}

describe.each(s2Layouts)('%s', (layout) => {
  const spamOnly = (entry: TestEntry): TestEntry => ({
    ...entry,
    comments: entry.comments.map((c) => ({ ...c, hiddenAs: 'spam' as const })),
  });

  test('gives back any entry and its thread', () => {
    fc.assert(
      fc.property(entryArbitrary(), (entry) => check(spamOnly(entry), layout)),
      { numRuns: 40 },
    );
  });

  test('gives back no, 500 and 200 nested comments', () => {
    check(spamOnly(sampleEntry(3, { comments: 0 })), layout);
    check(spamOnly(sampleEntry(4, { comments: 500 })), layout);
    check(spamOnly(sampleEntry(5, { comments: 201, chain: true })), layout);
  });
});
