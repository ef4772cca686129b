import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import { htmlOfText } from '../../html.ts';
import { paragraphs, seeded, story } from '../../testing/versions.ts';
import { changesBetween } from '../../writing/changes.ts';
import { aside } from '../aside.ts';
import { type ChangedText, room } from './changes-aside.ts';

const folder = mkdtempSync(join(tmpdir(), 'variorum-changes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const text = (seed: number, words: number) => htmlOfText(paragraphs(story(seeded(seed), words)).join('\n\n'));

test('a long text that a beta wrote anew is compared in a thread, and others are served meanwhile', async () => {
  const outfile = join(folder, 'changes-worker.mjs');
  const entry = fileURLToPath(new URL('./changes-worker.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm' });
  const changesAside = aside<ChangedText, unknown>({
    ...room,
    program: pathToFileURL(outfile),
    patience: 60_000,
  });
  const task = { before: text(1, 20_000), after: text(2, 20_000) };
  let turns = 0;
  const counting = setInterval(() => turns++, 5);
  const changes = await changesAside(task);
  clearInterval(counting);
  expect(turns).toBeGreaterThan(5);
  expect(changes).toEqual(changesBetween(task.before, task.after));
});
