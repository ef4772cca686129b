/**
 * A directed graph laid out in layers, for the map of a story: everything leads downwards, but for ways back.
 * The way: ways back put aside → layers by longest path → long edges cut into pieces → order within layers by the
 * barycentre of neighbours → places by least squares (pool adjacent violators).
 */

export interface LayoutOptions {
  /** In any unit, as everything that comes out: the size of a node and the room between nodes and layers. */
  readonly nodeWidth: number;
  readonly nodeHeight: number;
  readonly gap: number;
  readonly layerGap: number;
}

/** A node and where its middle is. */
export interface PlacedNode {
  readonly key: string;
  readonly x: number;
  readonly y: number;
}

/**
 * An edge and the points it goes through, from the foot of a node to the head of another. `back` leads upwards or to
 * itself, `far` over more layers than are worth going round nodes for: both run along the right side.
 */
export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'on' | 'far' | 'back';
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** Longer edges are not led round the nodes between: a map of 500 nodes would drown in pieces of them. */
const longest = 8;
const sweeps = 8;

/** A node, or a piece of an edge on its way through a layer (`key` null). */
interface Cell {
  readonly key: string | null;
  readonly layer: number;
  readonly above: Cell[];
  readonly below: Cell[];
  x: number;
}

/** Lays out a graph. Edges that name unknown nodes are left out. The same input gives the same picture. */
export function layOut(
  keys: readonly string[],
  edges: readonly (readonly [from: string, to: string])[],
  options: LayoutOptions,
): Layout {
  if (keys.length === 0) return { width: 0, height: 0, nodes: [], edges: [] };
  const known = new Set(keys);
  const sound = edges.filter(([from, to]) => known.has(from) && known.has(to));
  const { order, back } = walk(keys, sound);
  const onward = sound.filter((edge) => !back.has(edge));
  const layers = layersOf(order, onward);
  const joined = new Set(sound.flat());
  putBelow(layers, keys.length > 1 ? keys.filter((key) => !joined.has(key)) : []);
  const cells = new Map(order.map((key) => [key, cell(key, layers.get(key) ?? 0)]));
  const ways = new Map(onward.map((edge) => [edge, wayOf(edge, cells)]));
  const rows = rowsOf(keys, cells, ways);
  arrange(rows);
  place(rows, options);
  return draw(rows, sound, ways, cells, options);
}

function cell(key: string | null, layer: number): Cell {
  return { key, layer, above: [], below: [], x: 0 };
}

type Edge = readonly [from: string, to: string];

/** Every node in topological order once the edges that lead back to a node on the way are put aside. Not recursive. */
function walk(keys: readonly string[], edges: readonly Edge[]): { order: string[]; back: Set<Edge> } {
  const out = new Map<string, Edge[]>(keys.map((key) => [key, []]));
  for (const edge of edges) out.get(edge[0])?.push(edge);
  const state = new Map<string, 'open' | 'done'>();
  const back = new Set<Edge>();
  const order: string[] = [];
  for (const root of keys) {
    if (state.has(root)) continue;
    const stack = [{ key: root, next: 0 }];
    state.set(root, 'open');
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      // The last edge first, so that in the reversed order of leaving the first edge comes first.
      const leaving = out.get(top.key) ?? [];
      const edge = leaving[leaving.length - 1 - top.next++];
      if (edge === undefined) {
        order.push(top.key);
        state.set(top.key, 'done');
        stack.pop();
      } else if (state.get(edge[1]) === 'open') {
        back.add(edge);
      } else if (!state.has(edge[1])) {
        state.set(edge[1], 'open');
        stack.push({ key: edge[1], next: 0 });
      }
    }
  }
  return { order: order.reverse(), back };
}

function layersOf(order: readonly string[], edges: readonly Edge[]): Map<string, number> {
  const layers = new Map(order.map((key) => [key, 0]));
  const out = Map.groupBy(edges, ([from]) => from);
  for (const key of order) {
    for (const [, to] of out.get(key) ?? []) {
      layers.set(to, Math.max(layers.get(to) ?? 0, (layers.get(key) ?? 0) + 1));
    }
  }
  return layers;
}

/** So many nodes without any edge stand in a row. */
const loosePerRow = 5;

/** Nodes nothing leads to or from stand in rows below all others. */
function putBelow(layers: Map<string, number>, loose: readonly string[]): void {
  for (const key of loose) layers.delete(key);
  const first = Math.max(-1, ...layers.values()) + 1;
  for (const [i, key] of loose.entries()) layers.set(key, first + Math.floor(i / loosePerRow));
}

/** The cells an edge goes through, its ends included, joined to one another; undefined for an edge that runs far. */
function wayOf([from, to]: Edge, cells: ReadonlyMap<string, Cell>): readonly Cell[] | undefined {
  const [head, foot] = [cells.get(from), cells.get(to)];
  if (head === undefined || foot === undefined || foot.layer - head.layer > longest) return undefined;
  const between = Array.from({ length: foot.layer - head.layer - 1 }, (_, i) =>
    cell(null, head.layer + i + 1),
  );
  const way = [head, ...between, foot];
  for (const [i, upper] of way.slice(0, -1).entries()) {
    const lower = way[i + 1];
    if (lower === undefined) continue;
    upper.below.push(lower);
    lower.above.push(upper);
  }
  return way;
}

