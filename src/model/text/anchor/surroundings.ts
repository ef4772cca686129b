import type { Anchor, Place } from '../anchor.ts';
import { fewestErrors } from './alike.ts';
import { type Concordance, closely } from './concordance.ts';

/** What stood before and after some words, and how much of it is left around a place. */

/** At most this many characters on each side are kept. */
export const around = 64;
/** How much of what stood around must be left: two passages of prose share about four tenths by chance. */
const enough = 0.62;
/** What stood around is found again by parts of this length. */
export const partLength = 16;

/** The place around which most is left of what stood there, if that is enough; of several the nearest. */
export function mostAlike(text: string, anchor: Anchor, places: readonly Place[]): Place | undefined {
  const { prefix, suffix } = anchor;
  const [before, after] = [leftOf(prefix), leftOf(suffix)];
  let most = enough * (prefix.length + suffix.length);
  let best: Place | undefined;
  for (const place of places.toSorted((a, b) => far(a.from, anchor) - far(b.from, anchor))) {
    const start = Math.max(0, place.from - 2 * prefix.length);
    const kept = before(text.slice(start, place.from));
    // Were all of the other side left, it would still be less than another place has.
    if (kept + suffix.length < most) continue;
    const left = kept + after(text.slice(place.to, place.to + 2 * suffix.length));
    if (best === undefined ? left < most : left <= most) continue;
    [best, most] = [place, left];
  }
  return best;
}

/** How many characters of some words are left in a stretch of text, whatever was put between. */
function leftOf(words: string): (window: string) => number {
  const errorsIn = fewestErrors(words);
  // Where a text repeats itself the same stands around many places.
  const known = new Map<string, number>();
  return (window) => {
    const kept = known.get(window) ?? words.length - errorsIn(window);
    known.set(window, kept);
    return kept;
  };
}

/** Of places that have the words, those around which most is unchanged; of equal ones the nearest. */
export function mostKept(text: string, anchor: Anchor, standing: readonly number[]): readonly number[] {
  return standing
    .map((from) => ({ from, kept: keptAround(text, from, anchor) }))
    .sort((a, b) => b.kept - a.kept)
    .slice(0, closely)
    .map(({ from }) => from);
}

/** How many characters before and after the words are unchanged, counted from the words outwards. */
function keptAround(text: string, from: number, { quote, prefix, suffix }: Anchor): number {
  let before = 0;
  while (
    before < prefix.length &&
    before < from &&
    text[from - 1 - before] === prefix[prefix.length - 1 - before]
  )
    before++;
  let after = 0;
  const to = from + quote.length;
  while (after < suffix.length && to + after < text.length && text[to + after] === suffix[after]) after++;
  return before + after;
}

/** A part of what stood around some words, or of the words. */
export interface Part {
  readonly words: string;
  /** How far from the beginning of the words it stood. */
  readonly off: number;
}

/** What stood around the words in parts of equal length, from the words outwards. */
export function partsAround({ prefix, suffix, quote }: Anchor): readonly Part[] {
  return [
    ...partsOf(prefix, -prefix.length, prefix.length % partLength).reverse(),
    ...partsOf(suffix, quote.length, 0),
  ];
}

/** Words in parts of one length, the first of them at `first`. */
export function partsOf(words: string, off: number, first: number): Part[] {
  const parts: Part[] = [];
  for (let at = first; at + partLength <= words.length; at += partLength)
    parts.push({ words: words.slice(at, at + partLength), off: off + at });
  return parts;
}

/** Where the words would begin, were all between them and a part of them, or of what stood around, unchanged. */
export function standingBy(
  { text, nearest }: Concordance,
  { position }: Anchor,
  { words, off }: Part,
  most: number,
): number[] {
  return nearest(words, position + off, most).map((at) => Math.min(text.length, Math.max(0, at - off)));
}

/** How far from where the words of an anchor stood. */
export function far(from: number, { position }: Anchor): number {
  return Math.abs(from - position);
}
