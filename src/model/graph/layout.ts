/**
 * A directed graph laid out in layers, for the map of a story: everything leads downwards, but for ways back.
 * The way: ways back put aside → layers by longest path → long edges cut into pieces → order within layers by the
 * barycentre of neighbours → places by least squares (pool adjacent violators).
 */

/** The sizes a map is laid out by, in any unit: what comes out has the same. */
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

/** A map: its size, and where everything on it stands. */
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
  layer: number;
  readonly above: Cell[];
  readonly below: Cell[];
  x: number;
  /** Where its neighbours would have it, while a row is sorted. */
  wanted: number;
  /** How far it must at least stand from the first of its row. */
  offset: number;
}

interface Node extends Cell {
  readonly key: string;
  readonly out: Edge[];
  /** How far the walk has come with it. */
  walked: 'not' | 'begun' | 'done';
}

interface Edge {
  readonly from: Node;
  readonly to: Node;
  isBack: boolean;
  /** The cells it goes through, its ends included; undefined where it leads back or far. */
  way: readonly Cell[] | undefined;
}

/** Lays out a graph. Edges that name unknown nodes are left out. The same input gives the same picture. */
export function layOut(
  keys: readonly string[],
  edges: readonly (readonly [from: string, to: string])[],
  options: LayoutOptions,
): Layout {
  if (keys.length === 0) return { width: 0, height: 0, nodes: [], edges: [] };
  const { nodes, sound } = graphOf(keys, edges);
  const order = walk(nodes);
  putInLayers(order);
  putBelow(nodes, sound);
  for (const edge of sound) lead(edge);
  const rows = rowsOf(nodes);
  arrange(rows);
  place(rows, options);
  return draw(rows, order, sound, options);
}

function graphOf(
  keys: readonly string[],
  edges: readonly (readonly [from: string, to: string])[],
): { readonly nodes: readonly Node[]; readonly sound: readonly Edge[] } {
  const byKey = new Map<string, Node>();
  for (const key of keys) byKey.set(key, { ...cell(key, 0), key, out: [], walked: 'not' });
  const sound: Edge[] = [];
  for (const [from, to] of edges) {
    const [head, foot] = [byKey.get(from), byKey.get(to)];
    if (head === undefined || foot === undefined) continue;
    const edge = { from: head, to: foot, isBack: false, way: undefined };
    head.out.push(edge);
    sound.push(edge);
  }
  return { nodes: [...byKey.values()], sound };
}

function cell(key: string | null, layer: number): Cell {
  return { key, layer, above: [], below: [], x: 0, wanted: 0, offset: 0 };
}

/** Every node in topological order once the edges that lead back to a node on the way are put aside. Not recursive. */
function walk(nodes: readonly Node[]): readonly Node[] {
  const order: Node[] = [];
  for (const root of nodes) {
    if (root.walked !== 'not') continue;
    const stack = [{ node: root, next: 0 }];
    root.walked = 'begun';
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      // The last edge first, so that in the reversed order of leaving the first edge comes first.
      const edge = top.node.out[top.node.out.length - 1 - top.next++];
      if (edge === undefined) {
        order.push(top.node);
        top.node.walked = 'done';
        stack.pop();
      } else if (edge.to.walked === 'begun') {
        edge.isBack = true;
      } else if (edge.to.walked === 'not') {
        edge.to.walked = 'begun';
        stack.push({ node: edge.to, next: 0 });
      }
    }
  }
  return order.reverse();
}

/** Each node stands a layer below the lowest that leads to it. */
function putInLayers(order: readonly Node[]): void {
  for (const node of order) {
    for (const { to, isBack } of node.out) if (!isBack) to.layer = Math.max(to.layer, node.layer + 1);
  }
}

/** This many nodes without any edge stand in a row. */
const loosePerRow = 5;

/** Nodes nothing leads to or from stand in rows below all others. */
function putBelow(nodes: readonly Node[], edges: readonly Edge[]): void {
  const joined = new Set(edges.flatMap(({ from, to }) => [from, to]));
  let below = 0;
  for (const node of joined) below = Math.max(below, node.layer + 1);
  const loose = nodes.filter((node) => !joined.has(node));
  for (const [i, node] of loose.entries()) node.layer = below + Math.floor(i / loosePerRow);
}

/** Leads an edge through a piece in each layer between, each joined to the next; not one that leads back or far. */
function lead(edge: Edge): void {
  const { from, to, isBack } = edge;
  if (isBack || to.layer - from.layer > longest) return;
  const way: Cell[] = [from];
  for (let layer = from.layer + 1; layer < to.layer; layer++) way.push(cell(null, layer));
  way.push(to);
  for (let i = 1; i < way.length; i++) {
    const [upper, lower] = [way[i - 1], way[i]];
    if (upper === undefined || lower === undefined) continue;
    upper.below.push(lower);
    lower.above.push(upper);
  }
  edge.way = way;
}

