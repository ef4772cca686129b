/** What is compared of a long quote at each of its ends. */
export const longest = 128;
/** How many places that have the words are looked at closely. */
export const closely = 24;
/** At most this many places of the same words are looked at; those nearest to where the words stood are among them. */
export const mostPlaces = 500;

/** Where words stand in one text, nearest to a place first, in a time that no text can make long. */
export interface Concordance {
  readonly text: string;
  /** At most this many places; of long words that a text repeats thousands of times the nearest only. */
  nearest(words: string, place: number, most: number): readonly number[];
}

/** The characters that may be read for one question: of a quote as long as a chapter fewer places are looked at. */
const mostRead = 200_000;
/** At most this many places that have a part of the words are looked at. */
const mostLooked = 5_000;
/** How far back is read at once. */
const stride = 8_192;
/** A text is read through for the first questions; for more an index of it is made, which takes as long as many readings. */
const fewQuestions = 4;
/** Words are known by their rarest stretch of the longest of these lengths that they have. */
const stretches = [16, 5] as const;

/** Makes the concordance of a text. */
export function concordanceOf(text: string): Concordance {
  const indexes = new Map<number, Index>();
  let asked = 0;
  const indexFor = (words: string): Index | undefined => {
    const length = stretches.find((known) => known <= words.length);
    if (length === undefined || ++asked <= fewQuestions) return undefined;
    const index = indexes.get(length) ?? indexOf(text, length);
    indexes.set(length, index);
    return index;
  };
  const near = (words: string, place: number, most: number): number[] => {
    const index = indexFor(words);
    return index === undefined
      ? readThrough(text, words, place, most)
      : lookedUp(text, index, words, place, most);
  };
  return {
    text,
    nearest(words, place, most) {
      if (words.length <= 2 * longest) return near(words, place, most);
      return near(words.slice(0, 2 * longest), place, mostOf(words))
        .filter((at) => text.startsWith(words, at))
        .slice(0, most);
    },
  };
}

/** How many places of some words are looked at. */
export function mostOf(words: string): number {
  return Math.max(closely, Math.min(mostPlaces, Math.floor(mostRead / words.length)));
}

/** The places of all stretches of one length, those of a kind together and in order. */
interface Index {
  readonly length: number;
  readonly bits: number;
  /** Where the places of each kind begin among all. */
  readonly begins: Int32Array;
  readonly places: Int32Array;
}

function indexOf(text: string, length: number): Index {
  const bits = Math.min(20, Math.max(8, 32 - Math.clz32(text.length)));
  const kinds = kindsOf(text, length, bits);
  const begins = new Int32Array(2 ** bits + 1);
  for (const kind of kinds) begins[kind + 1] = (begins[kind + 1] ?? 0) + 1;
  for (let kind = 0; kind < 2 ** bits; kind++)
    begins[kind + 1] = (begins[kind + 1] ?? 0) + (begins[kind] ?? 0);
  const next = begins.slice();
  const places = new Int32Array(kinds.length);
  for (let at = 0; at < kinds.length; at++) {
    const kind = kinds[at] ?? 0;
    const i = next[kind] ?? 0;
    places[i] = at;
    next[kind] = i + 1;
  }
  return { length, bits, begins, places };
}

const base = 0x01000193;

/** A number for each stretch, by Karp and Rabin's way of going on from one to the next. */
function kindsOf(text: string, length: number, bits: number): Int32Array {
  const kinds = new Int32Array(Math.max(0, text.length - length + 1));
  let leaving = 1;
  for (let i = 1; i < length; i++) leaving = Math.imul(leaving, base);
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    if (i >= length) sum -= Math.imul(leaving, text.charCodeAt(i - length));
    sum = (Math.imul(sum, base) + text.charCodeAt(i)) | 0;
    if (i >= length - 1) kinds[i - length + 1] = Math.imul(sum, 0x9e3779b1) >>> (32 - bits);
  }
  return kinds;
}

/** By the stretch of the words that stands in the fewest places. */
function lookedUp(text: string, index: Index, words: string, place: number, most: number): number[] {
  const { from, to, off } = rarest(index, words);
  const found: number[] = [];
  const { places } = index;
  let on = firstFrom(places, from, to, place + off);
  let back = on - 1;
  for (let looked = 0; looked < mostLooked && found.length < most && (back >= from || on < to); looked++) {
    const before = place + off - (places[back] ?? 0);
    const after = (places[on] ?? 0) - place - off;
    const isBack = on >= to || (back >= from && before <= after);
    const at = (places[isBack ? back-- : on++] ?? 0) - off;
    if (at >= 0 && text.startsWith(words, at)) found.push(at);
  }
  return found;
}

function rarest({ length, bits, begins }: Index, words: string) {
  let best = { from: 0, to: Number.POSITIVE_INFINITY, off: 0 };
  for (const [off, kind] of kindsOf(words, length, bits).entries()) {
    const [from, to] = [begins[kind] ?? 0, begins[kind + 1] ?? 0];
    if (to - from < best.to - best.from) best = { from, to, off };
  }
  return best;
}

/** Of places that rise, the index of the first that is not before one. */
function firstFrom(places: Int32Array, from: number, to: number, place: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readThrough(text: string, words: string, place: number, most: number): number[] {
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

/** Each place where some words stand. */
export function occurrences(text: string, quote: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) found.push(at);
  return found;
}
