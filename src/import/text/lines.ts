import { type Block, isDivider, type Line, paragraph, sceneBreak } from '../../html.ts';
import { labelOf } from '../header/labels.ts';

/** A line of a text file: its words, white space folded; how far it is indented; its number, from 1. */
export interface TextLine {
  readonly text: string;
  readonly indent: number;
  readonly number: number;
}

/** The lines of a text, whatever ends them; form feeds count as empty lines, control characters are dropped. */
export function linesOf(text: string): readonly TextLine[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n|\u0085|\u2028|\u2029/)
    .map((line, i) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: files from old systems hold them.
      const plain = line.replace(/[\u0000-\u0008\u000e-\u001f\u007f\ufffe\uffff]/g, '');
      const indent = /^[\s\u00a0]*/.exec(plain.replace(/\t/g, '    '))?.[0].length ?? 0;
      return { text: plain.trim().replace(/[ \t\f\v]+/g, ' '), indent, number: i + 1 };
    });
}

/** Lines without an empty one between them, and how many empty ones stand before. */
interface Group {
  readonly lines: readonly TextLine[];
  readonly gap: number;
}

/** How a text was laid out. */
export interface Layout {
  /** The column at which lines were broken by a machine; null where lines were broken by people. */
  readonly wrappedAt: number | null;
  /** Whether every line is a paragraph, with no empty lines between. */
  readonly lineByLine: boolean;
  /** The number of empty lines between paragraphs; more of them part scenes. */
  readonly gap: number;
}

/** Finds the layout of a text from all its lines. */
export function layoutOf(lines: readonly TextLine[]): Layout {
  const groups = groupsOf(lines);
  const gaps = new Map<number, number>();
  for (const { gap } of groups.slice(1)) gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
  const gap = [...gaps].sort(([a, n], [b, m]) => m - n || a - b)[0]?.[0] ?? 1;
  const wrappedAt = wrapOf(groups);
  const inside = groups.flatMap(({ lines: own }) => own.slice(0, -1));
  const long = inside.filter((l) => l.text.length > 60).length;
  const lineByLine =
    inside.some((l) => l.text.length > 100) && long > inside.length / 2 && inside.length > groups.length;
  return { wrappedAt, lineByLine, gap: lineByLine ? 0 : gap };
}

/**
 * The lines as blocks: paragraphs, and a break between scenes where more empty lines stand than between paragraphs.
 * Machine-broken lines are joined; lines that a machine would not have broken there stay lines.
 */
export function blocksOfLines(lines: readonly TextLine[], layout: Layout): readonly Block[] {
  const blocks: Block[] = [];
  for (const { lines: own, gap } of groupsOf(lines)) {
    const isBreak = blocks.length > 0 && gap > layout.gap && blocks.at(-1)?.kind !== 'break';
    const made = layout.lineByLine ? own.map((l) => numbered([l])) : paragraphsOf(own, layout);
    if (isBreak && made[0]?.kind !== 'break') blocks.push({ ...sceneBreak, line: own[0]?.number ?? null });
    for (const block of made) blocks.push(block);
  }
  return blocks;
}

function groupsOf(lines: readonly TextLine[]): readonly Group[] {
  const groups: { lines: TextLine[]; gap: number }[] = [];
  let gap = 0;
  let open = false;
  for (const line of lines) {
    if (line.text === '') {
      gap++;
      open = false;
    } else if (open) groups.at(-1)?.lines.push(line);
    else {
      groups.push({ lines: [line], gap });
      [open, gap] = [true, 0];
    }
  }
  return groups;
}

/**
 * A text is broken by a machine when nearly every line that is followed by another could not have taken that one's
 * first word as well: then the length of the longest lines is the column.
 */
function wrapOf(groups: readonly Group[]): number | null {
  const pairs = groups
    .flatMap(({ lines }) => lines.slice(1).map((next, i) => ({ line: lines[i] ?? next, next })))
    .filter(({ line, next }) => !isLabelled(line) && !isLabelled(next));
  const widths = pairs.map(({ line }) => widthOf(line)).sort((a, b) => a - b);
  const column = widths[Math.floor(widths.length * 0.95)] ?? 0;
  if (pairs.length < 4 || column < 40 || column > 100) return null;
  const full = pairs.filter(({ line, next }) => isFull(line, next, column)).length;
  return full >= pairs.length * 0.8 ? column : null;
}

function widthOf(line: TextLine): number {
  return line.indent + line.text.length;
}

function isFull(line: TextLine, next: TextLine, column: number): boolean {
  return widthOf(line) + 1 + (/^\S+/.exec(next.text)?.[0].length ?? 0) > column - 2;
}

function paragraphsOf(lines: readonly TextLine[], layout: Layout): readonly Block[] {
  const { wrappedAt } = layout;
  if (wrappedAt === null) {
    // Typewriter style: each paragraph a line, set in by a tab or blanks. Short lines set in are verse.
    const after = lines.slice(1);
    const setIn = after.every((l) => l.indent >= 2) && lines.some((l) => l.text.length > 60);
    return split(lines.map((l) => ({ text: l.text, number: l.number, starts: setIn })));
  }
  const joined: Joined[] = [];
  const isHeader = isLabelled(lines[0]);
  for (const [i, line] of lines.entries()) {
    const before = lines[i - 1];
    const last = joined.at(-1);
    const indented = before !== undefined && line.indent >= 2 && line.indent > before.indent;
    const joins = before !== undefined && isFull(before, line, wrappedAt) && !isDivider(line.text);
    if (last !== undefined && joins && !indented && !(isHeader && isLabelled(line)))
      last.text = join(last.text, line.text);
    else
      joined.push({ text: line.text, number: line.number, starts: indented && lines[i + 1]?.indent === 0 });
  }
  return split(joined);
}

function isLabelled(line: TextLine | undefined): boolean {
  return (labelOf(line?.text ?? '')?.fields.length ?? 0) > 0;
}

/** Where in the file the lines of the blocks made here stand. */
const numbers = new WeakMap<Line, number>();

/** The number of a line that `blocksOfLines` made; null for others. */
export function lineNumber(line: Line): number | null {
  return numbers.get(line) ?? null;
}

function numbered(lines: readonly Pick<TextLine, 'text' | 'number'>[]): Block {
  const block = paragraph(
    lines.map((l) => l.text),
    lines[0]?.number ?? null,
  );
  for (const [i, line] of block.lines.entries()) numbers.set(line, lines[i]?.number ?? 0);
  return block;
}

interface Joined {
  text: string;
  readonly number: number;
  /** Whether it begins a paragraph by its indentation. */
  readonly starts: boolean;
}

/** Paragraphs of lines; a mark between scenes is one of its own. */
function split(lines: readonly Joined[]): readonly Block[] {
  const blocks: Joined[][] = [];
  let fresh = true;
  for (const line of lines) {
    const divides = isDivider(line.text);
    if (fresh || divides || line.starts) blocks.push([line]);
    else blocks.at(-1)?.push(line);
    fresh = divides;
  }
  return blocks.map(numbered);
}

/** A hyphen or dash at the end of a line parts no words. */
function join(before: string, after: string): string {
  return /\p{L}-$|--$|—$/u.test(before) && /^[\p{L}“"‘']/u.test(after)
    ? before + after
    : `${before} ${after}`;
}
