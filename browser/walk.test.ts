import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Look, openTab, type Site, startBrowser, startSite } from './harness.ts';
import { tooWide } from './look.ts';
import { addWorks, type Works } from './pages.ts';

let site: Site;
let browser: Browser;
let works: Works;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
  works = await addWorks(site);
});
afterAll(async () => {
  await browser.close();
  await site.stop();
});

/** Every two of width, scheme and scripts meet. */
const looks: readonly Look[] = [
  { width: 320, scheme: 'light', scripts: false },
  { width: 320, scheme: 'dark', scripts: true },
  { width: 390, scheme: 'light', scripts: true },
  { width: 390, scheme: 'dark', scripts: false },
  { width: 1280, scheme: 'light', scripts: true },
  { width: 1280, scheme: 'dark', scripts: false },
];

describe.each(looks)('at $width px, $scheme, scripts $scripts, a reader', (look) => {
  test('reads to where the story divides, chooses, reads the other, compares and says which she prefers', async () => {
    const { page, context, errors, outside } = await openTab(browser, site, look);
    await page.goto(site.url);
    await sees(page, 'Stories that went more than one way');
    await follow(page, /^Housekeeping After Giants/);
    await sees(page, 'No archive warnings apply');
    await sees(page, 'Here the story divides');
    await follow(page, 'Read from the start');

    await sees(page, 'Two ways on. Read either first; you can come back for the other.');
    await follow(page, 'Ending');
    await sees(page, 'You have read A.');
    await sees(page, 'Which ending do you prefer?');
    await follow(page, 'Alternate ending');
    await sees(page, 'You have read B.');

    await follow(page, 'Compare them, word by word');
    await sees(page, 'Ending and Alternate ending, compared');
    await sees(page, /\d+ and \d+ words/);
    await follow(page, 'In one text');
    await sees(page, 'Only in Ending');
    await follow(page, 'Apparatus');
    await sees(page, 'Before the bracket stands what it has');

    await page.goto(`${site.url}${works.fork}/read/p3`);
    await page.getByRole('button', { name: 'B Alternate ending' }).click();
    await sees(page, 'You prefer B. You can change your mind below.');
    await sees(page, /\d readers? answered\./);
    await page.getByText('A Ending', { exact: true }).last().click();
    await page.getByRole('button', { name: 'That is my answer' }).click();
    await sees(page, 'You prefer A and B. You can change your mind below.');
    await sees(page, 'A and B alike');
    await follow(page, 'Back to where you were reading');
    await sees(page, 'You have read B.');
    expect([outside, errors]).toEqual([[], []]);
    await context.close();
  });

  test('reads the conversation, finds people, tags and words, sees the map and the page as it was', async () => {
    const { page, context, errors, outside } = await openTab(browser, site, look);
    await page.goto(site.url + works.fork);
    await follow(page, /^\d+ comments$/);
    const comments = page.locator('main').getByRole('listitem');
    expect(await comments.count()).toBeGreaterThan(10);
    await expectNesting(page);
    await follow(page, 'Thread', 3);
    await sees(page, /^(A comment|A comment and its answers)$/);
    await follow(page, 'In the whole conversation');
    expect(page.url()).toMatch(/#c-[a-z0-9]+$/);

    await openMenu(page, look);
    await page.getByRole('searchbox').first().fill('oxen');
    await page.getByRole('searchbox').first().press('Enter');
    await sees(page, /What has/);
    await follow(page, 'Read it there');
    await sees(page, /oxen/);

    await openMenu(page, look);
    await follow(page, 'People');
    await follow(page, 'tallow_and_wick');
    await sees(page, 'Said here');
    await openMenu(page, look);
    await follow(page, 'Fandoms');
    await follow(page, 'Moby-Dick');
    await follow(page, 'Ballast');
    await follow(page, 'The map of the story');
    await sees(page, 'The same in words');
    await page
      .getByRole('link', { name: /An ending|Alternate ending/ })
      .first()
      .click();
    await sees(page, /You have read [AB]\./);

    await page.goto(site.url + works.fork);
    await follow(page, /See the page as it was/);
    await sees(page, 'What was made of it');
    await sees(page, /Read: it stood there/);
    expect([outside, errors]).toEqual([[], []]);
    await context.close();
  });

  test('chooses paper and size, and they hold on every page', async () => {
    const { page, context } = await openTab(browser, site, look);
    await page.goto(`${site.url}${works.fork}/read/p2`);
    const before = await letters(page);
    await openMenu(page, look);
    await page.getByRole('link', { name: 'Reading settings' }).first().click();
    const dark = look.scheme === 'dark' ? 'Sepia' : 'Dark';
    await page.getByRole('radio', { name: dark, exact: true }).check();
    await page.getByRole('radio', { name: 'Huge' }).check();
    await page.getByRole('button', { name: 'Keep these' }).click();
    await sees(page, 'Kept. Every page now looks like this one.');
    await page.goto(`${site.url}${works.fork}/read/p2`);
    const after = await letters(page);
    expect(after.size).toBe(32);
    expect(before.size).toBeLessThan(20);
    expect(after.paper).not.toBe(before.paper);
    expect(await tooWide(page)).toEqual([]);
    await page.goto(`${site.url}/settings`);
    await page.getByRole('button', { name: 'Back to how it was' }).click();
    await page.goto(`${site.url}${works.fork}/read/p2`);
    expect(await letters(page)).toEqual(before);
    await context.close();
  });
});

test.each(['EPUB', 'HTML', 'Markdown', 'JSON'])('a reader takes a story home as %s', async (format) => {
  const { page, context } = await openTab(browser, site, { width: 390, scheme: 'light', scripts: false });
  await page.goto(site.url + works.fork);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('link', { name: new RegExp(format) })
      .first()
      .click(),
  ]);
  const file = readFileSync(await download.path());
  const begins: Readonly<Record<string, RegExp>> = {
    EPUB: /^PK.*mimetypeapplication\/epub\+zip/s,
    HTML: /^<!doctype html>/i,
    Markdown: /^---\n/,
    JSON: /^\{\s*"format":\s*"variorum-edition"/,
  };
  expect(file.subarray(0, 100).toString('latin1')).toMatch(begins[format] ?? /^$/);
  expect(download.suggestedFilename()).toMatch(/^Housekeeping After Giants.*\.[a-z]+$/);
  await context.close();
});

