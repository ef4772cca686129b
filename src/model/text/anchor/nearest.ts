/** Where words stand in a text, the nearest to a place first, in a time that no text can make long. */

/** What is compared of a long quote at each of its ends. */
export const longest = 128;
/** How many places that have the words are looked at closely. */
export const closely = 24;
/** So many places of the same words are looked at; those nearest to where the words stood are among them. */
export const mostPlaces = 500;
/** The characters that may be read for that: of a quote as long as a chapter fewer places are looked at. */
const mostRead = 200_000;
/** How far back is read at once. */
const stride = 8_192;

/**
 * Where some words stand, nearest to a place first; so many at most. Nothing is read of what lies farther off. Long ones
 * are known by their beginning, and of that no more places are read than a text that does not repeat itself has.
 */
export function nearest(text: string, words: string, place: number, most: number): readonly number[] {
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

/** Each place where some words stand. */
export function occurrences(text: string, quote: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) found.push(at);
  return found;
}

/** How many places of some words are looked at. */
export function mostOf(words: string): number {
  return Math.max(closely, Math.min(mostPlaces, Math.floor(mostRead / words.length)));
}
