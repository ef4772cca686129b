import { readdirSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ownDataFolder } from '../../store/books.ts';
import { samplePassPhrase } from '../../store/sample-people.testing.ts';
import { removeWork } from '../../store/works.ts';
import { lampStory, openSite, type TestSite } from '../site.testing.ts';
import { type Writer, writerOn } from '../studio/writer.testing.ts';

vi.setConfig({ testTimeout: 60_000 });

let site: TestSite;
let her: Writer;
let another: Writer;
const phrase = { passPhrase: samplePassPhrase };
beforeAll(async () => {
  site = await openSite();
  her = await writerOn(site, 'ida');
  another = await writerOn(site, 'ruth');
}, 60_000);
afterAll(() => site.close());

test('the download asks for the pass phrase, says what is in it, and is for her alone', async () => {
  const page = await her.open('/account/data');
  expect(page.html).toContain('edition.json has all of it');
  const wrong = await her.send('/account/data', { passPhrase: 'not mine' });
  expect([wrong.status, wrong.html.includes('This is not your pass phrase')]).toEqual([422, true]);
  expect(await her.lead('/account/data/file')).toBe('/account/data');

  await her.send('/studio', { title: 'The Lamp', from: 'text', text: 'Ida lit the lamp.' });
  expect((await her.send('/account/data', phrase)).to).toBe('/account/data');
  await vi.waitFor(
    async () => expect((await her.open('/account/data')).html).toContain('Download it ('),
    20_000,
  );
  const file = await her.fetch('/account/data/file');
  expect(file.headers.get('content-disposition')).toMatch(
    /^attachment; filename="variorum-data-\d{4}-\d\d-\d\d\.zip"$/,
  );
  expect(file.headers.get('cache-control')).toBe('private, no-store');
  const files = unzipSync(new Uint8Array(await file.arrayBuffer()));
  expect(Object.keys(files)).toContain('README.txt');
  expect(await another.lead('/account/data/file')).toBe('/account/data');
  const head = await her.fetch('/account/data/file', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('what was packed goes when something is taken away for good', async () => {
  expect(readdirSync(ownDataFolder(site.archive.store))).toHaveLength(1);
  const id = await site.add(lampStory());
  await removeWork(site.archive.store, id, { by: 'host', why: '' });
  expect(await her.lead('/account/data/file')).toBe('/account/data');
  expect((await her.send('/account/data', phrase)).to).toBe('/account/data');
  await vi.waitFor(
    async () => expect((await her.open('/account/data')).html).toContain('Download it ('),
    20_000,
  );
});
