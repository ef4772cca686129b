import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goToEnd, keptTexts, patient, said, typeAtEnd, words, writeOver } from './editor.ts';
import { type Site, startBrowser, startSite, type Tab } from './harness.ts';
import { violations } from './look.ts';
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

type Writer = 'writer' | 'beginner';

/** A tab of a writer's, in a browser of its own, at a passage. */
async function sitDown(path: string, { scripts = true, who = 'writer' as Writer } = {}): Promise<Tab> {
  const tab = await openTabOf(browser, site, members.cookies[who], {
    width: 1280,
    scheme: 'light',
    scripts,
  });
  await tab.page.goto(site.url + path, { timeout: 60_000 });
  return tab;
}

/** A new story with one passage; gives the path on which it is written. */
async function beginStory(text: string): Promise<string> {
  const tab = await sitDown('/studio/new', { scripts: false });
  await tab.page.locator('[name="title"]').fill('The Wick');
  await tab.page.locator('[name="text"]').fill(text, { timeout: 60_000 });
  await tab.page.locator('main form button[type="submit"]').last().click();
  const href = await tab.page.getByRole('link', { name: 'Go on writing' }).getAttribute('href');
  await tab.context.close();
  return href ?? '';
}

/** What a text area holds of a passage with scripts off. */
async function plainText(path: string): Promise<string> {
  const tab = await sitDown(path, { scripts: false });
  const text = await tab.page.locator('textarea[name="text"]').inputValue();
  await tab.context.close();
  return text.trim();
}

describe('a passage in the editor', () => {
  it('is written by keys alone, saved, and the same with scripts off', async () => {
    const path = await beginStory('The lamp was out.');
    const { page, errors } = await sitDown(path);
    await words(page).focus();
    await goToEnd(page);
    await page.keyboard.type('\n"It isn\'t *his* lamp," she said.\n***## The quay\nUp **there** it went');
    await page.keyboard.press('Control+i');
    await page.keyboard.type(' out');
    await page.keyboard.press('Control+i');
    await page.keyboard.type('.[^');
    await page.keyboard.type('Again.');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+s');
    await expect.poll(() => said(page).textContent(), patient).toMatch(/^kept \d\d:\d\d$/);
    const typed =
      'The lamp was out.\n\n“It isn’t *his* lamp,” she said.\n\n***\n\n## The quay\n\nUp **there** it went *out*.[^1]\n\n[^1]: Again.';
    expect(await plainText(path)).toBe(typed);
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate<string>('document.activeElement.textContent')).trim() === 'Save version')
        break;
    }
    await page.keyboard.press('Enter');
    await page.waitForURL(/did=saved/);
    expect(await words(page).innerHTML()).toMatch(/<em> ?out<\/em>/);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('has nothing for axe to find, and lets the focus out by the tab key', async () => {
    const { page, errors } = await sitDown(members.passage);
    await words(page).click();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.closest(".ProseMirror")')).toBeNull();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('types into a note that its button opened, whose place nothing takes', async () => {
    const { page } = await sitDown(await beginStory('The lamp was out.'));
    await typeAtEnd(page, ' Again');
    await page.getByRole('button', { name: 'Note, shown at the end' }).click();
    await page.keyboard.type('Since Lammas.');
    await page.keyboard.press('Escape');
    await page.keyboard.type('.');
    await page.keyboard.press('Control+s');
    await expect.poll(() => said(page).textContent(), patient).toMatch(/^kept \d\d:\d\d$/);
    const path = new URL(page.url()).pathname;
    expect(await plainText(path)).toBe('The lamp was out. Again[^1].\n\n[^1]: Since Lammas.');
    await page.context().close();
  });

  it('shows nothing but what she writes, until Escape', async () => {
    const { page } = await sitDown(members.passage);
    await words(page).click();
    await page.getByRole('button', { name: 'Focus on what I write' }).click();
    expect(await page.locator('.masthead').isVisible()).toBe(false);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.locator('.masthead').isVisible()).toBe(true);
    await page.context().close();
  });

  it('gives whoever asks the form what is written now', async () => {
    const { page } = await sitDown(await beginStory('One.'));
    await typeAtEnd(page, ' *Two*');
    expect(await page.evaluate(`new FormData(document.querySelector('[data-kept]')).get('text')`)).toBe(
      'One. *Two*',
    );
    await page.context().close();
  });

  it('takes back what was typed before a reload', async () => {
    const path = await beginStory('One.');
    const { page } = await sitDown(path);
    await typeAtEnd(page, ' Two.');
    await page.waitForTimeout(900);
    await page.keyboard.type(' Three.');
    await page.waitForTimeout(600);
    await page.reload();
    await expect.poll(() => words(page).textContent(), patient).toBe('One. Two. Three.');
    await words(page).focus();
    await page.keyboard.press('Control+z');
    expect(await words(page).textContent()).toBe('One. Two.');
    await page.keyboard.press('Control+z');
    expect(await words(page).textContent()).toBe('One.');
    await page.keyboard.press('Control+Shift+z');
    expect(await words(page).textContent()).toBe('One. Two.');
    await page.context().close();
  });

  it('gives back a straight quotation mark by one undo', async () => {
    const { page } = await sitDown(await beginStory('One.'));
    await typeAtEnd(page, ' "');
    expect(await words(page).textContent()).toBe('One. “');
    await page.keyboard.press('Control+z');
    expect(await words(page).textContent()).toBe('One. "');
    await page.context().close();
  });
});

