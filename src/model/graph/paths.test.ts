import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { choice, dividesAfter, passage, story } from '../../testing/stories.ts';
import type { Choice, Condition, Story } from '../state.ts';
import { isOffered, type Journey, StoryGraph, travel } from './graph.ts';
import { readersWays } from './paths/journeys.ts';
import { measureRound } from './paths/measure.ts';
import { pathsOf } from './paths.ts';

const words = (n: number): string => Array.from({ length: n }, () => 'word').join(' ');
const ending = { ending: true } as const;
const exactly = (number: number) => ({ number, atLeast: false });
const span = (least: number, most: number) => ({ least, most, atMost: false });

describe('the ways through a story', () => {
  it('are counted and measured to each ending, and in all', () => {
    const forked = story(
      [
        passage('p1', words(100)),
        passage('p2', words(10), ending),
        passage('p3', words(20)),
        passage('p4', words(1), ending),
        passage('p5', words(300)),
        passage('p6', words(2), ending),
      ],
      {
        variantSets: [dividesAfter('p1', 'p2', 'p3')],
        choices: [
          choice('p3', 'p4', 'Up'),
          choice('p3', 'p5', 'Down'),
          choice('p5', 'p4', 'Up after all'),
          choice('p5', 'p6', 'Down'),
        ],
      },
    );
    const paths = pathsOf(forked);
    expect(paths.all).toEqual({ ways: exactly(4), words: span(110, 422), passages: span(2, 4) });
    expect(
      paths.stops.map(({ key, depth, ways, words: length }) => [key, depth, ways.number, length]),
    ).toEqual([
      ['p2', 1, 1, span(110, 110)],
      ['p4', 2, 2, span(121, 421)],
      ['p6', 3, 1, span(422, 422)],
    ]);
    expect(paths).toMatchObject({ goesRound: false, unconditional: false, stranding: [] });
  });

  it('are all of 2 to the 40th where forty forks follow one another, without one being walked', () => {
    const keys = Array.from({ length: 40 }, (_, i) => i);
    const passages = keys.flatMap((i) => ['f', 'a', 'b'].map((kind) => passage(`${kind}${i}`, words(1))));
    const choices = keys.flatMap((i) => [
      choice(`f${i}`, `a${i}`, 'a'),
      choice(`f${i}`, `b${i}`, 'b'),
      choice(`a${i}`, i === 39 ? 'end' : `f${i + 1}`, 'on'),
      choice(`b${i}`, i === 39 ? 'end' : `f${i + 1}`, 'on'),
    ]);
    const long = story([...passages, passage('end', words(1), ending)], { choices });
    expect(pathsOf(long).all).toEqual({
      ways: { number: 1_000_000_000, atLeast: true },
      words: span(81, 81),
      passages: span(81, 81),
    });
  });

  it('keep conditions: what nobody is let to is not reached, and who is let nowhere on is stranded', () => {
    const needs = (flag: string): Condition[] => [{ kind: 'flag', flag, holds: true }];
    const locked = story(
      [
        passage('p1', words(5)),
        passage('key', words(1), { sets: ['key'] }),
        passage('door', words(2)),
        passage('in', words(4), ending),
        passage('never', words(9), ending),
      ],
      {
        choices: [
          choice('p1', 'key', 'Take the key'),
          choice('p1', 'door', 'Go to the door'),
          choice('key', 'door', 'Go to the door'),
          choice('door', 'in', 'Unlock it', needs('key')),
          choice('door', 'never', 'Fly over it', needs('wings')),
        ],
      },
    );
    const paths = pathsOf(locked);
    expect([...paths.reached].sort()).toEqual(['door', 'in', 'key', 'p1']);
    expect(paths.stranding).toEqual(['door']);
    expect(paths.stops.map((s) => [s.key, s.ending, s.words, s.depth])).toEqual([
      ['door', false, span(7, 7), 1],
      ['in', true, span(12, 12), 1],
    ]);
  });

  it('may go round: each passage is read once on a way, unless something is remembered', () => {
    const rooms = story(
      [passage('hall', words(10)), passage('attic', words(5)), passage('out', words(1), ending)],
      {
        choices: [
          choice('hall', 'attic', 'Up'),
          choice('attic', 'hall', 'Down'),
          choice('hall', 'out', 'Out'),
        ],
      },
    );
    expect(pathsOf(rooms)).toMatchObject({
      goesRound: true,
      all: { ways: exactly(1), words: span(11, 11), passages: span(2, 2) },
    });
    const once: Condition[] = [{ kind: 'visited', passage: 'attic', holds: false }];
    const seen = {
      ...rooms,
      choices: rooms.choices.map((c) => (c.label === 'Up' ? { ...c, showIf: once } : c)),
    };
    expect(pathsOf(seen)).toMatchObject({
      goesRound: false,
      all: { ways: exactly(2), words: span(11, 26), passages: span(2, 4) },
    });
  });

  it('are bounded in words where they go round too often to be walked', () => {
    const rooms = Array.from({ length: 30 }, (_, i) => passage(`r${i}`, words(1)));
    const doors = rooms.flatMap((from) =>
      rooms.flatMap((to) => (from === to ? [] : [choice(from.key, to.key, `to ${to.key}`)])),
    );
    const maze = story([...rooms, passage('out', words(7), ending)], {
      choices: [...doors, choice('r29', 'out', 'Out')],
    });
    const { all, goesRound } = pathsOf(maze);
    expect(goesRound).toBe(true);
    expect(all?.words).toEqual({ least: 9, most: 37, atMost: true });
    expect(all?.passages).toEqual({ least: 3, most: 31, atMost: true });
    expect(all?.ways.atLeast).toBe(true);
    expect(all?.ways.number).toBeGreaterThan(100);
  });

  it('leave conditions aside, and say so, where readers can remember too much', () => {
    const items = Array.from({ length: 8 }, (_, i) => `i${i}`);
    const hub = story(
      [
        passage('hub', words(1)),
        ...items.map((key) => passage(key, words(1))),
        passage('out', words(1), ending),
      ],
      {
        choices: [
          ...items.flatMap((key) => [
            choice('hub', key, key, [{ kind: 'visited', passage: key, holds: false }]),
            choice(key, 'hub', 'back'),
          ]),
          choice('hub', 'out', 'Out', [{ kind: 'visited', passage: 'nobody', holds: false }]),
        ],
      },
    );
    expect(pathsOf(hub, 1_000)).toMatchObject({ unconditional: true, goesRound: true });
    expect(pathsOf(hub, 100_000)).toMatchObject({ unconditional: false, goesRound: false });
  });

  it('are none in a story without passages, and none to anywhere where it only goes round', () => {
    expect(pathsOf(story([]))).toMatchObject({ all: undefined, stops: [] });
    const round = story([passage('a', 'x'), passage('b', 'y')], {
      choices: [choice('a', 'b', 'on'), choice('b', 'a', 'back')],
    });
    expect(pathsOf(round)).toMatchObject({ all: undefined, stops: [], goesRound: true });
  });
});

