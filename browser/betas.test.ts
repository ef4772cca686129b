import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patient, said, typeAtEnd, words, writeOver } from './editor.ts';
import { type Site, shoot, startBrowser, startSite, type Tab } from './harness.ts';
import { smallTargets, tooWide, violations } from './look.ts';
import { addMembers, type Members, openTabOf } from './members.ts';

let site: Site;
let browser: Awaited<ReturnType<typeof startBrowser>>;
let members: Members;
beforeAll(async () => {
  site = await startSite({ demo: false });
  browser = await startBrowser();
  members = await addMembers(site);
});
afterAll(async () => {
  await browser.close();
  await site.stop();
});

async function tabOf(who: 'writer' | 'beginner', scripts: boolean, width: 320 | 1280 = 1280): Promise<Tab> {
  return openTabOf(browser, site, members.cookies[who], { width, scheme: 'light', scripts });
}

const text = 'The ferry was late, and cold.\n\nShe waited on the quay. Nobody came, nobody at all.';

describe.each([false, true])('with scripts %s', (scripts) => {
  it('a writer invites by a link, a beta suggests, the writer accepts, and the version names the beta', async () => {
    const writer = await tabOf('writer', scripts);
    const beta = await tabOf('beginner', scripts);
    const [hers, other]: [Page, Page] = [writer.page, beta.page];
    await hers.goto(`${site.url}/studio/new`);
    await hers.locator('[name="title"]').fill(`The Late Ferry ${scripts}`);
    if (scripts) {
      await hers.locator('.ProseMirror, textarea[name="text"]').first().click();
      await hers.keyboard.insertText(text);
    } else await hers.locator('[name="text"]').fill(text);
    await hers.locator('main form button[type="submit"]').last().click();
    await hers.getByRole('link', { name: 'People' }).last().click();
    await hers.getByLabel('To be').last().selectOption('beta');
    await hers.getByRole('button', { name: 'Make a link' }).click();
    const link = (await hers.locator('code.secret').textContent()) ?? '';
    expect(link).toContain('/invited/');

    // The port of a test is another than that of the address the archive knows itself by.
    await other.goto(site.url + new URL(link).pathname);
    await other.getByLabel('Sedge').check();
    await other.getByRole('button', { name: 'Accept' }).click();
    await other.getByRole('link', { name: 'Read and suggest' }).click();
    if (scripts) await writeOver(other, 'nobody', 'no one');
    else {
      const typed = await other.locator('textarea[name="text"]').inputValue();
      await other.locator('textarea[name="text"]').fill(typed.replace('nobody at all', 'no one at all'));
    }
    await other.getByRole('button', { name: 'Look at my changes' }).click();
    await other.getByRole('heading', { name: '1 change' }).waitFor();
    await other.getByRole('button', { name: 'Send them' }).click();
    await other.getByText('Sent. The author sees it').waitFor();

    await hers.goto(`${site.url}/studio`);
    await hers.getByRole('link', { name: '1 suggestion' }).first().click();
    await hers
      .getByRole('button', { name: /^Accept/ })
      .first()
      .click();
    await hers.getByText('Accepted, and saved as a new version').waitFor();
    await hers.goto(hers.url().replace(/\/suggestions.*/, ''));
    await hers.locator('.history').getByText('Sedge’s suggestion accepted').waitFor();
    await hers.getByRole('link', { name: 'See it as readers will' }).click();
    expect(await hers.locator('.byline').first().textContent()).toMatch(/beta\s+Sedge/);
    expect([...writer.errors, ...beta.errors]).toEqual([]);
    await writer.context.close();
    await beta.context.close();
  }, 90_000);
});

