import { mkdirSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { NotFound, Unreadable } from '../errors.ts';
import { listFiles, loadFile } from './files.ts';
import { openFile } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'variorum-files-'));
const write = (path: string, bytes: string | Uint8Array): void => writeFileSync(join(folder, path), bytes);

beforeAll(() => {
  for (const sub of ['journal', 'journal/1_files', 'journal/2-Dateien', 'journal/old_files'])
    mkdirSync(join(folder, sub));
  write('journal/1.html', '<p>a</p>');
  write('journal/1_files/pic.png', new Uint8Array([0x89, 0x50]));
  write('journal/1_files/style.css', 'p{}');
  write('journal/1_files/frame.html', '<p>an advertisement</p>');
  write('journal/2.htm', '<p>b</p>');
  write('journal/2-Dateien/x.gif', 'GIF89a');
  write('journal/old_files/page.html', '<p>no page has this folder</p>');
  write('journal/style.css', 'p{}');
  write('journal/.DS_Store', 'x');
  write('huge.html', '');
  truncateSync(join(folder, 'huge.html'), 5 * 1024 ** 3);
});

describe('a folder', () => {
  test('gives its pages in order, and not what browsers saved beside them', async () => {
    const listed = await listFiles([join(folder, 'journal')]);
    expect(listed.map((f) => f.shown)).toEqual(['1.html', '2.htm', 'old_files/page.html']);
  });

  test('gives each page the pictures saved with it', async () => {
    const [first] = await listFiles([join(folder, 'journal')]);
    const found = first && (await loadFile(first));
    expect(found?.kind === 'file' && [...found.beside.keys()]).toEqual(['1_files/pic.png']);
  });

  test('that does not exist is named', async () => {
    await expect(listFiles([join(folder, 'nowhere')])).rejects.toThrow(NotFound);
    await expect(listFiles([join(folder, 'nowhere')])).rejects.toThrow('nowhere');
  });
});

test('a file of 5 GB is refused without being read', async () => {
  const [listed] = await listFiles([join(folder, 'huge.html')]);
  expect(listed && (await loadFile(listed))).toMatchObject({
    kind: 'unfit',
    reason: expect.stringContaining('5120 MB'),
  });
});

describe('a file is refused with the reason when it is', () => {
  const cases: readonly (readonly [string, readonly number[], string])[] = [
    ['empty', [], 'is empty'],
    ['only white space', [32, 10], 'is empty'],
    ['a zip named .html', [0x50, 0x4b, 3, 4], 'a zip archive'],
    ['a gzip bomb named .html', [0x1f, 0x8b, 8], 'a gzip file'],
    ['a picture', [0x89, 0x50, 0x4e, 0x47], 'a PNG image'],
    ['binary', [...'ab'].flatMap((c) => [c.charCodeAt(0), 0, 1, 2, 3, 0, 0, 0]), 'not text'],
  ];
  test.each(cases)('%s', (_, bytes, reason) => {
    const open = () => openFile({ path: 'x.html', bytes: Uint8Array.from(bytes) });
    expect(open).toThrow(Unreadable);
    expect(open).toThrow(reason);
  });
});
