import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram, type Site, startBrowser, startSite } from './harness.ts';
import { textAt } from './pages.ts';
import { allowed, editionOf, ownPayloads, type Payload, readCollected, textOf } from './payloads.ts';

let site: Site;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite({ demo: false }), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await site.stop();
});

/** A page that notices whatever runs, asks or leads away. */
interface Watch {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What happened, since it was last asked. */
  happened(): Promise<string[]>;
}

/** Runs before any page's own words: whatever payloads do is told instead of done. */
const listener = `for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'msgbox'])
  globalThis[name] = () => { tell(name); };
addEventListener('securitypolicyviolation', (e) => tell('against the policy: ' + e.violatedDirective + ' ' + e.blockedURI));`;

async function watch(policy: 'on' | 'off'): Promise<Watch> {
  const context = await browser.newContext({
    bypassCSP: policy === 'off',
    viewport: { width: 1280, height: 900 },
  });
  const happened: string[] = [];
  await context.exposeBinding('tell', (_source, what: string) => happened.push(what));
  await context.addInitScript(listener);
  await context.route(
    (url) => url.origin !== site.url,
    (route) => {
      happened.push(`asked ${route.request().url()}`);
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  context.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin !== site.url || request.isNavigationRequest()) return;
    if (!/^\/(assets\/|reader\.css$|works\/[^/]+\/resources\/|people\/[0-9a-z]+\/icon$)/.test(pathname))
      happened.push(`asked ${pathname}`);
  });
  context.on('weberror', (error) => happened.push(`error ${error.error().message}`));
  page.on('popup', () => happened.push('a window'));
  return {
    page,
    context,
    async happened() {
      happened.push(...(await page.evaluate<string[]>(armed)));
      return happened.splice(0);
    },
  };
}

/** What only waits for a click: handlers, links that run, elements and forms no stranger may bring. */
const armed = `(() => {
  // Payloads take the place of document's own names: these are asked of its prototype.
  const all = (selector) => [...Document.prototype.querySelectorAll.call(document, selector)];
  const ours = all('.masthead').length > 0;
  const within = ours ? 'body ' : '';
  const found = all(within + ':is(script, style, link, meta:not([itemprop]), base, iframe, object, embed, frame, frameset, applet, portal, noscript, template, video, audio, marquee)').map((e) => '<' + e.localName + '>');
  found.push(...all('body [style], body form:not([action^="/works/"], [action="/search"], [action="/settings"])').map((e) => e.localName + ' with a style or a form'));
  const handlers = Document.prototype.evaluate.call(document, '//@*[starts-with(translate(name(), "ON", "on"), "on")]', document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
  for (let i = 0; i < handlers.snapshotLength; i++) found.push(handlers.snapshotItem(i).name);
  for (const e of all('[href], [*|href], [src], [action], [formaction], [data], [srcset], [poster]'))
    for (const { name, value } of e.attributes)
      if (/^[\\s\\u0000-\\u0020]*(j\\s*a\\s*v\\s*a\\s*s|v\\s*b\\s*s|d\\s*a\\s*t\\s*a\\s*:\\s*text)/i.test(value) && /href|src|action|data$|poster/.test(name)) found.push(name + '=' + value);
  return found;
})()`;

test('without the cleaner the harness sees every payload of ours at work', async () => {
  const { page, context, happened } = await watch('off');
  const unseen: string[] = [];
  let body = '';
  await context.route(`${site.url}/raw`, (route) => route.fulfill({ contentType: 'text/html', body }));
  for (const { html } of ownPayloads) {
    body = `<!doctype html><title>raw</title>${html}`;
    const raw = await context.newPage();
    await raw.goto(`${site.url}/raw`, { waitUntil: 'commit' }).catch(() => undefined);
    let seen: string[] = [];
    for (let tries = 0; tries < 30 && seen.length === 0; tries++) {
      await raw.waitForTimeout(10);
      seen = [...(await happened()), ...(await raw.evaluate<string[]>(armed).catch(() => []))];
    }
    if (seen.length === 0) unseen.push(html);
    await raw.close();
  }
  expect(unseen).toEqual([]);
  await page.close();
  await context.close();
});

