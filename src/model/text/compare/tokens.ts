/**
 * What counts as one word when two texts are compared.
 *
 *   word         letters, digits and their marks; ' ’ - join letters (don't, sister-in-law),
 *                . , : join digits (3.14, 12:47)
 *   character    one by one in scripts that write no spaces (Han, Kana, Thai …)
 *   punctuation  a run of one sign (… -- !!!); apart from its word, so that a comma
 *                added is a comma added and not a word replaced
 *   break        between two paragraphs
 *
 * Whitespace separates and is never compared, but every word knows its place in the text.
 */

/** The word that stands between two paragraphs: U+2029, the paragraph separator of Unicode. */
export const paragraphBreak = '\u2029';

/** A text cut into words. `text` is the paragraphs joined by {@link paragraphBreak}; `starts[i]` is where `words[i]` begins in it (UTF-16 units). */
export interface Tokens {
  readonly text: string;
  readonly words: readonly string[];
  readonly starts: Int32Array;
}

/** A run of words: from `from` up to, not including, `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

// The kinds of characters.
const space = 1;
const letter = 2;
const character = 3;
const sign = 4;
const mark = 5;
const paragraph = 6;

/** Cuts paragraphs (plain text, no markup) into words. A U+2029 inside a paragraph divides it in two. */
export function tokens(paragraphs: readonly string[]): Tokens {
  const text = paragraphs.join(paragraphBreak);
  const words: string[] = [];
  const starts: number[] = [];
  for (let at = 0; at < text.length; ) {
    const kind = kindAt(text, at);
    if (kind === space) {
      at++;
      continue;
    }
    const end = endOfWord(text, at, kind);
    words.push(text.slice(at, end));
    starts.push(at);
    at = end;
  }
  return { text, words, starts: Int32Array.from(starts) };
}

/** The paragraphs as they were given to {@link tokens}, whitespace and all. */
export function paragraphsOf(tokens: Tokens): string[] {
  return tokens.text.split(paragraphBreak);
}

/** Whether this is a word to be counted: not punctuation, not a break. */
export function isWord(token: string): boolean {
  const kind = kindAt(token, 0);
  return kind === letter || kind === character;
}

/** Where a word ends in its text, or 0 for the word before the first. */
export function endAt(tokens: Tokens, index: number): number {
  return index < 0 ? 0 : (tokens.starts[index] ?? 0) + (tokens.words[index]?.length ?? 0);
}

/** The text of a run of words as written, without the whitespace around it. Breaks stay {@link paragraphBreak}. */
export function textOf(tokens: Tokens, { from, to }: Span): string {
  return from < to ? tokens.text.slice(tokens.starts[from], endAt(tokens, to - 1)) : '';
}

/** The text of a run of words as written, with the whitespace before it. */
export function spacedTextOf(tokens: Tokens, { from, to }: Span): string {
  return from < to ? tokens.text.slice(endAt(tokens, from - 1), endAt(tokens, to - 1)) : '';
}

function endOfWord(text: string, start: number, kind: number): number {
  let at = start + 1;
  if (kind === letter || kind === mark) {
    while (at < text.length) {
      const next = kindAt(text, at);
      if (next !== letter && next !== mark && !joins(text, at)) return at;
      at++;
    }
    return at;
  }
  if (kind === sign) {
    while (text.charCodeAt(at) === text.charCodeAt(start)) at++;
  }
  while (at < text.length && kindAt(text, at) === mark) at++;
  return at;
}

const letterJoiners = "'’-\u2010\u2011";
const digitJoiners = '.,:';

function joins(text: string, at: number): boolean {
  const joiner = text.charAt(at);
  if (letterJoiners.includes(joiner)) return at + 1 < text.length && kindAt(text, at + 1) === letter;
  return (
    digitJoiners.includes(joiner) && isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1))
  );
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Filled as characters are met; classifying through Unicode properties each time costs ten times the rest. */
const kinds = new Uint8Array(0x10000);

function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  const known = kinds[code];
  if (known !== undefined && known !== 0) return known;
  const kind = classify(String.fromCodePoint(text.codePointAt(at) ?? 0x20));
  // A high surrogate says nothing without its partner.
  if (code < 0xd800 || code > 0xdbff) kinds[code] = kind;
  return kind;
}

const letters = /^[\p{L}\p{N}]/u;
const unspaced = /^[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;
// A low surrogate met alone is the second half of a character already judged.
const marks = /^[\p{M}\p{Cf}\p{Cs}]/u;

function classify(codePoint: string): number {
  if (codePoint === paragraphBreak) return paragraph;
  if (/^[\s\0]/u.test(codePoint)) return space;
  if (marks.test(codePoint)) return mark;
  if (!letters.test(codePoint)) return sign;
  return unspaced.test(codePoint) ? character : letter;
}
