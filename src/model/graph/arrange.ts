import type { Layout, LayoutOptions, PlacedEdge, PlacedNode } from './layout.ts';

/** Where something was put on a map: the middle of it. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * A layout with some nodes where someone put them. Those without a place find free room below what leads to them, or
 * else where the layout has them. Edges between nodes that stand where they stood keep their way round others; all
 * others go straight.
 */
export function arrange(layout: Layout, given: ReadonlyMap<string, Point>, options: LayoutOptions): Layout {
  if (!layout.nodes.some(({ key }) => given.has(key))) return layout;
  const places = new Map<string, Point>();
  const put = layout.nodes.flatMap(({ key }) => given.get(key) ?? []);
  // The picture begins at its uppermost and leftmost place, wherever that was.
  const [left, top] = [
    Math.min(0, ...put.map(({ x }) => x - options.nodeWidth / 2)),
    Math.min(0, ...put.map(({ y }) => y - options.nodeHeight / 2)),
  ];
  for (const { key } of layout.nodes) {
    const at = given.get(key);
    if (at !== undefined) places.set(key, { x: at.x - left, y: at.y - top });
  }
  const leader = new Map(layout.edges.toReversed().map(({ from, to }) => [to, from]));
  const cells = new Taken([...places.values()], options);
  // From above to below: what leads to a node mostly has a place before it.
  for (const { key, x, y } of layout.nodes.toSorted((a, b) => a.y - b.y)) {
    if (places.has(key)) continue;
    const above = places.get(leader.get(key) ?? '');
    const wish = above === undefined ? { x, y } : { x: above.x, y: above.y + stepDown(options) };
    places.set(key, cells.take(wish));
  }
  const nodes = layout.nodes.map(({ key, x, y }): PlacedNode => ({ key, ...(places.get(key) ?? { x, y }) }));
  const stood = new Map(layout.nodes.map((node) => [node.key, node]));
  const moved = new Set(nodes.filter(({ key, x, y }) => !isAt(stood.get(key), { x, y })).map((n) => n.key));
  const edges = layout.edges.map((edge) =>
    moved.has(edge.from) || moved.has(edge.to) ? drawn(edge, places, options) : edge,
  );
  const points = [
    ...edges.flatMap((edge) => edge.points),
    ...nodes.map(({ x, y }) => ({ x: x + options.nodeWidth / 2, y: y + options.nodeHeight / 2 })),
  ];
  return {
    nodes,
    edges,
    width: Math.max(...points.map(({ x }) => x)),
    height: Math.max(...points.map(({ y }) => y)),
  };
}

function isAt(one: Point | undefined, other: Point): boolean {
  return one?.x === other.x && one.y === other.y;
}

function stepDown({ nodeHeight, layerGap }: LayoutOptions): number {
  return nodeHeight + layerGap;
}

/** The room that is taken, by squares as large as a node: who looks for room looks at nine of them. */
class Taken {
  readonly #squares = new Map<string, Point[]>();
  readonly #options: LayoutOptions;

  constructor(places: readonly Point[], options: LayoutOptions) {
    this.#options = options;
    for (const place of places) this.#put(place);
  }

  /** The first free place at the one wished for, or to the right of it, then below. */
  take(wish: Point): Point {
    const { nodeWidth, gap } = this.#options;
    for (let row = 0; ; row++) {
      for (let column = 0; column < 12; column++) {
        const place = {
          x: wish.x + column * (nodeWidth + gap),
          y: wish.y + row * stepDown(this.#options),
        };
        if (!this.#isFree(place)) continue;
        this.#put(place);
        return place;
      }
    }
  }

  #square({ x, y }: Point, dx = 0, dy = 0): string {
    const { nodeWidth, nodeHeight, gap } = this.#options;
    return `${Math.floor(x / (nodeWidth + gap)) + dx} ${Math.floor(y / (nodeHeight + gap)) + dy}`;
  }

  #put(place: Point): void {
    const square = this.#square(place);
    this.#squares.set(square, [...(this.#squares.get(square) ?? []), place]);
  }

  #isFree(place: Point): boolean {
    const { nodeWidth, nodeHeight, gap } = this.#options;
    for (const dx of [-1, 0, 1])
      for (const dy of [-1, 0, 1])
        for (const { x, y } of this.#squares.get(this.#square(place, dx, dy)) ?? [])
          if (Math.abs(x - place.x) < nodeWidth + gap && Math.abs(y - place.y) < nodeHeight + gap)
            return false;
    return true;
  }
}

/** An edge from the foot of a node to the head of another that stands lower; else round by the right side. */
function drawn(
  { from, to }: PlacedEdge,
  places: ReadonlyMap<string, Point>,
  { nodeWidth, nodeHeight, gap }: LayoutOptions,
): PlacedEdge {
  const [start, end] = [places.get(from) ?? { x: 0, y: 0 }, places.get(to) ?? { x: 0, y: 0 }];
  if (end.y - start.y >= nodeHeight) {
    const points = [
      { x: start.x, y: start.y + nodeHeight / 2 },
      { x: end.x, y: end.y - nodeHeight / 2 },
    ];
    return { from, to, kind: 'on', points };
  }
  const x = Math.max(start.x, end.x) + nodeWidth / 2 + gap;
  const points = [
    { x: start.x + nodeWidth / 2, y: start.y },
    { x, y: start.y },
    { x, y: end.y },
    { x: end.x + nodeWidth / 2, y: end.y },
  ];
  return { from, to, kind: 'back', points };
}
