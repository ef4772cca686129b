import { Invalid } from '../errors.ts';
import { type CleanHtml, cleanHtml, escapeHtml } from '../html.ts';
import { marked } from './marked.ts';

/** What is looked for: words as they are read, never a pattern. */
export interface Sought {
  readonly words: string;
  /** Whether `Lamp` is another word than `lamp`. */
  readonly matchCase: boolean;
  /** Whether `lamp` is not in `lamps`. */
  readonly wholeWord: boolean;
}

/** Where words stand in plain words: from the first character to before the one after the last. */
export interface Found {
  readonly from: number;
  readonly to: number;
}

/** What is looked for at most, in characters. */
export const longestSought = 200;

/** Every place where words stand in plain words. Straight quotation marks stand for curled ones too, a space for any. */
export function findWords(plain: string, { words, matchCase, wholeWord }: Sought): readonly Found[] {
  const sought = words.slice(0, longestSought).trim();
  if (sought === '') return [];
  const literal = [...sought].map((c) => alike[c] ?? c.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('');
  const inWord = '[\\p{L}\\p{M}\\p{N}_]';
  const source = wholeWord ? `(?<!${inWord})${literal}(?!${inWord})` : literal;
  const pattern = new RegExp(source, matchCase ? 'gu' : 'giu');
  return [...plain.matchAll(pattern)].map(({ 0: hit, index }) => ({ from: index, to: index + hit.length }));
}

const alike: Readonly<Record<string, string>> = {
  ' ': '[ \\u00a0\\u202f]',
  "'": "['‘’]",
  '"': '["“”„]',
};

/** A text with more characters than this no page sends, and none is made by replacing. */
const longestText = 4_000_000;

/**
 * A text with other words at some places of its plain words (`plainWords`). Markup stays where it is: words that lean in
 * part are replaced where the first of them stood.
 * @throws Invalid where it would grow longer than a text may be
 */
export function replaceWords(html: CleanHtml, places: readonly Found[], by: string): CleanHtml {
  const written = escapeHtml(by);
  if (html.length + places.length * written.length > longestText)
    throw new Invalid('writing: with that in so many places the text would be longer than a text may be', {
      path: 'by',
    });
  const { places: at } = marked(html);
  const parts: string[] = [];
  let done = 0;
  for (const { from, to } of places.toSorted((a, b) => a.from - b.from)) {
    for (let i = from; i < to; i++) {
      const place = at[i];
      if (place === undefined || place === at[i - 1] || place < done) continue;
      parts.push(html.slice(done, place), i === from ? written : '');
      done = html[place] === '&' ? html.indexOf(';', place) + 1 : place + 1;
    }
  }
  return cleanHtml([...parts, html.slice(done)].join(''));
}
