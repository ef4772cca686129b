/**
 * From single words to what a person would call a change: changes begin and end at the borders of sentences
 * where they may, and a lone "the" between two changed phrases belongs to the change.
 */
import type { Box } from './align.ts';
import type { Interned } from './intern.ts';

/** More words than this in common are never taken for coincidence. */
const mostWords = 4;
/** Nor are more tokens (words and punctuation) than this. */
const mostTokens = 8;
/** How far a change may slide; sentences are shorter. */
const farthest = 64;

/** The changed stretches between words that kept their places, readable as phrases; in order, never touching. */
export function phrases(texts: Interned, partners: Int32Array): Box[] {
  const aWeight = weights(texts.a, texts.letters);
  const bWeight = weights(texts.b, texts.letters);
  const weigh = (box: Box): number =>
    Math.max(
      (aWeight[box.aTo] ?? 0) - (aWeight[box.aFrom] ?? 0),
      (bWeight[box.bTo] ?? 0) - (bWeight[box.bFrom] ?? 0),
    );
  const joined: Box[] = [];
  for (const change of slide(texts, changes(partners, texts.b.length))) {
    let next = change;
    for (let last = joined.at(-1); last !== undefined; last = joined.at(-1)) {
      const between = (aWeight[next.aFrom] ?? 0) - (aWeight[last.aTo] ?? 0);
      if (between > weigh(last) || between > weigh(next) || !isShort(texts, last.aTo, next.aFrom)) break;
      next = { aFrom: last.aFrom, aTo: next.aTo, bFrom: last.bFrom, bTo: next.bTo };
      joined.pop();
    }
    joined.push(next);
  }
  return joined;
}

function weights(text: Int32Array, letters: readonly number[]): Int32Array {
  const sums = new Int32Array(text.length + 1);
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    sum += letters[text[i] ?? 0] ?? 0;
    sums[i + 1] = sum;
  }
  return sums;
}

function isShort(texts: Interned, from: number, to: number): boolean {
  if (to - from > mostTokens) return false;
  let words = 0;
  for (let i = from; i < to; i++) if (texts.isWord[texts.a[i] ?? 0]) words++;
  return words <= mostWords;
}

function changes(partners: Int32Array, bLength: number): Box[] {
  const found: Box[] = [];
  let aFrom = 0;
  let bFrom = 0;
  for (let i = 0; i < partners.length; i++) {
    const j = partners[i] ?? -1;
    if (j < 0) continue;
    if (aFrom < i || bFrom < j) found.push({ aFrom, aTo: i, bFrom, bTo: j });
    aFrom = i + 1;
    bFrom = j + 1;
  }
  if (aFrom < partners.length || bFrom < bLength)
    found.push({ aFrom, aTo: partners.length, bFrom, bTo: bLength });
  return found;
}

/** "The cat [sat. The cat] ran." becomes "[The cat sat.] The cat ran.": an edit of one side has several true places, one reads best. */
function slide(texts: Interned, found: readonly Box[]): Box[] {
  let aFloor = 0;
  let bFloor = 0;
  return found.map((box, index) => {
    const next = found[index + 1];
    const floor = Math.min(box.aFrom - aFloor, box.bFrom - bFloor) - (index > 0 ? 1 : 0);
    const ceiling = (next === undefined ? texts.a.length : next.aFrom - 1) - box.aTo;
    const by = bestShift(texts, box, Math.min(floor, farthest), Math.min(ceiling, farthest));
    aFloor = box.aTo + by;
    bFloor = box.bTo + by;
    return by === 0
      ? box
      : { aFrom: box.aFrom + by, aTo: box.aTo + by, bFrom: box.bFrom + by, bTo: box.bTo + by };
  });
}

function bestShift(texts: Interned, box: Box, floor: number, ceiling: number): number {
  const inA = box.bFrom === box.bTo;
  if (!inA && box.aFrom !== box.aTo) return 0;
  const text = inA ? texts.a : texts.b;
  const from = inA ? box.aFrom : box.bFrom;
  const to = inA ? box.aTo : box.bTo;
  let lowest = 0;
  while (-lowest < floor && text[from + lowest - 1] === text[to + lowest - 1]) lowest--;
  let highest = 0;
  while (highest < ceiling && text[from + highest] === text[to + highest]) highest++;
  let best = lowest;
  for (let by = lowest + 1; by <= highest; by++) {
    if (bordersAt(texts, text, from + by, to + by) > bordersAt(texts, text, from + best, to + best))
      best = by;
  }
  return best;
}

function bordersAt(texts: Interned, text: Int32Array, from: number, to: number): number {
  return border(texts, text, from) + border(texts, text, to);
}

/** How strongly the text divides before the word at a place: 3 between paragraphs, 2 after a sentence, 1 after a comma. */
function border(texts: Interned, text: Int32Array, at: number): number {
  if (at === 0 || at === text.length) return 3;
  const after = texts.boundary[text[at] ?? 0] ?? 0;
  return after === 3 ? 3 : (texts.boundary[text[at - 1] ?? 0] ?? 0);
}
