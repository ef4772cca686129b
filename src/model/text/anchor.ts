/**
 * Words in a text that is edited meanwhile. An anchor is what the W3C calls a quote and a position together (Web
 * Annotation Data Model, 4.2.4 and 4.2.5): the words, what stood around them, and where. Found again are words that
 * stand as they were with enough around them left to know them by; else words much like them; else nothing.
 */
import search from 'approx-string-match';

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
/** What is compared of a long quote at each of its ends: four machine words of the search. */
const longest = 128;
/** How far from where they stood changed words are looked for first. */
const nearby = 2_000;
/** How many places that have the words are looked at closely. */
const closely = 24;

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

/** Finds anchors in a text. The time for each grows with the length of the text, not with its repetitions. */
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

  const standing = quote === '' ? seams(text, anchor) : occurrences(text, quote);
  const known = standing.map((from) => ({ from, kept: keptAround(text, from, anchor) }));
  const byKept = known.toSorted((a, b) => b.kept - a.kept || far(a.from, anchor) - far(b.from, anchor));
  const [best] = byKept;
  if (best === undefined) return undefined;
  if (best.kept === prefix.length + suffix.length) return place(best.from);

  const byDistance = standing.toSorted((a, b) => far(a, anchor) - far(b, anchor));
  const looked = new Set([
    ...byKept.slice(0, closely).map((k) => k.from),
    ...byDistance.slice(0, closely),
    ...besideContexts(text, anchor, standing),
  ]);
  const found = mostAlike(text, anchor, [...looked].map(place));
  if (found !== undefined) return found;
  const isAlone = once && standing.length === 1 && quote.length >= telling;
  return isAlone ? place(best.from) : undefined;
}

function far(from: number, { position }: Anchor): number {
  return Math.abs(from - position);
}

function occurrences(text: string, quote: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) found.push(at);
  return found;
}

/** Where no words were quoted: each place before which, or after which, stands what stood there. */
function seams(text: string, { prefix, suffix }: Anchor): number[] {
  const [before, after] = [prefix.slice(-16), suffix.slice(0, 16)];
  return [
    ...(before === '' ? [] : occurrences(text, before).map((at) => at + before.length)),
    ...(after === '' ? [] : occurrences(text, after)),
  ];
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

/** Of the places that have the words, those next to where what stood around them stands now. */
function besideContexts(text: string, anchor: Anchor, standing: readonly number[]): number[] {
  const { before, after } = contextsIn(text, anchor);
  return [
    ...before.flatMap((end) => standing.find((from) => from >= end) ?? []),
    ...after.flatMap((start) => standing.findLast((from) => from + anchor.quote.length <= start) ?? []),
  ];
}

/** Where what stood before the words ends now, and what stood after them begins; nearest to their place first. */
function contextsIn(
  text: string,
  anchor: Anchor,
): { readonly before: readonly number[]; readonly after: readonly number[] } {
  const { prefix, suffix } = anchor;
  const found = (words: string, end: 'from' | 'to'): number[] =>
    words.length < likenable
      ? []
      : alikeIn(text, words)
          .map((match) => match[end])
          .toSorted((a, b) => far(a, anchor) - far(b, anchor));
  return { before: found(prefix, 'to'), after: found(suffix, 'from') };
}

/** The place around which most is left of what stood there, if that is enough; of several the nearest. */
function mostAlike(text: string, anchor: Anchor, places: readonly Place[]): Place | undefined {
  const judged = places
    .map((place) => ({ place, left: leftAround(text, place, anchor) }))
    .filter(({ left }) => left >= enough)
    .sort((a, b) => b.left - a.left || far(a.place.from, anchor) - far(b.place.from, anchor));
  return judged[0]?.place;
}

/** What part of the characters around is left, whatever was put between: from 0 to 1. */
function leftAround(text: string, { from, to }: Place, { prefix, suffix }: Anchor): number {
  if (prefix === '' && suffix === '') return 1;
  const left = (words: string, window: string): number =>
    words === '' ? 0 : words.length - (search(window, words, words.length)[0]?.errors ?? words.length);
  const before = left(prefix, text.slice(Math.max(0, from - 2 * prefix.length), from));
  const after = left(suffix, text.slice(to, to + 2 * suffix.length));
  return (before + after) / (prefix.length + suffix.length);
}

/** Words much like those quoted, with enough left around them; long ones are known by their ends. */
function changedPlace(text: string, anchor: Anchor): Place | undefined {
  const { quote, position } = anchor;
  if (quote.length < likenable) return undefined;
  // The search gives only what is most alike: where the words stood, something less so may be what they are now.
  const start = Math.max(0, position - nearby);
  const window = text.slice(start, position + quote.length + nearby);
  const alike = (words: string): readonly Pick<Place, 'from' | 'to'>[] => [
    ...alikeIn(window, words).map(({ from, to }) => ({ from: from + start, to: to + start })),
    ...alikeIn(text, words),
  ];
  const whole = quote.length <= 2 * longest;
  const heads = alike(whole ? quote : quote.slice(0, longest));
  const tails = whole ? heads : alike(quote.slice(-longest));
  const off = (length: number): number => Math.abs(length - quote.length);
  const places = heads.flatMap(({ from }, i): Place[] => {
    const tail = whole ? heads[i] : tails.toSorted((a, b) => off(a.to - from) - off(b.to - from))[0];
    return tail === undefined || off(tail.to - from) > quote.length / 2
      ? []
      : [wordsAround(text, from, tail.to)];
  });
  return mostAlike(text, anchor, places);
}

function alikeIn(text: string, words: string): readonly Pick<Place, 'from' | 'to'>[] {
  const found = search(text, words, Math.floor(words.length / 4));
  return found.slice(0, closely).map(({ start, end }) => ({ from: start, to: end }));
}

/** No word is cut in two. */
function wordsAround(text: string, start: number, end: number): Place {
  let [from, to] = [start, end];
  while (from > 0 && isLetter(text[from - 1]) && isLetter(text[from])) from--;
  while (to < text.length && isLetter(text[to - 1]) && isLetter(text[to])) to++;
  return { from, to, exact: false };
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}\p{M}]/u.test(character);
}

function nearestTo(text: string, anchor: Anchor): number {
  const { before, after } = contextsIn(text, anchor);
  return before[0] ?? after[0] ?? Math.min(anchor.position, text.length);
}
