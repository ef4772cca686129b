import { describe, expect, test } from 'vitest';
import { textOf } from '../../dom.ts';
import { Unreadable } from '../../errors.ts';
import { openPage } from '../journal/open.testing.ts';
import { savedAs, told } from '../journal/saved-as.testing.ts';
import { sampleEntry } from '../journal/thread.testing.ts';
import { findRemainder } from '../remainder.ts';
import { livejournalS1Importer } from './index.ts';
import { isPageOfS1, parseS1 } from './page.ts';
import { renderS1 } from './render.testing.ts';

const entry = sampleEntry(11, { comments: 30 });
const html = renderS1(entry, { scheme: 'bluewhite' });

describe.each(savedAs)('a page saved by %s', (_, save) => {
  test('says the same as it did', () => {
    const file = openPage(save(html));
    expect(isPageOfS1(file.text)).toBe(true);
    expect(told(parseS1(file))).toEqual(told(parseS1(openPage(html))));
    expect(findRemainder(file, livejournalS1Importer.read(file, []))).toEqual([]);
  });
});

test('times of a reader who was logged in keep their words and name no moment', () => {
  const [edition] = livejournalS1Importer.read(openPage(html.replaceAll(' UTC<', ' (local)<')), []).editions;
  const times = edition?.comments.flatMap((c) => (c.posted === null ? [] : [c.posted])) ?? [];
  expect(times.length).toBeGreaterThan(0);
  for (const time of times) {
    expect(time.written).toMatch(/\(local\)$/);
    expect(time.local).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/);
    expect(time.instant).toBeNull();
  }
});

test('a comment whose parent is on another page stands at the top, and a remark says so', () => {
  const thread = { ...entry, comments: entry.comments.filter((c) => c.depth > 0).slice(0, 1) };
  const [edition] = livejournalS1Importer.read(openPage(renderS1(thread)), []).editions;
  expect(edition?.comments[0]?.parent).toBeNull();
  expect(edition?.remarks.filter((r) => r.about === 'comments[0].parent').map((r) => r.certainty)).toEqual([
    'lost',
  ]);
});

test('an entry that takes no comments is read without them', () => {
  const [before = ''] = html.split("<div id='Comments'>");
  const file = openPage(`${before}</TD></TR></TABLE><P>Privacy Policy</BODY></HTML>`);
  const [read] = parseS1(file).entries;
  expect(read?.comments).toEqual([]);
  expect(read?.subject).toBe(entry.subject);
  expect(findRemainder(file, livejournalS1Importer.read(file, []))).toEqual([]);
});

const plain = `<html><head><title>maud: x</title></head><body><p>Log in</p><p><table><tr><td>Maud (<span class='ljuser'><b>maud</b></span>) wrote,<br><font size='-1'>@ 2002-03-04 05:06:00</font></td></tr></table>
<center><a href="/go.bml">Previous</a></center>TEXT<br style='clear: both'><hr width='100%' size='2'><p class='lesstop'>(<a href="http://www.livejournal.com/talkpost.bml">Post</a>)</p></body></html>`;

test('an entry whose words stand in no division is read up to the rule below it', () => {
  const text = `<font face='Arial' size='+1'><i><b>Wick</b></i></font><br>It burned.<blockquote>Low,</blockquote><div>then lower.</div><hr>And out.`;
  const file = openPage(plain.replace('TEXT', text));
  const [read] = parseS1(file).entries;
  expect(read?.subject).toBe('Wick');
  expect(read?.body.map(textOf).join(' ')).toMatch(/^It burned\. Low, then lower\. +And out\. *$/);
  expect(findRemainder(file, livejournalS1Importer.read(file, []))).toEqual([]);
});

test('an entry of one picture is an entry', () => {
  const [read] = parseS1(openPage(plain.replace('TEXT', '<div><img src="wick.gif"></div>'))).entries;
  expect(read?.body).toHaveLength(1);
  expect(read?.remarks?.some((r) => r.certainty === 'lost')).toBe(false);
});

test('a display name is no person, but it is not lost', () => {
  const [edition] = livejournalS1Importer.read(
    openPage(plain.replace('TEXT', '<div>Lit.</div>')),
    [],
  ).editions;
  expect(edition?.work.creators.map((c) => c.name)).toEqual(['maud']);
  expect(edition?.remarks.find((r) => r.quote === 'Maud')?.certainty).toBe('read');
});

test('a page that only speaks of comments is refused', () => {
  expect(() => parseS1(openPage("<p class='talk-comment'>Nothing here</p>"))).toThrow(Unreadable);
});

test('a page without an entry or comments is refused with what it says', () => {
  const page = openPage(
    `<title>Error</title><h1>Error</h1><p>This journal has been deleted.</p><div id='Comments'></div>`,
  );
  expect(() => parseS1(page)).toThrow(/the journal was deleted/);
});
