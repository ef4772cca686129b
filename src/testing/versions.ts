/** Invented prose and its versions, the same for the same seed: for tests and figures of the comparison. */

/** A generator of numbers in [0, 1), always the same for a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One word with its punctuation; `opens` when a paragraph begins with it. A version made of the same words has the same objects. */
export interface Written {
  readonly word: string;
  readonly opens: boolean;
}

const SYLLABLES = 'ba do fe gi lu ma ne or pa qui ra sel tu va wen ya zo thi mor lan'.split(' ');
const VOCABULARY = 20_000;

/** This many words of prose. A few words are very frequent and many occur once, as in any language (Zipf's law). */
export function story(random: () => number, words: number): Written[] {
  const written: Written[] = [];
  let [inSentence, inParagraph] = [0, 0];
  for (let i = 0; i < words; i++) {
    const opens = inSentence === 0 && inParagraph <= 0;
    if (opens) inParagraph = 30 + random() * 90;
    inParagraph--;
    inSentence = inSentence === 0 ? Math.floor(4 + random() * 20) : inSentence - 1;
    const sign = inSentence === 0 ? '.' : random() < 0.08 ? ',' : '';
    written.push({ word: anyWord(random) + sign, opens });
  }
  return written;
}

/** One word, by its frequency. */
export function anyWord(random: () => number): string {
  let rank = Math.floor(VOCABULARY ** random());
  let word = '';
  do {
    word += SYLLABLES[rank % SYLLABLES.length];
    rank = Math.floor(rank / SYLLABLES.length);
  } while (rank > 0);
  return word;
}

/** The words as paragraphs of text. */
export function paragraphs(written: readonly Written[]): string[] {
  const found: string[] = [];
  for (const { word, opens } of written) {
    if (opens || found.length === 0) found.push(word);
    else found[found.length - 1] += ` ${word}`;
  }
  return found;
}

/** Changes that share of the words, a few at a time: a third inserted, a third deleted, a third replaced. */
export function edit(random: () => number, written: readonly Written[], share: number): Written[] {
  const after: Written[] = [];
  const fresh = (count: number): Written[] =>
    Array.from({ length: count }, () => ({ word: anyWord(random), opens: false }));
  for (let i = 0; i < written.length; ) {
    const word = written[i];
    if (word === undefined) break;
    const count = 1 + Math.floor(random() * 3);
    const isEdited = random() < share / 2;
    const kind = isEdited ? Math.floor(random() * 3) : -1;
    if (kind === 0 || kind === 2) after.push(...fresh(count));
    if (kind === 1 || kind === 2) i += count;
    else {
      after.push(word);
      i++;
    }
  }
  return after;
}

/** Moves that many passages of 8 to 60 words to places farther off than their own length. Passages do not overlap. */
export function move(
  random: () => number,
  written: readonly Written[],
  count: number,
): { readonly after: Written[]; readonly passages: Written[][] } {
  const lot = Math.floor(written.length / count);
  const cuts = Array.from({ length: count }, (_, k) => {
    const length = Math.min(8 + Math.floor(random() * 52), Math.floor(lot / 2));
    return { from: k * lot + Math.floor(random() * (lot - length)), length };
  });
  const passages = cuts.map(({ from, length }) => written.slice(from, from + length));
  const moved = new Set(passages.flat());
  const landings = new Map<Written, Written[]>();
  for (const [k, passage] of passages.entries()) {
    const { from, length } = cuts[k] ?? { from: 0, length: 0 };
    const open = written.filter(
      (word, at) =>
        !moved.has(word) && !landings.has(word) && (at < from - 2 * length || at > from + 3 * length),
    );
    const landing = open[Math.floor(random() * open.length)];
    if (landing !== undefined) landings.set(landing, passage);
  }
  const after = written.flatMap((word) => [
    ...(landings.get(word) ?? []),
    ...(moved.has(word) ? [] : [word]),
  ]);
  return { after, passages: passages.filter((passage) => [...landings.values()].includes(passage)) };
}
