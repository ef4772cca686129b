/**
 * Words in a text that is edited meanwhile. An anchor is what the W3C calls a quote and a position together (Web
 * Annotation Data Model, 4.2.4 and 4.2.5): the words, what stood around them, and where. Found again are words that
 * stand as they were with enough around them left to know them by; else words much like them; else nothing.
 */
import { type Alike, alikeIn } from './alike.ts';

/** Some words of a text, as they stood when someone pointed at them. */
export interface Anchor {
  readonly quote: string;
  /** What stood before and after them: up to 64 characters each. */
  readonly prefix: string;
  readonly suffix: string;
  /** Where they began, in UTF-16 units. */
  readonly position: number;
  /** Whether the words stood nowhere else in the text. */
  readonly once: boolean;
}

/** Where the words of an anchor stand now: from `from` up to, not including, `to`. */
export interface Place {
  readonly from: number;
  readonly to: number;
  /** Whether the words are the same, but for the shape of quotes and spaces. */
  readonly exact: boolean;
}

/** Finds anchors in one text; most of what a long text costs is paid once for all of them. */
export interface Places {
  find(anchor: Anchor): Place | undefined;
  /** The same words and nothing less. */
  findExact(anchor: Anchor): Place | undefined;
  /** The place nearest to where the words stood, though they are gone: for showing, never for changing anything. */
  near(anchor: Anchor): number;
}

const around = 64;
/** How much of what stood around must be left: two passages of prose share about four tenths by chance. */
const enough = 0.62;
/** Words that stood nowhere else are known by themselves from this length on. */
const telling = 12;
/** Shorter words are never found changed: too many others are like them. */
const likenable = 10;
/** What is compared of a long quote at each of its ends. */
const longest = 128;
/** How far from where they may stand changed words are looked for. */
const nearby = 500;
/** At so many places. */
const mostLikely = 4;
/** How many places that have the words are looked at closely. */
const closely = 24;
/** So many places of the same words are looked at; those nearest to where the words stood are among them. */
const mostPlaces = 500;
/** The characters that may be read for that: of a quote as long as a chapter fewer places are looked at. */
const mostRead = 200_000;
/** What stood around is found again by parts of this length, at so many places for each. */
const partLength = 16;
const mostOfPart = 4;
/** How far back is read at once. */
const stride = 8_192;

/** Points at a part of a text. */
export function anchorAt(text: string, from: number, to: number): Anchor {
  const quote = text.slice(from, to);
  return {
    quote,
    prefix: text.slice(Math.max(0, from - around), from),
    suffix: text.slice(to, to + around),
    position: from,
    once: quote !== '' && text.indexOf(quote) === from && !text.includes(quote, from + 1),
  };
}

/** Points at each place where some words stand, quotes and spaces in whatever shape; the first fifty. */
export function anchorsOf(text: string, words: string): readonly Anchor[] {
  const quote = folded(words).trim();
  if (quote === '') return [];
  return occurrences(folded(text), quote)
    .slice(0, 50)
    .map((from) => anchorAt(text, from, from + quote.length));
}

/** Finds anchors in a text. The time for each is that of a few readings of the text, whatever it repeats. */
export function placesIn(text: string): Places {
  const here = folded(text);
  const find = (given: Anchor, exactly: boolean): Place | undefined => {
    const anchor = foldedAnchor(given);
    return exactPlace(here, anchor) ?? (exactly ? undefined : changedPlace(here, anchor));
  };
  return {
    find: (anchor) => find(anchor, false),
    findExact: (anchor) => find(anchor, true),
    near: (anchor) => find(anchor, false)?.from ?? nearestTo(here, foldedAnchor(anchor)),
  };
}

/** Where one anchor stands in a text. */
export function findAnchor(anchor: Anchor, text: string): Place | undefined {
  return placesIn(text).find(anchor);
}

/** Character for character, so that places stay what they are. */
function folded(text: string): string {
  return text
    .replace(/\s/g, ' ')
    .replace(/[‘’‛ʼ]/g, "'")
    .replace(/[“”„‟]/g, '"')
    .replace(/[\u2010\u2011]/g, '-');
}

function foldedAnchor(anchor: Anchor): Anchor {
  const { quote, prefix, suffix } = anchor;
  return { ...anchor, quote: folded(quote), prefix: folded(prefix), suffix: folded(suffix) };
}

function exactPlace(text: string, anchor: Anchor): Place | undefined {
  const { quote, prefix, suffix, position, once } = anchor;
  const place = (from: number): Place => ({ from, to: from + quote.length, exact: true });
  if (quote === '' && prefix === '' && suffix === '') return text === '' ? place(0) : undefined;
  if (position >= prefix.length && text.startsWith(prefix + quote + suffix, position - prefix.length))
    return place(position);

  const whole = nearest(text, prefix + quote + suffix, position - prefix.length, 1);
  if (whole[0] !== undefined) return place(whole[0] + prefix.length);

  const standing = quote === '' ? seams(text, anchor) : nearest(text, quote, position, mostOf(quote));
  const looked =
    standing.length <= closely
      ? standing
      : new Set([
          ...mostKept(text, anchor, standing),
          ...standing.slice(0, closely),
          ...besideParts(text, anchor),
        ]);
  const found = mostAlike(text, anchor, [...looked].map(place));
  if (found !== undefined) return found;
  const [only] = standing;
  return only !== undefined && once && standing.length === 1 && quote.length >= telling
    ? place(only)
    : undefined;
}

function far(from: number, { position }: Anchor): number {
  return Math.abs(from - position);
}

