/**
 * Words in a text that is edited meanwhile. An anchor is what the W3C calls a quote and a position together (Web
 * Annotation Data Model, 4.2.4 and 4.2.5): the words, what stood around them, and where. Found again are words that
 * stand as they were with enough around them left to know them by; else words much like them; else nothing.
 */
import { changedPlace, nearestTo } from './anchor/changed.ts';
import {
  type Concordance,
  closely,
  concordanceOf,
  mostOf,
  mostPlaces,
  occurrences,
} from './anchor/concordance.ts';
import {
  around,
  far,
  mostAlike,
  mostKept,
  partLength,
  partsAround,
  standingBy,
} from './anchor/surroundings.ts';

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

/** Words that stood nowhere else are known by themselves from this length on. */
const telling = 12;
/** At so many places a part of what stood around is looked at. */
const mostOfPart = 4;

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
  const here = concordanceOf(folded(text));
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

function exactPlace(here: Concordance, anchor: Anchor): Place | undefined {
  const { text } = here;
  const { quote, prefix, suffix, position, once } = anchor;
  const place = (from: number): Place => ({ from, to: from + quote.length, exact: true });
  if (quote === '' && prefix === '' && suffix === '') return text === '' ? place(0) : undefined;
  if (position >= prefix.length && text.startsWith(prefix + quote + suffix, position - prefix.length))
    return place(position);

  const whole = here.nearest(prefix + quote + suffix, position - prefix.length, 1);
  if (whole[0] !== undefined) return place(whole[0] + prefix.length);

  const standing = quote === '' ? seams(here, anchor) : here.nearest(quote, position, mostOf(quote));
  const looked =
    standing.length <= closely
      ? standing
      : new Set([
          ...mostKept(text, anchor, standing),
          ...standing.slice(0, closely),
          ...besideParts(here, anchor),
        ]);
  const found = mostAlike(text, anchor, [...looked].map(place));
  if (found !== undefined) return found;
  const [only] = standing;
  return only !== undefined && once && standing.length === 1 && quote.length >= telling
    ? place(only)
    : undefined;
}

/** Where no words were quoted: places before which, or after which, stands what stood there; the nearest first. */
function seams({ nearest }: Concordance, anchor: Anchor): readonly number[] {
  const { prefix, suffix, position } = anchor;
  const [before, after] = [prefix.slice(-partLength), suffix.slice(0, partLength)];
  const found = [
    ...(before === ''
      ? []
      : nearest(before, position - before.length, mostPlaces).map((at) => at + before.length)),
    ...(after === '' ? [] : nearest(after, position, mostPlaces)),
  ];
  return [...new Set(found)].toSorted((a, b) => far(a, anchor) - far(b, anchor));
}

/** Where the words stand beside a part of what stood around them. */
function besideParts(here: Concordance, anchor: Anchor): readonly number[] {
  const { quote } = anchor;
  return partsAround(anchor).flatMap((part) =>
    standingBy(here, anchor, part, mostOfPart).flatMap((expected) => {
      const start = Math.max(0, expected - 2 * around);
      const window = here.text.slice(start, expected + quote.length + 2 * around);
      const beside =
        quote === '' ? [expected - start] : concordanceOf(window).nearest(quote, expected - start, 2);
      return beside.map((at) => at + start);
    }),
  );
}
