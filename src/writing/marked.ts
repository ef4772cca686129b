import type { CleanHtml } from '../html.ts';
import { tokens } from '../model/text/compare/tokens.ts';

/*
 * Clean text as a row of pieces: tags, and words and signs as a comparison cuts them. Clean HTML is XML and every tag
 * of it is whole, so the pieces are found without parsing; `marked` reads no other HTML.
 */

/** A tag or a word: where it stands in the HTML, without the space before it. */
export interface Piece {
  /** A tag as it is written, or a word as it is read. */
  readonly word: string;
  readonly kind: 'open' | 'close' | 'empty' | 'word';
  readonly start: number;
  readonly end: number;
}

/** A clean text, or a part of one, in pieces; and its plain words, lines and blocks apart by one line feed. */
export interface Marked {
  readonly html: string;
  readonly pieces: readonly Piece[];
  readonly words: string;
  /** Where each character of `words` stands in the HTML. */
  readonly places: readonly number[];
}

/** Cuts a clean text into its pieces; a part of one is cut alike. */
export function marked(html: CleanHtml | string): Marked {
  const pieces: Piece[] = [];
  const plain = new PlainWords();
  for (const { 0: chunk, index } of html.matchAll(/<[^>]*>|[^<]+/g)) {
    if (chunk.startsWith('<')) {
      const kind = chunk.startsWith('</') ? 'close' : chunk.endsWith('/>') ? 'empty' : 'open';
      pieces.push({ word: chunk, kind, start: index, end: index + chunk.length });
      if (!inline.has(tagName(chunk))) plain.breakLine(index);
      continue;
    }
    const { text, places } = decoded(chunk, index);
    const cut = tokens([text]);
    for (const [i, word] of cut.words.entries()) {
      const from = cut.starts[i] ?? 0;
      const end = places[from + word.length] ?? index + chunk.length;
      pieces.push({ word, kind: 'word', start: places[from] ?? index, end });
    }
    plain.write(text, places);
  }
  return { html, pieces, ...plain.done() };
}

/** The plain words of a text, to which anchors point: lines and blocks apart by one line feed. */
export function plainWords(html: CleanHtml): string {
  return marked(html).words;
}

/** The name of a tag: `em` of `<em>`, `</em>` and `<em lang="fr">`. */
export function tagName(tag: string): string {
  return /^<\/?([a-z0-9]+)/.exec(tag)?.[1] ?? '';
}

/** Elements within a line; all others end one. */
const inline = new Set(
  'a abbr b bdi bdo cite code del dfn em i img ins kbd mark q s samp small span strong sub sup u var'.split(
    ' ',
  ),
);

class PlainWords {
  /** The lines that are done, each with its end; apart, since each is trimmed by itself. */
  readonly #lines: string[] = [];
  #line = '';
  readonly #places: number[] = [];

  breakLine(at: number): void {
    if (this.#line === '') return;
    const line = this.#line.trimEnd();
    this.#places.length -= this.#line.length - line.length;
    this.#places.push(at);
    this.#lines.push(`${line}\n`);
    this.#line = '';
  }

  write(text: string, places: readonly number[]): void {
    const from = this.#line === '' ? text.length - text.trimStart().length : 0;
    if (from === text.length) return;
    this.#line += text.slice(from);
    for (let i = from; i < text.length; i++) this.#places.push(places[i] ?? 0);
  }

  done(): Pick<Marked, 'words' | 'places'> {
    const words = (this.#lines.join('') + this.#line).trimEnd();
    return { words, places: this.#places.slice(0, words.length) };
  }
}

/** Text as it is read, and where each of its characters stands; the last place is the end. */
function decoded(chunk: string, at: number): { readonly text: string; readonly places: readonly number[] } {
  let text = '';
  const places: number[] = [];
  let from = 0;
  const takeUpTo = (to: number): void => {
    text += chunk.slice(from, to);
    for (; from < to; from++) places.push(at + from);
  };
  for (const { 0: written, index } of chunk.matchAll(/&[#\w]+;/g)) {
    takeUpTo(index);
    const read = characters[written] ?? numbered(written);
    text += read;
    for (let i = 0; i < read.length; i++) places.push(at + index);
    from = index + written.length;
  }
  takeUpTo(chunk.length);
  places.push(at + chunk.length);
  return { text, places };
}

const characters: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
};

function numbered(entity: string): string {
  const code = Number(entity.slice(2, -1).replace(/^x/i, '0x'));
  return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}
