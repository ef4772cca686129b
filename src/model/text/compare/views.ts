/** A comparison laid out to be read: side by side, or in one text. Plain text; the page makes the markup. */
import type { Comparison, Segment } from '../compare.ts';
import { paragraphBreak, type Span, spacedTextOf, type Tokens } from './tokens.ts';

/**
 * Words that share one fate. `left` and `arrived` are the two places of a moved passage, `passage` its number;
 * words edited on the way are deleted and inserted, and name the passage too. `text` has the space before it, if any.
 */
export interface Run {
  readonly kind: 'same' | 'deleted' | 'inserted' | 'left' | 'arrived';
  readonly text: string;
  readonly passage?: number;
}

/** One paragraph; `opened` says what became of the break before it (the first paragraph is `same`). */
export interface Paragraph {
  readonly opened: Run['kind'];
  readonly runs: readonly Run[];
}

/** What stands beside one another, from one break both texts have to the next; often one paragraph each. */
export interface Row {
  readonly a: readonly Paragraph[];
  readonly b: readonly Paragraph[];
}

/** Both texts whole, in rows whose sides belong together. */
export function sideBySide(a: Tokens, b: Tokens, comparison: Comparison): Row[] {
  const rows: { a: Column; b: Column }[] = [{ a: column('same'), b: column('same') }];
  for (const segment of comparison.segments) {
    const row = rows.at(-1) ?? { a: column('same'), b: column('same') };
    if (segment.kind !== 'same') {
      pour(row.a, a, segment, 'a');
      pour(row.b, b, segment, 'b');
      continue;
    }
    let [aFrom, bFrom] = [segment.a.from, segment.b.from];
    for (let i = aFrom; i <= segment.a.to; i++) {
      if (i < segment.a.to && a.words[i] !== paragraphBreak) continue;
      const j = segment.b.from + i - segment.a.from;
      const last = rows.at(-1) ?? row;
      add(last.a, a, { from: aFrom, to: i }, { kind: 'same' });
      add(last.b, b, { from: bFrom, to: j }, { kind: 'same' });
      if (i < segment.a.to) rows.push({ a: column('same'), b: column('same') });
      [aFrom, bFrom] = [i + 1, j + 1];
    }
  }
  return rows;
}

/** One text with all that was and all that is; where words were replaced, what was comes first. What is the same is spaced as in B. */
export function inOneText(a: Tokens, b: Tokens, comparison: Comparison): Paragraph[] {
  const text = column('same');
  for (const segment of comparison.segments) {
    if (segment.kind !== 'same') pour(text, a, segment, 'a');
    pour(text, b, segment, 'b');
  }
  return text;
}

type Column = { readonly opened: Run['kind']; readonly runs: Run[] }[];
type Fate = Omit<Run, 'text'>;

function column(opened: Run['kind']): Column {
  return [{ opened, runs: [] }];
}

/** Adds what a segment has on one side. */
function pour(into: Column, text: Tokens, segment: Segment, side: 'a' | 'b'): void {
  const change = side === 'a' ? 'deleted' : 'inserted';
  if (segment.kind !== 'moved') {
    add(into, text, segment[side], { kind: segment.kind === 'same' ? 'same' : change });
    return;
  }
  if ((segment.end === 'from') !== (side === 'a')) return;
  const unchanged = side === 'a' ? 'left' : 'arrived';
  for (const part of segment.inside) {
    const kind = part.kind === 'same' ? unchanged : change;
    add(into, text, part[side], { kind, passage: segment.id });
  }
}

function add(into: Column, text: Tokens, span: Span, fate: Fate): void {
  let from = span.from;
  for (let at = span.from; at <= span.to; at++) {
    if (at < span.to && text.words[at] !== paragraphBreak) continue;
    if (from < at) {
      const runs = into.at(-1)?.runs ?? [];
      const written = spacedTextOf(text, { from, to: at });
      runs.push({ ...fate, text: spaced(written, runs.length === 0, opensParagraph(text, from)) });
    }
    if (at < span.to) into.push({ opened: fate.kind, runs: [] });
    from = at + 1;
  }
}

function opensParagraph(text: Tokens, at: number): boolean {
  return at === 0 || text.words[at - 1] === paragraphBreak;
}

/** In one text, words that opened a paragraph in theirs may come after words of the other. */
function spaced(written: string, first: boolean, opened: boolean): string {
  if (first) return written.trimStart();
  return opened ? ` ${written.trimStart()}` : written;
}