describe('forms without a draft', () => {
  const line = '.remembered';

  it('have what was typed and not sent again after the tab is gone, and offer what was sent', async () => {
    const { page, context } = await sitDown('/studio/new');
    await page.locator('[name="title"]').fill('The Snuffer');
    await page.locator('[name="text"]').fill('Nobody had asked for it.');
    await expect.poll(() => keptTexts(page), patient).toBe(1);
    await page.close();
    const again = await context.newPage();
    await again.goto(`${site.url}/studio/new`);
    await expect.poll(() => again.locator(line).textContent(), patient).toContain('is put back');
    expect(await again.locator('[name="text"]').inputValue()).toBe('Nobody had asked for it.');
    expect(await violations(again)).toEqual([]);
    await again.getByRole('button', { name: 'Begin this story' }).click();
    await again.getByRole('link', { name: 'Go on writing' }).waitFor();

    await again.goto(`${site.url}/studio/new`);
    await expect.poll(() => again.locator(line).textContent(), patient).toContain('last sent');
    expect(await again.locator('[name="text"]').inputValue()).toBe('');
    await again.getByRole('button', { name: 'Put it back' }).click();
    expect(await again.locator('[name="title"]').inputValue()).toBe('The Snuffer');
    await again.reload();
    await again.getByRole('button', { name: 'Forget it' }).click();
    await again.reload();
    await again.waitForTimeout(500);
    expect(await again.locator(line).count()).toBe(0);
    await context.close();
  });

  it('keep a comment of a member, and nothing of guests', async () => {
    const say = `${members.work}/comments/new`;
    const { page, context } = await sitDown(say, { who: 'beginner' });
    await page.locator('[name="words"]').fill('The lamp, again.');
    await expect.poll(() => keptTexts(page), patient).toBe(1);
    await page.reload();
    await expect.poll(() => page.locator('[name="words"]').inputValue(), patient).toBe('The lamp, again.');
    await page.getByRole('button', { name: 'Begin anew' }).click();
    expect(await page.locator('[name="words"]').inputValue()).toBe('');
    await context.clearCookies();
    await page.goto(site.url + say);
    expect(await page.locator('script[data-form]').count()).toBe(0);
    await context.close();
  });
});

describe('what is typed', () => {
  it('is kept offline, after the tab is gone, and sent on return', async () => {
    const path = await beginStory('Dry.');
    const { page, context } = await sitDown(path);
    await context.setOffline(true);
    await typeAtEnd(page, ' Rain.');
    await expect.poll(() => said(page).textContent(), patient).toBe('kept on this device, offline');
    await page.close();
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(site.url + path);
    await expect.poll(() => words(again).textContent(), patient).toBe('Dry. Rain.');
    await expect.poll(() => said(again).textContent(), patient).toMatch(/^kept \d\d/);
    expect(await plainText(path)).toBe('Dry. Rain.');
    await context.close();
  });

  it('is brought together when two browsers changed different paragraphs', async () => {
    const path = await beginStory('One.\n\nTwo.\n\nThree.');
    const [here, there] = [await sitDown(path), await sitDown(path)];
    await typeAtEnd(there.page, ' There.');
    await expect.poll(() => said(there.page).textContent(), patient).toMatch(/^kept/);
    await words(here.page).click();
    await here.page.keyboard.press('Control+Home');
    await here.page.keyboard.type('Here. ');
    await expect.poll(() => words(here.page).textContent(), patient).toBe('Here. One.Two.Three. There.');
    await expect.poll(() => plainText(path), patient).toBe('Here. One.\n\nTwo.\n\nThree. There.');
    for (const { context } of [here, there]) await context.close();
  });

  it('is shown beside what someone else saved in the same paragraph, and nothing is lost', async () => {
    const path = await beginStory('The lamp was lit.');
    const [here, there] = [await sitDown(path), await sitDown(path)];
    await typeAtEnd(there.page, ' By Una.');
    await there.page.getByRole('button', { name: 'Save version' }).click();
    await there.page.waitForURL(/did=saved/);
    await typeAtEnd(here.page, ' By nobody.');
    const see = here.page.getByRole('button', { name: 'See both texts' });
    await see.waitFor();
    await see.click();
    await here.page.getByRole('heading', { name: 'Someone saved this passage while you wrote' }).waitFor();
    expect(await here.page.locator('.three-clash').innerText()).toContain('By Una.');
    expect(await violations(here.page)).toEqual([]);
    expect(await words(here.page).innerText()).toContain('The lamp was lit. By nobody.');
    expect(await words(here.page).innerText()).toContain('The lamp was lit. By Una.');
    await here.page.getByRole('button', { name: 'Save version' }).click();
    await here.page.waitForURL(/did=saved/);
    expect(await plainText(path)).toBe('The lamp was lit. By Una.\n\nThe lamp was lit. By nobody.');
    for (const { context } of [here, there]) await context.close();
  });

  it('is gone from the device when she signs out, once she has agreed to lose what was not sent', async () => {
    const path = await beginStory('Dry.');
    const { page, context } = await sitDown(path);
    await page.route('**/drafts', (route) => route.abort());
    await typeAtEnd(page, ' Rain.');
    await expect.poll(() => said(page).textContent(), patient).toBe('kept on this device, offline');
    const account = await context.newPage();
    await account.goto(`${site.url}/account`);
    const asked: string[] = [];
    account.on('dialog', (dialog) => {
      asked.push(dialog.message());
      void (asked.length === 1 ? dialog.dismiss() : dialog.accept());
    });
    // The sign-out of this page ends the session of every other test: it is stopped on its way.
    await account.route('**/sign-out', (route) => route.fulfill({ status: 204 }));
    await account.getByRole('button', { name: 'Sign out', exact: true }).click();
    await expect.poll(() => asked.length, patient).toBe(1);
    expect(asked[0]).toContain('One text on this device has words that the archive does not have yet');
    expect(await keptTexts(account)).toBe(1);
    await account.getByRole('button', { name: 'Sign out', exact: true }).click();
    await expect.poll(() => keptTexts(account), patient).toBe(0);
    await context.close();
  });
});

