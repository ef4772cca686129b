import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanHtml } from '../html.ts';
import type { Decision } from '../model/remark.ts';
import type { SourceFile } from './importer.ts';
import { findImporter, importers, readFile } from './index.ts';
import { openFile } from './open.ts';
import { findRemainder } from './remainder.ts';

/**
 * Every folder `<format>/fixtures/<case>/` holds `input.*` and `edition.json`, a hand-written expectation: one
 * partial Edition, or a list of them where a page holds several works; `decisions.json` and a folder of companions
 * (`input_files/`) where the case needs them.
 */
const cases = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((format) => format.isDirectory() && existsSync(join(import.meta.dirname, format.name, 'fixtures')))
  .flatMap((format) =>
    readdirSync(join(import.meta.dirname, format.name, 'fixtures')).map((name) => ({
      format: format.name,
      name,
      folder: join(import.meta.dirname, format.name, 'fixtures', name),
    })),
  );

/** A capital, a number or a quotation first; a full stop or question mark last; typographers' quotes. */
const sentence = /^[\p{Lu}\d“][^"]*[.?]$/su;

test('every importer has a golden case', () => {
  const covered = new Set(cases.map((c) => c.format));
  expect(importers.map((i) => i.name).filter((name) => !covered.has(name))).toEqual([]);
});

describe.each(cases)('$format/$name', ({ format, folder }) => {
  const inputName = readdirSync(folder).find((f) => /^input\.\w+$/.test(f)) ?? 'input.html';
  const file = openFile(load(folder, inputName), companions(folder));
  const decisions: Decision[] = existsSync(join(folder, 'decisions.json'))
    ? JSON.parse(readFileSync(join(folder, 'decisions.json'), 'utf8'))
    : [];
  const reading = readFile(file, decisions);

  test('is recognised as its format', () => {
    expect(findImporter(file).name).toBe(format);
  });

  test('is read as a person would read it', () => {
    const expected: unknown = JSON.parse(readFileSync(join(folder, 'edition.json'), 'utf8'));
    expect(reading.editions).toMatchObject(Array.isArray(expected) ? expected : [expected]);
  });

  test('leaves no word unaccounted for', () => {
    if (format !== 'edition') expect(findRemainder(file, reading)).toEqual([]);
  });

  test('says what it did in whole sentences', () => {
    if (format === 'edition') return;
    for (const { message } of reading.editions.flatMap((e) => e.remarks)) expect(message).toMatch(sentence);
  });

  test('gives clean text that stays the same when cleaned again', () => {
    for (const edition of reading.editions) {
      for (const { html } of [...edition.passages, ...edition.comments]) expect(cleanHtml(html)).toBe(html);
    }
  });
});

function load(folder: string, name: string): SourceFile {
  return { path: name, bytes: readFileSync(join(folder, name)) };
}

function companions(folder: string): Map<string, SourceFile> {
  const beside = readdirSync(folder, { withFileTypes: true }).find((e) => e.isDirectory());
  if (beside === undefined) return new Map();
  const names = readdirSync(join(folder, beside.name)).map((f) => `${beside.name}/${f}`);
  return new Map(names.map((name) => [name, load(folder, name)]));
}
