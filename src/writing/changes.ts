import type { CleanHtml } from '../html.ts';
import { cleanHtml } from '../html.ts';
import { type Anchor, anchorAt, placesIn } from '../model/text/anchor.ts';
import { align, type Box } from '../model/text/compare/align.ts';
import { budgetOf } from '../model/text/compare/budget.ts';
import { type Interned, intern } from '../model/text/compare/intern.ts';
import { phrases } from '../model/text/compare/phrases.ts';
import { type Marked, marked, type Piece, plainWords, spokenWith, type Tag, tagName } from './marked.ts';

/*
 * What someone changed in a text, change by change, each of which can be made alone. A change puts one stretch of
 * clean HTML in the place of another; both open and close the same elements, so the text stays whole whichever
 * changes are made and in whatever order. All of them together give exactly the changed text.
 */

/** One change to a text: what stood, what shall stand, and the words by which its place is found. */
export interface Change {
  readonly anchor: Anchor;
  /** Stretches of clean HTML; parts of a text, not texts. */
  readonly old: string;
  readonly new: string;
  /** What shall stand, in plain words. */
  readonly reading: string;
}

/** A change whose words stand in the text as they did, and where. */
export interface Standing<C extends Pick<Change, 'anchor' | 'old' | 'new'>> {
  readonly change: C;
  readonly from: number;
  readonly to: number;
}

/** Work for one comparison: about two tenths of a second. What it does not reach is one change with more words in it. */
const mostWork = 10_000_000;

/** The changes that make the second text of the first, in order; none touches another. */
export function changesBetween(before: CleanHtml, after: CleanHtml): readonly Change[] {
  if (before === after) return [];
  const [a, b] = [marked(before), marked(after)];
  return withWords(a, b, balanced(a, b, differences(a, b))).map((box) => changeOf(a, b, box));
}

/** Finds where changes can be made in a text as it is now; those whose words, or the markup in them, differ cannot. */
export function standingIn<C extends Pick<Change, 'anchor' | 'old' | 'new'>>(
  html: CleanHtml,
  changes: readonly C[],
): readonly Standing<C>[] {
  if (changes.length === 0) return [];
  const { words, places, tags } = spokenWith(html);
  const found = placesIn(words);
  const openAt = openElements(tags);
  return changes.flatMap((change) => {
    const place = found.findExact(change.anchor);
    if (place === undefined) return [];
    const [old, put] = [spokenWith(change.old), spokenWith(change.new)];
    // Where the stretch would begin, were its first word at that place.
    const from = old.words === '' ? 0 : (places[place.from] ?? -1) - (old.places[0] ?? 0);
    const isThere = old.words === '' ? html === change.old : from >= 0 && html.startsWith(change.old, from);
    if (!isThere || !leaveAlike(openAt(from), old.tags, put.tags)) return [];
    return [{ change, from, to: from + change.old.length }];
  });
}

/**
 * Makes changes in a text. Of two that touch the same words the first given is made; which were made comes with the
 * text.
 */
export function makeChanges<C extends Pick<Change, 'anchor' | 'old' | 'new'>>(
  html: CleanHtml,
  changes: readonly C[],
): { readonly html: CleanHtml; readonly made: readonly C[] } {
  const made: Standing<C>[] = [];
  for (const next of standingIn(html, changes))
    if (made.every((other) => next.to <= other.from || next.from >= other.to)) made.push(next);
  if (made.length === 0) return { html, made: [] };
  const parts: string[] = [];
  let at = 0;
  for (const { from, to, change } of made.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    parts.push(html.slice(at, from), change.new);
    at = to;
  }
  parts.push(html.slice(at));
  return { html: cleanHtml(parts.join('')), made: made.map(({ change }) => change) };
}

/** What differs, as a person would call it a change. */
function differences(a: Marked, b: Marked): readonly Box[] {
  const wordsOf = ({ pieces }: Marked): string[] => pieces.map((p) => p.word);
  const alike = intern(wordsOf(a), wordsOf(b));
  const partners = align(alike, budgetOf(mostWork));
  // Quotes of another shape and other spaces are taken for the same to find one's way, and are changes then.
  for (const [i, j] of partners.entries()) if (j >= 0 && spaced(a, i) !== spaced(b, j)) partners[i] = -1;
  return phrases(exactly(a, b, alike), partners);
}

