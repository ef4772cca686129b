import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attribute, findAll, isElement, textOf } from '../dom.ts';
import { exporters } from '../export/index.ts';
import { parsePage } from '../html.ts';
import { addPerson } from '../store/sample-people.testing.ts';
import { listThread } from '../store/talk/comments.ts';
import { routes } from './app.ts';
import { publishedNote } from './journals/notes.testing.ts';
import { lampStory, openSite, savedPage, type TestSite } from './site.testing.ts';

/** For every page that a guest may open an address that leads somewhere; a route without one fails the first test. */
const addresses: Readonly<Record<string, string>> = {
  '/': '/',
  '/works': '/works',
  '/search': '/search?q=boat',
  '/works/:handle': '/works/WORK',
  '/works/:handle/read/:passage': '/works/WORK/read/p2',
  '/works/:handle/whole': '/works/WORK/whole',
  '/works/:handle/map': '/works/WORK/map',
  '/works/:handle/compare/:pair': '/works/WORK/compare/p2.A...p2.B',
  '/works/:handle/comments': '/works/WORK/comments',
  '/works/:handle/comments/:id': '/works/WORK/comments/COMMENT',
  '/works/:handle/states': '/works/WORK/states',
  '/works/:handle/source': '/works/WORK/source',
  '/works/:handle/verdicts/:place': '/works/WORK/verdicts/p2',
  '/comments/:id': '/comments/COMMENT',
  '/tags/:kind': '/tags/fandom',
  '/tags/:kind/:name': '/tags/fandom/Lighthouses',
  '/people': '/people',
  '/people/:id': '/people/PERSON',
  '/people/:id/comments': '/people/PERSON/comments',
  '/people/:id/:year': '/people/PERSON/2006',
  '/people/:id/:year/:month': '/people/PERSON/2006/05',
  '/notes/:handle': '/notes/NOTE',
  '/feeds/people/:feed': '/feeds/people/PERSON.atom',
  '/feeds/works.atom': '/feeds/works.atom',
  '/settings': '/settings',
  '/rules': '/rules',
  '/sign-up': '/sign-up',
  '/reset': '/reset',
  '/reader.css': '/reader.css',
  '/favicon.ico': '/favicon.ico',
  '/robots.txt': '/robots.txt',
  '/sitemap.xml': '/sitemap.xml',
  '/healthz': '/healthz',
};

/** Pages whose addresses are found on other pages, or that differ each time: they have tests of their own. */
const elsewhere = [
  '/assets/:name',
  '/works/:handle/resources/:hash',
  '/people/:id/icon',
  '/works/:handle/comments/sent',
  '/works/:file',
  '/first-start/:token',
  '/sign-in',
  '/sign-in/second',
  '/invitations/:code',
  '/reset/:code',
  '/reset/mail',
  '/mail/:code',
  '/invited/:code',
];

const plain = (path: string): string => path.replace(/\{.*?\}(?=\/|$)/g, '');
let site: TestSite;
const names = new Map<string, string>();
beforeAll(async () => {
  site = await openSite();
  const story = lampStory();
  const author = { name: 'horace', role: 'author', site: 'journal.example' } as const;
  const work = await site.add(
    { ...story, work: { ...story.work, fandoms: ['Lighthouses'], creators: [author] } },
    savedPage(),
  );
  const thread = await listThread(site.archive.store, work, {});
  const { pseud } = await addPerson(site.archive.store);
  const note = await publishedNote(site, pseud.id, 'Thank you all.', { posted: '2006-05-28' });
  names.set('WORK', work);
  names.set('DRAFT', await site.add(lampStory('A Draft'), undefined, false));
  names.set('COMMENT', thread.items[0]?.id ?? '');
  names.set('PERSON', pseud.id);
  names.set('NOTE', note);
});
afterAll(() => site.close());

function fill(address: string): string {
  return address.replace(/WORK|DRAFT|COMMENT|PERSON|NOTE/g, (name) => names.get(name) ?? '');
}

async function pageAt(path: string) {
  const response = await site.ask(path);
  const text = await response.text();
  return { response, text, tree: parsePage(text) };
}

test('every page that a guest may open is walked here or named as tested elsewhere', () => {
  const open = ['read the archive', 'read a work', 'sign in', 'set up the archive'];
  const missing = routes
    .flatMap(([method, path, action]) => (method === 'GET' && open.includes(action) ? [plain(path)] : []))
    .filter((path) => !Object.hasOwn(addresses, path) && !elsewhere.includes(path));
  expect(missing).toEqual([]);
});

