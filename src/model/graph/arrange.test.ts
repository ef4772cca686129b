import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrange } from './arrange.ts';
import { layOut } from './layout.ts';

const options = { nodeWidth: 100, nodeHeight: 30, gap: 20, layerGap: 40 };
const keys = ['a', 'b', 'c', 'd'];
const layout = layOut(
  keys,
  [
    ['a', 'b'],
    ['a', 'c'],
    ['b', 'd'],
  ],
  options,
);
const at = (places: ReturnType<typeof layOut>, key: string) => places.nodes.find((n) => n.key === key);

test('where nothing was put anywhere the layout stands as it is', () => {
  expect(arrange(layout, new Map([['gone', { x: 1, y: 1 }]]), options)).toBe(layout);
});

test('what was put somewhere stands there, and what is new finds room below what leads to it', () => {
  const given = new Map([
    ['a', { x: 400, y: 100 }],
    ['b', { x: 400, y: 170 }],
    ['d', { x: 50, y: 15 }],
  ]);
  const map = arrange(layout, given, options);
  for (const [key, place] of given) expect(at(map, key)).toMatchObject(place);
  expect(at(map, 'c')).toMatchObject({ x: 520, y: 170 });
  expect(map.width).toBeGreaterThanOrEqual(570);
});

test('ways go down to what stands lower, and round to what does not', () => {
  const map = arrange(layout, new Map([['d', { x: 50, y: 15 }]]), options);
  const way = map.edges.find((edge) => edge.to === 'd');
  expect(way?.kind).toBe('back');
  expect(way?.points.at(0)?.x).toBe((at(map, 'b')?.x ?? 0) + 50);
  expect(way?.points.at(-1)).toEqual({ x: 100, y: 15 });
});

test('ways between what stands where it stood keep their points', () => {
  const given = new Map(
    layout.nodes.map(({ key, x, y }) => [key, key === 'd' ? { x: x + 60, y } : { x, y }]),
  );
  const map = arrange(layout, given, options);
  expect(map.edges.slice(0, 2)).toEqual(layout.edges.slice(0, 2));
  expect(map.edges[2]?.points.at(-1)?.x).toBe((at(layout, 'd')?.x ?? 0) + 60);
});

test('nothing that finds its own room stands on another', () => {
  const graph = fc.tuple(
    fc.array(fc.tuple(fc.nat(14), fc.nat(14)), { maxLength: 25 }),
    fc.array(fc.tuple(fc.nat(14), fc.nat(600), fc.nat(600)), { minLength: 1, maxLength: 5 }),
  );
  fc.assert(
    fc.property(graph, ([pairs, put]) => {
      const names = Array.from({ length: 15 }, (_, i) => `p${i}`);
      const laid = layOut(
        names,
        pairs.map(([from, to]) => [`p${from}`, `p${to}`] as const),
        options,
      );
      const given = new Map(put.map(([i, x, y]) => [`p${i}`, { x, y }]));
      const map = arrange(laid, given, options);
      const found = map.nodes.filter(({ key }) => !given.has(key));
      for (const one of found)
        for (const other of map.nodes) {
          if (other.key === one.key) continue;
          const apart = Math.abs(one.x - other.x) >= 120 || Math.abs(one.y - other.y) >= 50;
          expect(apart, `${one.key} and ${other.key}`).toBe(true);
        }
    }),
  );
});
