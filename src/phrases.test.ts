import { describe, expect, test } from 'vitest';
import type { WrittenDate } from './model/date.ts';
import {
  authorName,
  branchName,
  count,
  grouped,
  passageNames,
  ratingName,
  sayDate,
  sayZone,
  titleOf,
  warningNamesOf,
  warns,
} from './phrases.ts';

function date(local: string | null, more: Partial<WrittenDate> = {}): WrittenDate {
  return { written: null, local, instant: null, zone: null, precision: 'minute', ...more };
}

test('a count has its noun in the right number', () => {
  expect(count(1, 'word')).toBe('1 word');
  expect(count(0, 'word')).toBe('0 words');
  expect(count(1042, 'word')).toBe('1,042 words');
  expect(count(2, 'fox', 'foxes')).toBe('2 foxes');
});

test('numbers are written with commas between their thousands', () => {
  const numbers = [0, 12, 999, 1000, 12_345, 1_234_567, -999, -1000];
  expect(numbers.map(grouped)).toEqual(numbers.map((n) => n.toLocaleString('en-GB')));
});

describe('a date', () => {
  test('is said as far as it is known', () => {
    expect(sayDate(date('2006-05-28T12:47'))).toBe('28 May 2006, 12:47');
    expect(sayDate(date('2006-05-28T12:47:09'))).toBe('28 May 2006, 12:47');
    expect(sayDate(date('2006-05-08'))).toBe('8 May 2006');
    expect(sayDate(date('2006-05'))).toBe('May 2006');
    expect(sayDate(date('2006'))).toBe('2006');
  });

  test('nobody could read stands as it was written', () => {
    expect(sayDate(date(null, { written: 'the night of the storm' }))).toBe('“the night of the storm”');
    expect(sayDate(date(null))).toBe('');
  });

  test('says that its zone is not stated, but only where it has a time', () => {
    expect(sayZone(date('2006-05-28T12:47'))).toBe(' (zone not stated)');
    expect(sayZone(date('2006-05-28'))).toBe('');
    expect(sayZone(date('2006-05-28T19:48', { instant: '2006-05-28T19:48:00Z', zone: 'UTC' }))).toBe(' UTC');
    expect(sayZone(date('2006-05-28T19:48', { zone: '+02:00' }))).toBe(' UTC+02:00');
    expect(sayZone(date('2006-05-28', { zone: 'UTC' }))).toBe('');
  });

  test('whose moment was found out is still said by the clock it was written by', () => {
    const inferred = date('2006-05-28T21:14', { instant: '2006-05-29T01:14:00Z' });
    expect(sayDate(inferred) + sayZone(inferred)).toBe('28 May 2006, 21:14 (zone not stated)');
    const moment = date(null, { instant: '2006-05-29T01:14:00Z' });
    expect(sayDate(moment) + sayZone(moment)).toBe('29 May 2006, 01:14 UTC');
  });
});

test('a comment without a name is that of a reader of its year; one by nobody is anonymous', () => {
  expect(authorName(null, date('2006-05-28T12:47'))).toBe('a reader, 2006');
  expect(authorName(null, null)).toBe('a reader');
  expect(authorName({ kind: 'anonymous' }, null)).toBe('Anonymous');
  expect(authorName({ kind: 'imported', name: 'clara', site: 'livejournal.com' }, null)).toBe('clara');
});

test('a passage without a title is called by its place', () => {
  const titles = (...all: readonly (string | null)[]) =>
    all.map((title, i) => ({ key: `p${i + 1}`, title, ending: i === all.length - 1 }));
  const called = (passages: ReturnType<typeof titles>, branches: readonly string[] = []) => [
    ...passageNames({
      passages,
      variantSets: [
        {
          place: 'p1',
          branches: branches.map((head, i) => ({ siglum: i === 0 ? 'A' : 'B', label: `Ending ${i}`, head })),
        },
      ],
    }).values(),
  ];
  expect(called(titles('The helmet', null, '  '))).toEqual(['The helmet', 'Part 2', 'An ending']);
  expect(called(titles(null))).toEqual(['The story']);
  // What is the whole story until it divides is no part of it, and branches are called as everywhere.
  expect(called(titles(null, null, 'Waking'), ['p2', 'p3'])).toEqual(['The story', 'Ending 0', 'Waking']);
});

test('a branch is called by the title it begins with, its label beside it unless that says the same', () => {
  const branch = { siglum: 'B', label: 'Alternate ending', head: 'p2' };
  expect(branchName(branch, { title: 'Waking' })).toEqual({ name: 'Waking', label: 'Alternate ending' });
  expect(branchName(branch, { title: 'Alternate Ending' })).toEqual({
    name: 'Alternate ending',
    label: null,
  });
  expect(branchName(branch, { title: null })).toEqual({ name: 'Alternate ending', label: null });
  expect(branchName({ ...branch, label: '' }, undefined)).toEqual({ name: 'Way B', label: null });
});

test('an unanswered rating or warning is said to be so, and is no warning itself', () => {
  expect(ratingName(null)).toBe('No rating given');
  expect(warningNamesOf({ warnings: [] })).toEqual(['No answer to the archive warnings']);
  expect(warns({ warnings: [] })).toBe(false);
  expect(warns({ warnings: ['No Archive Warnings Apply'] })).toBe(false);
  expect(warns({ warnings: ['Major Character Death'] })).toBe(true);
});

test('a work without a title is called untitled', () => {
  expect(titleOf({ title: null })).toBe('Untitled');
  expect(titleOf({ title: ' ' })).toBe('Untitled');
  expect(titleOf({ title: 'Two Ways Out' })).toBe('Two Ways Out');
});

test('a note without a title is called after its date, or the day it was published', () => {
  const note = { title: null, kind: 'note', publishedAt: '2026-11-27T08:00:00Z' } as const;
  const posted = {
    written: null,
    local: '2006-05-28T12:47',
    instant: null,
    zone: null,
    precision: 'minute',
  } as const;
  expect(titleOf({ ...note, header: { posted } })).toBe('Note of 28 May 2006');
  expect(titleOf({ ...note, header: { posted: null } })).toBe('Note of 27 November 2026');
  expect(titleOf({ title: null, kind: 'note' })).toBe('A note');
  expect(titleOf({ ...note, title: 'News' })).toBe('News');
});