/** The cells of each layer, nodes in the order they were given and the pieces of an edge after where it comes from. */
function rowsOf(nodes: readonly Node[]): Cell[][] {
  const rows: Cell[][] = [];
  const put = (c: Cell): void => {
    const row = rows[c.layer];
    if (row === undefined) rows[c.layer] = [c];
    else row.push(c);
  };
  for (const node of nodes) {
    put(node);
    for (const { way } of node.out) for (const c of way?.slice(1, -1) ?? []) put(c);
  }
  return rows;
}

/** Does something with each row, downwards and upwards by turns, for so many sweeps. */
function sweep(rows: readonly Cell[][], each: (row: Cell[], down: boolean) => void): void {
  for (let turn = 0; turn < sweeps; turn++) {
    const down = turn % 2 === 0;
    for (let i = 0; i < rows.length; i++) each(rows[down ? i : rows.length - 1 - i] ?? [], down);
  }
}

/** Sorts each layer by where its neighbours stand, so that few edges cross. */
function arrange(rows: readonly Cell[][]): void {
  for (const row of rows) number(row);
  sweep(rows, (row, down) => {
    if (row.length < 2) return;
    for (const c of row) c.wanted = middle(down ? c.above : c.below, c.x);
    row.sort((one, other) => one.wanted - other.wanted);
    number(row);
  });
}

/** The place in its row, as a share of it: rows of different lengths compare. */
function number(row: readonly Cell[]): void {
  for (let i = 0; i < row.length; i++) {
    const c = row[i];
    if (c !== undefined) c.x = (i + 0.5) / row.length;
  }
}

/** The middle of cells; `otherwise` of none. */
function middle(cells: readonly Cell[], otherwise: number): number {
  if (cells.length === 0) return otherwise;
  let sum = 0;
  for (const c of cells) sum += c.x;
  return sum / cells.length;
}

/** Moves every cell as near to the middle of its neighbours as the order and the room between nodes allow. */
function place(rows: readonly Cell[][], options: LayoutOptions): void {
  for (const row of rows) {
    setOffsets(row, options);
    const half = (row.at(-1)?.offset ?? 0) / 2;
    for (const c of row) c.x = c.offset - half;
  }
  sweep(rows, (row, down) => {
    for (const c of row) c.wanted = middle(down ? c.above : c.below, c.x) - c.offset;
    settle(row);
  });
}

function setOffsets(row: readonly Cell[], { nodeWidth, gap }: LayoutOptions): void {
  let before: Cell | undefined;
  for (const c of row) {
    const widths =
      (c.key === null ? 0 : nodeWidth) + (before === undefined || before.key === null ? 0 : nodeWidth);
    c.offset = before === undefined ? 0 : before.offset + (gap + widths / 2);
    before = c;
  }
}

/**
 * Places the cells of a row where they are nearest to where they are wanted by least squares, each as far from the
 * first as it must be: the numbers that never fall and are nearest to those wanted (Ayer et al. 1955).
 */
function settle(row: readonly Cell[]): void {
  const pools: { sum: number; count: number }[] = [];
  for (const { wanted } of row) {
    let pool = { sum: wanted, count: 1 };
    for (let last = pools.at(-1); last !== undefined; last = pools.at(-1)) {
      if (last.sum / last.count <= pool.sum / pool.count) break;
      pools.pop();
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count };
    }
    pools.push(pool);
  }
  let at = 0;
  for (const { sum, count } of pools) {
    for (const end = at + count; at < end; at++) {
      const c = row[at];
      if (c !== undefined) c.x = sum / count + c.offset;
    }
  }
}

function draw(
  rows: readonly Cell[][],
  nodes: readonly Node[],
  edges: readonly Edge[],
  { nodeWidth, nodeHeight, gap, layerGap }: LayoutOptions,
): Layout {
  const half = nodeWidth / 2;
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows) {
    for (const { key, x } of row) {
      left = Math.min(left, key === null ? x : x - half);
      right = Math.max(right, key === null ? x : x + half);
    }
  }
  const point = (c: Cell, end: -1 | 0 | 1) => ({
    x: Math.round(c.x - left),
    y: Math.round(c.layer * (nodeHeight + layerGap) + nodeHeight / 2 + (end * nodeHeight) / 2),
  });
  let lanes = 0;
  const lane = (): number => Math.round(right - left + gap + (lanes++ % 12) * 8);
  const placed = edges.map(({ from, to, way, isBack }): PlacedEdge => {
    const ends = { from: from.key, to: to.key };
    if (way !== undefined) {
      const points = way.map((c) => (c.key === null ? point(c, 0) : point(c, c === from ? 1 : -1)));
      return { ...ends, kind: 'on', points };
    }
    const [start, end] = [point(from, 0), point(to, 0)];
    const x = lane();
    const points = [
      { x: start.x + half, y: start.y },
      { x, y: start.y },
      { x, y: end.y },
      { x: end.x + half, y: end.y },
    ];
    return { ...ends, kind: isBack ? 'back' : 'far', points };
  });
  return {
    width: Math.round(right - left) + (lanes === 0 ? 0 : gap + Math.min(lanes, 12) * 8),
    height: rows.length * (nodeHeight + layerGap) - layerGap,
    nodes: nodes.map((node) => ({ key: node.key, ...point(node, 0) })),
    edges: placed,
  };
}
