import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes } from '../src/web/app.ts';
import { type Look, openTab, type Site, startBrowser, startSite } from './harness.ts';
import { smallTargets, tooWide, walkByKeys } from './look.ts';
import { addMembers, type Members } from './members.ts';
import {
  addWorks,
  closedPages,
  listPages,
  lookedAt,
  notPages,
  plainRoute,
  type SitePage,
  visit,
} from './pages.ts';

let site: Site;
let browser: Browser;
let members: Members;
let pages: readonly SitePage[];
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
  members = await addMembers(site);
  pages = await listPages(site, await addWorks(site), members);
});
afterAll(async () => {
  await browser.close();
  await site.stop();
});

test('no page of the site map is forgotten here', () => {
  const mapped = new Set(routes.flatMap(([method, path]) => (method === 'GET' ? [plainRoute(path)] : [])));
  expect([...mapped].sort()).toEqual([...lookedAt, ...closedPages, ...notPages].sort());
});

const looks: readonly Look[] = [
  { width: 320, scheme: 'light', scripts: false },
  { width: 390, scheme: 'dark', scripts: true },
  { width: 1280, scheme: 'light', scripts: true },
];

describe.each(looks)('at $width px, $scheme, scripts $scripts, every page', (look) => {
  test('is answered, asks nobody else for anything, has no error, and scrolls only downwards', async () => {
    const complaints: string[] = [];
    const tab = await openTab(browser, site, look);
    await tab.watchPolicy();
    for (const page of pages) {
      const status = await visit(tab, site, members, page);
      if (status !== page.status) complaints.push(`${page.name}: status ${status}`);
      if (page.path !== pathOf(tab.page.url())) complaints.push(`${page.name}: led to ${tab.page.url()}`);
      complaints.push(...(await tooWide(tab.page)).map((what) => `${page.name}: too wide: ${what}`));
      complaints.push(
        ...(await tab.policyViolations()).map((what) => `${page.name}: against its policy: ${what}`),
      );
      if (page.status === 200 && tab.errors.length > 0)
        complaints.push(`${page.name}: ${tab.errors.join('; ')}`);
      tab.errors.length = 0;
    }
    expect(complaints).toEqual([]);
    expect(tab.outside).toEqual([]);
    await tab.context.close();
  });
});

test.each([320, 390] as const)(
  'at %i px nothing one can touch is smaller than a finger',
  async (width) => {
    const complaints = new Set<string>();
    const tab = await openTab(browser, site, { width, scheme: 'light', scripts: true });
    for (const page of pages.filter(({ name }) => name !== 'thread-deep')) {
      await visit(tab, site, members, page);
      for (const what of await smallTargets(tab.page)) complaints.add(`${page.name}: ${what}`);
    }
    expect([...complaints]).toEqual([]);
    await tab.context.close();
  },
  300_000,
);

test('the tab key reaches everything there is to use, and one sees where it is', async () => {
  const complaints: string[] = [];
  const tab = await openTab(browser, site, { width: 1280, scheme: 'light', scripts: true });
  for (const page of pages.filter(({ name }) => name !== 'thread-deep')) {
    await visit(tab, site, members, page);
    complaints.push(...(await walkByKeys(tab.page)).map((what) => `${page.name}: ${what}`));
  }
  expect(complaints).toEqual([]);
  await tab.context.close();
}, 300_000);

function pathOf(address: string): string {
  const { pathname, search } = new URL(address);
  return pathname + search;
}