describe('two authors', () => {
  /** A story of the writer's whose co-author the beginner is; gives the path of its passage. */
  async function beginTogether(): Promise<string> {
    const path = await beginStory('The lamp was lit.\n\nNobody came.');
    const hers = await sitDown(path.replace(/\/passages.*/, '/people'), { scripts: false });
    await hers.page.getByLabel('The name she writes under here').fill('Sedge');
    await hers.page.getByLabel('To be').first().selectOption('author');
    await hers.page.getByRole('button', { name: 'Ask her' }).click();
    await hers.page.getByText('Asked. She finds it').waitFor();
    const other = await sitDown('/beta', { scripts: false, who: 'beginner' });
    const asking = other.page.locator('.asking', { hasText: 'co-author' });
    await asking.getByRole('button', { name: 'Accept' }).click();
    await other.page.waitForURL(/\/studio\//);
    for (const { context } of [hers, other]) await context.close();
    return path;
  }

  it.each([true, false])(
    'who save one passage at once see both texts, and neither overwrites the other (scripts %s)',
    async (scripts) => {
      const path = await beginTogether();
      const [una, ida] = [
        await sitDown(path, { scripts }),
        await sitDown(path, { scripts, who: 'beginner' }),
      ];
      const change = async ({ page }: Tab, by: string): Promise<void> => {
        if (scripts) return writeOver(page, 'lit', `lit by ${by}`);
        const area = page.locator('textarea[name="text"]');
        await area.fill((await area.inputValue()).replace('lit', `lit by ${by}`));
      };
      await change(una, 'Una');
      await change(ida, 'Ida');
      const save = ({ page }: Tab) => page.getByRole('button', { name: 'Save version' }).click();
      await save(una);
      await una.page.waitForURL(/did=saved/);
      await save(ida);
      await ida.page.getByRole('heading', { name: 'Someone saved this passage while you wrote' }).waitFor();
      const clash = ida.page.locator('.three-clash');
      expect(await clash.locator('[data-side="Saved now"] ins').innerText()).toContain('by Una');
      expect(await clash.locator('[data-side="Yours"] ins').innerText()).toContain('by Ida');
      expect(await clash.locator('[data-side="You began with"]').innerText()).toBe('The lamp was lit.');
      const both = 'The lamp was lit by Una.\n\nThe lamp was lit by Ida.\n\nNobody came.';
      expect(await plainText(path)).toBe('The lamp was lit by Una.\n\nNobody came.');
      await save(ida);
      await ida.page.waitForURL(/did=saved/);
      expect(await plainText(path)).toBe(both);
      expect(await ida.page.locator('.history').innerText()).toMatch(/version 3/);
      for (const { context } of [una, ida]) await context.close();
    },
    120_000,
  );
});

describe('a passage as long as a book', () => {
  it('takes each key within a tenth of a second', async () => {
    const paragraph =
      'The lamp on the quay was lit again, and nobody counted the boats that night or any other. ';
    const path = await beginStory(`${paragraph.repeat(2)}\n\n`.repeat(1_250));
    const { page } = await sitDown(path);
    page.setDefaultTimeout(30_000);
    await words(page).click();
    await page.evaluate(`globalThis.late = []; new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (/key/.test(entry.name)) late.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16, buffered: false })`);
    for (const key of 'and a lamp is lit, once more') {
      await page.keyboard.press(key);
      await page.waitForTimeout(50);
    }
    const late = await page.evaluate<number[]>('late');
    const middle = late.toSorted((a, b) => a - b)[Math.floor(late.length / 2)] ?? 0;
    expect(middle).toBeLessThan(100);
    await page.context().close();
  });
});
