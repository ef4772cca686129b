import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choice, dividesAfter, passage, story } from '../../testing/stories.ts';
import { hasConditions, isOffered, StoryGraph, travel } from './graph.ts';

const twoEndings = new StoryGraph(
  story(
    [
      passage('p1', 'one two'),
      passage('p2', 'a', { ending: true }),
      passage('p3', 'b c d', { ending: true }),
    ],
    {
      variantSets: [dividesAfter('p1', 'p2', 'p3')],
    },
  ),
);

describe('a story that divides', () => {
  test('leads from the place to the head of each branch', () => {
    expect(twoEndings.onward('p1')).toMatchObject({ kind: 'divides' });
    expect(twoEndings.followers('p1')).toEqual(['p2', 'p3']);
    expect(twoEndings.onward('p2')).toEqual({ kind: 'end' });
  });

  test('knows which branch a passage belongs to', () => {
    expect(twoEndings.branchesOf('p3').map((b) => b.siglum)).toEqual(['B']);
    expect(twoEndings.branchesOf('p1')).toEqual([]);
  });

  test('does not run from one branch into the next', () => {
    const unmarked = new StoryGraph(
      story([passage('p1', 'x'), passage('p2', 'a'), passage('p3', 'b')], {
        variantSets: [dividesAfter('p1', 'p2', 'p3')],
      }),
    );
    expect(unmarked.onward('p2')).toEqual({ kind: 'end' });
    expect(unmarked.deadEnds()).toEqual(['p2', 'p3']);
  });

  test('lets a branch run over several passages and meet the others by a choice', () => {
    const meeting = new StoryGraph(
      story(
        ['p1', 'a1', 'a2', 'b1', 'end'].map((k) => passage(k, 'x', { ending: k === 'end' })),
        {
          variantSets: [dividesAfter('p1', 'a1', 'b1')],
          choices: [choice('a2', 'end', 'Go on'), choice('b1', 'end', 'Go on')],
        },
      ),
    );
    const [set] = meeting.story.variantSets;
    expect(set && meeting.branchPassages(set, 'A').map((p) => p.key)).toEqual(['a1', 'a2']);
    expect(meeting.branchesOf('end')).toEqual([]);
    expect(meeting.leaders('end')).toEqual(['a2', 'b1']);
  });
});

describe('a story with choices', () => {
  test('leads on to the next passage where nothing else is said', () => {
    const plain = new StoryGraph(story([passage('p1', 'x'), passage('p2', 'y', { ending: true })]));
    expect(plain.onward('p1')).toEqual({ kind: 'next', to: 'p2' });
    expect(plain.unreachable()).toEqual([]);
  });

  test('names passages no way leads to', () => {
    const island = new StoryGraph(
      story([passage('p1', 'x', { ending: true }), passage('p2', 'y', { ending: true })]),
    );
    expect(island.unreachable()).toEqual(['p2']);
  });
});

test('flags are set and unset by passages, and choices shown by them', () => {
  const lit = travel({ visited: [], flags: [] }, passage('cellar', 'x', { sets: ['lamp'] }));
  expect(lit).toEqual({ visited: ['cellar'], flags: ['lamp'] });
  const down = choice('cellar', 'cave', 'Go down', [{ kind: 'flag', flag: 'lamp', holds: true }]);
  const back = choice('cellar', 'hall', 'Back', [{ kind: 'visited', passage: 'hall', holds: false }]);
  expect(isOffered(down, lit)).toBe(true);
  expect(isOffered(back, lit)).toBe(true);
  const out = travel(lit, passage('hall', 'x', { unsets: ['lamp'] }));
  expect(isOffered(down, out)).toBe(false);
  expect(isOffered(back, out)).toBe(false);
  expect(hasConditions(story([], { choices: [down] }))).toBe(true);
});

test('from the start of any story, what is reachable and what is not are all of it', () => {
  const keys = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'];
  const edges = fc.array(fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...keys)), { maxLength: 12 });
  fc.assert(
    fc.property(edges, fc.subarray(keys), (pairs, endings) => {
      const graph = new StoryGraph(
        story(
          keys.map((k) => passage(k, 'w', { ending: endings.includes(k) })),
          {
            choices: pairs.map(([from, to]) => choice(from, to, 'x')),
          },
        ),
      );
      const all = [...graph.reachable('p0'), ...graph.unreachable()].sort();
      expect(all).toEqual(keys);
    }),
  );
});
