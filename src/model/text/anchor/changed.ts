import type { Anchor, Place } from '../anchor.ts';
import { type Alike, alikeIn } from './alike.ts';
import { type Concordance, closely, longest } from './concordance.ts';
import { far, mostAlike, partsAround, partsOf, standingBy } from './surroundings.ts';

/** Shorter words are never found changed: too many others are like them. */
const likenable = 10;
/** How far from where they may stand changed words are looked for. */
const nearby = 500;
/** At so many places. */
const mostLikely = 4;

/** Words much like those quoted, with enough left around them; long ones are known by their ends. */
export function changedPlace(concordance: Concordance, anchor: Anchor): Place | undefined {
  const { text } = concordance;
  const { quote } = anchor;
  if (quote.length < likenable) return undefined;
  const likely = likelyPlaces(concordance, anchor);
  const whole = quote.length <= 2 * longest;
  const heads = alikeNear(text, likely, whole ? quote : quote.slice(0, longest), 0);
  const tails = whole ? heads : alikeNear(text, likely, quote.slice(-longest), quote.length - longest);
  const off = (length: number): number => Math.abs(length - quote.length);
  const places = heads.flatMap(({ from }, i): Place[] => {
    const tail = whole ? heads[i] : tails.toSorted((a, b) => off(a.to - from) - off(b.to - from))[0];
    return tail === undefined || off(tail.to - from) > quote.length / 2
      ? []
      : [wordsAround(text, from, tail.to)];
  });
  return mostAlike(text, anchor, places);
}

/** The place nearest to where the words stood, though they are gone. */
export function nearestTo(concordance: Concordance, anchor: Anchor): number {
  const { text } = concordance;
  const { prefix, suffix, quote, position } = anchor;
  const likely = likelyPlaces(concordance, anchor);
  const byPlace = (a: number, b: number): number => far(a, anchor) - far(b, anchor);
  const found = (words: string, off: number): readonly Alike[] =>
    words.length < likenable ? [] : alikeNear(text, likely, words, off);
  const before = found(prefix, -prefix.length).map(({ to }) => to);
  const after = found(suffix, quote.length).map(({ from }) => from);
  return before.toSorted(byPlace)[0] ?? after.toSorted(byPlace)[0] ?? Math.min(position, text.length);
}

/** Where the words may stand, changed: where they stood, and beside what is left of them and of what stood around. */
function likelyPlaces(concordance: Concordance, anchor: Anchor): readonly number[] {
  const { quote, position } = anchor;
  const tail = Math.max(0, quote.length - longest);
  const parts = [
    ...partsAround(anchor),
    ...partsOf(quote.slice(0, longest), 0, 0),
    ...partsOf(quote.slice(tail), tail, 0),
  ];
  const likely = [Math.min(position, concordance.text.length)];
  for (const part of parts)
    for (const place of standingBy(concordance, anchor, part, 1))
      if (likely.length < mostLikely && likely.every((other) => Math.abs(place - other) > nearby / 2))
        likely.push(place);
  return likely;
}

/** Stretches much like some words that began `off` from the anchor's, near each of some places; the nearest first. */
function alikeNear(text: string, places: readonly number[], words: string, off: number): readonly Alike[] {
  return places.flatMap((place) => {
    const expected = Math.max(0, place + off);
    const start = Math.max(0, expected - nearby);
    const far = ({ from }: Alike): number => Math.abs(from + start - expected);
    return alikeIn(text.slice(start, expected + words.length + nearby), words, Math.floor(words.length / 4))
      .toSorted((a, b) => far(a) - far(b))
      .slice(0, closely)
      .map(({ from, to, errors }) => ({ from: from + start, to: to + start, errors }));
  });
}

/** No word is cut in two, but one that no person writes. */
function wordsAround(text: string, start: number, end: number): Place {
  let [from, to] = [start, end];
  while (from > 0 && start - from < longest && isLetter(text[from - 1]) && isLetter(text[from])) from--;
  while (to < text.length && to - end < longest && isLetter(text[to - 1]) && isLetter(text[to])) to++;
  return { from, to, exact: false };
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}\p{M}]/u.test(character);
}
