import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const inPage = readFileSync(join(import.meta.dirname, 'in-page.js'), 'utf8');
const axe = readFileSync(join(import.meta.dirname, '..', 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** What sticks out of a page at the right; empty where nothing scrolls sideways. */
export function tooWide(page: Page): Promise<string[]> {
  return ask(page, 'inPage.tooWide()');
}

/** The controls that fingers may miss, each with its size; those of the menu are looked at when it is open. */
export async function smallTargets(page: Page): Promise<string[]> {
  const onPage = await ask<string[]>(page, "inPage.smallTargets('main, footer, .wordmark, .menu > summary')");
  await page.getByText('Menu', { exact: true }).click();
  return [...onPage, ...(await ask<string[]>(page, "inPage.smallTargets('.menu')"))];
}

/** Presses the tab key until the focus has gone round; gives controls that were not reached or do not show their focus. */
export async function walkByKeys(page: Page): Promise<string[]> {
  await ask(page, 'inPage.beforeKeys()');
  const complaints: string[] = [];
  for (let presses = 0; presses < 1_000; presses++) {
    await page.keyboard.press('Tab');
    const { again, complaint } = await page.evaluate<{ again: boolean; complaint: string | null }>(
      'inPage.focused()',
    );
    if (again) break;
    if (complaint !== null) complaints.push(complaint);
  }
  return [
    ...complaints,
    ...(await ask<string[]>(page, 'inPage.missedByKeys()')).map((c) => `not reached: ${c}`),
  ];
}

/** What axe finds wrong with a page (WCAG 2.2 A and AA, and its best practices): rule, place, reason. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate<string[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.flatMap((v) => v.nodes.map((n) => v.id + ' at ' + n.target.join(' ') + ': ' + n.failureSummary)))`,
  );
}

async function ask<T>(page: Page, question: string): Promise<T> {
  await page.evaluate(inPage.replace('(() => {', "(() => { if ('inPage' in globalThis) return;"));
  return page.evaluate<T>(question);
}