describe('ours, shown in every place for strangers’ words', () => {
  let paths: readonly string[];
  let work: string;
  beforeAll(async () => {
    work = (await takeAll([editionOf('Ours', [...ownPayloads, ...allowed], true)]))[0] ?? '';
    paths = await placesOf(work, true);
  });

  test('nothing runs and nobody is asked for anything, though no policy forbids it', async () => {
    const { page, context, happened } = await watch('off');
    expect(await visit(page, paths, happened)).toEqual([]);
    await context.close();
  });

  test('our own pages do nothing that their policy forbids', async () => {
    const { page, context, happened } = await watch('on');
    expect(await visit(page, [...(await placesOf(work, false)), ...lists], happened)).toEqual([]);
    await context.close();
  });

  test('their words are still read, and what is allowed stays as it was written', async () => {
    const { page, context } = await watch('off');
    for (const place of [`${work}/whole`, `${work}/comments`]) {
      await page.goto(site.url + place);
      const shown = await page.locator('main').innerText();
      const markup = await page.locator('main').innerHTML();
      for (const { words } of [...ownPayloads, ...allowed]) expect(shown, place).toContain(words);
      for (const { html } of allowed) expect(plain(markup), place).toContain(plain(html));
    }
    await page.goto(site.url + work);
    const title = await page.getByRole('heading', { level: 1 }).innerText();
    for (const { html } of ownPayloads.slice(0, 10)) expect(title).toContain(textOf(html));
    await context.close();
  });

  test('the feed is XML, and what it says of works is as clean', async () => {
    const { page, context, happened } = await watch('off');
    const xml = await textAt(site, '/feeds/works.atom');
    await page.goto(`${site.url}/healthz`);
    const summaries = await page.evaluate<string[]>(
      `(() => { const feed = new DOMParser().parseFromString(${JSON.stringify(xml)}, 'application/xml');
        return feed.querySelector('parsererror') ? ['broken'] : [...feed.querySelectorAll('summary')].map((s) => s.textContent); })()`,
    );
    expect(summaries.join(' ')).toContain('kestrel summary');
    await page.setContent(`<!doctype html><title>feed</title><main>${summaries.join('')}</main>`);
    expect(await happened()).toEqual([]);
    await context.close();
  });
});

test('a saved page full of them is shown as it was, and nothing runs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'variorum-payloads-'));
  const closed = ownPayloads.filter(
    ({ html }) => !/<(!|noscript|body|math|svg\/|\/textarea|meta|base)/i.test(html),
  );
  const page = readFileSync(join(import.meta.dirname, '..', 'demo', '46799.html'), 'latin1');
  const words = 'I had to come back';
  const into = page.includes(words) ? words : 'walked';
  writeFileSync(
    join(folder, '46799.html'),
    page.replaceAll(into, () => `${into}<div>${closed.map(({ html }) => html).join('</div><div>')}</div>`),
    'latin1',
  );
  const importing = runProgram(['import', folder, '--publish', ...published], { VARIORUM_DATA: site.data });
  await importing.ended;
  const secret = /\/works\/[a-z0-9]+-[a-z0-9]+/.exec(importing.said())?.[0];
  const work = secret ?? (await newestWork());
  for (const policy of ['on', 'off'] as const) {
    const { page: tab, context, happened } = await watch(policy);
    expect(await visit(tab, [work, `${work}/source`, `${work}/whole`, `${work}/comments`], happened)).toEqual(
      [],
    );
    await tab.goto(`${site.url}${work}/source`);
    expect(await tab.locator('main').innerText()).toContain('heron six');
    await context.close();
  }
});

const published = ['--rating', 'General Audiences', '--warnings', 'No Archive Warnings Apply'];
const collected = readCollected();

describe.skipIf(collected === undefined)(
  'those that others collected (corpora/html-payloads.jsonl; skipped where it is absent)',
  () => {
    const sources = [...(collected ?? new Map<string, readonly Payload[]>())];

    test.each(sources)(
      '%s: nothing runs in any place, and no word is lost',
      async (source, payloads) => {
        const everywhere = payloads.length < 1_000;
        const batches = chunks(payloads, everywhere ? 300 : 2_400);
        const works = await takeAll(
          batches.map((batch, i) => editionOf(`${source} ${i}`, batch, everywhere)),
        );
        const { page, context, happened } = await watch('off');
        const lost: string[] = [];
        for (const [i, work] of works.entries()) {
          expect(
            await visit(page, everywhere ? await placesOf(work, false) : textsOf(work), happened),
          ).toEqual([]);
          await page.goto(`${site.url}${work}/comments`);
          lost.push(...(await lostWords(page, batches[i] ?? [])));
        }
        expect(lost).toEqual([]);
        await context.close();
      },
      240_000,
    );

    test('without the cleaner, the harness sees many of them at work', async () => {
      const { page, context, happened } = await watch('off');
      await page.goto(`${site.url}/healthz`);
      const raw = [...(collected?.get('dompurify') ?? []), ...(collected?.get('blns') ?? [])];
      await page.evaluate(
        `const body = document.body, make = Document.prototype.createElement.bind(document); // payloads take the place of document's own names
       for (const html of ${JSON.stringify(raw.map(({ html }) => html))}) { const box = make('div'); body.append(box); box.innerHTML = html; }`,
      );
      await page.waitForTimeout(300);
      expect((await happened()).length).toBeGreaterThan(100);
      await context.close();
    });
  },
);

