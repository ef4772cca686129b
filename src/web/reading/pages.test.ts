import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exporters } from '../../export/index.ts';
import type { CleanHtml } from '../../html.ts';
import { htmlOfText } from '../../html.ts';
import type { Edition } from '../../model/edition.ts';
import type { CommentView, WorkView } from '../../model/views.ts';
import { emptyHeader } from '../../model/work.ts';
import { removeWork } from '../../store/removals.ts';
import { listThread } from '../../store/talk/comments.ts';
import { getWork } from '../../store/works.ts';
import { comment } from '../../testing/comments.ts';
import { choice, dividesAfter, edition, passage, story } from '../../testing/stories.ts';
import { openSite, type TestSite } from '../site.testing.ts';

const image = 'a'.repeat(64);

/** A story with two endings, as it stood in a journal. */
const ferry: Edition<CleanHtml> = edition(
  'The Ferry <at> Low Water',
  story(
    [
      passage('p1', 'The road came down to the river.', { title: 'The landing' }),
      passage('p2', 'Low water, and nobody on the other side.', { title: 'Low water' }),
      passage('p3', 'They buried the lamp.', { title: 'Burial', ending: true }),
      passage('p4', 'She woke.', { title: 'Waking', ending: true }),
    ],
    { variantSets: [dividesAfter('p2', 'p3', 'p4')] },
  ),
  {
    work: {
      ...emptyHeader,
      title: 'The Ferry <at> Low Water',
      creators: [
        { name: 'h_walpole', role: 'author', site: 'livejournal.com' },
        { name: 'Clara', role: 'beta', site: null },
        { name: 'Matilda', role: 'beta', site: null },
      ],
      fandoms: ['Ferrymen & Co'],
      freeforms: ['river'],
      rating: 'Teen And Up Audiences',
      warnings: ['Major Character Death'],
      language: 'en-GB',
      summary: htmlOfText('Two people wait at two landings.'),
      notes: htmlOfText('Begun three winters ago.'),
      endnotes: htmlOfText('Thank you for crossing.'),
      posted: {
        written: '28th-May-2006 12:47 pm',
        local: '2006-05-28T12:47',
        instant: null,
        zone: null,
        precision: 'minute',
      },
      complete: true,
      asWritten: [{ label: 'Disclaimer', value: 'Not mine. <The river> least of all.' }],
    },
    comments: [
      comment('c01', null, 'clara_reads', 'I believe the second.', {
        about: { kind: 'branch', place: 'p2', sigla: ['B'] },
      }),
      comment('c02', 'c01', 'h_walpole', 'I left you the choosing.'),
      comment('c03', null, 'tidewrack', 'Deep water.'),
      ...Array.from({ length: 14 }, (_, i) => {
        const before = `c${String(i + 3).padStart(2, '0')}`;
        return comment(`c${String(i + 4).padStart(2, '0')}`, before, 'tidewrack', `Deeper by ${i + 1}.`);
      }),
      comment('c30', null, 'secretive', 'A screened whisper.', { state: 'screened' }),
      comment('c31', 'c30', 'h_walpole', 'An answer anyone may read.'),
      comment('c32', null, null, 'No name came with these words.'),
      comment('c33', null, `"><script>alert('name')</script>`, 'Quiet words.', {
        subject: '</p><img src=x onerror="alert(1)">',
        posted: {
          written: '"><b onclick=x>',
          local: '2006-05-30',
          instant: null,
          zone: null,
          precision: 'day',
        },
        about: { kind: 'words', key: 'p1', quote: '<i>The</i> road"', start: 0 },
        importedFrom: '<u>elsewhere</u>',
      }),
    ],
  },
);

