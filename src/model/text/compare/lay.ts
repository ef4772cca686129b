/** From changes and moves to segments in reading order. */
import type { Moved, Plain, Segment } from '../compare.ts';
import type { Box } from './align.ts';
import type { Interned } from './intern.ts';
import { cut, extentOf, type Move } from './moves.ts';
import { type Span, spacedTextOf, type Tokens } from './tokens.ts';

/** The whole in reading order: what is the same between the changes, and in each change what was moved away and to there. */
export function lay(texts: Interned, changes: readonly Box[], moves: readonly Move[], b: Tokens): Segment[] {
  const passages = moves.map((move, index) => passageOf(move, index + 1, b));
  const leaving = passages.map((moved): Moved => ({ ...moved, end: 'from' }));
  const arriving = passages.toSorted((one, other) => one.b.from - other.b.from);
  const segments: Segment[] = [];
  let [aAt, bAt, left, arrived] = [0, 0, 0, 0];
  for (const box of changes) {
    if (aAt < box.aFrom) append(segments, sameFrom(aAt, bAt, box.aFrom - aAt));
    const [firstLeft, firstArrived] = [left, arrived];
    while ((leaving[left]?.a.from ?? texts.a.length) < box.aTo) left++;
    while ((arriving[arrived]?.b.from ?? texts.b.length) < box.bTo) arrived++;
    if (left === firstLeft && arrived === firstArrived) segments.push(changeOf(box, b));
    else {
      const told = layMoves(
        texts,
        box,
        leaving.slice(firstLeft, left),
        arriving.slice(firstArrived, arrived),
        b,
      );
      for (const segment of told) append(segments, segment);
    }
    [aAt, bAt] = [box.aTo, box.bTo];
  }
  if (aAt < texts.a.length) append(segments, sameFrom(aAt, bAt, texts.a.length - aAt));
  return segments;
}

function sameFrom(a: number, b: number, length: number): Plain {
  return { kind: 'same', a: { from: a, to: a + length }, b: { from: b, to: b + length } };
}

function changeOf(box: Box, text: Tokens): Plain {
  const a = { from: box.aFrom, to: box.aTo };
  const b = { from: box.bFrom, to: box.bTo };
  if (b.from === b.to) return { kind: 'deleted', a, b };
  return { kind: a.from === a.to ? 'inserted' : 'replaced', a, b, reading: spacedTextOf(text, b) };
}

function passageOf(move: Move, id: number, b: Tokens): Moved {
  const box = extentOf(move);
  const edits = cut(box, move);
  const inside = [
    ...move.map((piece) => sameFrom(piece.a, piece.b, piece.length)),
    ...edits.map((edit) => changeOf(edit, b)),
  ].sort((one, other) => one.a.from - other.a.from || one.b.from - other.b.from);
  return {
    kind: 'moved',
    id,
    end: 'to',
    a: { from: box.aFrom, to: box.aTo },
    b: { from: box.bFrom, to: box.bTo },
    inside,
  };
}

/** In a change with moves the longest rests of either side replace one another; all else is simply gone or new. What was is told before what is. */
function layMoves(
  texts: Interned,
  box: Box,
  leaving: readonly Moved[],
  arriving: readonly Moved[],
  b: Tokens,
): Segment[] {
  const was = partsOf({ from: box.aFrom, to: box.aTo }, leaving, (moved) => moved.a);
  const is = partsOf({ from: box.bFrom, to: box.bTo }, arriving, (moved) => moved.b);
  const [old, fresh] = [longestRest(was), longestRest(is)];
  const segments: Segment[] = [];
  let { aFrom: aAt, bFrom: bAt } = box;
  const tellWas = ({ from, to, moved }: Part): void => {
    segments.push(moved ?? changeOf({ aFrom: from, aTo: to, bFrom: bAt, bTo: bAt }, b));
    aAt = to;
  };
  const tellIs = ({ from, to, moved }: Part): void => {
    segments.push(moved ?? changeOf({ aFrom: aAt, aTo: aAt, bFrom: from, bTo: to }, b));
    bAt = to;
  };
  if (old === undefined || fresh === undefined) {
    was.forEach(tellWas);
    is.forEach(tellIs);
    return segments;
  }
  was.slice(0, was.indexOf(old)).forEach(tellWas);
  is.slice(0, is.indexOf(fresh)).forEach(tellIs);
  segments.push(...replacement(texts, { aFrom: old.from, aTo: old.to, bFrom: fresh.from, bTo: fresh.to }, b));
  [aAt, bAt] = [old.to, fresh.to];
  was.slice(was.indexOf(old) + 1).forEach(tellWas);
  is.slice(is.indexOf(fresh) + 1).forEach(tellIs);
  return segments;
}

/** Words at either edge that seemed part of a greater change are the same again once the moved passage is out of it. */
function replacement({ a, b }: Interned, box: Box, text: Tokens): Plain[] {
  let { aFrom, aTo, bFrom, bTo } = box;
  while (aFrom < aTo && bFrom < bTo && a[aFrom] === b[bFrom]) [aFrom, bFrom] = [aFrom + 1, bFrom + 1];
  while (aFrom < aTo && bFrom < bTo && a[aTo - 1] === b[bTo - 1]) [aTo, bTo] = [aTo - 1, bTo - 1];
  const segments: Plain[] = [];
  if (box.aFrom < aFrom) segments.push(sameFrom(box.aFrom, box.bFrom, aFrom - box.aFrom));
  if (aFrom < aTo || bFrom < bTo) segments.push(changeOf({ aFrom, aTo, bFrom, bTo }, text));
  if (aTo < box.aTo) segments.push(sameFrom(aTo, bTo, box.aTo - aTo));
  return segments;
}

function append(segments: Segment[], next: Segment): void {
  const last = segments.at(-1);
  if (last?.kind !== 'same' || next.kind !== 'same') segments.push(next);
  else segments[segments.length - 1] = sameFrom(last.a.from, last.b.from, next.a.to - last.a.from);
}

/** A moved passage, or what stands between two of them. */
interface Part extends Span {
  readonly moved?: Moved;
}

function partsOf(whole: Span, passages: readonly Moved[], place: (moved: Moved) => Span): Part[] {
  const parts: Part[] = [];
  let at = whole.from;
  for (const moved of passages) {
    const { from, to } = place(moved);
    if (at < from) parts.push({ from: at, to: from });
    parts.push({ from, to, moved });
    at = to;
  }
  if (at < whole.to) parts.push({ from: at, to: whole.to });
  return parts;
}

function longestRest(parts: readonly Part[]): Part | undefined {
  return parts
    .filter((part) => part.moved === undefined)
    .reduce<Part | undefined>(
      (longest, part) => (longest && longest.to - longest.from >= part.to - part.from ? longest : part),
      undefined,
    );
}