/** Imports Editions, as one folder, and gives the paths of the works in their order. */
async function takeAll(editions: readonly object[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'variorum-payloads-'));
  for (const [i, edition] of editions.entries()) {
    const name = `${String(i).padStart(3, '0')}.json`;
    writeFileSync(join(folder, name), JSON.stringify({ format: 'variorum-edition', version: 1, ...edition }));
  }
  const before = new Set(await listWorks());
  const importing = runProgram(['import', folder, '--publish', ...published], { VARIORUM_DATA: site.data });
  expect(await importing.ended, importing.said()).toBe(0);
  const works = (await listWorks()).filter((path) => !before.has(path)).reverse();
  expect(works).toHaveLength(editions.length);
  return works;
}

async function listWorks(): Promise<string[]> {
  const map = await textAt(site, '/sitemap.xml');
  return [...map.matchAll(/<loc>[^<]*(\/works\/[a-z0-9]+)<\/loc>/g)].map((m) => m[1] ?? '');
}

async function newestWork(): Promise<string> {
  return (await listWorks())[0] ?? '';
}

/** The pages that show words of many works. */
const lists = [
  '/',
  '/works',
  '/people',
  '/tags/fandom',
  '/tags/freeform',
  '/search?q=kestrel',
  '/search?q=heron',
];

/** The paths at which the words of a work are shown; `each` with every passage, tag and person of it. */
async function placesOf(work: string, each: boolean): Promise<string[]> {
  const found = async (path: string, pattern: RegExp): Promise<string[]> => [
    ...new Set([...(await textAt(site, path)).matchAll(pattern)].map((m) => unescaped(m[1] ?? ''))),
  ];
  const some = (paths: readonly string[]): readonly string[] =>
    each ? paths.filter((_, i) => i % 16 === 0) : paths.slice(0, 2);
  return [
    ...[
      '',
      '/whole',
      '/map',
      '/comments',
      '/states',
      '/source',
      '/read/start',
      '/read/a',
      '/read/pictures',
    ].map((p) => work + p),
    ...['', '?view=text', '?view=apparatus'].map((view) => `${work}/compare/A...B${view}`),
    `${work}/verdicts/pictures`,
    `${work}/compare/p1...p2`,
    ...(each ? Array.from({ length: 12 }, (_, i) => `${work}/read/p${i * 5 + 1}`) : []),
    ...some(await found(work, /href="(\/tags\/[^"]+)"/g)),
    ...some(await found(work, /href="(\/people\/[^"]+)"/g)),
    ...some(await found(`${work}/comments`, /href="(\/comments\/[^"]+)"/g)),
    ...(each ? lists : []),
    `${work}.html`,
  ];
}

/** Where all of its HTML is shown, for works whose payloads stand only there. */
function textsOf(work: string): string[] {
  return ['', '/whole', '/comments', '/read/a', '/compare/A...B', '/source', '.html'].map(
    (path) => work + path,
  );
}

/** Opens each path, and gives what happened there, with the path. A file is opened as if it were a page. */
async function visit(page: Page, paths: readonly string[], happened: Watch['happened']): Promise<string[]> {
  const all: string[] = [];
  for (const path of paths) {
    if (path.endsWith('.html')) {
      const file = await textAt(site, path);
      await page.goto(`${site.url}/healthz`);
      await page.setContent(file);
      const ofFile = (await happened()).filter(
        (what) => !/^<(style|meta)>$|^against the policy: style-src/.test(what),
      );
      all.push(...ofFile.map((what) => `${path}: ${what}`));
      continue;
    }
    const response = await page.goto(site.url + path);
    const problem = response?.status() === 200 ? [] : [`status ${response?.status()}`];
    all.push(...[...problem, ...(await happened())].map((what) => `${path}: ${what}`));
  }
  return all;
}

/** Words a browser would show of a raw payload that are not shown in the comment made of it. */
async function lostWords(page: Page, payloads: readonly Payload[]): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const wordsOf = (text) => text.normalize('NFC').match(/[\\p{L}\\p{N}]+/gu) ?? [];
    const unseen = 'script, style, template, iframe, noembed, noframes, noscript, title, textarea, select, svg, math, object, video, audio, xmp, plaintext, datalist, [hidden], head';
    const shown = [...document.querySelectorAll('.comment-words')].map((c) => wordsOf(c.textContent));
    return ${JSON.stringify(payloads.map(({ html }) => html))}.flatMap((html, i) => {
      const raw = new DOMParser().parseFromString('<p>kestrel' + i + '</p>' + html, 'text/html');
      for (const element of raw.querySelectorAll(unseen)) element.remove();
      const comment = shown.find((words) => words.includes('kestrel' + i));
      if (comment === undefined) return ['no comment ' + i + ': ' + html.slice(0, 80)];
      const there = comment.join('');
      const missing = wordsOf(raw.body?.textContent ?? '').filter((word) => !there.includes(word));
      return missing.length === 0 ? [] : [missing.slice(0, 5).join(' ') + ' of ' + html.slice(0, 100)];
    });
  })()`);
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

function plain(markup: string): string {
  return markup.replace(/ rel="[^"]*"/g, '').replace(/>\s+</g, '><');
}

function unescaped(text: string): string {
  return text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
