import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Layout, layOut } from './layout.ts';

const options = { nodeWidth: 100, nodeHeight: 30, gap: 20, layerGap: 40 };

function at(layout: Layout, key: string): { readonly x: number; readonly y: number } {
  const node = layout.nodes.find((n) => n.key === key);
  if (node === undefined) throw new Error(`no node ${key}`);
  return node;
}

test('a line of passages stands in one column, a layer apart', () => {
  const layout = layOut(
    ['a', 'b', 'c'],
    [
      ['a', 'b'],
      ['b', 'c'],
    ],
    options,
  );
  expect(layout.nodes).toEqual([
    { key: 'a', x: 50, y: 15 },
    { key: 'b', x: 50, y: 85 },
    { key: 'c', x: 50, y: 155 },
  ]);
  expect(layout).toMatchObject({ width: 100, height: 170 });
});

test('a fork stands above the middle of its branches, the first branch left', () => {
  const layout = layOut(
    ['a', 'b', 'c'],
    [
      ['a', 'b'],
      ['a', 'c'],
    ],
    options,
  );
  expect(at(layout, 'b')).toEqual({ key: 'b', x: 50, y: 85 });
  expect(at(layout, 'c')).toEqual({ key: 'c', x: 170, y: 85 });
  expect(at(layout, 'a').x).toBe(110);
});

test('a way back and a way to itself run along the right side', () => {
  const layout = layOut(
    ['a', 'b'],
    [
      ['a', 'b'],
      ['b', 'a'],
      ['b', 'b'],
    ],
    options,
  );
  expect(layout.edges.map((e) => e.kind)).toEqual(['on', 'back', 'back']);
  for (const edge of layout.edges.slice(1)) expect(edge.points[1]?.x).toBeGreaterThan(100);
});

test('an edge over several layers goes round the nodes between', () => {
  const layout = layOut(
    ['a', 'b', 'c'],
    [
      ['a', 'b'],
      ['b', 'c'],
      ['a', 'c'],
    ],
    options,
  );
  const way = layout.edges[2]?.points ?? [];
  expect(way).toHaveLength(3);
  expect(Math.abs((way[1]?.x ?? 0) - at(layout, 'b').x)).toBeGreaterThanOrEqual(50 + 20);
});

test('passages without any way stand below all others, in rows', () => {
  const loose = Array.from({ length: 7 }, (_, i) => `x${i}`);
  const layout = layOut([...loose, 'a', 'b'], [['a', 'b']], options);
  expect([at(layout, 'a').y, at(layout, 'b').y]).toEqual([15, 85]);
  expect(loose.map((key) => at(layout, key).y)).toEqual([155, 155, 155, 155, 155, 225, 225]);
});

test('a story without passages has an empty map, and edges to nowhere are left out', () => {
  expect(layOut([], [['a', 'b']], options)).toEqual({ width: 0, height: 0, nodes: [], edges: [] });
  expect(layOut(['a'], [['a', 'b']], options).edges).toEqual([]);
});

const graphs = fc
  .integer({ min: 1, max: 40 })
  .chain((size) =>
    fc.tuple(fc.constant(size), fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 80 })),
  )
  .map(([size, pairs]) => ({
    keys: Array.from({ length: size }, (_, i) => `p${i}`),
    edges: pairs.map(([from, to]) => [`p${from}`, `p${to}`] as const),
  }));

test('in any graph no two nodes overlap and all stand within the picture', () => {
  fc.assert(
    fc.property(graphs, ({ keys, edges }) => {
      const { nodes, width, height } = layOut(keys, edges, options);
      expect(nodes.map((n) => n.key).sort()).toEqual([...keys].sort());
      for (const [i, one] of nodes.entries()) {
        expect(one.x).toBeGreaterThanOrEqual(49);
        expect(one.x).toBeLessThanOrEqual(width - 49);
        expect(one.y).toBeGreaterThanOrEqual(15);
        expect(one.y).toBeLessThanOrEqual(height - 15);
        for (const other of nodes.slice(i + 1)) {
          const apart = Math.abs(one.x - other.x) >= 118 || Math.abs(one.y - other.y) >= 70;
          expect(apart, `${one.key} and ${other.key}`).toBe(true);
        }
      }
    }),
    { seed: 1, numRuns: 150 },
  );
});

test('in any graph every edge is drawn once, and what is not a way back leads downwards', () => {
  fc.assert(
    fc.property(graphs, ({ keys, edges }) => {
      const layout = layOut(keys, edges, options);
      expect(layout.edges.map((e) => [e.from, e.to])).toEqual(edges.map(([from, to]) => [from, to]));
      for (const { from, to, kind } of layout.edges) {
        if (kind !== 'back') expect(at(layout, from).y).toBeLessThan(at(layout, to).y);
      }
    }),
    { seed: 2, numRuns: 150 },
  );
});

test('a tree is drawn without crossings', () => {
  const keys = Array.from({ length: 31 }, (_, i) => `p${i}`);
  const edges = keys.slice(1).map((key, i) => [`p${Math.floor(i / 2)}`, key] as const);
  const layout = layOut(keys, edges, options);
  const rows = Map.groupBy(layout.edges, (edge) => edge.points[0]?.y);
  for (const row of rows.values()) {
    const byStart = row.toSorted((a, b) => (a.points[0]?.x ?? 0) - (b.points[0]?.x ?? 0));
    for (const [i, edge] of byStart.entries()) {
      for (const later of byStart.slice(i + 1)) {
        const starts = (later.points[0]?.x ?? 0) - (edge.points[0]?.x ?? 0);
        const ends = (later.points.at(-1)?.x ?? 0) - (edge.points.at(-1)?.x ?? 0);
        expect(starts * ends).toBeGreaterThanOrEqual(0);
      }
    }
  }
});

test('five hundred passages with choices among them are all laid out', () => {
  const keys = Array.from({ length: 500 }, (_, i) => `p${i}`);
  const edges = keys.flatMap((key, i) =>
    [i + 1, i + 2 + ((i * 7) % 11), (i * 31) % 500].map((to) => [key, `p${to}`] as const),
  );
  expect(layOut(keys, edges, options).nodes).toHaveLength(500);
});
