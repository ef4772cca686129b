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
  /** Whether it is marked as one: what merely leads nowhere is none. */
  readonly ending: boolean;
}

/** A map ready to be drawn. */
export interface MapPlan {
  readonly nodes: ReadonlyMap<string, MapNode>;
  readonly layout: Layout;
  readonly box: BoxSize;
}

/** The room one box takes, in pixels. */
export type BoxSize = Parameters<typeof layOut>[2];

/** Boxes as they are where there is room; those who write move these. As `size` of public/map.js. */
export const box: BoxSize = { nodeWidth: 148, nodeHeight: 46, gap: 20, layerGap: 40 };
const narrowBox: BoxSize = { nodeWidth: 96, nodeHeight: 52, gap: 10, layerGap: 40 };

/** What is left free around a map, in pixels. */
export const edge = 8;

/** Pixels: the room of the narrowest telephone, and the height a finger needs. */
const telephone = 288;
const finger = 44;

/** Whether a map can be shown whole on a telephone, and its boxes are still not smaller than a finger. */
export function fitsTelephone({ layout, box: { nodeHeight } }: MapPlan): boolean {
  return (layout.width + 2 * edge) * finger <= telephone * nodeHeight;
}

/**
 * Plans the whole map or, `folded`, one in which passages between two forks are one box. Its boxes have the `size` they
 * are given; else they are narrow where that shows the map whole.
 */
export function planMap(told: Told, folded: boolean, size?: BoxSize): MapPlan {
  const { graph } = told;
  const keys = graph.story.passages.map((p) => p.key);
  const whole = { nodes: nodesOf(told, keys), edges: edgesOf(told, keys) };
  const drawing = folded ? fold(whole) : whole;
  return size === undefined ? drawFitting(drawing) : draw(drawing, size);
}

function drawFitting(drawing: Drawing): MapPlan {
  const plan = draw(drawing, box);
  if (fitsTelephone(plan)) return plan;
  const narrow = draw(drawing, narrowBox);
  return fitsTelephone(narrow) ? narrow : plan;
}

interface Drawing {
  readonly nodes: ReadonlyMap<string, MapNode>;
  readonly edges: readonly (readonly [from: string, to: string])[];
}

function draw({ nodes, edges }: Drawing, size: BoxSize): MapPlan {
  return { nodes, layout: layOut([...nodes.keys()], edges, size), box: size };
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
  return drawFitting({ nodes: nodesOf(told, keys), edges: edgesOf(told, keys) });
}

function nodesOf(told: Told, keys: readonly string[]): Map<string, MapNode> {
  const known = branchesOf(told);
  const { graph } = told;
  return new Map(
    keys.map((key): [string, MapNode] => {
      const branch = known.get(key);
      const begins = branch !== undefined && branch.head === key;
      const ending = graph.passage(key)?.ending === true;
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

function fold({ nodes, edges }: Drawing): Drawing {
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
  return { nodes: folded, edges: kept };
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
    return { words: graph.passage(key)?.ending === true ? 'An ending.' : 'The end.', to: [] };
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