/** A story in which one chooses, and one way is open only to those who have the lamp. */
const doors: Edition<CleanHtml> = edition(
  'Nine Doors',
  story(
    [
      passage('k1', 'The hall.', { title: 'The hall' }),
      passage('k2', 'She took the lamp.', { title: 'The lamp', sets: ['lamp'] }),
      passage('k3', 'The tenth door.', { title: 'The tenth door', ending: true }),
      passage('k4', 'Daylight.', { title: 'Daylight', ending: true }),
    ],
    {
      choices: [
        choice('k1', 'k2', 'Take the lamp'),
        choice('k1', 'k3', 'Open the tenth door', [{ kind: 'flag', flag: 'lamp', holds: true }]),
        choice('k2', 'k1', 'Back to the hall'),
        choice('k1', 'k4', 'Go home'),
      ],
    },
  ),
);

let site: TestSite;
let published: WorkView;
let choosing: WorkView;
let draft: WorkView;
let thread: readonly CommentView[];

beforeAll(async () => {
  site = await openSite({}, 'https://archive.example');
  published = await keep(ferry);
  choosing = await keep(doors);
  draft = await keep(
    edition('Not Yet', story([passage('p1', 'Words before their time.'), passage('p2', 'And more.')]), {
      work: {
        ...emptyHeader,
        title: 'Not Yet',
        creators: [{ name: 'nobody_yet', role: 'author', site: 'journal.example' }],
        fandoms: ['Unheard Of'],
        freeforms: ['early'],
      },
      comments: [comment('c01', null, 'early_bird', 'A word in private.')],
    }),
    false,
  );
  thread = (await listThread(site.archive.store, published.id)).items;
});
afterAll(() => site.close());

/** Stores a work and publishes it, unless told otherwise. */
async function keep(work: Edition<CleanHtml>, publish = true): Promise<WorkView> {
  return getWork(site.archive.store, await site.add(work, undefined, publish));
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
}

async function get(path: string): Promise<Answer> {
  const response = await site.ask(path);
  return { status: response.status, headers: response.headers, html: await response.text() };
}

