import { type Layout, layOut } from '../../model/graph/layout.ts';
import { branchName } from '../../phrases.ts';
import type { Told } from './story.ts';

/** What one box of the map stands for: a passage, or a run of passages without choices drawn as one. */
export interface MapNode {
  /** The passage it leads to. */
  readonly key: string;
  readonly name: string;
  /** The letter of the innermost branch it belongs to; null on the common way. */
  readonly siglum: string | null;
  /** Whether it begins that branch: only there the letter is written. */
  readonly begins: boolean;
  readonly ending: boolean;
}

/** A map ready to be drawn. */
export interface MapPlan {
  readonly nodes: ReadonlyMap<string, MapNode>;
  readonly layout: Layout;
}

/** The room one box takes, in pixels. */
export const box = { nodeWidth: 148, nodeHeight: 46, gap: 20, layerGap: 40 } as const;

/** Plans the whole map or, `folded`, one in which passages between two forks are one box. */
export function planMap(told: Told, folded: boolean): MapPlan {
  const { graph } = told;
  const keys = graph.story.passages.map((p) => p.key);
  const nodes = nodesOf(told, keys);
  const edges = edgesOf(told, keys);
  return folded ? fold(nodes, edges) : { nodes, layout: layOut([...nodes.keys()], edges, box) };
}

/** Plans a map of the passages nearest to one, no more than `most`. */
export function planAround(told: Told, key: string, most: number): MapPlan {
  const { graph } = told;
  const leaders = new Map<string, string[]>();
  for (const { key: from } of graph.story.passages)
    for (const to of graph.followers(from)) leaders.set(to, [...(leaders.get(to) ?? []), from]);
  const near = new Set([key]);
  for (const at of near) {
    for (const next of [...(leaders.get(at) ?? []), ...graph.followers(at)])
      if (near.size < most) near.add(next);
  }
  const keys = graph.story.passages.flatMap((p) => (near.has(p.key) ? [p.key] : []));
  return { nodes: nodesOf(told, keys), layout: layOut(keys, edgesOf(told, keys), box) };
}

function nodesOf(told: Told, keys: readonly string[]): Map<string, MapNode> {
  const known = branchesOf(told);
  const { graph } = told;
  return new Map(
    keys.map((key): [string, MapNode] => {
      const branch = known.get(key);
      const begins = branch !== undefined && branch.head === key;
      const ending = graph.passage(key)?.ending === true || graph.onward(key).kind === 'end';
      return [key, { key, name: told.nameOf(key), siglum: branch?.siglum ?? null, begins, ending }];
    }),
  );
}

function edgesOf({ graph }: Told, keys: readonly string[]): (readonly [from: string, to: string])[] {
  return keys.flatMap((key) => graph.followers(key).map((to) => [key, to] as const));
}

interface BranchOfPassage {
  readonly siglum: string;
  readonly head: string;
  readonly size: number;
}

const branches = new WeakMap<Told, ReadonlyMap<string, BranchOfPassage>>();

/** The innermost branch of each passage: of those that hold it, the one with the fewest passages. */
export function branchesOf(told: Told): ReadonlyMap<string, BranchOfPassage> {
  const known = branches.get(told);
  if (known !== undefined) return known;
  const found = new Map<string, BranchOfPassage>();
  const { graph } = told;
  for (const set of graph.story.variantSets) {
    for (const { siglum, head } of set.branches) {
      const passages = graph.branchPassages(set, siglum);
      for (const { key } of passages) {
        const before = found.get(key);
        if (before === undefined || before.size > passages.length) {
          found.set(key, { siglum, head, size: passages.length });
        }
      }
    }
  }
  branches.set(told, found);
  return found;
}

/** Shorter runs are drawn whole. */
const shortestRun = 4;

function fold(
  nodes: ReadonlyMap<string, MapNode>,
  edges: readonly (readonly [from: string, to: string])[],
): MapPlan {
  const out = Map.groupBy(edges, ([from]) => from);
  const into = Map.groupBy(edges, ([, to]) => to);
  const isMiddle = (key: string): boolean =>
    out.get(key)?.length === 1 && into.get(key)?.length === 1 && out.get(key)?.[0]?.[1] !== key;
  const inRun = new Map<string, string>();
  const folded = new Map<string, MapNode>();
  for (const [key, node] of nodes) {
    if (inRun.has(key)) continue;
    const run = runFrom(key, out, (next) => isMiddle(next) && nodes.get(next)?.siglum === node.siglum);
    if (!isMiddle(key) || node.begins || run.length < shortestRun) {
      folded.set(key, node);
      continue;
    }
    for (const passed of run) inRun.set(passed, key);
    folded.set(key, { ...node, name: `${run.length} passages` });
  }
  const standsFor = (key: string): string => inRun.get(key) ?? key;
  const kept = edges
    .map(([from, to]) => [standsFor(from), standsFor(to)] as const)
    .filter(([from, to], i) => from !== to || edges[i]?.[0] === edges[i]?.[1]);
  return { nodes: folded, layout: layOut([...folded.keys()], kept, box) };
}

function runFrom(
  key: string,
  out: ReadonlyMap<string, readonly (readonly [string, string])[]>,
  goesOn: (key: string) => boolean,
): readonly string[] {
  const run = new Set([key]);
  for (const at of run) {
    const next = out.get(at)?.[0]?.[1];
    if (next !== undefined && goesOn(next)) run.add(next);
  }
  return [...run];
}

/** Where a passage leads, as the outline says it: addresses are made of the keys. */
interface Lead {
  readonly words: string;
  readonly to: readonly { readonly key: string; readonly name: string; readonly siglum: string | null }[];
}

/** The ways on from a passage in words: “Then”, “You choose”, “Here the story divides”, “The end”. */
export function leadOf(told: Told, key: string): Lead {
  const { graph, nameOf } = told;
  const onward = graph.onward(key);
  if (onward.kind === 'end') {
    return { words: graph.passage(key)?.ending === true ? 'An ending.' : 'It leads nowhere.', to: [] };
  }
  if (onward.kind === 'next') {
    return { words: 'Then', to: [{ key: onward.to, name: nameOf(onward.to), siglum: null }] };
  }
  if (onward.kind === 'choices') {
    const to = onward.choices.map((c) => ({
      key: c.to,
      name: `“${c.label}”: ${nameOf(c.to)}`,
      siglum: null,
    }));
    return { words: to.length === 1 ? 'Then' : 'You choose', to };
  }
  return {
    words: 'Here the story divides',
    to: onward.set.branches.map((branch) => ({
      key: branch.head,
      name: branchName(branch, graph.passage(branch.head)).name,
      siglum: branch.siglum,
    })),
  };
}
