import { hash, randomBytes } from 'node:crypto';
import { dayOf } from '../../model/span.ts';

/** A filter of 2^24 bits; four bits for each thing seen. */
const words = 2 ** 19;
/** With so many things in it about one in a hundred new ones is taken for known. */
const mostSeen = 1_500_000;

/** Who reads, as two numbers that mean nothing on another day. */
export type ReaderMark = readonly [number, number];

/**
 * One day's readers, so that nobody is counted twice. A reader is known by a hash of her address and browser under a
 * key that is random, never leaves memory and is dropped with the day; what she did by bits in a filter (Bloom 1970),
 * which can be asked whether something was seen, not what was. The way of Plausible and Fathom, with less kept.
 */
export class Today {
  /** `2026-05-28`, UTC. */
  readonly day: string;
  readonly #key = randomBytes(32).toString('base64');
  #bits: Uint32Array | undefined;
  #seen = 0;

  constructor(day: string) {
    this.day = day;
  }

  /** The mark of whoever asks from an address with a browser. */
  markOf(address: string, agent: string): ReaderMark {
    const digest = hash('sha256', `${this.#key}\n${address}\n${agent}`, 'buffer');
    return [digest.readUInt32LE(0), digest.readUInt32LE(4)];
  }

  /** Whether a reader does something for the first time today; remembers that she did. */
  isFirst([one, other]: ReaderMark, what: string): boolean {
    if (this.#bits === undefined || this.#seen >= mostSeen) {
      this.#bits = new Uint32Array(words);
      this.#seen = 0;
    }
    const [a, b] = [mix(one, what), mix(other, what) | 1];
    let isNew = false;
    // Four places from two hashes (Kirsch and Mitzenmacher 2006).
    for (let i = 0; i < 4; i++) {
      const place = (a + Math.imul(i, b)) >>> 0;
      const [at, bit] = [(place >>> 5) % words, 1 << (place & 31)];
      const before = this.#bits[at] ?? 0;
      if ((before & bit) !== 0) continue;
      isNew = true;
      this.#bits[at] = before | bit;
    }
    if (isNew) this.#seen++;
    return isNew;
  }
}

/** Gives the day it is: another one, with another key, once the UTC day has changed. */
export function todayBy(now: () => number): () => Today {
  let number = Number.NaN;
  let today = new Today(dayOf(now()));
  return () => {
    const time = now();
    const asked = Math.floor(time / 86_400_000);
    if (asked !== number) [number, today] = [asked, new Today(dayOf(time))];
    return today;
  };
}

/** FNV-1a over a text from a secret beginning, its bits stirred as in MurmurHash3. */
function mix(start: number, text: string): number {
  let h = start ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
