import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram, type Site, shoot, startBrowser, startSite } from './harness.ts';
import { smallTargets, tooWide } from './look.ts';
import { addMembers, type Members, openTabOf } from './members.ts';

let browser: Browser;
let site: Site;
let members: Members;
beforeAll(async () => {
  [browser, site] = await Promise.all([startBrowser(), startSite()]);
  members = await addMembers(site);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await site.stop();
});

const passPhrase = 'marram grass under old snow of Marram';

/** One story, told in order, with scripts off, on a telephone and in the dark. */
test('a writer takes everything along, takes her name off one work, and leaves; another archive has her stories', async () => {
  const { page } = await openTabOf(browser, site, members.cookies.writer, {
    width: 320,
    scheme: 'dark',
    scripts: false,
  });
  await page.goto(`${site.url}/account`);
  await page.getByRole('link', { name: 'Download your data' }).click();
  await looksRight(page, 'my-data');
  await page.getByLabel('Your pass phrase').fill(passPhrase);
  await page.getByRole('button', { name: 'Make the zip' }).click();
  const link = page.getByRole('link', { name: /^Download it/ });
  await link.waitFor({ timeout: 30_000 });
  await looksRight(page, 'my-data-made');
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toMatch(/^variorum-data-\d{4}-\d\d-\d\d\.zip$/);
  const zip = join(mkdtempSync(join(tmpdir(), 'variorum-taken-')), 'mine.zip');
  await download.saveAs(zip);
  const elsewhere = mkdtempSync(join(tmpdir(), 'variorum-elsewhere-'));
  const importing = runProgram(['import', zip], { VARIORUM_DATA: elsewhere });
  await importing.ended;
  expect(importing.said()).toMatch(/✓ .* Not Yet Decided +27 words +2 endings/);
  expect(importing.said()).toMatch(/✓ .* Who lit the lamp/);
  // What she wrote beyond what readers see comes along too.
  expect(importing.said()).toMatch(/✓ .* The Quay Lamp/);

  await page.goto(site.url + members.desk);
  await page.getByRole('link', { name: 'Leave or delete this story' }).click();
  await looksRight(page, 'leave-work');
  await page.getByText('Take my name off it.').click();
  await page.getByLabel('Your pass phrase').fill(passPhrase);
  await page.getByRole('button', { name: 'Do it now' }).click();
  await page.getByRole('heading', { name: 'Your name is off it' }).waitFor();
  await looksRight(page, 'left-work');
  await page.goto(site.url + members.work);
  expect(await page.textContent('body')).not.toContain('Marram');

  await page.goto(`${site.url}/account`);
  await page.getByRole('link', { name: 'Delete your account' }).click();
  await looksRight(page, 'leave-account');
  await page.getByText('Delete them.').click();
  await page.getByLabel('Your pass phrase').fill(passPhrase);
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await page.getByRole('heading', { name: 'Your account is deleted' }).waitFor();
  await looksRight(page, 'left-account');
  await page.goto(`${site.url}/account`);
  expect(new URL(page.url()).pathname).toBe('/sign-in');
});

/** Nothing scrolls sideways and fingers hit everything; a picture is kept for people to look at. */
async function looksRight(page: Page, name: string): Promise<void> {
  await shoot(page, `story-${name}`);
  expect(await tooWide(page), name).toEqual([]);
  expect(await smallTargets(page), name).toEqual([]);
  // It opened the menu to look into it.
  await page.getByText('Menu', { exact: true }).click();
}