function occurrences(text: string, quote: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) found.push(at);
  return found;
}

function mostOf(words: string): number {
  return Math.max(closely, Math.min(mostPlaces, Math.floor(mostRead / words.length)));
}

/**
 * Where some words stand, nearest to a place first; so many at most. Nothing is read of what lies farther off. Long ones
 * are known by their beginning, and of that no more places are read than a text that does not repeat itself has.
 */
function nearest(text: string, words: string, place: number, most: number): readonly number[] {
  if (words.length <= 2 * longest) return nearestOf(text, words, place, most);
  return nearestOf(text, words.slice(0, 2 * longest), place, mostOf(words))
    .filter((at) => text.startsWith(words, at))
    .slice(0, most);
}

function nearestOf(text: string, words: string, place: number, most: number): number[] {
  const found: number[] = [];
  const before = backwards(text, words, place);
  let back = before.next().value;
  let on = text.indexOf(words, place);
  while (found.length < most && (back !== undefined || on >= 0)) {
    if (back !== undefined && (on < 0 || place - back <= on - place)) {
      found.push(back);
      back = before.next().value;
    } else {
      found.push(on);
      on = text.indexOf(words, on + 1);
    }
  }
  return found;
}

/** The places before one where some words stand, from the last; `lastIndexOf` takes the square of the time. */
function* backwards(text: string, words: string, place: number): Generator<number, undefined> {
  for (let end = Math.min(place, text.length); end > 0; end -= stride) {
    const start = Math.max(0, end - stride);
    const found = occurrences(text.slice(start, end + words.length - 1), words);
    for (const at of found.reverse()) yield start + at;
  }
}

/** Where no words were quoted: places before which, or after which, stands what stood there; the nearest first. */
function seams(text: string, anchor: Anchor): readonly number[] {
  const { prefix, suffix, position } = anchor;
  const [before, after] = [prefix.slice(-partLength), suffix.slice(0, partLength)];
  const found = [
    ...(before === ''
      ? []
      : nearest(text, before, position - before.length, mostPlaces).map((at) => at + before.length)),
    ...(after === '' ? [] : nearest(text, after, position, mostPlaces)),
  ];
  return [...new Set(found)].toSorted((a, b) => far(a, anchor) - far(b, anchor));
}

/** Of places that have the words, those around which most is unchanged; of equal ones the nearest. */
function mostKept(text: string, anchor: Anchor, standing: readonly number[]): readonly number[] {
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

/** Where the words stand beside a part of what stood around them. */
function besideParts(text: string, anchor: Anchor): readonly number[] {
  const { quote } = anchor;
  return partsAround(anchor).flatMap((part) =>
    standingBy(text, anchor, part, mostOfPart).flatMap((expected) => {
      const start = Math.max(0, expected - 2 * around);
      const window = text.slice(start, expected + quote.length + 2 * around);
      const beside = quote === '' ? [expected - start] : nearest(window, quote, expected - start, 2);
      return beside.map((at) => at + start);
    }),
  );
}

interface Part {
  readonly words: string;
  /** How far from the beginning of the words it stood. */
  readonly off: number;
}

/** What stood around the words in parts of equal length, from the words outwards. */
function partsAround({ prefix, suffix, quote }: Anchor): readonly Part[] {
  return [
    ...partsOf(prefix, -prefix.length, prefix.length % partLength).reverse(),
    ...partsOf(suffix, quote.length, 0),
  ];
}

function partsOf(words: string, off: number, first: number): Part[] {
  const parts: Part[] = [];
  for (let at = first; at + partLength <= words.length; at += partLength)
    parts.push({ words: words.slice(at, at + partLength), off: off + at });
  return parts;
}

/** Where the words would begin, were all between them and a part of them, or of what stood around, unchanged. */
function standingBy(text: string, { position }: Anchor, { words, off }: Part, most: number): number[] {
  return nearest(text, words, position + off, most).map((at) => Math.min(text.length, Math.max(0, at - off)));
}

/** Where the words may stand, changed: where they stood, and beside what is left of them and of what stood around. */
function likelyPlaces(text: string, anchor: Anchor): readonly number[] {
  const { quote, position } = anchor;
  const tail = Math.max(0, quote.length - longest);
  const parts = [
    ...partsAround(anchor),
    ...partsOf(quote.slice(0, longest), 0, 0),
    ...partsOf(quote.slice(tail), tail, 0),
  ];
  const likely = [Math.min(position, text.length)];
  for (const part of parts)
    for (const place of standingBy(text, anchor, part, 1))
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

/** The place around which most is left of what stood there, if that is enough; of several the nearest. */
function mostAlike(text: string, anchor: Anchor, places: readonly Place[]): Place | undefined {
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

/** Words much like those quoted, with enough left around them; long ones are known by their ends. */
function changedPlace(text: string, anchor: Anchor): Place | undefined {
  const { quote } = anchor;
  if (quote.length < likenable) return undefined;
  const likely = likelyPlaces(text, anchor);
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

function nearestTo(text: string, anchor: Anchor): number {
  const { prefix, suffix, quote, position } = anchor;
  const likely = likelyPlaces(text, anchor);
  const byPlace = (a: number, b: number): number => far(a, anchor) - far(b, anchor);
  const found = (words: string, off: number): readonly Alike[] =>
    words.length < likenable ? [] : alikeNear(text, likely, words, off);
  const before = found(prefix, -prefix.length).map(({ to }) => to);
  const after = found(suffix, quote.length).map(({ from }) => from);
  return before.toSorted(byPlace)[0] ?? after.toSorted(byPlace)[0] ?? Math.min(position, text.length);
}
