import { expect, test } from 'vitest';
import type { OpenFile } from '../importer.ts';
import { openPage } from '../journal/open.testing.ts';
import { expectedThread, sampleEntry, type TestEntry, threadOf } from '../journal/thread.testing.ts';
import { openFile } from '../open.ts';
import { findRemainder } from '../remainder.ts';
import { livejournalS2Importer } from './index.ts';
import { renderS2, s2Layouts } from './render.testing.ts';

const shows = { edited: true };
const thread: TestEntry = withSpam(sampleEntry(11, { comments: 12 }));

function withSpam(entry: TestEntry): TestEntry {
  return { ...entry, comments: entry.comments.map((c) => ({ ...c, hiddenAs: 'spam' as const })) };
}

function readOne(file: OpenFile) {
  expect(livejournalS2Importer.recognises(file)).toBe(true);
  const reading = livejournalS2Importer.read(file, []);
  expect(findRemainder(file, reading)).toEqual([]);
  const [edition] = reading.editions;
  if (edition === undefined) throw new Error('no edition');
  return edition;
}

/** As Internet Explorer saved pages: upper-case tags and styles, quotes only where they are needed, CR LF. */
function asInternetExplorer(html: string): string {
  const tags = html.replace(
    /<(\/?)([a-z]\w*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/gi,
    (_, end, name: string, rest: string) => {
      const attributes = rest
        .replace(/([\w:-]+)=(["'])([\w.:/-]+)\2/g, '$1=$3')
        .replace(/margin-left:/g, 'MARGIN-LEFT:');
      return `<${end}${name.toUpperCase()}${attributes}>`;
    },
  );
  const url = 'http://somebody.livejournal.com/';
  return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">\n<!-- saved from url=(00${url.length})${url} -->\n${tags}`.replaceAll(
    '\n',
    '\r\n',
  );
}

test.each(s2Layouts)('a page that Internet Explorer saved gives the same thread: %s', (layout) => {
  const edition = readOne(openPage(asInternetExplorer(renderS2(thread, layout))));
  expect(threadOf(edition, shows)).toEqual(expectedThread(thread, shows));
  expect(edition.work.posted?.local).toBe(thread.local);
});

test('a layout indented by another step gives the same nesting', () => {
  const html = renderS2(thread, 'classic').replace(
    /margin-left: (\d+)px/g,
    (_, px: string) => `margin-left: ${Number(px) / 5}px`,
  );
  expect(threadOf(readOne(openPage(html)), shows)).toEqual(expectedThread(thread, shows));
});

test('times of a reader who was logged in have no moment, and a remark says so', () => {
  const edition = readOne(openPage(renderS2(thread, 'generator', { local: 2 })));
  expect(edition.comments.every((c) => c.posted?.instant == null)).toBe(true);
  expect(edition.work.posted?.instant).toBeNull();
  expect(edition.remarks).toContainEqual(
    expect.objectContaining({
      certainty: 'lost',
      about: 'comments',
      message: expect.stringContaining('zone'),
    }),
  );
});

test('the view of one thread keeps its first comment at the top and says what is missing', () => {
  const comments = thread.comments.filter((c) => c.depth > 0).map((c) => ({ ...c, depth: c.depth - 1 }));
  const html = renderS2({ ...thread, comments }, 'punquin');
  const edition = readOne(openPage(html));
  const missing = comments.filter(
    (c) =>
      c.parentId !== null && !comments.some((d) => d.id === c.parentId) && !c.stub && c.state !== 'collapsed',
  );
  expect(missing.length).toBeGreaterThan(0);
  for (const c of missing) expect(edition.comments.find((d) => d.id === String(c.id))?.parent).toBeNull();
  expect(edition.remarks.filter((r) => r.certainty === 'lost' && r.about.endsWith('.parent'))).toHaveLength(
    missing.length,
  );
});

test.each([
  ['windows-1252', 'caf\xe9 \x93quoted\x94', 'café “quoted”'],
  ['KOI8-R', '\xd3\xcb\xc1\xda\xcb\xc1', 'сказка'],
])('a page in %s is read in its own characters', (charset, written, meant) => {
  const html = renderS2({ ...thread, subject: 'TEXT', comments: [] }, 'notepad')
    .replace('<head>', `<head><meta http-equiv="Content-Type" content="text/html; charset=${charset}">`)
    .replaceAll('TEXT', written)
    .replace(/[\u0100-\uffff]/g, '?');
  const file = openFile({
    path: 'page.html',
    bytes: Buffer.from(html, 'latin1'),
  });
  const edition = readOne(file);
  expect(edition.work.asWritten).toContainEqual({ label: 'Subject', value: meant });
  expect(edition.sources[0]).toMatchObject({ charset, savedAt: null });
});

test('an old page without bars, tooltips and addresses still gives its thread', () => {
  const edition = readOne(
    openPage(`<html><head><title>x</title></head><body><table border='0' class='entry'><tr><td valign="top" width='100%'><font size="+1">May 28th, 2006 12:47 pm <span style='color: red'>Bread</span></font><p>It did not rise.</p></td></tr></table>
<div id='ljcmt300' style='margin-left: 0px; margin-top: 5px'>
<a name='t300'></a><div style='background-color: #ccc; margin-top: 10px; width: 100%'><table><tr valign='top'><td><table><tr><td align='left'><table><tr><th align='right'>From:</th><td><i>(Anonymous)</i></td></tr>
<tr><th align='right'>Date:</th><td style='white-space: nowrap'>2006-05-28 07:58 pm (UTC)</td></tr></table></td><td align='right'></td></tr><tr valign='top'><td></td><td align='right'><strong>(<a href='x'>Link</a>)</strong></td></tr></table></td></tr></table></div>
<div style='margin-left: 5px'>Mine neither.</div>
<div style='margin-top: 3px; font-size: smaller'>(<a href="y">Reply to this</a>) </div></div></body></html>`),
  );
  expect(edition).toMatchObject({
    work: { title: 'Bread', creators: [], posted: { local: '2006-05-28T12:47' } },
    comments: [
      {
        id: '300',
        author: { kind: 'anonymous' },
        posted: { instant: '2006-05-28T19:58:00Z' },
        html: '<p>Mine neither.</p>',
      },
    ],
    sources: [{ origin: null, address: null }],
  });
  expect(edition.remarks).toContainEqual(
    expect.objectContaining({ certainty: 'lost', about: 'work.creators' }),
  );
});

test('a collapsed comment whose subject is a date has that subject and no time', () => {
  const [first] = thread.comments;
  if (first === undefined) throw new Error('no comment');
  const comments = [{ ...first, subject: '2006-05-28', state: 'collapsed' as const, stub: false }];
  const edition = readOne(openPage(renderS2({ ...thread, comments }, 'generator')));
  expect(edition.comments).toMatchObject([{ subject: '2006-05-28', posted: null, state: 'collapsed' }]);
});

test('a comment whose words stand nowhere known is left over, never taken for chrome', () => {
  const html = renderS2({ ...thread, comments: [] }, 'generator').replace(
    '</body>',
    `<div id="ljcmt513" style="margin-left:0px"><p>words in a shape nobody has seen</p></div></body>`,
  );
  const file = openPage(html);
  const left = findRemainder(file, livejournalS2Importer.read(file, []));
  expect(left.map((l) => l.text).join(' ')).toContain('shape nobody has seen');
});

test.each([
  [
    'a calendar',
    '<title>horace: Archive</title>',
    '<a class="subj-link" href="http://horace.livejournal.com/1.html">Bread</a>',
    /list or profile/,
  ],
  [
    'a question of age',
    '<title>Adult Content Notice</title>',
    '<a class="subj-link" href="#">x</a><p>You are about to view content</p>',
    /question of age/,
  ],
  [
    'a missing page',
    '<title>404 Not Found</title>',
    '<div id="ljqrttopcomment">Page not found</div>',
    /not found/,
  ],
  [
    'a suspended journal',
    '<title>Error</title>',
    '<h1 class="subj-link">Suspended Journal</h1><p>This account has been suspended.</p>',
    /suspended/,
  ],
  [
    'a protected entry',
    '<title>Error</title>',
    '<h1 class="subj-link">Access denied</h1><p>protected entry</p>',
    /access was denied/,
  ],
])('%s is refused with the reason', (_, head, body, reason) => {
  const file = openPage(`<html><head>${head}</head><body>${body}</body></html>`);
  expect(() => livejournalS2Importer.read(file, [])).toThrow(reason);
});

test('arrows to the neighbours above the labels of an entry and pictures of users are no part of the story', () => {
  const arrows =
    '<div style="text-align: center"><a href="http://wick.livejournal.com/46411.html"><img src="p_files/prev.gif" alt="Previous Entry" /></a> ' +
    '<a href="http://wick.livejournal.com/47073.html"><img src="p_files/next.gif" title="Next Entry" /></a></div>';
  const labels =
    '<table><tr><td class="meta">[</td><td class="meta"><b>Current Mood</b></td><td class="meta">|</td><td class="meta">tired</td><td class="meta">]</td></tr></table>';
  const user = (name: string): string =>
    `<span class="ljuser"><a href="http://${name}.livejournal.com/profile"><img src="p_files/userinfo.gif" alt="[info]" /></a><a href="http://${name}.livejournal.com/"><b>${name}</b></a></span>`;
  const edition = readOne(
    openPage(
      '<title>wick: Oil</title><table class="entrybox"><tr><td class="caption">Oil</td><td class="index">[May. 28th, 2006|<b>09:14 pm</b>]</td></tr>' +
        `<tr><td colspan="2">${arrows}${labels}<br /><b>Title:</b> Oil<br /><b>Beta:</b> ${user('ann')} and ${user('bea')}<br /><br />For ${user('cat')}: it was dark.</td></tr></table>`,
    ),
  );
  expect(edition.work.asWritten).toEqual([
    { label: 'Subject', value: 'Oil' },
    { label: 'Title', value: 'Oil' },
    { label: 'Beta', value: 'ann and bea' },
    { label: 'Current Mood', value: 'tired' },
  ]);
  expect(edition.passages.map((p) => p.html)).toEqual([
    expect.stringMatching(/^<p>For <a [^>]*cat[^>]*><b>cat<\/b><\/a>: it was dark\.<\/p>$/),
  ]);
  expect(edition.resources).toEqual([]);
});
