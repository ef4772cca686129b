import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SourceRecord } from '../../model/source.ts';
import { eraseOriginal } from '../../store/originals.ts';
import { edition, passage, story } from '../../testing/stories.ts';
import { lampStory, openSite, savedPage, type TestSite } from '../site.testing.ts';
import { viewAsItWas } from './as-it-was.ts';

let site: TestSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const lamp = lampStory();
const record = sourceOf(lamp);
/** What the public reads of the work: without the screened comment. */
const asPublic = { ...lamp, comments: lamp.comments.filter((c) => c.state === 'shown') };

function sourceOf({ sources }: typeof lamp): SourceRecord {
  const [source] = sources;
  if (source === undefined) throw new Error('the story has no source');
  return source;
}

function shown(page: string): string {
  return viewAsItWas(Buffer.from(page), record, asPublic)
    .map((piece) => (piece.kind === 'shown' ? piece.html : '[…]'))
    .join('\n');
}

test('the story and what readers said are shown, in the order of the page', () => {
  const html = shown(savedPage());
  const places = ['The Lamp', 'There was a lamp', 'Somebody had', 'reader_one', 'I liked the lamp'].map(
    (words) => html.indexOf(words),
  );
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('what is not public is not shown: screened comments, their authors, addresses, the site around', () => {
  const html = shown(savedPage());
  for (const words of ['Screened words', 'secret_friend', '203.0.113.77', 'Sign up', 'steal', '<script']) {
    expect(html).not.toContain(words);
  }
});

test('where something between shown words is left out, one mark stands', () => {
  const lamp = '<p>There was a lamp on the sill.</p>';
  const html = shown(
    `<div><p>x</p>${lamp}<p>a secret</p><p>[ | ]</p><p>another</p>${lamp}<p>the end of the site</p></div>`,
  );
  expect(html.match(/\[…\]/g)).toHaveLength(1);
});

test('a row of short cells is one line', () => {
  expect(shown('<table><tr><td>[<td><b>The Lamp</b><td>|<td>Title<td>]</table>')).toBe(
    '<p>[ <b>The Lamp</b> | Title ]</p>',
  );
});

test('words hide in no part of a page: table, list, attribute, comment, style, text beside a box', () => {
  const secret = 'zanzibar';
  const pages = [
    `<table><tr><td>${secret}<td><table><td>${secret}</table></table>`,
    `<ul><li>${secret}<li>There was a lamp on the sill.</ul>`,
    `<p title="${secret}"><!-- ${secret} --><style>${secret}</style>There was a lamp on the sill.</p>`,
    `<div>${secret}<p>There was a lamp on the sill.</p>${secret}</div>`,
    `<blockquote><p>There was a lamp on the sill.</p><p>${secret}</p></blockquote>`,
    `<pre>There was a lamp on the sill.\n${secret}</pre>`,
    `<h2>The Lamp ${secret}</h2><dl><dt>${secret}<dd>${secret}</dl>`,
    `<p>There was a lamp on the sill.<br>${secret}</p>`,
  ];
  for (const page of pages) expect(shown(`<html><body>${page}</body></html>`), page).not.toContain(secret);
});

test('a plain text is shown line by line, lines broken elsewhere than ours included', () => {
  const text =
    'The Lamp\n\nThere was a lamp on\nthe sill.\n\nmail me: someone@mail.example\n\nSomebody had to light it.\n';
  const html = shown(text);
  expect(html).toContain('Somebody had to light it.');
  expect(html).not.toContain('someone');
});

test('the page names hash, importer and every fact with its certainty, but no quotes', async () => {
  const id = await site.add(lampStory(), savedPage());
  const response = await site.ask(`/works/${id}/source`);
  const html = await response.text();
  expect(response.status).toBe(200);
  expect(html).toContain(`<code>${record.sha256}</code>`);
  expect(html).toContain('livejournal-s2, version 1');
  expect(html).toContain('Read: it stood there');
  expect(html).toContain('the title stood in the heading');
  expect(html).toContain('(line 3)');
  expect(html).toContain('I liked the lamp best of all.');
  for (const words of ['Screened words', 'secret_friend', '203.0.113.77']) expect(html).not.toContain(words);

  await eraseOriginal(site.archive.store, record.sha256, { by: 'host', why: 'asked' });
  const erased = await (await site.ask(`/works/${id}/source`)).text();
  expect(erased).toContain('It is not shown: it was erased');
  expect(erased).toContain(record.sha256);
});

test('a story that was written here says so', async () => {
  const id = await site.add(edition('Here', story([passage('p1', 'Words.', { ending: true })])));
  expect(await (await site.ask(`/works/${id}/source`)).text()).toContain('written here');
});

test('the source of a draft is for those who have its secret link', async () => {
  const draft = await site.add(lampStory('Draft'), savedPage('Draft'), false);
  expect((await site.ask(`/works/${draft}/source`)).status).toBe(404);
  expect((await site.ask(`/works/${await site.secretHandle(draft)}/source`)).status).toBe(200);
});