describe('what a beta types', () => {
  it('is on her device when the tab dies offline, sent on return, and in her text area with scripts off', async () => {
    const { page, context } = await tabOf('beginner', true);
    const room = `${members.room}/passages/${members.passage.split('/').at(-1)}`;
    await page.goto(site.url + room);
    await words(page).waitFor();
    await context.setOffline(true);
    await writeOver(page, 'Somebody', 'Una');
    await expect.poll(() => said(page).textContent(), patient).toBe('kept on this device, offline');
    await page.close();
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(site.url + room);
    await expect.poll(() => words(again).textContent(), patient).toContain('Una had to');
    await expect.poll(() => said(again).textContent(), patient).toMatch(/^kept \d\d/);
    const plain = await tabOf('beginner', false);
    await plain.page.goto(site.url + room);
    expect(await plain.page.locator('textarea[name="text"]').inputValue()).toContain('Una had to');
    const hers = await tabOf('writer', true);
    await hers.page.goto(`${site.url}${members.passage}`);
    expect(await hers.page.locator('body').textContent()).not.toContain('Una');

    await again.getByRole('button', { name: 'Look at my changes' }).click();
    await again.getByRole('heading', { name: '1 change' }).waitFor();
    await again.getByRole('button', { name: 'Send them' }).click();
    await again.getByText('Sent. The author sees it').waitFor();
    await again.reload();
    await expect.poll(() => words(again).textContent(), patient).toContain('Somebody had to');
    await hers.page.reload();
    await hers.page.locator('.suggestion ins').getByText('Una').waitFor();
    for (const tab of [{ context }, plain, hers]) await tab.context.close();
  }, 90_000);

  it('in two tabs at once is brought together, or shown as two texts', async () => {
    const { page, context } = await tabOf('beginner', true);
    const room = `${members.room}/passages/${members.passage.split('/').at(-1)}`;
    const second = await context.newPage();
    for (const tab of [page, second]) {
      await tab.goto(site.url + room);
      await words(tab).waitFor();
    }
    await writeOver(page, 'lamp', 'lantern');
    await expect.poll(() => said(page).textContent(), patient).toMatch(/^kept \d\d/);
    await writeOver(second, 'Somebody', 'Una');
    await expect.poll(() => said(second).textContent(), patient).toMatch(/brought together|^kept \d\d/);
    await expect.poll(() => words(second).textContent(), patient).toMatch(/lantern.*Una/s);
    await writeOver(page, 'lantern', 'beacon');
    await expect.poll(() => words(page).textContent(), patient).toMatch(/beacon.*Una/s);
    await expect.poll(() => said(page).textContent(), patient).toMatch(/^kept \d\d/);
    await writeOver(second, 'lantern', 'torch');
    await second.getByRole('button', { name: 'See both texts' }).click();
    await second.getByRole('heading', { name: 'You kept another draft of this passage' }).waitFor();
    expect(await words(second).textContent()).toMatch(/beacon.*torch|torch.*beacon/s);
    expect(await violations(second)).toEqual([]);
    await context.close();
  }, 90_000);
});

describe('what is said of a draft', () => {
  it('is put back where it was not sent: remarks, and replies under suggestions, folded out', async () => {
    const { page, context } = await tabOf('beginner', true);
    await page.goto(`${site.url}${members.room}/passages/${members.passage.split('/').at(-1)}`);
    await page.getByText('Remark on some words').click();
    await page.locator('[name="note"]').fill('Which lamp?');
    const reply = page.locator('.reply').first();
    await reply.getByText('Reply').click();
    await reply.getByLabel('What you say').fill('Perhaps the long one.');
    await page.waitForTimeout(1_000);
    await page.reload();
    await page.getByText('is put back').nth(1).waitFor();
    expect(await page.locator('[name="note"]').inputValue()).toBe('Which lamp?');
    expect(await reply.getByLabel('What you say').inputValue()).toBe('Perhaps the long one.');
    expect(await page.locator('[name="note"]').isVisible()).toBe(true);
    expect(await violations(page)).toEqual([]);

    await typeAtEnd(page, ' And nobody had.');
    await page.getByRole('button', { name: 'Look at my changes' }).click();
    const why = page.locator('[name="note-0"]');
    // The page that is left has replies to unfold too.
    await page.locator('details', { has: why }).locator('summary').click();
    await why.fill('It ends too soon.');
    await page.waitForTimeout(1_000);
    await page.goBack();
    await page.getByRole('button', { name: 'Look at my changes' }).click();
    await page.locator('form', { has: why }).getByText('is put back').waitFor();
    expect(await why.inputValue()).toBe('It ends too soon.');
    expect(await why.isVisible()).toBe(true);
    await context.close();
  }, 60_000);
});

it('every page of betas suits fingers, narrow screens and axe', async () => {
  const { room, draft, passage, invited } = members;
  const pages = [
    ['beginner', room],
    ['beginner', `${room}/passages/${passage.split('/').at(-1)}`],
    ['beginner', '/beta'],
    ['beginner', invited],
    ['writer', `${draft}/people`],
    ['writer', `${draft}/suggestions`],
    ['writer', passage],
  ] as const;
  const found: string[] = [];
  for (const [who, path] of pages) {
    const { page, context } = await tabOf(who, true, 320);
    await page.goto(site.url + path);
    await shoot(page, `betas-${path.replace(/\W+/g, '-')}`);
    const complaints = [...(await violations(page)), ...(await tooWide(page)), ...(await smallTargets(page))];
    found.push(...complaints.map((complaint) => `${path}: ${complaint}`));
    await context.close();
  }
  expect(found).toEqual([]);
}, 120_000);
