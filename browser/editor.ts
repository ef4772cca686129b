import type { Page } from 'playwright-core';

/** Drafts are sent after a pause of two seconds. */
export const patient = { timeout: 15_000 };

/** The words that are written, where the editor stands. */
export const words = (page: Page) => page.locator('.ProseMirror').first();

/** What the editor says of how they are kept. */
export const said = (page: Page) => page.locator('.kept-said');

/** A busy machine may take the cursor to the words only after the first key. */
export async function goToEnd(page: Page): Promise<void> {
  const deadline = Date.now() + patient.timeout;
  do {
    await page.keyboard.press('Control+End');
    await page.waitForTimeout(100);
  } while (Date.now() < deadline && (await page.evaluate<number>('getSelection().anchorOffset')) === 0);
}

/** Types at the end of the text. */
export async function typeAtEnd(page: Page, text: string): Promise<void> {
  await words(page).click();
  await goToEnd(page);
  await page.keyboard.type(text);
}

/** Types a word in place of the first that is the same. */
export async function writeOver(page: Page, old: string, word: string): Promise<void> {
  await words(page).waitFor();
  await words(page).focus();
  await page.evaluate(`(() => {
    const walk = document.createTreeWalker(document.querySelector('.ProseMirror'), NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode()); ) {
      const at = node.data.indexOf(${JSON.stringify(old)});
      if (at >= 0) return getSelection().setBaseAndExtent(node, at, node, at + ${old.length});
    }
  })()`);
  await page.waitForTimeout(100);
  await page.keyboard.insertText(word);
}

/** How many texts a device keeps. The store is made by the page's script; asked before that, this would make one without it. */
export const keptTexts = (page: Page) =>
  page.evaluate<number>(
    `indexedDB.databases().then((all) => !all.some(({ name }) => name === 'variorum-writing') ? 0 :
      new Promise((done) => { const open = indexedDB.open('variorum-writing'); open.onsuccess = () => {
        const stores = open.result.objectStoreNames.contains('passages');
        const all = stores && open.result.transaction('passages').objectStore('passages').count();
        if (!all) { open.result.close(); done(0); } else all.onsuccess = () => { open.result.close(); done(all.result); }; }; }))`,
  );
