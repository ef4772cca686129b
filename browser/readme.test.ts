import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTab, type Site, shots, startBrowser, startSite } from './harness.ts';
import { addWorks, type Works } from './pages.ts';

const root = join(import.meta.dirname, '..');
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

test('the place where a story divides is pictured for the README', async () => {
  const { page, context } = await openTab(browser, site, { width: 1280, scheme: 'light', scripts: true });
  await page.goto(`${site.url}${works.fork}/read/p1`);
  await page.evaluate('document.fonts.ready.then(() => 0)');
  const heading = page.getByRole('heading', { name: 'Here the story divides' });
  await heading.scrollIntoViewIfNeeded();
  await page.evaluate(
    'scrollTo(0, document.querySelector(".fork").getBoundingClientRect().top + scrollY - 360)',
  );
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, 'fork.png'), clip: { x: 160, y: 0, width: 960, height: 624 } });
  expect(sizeOf(readFileSync(join(shots, 'fork.png')))).toEqual([960, 624]);
  await context.close();
});

test('every picture the README shows is there, and small enough to be fetched by phone', () => {
  const shown = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/!\[[^\]]{20,}\]\(([^)]+)\)/g)];
  expect(shown.length).toBeGreaterThan(0);
  for (const [, path = ''] of shown) {
    const picture = readFileSync(join(root, path));
    expect(sizeOf(picture)[0], path).toBeGreaterThan(800);
    expect(statSync(join(root, path)).size, path).toBeLessThan(200_000);
  }
});

/** Width and height of a PNG (its first chunk, PNG 11.2.1). */
function sizeOf(png: Buffer): readonly [number, number] {
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}
