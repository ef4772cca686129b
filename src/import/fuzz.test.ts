import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { cleanJudge, wildHtml } from '../clean.testing.ts';
import { fuzzed, readAny, specimens } from './fuzz.testing.ts';

// A fixed sample of the campaigns `importers` and `cleaner`; `npm run soak` tries many more.

describe('files made wrong', () => {
  const from = specimens(fileURLToPath(new URL('../..', import.meta.url)));

  test('are read into Editions that hold together, or refused with a reason', { timeout: 60_000 }, () => {
    const outcomes = { read: 0, refused: 0 };
    for (let index = 0; index < 300; index++) {
      const start = process.cpuUsage();
      try {
        outcomes[readAny(fuzzed(1, index, from))]++;
      } catch (error) {
        throw new Error(`case ${index} of seed 1`, { cause: error });
      }
      const { user, system } = process.cpuUsage(start);
      expect((user + system) / 1000, `ms for case ${index}`).toBeLessThan(5_000);
    }
    expect(outcomes.read).toBeGreaterThan(100);
    expect(outcomes.refused).toBeGreaterThan(20);
  });

  test('are other files for other numbers, and the same for the same', () => {
    const bytes = (index: number): string => Buffer.from(fuzzed(1, index, from).bytes).toString('latin1');
    expect(bytes(5)).toBe(bytes(5));
    expect(bytes(5)).not.toBe(bytes(6));
  });
});

test('wild HTML is clean once it was cleaned, and DOMPurify finds nothing in it', { timeout: 60_000 }, () => {
  const judge = cleanJudge();
  for (let index = 0; index < 500; index++) judge(wildHtml(1, index));
});

test('a paragraph of Markdown full of open brackets takes no time in the square of its length', {
  timeout: 60_000,
}, () => {
  const bytes = Buffer.from(`# Lamps\n\n${'{"format":"v","passages":[{}]} www.example.com '.repeat(3000)}`);
  const start = process.cpuUsage();
  expect(readAny({ name: 'lamps.md', bytes })).toBe('read');
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(5_000);
});

test('a line that opens with many tags is looked at once', { timeout: 60_000 }, () => {
  const bytes = Buffer.from(`# Lamps\n\n${'<strong>'.repeat(24)}Alternate ending:`);
  const start = process.cpuUsage();
  expect(readAny({ name: 'lamps.md', bytes })).toBe('read');
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(5_000);
});

test('tables whose cells hold lists do not become lists in a paragraph', () => {
  const table =
    '<table><tr><td>Title:</td><td>The Lamp<ul><li>one</li></ul></td></tr></table><p>It burned all night.</p>';
  const page = `<html><body><div class="b-singlepost-body">x</div><article class="b-singlepost h-entry"><h1 class="b-singlepost-title">Lamp</h1><article class="b-singlepost-body entry-content">${table}</article></article></body></html>`;
  expect(readAny({ name: 'lamp.html', bytes: Buffer.from(page) })).toBe('read');
});
