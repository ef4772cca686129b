/** The apparatus of a comparison, as editors of texts print it below the page: lemma] reading. */
import type { Comparison, Plain } from '../compare.ts';
import { isWord, paragraphBreak, type Span, type Tokens, textOf } from './tokens.ts';

/**
 * One variant. `paragraph` counts from 1 in A. `lemma` is what A has, `reading` what B has, in one line, `¶` for a break.
 * `omitted`: B lacks the lemma (`reading` is empty, print "om."). `added`: B adds the reading after the lemma, which is the word before it
 * (empty at the very beginning). `moved`: B has the lemma in its paragraph `to`, worded as the reading; `passage` is its number.
 */
export type Variant =
  | {
      readonly kind: 'replaced' | 'omitted' | 'added';
      readonly paragraph: number;
      readonly lemma: string;
      readonly reading: string;
    }
  | {
      readonly kind: 'moved';
      readonly paragraph: number;
      readonly lemma: string;
      readonly reading: string;
      readonly to: number;
      readonly passage: number;
    };

/** Every variant in the order of A; a move stands once, where the passage was, and the breaks it left or made are part of it. */
export function apparatus(a: Tokens, b: Tokens, comparison: Comparison): Variant[] {
  const paragraphInA = paragraphCounter(a);
  const paragraphInB = new Map(arrivals(b, comparison));
  const variants: Variant[] = [];
  for (const [index, segment] of comparison.segments.entries()) {
    if (segment.kind === 'same' || (segment.kind === 'moved' && segment.end === 'to')) continue;
    const paragraph = paragraphInA(segment.a);
    const reading = lineOf(b, segment.b);
    if (segment.kind !== 'moved' && isBreak(a, segment.a, b, segment.b)) {
      const beside = [comparison.segments[index - 1], comparison.segments[index + 1]];
      if (beside.some((other) => other?.kind === 'moved')) continue;
    }
    if (segment.kind === 'moved') {
      const lemma = lineOf(a, segment.a);
      const to = paragraphInB.get(segment.id) ?? 1;
      variants.push({ kind: 'moved', paragraph, lemma, reading, to, passage: segment.id });
    } else if (segment.kind === 'inserted') {
      variants.push({ kind: 'added', paragraph, lemma: lineOf(a, wordBefore(a, segment.a.from)), reading });
    } else {
      const kind = segment.kind === 'deleted' ? 'omitted' : 'replaced';
      variants.push({ kind, paragraph, lemma: lineOf(a, segment.a), reading });
    }
  }
  return variants;
}

/** What a comparison comes to. Words are counted without punctuation; `common` are those of A that B has too, moved or not; `moved` counts passages. */
export interface Summary {
  readonly words: { readonly a: number; readonly b: number };
  readonly common: number;
  readonly moved: number;
}

/** The figures of a comparison for its head line. */
export function summarise(a: Tokens, b: Tokens, comparison: Comparison): Summary {
  let common = 0;
  let moved = 0;
  const count = (part: Plain): void => {
    if (part.kind === 'same') common += wordsIn(a, part.a);
  };
  for (const segment of comparison.segments) {
    if (segment.kind !== 'moved') count(segment);
    else if (segment.end === 'to') {
      moved++;
      segment.inside.forEach(count);
    }
  }
  const whole = (text: Tokens): number => wordsIn(text, { from: 0, to: text.words.length });
  return { words: { a: whole(a), b: whole(b) }, common, moved };
}

/** Below this share of the shorter text, marking what differs would mark nearly every word of both. */
const leastShared = 0.1;

/** Whether two texts were written apart: they share less than a tenth of the shorter one. */
export function areApart({ words, common }: Summary): boolean {
  return common < leastShared * Math.min(words.a, words.b);
}

function wordsIn(text: Tokens, { from, to }: Span): number {
  let words = 0;
  for (let i = from; i < to; i++) if (isWord(text.words[i] ?? '')) words++;
  return words;
}

/** Whether nothing but a paragraph break was taken away or put in. */
function isBreak(a: Tokens, inA: Span, b: Tokens, inB: Span): boolean {
  return textOf(a, inA) + textOf(b, inB) === paragraphBreak;
}

function lineOf(text: Tokens, span: Span): string {
  return textOf(text, span).replaceAll(paragraphBreak, ' ¶ ').replace(/\s+/g, ' ').trim();
}

function wordBefore(text: Tokens, at: number): Span {
  let from = at - 1;
  while (from > 0 && !isWord(text.words[from] ?? '')) from--;
  return { from: Math.max(from, 0), to: at };
}

/** Asked in the order of the text; a stretch that begins with a break belongs to the paragraph after it. */
function paragraphCounter(text: Tokens): (span: Span) => number {
  let at = 0;
  let paragraph = 1;
  return ({ from, to }) => {
    for (; at < to && (at < from || text.words[at] === paragraphBreak); at++)
      if (text.words[at] === paragraphBreak) paragraph++;
    // An insertion has no words of A, and `to` is where it stands.
    return paragraph;
  };
}

function* arrivals(b: Tokens, comparison: Comparison): Generator<[number, number]> {
  const paragraphInB = paragraphCounter(b);
  for (const segment of comparison.segments) {
    if (segment.kind === 'moved' && segment.end === 'to') yield [segment.id, paragraphInB(segment.b)];
  }
}
