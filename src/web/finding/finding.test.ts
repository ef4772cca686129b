import { afterAll, beforeAll, expect, test } from 'vitest';
import { attribute, byTag, findAll, textOf } from '../../dom.ts';
import { cleanHtml, parsePage } from '../../html.ts';
import { listPeople } from '../../store/people.ts';
import { hideWork } from '../../store/works.ts';
import { edition, passage, story } from '../../testing/stories.ts';
import { lampStory, openSite, type TestSite } from '../site.testing.ts';

let site: TestSite;
let lamp: string;
let draft: string;
beforeAll(async () => {
  site = await openSite();
  const made = lampStory();
  const author = { name: 'horace <w>', role: 'author', site: 'journal.example' } as const;
  const summary = cleanHtml('<p>A lamp &amp; a boat</p>');
  lamp = await site.add({
    ...made,
    work: { ...made.work, creators: [author], fandoms: ['Lights & Boats'], summary },
  });
  draft = await site.add(lampStory('Unfinished Kettle'), undefined, false);
});
afterAll(() => site.close());

async function text(path: string): Promise<string> {
  const response = await site.ask(path);
  expect(response.status, path).toBe(200);
  return response.text();
}

test('a search finds a published work by its words and shows them marked', async () => {
  const html = await text('/search?q=window');
  expect(html).toContain(`href="/works/${lamp}"`);
  expect(html).toMatch(/<mark>window<\/mark>/);
  expect(html).toContain(
    'name="q" type="search" placeholder="Search titles, tags, full text…" value="window"',
  );
});

test('a draft is found nowhere: not by its words, its title, a feed, a site map or a list', async () => {
  for (const at of [
    '/search?q=kettle',
    '/search?q=unfinished',
    '/feeds/works.atom',
    '/sitemap.xml',
    '/works',
    '/',
  ]) {
    const html = await text(at);
    expect(html, at).not.toContain(draft);
    expect(
      html.toLowerCase().replace(/(?:has|value=")[^<>]*<q>.*?<\/q>|value="[^"]*"|<title>.*?<\/title>/g, ''),
      at,
    ).not.toContain('kettle');
  }
});

test('a search without words explains how to search, and one that finds nothing says so', async () => {
  expect(await text('/search')).toContain('Words in quotes');
  expect(await text('/search?q=zeppelin')).toContain('Nothing published here has');
});

test.each([
  '"',
  '* OR NEAR(',
  "'; DROP TABLE works; --",
  '<script>alert(1)</script>',
  '-',
  '()',
  '%',
  'a'.repeat(5000),
])('the question %s is only words', async (question) => {
  const html = await text(`/search?q=${encodeURIComponent(question)}`);
  expect(html).not.toContain('<script>alert');
});

test('whoever searches without pause is asked to wait', async () => {
  const busy = await openSite();
  const statuses: number[] = [];
  for (let i = 0; i < 125; i++) statuses.push((await busy.ask(`/search?q=word${i}`)).status);
  expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  expect(statuses[0]).toBe(200);
  await busy.close();
});

test('the feed is Atom: escaped, each entry with an address, a date and an author', async () => {
  const response = await site.ask('/feeds/works.atom');
  expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
  const xml = await response.text();
  expect(xml).toContain('<title>The Lamp</title>');
  expect(xml).toContain(`<id>http://localhost:4870/works/${lamp}</id>`);
  expect(xml).toContain('<author><name>horace &lt;w&gt;</name></author>');
  expect(xml).toContain('<category term="Lights &amp; Boats"/>');
  expect(xml).toContain('<summary type="html">&lt;p&gt;A lamp &amp;amp; a boat&lt;/p&gt;</summary>');
  expect(xml.match(/<updated>\d{4}-\d\d-\d\dT[\d:.]+Z<\/updated>/g)).toHaveLength(2);
  expect(xml.match(/<entry>/g)).toHaveLength(1);
});

test('the feed of a work that names nobody says that its author is not known', async () => {
  const other = await openSite();
  await other.add(edition('Nameless\u0008', story([passage('p1', 'Words.', { ending: true })])));
  const xml = await (await other.ask('/feeds/works.atom')).text();
  expect(xml).toContain('<author><name>Not known</name></author>');
  expect(xml).toContain('<title>Nameless</title>');
  await other.close();
});

test('the site map names published works, until they are hidden', async () => {
  const hidden = await site.add(
    edition('Gone', story([passage('p1', 'Other words here.', { ending: true })])),
  );
  expect(await text('/sitemap.xml')).toContain(`<loc>http://localhost:4870/works/${hidden}</loc>`);
  await hideWork(site.archive.store, hidden, 'host', 'asked');
  expect(await text('/sitemap.xml')).not.toContain(hidden);
  expect(await text('/sitemap.xml')).toContain(`<loc>http://localhost:4870/works/${lamp}</loc>`);
});

test('robots are told what to leave alone and where the site map is', async () => {
  const robots = await text('/robots.txt');
  expect(robots).toContain('Disallow: /search');
  expect(robots).toContain('Sitemap: http://localhost:4870/sitemap.xml');
});

test('a person has a page with what they wrote; screened words and those of drafts are on none', async () => {
  const people = parsePage(await text('/people'));
  const link = findAll(people, byTag('a')).find((a) => textOf(a) === 'horace <w>');
  const page = await text(link === undefined ? '' : (attribute(link, 'href') ?? ''));
  expect(page).toContain('horace &lt;w&gt;');
  expect(page).toContain('A name from journal.example');
  expect(page).toContain(`href="/works/${lamp}"`);
  for (const person of (await listPeople(site.archive.store, {})).items) {
    expect(await text(`/people/${person.id}`)).not.toContain('Screened words');
  }
});

test('what a reader said stands on their page, with the way to where it was said', async () => {
  const thread = await text(`/works/${lamp}/comments`);
  const at = /href="(\/people\/[0-9a-z]+)"[^>]*>\s*reader_one/.exec(thread)?.[1] ?? '';
  const page = await text(at);
  expect(page).toContain('I liked the lamp best of all.');
  expect(page).toMatch(/href="\/comments\/[0-9a-z]+"/);
});

test('whoever said only what is not public has no page', async () => {
  const response = await site.ask('/search?q=secret_friend');
  expect((await response.text()).replace(/<q>.*?<\/q>|value="[^"]*"|<title>.*?<\/title>/g, '')).not.toContain(
    'secret_friend',
  );
});

test('a tag with a character that no database keeps is found where its link leads', async () => {
  const base = lampStory('Null Lantern');
  const id = await site.add({ ...base, work: { ...base.work, fandoms: ['Boats\0Lights'] } });
  const href = findAll(parsePage(await text(`/works/${id}`)), byTag('a'))
    .map((link) => attribute(link, 'href'))
    .find((path) => path?.startsWith('/tags/fandom/'));
  expect(await text(href ?? '')).toContain(`/works/${id}`);
});
