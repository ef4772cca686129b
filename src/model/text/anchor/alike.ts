/** Where words stand with a few differences: Sellers' way of filling a table, one column for each character. */

/** A stretch of a text, and how many characters of the words are other ones, too many or missing in it. */
export interface Alike {
  readonly from: number;
  readonly to: number;
  readonly errors: number;
}

/**
 * The stretches of a text that are most like some words, with no more errors than `most`; of those that end together
 * the longest. The time is the length of the text times that of the words, whatever either repeats.
 */
export function alikeIn(text: string, words: string, most: number): readonly Alike[] {
  const { length } = words;
  const signs = Int32Array.from({ length }, (_, i) => words.charCodeAt(i));
  // For so many characters of the words as the index says: the errors of the best stretch that ends here, its start.
  const errors = Int32Array.from({ length: length + 1 }, (_, i) => i);
  const starts = new Int32Array(length + 1);
  let found: Alike[] = [];
  for (let to = 1; to <= text.length; to++) {
    const sign = text.charCodeAt(to - 1);
    let cornerErrors = 0;
    let cornerStart = to - 1;
    let least = 0;
    let start = to;
    for (let i = 1; i <= length; i++) {
      const extra = errors[i] ?? 0;
      const extraStart = starts[i] ?? 0;
      const missing = least + 1;
      const missingStart = start;
      least = signs[i - 1] === sign ? cornerErrors : cornerErrors + 1;
      start = cornerStart;
      if (missing < least || (missing === least && missingStart < start)) {
        least = missing;
        start = missingStart;
      }
      if (extra + 1 < least || (extra + 1 === least && extraStart < start)) {
        least = extra + 1;
        start = extraStart;
      }
      cornerErrors = extra;
      cornerStart = extraStart;
      errors[i] = least;
      starts[i] = start;
    }
    const fewest = found[0]?.errors ?? most;
    if (least < fewest) found = [];
    if (least <= fewest) found.push({ from: start, to, errors: least });
  }
  return found;
}
