import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Conflict } from '../../errors.ts';
import { htmlOfText } from '../../html.ts';
import { paragraphs, seeded, story } from '../../testing/versions.ts';
import { aside, type Room } from '../aside.ts';
import { room as usual } from './aside.ts';
import { type ComparisonTask, showComparison, type TextSide } from './shown.tsx';

let folder: string;
let room: Room;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'variorum-aside-'));
  const outfile = join(folder, 'compare-worker.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./worker.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
  });
  room = { ...usual, program: pathToFileURL(outfile), running: 1, waiting: 2, patience: 20_000 };
}, 30_000);
afterAll(() => rmSync(folder, { recursive: true }));

function side(name: string, seed: number, words: number): TextSide {
  const html = htmlOfText(paragraphs(story(seeded(seed), words)).join('\n\n'));
  return { name, siglum: name, title: `Ending <${name}>`, note: null, passages: [{ title: null, html }] };
}

function task(words: number): ComparisonTask {
  const sides = [side('A', 1, words), side('B', 1, words - 100)] as const;
  return { sides, view: 'side', path: '/works/x/compare/A...B', language: 'en' };
}

describe('a comparison made in a thread', () => {
  test('is the one that is made in process', async () => {
    const shown = await aside<ComparisonTask, string>(room)(task(3000));
    expect(shown).toContain('<del');
    expect(shown).toBe(await showComparison(task(3000)));
  });

  test('lets others go on meanwhile', async () => {
    let turns = 0;
    const counting = setInterval(() => turns++, 5);
    await aside<ComparisonTask, string>(room)(task(40_000));
    clearInterval(counting);
    expect(turns).toBeGreaterThan(5);
  });

  test('is given up when it takes too long, and makes room for the next', async () => {
    const compare = aside<ComparisonTask, string>({ ...room, patience: 1 });
    await expect(compare(task(3000))).rejects.toThrow(Conflict);
    await expect(compare(task(3000))).rejects.toThrow('too long');
  });

  test('waits for its turn, and is refused when too many wait', async () => {
    const compare = aside<ComparisonTask, string>(room);
    const made = await Promise.allSettled(Array.from({ length: 5 }, () => compare(task(500))));
    expect(made.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(await compare(task(500))).toContain('</table>');
  });

  test('says so when its program cannot run', async () => {
    const compare = aside<ComparisonTask, string>({
      ...room,
      program: pathToFileURL(join(folder, 'absent.mjs')),
    });
    await expect(compare(task(500))).rejects.toThrow();
  });
});
