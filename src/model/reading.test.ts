import { describe, expect, test } from 'vitest';
import { choice, dividesAfter, passage, story } from '../testing/stories.ts';
import { StoryGraph } from './graph/graph.ts';
import { countsOf, type Opening } from './reading.ts';

/** p1 leads to p2, where the story divides into A (p3, p4) and B (p5). */
const fork = new StoryGraph(
  story(
    ['p1', 'p2', 'p3', 'p4', 'p5'].map((key) => passage(key, key, { ending: key > 'p3' })),
    {
      variantSets: [dividesAfter('p2', 'p3', 'p5')],
    },
  ),
);

/** One reader on one day, who opens things one after the other: `p1`, or `p1>p2` when she comes from a passage. */
function reads(graph: StoryGraph, ...steps: readonly string[]): readonly (readonly string[])[] {
  const seen = new Set<string>();
  const isFirst = (what: string): boolean => !seen.has(what) && seen.add(what).size > 0;
  return steps.map((step) => countsOf(graph, openingOf(step), isFirst).map((c) => `${c.kind} ${c.key}`));
}

function openingOf(step: string): Opening {
  const [to = '', from = null] = step.split('>').reverse();
  if (to === 'whole') return { kind: 'whole', key: '', from: null };
  return to === 'epub' ? { kind: 'file', key: to, from: null } : { kind: 'passage', key: to, from };
}

describe('what an opening adds', () => {
  test('a reading is counted once, each passage once, and how often it is opened again does not matter', () => {
    expect(reads(fork, 'p1', 'p1', 'p1>p2', 'p1>p2')).toEqual([
      ['reading ', 'passage p1', 'begun p1'],
      [],
      ['passage p2', 'first p1 p2'],
      [],
    ]);
  });

  test('the way taken first is told from those taken after it', () => {
    expect(reads(fork, 'p2', 'p2>p5', 'p2>p3', 'p2>p5')).toEqual([
      ['reading ', 'passage p2', 'begun p2'],
      ['passage p5', 'first p2 p5'],
      ['passage p3', 'again p2 p3'],
      [],
    ]);
  });

  test('the card of the other ending, under an ending, is the fork once more', () => {
    expect(reads(fork, 'p2', 'p2>p3', 'p3>p4', 'p4>p5').at(-1)).toEqual(['passage p5', 'again p2 p5']);
  });

  test('a leap within the story is no beginning of it', () => {
    expect(reads(fork, 'p1', 'p1>p4').at(-1)).toEqual(['passage p4']);
    expect(reads(fork, 'p4')).toEqual([['reading ', 'passage p4', 'begun p4']]);
  });

  test('passages the story does not have add nothing, nor do ways from them', () => {
    expect(reads(fork, 'p9')).toEqual([[]]);
    expect(reads(fork, 'p9>p2')).toEqual([['reading ', 'passage p2']]);
  });

  test('the whole story on one page is one reading; a file is none', () => {
    expect(reads(fork, 'whole', 'p1', 'epub', 'epub')).toEqual([
      ['reading ', 'whole '],
      ['passage p1', 'begun p1'],
      ['file epub'],
      [],
    ]);
  });

  test('choices are ways whose labels say nothing: two to one passage are one', () => {
    const chosen = new StoryGraph(
      story([passage('p1', 'one'), passage('p2', 'two')], {
        choices: [choice('p1', 'p2', 'Left'), choice('p1', 'p2', 'Right')],
      }),
    );
    expect(reads(chosen, 'p1', 'p1>p2').at(-1)).toEqual(['passage p2', 'first p1 p2']);
  });
});
