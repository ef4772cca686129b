/**
 * Where words stand with a few differences: Sellers' way of filling a table, one column for each character; and Myers'
 * way of filling one with bits, thirty-two rows at once, where only the number of differences is asked for.
 */

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

/**
 * How many characters of some words are other ones, too many or missing where a text is most like them: all of them at
 * most. After G. Myers, "A fast bit-vector algorithm for approximate string matching", with Hyyrö's blocks.
 */
export function fewestErrors(words: string): (text: string) => number {
  const blocks = Math.ceil(words.length / 32);
  const rowsOf = new Map<number, Int32Array>();
  for (let i = 0; i < words.length; i++) {
    const rows = rowsOf.get(words.charCodeAt(i)) ?? new Int32Array(blocks);
    rows[i >> 5] = (rows[i >> 5] ?? 0) | (1 << (i & 31));
    rowsOf.set(words.charCodeAt(i), rows);
  }
  const none = new Int32Array(blocks);
  // Whether a row has one error more, or one less, than the row above it.
  const [more, less] = [new Int32Array(blocks), new Int32Array(blocks)];
  const last = 1 << ((words.length - 1) & 31);
  return (text) => {
    more.fill(-1);
    less.fill(0);
    let errors = words.length;
    let fewest = errors;
    for (let to = 0; to < text.length && blocks > 0; to++) {
      const rows = rowsOf.get(text.charCodeAt(to)) ?? none;
      // What the row above the block has more, or less, than in the column before.
      let [up, down] = [0, 0];
      for (let block = 0; block < blocks; block++) {
        const [pv, mv] = [more[block] ?? 0, less[block] ?? 0];
        const same = (rows[block] ?? 0) | down;
        const xv = (rows[block] ?? 0) | mv;
        const xh = ((((same & pv) + pv) | 0) ^ pv) | same;
        const ph = mv | ~(xh | pv);
        const mh = pv & xh;
        const top = block === blocks - 1 ? last : 1 << 31;
        const [nextUp, nextDown] = [(ph & top) === 0 ? 0 : 1, (mh & top) === 0 ? 0 : 1];
        more[block] = (mh << 1) | down | ~(xv | (ph << 1) | up);
        less[block] = ((ph << 1) | up) & xv;
        [up, down] = [nextUp, nextDown];
      }
      errors += up - down;
      if (errors < fewest) fewest = errors;
    }
    return fewest;
  };
}
