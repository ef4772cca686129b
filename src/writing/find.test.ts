import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanHtml, htmlOfText } from '../html.ts';
import { anyHtml } from '../testing/editions.ts';
import { findWords, replaceWords } from './find.ts';
import { plainWords } from './marked.ts';

const plain = { matchCase: false, wholeWord: false };

describe('words looked for', () => {
  it.each([
    ['lamp', plain, 'Lamps, a lamp.', ['Lamp', 'lamp']],
    ['lamp', { ...plain, matchCase: true }, 'Lamps, a lamp.', ['lamp']],
    ['lamp', { ...plain, wholeWord: true }, 'Lamps, a lamp.', ['lamp']],
    [`isn't`, plain, "It isn’t, isn't.", ['isn’t', "isn't"]],
    ['.*', plain, 'a.*b', ['.*']],
    ['(a+)+$', plain, 'aaaa', []],
    ['', plain, 'a', []],
    ['ñ', { ...plain, wholeWord: true }, 'ñandú ñ', ['ñ']],
  ])('%s %o is found in %s', (words, how, text, hits) => {
    expect(findWords(text, { words, ...how }).map(({ from, to }) => text.slice(from, to))).toEqual(hits);
  });
});

describe('words replaced', () => {
  const replace = (html: string, words: string, by: string): string => {
    const clean = cleanHtml(html);
    return replaceWords(clean, findWords(plainWords(clean), { words, ...plain }), by);
  };
  it.each([
    ['<p>A <em>lamp</em>, a lamp.</p>', 'lamp', 'candle', '<p>A <em>candle</em>, a candle.</p>'],
    ['<p>The la<strong>mp oil</strong> ran.</p>', 'lamp oil', 'wick', '<p>The wick ran.</p>'],
    ['<p>The <em>lamp</em> oil ran.</p>', 'lamp oil', 'wick', '<p>The <em>wick</em> ran.</p>'],
    ['<p>a &amp; b</p>', 'a & b', 'a < b', '<p>a &lt; b</p>'],
    [
      '<p title="p">p <a href="https://p.example/">p</a></p>',
      'p',
      'q',
      '<p>q <a href="https://p.example/" rel="nofollow ugc noopener">q</a></p>',
    ],
    ['<p>lamp</p><p>lamp</p>', 'lamp', '<b>', '<p>&lt;b&gt;</p>\n<p>&lt;b&gt;</p>'],
    ['<p>😀 lamp 😀</p>', '😀', '☾', '<p>☾ lamp ☾</p>'],
  ])('in %s, %s by %s', (html, words, by, after) => {
    expect(replace(html, words, by)).toBe(after);
  });

  it('by themselves change nothing, in any text', () => {
    fc.assert(
      fc.property(anyHtml, fc.nat(), fc.integer({ min: 1, max: 12 }), (html, start, length) => {
        const words = plainWords(html);
        fc.pre(words !== '');
        const sought = words.slice(start % words.length, (start % words.length) + length);
        fc.pre(!/[\n\s'"]/.test(sought) && sought.isWellFormed());
        const found = findWords(words, { words: sought, matchCase: true, wholeWord: false });
        expect(found.length).toBeGreaterThan(0);
        expect(plainWords(replaceWords(html, found, sought))).toBe(words);
      }),
      { numRuns: 150 },
    );
  });
});

it('replacing in a hundred thousand places takes no longer than reading them, and makes no text longer than one may be', () => {
  const html = htmlOfText('a lamp '.repeat(100_000));
  const plain = plainWords(html);
  const places = findWords(plain, { words: 'lamp', matchCase: false, wholeWord: false });
  const before = process.cpuUsage();
  const replaced = replaceWords(html, places, 'light');
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(5_000);
  expect(plainWords(replaced)).toBe(plain.replaceAll('lamp', 'light'));
  expect(() => replaceWords(html, places, 'x'.repeat(1_000))).toThrow(/longer than a text may be/);
});
