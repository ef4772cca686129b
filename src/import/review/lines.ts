/**
 * A page as lines of words beside what was made of it: for each line the passage, the comment or the header it came to
 * stand in. Told by the words themselves, in the order of the page: importers note lines of the file, of which a page
 * saved by a browser may have one.
 */
import { type Element, find, isElement, type Node, type Parent, type TextNode, textOf } from '../../dom.ts';
import { blocksOf, cleanBlocks } from '../../html.ts';
import type { Edition } from '../../model/edition.ts';
import { isEditionJson } from '../edition/index.ts';
import type { OpenFile } from '../importer.ts';
import { isUserPicture } from '../journal/names.ts';
import { isPage } from '../remainder.ts';
import { linesOf } from '../text/lines.ts';

/** What a line of a page came to be part of; `site` where it is none of the work. */
export type Part =
  | { readonly kind: 'header' }
  | { readonly kind: 'passage'; readonly key: string }
  | { readonly kind: 'comment'; readonly id: string }
  | { readonly kind: 'site' };

/** One line of words. */
export interface PageLine {
  readonly text: string;
  /** Its number in the file, or that of the element around it, from 1; null when unknown. */
  readonly line: number | null;
  /** Whether something stands between it and the line before: a paragraph ends. */
  readonly isFresh: boolean;
  readonly part: Part;
}

/** A line before it is known what it is part of. */
type BareLine = Omit<PageLine, 'part'>;

/** The lines of a page or text in their order; none for a document that is not for reading, as Edition JSON. */
export function bareLines(file: OpenFile): readonly BareLine[] {
  if (isEditionJson(file)) return [];
  return isPage(file) ? linesOfPage(file) : linesOfText(file.text);
}

/** The lines of a page, each with what it came to be part of in an Edition read from it. */
export function partedLines(lines: readonly BareLine[], edition: Edition): readonly PageLine[] {
  const owners = new Owners(edition);
  return lines.map((line) => ({ ...line, part: owners.of(line.text) }));
}

function linesOfText(text: string): readonly BareLine[] {
  let isFresh = true;
  return linesOf(text).flatMap(({ text: words, number }) => {
    if (words === '') {
      isFresh = true;
      return [];
    }
    const line = { text: words, line: number, isFresh };
    isFresh = false;
    return [line];
  });
}

function linesOfPage(file: OpenFile): readonly BareLine[] {
  return leavesOf(file.tree(), () => true)
    .flatMap((nodes) => cleanBlocks(nodes, { omit: isUserPicture }))
    .flatMap((block) =>
      block.lines.flatMap(({ text }, i) =>
        text.trim() === '' ? [] : [{ text: text.trim(), line: block.line, isFresh: i === 0 }],
      ),
    );
}

/** The words of a text without its signs and capitals: what lines are told by. */
export function bareWords(text: string): string {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).join(' ');
}

interface Stretch {
  readonly part: Part;
  readonly from: number;
}

/** How far ahead a line that is broken elsewhere than ours is looked for; for a few words, much less far. */
const ahead = { long: 40_000, short: 400 };

/** Knows of each line of an Edition what it is part of, and follows a page through it. */
class Owners {
  /** All words of passages and comments in their order, and where each begins. */
  #corpus = ' ';
  readonly #stretches: Stretch[] = [];
  readonly #whole = new Map<string, number[]>();
  readonly #facts = new Map<string, Part[]>();
  readonly #posted: string;
  #cursor = 0;

  constructor({ work, passages, comments, variantSets }: Edition) {
    const header: Part = { kind: 'header' };
    for (const { label, value } of work.asWritten) {
      this.#fact(value, header);
      this.#fact(`${label} ${value}`, header);
      for (const line of value.split('\n')) this.#fact(line, header);
      this.#fact(`${label} ${value.split('\n')[0] ?? ''}`, header);
    }
    this.#posted = bareWords(work.posted?.written ?? '');
    for (const fact of [work.title, work.posted?.written]) this.#fact(fact ?? '', header);
    for (const html of [work.summary, work.notes, work.endnotes, work.disclaimer])
      for (const line of linesIn(html ?? '')) this.#fact(line, header);
    const labels = new Map(variantSets.flatMap((s) => s.branches.map((b) => [b.head, b.label])));
    for (const { key, title, html } of passages) {
      const part: Part = { kind: 'passage', key };
      for (const line of [title ?? '', labels.get(key) ?? '']) this.#fact(line, part);
      this.#add(html, part);
    }
    for (const { id, html, author, posted, subject } of comments) {
      const part: Part = { kind: 'comment', id };
      const name = author !== null && 'name' in author ? author.name : '';
      const date = posted?.written ?? '';
      const facts = [name, `From ${name}`, date, `Date ${date}`, subject ?? '', `${name} ${date}`];
      for (const fact of facts) if (!/^(?:From |Date )?$/.test(fact)) this.#fact(fact, part);
      this.#add(html, part);
    }
  }