/** Every way, walked one by one: where it stops, its words, its passages, its forks. */
function walkAll(
  of: Story,
): readonly (readonly [stop: string, words: number, passages: number, forks: number])[] {
  const graph = new StoryGraph(of);
  const asked = new Set(
    of.choices.flatMap((c) => c.showIf.map((x) => (x.kind === 'visited' ? x.passage : x.flag))),
  );
  const found: (readonly [string, number, number, number])[] = [];
  const go = (
    key: string,
    before: Journey,
    on: readonly string[],
    sum: readonly [number, number, number],
  ): void => {
    const here = graph.passage(key);
    if (here === undefined) return;
    const journey = travel(before, here);
    const kept = [...journey.visited, ...journey.flags].filter((name) => asked.has(name)).sort();
    const name = `${key}|${kept.join(',')}`;
    if (on.includes(name)) return;
    const onward = graph.onward(key);
    const to =
      onward.kind === 'choices'
        ? [...new Set(onward.choices.filter((c) => isOffered(c, journey)).map((c) => c.to))]
        : graph.followers(key);
    const [length, passages, forks] = [sum[0] + here.words, sum[1] + 1, sum[2]];
    if (here.ending || to.length === 0) found.push([key, length, passages, forks]);
    for (const k of to) go(k, journey, [...on, name], [length, passages, forks + (to.length > 1 ? 1 : 0)]);
  };
  if (graph.start !== undefined) go(graph.start, { visited: [], flags: [] }, [], [0, 0, 0]);
  return found;
}

