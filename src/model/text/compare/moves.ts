/**
 * Passages that left one place and stand at another: what was deleted here, matched against what was inserted there.
 */
import { type Box, longestRising } from './align.ts';
import { type Budget, spend } from './budget.ts';
import type { Interned } from './intern.ts';

/** At least this many words and signs in a row, the same in A and B. */
export interface Piece {
  readonly a: number;
  readonly b: number;
  readonly length: number;
}

/** A moved passage: its pieces, rising in A and in B; what lies between them was edited on the way. */
export type Move = readonly Piece[];

/** A passage of fewer words is a phrase the author uses twice. */
const fewestWords = 6;
/** A passage is looked for wherever so many words and signs in a row are the same. */
const gramLength = 4;
/** A run that stands at more places than this says nothing about where a passage went. */
const mostPlaces = 8;
/** An edit inside a moved passage: at most so many words on either side, then at least so many the same. */
const mostEdited = 3;
const fewestAgain = 3;

/** The passages moved between the changes, and the changes, parted where a passage turned out to have kept its place after all. */
export function findMoves(
  texts: Interned,
  changes: readonly Box[],
  budget: Budget,
): { readonly changes: readonly Box[]; readonly moves: readonly Move[] } {
  const free = {
    a: flags(texts.a.length, changes, (box) => [box.aFrom, box.aTo]),
    b: flags(texts.b.length, changes, (box) => [box.bFrom, box.bTo]),
  };
  const found: Move[] = [];
  for (const match of matches(texts, changes, free, budget)) {
    const rest = clip(match, free);
    if (rest.length < gramLength) continue;
    const move = grow(texts, rest, free);
    if (wordsIn(texts, move) < fewestWords) continue;
    take(move, free);
    found.push(move);
  }
  found.sort((one, other) => startOf(one).a - startOf(other).a);
  return partInPlace(changes, found);
}

/** 1 where a word is still without partner. */
interface Free {
  readonly a: Uint8Array;
  readonly b: Uint8Array;
}

function flags(
  length: number,
  changes: readonly Box[],
  range: (box: Box) => readonly [number, number],
): Uint8Array {
  const set = new Uint8Array(length);
  for (const box of changes) set.fill(1, ...range(box));
  return set;
}

/** Every longest run that is free in A and in B, longest first. */
function matches(texts: Interned, changes: readonly Box[], free: Free, budget: Budget): Piece[] {
  const { a, b } = texts;
  const places = placesOfGrams(a, changes, budget);
  const found: Piece[] = [];
  for (const box of changes) {
    for (let j = box.bFrom; j + gramLength <= box.bTo; j++) {
      const candidates = places.get(gramAt(b, j)) ?? [];
      if (candidates.length > mostPlaces) continue;
      for (const i of candidates) {
        // A run is met at its first word; later words of it would find it again.
        if (i > 0 && j > box.bFrom && free.a[i - 1] === 1 && a[i - 1] === b[j - 1]) continue;
        const length = commonLength(a, b, i, j, free);
        if (!spend(budget, length + 1)) return found.sort(longestFirst);
        if (length >= gramLength) found.push({ a: i, b: j, length });
      }
    }
  }
  return found.sort(longestFirst);
}

function longestFirst(one: Piece, other: Piece): number {
  return other.length - one.length || one.b - other.b;
}

function placesOfGrams(a: Int32Array, changes: readonly Box[], budget: Budget): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (const box of changes) {
    if (!spend(budget, box.aTo - box.aFrom + box.bTo - box.bFrom)) return places;
    for (let i = box.aFrom; i + gramLength <= box.aTo; i++) {
      const gram = gramAt(a, i);
      const known = places.get(gram);
      if (known === undefined) places.set(gram, [i]);
      else if (known.length <= mostPlaces) known.push(i);
    }
  }
  return places;
}

/** One number for the words from here on; different grams may share it, so it only says where to look. */
function gramAt(text: Int32Array, at: number): number {
  let gram = 0;
  for (let k = 0; k < gramLength; k++) gram = Math.imul(gram, 0x01000193) ^ (text[at + k] ?? 0);
  return gram;
}

function commonLength(a: Int32Array, b: Int32Array, i: number, j: number, free: Free): number {
  let length = 0;
  while (free.a[i + length] === 1 && free.b[j + length] === 1 && a[i + length] === b[j + length]) length++;
  return length;
}

