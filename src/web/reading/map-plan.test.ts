import { expect, test } from 'vitest';
import { layOut } from '../../model/graph/layout.ts';
import { box, laidOut } from './map-plan.ts';

test('a graph is laid out once while it is among the last, and every graph as it would be alone', () => {
  const graph = (to: number) => [['a', 'b', 'c'], [['a', 'bc'[to] ?? '']] as [string, string][]] as const;
  const first = laidOut(...graph(0));
  expect(laidOut(...graph(0))).toBe(first);
  expect(laidOut(...graph(1))).toEqual(layOut(...graph(1), box));
  for (let i = 0; i < 20; i++) laidOut([`only ${i}`], []);
  expect(laidOut(...graph(0))).not.toBe(first);
  expect(laidOut(...graph(0))).toEqual(first);
});