  /** What the next line of the page is part of. */
  of(text: string): Part {
    const words = bareWords(text);
    if (words === '') return this.#cursor === 0 ? { kind: 'site' } : this.#partAt(this.#cursor - 1);
    const whole = this.#whole.get(words);
    const at = whole?.find((from) => from >= this.#cursor) ?? whole?.[0];
    if (at !== undefined) return this.#go(at, words);
    const facts = this.#facts.get(words);
    // Of those with the same name or date, each is met once.
    const fact = facts !== undefined && facts.length > 1 ? facts.shift() : facts?.[0];
    if (fact !== undefined) return fact;
    if (this.#posted !== '' && words.length <= longestLabel && words.includes(this.#posted))
      return { kind: 'header' };
    const span = words.length > 20 ? ahead.long : ahead.short;
    const found = this.#corpus.slice(this.#cursor, this.#cursor + span).indexOf(` ${words} `);
    return found < 0 ? { kind: 'site' } : this.#go(this.#cursor + found, words);
  }

  #go(at: number, words: string): Part {
    this.#cursor = at + words.length + 1;
    return this.#partAt(at + 1);
  }

  #fact(text: string, part: Part): void {
    const words = bareWords(text);
    if (words === '' || words.length > 2_000) return;
    const known = this.#facts.get(words);
    if (known === undefined) this.#facts.set(words, [part]);
    else known.push(part);
  }

  #add(html: string, part: Part): void {
    this.#stretches.push({ part, from: this.#corpus.length - 1 });
    for (const line of linesIn(html)) {
      const words = bareWords(line);
      if (words === '') continue;
      const at = this.#corpus.length - 1;
      const known = this.#whole.get(words);
      if (known === undefined) this.#whole.set(words, [at]);
      else known.push(at);
      this.#corpus += `${words} `;
    }
  }

  #partAt(at: number): Part {
    let [low, high] = [0, this.#stretches.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#stretches[middle]?.from ?? 0) < at) low = middle;
      else high = middle - 1;
    }
    return this.#stretches[low]?.part ?? { kind: 'site' };
  }
}

function linesIn(html: string): readonly string[] {
  return html === '' ? [] : blocksOf(html).flatMap((block) => block.lines.map((line) => line.text));
}

/** Boxes a page is laid out with: they are opened, and what they hold is looked at piece by piece. */
const boxes = new Set(
  'html body div center table thead tbody tfoot tr td th section article main aside header footer nav form fieldset ul ol dl li dt dd'.split(
    ' ',
  ),
);

/** Lines of names and dates are short; a longer one is looked up whole. */
export const longestLabel = 200;

/** Runs of nodes that stand together within a box and hold no other box. Not recursive: hostile pages are deep. */
export function leavesOf(root: Parent, isLabels: (line: string) => boolean): Node[][] {
  const leaves: Node[][] = [];
  let run: Node[] = [];
  const stack: (Node | 'end')[] = root.childNodes.toReversed();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const isBox = next !== 'end' && isElement(next) && boxes.has(next.tagName);
    if (next !== 'end' && !isBox) {
      run.push(next);
      continue;
    }
    if (run.length > 0) leaves.push(run);
    run = [];
    if (next === 'end' || !isElement(next)) continue;
    const row = next.tagName === 'tr' && isLabels(textOf(next)) ? shortRow(next) : undefined;
    if (row !== undefined) leaves.push(row);
    else stack.push('end', ...next.childNodes.toReversed());
  }
  if (run.length > 0) leaves.push(run);
  return leaves;
}

/** What stands in a row of short cells, as one line: layouts print their facts so (`[ Current Mood | relieved ]`). */
function shortRow(row: Element): Node[] | undefined {
  const cells = row.childNodes.filter(isElement);
  if (cells.some((cell) => find(cell, (e) => boxes.has(e.tagName)) !== undefined)) return undefined;
  if (textOf(row).length > longestLabel) return undefined;
  const space: TextNode = { nodeName: '#text', value: ' ', parentNode: null };
  return cells.flatMap((cell) => [...cell.childNodes, space]);
}
