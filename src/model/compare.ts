/**
 * Two versions of a text, word by word: what is the same, what changed, what moved where.
 * The way: words → numbers (intern) → words that kept their places (align) → phrases → passages moved (moves).
 */
import { Invalid } from '../errors.ts';
import { align, type Box } from './compare/align.ts';
import { budgetOf } from './compare/budget.ts';
import { intern } from './compare/intern.ts';
import { cut, extentOf, findMoves, type Move } from './compare/moves.ts';
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

export type Segment = Plain | Moved;

/** What the comparison passes over: spacing, the shape of quotes and dashes, the composition of letters. `text` is word `at` of B (or, after the last, the end of B) with the space before it, as B has it. */
export interface Accidental {
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
const LIMIT = 10_000_000;

/** Compares two texts word by word. Time grows with their length and with at most `limit` looks at pairs of words. */
export function compareWords(a: Tokens, b: Tokens, options: { readonly limit?: number } = {}): Comparison {
  const texts = intern(a.words, b.words);
  const budget = budgetOf(options.limit ?? LIMIT);
  const partners = align(texts, budget);
  const { changes, moves } = findMoves(texts, phrases(texts, partners), budget);
  const segments = lay({ aFrom: 0, aTo: a.words.length, bFrom: 0, bTo: b.words.length }, changes, moves, b);
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

/** Lays out the whole: what is the same between the changes, and in each change what was moved away and to there. */
function lay(whole: Box, changes: readonly Box[], moves: readonly Move[], b: Tokens): Segment[] {
  const passages = moves.map((move, index) => passageOf(move, index + 1, b));
  const leaving = passages.map((moved): Moved => ({ ...moved, end: 'from' }));
  const arriving = passages.toSorted((one, other) => one.b.from - other.b.from);
  const segments: Segment[] = [];
  let [aAt, bAt, left, arrived] = [0, 0, 0, 0];
  for (const box of changes) {
    if (aAt < box.aFrom) segments.push(sameFrom(aAt, bAt, box.aFrom - aAt));
    const [firstLeft, firstArrived] = [left, arrived];
    while ((leaving[left]?.a.from ?? whole.aTo) < box.aTo) left++;
    while ((arriving[arrived]?.b.from ?? whole.bTo) < box.bTo) arrived++;
    if (left === firstLeft && arrived === firstArrived) segments.push(changeOf(box, b));
    else
      segments.push(
        ...layMoves(box, leaving.slice(firstLeft, left), arriving.slice(firstArrived, arrived), b),
      );
    [aAt, bAt] = [box.aTo, box.bTo];
  }
  if (aAt < whole.aTo) segments.push(sameFrom(aAt, bAt, whole.aTo - aAt));
  return segments;
}

function sameFrom(a: number, b: number, length: number): Plain {
  return { kind: 'same', a: { from: a, to: a + length }, b: { from: b, to: b + length } };
}

function changeOf(box: Box, text: Tokens): Plain {
  const a = { from: box.aFrom, to: box.aTo };
  const b = { from: box.bFrom, to: box.bTo };
  if (b.from === b.to) return { kind: 'deleted', a, b };
  return { kind: a.from === a.to ? 'inserted' : 'replaced', a, b, reading: spacedTextOf(text, b) };
}

function passageOf(move: Move, id: number, b: Tokens): Moved {
  const box = extentOf(move);
  const edits = cut(box, move);
  const inside = [
    ...move.map((piece) => sameFrom(piece.a, piece.b, piece.length)),
    ...edits.map((edit) => changeOf(edit, b)),
  ].sort((one, other) => one.a.from - other.a.from || one.b.from - other.b.from);
  return {
    kind: 'moved',
    id,
    end: 'to',
    a: { from: box.aFrom, to: box.aTo },
    b: { from: box.bFrom, to: box.bTo },
    inside,
  };
}

/** In a change with moves the longest rests of either side replace one another; all else is simply gone or new. What was is told before what is. */
function layMoves(box: Box, leaving: readonly Moved[], arriving: readonly Moved[], text: Tokens): Segment[] {
  const was = partsOf({ from: box.aFrom, to: box.aTo }, leaving, (moved) => moved.a);
  const is = partsOf({ from: box.bFrom, to: box.bTo }, arriving, (moved) => moved.b);
  const [old, fresh] = [longestRest(was), longestRest(is)];
  const segments: Segment[] = [];
  let { aFrom: aAt, bFrom: bAt } = box;
  const tellWas = ({ from, to, moved }: Part): void => {
    segments.push(moved ?? changeOf({ aFrom: from, aTo: to, bFrom: bAt, bTo: bAt }, text));
    aAt = to;
  };
  const tellIs = ({ from, to, moved }: Part): void => {
    segments.push(moved ?? changeOf({ aFrom: aAt, aTo: aAt, bFrom: from, bTo: to }, text));
    bAt = to;
  };
  if (old === undefined || fresh === undefined) {
    was.forEach(tellWas);
    is.forEach(tellIs);
    return segments;
  }
  was.slice(0, was.indexOf(old)).forEach(tellWas);
  is.slice(0, is.indexOf(fresh)).forEach(tellIs);
  segments.push(changeOf({ aFrom: old.from, aTo: old.to, bFrom: fresh.from, bTo: fresh.to }, text));
  [aAt, bAt] = [old.to, fresh.to];
  was.slice(was.indexOf(old) + 1).forEach(tellWas);
  is.slice(is.indexOf(fresh) + 1).forEach(tellIs);
  return segments;
}

/** A moved passage, or what stands between two of them. */
interface Part extends Span {
  readonly moved?: Moved;
}

function partsOf(whole: Span, passages: readonly Moved[], place: (moved: Moved) => Span): Part[] {
  const parts: Part[] = [];
  let at = whole.from;
  for (const moved of passages) {
    const { from, to } = place(moved);
    if (at < from) parts.push({ from: at, to: from });
    parts.push({ from, to, moved });
    at = to;
  }
  if (at < whole.to) parts.push({ from: at, to: whole.to });
  return parts;
}

function longestRest(parts: readonly Part[]): Part | undefined {
  return parts
    .filter((part) => part.moved === undefined)
    .reduce<Part | undefined>(
      (longest, part) => (longest && longest.to - longest.from >= part.to - part.from ? longest : part),
      undefined,
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