test('the place in a story is kept on this device, and offered again on its page and on the front page', async () => {
  const { page, context } = await openTab(browser, site, { width: 390, scheme: 'light', scripts: true });
  await page.goto(`${site.url}${works.fork}/read/p1`);
  const block = page.locator('main article p').nth(40);
  const words = (await block.innerText()).slice(0, 60);
  await block.scrollIntoViewIfNeeded();
  await page.mouse.wheel(0, 200);
  await page.waitForTimeout(150);
  await page.goto(site.url);
  await sees(page, 'Where you stopped');
  await page.goto(site.url + works.fork);
  await page.getByRole('link', { name: /^Continue · .*¶ \d+$/ }).click();
  await page.waitForTimeout(150);
  expect(await isInView(page.getByText(words))).toBe(true);
  await page.goto(`${site.url}${works.fork}/read/p2`);
  await page.getByText('Which ending do you prefer?').scrollIntoViewIfNeeded();
  await page.waitForTimeout(150);
  await page.goto(site.url + works.fork);
  await sees(page, /\d words · read/);
  await context.close();
});

test('with keys alone a reader skips to the text, chooses and answers', async () => {
  const { page, context } = await openTab(browser, site, { width: 1280, scheme: 'light', scripts: true });
  await page.goto(`${site.url}${works.fork}/read/p1`);
  await page.keyboard.press('Tab');
  expect(await isInView(page.getByText('Skip to the text'))).toBe(true);
  await page.keyboard.press('Enter');
  await tabTo(page, 'Alternate ending');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/read\/p3/);
  await tabTo(page, 'A Ending');
  await page.keyboard.press('Enter');
  await sees(page, 'You prefer A. You can change your mind below.');
  await context.close();
});

