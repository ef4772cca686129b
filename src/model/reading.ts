import type { StoryGraph } from './graph/graph.ts';

/**
 * What is counted of how a work is read, each once for one reader on one day. `key` is, in turn: nothing; a passage;
 * a passage; two passages with a space between; the same; nothing; the name of a format.
 *
 * - `reading`: someone read in the work at all.
 * - `passage`: someone opened a passage.
 * - `begun`: she came to it from outside the story, such as from the table of contents.
 * - `first`: she went on from one passage to another, and had not gone on from there before.
 * - `again`: she went on another way than the one she had taken first.
 * - `whole`: she opened the whole story on one page.
 * - `file`: she took a file of it.
 */
export const countKinds = ['reading', 'passage', 'begun', 'first', 'again', 'whole', 'file'] as const;
export type CountKind = (typeof countKinds)[number];

/** How often something was counted. */
export interface Counted {
  readonly kind: CountKind;
  readonly key: string;
  readonly times: number;
}

/** How often something of one work was counted on one day (`2026-05-28`, UTC), or in one month (`2026-05`) where that is long ago. */
export interface DayCounted extends Counted {
  readonly workId: string;
  readonly day: string;
}

/** One opening of a page, as far as it is known when it is counted. */
export interface Opening {
  readonly kind: 'passage' | 'whole' | 'file';
  /** The passage, or the name of the format. */
  readonly key: string;
  /** The passage of the same work from which a reader came. */
  readonly from: string | null;
}

/**
 * What an opening adds to the counts of a work. `isFirst` says whether something is done for the first time by this
 * reader today, and remembers that it was. A passage the story does not have adds nothing.
 */
export function countsOf(
  graph: StoryGraph,
  { kind, key, from }: Opening,
  isFirst: (what: string) => boolean,
): readonly Omit<Counted, 'times'>[] {
  if (kind === 'file') return isFirst(`file ${key}`) ? [{ kind, key }] : [];
  if (kind === 'passage' && graph.passage(key) === undefined) return [];
  const counts: Omit<Counted, 'times'>[] = [];
  const count = (what: CountKind, of: string): void => {
    if (isFirst(`${what} ${of}`)) counts.push({ kind: what, key: of });
  };
  count('reading', '');
  count(kind, key);
  if (kind === 'whole') return counts;
  const way = wayTaken(graph, from, key);
  if (way === undefined) {
    if (from === null && counts.some((c) => c.kind === 'passage')) counts.push({ kind: 'begun', key });
  } else if (isFirst(`way ${way.from} ${key}`)) {
    const isOfMany = way.isReturn || !isFirst(`on ${way.from}`);
    counts.push({ kind: isOfMany ? 'again' : 'first', key: `${way.from} ${key}` });
  }
  return counts;
}

/**
 * The way by which someone comes from one passage to another: a step of the story, or the way back into a fork by the
 * cards that stand after each ending. Undefined for leaps, as from the contents.
 */
function wayTaken(
  graph: StoryGraph,
  from: string | null,
  to: string,
): { readonly from: string; readonly isReturn: boolean } | undefined {
  if (from === null || graph.passage(from) === undefined) return undefined;
  if (graph.followers(from).includes(to)) return { from, isReturn: false };
  const set = graph.story.variantSets.find((s) => s.branches.some((b) => b.head === to));
  if (set === undefined) return undefined;
  const isOfFellow = graph.branchesOf(from).some((b) => b.set.place === set.place);
  return isOfFellow ? { from: set.place, isReturn: true } : undefined;
}
