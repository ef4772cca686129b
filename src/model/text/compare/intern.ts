import { isWord, paragraphBreak } from './tokens.ts';

/**
 * Two texts as numbers: equal numbers are words a reader takes as the same.
 * By number: `letters` is what a word weighs to the eye, `boundary` how strongly the text divides after it.
 */
export interface Interned {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly size: number;
  readonly letters: readonly number[];
  readonly boundary: readonly number[];
  readonly isWord: readonly boolean[];
}

/** A paragraph break weighs as much as a sentence: only greater changes on both sides reach across it. */
const breakWeight = 60;

/** Gives every word of both texts its number. Straight and curly quotes, -- and —, ... and …, composed and decomposed letters are the same. */
export function intern(a: readonly string[], b: readonly string[]): Interned {
  const numbers = new Map<string, number>();
  const letters: number[] = [];
  const boundary: number[] = [];
  const words: boolean[] = [];
  const number = (word: string): number => {
    const known = numbers.get(word);
    if (known !== undefined) return known;
    const key = keyOf(word);
    let given = numbers.get(key);
    if (given === undefined) {
      given = letters.length;
      numbers.set(key, given);
      words.push(isWord(key));
      letters.push(key === paragraphBreak ? breakWeight : isWord(key) ? key.length : 1);
      boundary.push(boundaryAfter(key));
    }
    numbers.set(word, given);
    return given;
  };
  const aNumbers = numbered(a, number);
  const bNumbers = numbered(b, number);
  return { a: aNumbers, b: bNumbers, size: letters.length, letters, boundary, isWord: words };
}

function numbered(words: readonly string[], number: (word: string) => number): Int32Array {
  const numbers = new Int32Array(words.length);
  for (let i = 0; i < words.length; i++) numbers[i] = number(words[i] ?? '');
  return numbers;
}

function keyOf(word: string): string {
  if (/^-{2,3}$/.test(word)) return '—';
  if (word === '...') return '…';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII itself
  if (/^[\x00-\x7f]*$/.test(word)) return word;
  return word
    .normalize('NFC')
    .replace(/[‘’‛ʼ]/g, "'")
    .replace(/[“”„‟]/g, '"')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/\u00ad/g, '');
}

function boundaryAfter(key: string): number {
  if (key === paragraphBreak) return 3;
  if (/^[.!?…"]/.test(key)) return 2;
  return isWord(key) ? 0 : 1;
}
