import { align } from './compare/align.ts';
import { budgetOf } from './compare/budget.ts';

/*
 * Two texts that came of one, brought together block by block (three-way, as `diff3`): what one side changed is taken,
 * what both changed alike too; where both changed the same blocks otherwise, a person must choose. Texts that are too
 * different to be looked through are taken as changed throughout, so a person chooses between the two.
 */

/** A stretch of the three texts; each of the runs may be empty. */
export interface Stretch {
  /** Who changed it: nobody, one side, both alike, or both otherwise (`clash`). */
  readonly by: 'nobody' | 'mine' | 'theirs' | 'both' | 'clash';
  readonly base: readonly string[];
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
}

/** The stretches of three texts, in order: `base` is what both began with. Blocks are equal when their strings are. */
export function mergeBlocks(
  base: readonly string[],
  mine: readonly string[],
  theirs: readonly string[],
): readonly Stretch[] {
  const stretches: Stretch[] = [];
  const at = { base: 0, mine: 0, theirs: 0 };
  const push = (by: Stretch['by'], to: typeof at): void => {
    const run = {
      base: base.slice(at.base, to.base),
      mine: mine.slice(at.mine, to.mine),
      theirs: theirs.slice(at.theirs, to.theirs),
    };
    Object.assign(at, to);
    if (run.base.length + run.mine.length + run.theirs.length > 0) stretches.push({ by, ...run });
  };
  for (const { from, to, mine: m, theirs: t } of regions(hunksOf(base, mine), hunksOf(base, theirs))) {
    const kept = from - at.base;
    push('nobody', { base: from, mine: at.mine + kept, theirs: at.theirs + kept });
    const next = {
      base: to,
      mine: at.mine + (to - from) + m.grown,
      theirs: at.theirs + (to - from) + t.grown,
    };
    push(
      whose(m.changed, t.changed, mine.slice(at.mine, next.mine), theirs.slice(at.theirs, next.theirs)),
      next,
    );
  }
  push('nobody', { base: base.length, mine: mine.length, theirs: theirs.length });
  return stretches;
}

/** The text of both sides; where they clash, theirs and then mine: no word of either is missing. */
export function mergedBlocks(stretches: readonly Stretch[]): readonly string[] {
  return stretches.flatMap(({ by, mine, theirs }) => {
    if (by === 'clash') return [...theirs, ...without(mine, theirs)];
    return by === 'theirs' ? theirs : mine;
  });
}

/** Blocks without those that others have too, each as often as they have it. */
function without(blocks: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const block of others) left.set(block, (left.get(block) ?? 0) + 1);
  return blocks.filter((block) => {
    const times = left.get(block) ?? 0;
    left.set(block, times - 1);
    return times <= 0;
  });
}

/** Whether nobody needs to choose. */
export function mergesCleanly(stretches: readonly Stretch[]): boolean {
  return stretches.every(({ by }) => by !== 'clash');
}

function whose(m: boolean, t: boolean, mine: readonly string[], theirs: readonly string[]): Stretch['by'] {
  if (!m) return 'theirs';
  if (!t) return 'mine';
  return mine.length === theirs.length && mine.every((block, i) => block === theirs[i]) ? 'both' : 'clash';
}

/** Blocks of the base, from one to before another, that became others; `grown` by so many. */
interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly grown: number;
}

/** Looks at pairs of blocks: a few tenths of a second. */
const mostWork = 10_000_000;

function hunksOf(base: readonly string[], side: readonly string[]): readonly Hunk[] {
  const numbers = new Map<string, number>();
  const numbered = (blocks: readonly string[]): Int32Array =>
    Int32Array.from(blocks, (block) => {
      const number = numbers.get(block) ?? numbers.size;
      numbers.set(block, number);
      return number;
    });
  const [a, b] = [numbered(base), numbered(side)];
  const partners = align({ a, b, size: numbers.size }, budgetOf(mostWork));
  const hunks: Hunk[] = [];
  let [from, start] = [0, 0];
  for (let to = 0; to <= a.length; to++) {
    const end = to < a.length ? (partners[to] ?? -1) : b.length;
    if (end < 0) continue;
    if (to > from || end > start) hunks.push({ from, to, grown: end - start - (to - from) });
    [from, start] = [to + 1, end + 1];
  }
  return hunks;
}

interface Region {
  readonly from: number;
  readonly to: number;
  readonly mine: { readonly changed: boolean; readonly grown: number };
  readonly theirs: { readonly changed: boolean; readonly grown: number };
}

/** Changes of both sides in order, those that touch the same blocks as one. */
function regions(mine: readonly Hunk[], theirs: readonly Hunk[]): readonly Region[] {
  const all = [
    ...mine.map((hunk) => ({ ...hunk, isMine: true })),
    ...theirs.map((hunk) => ({ ...hunk, isMine: false })),
  ].sort((a, b) => a.from - b.from || a.to - b.to);
  const found: Region[] = [];
  for (const { from, to, grown, isMine } of all) {
    const last = found.at(-1);
    const one = { changed: true, grown };
    const none = { changed: false, grown: 0 };
    if (last === undefined || !meets(last, { from, to })) {
      found.push({ from, to, mine: isMine ? one : none, theirs: isMine ? none : one });
      continue;
    }
    const added = (side: Region['mine'], is: boolean) =>
      is ? { changed: true, grown: side.grown + grown } : side;
    found[found.length - 1] = {
      from: last.from,
      to: Math.max(last.to, to),
      mine: added(last.mine, isMine),
      theirs: added(last.theirs, !isMine),
    };
  }
  return found;
}

/** Whether a change touches blocks of the one before it, or both put something in at one place. */
function meets(
  before: { readonly from: number; readonly to: number },
  next: { readonly from: number; readonly to: number },
): boolean {
  const bothPutIn = before.from === before.to && next.from === next.to && before.from === next.from;
  return bothPutIn || next.from < before.to;
}