/** The cells of each layer, nodes in the order they were given and the pieces of an edge after where it comes from. */
function rowsOf(
  keys: readonly string[],
  cells: ReadonlyMap<string, Cell>,
  ways: ReadonlyMap<Edge, readonly Cell[] | undefined>,
): Cell[][] {
  const rows: Cell[][] = [];
  const put = (c: Cell): void => {
    const row = rows[c.layer] ?? [];
    rows[c.layer] = row;
    row.push(c);
  };
  const byStart = Map.groupBy(ways, ([[from]]) => from);
  for (const key of keys) {
    const node = cells.get(key);
    if (node !== undefined) put(node);
    for (const [, way] of byStart.get(key) ?? []) for (const c of way?.slice(1, -1) ?? []) put(c);
  }
  return rows;
}

/** Sorts each layer by where its neighbours stand, downwards and upwards by turns, so that few edges cross. */
function arrange(rows: Cell[][]): void {
  for (const row of rows) number(row);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const down = sweep % 2 === 0;
    for (const row of down ? rows : rows.toReversed()) {
      const wanted = new Map(row.map((c) => [c, mean(down ? c.above : c.below) ?? c.x]));
      row.sort((one, other) => (wanted.get(one) ?? 0) - (wanted.get(other) ?? 0));
      number(row);
    }
  }
}

/** The place in its row, as a share of it: rows of different lengths compare. */
function number(row: readonly Cell[]): void {
  for (const [i, c] of row.entries()) c.x = (i + 0.5) / row.length;
}

function mean(cells: readonly Cell[]): number | undefined {
  return cells.length === 0 ? undefined : cells.reduce((sum, c) => sum + c.x, 0) / cells.length;
}

/** Moves every cell as near to the middle of its neighbours as the order and the room between nodes allow. */
function place(rows: readonly Cell[][], options: LayoutOptions): void {
  for (const row of rows) {
    const offsets = offsetsOf(row, options);
    for (const [i, c] of row.entries()) c.x = (offsets[i] ?? 0) - (offsets.at(-1) ?? 0) / 2;
  }
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const down = sweep % 2 === 0;
    for (const row of down ? rows : rows.toReversed()) {
      const offsets = offsetsOf(row, options);
      const wanted = row.map((c, i) => (mean(down ? c.above : c.below) ?? c.x) - (offsets[i] ?? 0));
      for (const [i, x] of rising(wanted).entries()) {
        const c = row[i];
        if (c !== undefined) c.x = x + (offsets[i] ?? 0);
      }
    }
  }
}

/** How far each cell must at least stand from the first of its row. */
function offsetsOf(row: readonly Cell[], { nodeWidth, gap }: LayoutOptions): number[] {
  const offsets: number[] = [];
  let at = 0;
  for (const [i, c] of row.entries()) {
    const before = row[i - 1];
    if (before !== undefined)
      at += gap + ((c.key === null ? 0 : nodeWidth) + (before.key === null ? 0 : nodeWidth)) / 2;
    offsets.push(at);
  }
  return offsets;
}

/** The numbers that never fall and are nearest to those given by least squares (Ayer et al. 1955). */
function rising(values: readonly number[]): number[] {
  const pools: { sum: number; count: number }[] = [];
  for (const value of values) {
    let pool = { sum: value, count: 1 };
    for (let last = pools.at(-1); last !== undefined; last = pools.at(-1)) {
      if (last.sum / last.count <= pool.sum / pool.count) break;
      pools.pop();
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count };
    }
    pools.push(pool);
  }
  return pools.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count));
}

function draw(
  rows: readonly Cell[][],
  edges: readonly Edge[],
  ways: ReadonlyMap<Edge, readonly Cell[] | undefined>,
  cells: ReadonlyMap<string, Cell>,
  { nodeWidth, nodeHeight, gap, layerGap }: LayoutOptions,
): Layout {
  const half = nodeWidth / 2;
  const all = rows.flat();
  const left = Math.min(...all.map((c) => (c.key === null ? c.x : c.x - half)));
  const right = Math.max(...all.map((c) => (c.key === null ? c.x : c.x + half)));
  const point = (c: Cell, end: -1 | 0 | 1) => ({
    x: Math.round(c.x - left),
    y: Math.round(c.layer * (nodeHeight + layerGap) + nodeHeight / 2 + (end * nodeHeight) / 2),
  });
  let lanes = 0;
  const lane = (): number => Math.round(right - left + gap + (lanes++ % 12) * 8);
  const placed = edges.flatMap((edge): PlacedEdge[] => {
    const [from, to] = edge;
    const [head, foot] = [cells.get(from), cells.get(to)];
    if (head === undefined || foot === undefined) return [];
    const way = ways.get(edge);
    if (way !== undefined) {
      const points = way.map((c) => (c.key === null ? point(c, 0) : point(c, c === head ? 1 : -1)));
      return [{ from, to, kind: 'on', points }];
    }
    const [start, end] = [point(head, 0), point(foot, 0)];
    const out = [
      { x: start.x + half, y: start.y },
      { x: end.x + half, y: end.y },
    ] as const;
    const x = lane();
    const points = [out[0], { x, y: start.y }, { x, y: end.y }, out[1]];
    return [{ from, to, kind: ways.has(edge) ? 'far' : 'back', points }];
  });
  return {
    width: Math.round(right - left) + (lanes === 0 ? 0 : gap + Math.min(lanes, 12) * 8),
    height: rows.length * (nodeHeight + layerGap) - layerGap,
    nodes: [...cells].map(([key, c]) => ({ key, ...point(c, 0) })),
    edges: placed,
  };
}
