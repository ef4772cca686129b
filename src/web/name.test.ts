import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveSettings } from '../store/settings.ts';
import { lampStory, openSite, type TestSite } from './site.testing.ts';

let site: TestSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

test('every page, those kept in memory too, calls the archive what its host calls it now', async () => {
  const id = await site.add(lampStory());
  const pages = ['/', `/works/${id}`, `/works/${id}/read/p1`, `/works/${id}/whole`, '/nothing-here'];
  for (const name of ['Variorum', 'The Lamp Room', 'Saltings & Co']) {
    await saveSettings(site.archive.store, { name });
    for (const path of pages) {
      const html = await (await site.ask(path)).text();
      expect(html, path).toContain(`<strong>${name.replace('&', '&amp;')}</strong>`);
    }
  }
});
