import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes } from '../src/web/app.ts';
import { type Look, openTab, type Site, shoot, startBrowser, startSite, type Tab } from './harness.ts';
import { smallTargets, tooWide, violations, walkByKeys } from './look.ts';
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
  const all = await listPages(site, await addWorks(site), members);
  pages = all.toSorted((a, b) => Number(b.viewer === 'half') - Number(a.viewer === 'half'));
});
afterAll(async () => {
  await browser.close();
  await site.stop();
});

test('no page of the site map is forgotten here', () => {
  const mapped = new Set(routes.flatMap(([method, path]) => (method === 'GET' ? [plainRoute(path)] : [])));
  expect([...mapped].sort()).toEqual([...lookedAt, ...closedPages, ...notPages].sort());
});

test('axe sees what it is there to see', async () => {
  const { page, context } = await openTab(browser, site, { width: 1280, scheme: 'light', scripts: true });
  await page.setContent('<!doctype html><title>x</title><main><img src="x"><a href="/"></a></main>');
  expect((await violations(page)).join(' ')).toMatch(/image-alt.*link-name/s);
  await context.close();
});

/** What holds of a page, and how it is asked: complaints. */
interface Question {
  readonly holds: string;
  ask(tab: Tab, page: SitePage): Promise<readonly string[]>;
}

const questions = {
  answered: {
    holds: 'is answered as it should be, has no error, and keeps to its policy',
    ask: async (tab, { path, status }) => [
      ...(path === pathOf(tab.page.url()) ? [] : [`led to ${tab.page.url()}`]),
      ...(await tab.policyViolations()).map((what) => `against its policy: ${what}`),
      ...(status === 200 ? tab.errors : []),
    ],
  },
  narrow: { holds: 'scrolls only downwards', ask: ({ page }) => tooWide(page) },
  axe: { holds: 'keeps nobody out', ask: ({ page }) => violations(page) },
  keys: {
    holds: 'shows the tab key everything there is to use, and where it is',
    ask: ({ page }) => walkByKeys(page),
  },
  fingers: {
    holds: 'has nothing to touch that is smaller than a finger',
    ask: ({ page }) => smallTargets(page),
  },
} satisfies Readonly<Record<string, Question>>;
type Name = keyof typeof questions;

/** A thread of two hundred answers is measured, and neither touched, walked nor pictured one answer after the other. */
const longPage = 'thread-deep';

interface Walk extends Look {
  readonly asked: readonly Name[];
  readonly pictures: readonly Look['scheme'][];
}

/** Six hundred pictures take a minute; where tests run by themselves nobody looks at them. */
const isLookedAt = process.env.CI !== 'true';

/** Each page is opened once for each of these, asked all that is asked there, and pictured. */
const walks: readonly Walk[] = [
  {
    width: 320,
    scheme: 'light',
    scripts: false,
    asked: ['answered', 'narrow', 'fingers'],
    pictures: ['light'],
  },
  {
    width: 390,
    scheme: 'dark',
    scripts: true,
    asked: ['answered', 'narrow', 'axe', 'fingers'],
    pictures: ['dark', 'light'],
  },
  {
    width: 1280,
    scheme: 'light',
    scripts: true,
    asked: ['answered', 'narrow', 'axe', 'keys'],
    pictures: ['light', 'dark'],
  },
];

interface Found {
  readonly complaints: ReadonlyMap<Name, readonly string[]>;
  /** What was asked of other hosts. */
  readonly outside: readonly string[];
}

async function walk({ asked, pictures, ...look }: Walk): Promise<Found> {
  const complaints = new Map(asked.map((name): [Name, string[]] => [name, []]));
  const tab = await openTab(browser, site, look);
  await tab.watchPolicy();
  for (const page of pages) {
    const complain = (name: Name, what: string) => complaints.get(name)?.push(`${page.name}: ${what}`);
    const status = await visit(tab, site, members, page);
    if (status !== page.status) complain('answered', `status ${status}`);
    for (const scheme of page.name === longPage || !isLookedAt ? [] : pictures) {
      await tab.page.emulateMedia({ colorScheme: scheme });
      await shoot(tab.page, `${page.name}-${look.width}-${scheme}`);
    }
    await tab.page.emulateMedia({ colorScheme: look.scheme });
    for (const name of asked) {
      if (page.name === longPage && (name === 'keys' || name === 'fingers')) continue;
      for (const what of await questions[name].ask(tab, page)) complain(name, what);
    }
    tab.errors.length = 0;
  }
  await tab.context.close();
  return { complaints, outside: tab.outside };
}

describe('every page', () => {
  let found: ReadonlyMap<Walk, Found>;
  beforeAll(async () => {
    // All at once: who has signed in half (the first page) has ten minutes for it.
    found = new Map(await Promise.all(walks.map(async (one) => [one, await walk(one)] as const)));
  }, 1_200_000);

  describe.each(walks)('at $width px, $scheme, scripts $scripts,', (one) => {
    for (const name of one.asked)
      test(questions[name].holds, () => expect(found.get(one)?.complaints.get(name)).toEqual([]));

    test('asks nobody else for anything', () => expect(found.get(one)?.outside).toEqual([]));
  });
});

test.each(['sepia', 'contrast'])('on %s paper, no page keeps anyone out', async (theme) => {
  const tab = await openTab(browser, site, { width: 1280, scheme: 'light', scripts: true });
  await tab.context.addCookies([{ name: 'reader', value: `theme.${theme}`, url: site.url }]);
  const usual = pages.filter(({ name }) =>
    /^(front|work-|passage-|compare$|thread$|settings|map$|account$|desk$|writing$)/.test(name),
  );
  const found: string[] = [];
  for (const page of usual) {
    await visit(tab, site, members, page);
    found.push(...(await violations(tab.page)).map((what) => `${page.name}: ${what}`));
  }
  expect(found).toEqual([]);
  await tab.context.close();
});

function pathOf(address: string): string {
  const { pathname, search } = new URL(address);
  return pathname + search;
}
