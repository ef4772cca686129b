/**
 * Which words of A stand in B, in the same order.
 *
 * Words that occur once in either text are sure signs (Bram Cohen's patience diff): the longest run of them
 * that keeps its order anchors the rest. Between anchors the same is tried on what lies there, and where no
 * word is unique Myers' algorithm finds the shortest edit.
 */
import { diff_core } from 'fast-myers-diff';
import { type Budget, spend } from './budget.ts';
import type { Interned } from './intern.ts';

/** A stretch of A and the stretch of B that stands at its place. */
export interface Box {
  readonly aFrom: number;
  readonly aTo: number;
  readonly bFrom: number;
  readonly bTo: number;
}

/** Below this many words in all, Myers is quicker than counting. */
const fewWords = 48;
const none = -1;

/** For every word of A the index of its partner in B, or -1. Partners keep their order. What the budget does not reach stays without partner. */
export function align(
  { a, b, size: numbers }: Pick<Interned, 'a' | 'b' | 'size'>,
  budget: Budget,
): Int32Array {
  const partners = new Int32Array(a.length).fill(none);
  const seen = sightings(numbers);
  const hard: Box[] = [];
  const open: Box[] = [{ aFrom: 0, aTo: a.length, bFrom: 0, bTo: b.length }];
  for (let box = open.pop(); box !== undefined; box = open.pop()) {
    const inner = trim(a, b, box, partners);
    const size = sizeOf(inner);
    if (inner.aFrom === inner.aTo || inner.bFrom === inner.bTo) continue;
    if (size <= fewWords) {
      shortest(a, b, inner, partners, budget, budget.left);
      continue;
    }
    if (!spend(budget, size)) continue;
    const found = anchorsIn(a, b, inner, seen);
    if (found.anchors.length > 0) divide(a, b, inner, found.anchors, partners, open);
    else if (found.common) hard.push(inner);
  }
  shareOut(a, b, hard, partners, budget);
  return partners;
}

/** Every hard stretch gets its share of what is left, so that one hopeless stretch costs no other its answer. */
function shareOut(
  a: Int32Array,
  b: Int32Array,
  hard: readonly Box[],
  partners: Int32Array,
  budget: Budget,
): void {
  let size = hard.reduce((sum, box) => sum + sizeOf(box), 0);
  for (const box of hard) {
    shortest(a, b, box, partners, budget, Math.floor((budget.left * sizeOf(box)) / size));
    size -= sizeOf(box);
  }
}

function sizeOf(box: Box): number {
  return box.aTo - box.aFrom + box.bTo - box.bFrom;
}

function trim(a: Int32Array, b: Int32Array, box: Box, partners: Int32Array): Box {
  let { aFrom, aTo, bFrom, bTo } = box;
  while (aFrom < aTo && bFrom < bTo && a[aFrom] === b[bFrom]) partners[aFrom++] = bFrom++;
  while (aFrom < aTo && bFrom < bTo && a[aTo - 1] === b[bTo - 1]) partners[--aTo] = --bTo;
  return { aFrom, aTo, bFrom, bTo };
}

/** Marks both ends of the anchored runs; what lies between is still open. */
function divide(
  a: Int32Array,
  b: Int32Array,
  box: Box,
  anchors: readonly (readonly [number, number])[],
  partners: Int32Array,
  open: Box[],
): void {
  let { aFrom, bFrom } = box;
  for (const [aAt, bAt] of anchors) {
    // A run that began at an earlier anchor has already passed this one.
    if (aAt < aFrom) continue;
    open.push({ aFrom, aTo: aAt, bFrom, bTo: bAt });
    let [i, j] = [aAt, bAt];
    while (i < box.aTo && j < box.bTo && a[i] === b[j]) partners[i++] = j++;
    [aFrom, bFrom] = [i, j];
  }
  open.push({ aFrom, aTo: box.aTo, bFrom, bTo: box.bTo });
}

/** Scratch, by word number: how often seen, and where last. Always left as zeros. */
interface Sightings {
  readonly inA: Int32Array;
  readonly inB: Int32Array;
  readonly aAt: Int32Array;
}

function sightings(size: number): Sightings {
  return { inA: new Int32Array(size), inB: new Int32Array(size), aAt: new Int32Array(size) };
}

interface Anchors {
  /** Pairs (place in A, place in B), rising in both. */
  readonly anchors: readonly (readonly [number, number])[];
  /** Whether any word at all occurs on both sides. */
  readonly common: boolean;
}

function anchorsIn(a: Int32Array, b: Int32Array, box: Box, { inA, inB, aAt }: Sightings): Anchors {
  for (let i = box.aFrom; i < box.aTo; i++) {
    const word = a[i] ?? 0;
    inA[word] = (inA[word] ?? 0) + 1;
    aAt[word] = i;
  }
  for (let j = box.bFrom; j < box.bTo; j++) {
    const word = b[j] ?? 0;
    inB[word] = (inB[word] ?? 0) + 1;
  }
  const aPlaces: number[] = [];
  const bPlaces: number[] = [];
  let common = false;
  for (let j = box.bFrom; j < box.bTo; j++) {
    const word = b[j] ?? 0;
    if (inA[word] === 0) continue;
    common = true;
    if (inA[word] === 1 && inB[word] === 1) {
      aPlaces.push(aAt[word] ?? 0);
      bPlaces.push(j);
    }
  }
  for (let i = box.aFrom; i < box.aTo; i++) inA[a[i] ?? 0] = 0;
  for (let j = box.bFrom; j < box.bTo; j++) inB[b[j] ?? 0] = 0;
  const anchors = longestRising(aPlaces).map((k) => [aPlaces[k] ?? 0, bPlaces[k] ?? 0] as const);
  return { anchors, common };
}

/** The indices of a longest strictly rising subsequence (patience sorting, n log n). */
export function longestRising(values: readonly number[]): number[] {
  const tails: number[] = [];
  const before = new Int32Array(values.length);
  for (const [index, value] of values.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (tails[low - 1] ?? none) : none;
    tails[low] = index;
  }
  const rising: number[] = [];
  for (let at = tails.at(-1) ?? none; at >= 0; at = before[at] ?? none) rising.push(at);
  return rising.reverse();
}

/** The library takes no limit; a throw from within its question is the only way to make it stop. */
class Spent extends Error {}

function shortest(
  a: Int32Array,
  b: Int32Array,
  box: Box,
  partners: Int32Array,
  budget: Budget,
  share: number,
): void {
  let looks = 0;
  const equal = (i: number, j: number): boolean => {
    if (++looks > share) throw new Spent();
    return a[i] === b[j];
  };
  try {
    let { aFrom, bFrom } = box;
    const pairs: [number, number, number][] = [];
    const edits = diff_core(box.aFrom, box.aTo - box.aFrom, box.bFrom, box.bTo - box.bFrom, equal);
    for (const [aEdit, aNext, , bNext] of edits) {
      pairs.push([aFrom, bFrom, aEdit - aFrom]);
      [aFrom, bFrom] = [aNext, bNext];
    }
    pairs.push([aFrom, bFrom, box.aTo - aFrom]);
    for (const [i, j, length] of pairs) for (let k = 0; k < length; k++) partners[i + k] = j + k;
    spend(budget, looks);
  } catch (stopped) {
    if (!(stopped instanceof Spent)) throw stopped;
    spend(budget, share);
    budget.exhausted = true;
  }
}
