import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Look, openTab, type Site, startBrowser, startSite, type Tab } from './harness.ts';
import { violations } from './look.ts';
import { addMembers, type Members } from './members.ts';
import { addWorks, listPages, type SitePage, visit } from './pages.ts';

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

test('axe sees what it is there to see', async () => {
  const tab = await openTab(browser, site, { width: 1280, scheme: 'light', scripts: true });
  await tab.page.setContent('<!doctype html><title>x</title><main><img src="x"><a href="/"></a></main>');
  expect((await violations(tab.page)).join(' ')).toMatch(/image-alt.*link-name/s);
  await tab.context.close();
});

const looks: readonly Look[] = [
  { width: 1280, scheme: 'light', scripts: true },
  { width: 390, scheme: 'dark', scripts: true },
  { width: 320, scheme: 'light', scripts: true },
];

test.each(looks)('at $width px, $scheme, no page keeps anyone out', async (look) => {
  const tab = await openTab(browser, site, look);
  expect(await violationsOf(tab, pages)).toEqual([]);
  await tab.context.close();
});

test.each(['sepia', 'contrast'])('on %s paper, no page keeps anyone out', async (theme) => {
  const tab = await openTab(browser, site, { width: 1280, scheme: 'light', scripts: true });
  await tab.context.addCookies([{ name: 'reader', value: `theme.${theme}`, url: site.url }]);
  const usual = pages.filter(({ name }) =>
    /^(front|work-|passage-|compare|thread$|settings|map|account|desk|writing)/.test(name),
  );
  expect(await violationsOf(tab, usual)).toEqual([]);
  await tab.context.close();
});

async function violationsOf(tab: Tab, looked: readonly SitePage[]): Promise<string[]> {
  const found: string[] = [];
  for (const page of looked) {
    await visit(tab, site, members, page);
    found.push(...(await violations(tab.page)).map((what) => `${page.name}: ${what}`));
  }
  return found;
}
