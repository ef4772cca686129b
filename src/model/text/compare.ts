/**
 * Two versions of a text, word by word: what is the same, what changed, what moved where.
 * The way: words → numbers (intern) → words that kept their places (align) → phrases → passages moved (moves).
 */
import { Invalid } from '../../errors.ts';
import { align } from './compare/align.ts';
import { budgetOf } from './compare/budget.ts';
import { intern } from './compare/intern.ts';
import { lay } from './compare/lay.ts';
import { findMoves } from './compare/moves.ts';
import { phrases } from './compare/phrases.ts';
import { endAt, type Span, spacedTextOf, type Tokens, tokens } from './compare/tokens.ts';

/**
 * A stretch of both texts. `a` and `b` are runs of words, one of them empty where the stretch is on one side only;
 * `reading` is what B has, spaced as in B.
 */
export type Plain =
  | { readonly kind: 'same'; readonly a: Span; readonly b: Span }
  | { readonly kind: 'deleted'; readonly a: Span; readonly b: Span }
  | { readonly kind: 'inserted'; readonly a: Span; readonly b: Span; readonly reading: string }
  | { readonly kind: 'replaced'; readonly a: Span; readonly b: Span; readonly reading: string };

/**
 * A passage that changed its place. It comes twice with one `id` (1, 2, … in the order of A): where it was (`end: 'from'`)
 * and where it is (`end: 'to'`); both name both places. `inside` goes through it: all the same, or edited on the way.
 */
export interface Moved {
  readonly kind: 'moved';
  readonly id: number;
  readonly end: 'from' | 'to';
  readonly a: Span;
  readonly b: Span;
  readonly inside: readonly Plain[];
}

/** A stretch of a comparison: in its place, or moved. */
export type Segment = Plain | Moved;

/** What the comparison passes over: spacing, the shape of quotes and dashes, the composition of letters. `text` is word `at` of B (or, after the last, the end of B) with the space before it, as B has it. */
interface Accidental {
  readonly at: number;
  readonly text: string;
}

/**
 * How B came of A. Segments are in reading order: their `a` go through A without gap (except at `end: 'to'`),
 * their `b` through B (except at `end: 'from'`). Plain data, fit to be sent from a worker.
 */
export interface Comparison {
  readonly segments: readonly Segment[];
  readonly accidentals: readonly Accidental[];
  /** False when the limit was reached: some stretches are then given as replaced that have words in common. */
  readonly complete: boolean;
  /** Work done, in looks at a pair of words; about five million a tenth of a second. */
  readonly work: number;
}

/** Ample for any two states of a novel; a fraction of a second for texts made to be hard. */
const mostWork = 10_000_000;

/** Compares two texts word by word. Time grows with their length and with at most `limit` looks at pairs of words. */
export function compareWords(a: Tokens, b: Tokens, options: { readonly limit?: number } = {}): Comparison {
  const texts = intern(a.words, b.words);
  const budget = budgetOf(options.limit ?? mostWork);
  const partners = align(texts, budget);
  const { changes, moves } = findMoves(texts, phrases(texts, partners), budget);
  const segments = lay(texts, changes, moves, b);
  return {
    segments,
    accidentals: accidentalsIn(a, b, segments),
    complete: !budget.exhausted,
    work: budget.spent,
  };
}

/** B, exactly, from A and the comparison of A with B. Throws Invalid when the comparison was made of another A. */
export function rebuild(a: Tokens, comparison: Comparison): Tokens {
  const accidentals = new Map(comparison.accidentals.map(({ at, text }) => [at, text]));
  let text = '';
  let words = 0;
  let passed = 0;
  const write = (segment: Plain): void => {
    words += segment.b.to - segment.b.from;
    if (segment.kind === 'inserted' || segment.kind === 'replaced') text += segment.reading;
    if (segment.kind !== 'same') return;
    for (let i = segment.a.from, j = segment.b.from; i < segment.a.to; i++, j++) {
      text += accidentals.get(j) ?? spacedWord(a, i);
    }
  };
  for (const segment of comparison.segments) {
    if (segment.kind !== 'moved' || segment.end === 'from') passed += segment.a.to - segment.a.from;
    if (segment.kind !== 'moved') write(segment);
    else if (segment.end === 'to') segment.inside.forEach(write);
  }
  if (passed !== a.words.length) {
    throw new Invalid(
      `model/compare: the comparison is of a text of ${passed} words, this one has ${a.words.length}`,
    );
  }
  return tokens([text + (accidentals.get(words) ?? spacedWord(a, passed))]);
}

function spacedWord(text: Tokens, index: number): string {
  return text.text.slice(
    endAt(text, index - 1),
    index < text.words.length ? endAt(text, index) : text.text.length,
  );
}

function accidentalsIn(a: Tokens, b: Tokens, segments: readonly Segment[]): Accidental[] {
  const found: Accidental[] = [];
  const look = (segment: Segment): void => {
    if (segment.kind === 'moved' && segment.end === 'to') segment.inside.forEach(look);
    if (segment.kind !== 'same' || spacedTextOf(a, segment.a) === spacedTextOf(b, segment.b)) return;
    for (let i = segment.a.from, j = segment.b.from; i < segment.a.to; i++, j++) {
      const text = spacedWord(b, j);
      if (text !== spacedWord(a, i)) found.push({ at: j, text });
    }
  };
  segments.forEach(look);
  const end = { at: b.words.length, text: spacedWord(b, b.words.length) };
  if (end.text !== spacedWord(a, a.words.length)) found.push(end);
  return found;
}