test('on a phone of 320 px a thread of two hundred answers is still a column one can read', async () => {
  const { page, context } = await openTab(browser, site, { width: 320, scheme: 'light', scripts: false });
  await page.goto(`${site.url}${works.deep}/comments`);
  expect(await tooWide(page)).toEqual([]);
  for (const depth of [0, 4, 9, 200]) {
    const box = await page.getByText(`Answer number ${depth}: it would have waited`).boundingBox();
    expect(box?.width, `answer ${depth}`).toBeGreaterThan(200);
  }
  await sees(page, 'in answer to right_bank');
  await context.close();
});

test('a reading page sends at most 15 kB of script, and 100 kB in all without its letters', async () => {
  const { page, context } = await openTab(browser, site, { width: 390, scheme: 'light', scripts: true });
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  const kinds = new Map<string, string>();
  const sent = new Map<string, number>();
  devtools.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? 'Other';
    sent.set(kind, (sent.get(kind) ?? 0) + encodedDataLength);
  });
  for (const path of ['/read/p1', '/read/p2', '/whole']) {
    await context.clearCookies();
    await devtools.send('Network.clearBrowserCache');
    sent.clear();
    await page.goto(site.url + works.fork + path, { waitUntil: 'networkidle' });
    const all = [...sent].filter(([kind]) => kind !== 'Font').reduce((sum, [, bytes]) => sum + bytes, 0);
    expect(sent.get('Document'), path).toBeGreaterThan(1_000);
    expect(sent.get('Script'), path).toBeLessThan(15_000);
    expect(all, path).toBeLessThan(100_000);
  }
  await context.close();
});

/** Waits until a page shows these words. */
async function sees(page: Page, words: string | RegExp): Promise<void> {
  const place = page.locator('main').getByText(words).and(page.locator(':visible')).first();
  await place.waitFor({ state: 'visible', timeout: 8_000 });
}

async function follow(page: Page, name: string | RegExp, nth = 0): Promise<void> {
  const link = page.getByRole('link', typeof name === 'string' ? { name, exact: true } : { name }).nth(nth);
  const before = page.url();
  await link.click({ timeout: 8_000 });
  await page.waitForURL((url) => url.href !== before);
}

/** On a phone the menu is closed until one opens it. */
async function openMenu(page: Page, look: Look): Promise<void> {
  if (look.width < 1280) await page.getByText('Menu', { exact: true }).click();
}

/** Answers stand further in than what they answer. */
async function expectNesting(page: Page): Promise<void> {
  const left = async (words: string): Promise<number> =>
    (await page.getByText(words).first().boundingBox())?.x ?? Number.NaN;
  const [comment, answer] = [await left('The second one!'), await left('Speaking as the other beta')];
  expect(answer).toBeGreaterThan(comment + 5);
}

async function letters(page: Page): Promise<{ readonly size: number; readonly paper: string }> {
  return page.evaluate<{ size: number; paper: string }>(
    `({ size: parseFloat(getComputedStyle([...document.querySelectorAll('main article p')].at(-1)).fontSize),
        paper: getComputedStyle(document.body).backgroundColor })`,
  );
}

async function isInView(place: Locator): Promise<boolean> {
  const box = await place.first().boundingBox();
  const height = place.page().viewportSize()?.height ?? 0;
  return box !== null && box.y > -box.height && box.y < height;
}

/** Presses the tab key until the focus stands on a control of this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate<string>(`document.activeElement.innerText?.trim().replace(/\\s+/g, ' ')`);
    if (at === name) return;
  }
  throw new Error(`no press of the tab key came to "${name}"`);
}
