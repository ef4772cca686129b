import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choice, dividesAfter, passage, story } from '../../testing/stories.ts';
import { StoryGraph } from './graph.ts';
import { proofOrder } from './proof.ts';

const named = (...keys: readonly string[]) => keys.map((key) => passage(key, key));

test('one branch stands whole before the next, and what they meet in after both', () => {
  const s = story(named('start', 'meet', 'b1', 'b2', 'a1', 'a2', 'lost'), {
    variantSets: [dividesAfter('start', 'a1', 'b1')],
    choices: [
      choice('a1', 'a2', 'on'),
      choice('b1', 'b2', 'on'),
      choice('a2', 'meet', 'on'),
      choice('b2', 'meet', 'on'),
      choice('meet', 'start', 'again'),
    ],
  });
  const graph = new StoryGraph(s);
  expect(proofOrder(graph)).toEqual(['start', 'a1', 'a2', 'b1', 'b2', 'meet', 'lost']);
  expect(proofOrder(graph, 'b1')).toEqual(['b1', 'b2', 'meet', 'start', 'a1', 'a2']);
  expect(proofOrder(new StoryGraph(story([])))).toEqual([]);
});

test('in any story every passage stands once, and after what leads to it where nothing goes round', () => {
  const keys = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6'];
  const ways = fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 14 });
  fc.assert(
    fc.property(ways, fc.boolean(), (pairs, isStraight) => {
      const led = isStraight ? pairs.filter(([from, to]) => from < to) : pairs;
      const s = story(
        keys.map((key) => passage(key, key, { ending: true })),
        { choices: led.map(([from, to]) => choice(`p${from}`, `p${to}`, 'on')) },
      );
      const graph = new StoryGraph(s);
      const order = proofOrder(graph);
      expect([...order].sort()).toEqual(keys);
      if (!isStraight) return;
      const reached = graph.reachable('p0');
      for (const [from, to] of led) {
        if (reached.includes(`p${from}`))
          expect(order.indexOf(`p${from}`)).toBeLessThan(order.indexOf(`p${to}`));
      }
    }),
  );
});
