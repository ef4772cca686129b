import { mkdirSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { NotFound, Unreadable } from '../errors.ts';
import { listFiles, loadFile } from './files.ts';
import { mostBytes, mostFor, openFile } from './open.ts';

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

describe('a zip', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  test('gives its pages by the rules of a folder, each with the pictures saved with it', async () => {
    write(
      'saved.zip',
      zipSync({
        'j/2.htm': bytes('<p>b'),
        'j/1.html': bytes('<p>a'),
        'j/1_files/pic.png': bytes('png'),
        'j/1_files/frame.html': bytes('<p>an advertisement'),
        'j/1_files/style.css': bytes('p{}'),
        'j/style.css': bytes('p{}'),
        '__MACOSX/j/._1.html': bytes('x'),
        'old_files/page.html': bytes('<p>no page has this folder'),
      }),
    );
    const listed = await listFiles([join(folder, 'saved.zip')]);
    expect(listed.map((f) => [f.shown, f.size])).toEqual([
      ['j/1.html', 4],
      ['j/2.htm', 4],
      ['old_files/page.html', 26],
    ]);
    const found = listed[0] && (await loadFile(listed[0]));
    if (found?.kind !== 'file') throw new Error('unfit');
    expect(new TextDecoder().decode(found.source.bytes)).toBe('<p>a');
    expect([...found.beside]).toEqual([
      ['1_files/pic.png', { path: '1_files/pic.png', bytes: bytes('png') }],
    ]);
  });

  test('is known by its first bytes, and what is none or is something else is refused with the reason', async () => {
    write('renamed.html', zipSync({ 'a.txt': bytes('a') }));
    expect((await listFiles([join(folder, 'renamed.html')])).map((f) => f.shown)).toEqual(['a.txt']);
    write('broken.zip', bytes('PK\u0003\u0004 and then nothing of the kind'));
    write(
      'book.epub',
      zipSync({ mimetype: bytes('application/epub+zip'), 'META-INF/container.xml': bytes('<x/>') }),
    );
    write('empty.zip', zipSync({}));
    for (const [name, reason] of [
      ['broken.zip', 'cannot be unpacked'],
      ['book.epub', 'a book (EPUB)'],
    ] as const) {
      const [listed] = await listFiles([join(folder, name)]);
      expect(listed && (await loadFile(listed))).toMatchObject({
        kind: 'unfit',
        path: name,
        reason: expect.stringContaining(reason),
      });
    }
    expect(await listFiles([join(folder, 'empty.zip')])).toEqual([]);
  });

  test('within a zip, and a page that is too large, are refused alone', async () => {
    write(
      'mixed.zip',
      zipSync({ 'inner.zip': zipSync({ 'a.txt': bytes('a') }), 'large.txt': new Uint8Array(33 * 1024 ** 2) }),
    );
    const [inner, large] = await listFiles([join(folder, 'mixed.zip')]);
    const found = inner && (await loadFile(inner));
    expect(found?.kind === 'file' && (() => openFile(found.source))).toThrow('a zip archive within');
    expect(large && (await loadFile(large))).toMatchObject({
      kind: 'unfit',
      reason: expect.stringContaining('33 MB'),
    });
  });

  test('of one’s own data, or the folder it was unpacked into, gives the Editions it lists and nothing else', async () => {
    const entry = (path: string, kind: string) => ({ path, kind, size: 1, sha256: '' });
    const files = [
      entry('works/a.json', 'edition'),
      entry('works/a.md', 'text'),
      entry('../x.json', 'edition'),
    ];
    const index = JSON.stringify({ format: 'variorum-data', version: 1, files });
    write(
      'own.zip',
      zipSync({ 'index.json': bytes(index), 'works/a.json': bytes('{}'), 'works/a.md': bytes('A') }),
    );
    mkdirSync(join(folder, 'own/works'), { recursive: true });
    for (const [path, text] of [
      ['index.json', index],
      ['works/a.json', '{}'],
      ['works/a.md', 'A'],
    ] as const)
      write(`own/${path}`, text);
    for (const path of ['own.zip', 'own'])
      expect((await listFiles([join(folder, path)])).map((f) => [f.shown, f.size])).toEqual([
        ['works/a.json', 2],
      ]);
    write('newer.zip', zipSync({ 'index.json': bytes('{"format":"variorum-data","version":9}') }));
    expect((await listFiles([join(folder, 'newer.zip')]))[0]?.unfit).toContain('another version');
  });
});

test('an Edition may be larger than a page', () => {
  expect(mostFor(new TextEncoder().encode('{\n  "format": "variorum-edition",'))).toBeGreaterThan(mostBytes);
  expect(mostFor(new TextEncoder().encode('{"title":"x","format": "variorum-edition"'))).toBe(mostBytes);
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