/** What a longer passage has left of a run. */
function clip({ a, b, length }: Piece, free: Free): Piece {
  let from = 0;
  while (from < length && (free.a[a + from] !== 1 || free.b[b + from] !== 1)) from++;
  let to = from;
  while (to < length && free.a[a + to] === 1 && free.b[b + to] === 1) to++;
  return { a: a + from, b: b + from, length: to - from };
}

function grow(texts: Interned, seed: Piece, free: Free): Move {
  const move = [seed];
  for (let next = after(texts, seed, free); next !== undefined; next = after(texts, next, free))
    move.push(next);
  for (let last = before(texts, seed, free); last !== undefined; last = before(texts, last, free)) {
    move.unshift(last);
  }
  return move;
}

/** Small edits, the smallest first: words left out, added or replaced. */
const skips: readonly (readonly [number, number])[] = Array.from(
  { length: (mostEdited + 1) ** 2 },
  (_, k) => {
    return [k % (mostEdited + 1), Math.floor(k / (mostEdited + 1))] as const;
  },
).sort((one, other) => one[0] + one[1] - other[0] - other[1]);

function after({ a, b }: Interned, piece: Piece, free: Free): Piece | undefined {
  const [i, j] = [piece.a + piece.length, piece.b + piece.length];
  for (const [inA, inB] of skips) {
    if (!isFree(free.a, i, i + inA) || !isFree(free.b, j, j + inB)) continue;
    const length = commonLength(a, b, i + inA, j + inB, free);
    if (length >= fewestAgain) return { a: i + inA, b: j + inB, length };
  }
  return undefined;
}

function before({ a, b }: Interned, piece: Piece, free: Free): Piece | undefined {
  for (const [inA, inB] of skips) {
    const [i, j] = [piece.a - inA, piece.b - inB];
    if (!isFree(free.a, i, piece.a) || !isFree(free.b, j, piece.b)) continue;
    let length = 0;
    while (
      free.a[i - length - 1] === 1 &&
      free.b[j - length - 1] === 1 &&
      a[i - length - 1] === b[j - length - 1]
    ) {
      length++;
    }
    if (length >= fewestAgain) return { a: i - length, b: j - length, length };
  }
  return undefined;
}

function isFree(flags: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (flags[i] !== 1) return false;
  return true;
}

function wordsIn(texts: Interned, move: Move): number {
  let words = 0;
  for (const { a, length } of move) {
    for (let i = a; i < a + length; i++) if (texts.isWord[texts.a[i] ?? 0]) words++;
  }
  return words;
}

function take(move: Move, free: Free): void {
  const { aFrom, aTo, bFrom, bTo } = extentOf(move);
  free.a.fill(0, aFrom, aTo);
  free.b.fill(0, bFrom, bTo);
}

function startOf(move: Move): Piece {
  return move[0] ?? { a: 0, b: 0, length: 0 };
}

/** All a moved passage reaches over, in A and in B. */
export function extentOf(move: Move): Box {
  const first = startOf(move);
  const last = move.at(-1) ?? first;
  return { aFrom: first.a, aTo: last.a + last.length, bFrom: first.b, bTo: last.b + last.length };
}

/** A passage that lies on both sides of one change, in order with its like, has not moved: the change is really two. */
function partInPlace(
  changes: readonly Box[],
  found: readonly Move[],
): { readonly changes: readonly Box[]; readonly moves: readonly Move[] } {
  const parted: Box[] = [];
  const moves: Move[] = [];
  let at = 0;
  for (const box of changes) {
    const own: Move[] = [];
    for (let move = found[at]; move !== undefined && startOf(move).a < box.aTo; move = found[++at]) {
      const { b } = startOf(move);
      if (b >= box.bFrom && b < box.bTo) own.push(move);
      else moves.push(move);
    }
    const kept = new Set(longestRising(own.map((move) => startOf(move).b)));
    moves.push(...own.filter((_, index) => !kept.has(index)));
    parted.push(...cut(box, own.filter((_, index) => kept.has(index)).flat()));
  }
  moves.sort((one, other) => startOf(one).a - startOf(other).a);
  return { changes: parted, moves };
}

/** What is left of a stretch when these pieces, rising in it, are the same. */
export function cut(box: Box, pieces: readonly Piece[]): Box[] {
  const rest: Box[] = [];
  let { aFrom, bFrom } = box;
  for (const { a, b, length } of pieces) {
    if (aFrom < a || bFrom < b) rest.push({ aFrom, aTo: a, bFrom, bTo: b });
    aFrom = a + length;
    bFrom = b + length;
  }
  if (aFrom < box.aTo || bFrom < box.bTo) rest.push({ aFrom, aTo: box.aTo, bFrom, bTo: box.bTo });
  return rest;
}
