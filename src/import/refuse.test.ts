import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Unreadable } from '../errors.ts';
import { sharedPath } from '../testing/shared.ts';
import type { Reading } from './importer.ts';
import { readFile } from './index.ts';
import { openFile } from './open.ts';
import { findRemainder } from './remainder.ts';

/** Reads a file, or gives the reason why it cannot be read; throws whatever else goes wrong. */
function readOrRefuse(path: string, content: string | Uint8Array): readonly unknown[] | string {
  try {
    const file = openFile({ path, bytes: Buffer.from(content) });
    const reading: Reading = readFile(file);
    expect(reading.editions.length).toBeGreaterThan(0);
    return findRemainder(file, reading);
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}

describe('a page that is no story is refused with the reason', () => {
  test.each([
    [
      'a sign-in page of LiveJournal',
      '<title>LiveJournal: Login</title><form><input type="password"></form>',
    ],
    [
      'a sign-in page of Archive of Our Own',
      '<title>Log in | Archive of Our Own</title><p>Hi<input type=password>',
    ],
    ['an error page: the page was not found', '<title>Error 404</title><p>Sorry.'],
    ['a page without words', '<html><body><img src="a.png"></body></html>'],
    ['titled “Lamps”', '<title>Lamps</title><p>It was dark.'],
    ['titled “The Quay”', '<html><body><h1>The Quay</h1><p>It was dark.</body></html>'],
    [
      'a page of Archive of Our Own whose layout is not known yet',
      '<title>Oil - wick | Archive of Our Own</title><p>Dark.',
    ],
    [
      'an interactive story made with Twine',
      '<html><tw-storydata name="Oil"><tw-passagedata>Dark.</tw-passagedata></tw-storydata>',
    ],
    [
      'an interactive story made with Twine',
      '<html><div id="storeArea"><div tiddler="Start">Dark.</div></div>',
    ],
  ])('%s', (reason, html) => {
    expect(readOrRefuse('a.html', html)).toContain(reason);
  });
});

const samples = sharedPath('samples');
const names =
  samples === undefined
    ? ['none']
    : readdirSync(samples, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(samples.length + 1))
        .sort();

describe.each(names)('the sample %s', (name) => {
  test.skipIf(samples === undefined)(
    'is read whole, or refused with a reason (skipped where there are none)',
    () => {
      const begun = performance.now();
      const outcome = readOrRefuse(name, readFileSync(join(samples ?? '', name)));
      if (typeof outcome === 'string') expect(outcome).toMatch(/^import[^:]*: ".+" is .{10,}/);
      else expect(outcome).toEqual([]);
      // Two seconds alone; other tests run beside this one.
      expect(performance.now() - begun).toBeLessThan(10_000);
    },
  );
});

test.skipIf(samples === undefined)(
  'the sign-in page of an archive is named (skipped where there are no samples)',
  () => {
    const page = readFileSync(join(samples ?? '', 'ao3-page/work_15461226_login.html'));
    expect(readOrRefuse('a.html', page)).toContain('a sign-in page of Archive of Our Own');
  },
);

const inEntry = (html: string): string =>
  `<title>wick: Oil</title><table class="entrybox"><tr><td class="caption">Oil</td><td class="index">[May. 28th, 2006|<b>09:14 pm</b>]</td></tr><tr><td colspan="2">${html}</td></tr></table>`;

describe('no person wrote', () => {
  test.each([
    ['200,000 nested divisions', 'html', `<html>${'<div>'.repeat(200_000)}`],
    ['200,000 nested divisions in an entry', 'html', inEntry('<div>'.repeat(200_000))],
    ['30 MB of one letter', 'txt', 'a'.repeat(30_000_000)],
    ['30 MB of one letter in an entry', 'html', inEntry('a'.repeat(30_000_000))],
    ['a million signs', 'html', '<'.repeat(1_000_000)],
    ['zero bytes', 'txt', '\0'.repeat(10_000)],
    ['more than 32 MB', 'txt', 'a b '.repeat(9_000_000)],
    ['brackets', 'json', '['.repeat(1_000_000)],
  ])('%s', (_, ending, text) => {
    expect(readOrRefuse(`a.${ending}`, text)).toEqual(expect.any(String));
  });
});

describe('what is odd but may be words is read whole:', () => {
  test.each([
    ['a line of 500 kB', 'txt', 'a word and another '.repeat(25_000)],
    ['an entry of one line', 'html', inEntry('a word and another '.repeat(25_000))],
    ['200,000 empty lines', 'txt', `One.${'\n'.repeat(200_000)}Two.`],
    ['200,000 line breaks', 'html', inEntry(`One.${'<br>'.repeat(200_000)}Two.`)],
    ['a header without end', 'txt', 'Title: Oil\n'.repeat(5000)],
    ['many endings', 'html', inEntry('<p>Dark.<p>Alternate ending:'.repeat(1000))],
    ['markup within words', 'html', inEntry('<p><b>T</b>he l<i>am</i>p<a name="x">s</a>')],
  ])('%s', (_, ending, text) => {
    expect(readOrRefuse(`a.${ending}`, text)).toEqual([]);
  });
});