/** A piece with the space before it. */
function spaced({ html, pieces }: Marked, index: number): string {
  return html.slice(pieces[index - 1]?.end ?? 0, pieces[index]?.end);
}

/** The pieces as numbers that are equal only where the pieces are, space and all. */
function exactly(a: Marked, b: Marked, alike: Interned): Interned {
  const numbers = new Map<string, number>();
  const kinds: number[] = [];
  const numbered = (text: Marked, known: Int32Array): Int32Array =>
    known.map((kind, i) => {
      const key = spaced(text, i);
      const given = numbers.get(key) ?? kinds.push(kind) - 1;
      numbers.set(key, given);
      return given;
    });
  const [aNumbers, bNumbers] = [numbered(a, alike.a), numbered(b, alike.b)];
  const of = <T>(values: readonly T[], none: T): readonly T[] => kinds.map((kind) => values[kind] ?? none);
  return {
    a: aNumbers,
    b: bNumbers,
    size: kinds.length,
    letters: of(alike.letters, 1),
    boundary: of(alike.boundary, 0),
    isWord: of(alike.isWord, false),
  };
}

/** Lengthens changes until what they replace and what they put there leave the same elements open. */
function balanced(a: Marked, b: Marked, boxes: readonly Box[]): readonly Box[] {
  const found: Box[] = [];
  let open: string[] = [];
  let at = 0;
  for (let i = 0; i < boxes.length; ) {
    const box = boxes[i++] ?? nowhere;
    walk(a, at, box.aFrom, open);
    const [inA, inB] = [[...open], [...open]];
    let [aTo, bTo] = [box.aFrom, box.bFrom];
    const goOn = (aNext: number, bNext: number): void => {
      walk(a, aTo, aNext, inA);
      walk(b, bTo, bNext, inB);
      [aTo, bTo] = [aNext, bNext];
    };
    goOn(box.aTo, box.bTo);
    for (;;) {
      const next = boxes[i];
      if (next?.aFrom === aTo) {
        goOn(next.aTo, next.bTo);
        i++;
      } else if (isSame(inA, inB) || aTo >= a.pieces.length) break;
      else goOn(aTo + 1, bTo + 1);
    }
    found.push({ aFrom: box.aFrom, aTo, bFrom: box.bFrom, bTo });
    [open, at] = [inA, aTo];
  }
  return found;
}

const nowhere: Box = { aFrom: 0, aTo: 0, bFrom: 0, bTo: 0 };

