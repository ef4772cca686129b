import type { Anchor, Place } from '../anchor.ts';
import { alikeIn } from './alike.ts';
import { closely, nearest } from './nearest.ts';

/** What stood before and after some words, and how much of it is left around a place. */

/** So many characters on each side are kept. */
export const around = 64;
/** How much of what stood around must be left: two passages of prose share about four tenths by chance. */
const enough = 0.62;
/** What stood around is found again by parts of this length. */
export const partLength = 16;

/** The place around which most is left of what stood there, if that is enough; of several the nearest. */
export function mostAlike(text: string, anchor: Anchor, places: readonly Place[]): Place | undefined {
  const left = leftOf(text, anchor);
  const judged = places
    .map((place) => ({ place, left: left(place) }))
    .filter((judged) => judged.left >= enough)
    .sort((a, b) => b.left - a.left || far(a.place.from, anchor) - far(b.place.from, anchor));
  return judged[0]?.place;
}

/** What part of the characters around a place is left, whatever was put between: from 0 to 1. */
function leftOf(text: string, { prefix, suffix }: Anchor): (place: Place) => number {
  const left = (words: string): ((window: string) => number) => {
    // Where a text repeats itself the same stands around many places.
    const known = new Map<string, number>();
    return (window) => {
      const before = known.get(window);
      if (before !== undefined) return before;
      const kept = words.length - (alikeIn(window, words, words.length)[0]?.errors ?? words.length);
      known.set(window, kept);
      return kept;
    };
  };
  const [before, after] = [left(prefix), left(suffix)];
  const all = prefix.length + suffix.length;
  return ({ from, to }) => {
    if (all === 0) return 1;
    const start = Math.max(0, from - 2 * prefix.length);
    return (before(text.slice(start, from)) + after(text.slice(to, to + 2 * suffix.length))) / all;
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
export function standingBy(text: string, { position }: Anchor, { words, off }: Part, most: number): number[] {
  return nearest(text, words, position + off, most).map((at) => Math.min(text.length, Math.max(0, at - off)));
}

/** How far from where the words of an anchor stood. */
export function far(from: number, { position }: Anchor): number {
  return Math.abs(from - position);
}
