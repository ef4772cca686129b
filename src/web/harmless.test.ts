import { unzipSync } from 'fflate';
import { JSDOM } from 'jsdom';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { attribute, findAll, textOf } from '../dom.ts';
import { exporters } from '../export/index.ts';
import { parsePage } from '../html.ts';
import { tagKinds } from '../model/views.ts';
import { saveProfile, saveSettings } from '../store/accounts.ts';
import { publishWork } from '../store/works.ts';
import { routes } from './app.ts';
import { type Crowd, crowd } from './crowd.testing.ts';
import { openSite, type TestSite } from './site.testing.ts';
import { addressesOf, type Parts } from './walk.testing.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

/** What gets out of an attribute, an element, a script and a comment, and does something where it does. */
const harm = (n: number): string => `xq${n}"'></script>--><img src=x onerror=a()>`;

let site: TestSite;
let of: Crowd;
beforeAll(async () => {
  site = await openSite();
  const { store } = site.archive;
  of = await crowd(site, harm);
  const { id, pseud } = of.author;
  const said = {
    bio: null,
    pronouns: harm(900),
    links: [{ label: harm(901), url: `https://a.example/?${harm(902)}` }],
  };
  await saveProfile(store, id, pseud.id, { ...said, pronouns: said.pronouns.slice(0, 40) });
  await saveSettings(store, { name: harm(903), contact: harm(904), signUp: 'request' });
  // What was written since is published: everyone reads it now.
  for (const work of ['published', 'draft', 'note'])
    await publishWork(store, of.works[work] ?? '', {
      rating: 'General Audiences',
      warnings: ['No Archive Warnings Apply'],
    });
});
afterAll(() => site.close());

const parts: Parts = {
  handle: () => [of.works.published, of.works.draft, of.works.note, of.works.hidden].map((id) => id ?? ''),
  file: () => exporters.map(({ name }) => `${of.works.published}.${name}`),
  passage: () => ['p1', 'p5'],
  key: () => ['p1', 'p5'],
  pair: () => ['A...B', 's2...s5'],
  place: () => ['p1'],
  siglum: () => ['C'],
  hash: () => [],
  id: () => [...of.comments.slice(0, 2), of.author.pseud.id, of.beta.pseud.id],
  kind: () => tagKinds,
  name: () => [
    encodeURIComponent([...of.canaries].find(([, where]) => where === 'a fandom since')?.[0] ?? ''),
  ],
  feed: () => [`${of.author.pseud.id}.atom`],
  year: () => [String(new Date().getUTCFullYear())],
  month: () => [new Date().toISOString().slice(5, 7)],
  code: () => [encodeURIComponent(harm(905))],
  token: () => ['nothing'],
  batch: () => ['abatch'],
};

const gets = routes.flatMap(([method, path]) => (method === 'GET' ? [path] : []));

/** What in a page would run, load or lead to what strangers wrote. */
function harmOf(html: string): readonly string[] {
  return findAll(parsePage(html), () => true).flatMap((element) => {
    const { tagName, attrs } = element;
    const found = attrs.flatMap(({ name, value }) => {
      if (name.startsWith('on') || name === 'style' || name === 'srcdoc') return [`${tagName} ${name}`];
      const loads = /^(?:href|src|action|formaction|data|poster|xlink:href)$/.test(name);
      return loads && /^(?:javascript|vbscript|data:text)/i.test(value.replace(/[^!-~]/g, ''))
        ? [`${tagName} ${name}`]
        : [];
    });
    if (tagName === 'script' && attribute(element, 'type') === 'application/ld+json') {
      JSON.parse(textOf(element));
      return found;
    }
    if (tagName === 'script' && attribute(element, 'src') === undefined) return [...found, 'script'];
    if (tagName === 'img' && attribute(element, 'src') === 'x') return [...found, 'img'];
    return found;
  });
}

/** The same for XML; @throws for what is none. */
function harmOfXml(text: string, type: 'application/xml' | 'application/xhtml+xml'): readonly string[] {
  const { document } = new JSDOM(text, { contentType: type }).window;
  return [...document.querySelectorAll('*')].flatMap((element) => [
    ...(element.localName === 'script' || element.getAttribute('src') === 'x' ? [element.localName] : []),
    ...[...element.attributes].flatMap(({ name }) => (name.startsWith('on') ? [name] : [])),
  ]);
}

async function harmIn(
  response: Response,
): Promise<{ readonly found: readonly string[]; readonly text: string }> {
  const type = response.headers.get('content-type') ?? '';
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = Buffer.from(bytes).toString();
  if (type.startsWith('text/html')) return { found: harmOf(text), text };
  if (/xml|svg/.test(type)) return { found: harmOfXml(text, 'application/xml'), text };
  if (!type.startsWith('application/epub')) return { found: [], text: '' };
  const files = Object.entries(unzipSync(bytes));
  const found = files.flatMap(([name, file]) => {
    if (name.split('/').includes('..') || name.startsWith('/')) return [name];
    const isText = /\.(?:xhtml|html|opf|ncx|xml)$/.test(name);
    return isText ? harmOfXml(Buffer.from(file).toString(), 'application/xhtml+xml') : [];
  });
  return { found, text: '' };
}

test('the walk knows harm when it sees it', () => {
  const pages = [
    '<img src=x onerror=a()>',
    '<p onclick="a()">',
    '<script>a()</script>',
    '<a href=" java&#10;script:a()">x</a>',
    '<p style="x">',
  ];
  for (const page of pages) expect(harmOf(page).length, page).toBeGreaterThan(0);
  expect(harmOf('<a href="/x">x</a><script src="/a.js"></script>')).toEqual([]);
});

test.each(['guest', 'author', 'beta', 'archivist', 'moderator', 'host'] as const)(
  'words made to harm are words on every page that a %s sees, and in every feed and book',
  async (who) => {
    const found: string[] = [];
    const seen = new Set<string>();
    const init = who === 'guest' ? {} : { headers: { cookie: of[who].cookie } };
    for (const route of gets)
      for (const path of addressesOf(route, parts)) {
        const answer = await harmIn(await site.ask(path, init));
        for (const harmed of answer.found) found.push(`${path}: ${harmed}`);
        for (const [, n = ''] of answer.text.matchAll(/xq(\d+)/g)) seen.add(n);
      }
    expect(found).toEqual([]);
    // So many places were shown.
    expect(seen.size).toBeGreaterThan(who === 'guest' ? 15 : 10);
  },
);
