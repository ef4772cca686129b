import type { Locator, Page } from 'playwright-core';
import type { Tab } from './harness.ts';

/** Someone before a page, who does what people do: reads, follows links, fills forms in, presses buttons. */
export interface Visitor {
  readonly tab: Tab;
  readonly page: Page;
  /** Waits until the page says these words. */
  sees(words: string | RegExp): Promise<void>;
  follow(link: string | RegExp): Promise<void>;
  press(button: string | RegExp): Promise<void>;
  unfold(summary: string | RegExp): Promise<void>;
  /** Writes into a field, in place of what stands there. */
  fill(label: string | RegExp, text: string): Promise<void>;
  tick(label: string | RegExp): Promise<void>;
  choose(label: string | RegExp, option: string): Promise<void>;
}

/** What a visitor can lay hands on, in whatever way. */
interface Ways {
  activate(control: Locator): Promise<void>;
  fill(field: Locator, text: string): Promise<void>;
  tick(box: Locator): Promise<void>;
  choose(menu: Locator, option: string): Promise<void>;
}

/** A visitor with a mouse. */
export function byMouse(tab: Tab): Visitor {
  return visitor(tab, {
    activate: (control) => control.click(),
    fill: (field, text) => field.fill(text),
    tick: (box) => box.check(),
    choose: async (menu, option) => void (await menu.selectOption({ label: option })),
  });
}

/** A visitor who has nothing but a keyboard: what the tab key does not come to she cannot use. */
export function byKeys(tab: Tab): Visitor {
  const { page } = tab;
  const { keyboard } = page;
  return visitor(tab, {
    activate: async (control) => {
      await reach(page, control);
      await keyboard.press('Enter');
    },
    fill: async (field, text) => {
      await reach(page, field);
      await keyboard.press('Control+A');
      await keyboard.insertText(text);
    },
    tick: async (box) => {
      await reach(page, box);
      if (!(await box.isChecked())) await keyboard.press('Space');
    },
    choose: async (menu, option) => {
      await reach(page, menu);
      // Typing the first letters chooses, as every browser does it.
      await keyboard.type(option);
    },
  });
}

function visitor(tab: Tab, ways: Ways): Visitor {
  const { page } = tab;
  const led = async (act: () => Promise<void>): Promise<void> => {
    await Promise.all([page.waitForEvent('load'), act()]);
  };
  return {
    tab,
    page,
    sees: async (words) => {
      const place = page.locator('main').getByText(words).and(page.locator(':visible')).first();
      await place.waitFor({ state: 'visible' });
    },
    follow: (name) => led(() => ways.activate(named(page, 'link', name))),
    press: (name) => led(() => ways.activate(named(page, 'button', name))),
    unfold: (name) => ways.activate(page.locator('summary:visible').filter({ hasText: name }).first()),
    fill: (label, text) => ways.fill(page.getByLabel(label, exactly(label)).and(usable(page)).first(), text),
    tick: (label) => ways.tick(page.getByLabel(label, exactly(label)).first()),
    choose: (label, option) =>
      ways.choose(page.getByLabel(label, exactly(label)).and(usable(page)).first(), option),
  };
}

function named(page: Page, role: 'link' | 'button', name: string | RegExp): Locator {
  return page
    .getByRole(role, { name, ...exactly(name) })
    .and(usable(page))
    .first();
}

function usable(page: Page): Locator {
  return page.locator(':visible');
}

function exactly(name: string | RegExp): { readonly exact?: boolean } {
  return typeof name === 'string' ? { exact: true } : {};
}

/** Presses the tab key until the focus stands on a control. @throws Error when it never comes there */
async function reach(page: Page, control: Locator): Promise<void> {
  await control.waitFor({ state: 'visible' });
  for (let presses = 0; presses < 250; presses++) {
    if ((await control.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no press of the tab key comes to ${control} on ${page.url()}`);
}