const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
const conditions: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ kind: fc.constant('flag' as const), flag: fc.constantFrom('x', 'y'), holds: fc.boolean() }),
  fc.record({
    kind: fc.constant('visited' as const),
    passage: fc.constantFrom(...keys),
    holds: fc.boolean(),
  }),
);
const choices: fc.Arbitrary<Choice> = fc.record({
  from: fc.constantFrom(...keys),
  to: fc.constantFrom(...keys),
  label: fc.constantFrom('on', 'off'),
  showIf: fc.array(conditions, { maxLength: 1 }),
});
const stories: fc.Arbitrary<Story> = fc
  .record({
    sizes: fc.tuple(...keys.map(() => fc.nat(9))),
    endings: fc.subarray(keys),
    sets: fc.subarray(keys),
    unsets: fc.subarray(keys),
    choices: fc.array(choices, { maxLength: 9 }),
    place: fc.option(fc.constantFrom('a', 'b')),
  })
  .map(({ sizes, endings, sets, unsets, choices: ways, place }) =>
    story(
      keys.map((key, i) =>
        passage(key, words(sizes[i] ?? 0), {
          ending: endings.includes(key),
          sets: sets.includes(key) ? ['x'] : [],
          unsets: unsets.includes(key) ? ['y'] : [],
        }),
      ),
      { choices: ways, variantSets: place === null ? [] : [dividesAfter(place, 'c', 'e')] },
    ),
  );

test('in any small story they are what one finds by walking each of them', () => {
  fc.assert(
    fc.property(stories, (of) => {
      const all = walkAll(of);
      const paths = pathsOf(of);
      const least = (n: 1 | 2 | 3, from = all): number => Math.min(...from.map((way) => way[n]));
      const most = (n: 1 | 2, from = all): number => Math.max(...from.map((way) => way[n]));
      if (paths.all?.ways.atLeast) return;
      expect(paths.all?.ways.number ?? 0).toBe(all.length);
      if (all.length > 0) {
        expect(paths.all?.words).toEqual(span(least(1), most(1)));
        expect(paths.all?.passages).toEqual(span(least(2), most(2)));
      }
      expect(paths.stops.map((s) => s.key).sort()).toEqual([...new Set(all.map(([key]) => key))].sort());
      for (const stop of paths.stops) {
        const there = all.filter(([key]) => key === stop.key);
        expect(stop.ways.number).toBe(there.length);
        expect(stop.words).toEqual(span(least(1, there), most(1, there)));
        expect(stop.depth).toBe(least(3, there));
      }
    }),
    { numRuns: 600 },
  );
});

test('where they are not walked to the end, the least is exact and no way is longer than the most', () => {
  fc.assert(
    fc.property(stories, (of) => {
      const ways = readersWays(new StoryGraph(of), 10_000);
      if (ways === undefined) return;
      const whole = measureRound(ways, 1_000_000).at;
      for (const [place, bound] of measureRound(ways, 0).at) {
        const exact = whole.get(place);
        expect(bound.bounded).toBe(true);
        for (const what of ['words', 'passages'] as const) {
          expect(bound[what].least).toBe(exact?.[what].least);
          expect(bound[what].most).toBeGreaterThanOrEqual(exact?.[what].most ?? 0);
        }
        expect(bound.ways).toBeLessThanOrEqual(exact?.ways ?? 0);
      }
    }),
  );
});
