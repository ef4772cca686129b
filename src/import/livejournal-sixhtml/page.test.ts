import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CommentState } from '../../model/comment.ts';
import { checkEdition } from '../../model/validate.ts';
import { openPage } from '../journal/open.testing.ts';
import {
  entryArbitrary,
  expectedThread,
  type LayoutShows,
  sampleEntry,
  type TestComment,
  type TestEntry,
  threadOf,
} from '../journal/thread.testing.ts';
import { findRemainder } from '../remainder.ts';
import { livejournalSixhtmlImporter } from './index.ts';
import { renderSixhtml, type SixhtmlLayout, sixhtmlLayouts } from './render.testing.ts';

const untold: readonly CommentState[] = ['frozen'];
const shows: Readonly<Record<SixhtmlLayout, LayoutShows>> = {
  sixhtml: { edited: true, untold, collapsed: ['author', 'subject', 'instant'] },
  deardiary: { edited: true, untold },
  variableflow: { edited: true, untold },
  refriedpaper: { edited: true },
  disjointed: { edited: true },
};

/** Only sixhtml says what a stub is; the others print it as a collapsed comment without a subject, or, Variable Flow, whole. */
function asPrinted(comment: TestComment, layout: SixhtmlLayout): TestComment {
  if (layout === 'sixhtml') return { ...comment, hiddenAs: 'spam' };
  const isGone = comment.stub || comment.state === 'collapsed';
  if (layout === 'variableflow') {
    const author: TestComment['author'] =
      comment.author.kind === 'anonymous' ? { kind: 'user', name: 'b' } : comment.author;
    return { ...comment, author, stub: false, state: isGone ? 'shown' : comment.state };
  }
  return comment.stub ? { ...comment, stub: false, state: 'collapsed', subject: null } : comment;
}

function check(given: TestEntry, layout: SixhtmlLayout): void {
  const entry = { ...given, comments: given.comments.map((c) => asPrinted(c, layout)) };
  const file = openPage(renderSixhtml(entry, layout));
  expect(livejournalSixhtmlImporter.recognises(file)).toBe(true);
  const reading = livejournalSixhtmlImporter.read(file, []);
  expect(reading.editions).toHaveLength(1);
  const [edition] = reading.editions;
  if (edition === undefined) return;
  checkEdition(edition);
  const isShort = layout === 'deardiary' || layout === 'variableflow';
  const got = threadOf(edition, shows[layout]);
  const unclear = (i: number): boolean => isShort && edition.comments[i]?.posted?.local === null;
  const expected = expectedThread(entry, shows[layout]).map((line, i) =>
    unclear(i) ? { ...line, instant: null } : line,
  );
  expect(got).toEqual(expected);
  if (layout === 'deardiary') expect([null, entry.local]).toContain(edition.work.posted?.local);
  else expect(edition.work.posted?.local).toBe(entry.local);
  expect(edition.sources[0]?.origin).toBe(`livejournal.com/${entry.journal}/${entry.ditemid}`);
  expect(edition.work.freeforms.filter((tag) => entry.tags.includes(tag))).toEqual(entry.tags);
  if (!entry.body.includes('Author:')) {
    expect(edition.work.creators).toEqual([{ name: entry.poster, role: 'author', site: 'livejournal.com' }]);
  }
  if (entry.subject !== null) {
    expect(edition.work.asWritten).toContainEqual({ label: 'Subject', value: entry.subject });
  }
  expect(findRemainder(file, reading)).toEqual([]);
}

describe.each(sixhtmlLayouts)('%s', (layout) => {
  test('gives back any entry and its thread', () => {
    fc.assert(
      fc.property(entryArbitrary(), (entry) => check(entry, layout)),
      { numRuns: 40 },
    );
  });

  test('gives back no, 500 and 200 nested comments', () => {
    check(sampleEntry(3, { comments: 0 }), layout);
    check(sampleEntry(4, { comments: 500 }), layout);
    check(sampleEntry(5, { comments: 201, chain: true }), layout);
  });
});