/** The words of a page in order, without markup. */
function words(html: string): string {
  return html
    .replace(/<head>.*?<\/head>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}

function idOf(text: string): string {
  const found = thread.find((c) => c.html.includes(text));
  if (found === undefined) throw new Error(`no comment says "${text}"`);
  return found.id;
}

describe('the page of a work', () => {
  test('says rating and warnings before anything else, and the header as it was written', async () => {
    const { status, html } = await get(`/works/${published.id}`);
    expect(status).toBe(200);
    const said = words(html);
    const order = [
      'Teen And Up',
      'Major character death',
      'The Ferry &lt;at&gt; Low Water',
      'by h_walpole',
      'Contents',
    ];
    const places = order.map((text) => said.indexOf(text));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(said).toMatch(/betas Clara and Matilda/);
    expect(said).toContain('Not mine. &lt;The river&gt; least of all.');
    expect(said).toContain('28 May 2006, 12:47 (zone not stated)');
    expect(html).toContain('<time datetime="2006-05-28T12:47"');
  });

  test('shows the fork in its contents, with sigla and words', async () => {
    const said = words((await get(`/works/${published.id}`)).html);
    expect(said).toMatch(
      /Low water 8 words Here the story divides A Burial Ending p3 4 words B Waking Ending p4 2 words/,
    );
  });

  test('leads to the start, the whole, the map, the comparison and the books', async () => {
    const { html } = await get(`/works/${published.id}`);
    const base = `/works/${published.id}`;
    const books = exporters.map(({ name }) => `.${name}`);
    for (const path of ['/read/p1', '/whole', '/map', '/compare/A...B?place=p2', ...books]) {
      expect(html, path).toContain(`href="${base}${path}"`);
    }
  });

  test('does not name the endings choices lead to, until asked', async () => {
    const { html } = await get(`/works/${choosing.id}`);
    const [before = '', after = ''] = html.split('<details class="contents-endings">');
    expect(before).not.toContain('The tenth door');
    expect(after).toContain('The tenth door');
  });
});

describe('a passage', () => {
  test('where the story divides shows a card for each way, and no comments', async () => {
    const { html } = await get(`/works/${published.id}/read/p2`);
    const said = words(html);
    expect(said).toContain('Here the story divides');
    expect(html).toMatch(
      /class="fork-card siglum-1".*?>A<.*?read\/p3.*?class="fork-card siglum-2".*?>B<.*?read\/p4/s,
    );
    expect(said).not.toContain('I believe the second.');
  });

  test('in the middle leads on', async () => {
    const { html } = await get(`/works/${published.id}/read/p1`);
    expect(html).toMatch(/rel="next" href="\/works\/\w+\/read\/p2"/);
    expect(words(html)).toContain('Begun three winters ago.');
    expect(words(html)).not.toContain('Thank you for crossing.');
  });

  test('that ends a branch offers the other, the comparison, the question and the conversation', async () => {
    const { html } = await get(`/works/${published.id}/read/p3`);
    const said = words(html);
    expect(said).toContain('The other ending');
    expect(html).toMatch(/class="fork-card siglum-2"/);
    expect(html).not.toMatch(/class="fork-card siglum-1"/);
    expect(html).toContain(`/compare/A...B?place=p2`);
    expect(html).toContain(`action="/works/${published.id}/verdicts"`);
    expect(html).toMatch(/name="place" value="p2"/);
    expect(html.match(/name="sigla" value="(A|B|A B)"/g)).toHaveLength(3);
    expect(said).toContain('I believe the second.');
    expect(said).toContain('Thank you for crossing.');
  });

  test('whose choices ask for a flag shows them to those who carry it in the address', async () => {
    const base = `/works/${choosing.id}/read`;
    const empty = await get(`${base}/k1`);
    expect(words(empty.html)).not.toContain('Open the tenth door');
    expect(words(empty.html)).toContain('Go home');
    const lamp = await get(`${base}/k2`);
    expect(lamp.html).toContain(`href="${base}/k1?set=lamp"`);
    const carried = await get(`${base}/k1?set=lamp`);
    expect(words(carried.html)).toContain('Open the tenth door');
    expect(carried.html).toContain(`rel="canonical" href="https://archive.example${base}/k1"`);
  });

  test('that does not exist is not found', async () => {
    expect((await get(`/works/${published.id}/read/p9`)).status).toBe(404);
    expect((await get(`/works/${published.id}/read/%3Cscript%3E`)).status).toBe(404);
  });
});

test('the whole work on one page has every passage once, each ending under its siglum', async () => {
  const { html } = await get(`/works/${published.id}/whole`);
  for (const text of ['The road came down', 'Low water, and nobody', 'They buried', 'She woke']) {
    expect(html.split(text)).toHaveLength(2);
  }
  expect(words(html)).toMatch(/A Burial Ending p3 They buried the lamp\. B Waking Ending p4 She woke\./);
});

test('the whole work on one page tells the notes of its passages apart', async () => {
  const noted = (words: string): CleanHtml =>
    `<p>${words}<sup><a id="t-fnref-1" href="#t-fn-1">1</a></sup></p><ol><li id="t-fn-1"><p>Of ${words} <a href="#t-fnref-1">↩</a></p></li></ol>` as CleanHtml;
  const both = [passage('p1', ''), passage('p2', '', { ending: true })].map((p, i) => ({
    ...p,
    html: noted(i === 0 ? 'tides' : 'lamps'),
  }));
  const { id } = await keep(edition('Notes', story(both)));
  const { html } = await get(`/works/${id}/whole`);
  const ids = [...html.matchAll(/ id="(t-[^"]+)"/g)].map(([, name]) => name);
  expect(ids).toEqual(['t-p1.fnref-1', 't-p1.fn-1', 't-p2.fnref-1', 't-p2.fn-1']);
  const links = [...html.matchAll(/ href="#(t-[^"]+)"/g)].map(([, name]) => name);
  expect(links).toEqual(['t-p1.fn-1', 't-p1.fnref-1', 't-p2.fn-1', 't-p2.fnref-1']);
});

describe('a conversation', () => {
  test('shows names, times, sigla and answers, and not what is screened', async () => {
    const { html } = await get(`/works/${published.id}/comments`);
    const said = words(html);
    expect(said).toMatch(/clara_reads B 29 May 2006, 10:01 UTC/);
    expect(said).toMatch(
      /h_walpole author 29 May 2006, 10:02 UTC in answer to clara_reads I left you the choosing\./,
    );
    expect(said).toContain('a reader, 2006');
    expect(html).not.toContain('A screened whisper');
    expect(html).not.toContain('secretive');
    expect(said).toContain('An answer anyone may read.');
  });

  test('is one flat list whatever its depth, and depth stops growing at nine', async () => {
    const { html } = await get(`/works/${published.id}/comments`);
    expect(html.match(/<ol class="thread">/g)).toHaveLength(1);
    expect(html).toContain('class="comment depth-9"');
    expect(html).not.toContain('depth-10');
    expect(words(html)).toContain('Deeper by 14.');
  });

  test('gives every comment an address with its answers and the way to the whole', async () => {
    const id = idOf('I left you the choosing.');
    const { status, html } = await get(`/comments/${id}`);
    expect(status).toBe(200);
    expect(words(html)).toContain('In answer to clara_reads');
    expect(html).toContain(`/works/${published.id}/comments#c-${id}`);
    expect(words(html)).not.toContain('Deep water.');
  });

  test('escapes whatever a source gives for names, subjects, dates and quotes', async () => {
    const { html } = await get(`/works/${published.id}/comments`);
    expect(html).toContain('Quiet words.');
    expect(html).not.toMatch(/<script>|<img|<b |<u>|<i>/);
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
    expect(html).toContain('title="As written: &quot;&gt;&lt;b onclick=x&gt;"');
  });

  test('keeps an answer to a screened comment at its own address', async () => {
    const { status, html } = await get(`/comments/${idOf('An answer anyone may read.')}`);
    expect(status).toBe(200);
    expect(html).not.toContain('secretive');
  });

  test('is read from either end, answers behind what they answer', async () => {
    const tops = async (query: string) => {
      const { html } = await get(`/works/${published.id}/comments${query}`);
      return [...html.matchAll(/<li class="comment depth-0" id="c-(\w+)"/g)].map((m) => m[1]);
    };
    const oldest = await tops('');
    expect(oldest.length).toBeGreaterThan(1);
    expect(await tops('?order=newest')).toEqual(oldest.toReversed());
    const { html } = await get(`/works/${published.id}/comments?order=newest`);
    expect(html).toMatch(/order=newest" aria-current="true">\s*Newest first/);
    expect(html).not.toContain('rel="canonical"');
  });

  test('can be read about one branch only', async () => {
    const { html } = await get(`/works/${published.id}/comments?about=B`);
    expect(words(html)).toContain('I believe the second.');
    expect(words(html)).not.toContain('Deep water.');
    expect((await get(`/works/${published.id}/comments?about=Z`)).status).toBe(200);
  });
});

describe('a draft', () => {
  test('is not found without its secret, with a wrong one, or through its comments', async () => {
    const unknown = await get('/works/0000000000');
    for (const path of [
      draft.id,
      `${draft.id}-${'0'.repeat(26)}`,
      `${draft.id}/read/p1`,
      `${draft.id}/whole`,
    ]) {
      const answer = await get(`/works/${path}`);
      expect(answer.status, path).toBe(404);
      expect(answer.html).not.toContain('Not Yet');
    }
    expect(unknown.status).toBe(404);
  });

  test('opens by its secret link, which its links keep, unindexed and unkept', async () => {
    const handle = `${draft.id}-${draft.secret}`;
    const { status, html, headers } = await get(`/works/${handle}`);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(html).toContain('name="robots" content="noindex');
    expect(html).not.toContain('rel="canonical"');
    const links = [...html.matchAll(/href="(\/works\/[^"]+)"/g)].map((m) => m[1]);
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) expect(link).toContain(`/works/${handle}`);
  });

  test('leads nowhere that is not there, as to names and tags that stand in no public work', async () => {
    const handle = `${draft.id}-${draft.secret}`;
    const pages = ['', '/read/p1', '/read/p2', '/whole', '/comments'];
    const answers = await Promise.all(pages.map((rest) => get(`/works/${handle}${rest}`)));
    const links = answers.flatMap(({ html }) => [...html.matchAll(/ href="(\/[^"#?]*)/g)].map((m) => m[1]));
    for (const { html } of answers.slice(0, 2)) expect(html).toContain('nobody_yet');
    for (const link of new Set(links)) expect((await site.ask(link ?? '')).status, link).toBeLessThan(400);
  });

  test('shows a comment under its secret link only', async () => {
    const [{ id = '' } = {}] = (await listThread(site.archive.store, draft.id)).items;
    const hidden = await get(`/comments/${id}`);
    expect(hidden.status).toBe(404);
    expect(hidden.html).not.toContain('A word in private.');
    const shown = await get(`/works/${draft.id}-${draft.secret}/comments/${id}`);
    expect(shown.html).toContain('A word in private.');
    expect(shown.headers.get('cache-control')).toBe('private, no-store');
    expect((await get(`/works/${published.id}/comments/${id}`)).status).toBe(404);
  });

  test('stands in no list', async () => {
    for (const path of ['/', '/works', '/works?sort=title', '/tags/fandom']) {
      expect((await get(path)).html, path).not.toContain('Not Yet');
    }
  });
});

test('a removed work is gone, and says so when the law took it', async () => {
  const one = await keep(edition('Soon Gone', story([passage('p1', 'Brief.')])));
  const two = await keep(edition('Soon Forbidden', story([passage('p1', 'Briefer.')])));
  await removeWork(site.archive.store, one.id, { by: 'host', why: 'asked for' });
  await removeWork(site.archive.store, two.id, { by: 'host', why: 'court', legal: true });
  expect((await get(`/works/${one.id}`)).status).toBe(410);
  expect((await get(`/works/${two.id}/read/p1`)).status).toBe(451);
});

describe('lists', () => {
  test('show works with rating, warnings, sigla and summary', async () => {
    const { html } = await get('/works');
    expect(words(html)).toMatch(/2 works|3 works/);
    expect(words(html)).toMatch(/by h_walpole Teen And Up A B Major character death Ferrymen &amp; Co river/);
  });

  test('of a tag has its works; an unknown tag is not found', async () => {
    const { html, status } = await get(`/tags/fandom/${encodeURIComponent('Ferrymen & Co')}`);
    expect(status).toBe(200);
    expect(html).toContain('The Ferry &lt;at&gt; Low Water');
    expect((await get('/tags/fandom/None')).status).toBe(404);
    expect((await get('/tags/colour/Red')).status).toBe(404);
  });

  test('of fandoms counts works and leads to them', async () => {
    const { html } = await get('/tags/fandom');
    expect(html).toContain(`href="/tags/fandom/${encodeURIComponent('Ferrymen & Co')}"`);
  });

  test('an order that is not offered is the newest first', async () => {
    expect((await get('/works?sort=%27;drop')).status).toBe(200);
  });
});

describe('an empty archive', () => {
  test('teaches the first import on its front page', async () => {
    const empty = await openSite();
    const html = await (await empty.ask('/')).text();
    await empty.close();
    expect(html).toContain('<a href="/studio/new">write the first story</a>');
    expect(html).toContain('variorum import story.html');
    expect(html).toContain('variorum publish');
  });
});

describe('every page', () => {
  const paths = (): readonly string[] => [
    '/',
    '/works',
    '/tags/fandom',
    '/settings',
    `/works/${published.id}`,
    `/works/${published.id}/read/p2`,
    `/works/${published.id}/read/p3`,
    `/works/${choosing.id}/read/k1`,
    `/works/${published.id}/whole`,
    `/works/${published.id}/comments`,
    `/comments/${idOf('I left you')}`,
  ];

  test('holds no inline script or style, and asks nothing of anyone else', async () => {
    for (const path of paths()) {
      const { html } = await get(path);
      const tags = (html.match(/<[a-z][^>]*>/g) ?? []).map((tag) => tag.replace(/="[^"]*"/g, '=""'));
      expect(
        tags.filter((tag) => /^<style| style=| on\w+=/.test(tag)),
        path,
      ).toEqual([]);
      expect(html, path).not.toMatch(/="javascript:/);
      for (const [, attributes, body] of html.matchAll(/<script([^>]*)>(.*?)<\/script>/gs)) {
        expect(attributes, path).toMatch(/ src="\/assets\//);
        expect(body, path).toBe('');
      }
      for (const [, source] of html.matchAll(/(?:src|action)="([^"]+)"/g))
        expect(source, path).toMatch(/^\//);
    }
  });

  test('has one h1, headings that skip no level, landmarks, a skip link and ids that stand once', async () => {
    for (const path of paths()) {
      const { html } = await get(path);
      const levels = [...html.matchAll(/<h([1-6])[ >]/g)].map((m) => Number(m[1]));
      expect(
        levels.filter((level) => level === 1),
        path,
      ).toHaveLength(1);
      for (const [i, level] of levels.entries())
        expect(level, path).toBeLessThanOrEqual((levels[i - 1] ?? 0) + 1);
      expect(html, path).toContain('<a class="skip" href="#main">');
      expect(html, path).toMatch(/<header.*<nav.*<main id="main".*<footer/s);
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]);
      expect(ids.length, path).toBe(new Set(ids).size);
      expect(html, path).toMatch(/^<!doctype html><html lang="en">/);
    }
  });

  test('is found by every link it makes to this site, with what it needs', async () => {
    const seen = new Set<string>();
    for (const path of paths()) {
      const { html } = await get(path);
      for (const [, href = ''] of html.matchAll(/href="(\/[^"#]*)/g)) seen.add(href.replaceAll('&amp;', '&'));
    }
    for (const href of seen) expect((await get(href)).status, href).toBeLessThan(400);
  });

  test('weighs at most 100 kB with style sheet and script, which is at most 15 kB', async () => {
    const page = await get(`/works/${published.id}/read/p3`);
    const assets = [...page.html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:css|js))"/g)].map(
      (m) => m[1] ?? '',
    );
    expect(assets).toHaveLength(2);
    const sizes = await Promise.all(assets.map(async (path) => Buffer.byteLength((await get(path)).html)));
    const script = sizes[assets.findIndex((path) => path.endsWith('.js'))] ?? 0;
    expect(script).toBeLessThanOrEqual(15_000);
    const all = Buffer.byteLength(page.html) + sizes.reduce((a, b) => a + b, 0);
    expect(all).toBeLessThanOrEqual(100_000);
  });
});

test('assets are kept for a year under their hash, fonts among them', async () => {
  const { html } = await get('/');
  const font = /href="(\/assets\/literata-[^"]+\.woff2)"/.exec(html)?.[1] ?? '';
  const response = await site.ask(font);
  expect(response.headers.get('content-type')).toBe('font/woff2');
  expect(response.headers.get('cache-control')).toContain('immutable');
  expect(new TextDecoder().decode((await response.arrayBuffer()).slice(0, 4))).toBe('wOF2');
  expect((await get('/assets/..%2f..%2fpackage.json')).status).toBe(404);
});

test('an image is given only to those who may read its work, and only by its hash', async () => {
  expect((await get(`/works/${published.id}/resources/${image}`)).status).toBe(404);
  expect((await get(`/works/${published.id}/resources/..%2fx`)).status).toBe(404);
});
