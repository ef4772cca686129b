import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { Conflict, Invalid } from '../../../errors.ts';
import { htmlOfText } from '../../../html.ts';
import { htmlOfMarkdown } from '../../../writing/markdown.ts';
import { aside, type Room } from '../../aside.ts';
import { convertingIn } from './converting.ts';

const folder = mkdtempSync(join(tmpdir(), 'variorum-converting-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A room whose threads never answer. */
function endless(): Room {
  const program = join(folder, 'endless.mjs');
  writeFileSync(program, 'setInterval(() => {}, 1000);');
  return {
    program: pathToFileURL(program),
    running: 1,
    waiting: 4,
    each: 2,
    patience: 300,
    busy: 'web/test: many wait',
    late: 'web/test: this takes too long',
  };
}

test('a text that no thread reads in time is not read here: it comes back, and one that is shown is shown as HTML', async () => {
  const { convertAside, converted } = convertingIn(endless());
  const text = 'word '.repeat(10_000);
  const html = htmlOfText(text);
  await convertAside([
    { kind: 'read', text },
    { kind: 'write', html },
  ]);
  expect(() => converted({ kind: 'read', text })).toThrow(Invalid);
  expect(htmlOfMarkdown(converted({ kind: 'write', html }) ?? '')).toBe(html);
  expect(converted({ kind: 'read', text: 'short' })).toBe('<p>short</p>');
});

test('one account takes no more than its places', async () => {
  const run = aside<string, string>(endless());
  const asked = ['a', 'b', 'c'].map((task) => run(task, 'ada').catch((error: unknown) => error));
  const third = await asked[2];
  expect(third instanceof Conflict && third.message).toContain('many wait');
  const other = await run('d', 'bea').catch((error: unknown) => error);
  expect(other instanceof Conflict && other.message).toContain('too long');
  for (const error of await Promise.all(asked.slice(0, 2)))
    expect(error instanceof Conflict && error.message).toContain('too long');
});
