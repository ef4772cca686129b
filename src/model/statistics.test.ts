import { describe, expect, test } from 'vitest';
import { choice, dividesAfter, passage, story } from '../testing/stories.ts';
import { StoryGraph } from './graph/graph.ts';
import type { Counted, CountKind } from './reading.ts';
import { statisticsOf } from './statistics.ts';

const passages = (...keys: readonly string[]) =>
  keys.map((key) => passage(key.replace('!', ''), key, { ending: key.endsWith('!') }));

const fork = new StoryGraph(
  story(passages('p1', 'p2', 'p3!', 'p4!'), { variantSets: [dividesAfter('p2', 'p3', 'p4')] }),
);

/** `{ 'first p1 p2': 3 }` as counts. */
function counted(counts: Readonly<Record<string, number>>): readonly Counted[] {
  return Object.entries(counts).map(([name, times]) => {
    const [kind = '', ...key] = name.split(' ');
    return { kind: kind as CountKind, key: key.join(' '), times };
  });
}

/** Ten begin; eight come to the fork; five choose A first, two B, and three of the five read B too. */
const ten = counted({
  'reading ': 10,
  'passage p1': 10,
  'begun p1': 10,
  'first p1 p2': 8,
  'passage p2': 8,
  'first p2 p3': 5,
  'first p2 p4': 2,
  'again p2 p4': 3,
  'passage p3': 5,
  'passage p4': 5,
  'file epub': 4,
  'file html': 1,
});

describe('statistics', () => {
  test('say of each passage who opened it, went on and stopped', () => {
    expect(statisticsOf(fork, ten).passages).toEqual([
      { key: 'p1', readings: 10, begun: 10, wentOn: 8, stopped: 2 },
      { key: 'p2', readings: 8, begun: 0, wentOn: 7, stopped: 1 },
      { key: 'p3', readings: 5, begun: 0, wentOn: null, stopped: null },
      { key: 'p4', readings: 5, begun: 0, wentOn: null, stopped: null },
    ]);
  });

  test('say of each fork which way was taken first, which add up to all who went on, and by how many at all', () => {
    expect(statisticsOf(fork, ten).forks).toEqual([
      {
        from: 'p2',
        readers: 7,
        ways: [
          { to: 'p3', siglum: 'A', label: 'Ending p3', first: 5, all: 5 },
          { to: 'p4', siglum: 'B', label: 'Ending p4', first: 2, all: 5 },
        ],
      },
    ]);
  });

  test('reckon the ways from beginning to end', () => {
    expect(statisticsOf(fork, ten).paths).toEqual([
      { keys: ['p1', 'p2', 'p3'], readings: 5 },
      { keys: ['p1', 'p2', 'p4'], readings: 2 },
    ]);
  });

  test('never say that more went on than came, as over midnight', () => {
    const { passages } = statisticsOf(
      fork,
      counted({ 'reading ': 5, 'passage p1': 2, 'first p1 p2': 4, 'passage p2': 4 }),
    );
    expect(passages[0]).toMatchObject({ readings: 2, wentOn: 2, stopped: 0 });
  });

  test('break nothing down below three readings, but say how many there were', () => {
    const two = statisticsOf(
      fork,
      counted({ 'reading ': 2, 'passage p1': 2, 'begun p1': 2, 'first p1 p2': 1 }),
    );
    expect(two).toMatchObject({ readings: 2, passages: [], forks: [], paths: [] });
    expect(statisticsOf(fork, counted({ 'reading ': 3, 'passage p1': 3 })).passages).toHaveLength(4);
  });

  test('keep openings of passages that were taken out apart', () => {
    expect(statisticsOf(fork, counted({ 'reading ': 9, 'passage gone': 4, 'passage p1': 9 })).gone).toBe(4);
  });

  test('name two choices to one passage together, since nobody knows which was taken', () => {
    const graph = new StoryGraph(
      story(passages('p1', 'p2!', 'p3!'), {
        choices: [choice('p1', 'p2', 'Left'), choice('p1', 'p3', 'Wait'), choice('p1', 'p2', 'Right')],
      }),
    );
    const [found] = statisticsOf(graph, counted({ 'reading ': 5, 'first p1 p2': 4 })).forks;
    expect(found?.ways.map((w) => [w.to, w.label, w.first])).toEqual([
      ['p2', 'Left / Right', 4],
      ['p3', 'Wait', 0],
    ]);
  });

  test('end in time on a story with more ways than can be counted, and with circles', () => {
    const keys = Array.from({ length: 60 }, (_, i) => `p${i}`);
    const choices = keys.flatMap((from) =>
      keys.filter((to) => to !== from).map((to) => choice(from, to, to)),
    );
    const graph = new StoryGraph(story(passages(...keys), { choices }));
    const counts = counted({
      'reading ': 1000,
      'begun p0': 1000,
      ...Object.fromEntries(keys.map((key) => [`passage ${key}`, 1000])),
      ...Object.fromEntries(choices.map(({ from, to }) => [`first ${from} ${to}`, 16])),
    });
    const start = performance.now();
    expect(statisticsOf(graph, counts).paths).toEqual([]);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  test('are nothing, and no fault, where nothing was counted', () => {
    expect(statisticsOf(fork, [])).toEqual({
      readings: 0,
      whole: 0,
      passages: [],
      forks: [],
      paths: [],
      files: [],
      gone: 0,
    });
    expect(statisticsOf(new StoryGraph(story([])), ten).passages).toEqual([]);
  });
});
