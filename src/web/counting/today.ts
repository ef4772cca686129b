import { hash, randomBytes } from 'node:crypto';
import { dayOf } from '../../model/span.ts';

/** A filter of 2^24 bits; four bits for each thing seen. */
const words = 2 ** 19;
/** With so many things in it about one in a hundred new ones is taken for known. */
const mostSeen = 1_500_000;

/**
 * At most this many browsers at one address are readers of their own, as at a school; all that come after are one reader together:
 * whoever makes up names of browsers makes up no readers.
 */
export const mostBrowsers = 200;
/** At most this many addresses have their browsers counted. */
const mostAddresses = 100_000;

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
  /** How many browsers each address has, by the first half of its mark. */
  readonly #browsers = new Map<number, number>();

  constructor(day: string) {
    this.day = day;
  }

  /** The mark of whoever asks from an address with a browser. */
  markOf(address: string, agent: string): ReaderMark {
    const mark = this.#digest(`${address}\n${agent}`);
    if (this.#has(mark, aBrowser)) return mark;
    const whole = this.#digest(address);
    const browsers = this.#browsers.get(whole[0]) ?? 0;
    if (browsers >= mostBrowsers) return whole;
    this.isFirst(mark, aBrowser);
    if (browsers === 0 && this.#browsers.size >= mostAddresses)
      this.#browsers.delete(this.#browsers.keys().next().value ?? 0);
    this.#browsers.set(whole[0], browsers + 1);
    return mark;
  }

  /** Whether a reader does something for the first time today; remembers that she did. */
  isFirst(mark: ReaderMark, what: string): boolean {
    if (this.#bits === undefined || this.#seen >= mostSeen) {
      this.#bits = new Uint32Array(words);
      this.#seen = 0;
      this.#browsers.clear();
    }
    if (this.#has(mark, what)) return false;
    for (const place of placesOf(mark, what)) {
      const at = (place >>> 5) % words;
      this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (place & 31));
    }
    this.#seen++;
    return true;
  }

  #has(mark: ReaderMark, what: string): boolean {
    const bits = this.#bits;
    if (bits === undefined) return false;
    return placesOf(mark, what).every(
      (place) => ((bits[(place >>> 5) % words] ?? 0) & (1 << (place & 31))) !== 0,
    );
  }

  #digest(text: string): ReaderMark {
    const digest = hash('sha256', `${this.#key}\n${text}`, 'buffer');
    return [digest.readUInt32LE(0), digest.readUInt32LE(4)];
  }
}

const aBrowser = 'a browser';

/** Four places from two hashes (Kirsch and Mitzenmacher 2006). */
function placesOf([one, other]: ReaderMark, what: string): readonly number[] {
  const [a, b] = [mix(one, what), mix(other, what) | 1];
  return [a, (a + b) >>> 0, (a + Math.imul(2, b)) >>> 0, (a + Math.imul(3, b)) >>> 0];
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
