import { describe, expect, test } from 'vitest';
import { Unreadable } from '../../errors.ts';
import { openPage } from '../journal/open.testing.ts';
import { savedAs, told } from '../journal/saved-as.testing.ts';
import { expectedThread, sampleEntry, threadOf } from '../journal/thread.testing.ts';
import { findRemainder } from '../remainder.ts';
import { dreamwidthImporter } from './index.ts';
import { isPageOfDreamwidth, parseDreamwidth } from './page.ts';
import { renderDay, renderDreamwidth } from './render.testing.ts';

const site = 'dreamwidth.org';
const entry = sampleEntry(11, { site, comments: 30 });
const html = renderDreamwidth(entry);

describe.each(savedAs)('a page saved by %s', (_, save) => {
  test('says the same as it did', () => {
    const file = openPage(save(html));
    expect(isPageOfDreamwidth(file.text)).toBe(true);
    expect(told(parseDreamwidth(file))).toEqual(told(parseDreamwidth(openPage(html))));
    expect(findRemainder(file, dreamwidthImporter.read(file, []))).toEqual([]);
  });
});

test('a flat page finds its thread by the links to parents', () => {
  const flat = {
    ...entry,
    comments: entry.comments
      .filter((c) => !c.stub && c.state !== 'collapsed')
      .map((c) => ({ ...c, depth: 0 })),
  };
  const here = new Set(flat.comments.map((c) => c.id));
  const [edition] = dreamwidthImporter.read(openPage(renderDreamwidth(flat)), []).editions;
  const parents = flat.comments.map((c) =>
    c.parentId !== null && here.has(c.parentId) ? String(c.parentId) : null,
  );
  expect(parents.some((parent) => parent !== null)).toBe(true);
  expect(edition?.comments.map((c) => c.parent)).toEqual(parents);
});

test('states are told by classes, whatever words a style has for them', () => {
  const other = html
    .replaceAll('(screened comment)', '[nur für uns]')
    .replaceAll('(deleted comment)', '[weg]')
    .replaceAll('(reply from suspended user)', '[gesperrt]')
    .replaceAll('(frozen)', '[eingefroren]')
    .replaceAll('>From:<', '>Von:<')
    .replaceAll('>Date: <', '>Am: <');
  const file = openPage(other);
  const reading = dreamwidthImporter.read(file, []);
  const [edition] = reading.editions;
  expect(edition && threadOf(edition).map((line) => line.state)).toEqual(
    expectedThread(entry).map((line) => line.state),
  );
  expect(findRemainder(file, reading)).toEqual([]);
});

test('a day gives each of its entries as a work', () => {
  const entries = [1, 2, 3].map((seed) => ({
    ...sampleEntry(seed, { site, comments: 0 }),
    journal: 'lamplighters',
    community: true,
    ditemid: seed * 256,
  }));
  const file = openPage(renderDay(entries));
  const reading = dreamwidthImporter.read(file, []);
  expect(reading.editions.map((e) => [e.sources[0]?.origin, e.work.posted?.local])).toEqual(
    entries.map((e) => [`dreamwidth.org/lamplighters/${e.ditemid}`, e.local]),
  );
  expect(parseDreamwidth(file).entries.map((e) => [e.poster, e.subject])).toEqual(
    entries.map((e) => [e.poster, e.subject]),
  );
  expect(findRemainder(file, reading)).toEqual([]);
});

test('the reason of an edit is kept in a remark', () => {
  const edited = entry.comments.filter((c) => c.edited !== null && !c.stub && c.state !== 'collapsed').length;
  const [read] = parseDreamwidth(openPage(html)).entries;
  expect(edited).toBeGreaterThan(0);
  expect(read?.remarks?.filter((r) => r.quote === 'typo')).toHaveLength(edited);
});

test('who may read an entry, and from what age, is said where that is not everyone', () => {
  const locked = html.replace(
    'security-public restrictions-none',
    'security-protected restrictions-explicit',
  );
  const [read] = parseDreamwidth(openPage(locked)).entries;
  expect(read?.about.slice(-2)).toEqual([
    { label: 'Security', value: 'protected' },
    { label: 'Restrictions', value: 'explicit' },
  ]);
});

test('comments without their entry are kept', () => {
  const [, thread = ''] = html.split("<div id='comments'>");
  const [edition] = dreamwidthImporter.read(openPage(`<div id='comments'>${thread}`), []).editions;
  expect(edition?.passages).toEqual([]);
  expect(edition?.comments).toHaveLength(entry.comments.length);
  expect(edition?.remarks.map((r) => r.message)).toContain(
    'The entry is not in this file: only its comments are.',
  );
});

test('a page that only speaks of comments is refused', () => {
  expect(() => parseDreamwidth(openPage('<p class="comment-wrap dwexp">Nothing here</p>'))).toThrow(
    Unreadable,
  );
});

test('a page without an entry or comments is refused with what it says', () => {
  const page = openPage(`<title>maud | Error</title><h2>Access denied</h2><div id='comments'></div>`);
  expect(() => parseDreamwidth(page)).toThrow(/access was denied/);
});