describe.each(Object.values(addresses))('%s', (address) => {
  test('answers with a status, a type and the headers that keep a reader safe', async () => {
    const { response } = await pageAt(fill(address));
    expect(response.status).toBe(200);
    const head = response.headers;
    expect(head.get('content-type')).toMatch(/^(text|application|image)\//);
    expect(head.get('cache-control')).toBeTruthy();
    const policy = head.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe-(?:inline|eval)|\*|https?:/);
    expect(policy).toContain("frame-ancestors 'self'");
    expect(head.get('referrer-policy')).toBe('same-origin');
    expect(head.get('x-content-type-options')).toBe('nosniff');
    expect(head.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(head.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(head.get('permissions-policy')).toContain('camera=()');
    expect(head.get('strict-transport-security')).toBeNull();
    expect(head.get('x-powered-by')).toBeNull();
    expect(head.getSetCookie()).toEqual([]);
  });

  test('has no inline script or style and asks nothing of anyone else', async () => {
    const { response, text, tree } = await pageAt(fill(address));
    if (!response.headers.get('content-type')?.startsWith('text/html')) return;
    expect(text.startsWith('<!doctype html>')).toBe(true);
    for (const element of findAll(tree, () => true)) {
      const name = element.tagName;
      expect(
        element.attrs.filter((a) => a.name.startsWith('on') || a.name === 'style'),
        name,
      ).toEqual([]);
      expect(name).not.toBe('style');
      expect(name).not.toBe('base');
      if (name === 'script' && attribute(element, 'type') !== 'application/ld+json') {
        expect(textOf(element)).toBe('');
        expect(attribute(element, 'src')).toMatch(/^\//);
      }
      const loads = ['src', 'srcset', 'data', 'poster', 'action', 'formaction'].map((a) =>
        attribute(element, a),
      );
      const isLink = name === 'link' && !/canonical/.test(attribute(element, 'rel') ?? '');
      for (const at of [...loads, isLink ? attribute(element, 'href') : undefined]) {
        if (at !== undefined) expect(at, name).toMatch(/^\/(?!\/)/);
      }
    }
  });

  test('has one main heading, headings in order, and no id twice', async () => {
    const { response, tree } = await pageAt(fill(address));
    if (!response.headers.get('content-type')?.startsWith('text/html')) return;
    const levels = findAll(tree, (e) => /^h[1-6]$/.test(e.tagName)).map((e) => Number(e.tagName[1]));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [i, level] of levels.entries())
      expect(level - (levels[i - 1] ?? level)).toBeLessThanOrEqual(1);
    const ids = findAll(tree, (e) => attribute(e, 'id') !== undefined).map((e) => attribute(e, 'id'));
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  test('answers HEAD as GET without the words, and other methods with those it has', async () => {
    const at = fill(address);
    const get = await site.ask(at, { headers: { 'accept-encoding': 'identity' } });
    const head = await site.ask(at, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } });
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const name of [
      'content-type',
      'content-length',
      'etag',
      'cache-control',
      'content-security-policy',
    ]) {
      expect(head.headers.get(name), name).toBe(get.headers.get(name));
    }
    const options = await site.ask(at, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, expect.stringContaining('GET, ')]);
    const wrong = await site.ask(at, { method: 'DELETE' });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toContain('GET');
  });

  test('is the same from memory as anew, and 304 to one who has it', async () => {
    const at = fill(address);
    const first = await site.ask(at);
    const again = await site.ask(at);
    expect(await again.text()).toBe(await first.text());
    const etag = first.headers.get('etag');
    expect(etag !== null).toBe(first.headers.get('cache-control')?.startsWith('public'));
    if (etag === null) return;
    expect((await site.ask(at, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });
});

test('every link of our own on every page leads somewhere', async () => {
  const seen = new Set<string>();
  const broken: string[] = [];
  for (const address of Object.values(addresses)) {
    const { response, tree } = await pageAt(fill(address));
    if (!response.headers.get('content-type')?.startsWith('text/html')) continue;
    const links = findAll(tree, (e) => e.tagName === 'a' || e.tagName === 'link')
      .map((e) => attribute(e, 'href') ?? '')
      .filter((href) => href.startsWith('/'))
      .map((href) => href.replace(/#.*/, ''));
    for (const link of links) {
      if (seen.has(link)) continue;
      seen.add(link);
      const { status, headers } = await site.ask(link);
      // Members' pages lead guests to sign in.
      if (status === 303 && headers.get('location')?.startsWith('/sign-in') === true) continue;
      const unwritten = /^\/works\/[^/]+\.([a-z]+)$/.exec(link)?.[1];
      const isUnwritten = unwritten !== undefined && !exporters.some((e) => e.name === unwritten);
      if (status !== 200 && !isUnwritten) broken.push(`${address} → ${link}: ${status}`);
    }
  }
  expect(broken).toEqual([]);
});

test('links within a page lead to a place that is there', async () => {
  const lost: string[] = [];
  for (const address of Object.values(addresses)) {
    const { tree } = await pageAt(fill(address));
    const ids = new Set(findAll(tree, () => true).map((e) => attribute(e, 'id')));
    for (const link of findAll(tree, (e) => isElement(e) && (attribute(e, 'href') ?? '').startsWith('#'))) {
      const id = attribute(link, 'href')?.slice(1);
      if (!ids.has(id)) lost.push(`${address}#${id}`);
    }
  }
  expect(lost).toEqual([]);
});

test.each([
  '/nothing',
  '/works/nosuchwork1',
  '/works/WORK/read/p99',
  '/works/WORK/nothing',
  '/works/WORK.exe',
  '/works/DRAFT',
  '/works/DRAFT-0123456789abcdefghjkmnpqrs',
  '/works/DRAFT/read/p1',
  '/works/DRAFT/source',
  '/works/DRAFT.json',
  '/works/..%2f..%2fetc',
  '/comments/nosuch',
  '/people/nosuch',
  '/tags/nosuch',
  '/assets/nosuch.css',
  '/%00',
  '/%ff%fe',
])('%s is nothing, and the page that says so helps', async (address) => {
  const { response, text } = await pageAt(fill(address));
  expect(response.status).toBe(404);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(text).toContain('There is nothing here');
  expect(text).toContain('action="/search"');
});
