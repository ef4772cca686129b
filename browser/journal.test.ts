import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samples } from '../src/pictures/samples.testing.ts';
import { patient, said, typeAtEnd, words, writeOver } from './editor.ts';
import { type Look, type Site, startBrowser, startSite } from './harness.ts';
import { tooWide, violations } from './look.ts';
import { addMembers, type Members, openTabOf } from './members.ts';

let site: Site;
let browser: Browser;
let members: Members;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite({ demo: false }), startBrowser()]);
  members = await addMembers(site);
}, 240_000);
afterAll(async () => {
  await browser.close();
  await site.stop();
});

/** A tab of someone who is signed in. */
async function tabOf(viewer: 'writer' | 'beginner', look: Look) {
  const tab = await openTabOf(browser, site, members.cookies[viewer], look);
  tab.page.setDefaultTimeout(20_000);
  return tab;
}

function file(name: string): { name: string; mimeType: string; buffer: Buffer } {
  return {
    name: `${name}.picture`,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(samples[name] ?? []),
  };
}

async function holds(page: Page): Promise<void> {
  expect(await tooWide(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
}

test('with scripts off, on a phone: a pseud says who she is, writes a note with a picture, and is answered', async () => {
  const { page, errors, outside } = await tabOf('writer', { width: 390, scheme: 'light', scripts: false });
  await page.goto(`${site.url}/account`);
  await page.getByRole('link', { name: 'Picture, words and links of Marram' }).click();
  await page.getByLabel('Pronouns').fill('she/her');
  await page.getByLabel('About you').fill('I write about *lamps*.');
  await page.getByLabel('Picture', { exact: true }).setInputFiles(file('jpeg'));
  await page.getByLabel('Link 1: what it is').fill('My garden');
  await page.getByLabel('Link 1: address').fill('https://garden.example/');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByText('Kept. Readers see it on your page now.').waitFor();

  await page.goto(`${site.url}/studio/notes/new`);
  await page.getByLabel('Title').fill('From the old quay');
  await page.getByLabel('Text').fill('I found this.');
  await page.getByLabel('Date').fill('2005-04-03');
  await page.getByRole('button', { name: 'Keep as a draft' }).click();
  await page.getByText('Kept as a draft. Nobody else sees it yet.').waitFor();
  await page.getByRole('link', { name: 'Pictures' }).click();
  await page.getByLabel('A picture').setInputFiles(file('png'));
  await page.getByRole('button', { name: 'Add it' }).click();
  await page.getByText('Say in a sentence what the picture shows').first().waitFor();
  await page.getByLabel('A picture').setInputFiles(file('png'));
  await page.getByLabel('What it shows, for those who cannot see it').fill('The quay, grey in grey');
  await page.getByRole('button', { name: 'Add it' }).click();
  const line = await page.getByLabel('Copy this line into your text').inputValue();
  await page.getByRole('link', { name: 'From the old quay' }).click();
  await page.getByLabel('Text').fill(`I found this.\n\n${line.trim()}`);
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('link', { name: 'Read it' }).click();
  await page.getByRole('heading', { name: 'From the old quay' }).waitFor();
  expect(await page.getByAltText('The quay, grey in grey').evaluate(widthOf)).toBe(8);
  await page.getByRole('link', { name: 'The journal of Marram' }).click();
  await page.getByText('she/her').waitFor();
  await page.locator('summary', { hasText: '2005' }).click();
  await page.getByRole('link', { name: 'Apr 2005: 1 entry' }).click();
  await page.getByRole('heading', { name: 'From the old quay' }).waitFor();
  await page.getByRole('link', { name: 'From the old quay' }).click();

  const note = new URL(page.url()).pathname;
  const reader = await tabOf('beginner', { width: 390, scheme: 'dark', scripts: true });
  await reader.page.goto(site.url + note);
  await reader.page.getByRole('link', { name: 'Say something' }).click();
  await reader.page.getByLabel('Your words').fill('Which quay?');
  await reader.page.getByRole('button', { name: 'Say it' }).click();
  await reader.page.getByText('Which quay?').waitFor();
  await page.reload();
  await page.getByRole('link', { name: 'Answer' }).click();
  await page.getByLabel('Your words').fill('The one with the lamp.');
  await page.getByRole('button', { name: 'Answer' }).click();
  await page.getByText('The one with the lamp.').waitFor();
  await reader.page.goto(site.url + note);
  await reader.page.getByText('The one with the lamp.').waitFor();
  expect(await reader.page.locator('.comment .icon').count()).toBe(2);
  await holds(reader.page);
  // The form that came back was meant to.
  const unmeant = errors.filter((error) => !error.includes('status of 422'));
  expect([...unmeant, ...outside, ...reader.errors, ...reader.outside]).toEqual([]);
});

test('a note is on the device when the tab dies offline, in the archive on return, and never two texts in one place', async () => {
  const { page, context } = await tabOf('writer', { width: 1280, scheme: 'light', scripts: true });
  await page.goto(`${site.url}/studio/notes/new`);
  await words(page).waitFor();
  await context.setOffline(true);
  await page.getByLabel('Title').fill('From the ferry');
  await typeAtEnd(page, 'The sea is *grey* today.');
  await expect.poll(() => said(page).textContent(), patient).toBe('kept on this device, offline');
  await page.close();
  await context.setOffline(false);

  const again = await context.newPage();
  await again.goto(`${site.url}/studio/notes/new`);
  await expect.poll(() => words(again).textContent(), patient).toBe('The sea is grey today.');
  expect(await again.getByLabel('Title').inputValue()).toBe('From the ferry');
  await expect.poll(() => said(again).textContent(), patient).toMatch(/^kept \d\d/);
  const path = new URL(again.url()).pathname;
  expect(path).toMatch(/^\/studio\/notes\/[0-9a-z]{6,}$/);

  const plain = await tabOf('writer', { width: 390, scheme: 'light', scripts: false });
  await plain.page.goto(site.url + path);
  expect(await plain.page.getByLabel('Text').inputValue()).toBe('The sea is *grey* today.');
  expect(await plain.page.getByLabel('Title').inputValue()).toBe('From the ferry');
  await again.getByLabel('Date').fill('2005-04-04');
  await typeAtEnd(again, ' So am I.');
  await expect.poll(() => said(again).textContent(), patient).toMatch(/^kept \d\d/);
  await again.goto(`${site.url}/studio/notes/new`);
  await words(again).waitFor();
  expect(await words(again).textContent()).toBe('');

  await plain.page.getByLabel('Text').fill('The sea is *green* today.');
  await plain.page.getByRole('button', { name: 'Keep as a draft' }).click();
  await plain.page.getByText('Kept as a draft. Nobody else sees it yet.').waitFor();
  await again.goto(site.url + path);
  await expect.poll(() => words(again).textContent(), patient).toBe('The sea is grey today. So am I.');
  await again.getByRole('button', { name: 'Publish' }).click();
  await again.getByRole('heading', { name: 'Someone saved this note while you wrote' }).waitFor();
  expect(await again.locator('.three-clash').innerText()).toMatch(/green/);
  await writeOver(again, 'The sea is green today.', 'The sea is grey and green today.');
  await again.getByRole('button', { name: 'Publish' }).click();
  await again.waitForURL(/did=published/);
  await again.getByRole('link', { name: 'Read it' }).click();
  await again.getByText('The sea is grey and green today.').waitFor();
  for (const tab of [{ context }, plain]) await tab.context.close();
}, 120_000);

test('every kind of picture that is taken is one that a browser shows, at the size that is known', async () => {
  const { page, errors } = await tabOf('writer', { width: 1280, scheme: 'light', scripts: true });
  const at = `${site.url}${members.desk}/pictures`;
  for (const name of Object.keys(samples)) {
    await page.goto(at);
    await page.getByLabel('A picture').setInputFiles(file(name));
    await page.getByLabel('What it shows, for those who cannot see it').fill(`The sample ${name}`);
    await page.getByRole('button', { name: 'Add it' }).click();
    const shown = page.locator('.picture-added img');
    await shown.waitFor();
    await shown.evaluate((image) => (image as HTMLImageElement).decode());
    const size = await shown.evaluate(sizesOf);
    expect([name, size.known], name).toEqual([name, size.natural]);
  }
  await page.goto(at);
  await holds(page);
  expect(errors).toEqual([]);
}, 180_000);

function widthOf(image: Element): number {
  return (image as HTMLImageElement).naturalWidth;
}

function sizesOf(element: Element): { natural: string; known: string } {
  const image = element as HTMLImageElement;
  const known = `${image.getAttribute('width')} × ${image.getAttribute('height')}`;
  return { natural: `${image.naturalWidth} × ${image.naturalHeight}`, known };
}
