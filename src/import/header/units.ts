import { byTag, type Element, findAll, isElement } from '../../dom.ts';
import { type Block, cleanBlocks, type Line, parsePage } from '../../html.ts';
import { labelOf } from './labels.ts';
import { paragraphOf, withLines } from './markup.ts';

/** Headers are sought in so many blocks; the longest known author's note has fewer paragraphs. */
const mostBlocks = 120;

/** One line of the head of a text, with the block it belongs to. */
export interface Unit {
  readonly line: Line;
  /** The block of the text it came from, and its part where a table or quotation was opened. */
  readonly block: number;
  readonly part: Block;
  readonly break: boolean;
  readonly source: number | null;
}

/** The lines at the head of a text; tables, lists and quotations that hold labels are opened. */
export function unitsOf(blocks: readonly Block[], lineOf?: (line: Line) => number | null): readonly Unit[] {
  const units: Unit[] = [];
  for (const [block, whole] of blocks.slice(0, mostBlocks).entries()) {
    for (const part of whole.kind === 'other' ? opened(whole) : [whole]) {
      const isBreak = part.kind === 'break';
      for (const line of part.lines) {
        units.push({ line, block, part, break: isBreak, source: lineOf?.(line) ?? part.line });
      }
    }
  }
  return units;
}

/** The rows of a table, items of a list or paragraphs of a quotation, as paragraphs; else the block itself. */
function opened(block: Block): readonly Block[] {
  const [line] = block.lines;
  if (line === undefined || !/^<(?:table|blockquote|ul|ol|dl)\b/.test(line.html)) return [block];
  if (
    !block.lines.some((l) =>
      l.text.split('\n').some((t) => labelOf(t)?.fields.length || labelOf(`${t}:`)?.fields.length),
    )
  )
    return [block];
  const body = findAll(parsePage(line.html), byTag('body'))[0];
  const root = body?.childNodes.find(isElement);
  if (root === undefined) return [block];
  const rows = findAll(root, byTag('tr', 'li', 'dt'));
  const inside = rows.length === 0 ? cleanBlocks(root.childNodes) : rows.flatMap(rowOf);
  return inside.map((b) => ({ ...b, line: block.line }));
}

function rowOf(row: Element): readonly Block[] {
  if (row.tagName === 'li') return cleanBlocks(row.childNodes);
  const cells = row.tagName === 'tr' ? row.childNodes.filter(isElement) : [row, ...definitionsOf(row)];
  const blocks = cells.map((cell) => cleanBlocks(cell.childNodes));
  // Lists, rules and the like cannot be lines of one paragraph.
  if (blocks.flat().some((b) => b.kind !== 'paragraph' && b.kind !== 'heading')) return blocks.flat();
  const [head, ...others] = blocks.map((inCell) => inCell.flatMap((b) => b.lines));
  const value = others.flat();
  const label = head?.[0];
  if (label === undefined || value[0] === undefined || head?.length !== 1)
    return [paragraphOf([...(head ?? []), ...value])];
  const sign = /[:：]\s*$/.test(label.text) || !labelOf(`${label.text}:`)?.fields.length ? ' ' : ': ';
  const first = { html: label.html + sign + value[0].html, text: label.text + sign + value[0].text };
  return [paragraphOf([first, ...value.slice(1)])];
}

function definitionsOf(term: Element): readonly Element[] {
  const siblings = (term.parentNode?.childNodes ?? []).filter(isElement);
  const after = siblings.slice(siblings.indexOf(term) + 1);
  const next = after.findIndex((e) => e.tagName === 'dt');
  return next < 0 ? after : after.slice(0, next);
}

/** The text without its first `used` units; a block that was cut keeps its tags. */
export function restOf(blocks: readonly Block[], units: readonly Unit[], used: number): readonly Block[] {
  if (used === 0) return blocks;
  const next = units[used];
  if (next === undefined) return blocks.slice(Math.min(blocks.length, mostBlocks));
  const before = units[used - 1];
  if (before === undefined || before.block !== next.block) return blocks.slice(next.block);
  const left = units.slice(used).filter((u) => u.block === next.block);
  const parts = [...new Set(left.map((u) => u.part))].map((part) =>
    withLines(
      part,
      left.filter((u) => u.part === part).map((u) => u.line),
    ),
  );
  return [...parts, ...blocks.slice(next.block + 1)];
}
