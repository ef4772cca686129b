import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Look, openTab, type Site, startBrowser, startSite } from './harness.ts';
import { smallTargets, tooWide, violations } from './look.ts';
import { addMembers, type Members, openTabOf, undecidedStory } from './members.ts';
import { ownPayloads } from './payloads.ts';

let site: Site;
let browser: Browser;
let members: Members;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite({ demo: false }), startBrowser()]);
  members = await addMembers(site);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await site.stop();
});

async function asHost(look: Look) {
  return openTabOf(browser, site, members.cookies.host, look);
}

const looks: readonly Look[] = [
  { width: 1280, scheme: 'light', scripts: true },
  { width: 1280, scheme: 'dark', scripts: false },
  { width: 390, scheme: 'dark', scripts: true },
  { width: 320, scheme: 'light', scripts: false },
];

/** Three files: a story with something to decide, a page a browser saved, and one that is empty. */
function filesFor(words: string) {
  const text = undecidedStory
    .replace('The Kettle on the Quay', `The Kettle of ${words}`)
    .replaceAll('harbour master', `harbour master of ${words}`);
  const page = `<!doctype html><title>A letter</title><p>Title: A Letter to ${words}</p><p>It came by the last boat, for ${words}.</p>`;
  return [
    { name: `kettle of ${words}.txt`, mimeType: 'text/plain', buffer: Buffer.from(text) },
    { name: `letter to ${words}.html`, mimeType: 'text/html', buffer: Buffer.from(page) },
    { name: 'empty.html', mimeType: 'text/html', buffer: Buffer.from('') },
  ];
}

async function holdsUp(page: Page, look: Look): Promise<void> {
  expect(await tooWide(page)).toEqual([]);
  if (!look.scripts) return;
  expect(await violations(page)).toEqual([]);
  if (look.width === 1280) return;
  expect(await smallTargets(page)).toEqual([]);
  await page.getByText('Menu', { exact: true }).click();
}

describe.each(looks)('at $width px, $scheme, scripts $scripts, an archivist', (look) => {
  const words = `${look.width} ${look.scripts ? 'lamps' : 'bells'}`;

  test('brings three files in, decides what is open, publishes, and a guest reads it', async () => {
    const { page, context, errors, outside } = await asHost(look);
    await page.goto(`${site.url}/import`);
    await holdsUp(page, look);
    await page.getByLabel('The files').setInputFiles(filesFor(words));
    await page.getByRole('button', { name: 'Bring them in' }).click();

    await page.getByText('3 files read').waitFor({ timeout: 30_000 });
    await holdsUp(page, look);
    await page.getByText('1 to decide').waitFor();
    await page.getByRole('link', { name: `The Kettle of ${words}` }).click();

    await page.getByRole('heading', { level: 1, name: 'Review what was read' }).waitFor();
    await holdsUp(page, look);
    await page.getByLabel('The first ending begins with').selectOption('1');
    await page.getByRole('button', { name: 'It divides here' }).click();
    await page.getByText('Decided. The page was read anew with it').waitFor();

    await page.getByRole('button', { name: 'Publish it' }).click();
    await page.getByText('has no rating').first().waitFor();
    await page.locator('.review-publish').getByLabel('Rating').selectOption('General Audiences');
    await page.locator('.review-publish').getByLabel('No archive warnings apply').check();
    await page.getByRole('button', { name: 'Publish it' }).click();
    await page.getByRole('heading', { level: 1, name: `The Kettle of ${words}` }).waitFor();
    const address = page.url();
    expect(errors.filter((error) => !/422/.test(error))).toEqual([]);
    expect(outside).toEqual([]);
    await context.close();

    const guest = await openTab(browser, site, look);
    await guest.page.goto(address);
    await guest.page.getByRole('link', { name: 'Read from the start' }).first().click();
    await guest.page.getByRole('link', { name: 'Alternate ending' }).first().click();
    await guest.page.getByText(`In spring nobody filled it, and the harbour master of ${words}`).waitFor();
    await guest.context.close();
  }, 120_000);
});

test('a fact leads to its place on the page, also where the page is folded away', async () => {
  const { page, context } = await asHost({ width: 390, scheme: 'light', scripts: true });
  await page.goto(site.url + members.batch);
  await page.getByRole('link', { name: 'The Kettle on the Quay' }).click();
  expect(await page.locator('.page-lines').isVisible()).toBe(false);
  await page.locator('.fact-says .to-place', { hasText: 'The Kettle on the Quay' }).click();
  await expect.poll(() => page.locator('.page-lines :target').isVisible()).toBe(true);
  expect(await page.locator('.page-lines :target').innerText()).toBe('Title: The Kettle on the Quay');
  await context.close();
});

test('files dropped on the page are sent', async () => {
  const { page, context } = await asHost({ width: 1280, scheme: 'light', scripts: true });
  await page.goto(`${site.url}/import`);
  const text = undecidedStory.replaceAll('kettle', 'bucket').replaceAll('Kettle', 'Bucket');
  await page.evaluate(`(() => {
    const data = new DataTransfer();
    data.items.add(new File([${JSON.stringify(text)}], 'bucket.txt'));
    document.querySelector('[data-drop]').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  })()`);
  await page.getByText('1 file read').waitFor({ timeout: 30_000 });
  await page.getByRole('link', { name: 'The Bucket on the Quay' }).waitFor();
  await context.close();
});

test('a hostile page does nothing where it is reviewed, and its words are still read', async () => {
  const tab = await asHost({ width: 1280, scheme: 'light', scripts: true });
  const { page, context, outside, errors } = tab;
  await tab.watchPolicy();
  await page.goto(`${site.url}/import`);
  const demo = readFileSync(join(import.meta.dirname, '..', 'demo', '46799.html'), 'latin1');
  const closed = ownPayloads.filter(
    ({ html }) => !/<(!|noscript|body|math|svg\/|\/textarea|meta|base)/i.test(html),
  );
  const payloads = closed.map((p) => `<div>${p.html}</div>`).join('');
  const html = demo.replace('walked', () => `walked ${payloads}`);
  const file = {
    name: 'heron"><img src=x onerror=alert(1)>.html',
    mimeType: 'text/html',
    buffer: Buffer.from(html, 'latin1'),
  };
  await page.getByLabel('The files').setInputFiles([file]);
  await page.getByRole('button', { name: 'Bring them in' }).click();
  await page.getByText('1 file read').waitFor({ timeout: 30_000 });
  await page.locator('.report a').first().click();
  await page.getByRole('heading', { level: 1, name: 'Review what was read' }).waitFor();
  const strange =
    'main :is(img, iframe, object, embed, svg, video, style, link, meta, base, [onerror], [onload], [onclick], [style])';
  expect(await page.locator(strange).count()).toBe(0);
  expect(await page.locator('main script').count()).toBe(0);
  for (const words of ['heron six', 'heron ten', 'heron sixteen'])
    expect(await page.locator('.page-lines').innerText()).toContain(words);
  expect(await tab.policyViolations()).toEqual([]);
  expect([outside, errors]).toEqual([[], []]);
  await context.close();
});
