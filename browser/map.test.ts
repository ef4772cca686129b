import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Look, type Site, shoot, startBrowser, startSite, type Tab } from './harness.ts';
import { smallTargets, tooWide, violations } from './look.ts';
import { addMembers, type Members, openTabOf } from './members.ts';

let site: Site;
let browser: Browser;
let members: Members;

beforeAll(async () => {
  site = await startSite({ demo: false });
  browser = await startBrowser();
  members = await addMembers(site);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

/** The writer's browser at a page of the studio. */
async function open(path: string, look: Partial<Look> = {}): Promise<Tab> {
  const tab = await openTabOf(browser, site, members.cookies.writer, {
    width: 1280,
    scheme: 'light',
    scripts: true,
    ...look,
  });
  await tab.page.goto(site.url + path);
  return tab;
}

const box = (page: Page, key: string) => page.locator(`.map a[data-key="${key}"]`);

async function middleOf(page: Page, key: string): Promise<{ readonly x: number; readonly y: number }> {
  const at = await box(page, key).locator('rect').boundingBox();
  if (at === null) throw new Error(`${key} is not on the map`);
  return { x: at.x + at.width / 2, y: at.y + at.height / 2 };
}

/** How far the second box stands from the first, in whole pixels. */
async function apart(page: Page, one: string, other: string) {
  const [a, b] = [await middleOf(page, one), await middleOf(page, other)];
  return { x: Math.round(b.x - a.x), y: Math.round(b.y - a.y) };
}

/** Waits until the archive has kept what was moved. */
function kept(page: Page): Promise<unknown> {
  return page.waitForResponse((answer) => answer.url().endsWith('/places') && answer.status() === 204);
}

describe('the map of a story', () => {
  test('with two endings is seen whole at 320 px, by readers and by who writes, in boxes that fingers hit', async () => {
    for (const path of [`${members.work}/map`, members.desk]) {
      const { page, context } = await open(path, { width: 320 });
      await page.locator('.map svg').waitFor();
      const [wide, room, scale] = await page.evaluate<readonly number[]>(
        "(([m, s]) => [m.scrollWidth, m.clientWidth, s.getBoundingClientRect().width / s.viewBox.baseVal.width])([document.querySelector('.map'), document.querySelector('.map svg')])",
      );
      expect(wide, path).toBeLessThanOrEqual(room ?? 0);
      expect(scale, path).toBeGreaterThan(0.8);
      expect(await smallTargets(page), path).toEqual([]);
      await context.close();
    }
  }, 60_000);

  test('is walked, arranged and left by keys alone, and says what happens', async () => {
    const { page, errors } = await open(`${members.desk}/map`);
    const [first = '', lit = '', dark = ''] = members.keys;
    await box(page, first).focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.dataset.key')).toBe(lit);
    expect(await page.locator('.map-status').textContent()).toContain('an ending. Leads nowhere.');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate('document.activeElement.dataset.key')).toBe(dark);
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate('document.activeElement.dataset.key')).toBe(first);
    await page.keyboard.press('ArrowUp');
    expect(await page.locator('.map-status').textContent()).toBe('Nothing leads here.');

    const before = await middleOf(page, first);
    await Promise.all([kept(page), page.keyboard.press('Shift+ArrowRight')]);
    expect((await middleOf(page, first)).x).toBeCloseTo(before.x + 24, 0);
    await Promise.all([kept(page), page.keyboard.press('z')]);
    expect((await middleOf(page, first)).x).toBeCloseTo(before.x, 0);

    await page.keyboard.press('p');
    await page.waitForURL(`**/play/${first}`);
    await page.goBack();
    await box(page, dark).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/passages/${dark}`);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test('is arranged with the mouse: ways follow, nothing is opened, and it stands so afterwards', async () => {
    const { page, errors } = await open(`${members.desk}/map`);
    const [first = '', , dark = ''] = members.keys;
    const [from, way] = [await middleOf(page, dark), page.locator(`path[data-to="${dark}"]`)];
    const before = await apart(page, first, dark);
    const drawn = await way.getAttribute('d');
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 90, from.y + 60, { steps: 6 });
    await Promise.all([kept(page), page.mouse.up()]);
    expect(page.url()).toContain('/map');
    expect(await way.getAttribute('d')).not.toBe(drawn);
    const moved = await apart(page, first, dark);
    expect(moved.x - before.x).toBeGreaterThan(80);

    // The picture stands in the middle of its frame, so that places are compared with one another.
    await page.reload();
    expect(await apart(page, first, dark)).toEqual(moved);
    await page.getByRole('button', { name: 'Lay out anew' }).click();
    await page.waitForURL('**/map?did=placed');
    expect(await apart(page, first, dark)).toEqual(before);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test('is arranged with a finger on a phone', async () => {
    const { page, context } = await open(`${members.desk}/map`, { width: 390 });
    const dark = members.keys[2] ?? '';
    await box(page, dark).scrollIntoViewIfNeeded();
    const from = await middleOf(page, dark);
    const touch = await context.newCDPSession(page);
    const send = (type: string, x: number, y: number) =>
      touch.send('Input.dispatchTouchEvent', {
        type: type as 'touchStart',
        touchPoints: type === 'touchEnd' ? [] : [{ x, y }],
      });
    await send('touchStart', from.x, from.y);
    for (let i = 1; i <= 6; i++) await send('touchMove', from.x - i * 5, from.y + i * 10);
    await Promise.all([kept(page), send('touchEnd', 0, 0)]);
    const moved = await middleOf(page, dark);
    expect(moved.y - from.y).toBeGreaterThan(45);
    await page.getByRole('button', { name: 'Lay out anew' }).click();
    await page.context().close();
  });

  test('lets one add a passage and a choice from it, with scripts off too', async () => {
    for (const scripts of [true, false]) {
      const { page } = await open(`${members.draft}/map`, { scripts });
      const count = await page.locator('.map-node').count();
      await page.getByRole('button', { name: '+ choice' }).click();
      await page.waitForURL('**/passages/*#add-choice');
      await page.goBack();
      await page.locator('select[name=passage]').selectOption({ index: count - 1 });
      await page.getByRole('button', { name: '+ passage' }).click();
      await page.waitForURL('**/passages/*');
      await page.goto(`${site.url}${members.draft}/map`);
      expect(await page.locator('.map-node').count()).toBe(count + 1);
      await page.context().close();
    }
  });
});

describe('trying a story out', () => {
  test('leads through it and back to writing, and keeps no place', async () => {
    const { page } = await open(`${members.desk}/passages/${members.keys[0]}`);
    await page.getByRole('link', { name: 'Play from here' }).click();
    await page.waitForURL('**/play/*');
    await page.locator('.fork-card a').first().click();
    await page.waitForURL(`**/play/${members.keys[1]}`);
    await page.mouse.wheel(0, 300);
    await page.getByRole('link', { name: 'Write this passage' }).click();
    await page.waitForURL(`**/passages/${members.keys[1]}`);
    expect(await page.evaluate("localStorage.getItem('variorum:places')")).toBeNull();
    await page.context().close();
  });
});

describe.each([1280, 390] as const)('at %i pixels', (width) => {
  test.each(['map', 'proof', 'play'])('the page of %s fits and is sound, light and dark', async (name) => {
    for (const scheme of ['light', 'dark'] as const) {
      const path = name === 'play' ? `play/${members.keys[1]}` : name;
      const { page } = await open(`${members.desk}/${path}`, { width, scheme });
      expect(await tooWide(page)).toEqual([]);
      expect(await violations(page)).toEqual([]);
      await shoot(page, `story-${name}-${width}-${scheme}`);
      await page.context().close();
    }
  });
});
