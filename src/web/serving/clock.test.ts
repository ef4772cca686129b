import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { saveEdition } from '../../store/editions.ts';
import { closeStore, openStore, type Store } from '../../store/index.ts';
import { sampleEdition } from '../../store/sample-works.testing.ts';
import { getWork } from '../../store/works.ts';
import { scheduleWork } from '../../store/writing.ts';
import { publishOnTime } from './clock.ts';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'variorum-clock-'));
  store = await openStore(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('publishes a scheduled work when its moment has come, and not before', async () => {
  const outcome = await saveEdition(store, sampleEdition('Timely'), [], { why: 'imported', by: null });
  const id = 'workId' in outcome ? outcome.workId : '';
  const due = new Date(Date.now() + 700).toISOString();
  await scheduleWork(store, id, { rating: 'Not Rated', warnings: ['No Archive Warnings Apply'], due });
  const faults: unknown[] = [];
  const stop = publishOnTime(store, (error) => faults.push(error), 50);
  await expect.poll(async () => (await getWork(store, id)).stage, { timeout: 5000 }).toBe('published');
  expect(((await getWork(store, id)).publishedAt ?? '') >= due).toBe(true);
  await stop();
  expect(faults).toEqual([]);
  await closeStore(store);
});

it('reports a store that fails and goes on asking', async () => {
  await closeStore(store);
  let faults = 0;
  const stop = publishOnTime(store, () => faults++, 20);
  await expect.poll(() => faults).toBeGreaterThan(1);
  await stop();
});