/** Goes through pieces and keeps which elements are open. */
function walk({ pieces }: Marked, from: number, to: number, open: string[]): void {
  for (let i = from; i < to; i++) {
    const { kind = 'word', word = '' } = pieces[i] ?? {};
    if (kind === 'open') open.push(tagName(word));
    if (kind === 'close') open.pop();
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

/**
 * A change that does not begin with a word for a word takes in the word before it: its place is found by its words,
 * and a person reads them. Where no word stands before, one after is taken in; in a text without any there is one
 * change, of the whole.
 */
function withWords(a: Marked, b: Marked, boxes: readonly Box[]): readonly Box[] {
  const found: Box[] = [];
  let from: Pick<Box, 'aFrom' | 'bFrom'> | undefined;
  for (const [i, { aTo, bTo, ...own }] of boxes.entries()) {
    const { aFrom, bFrom } = from ?? own;
    from = undefined;
    const last = found.at(-1);
    const isReadable = beginsSpoken(a, aFrom, aTo) && beginsSpoken(b, bFrom, bTo);
    // A word that would touch the change before it makes one of both.
    const before = isReadable ? aFrom : spokenBefore(a, aFrom, last === undefined ? 0 : last.aTo + 1);
    const after = spokenAfter(a, aFrom, boxes[i + 1]?.aFrom ?? a.pieces.length);
    if (before !== undefined) found.push({ aFrom: before, aTo, bFrom: bFrom - (aFrom - before), bTo });
    else if (last !== undefined) found.splice(-1, 1, { ...last, aTo, bTo });
    else if (after !== undefined && after < aTo) found.push({ aFrom, aTo, bFrom, bTo });
    else if (after !== undefined) found.push({ aFrom, aTo: after + 1, bFrom, bTo: bTo + after + 1 - aTo });
    else from = { aFrom, bFrom };
  }
  return from === undefined ? found : [{ aFrom: 0, aTo: a.pieces.length, bFrom: 0, bTo: b.pieces.length }];
}

function beginsSpoken({ pieces }: Marked, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (pieces[i]?.kind === 'word') return isSpoken(pieces[i]);
  return false;
}

/** The last word before `to`, not before `from`. */
function spokenBefore({ pieces }: Marked, to: number, from: number): number | undefined {
  for (let i = to - 1; i >= from; i--) if (isSpoken(pieces[i])) return i;
  return undefined;
}

function spokenAfter({ pieces }: Marked, from: number, to: number): number | undefined {
  for (let i = from; i < to; i++) if (isSpoken(pieces[i])) return i;
  return undefined;
}

function isSpoken(piece: Piece | undefined): boolean {
  return piece?.kind === 'word' && /[\p{L}\p{N}]/u.test(piece.word);
}

function changeOf(a: Marked, b: Marked, { aFrom, aTo, bFrom, bTo }: Box): Change {
  const end = ({ pieces }: Marked, index: number): number => pieces[index - 1]?.end ?? 0;
  let [from, bStart] = [end(a, aFrom), end(b, bFrom)];
  const [to, bEnd] = [end(a, aTo), end(b, bTo)];
  while (from < to && bStart < bEnd && isSpace(a.html[from]) && a.html[from] === b.html[bStart]) {
    from++;
    bStart++;
  }
  const old = a.html.slice(from, to);
  const put = b.html.slice(bStart, bEnd);
  return { anchor: anchorOf(a, from, to), old, new: put, reading: plainWords(put) };
}

/** The anchor of a stretch of the HTML of a text: the words in it, without the space around them. */
function anchorOf({ words, places }: Marked, from: number, to: number): Anchor {
  let [start, end] = [firstAt(places, from), firstAt(places, to)];
  while (start < end && isSpace(words[start])) start++;
  while (end > start && isSpace(words[end - 1])) end--;
  return anchorAt(words, start, end);
}

/** The index of the first place that is not before `at`; the places rise. */
function firstAt(places: Int32Array, at: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && /\s/.test(character);
}

/** Elements that are open, the innermost first. */
type Open = { readonly name: string; readonly within: Open } | undefined;

/** Which elements are open before a place of a text. */
function openElements(tags: readonly Tag[]): (place: number) => Open {
  let open: Open;
  const after = tags.map((tag) => {
    open =
      tag.kind === 'open'
        ? { name: tagName(tag.tag), within: open }
        : tag.kind === 'close'
          ? open?.within
          : open;
    return open;
  });
  return (place) => {
    let [low, high] = [0, tags.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tags[middle]?.start ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    return after[low - 1];
  };
}

/** Whether the new stretch leaves open what the old leaves open, and both close nothing that is not. */
function leaveAlike(open: Open, old: readonly Tag[], put: readonly Tag[]): boolean {
  const [before, after] = [through(open, old), through(open, put)];
  if (before === null || after === null) return false;
  let [one, other] = [before.open, after.open];
  while (one !== other) {
    if (one?.name !== other?.name) return false;
    [one, other] = [one?.within, other?.within];
  }
  return true;
}

/** What is open after some tags; null where one closes what is not open. */
function through(open: Open, tags: readonly Tag[]): { readonly open: Open } | null {
  let now = open;
  for (const { kind, tag } of tags) {
    if (kind === 'open') now = { name: tagName(tag), within: now };
    if (kind !== 'close') continue;
    if (now?.name !== tagName(tag)) return null;
    now = now.within;
  }
  return { open: now };
}
