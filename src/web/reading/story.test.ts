import { expect, test } from 'vitest';
import { StoryGraph } from '../../model/graph/graph.ts';
import { choice, dividesAfter, passage, story } from '../../testing/stories.ts';
import { contentsOf, journeyQuery, type Line, readJourney, type Told } from './story.ts';

/** The contents as text: a passage, then in brackets what stands under it. */
function outline(lines: readonly Line[]): string {
  return lines
    .map(({ passage, divides }) => {
      const under = divides.map((d) => `${d.branch.siglum} ${d.words}w: ${outline(d.lines)}`);
      return passage.key + (under.length === 0 ? '' : ` (${under.join(' | ')})`);
    })
    .join(', ');
}

test('contents without forks are the passages in order', () => {
  expect(outline(contentsOf(new StoryGraph(story([passage('p1', 'a'), passage('p2', 'b')]))))).toBe('p1, p2');
});

test('branches stand under the place where the story divides, with all their passages', () => {
  const of = story(
    [
      passage('p1', 'one'),
      passage('p2', 'two words'),
      passage('p3', 'three words here', { ending: true }),
      passage('p4', 'x', { ending: true }),
    ],
    { variantSets: [dividesAfter('p1', 'p2', 'p4')] },
  );
  expect(outline(contentsOf(new StoryGraph(of)))).toBe('p1 (A 5w: p2, p3 | B 1w: p4)');
});

test('a branch that divides again holds its own branches', () => {
  const ends = { ending: true };
  const of = story(
    [
      passage('p1', 'a'),
      passage('p2', 'b'),
      passage('p3', 'c', ends),
      passage('p4', 'd', ends),
      passage('p5', 'e', ends),
    ],
    { variantSets: [dividesAfter('p1', 'p2', 'p5'), dividesAfter('p2', 'p3', 'p4')] },
  );
  expect(outline(contentsOf(new StoryGraph(of)))).toBe('p1 (A 3w: p2 (A 1w: p3 | B 1w: p4) | B 1w: p5)');
});

test('what both branches lead to stands after them, and what nothing leads to is not left out', () => {
  const of = story(
    [
      passage('p1', 'a'),
      passage('p2', 'b'),
      passage('p3', 'c'),
      passage('p4', 'd', { ending: true }),
      passage('p5', 'e'),
    ],
    {
      variantSets: [dividesAfter('p1', 'p2', 'p3')],
      choices: [choice('p2', 'p4', 'on'), choice('p3', 'p4', 'on')],
    },
  );
  expect(outline(contentsOf(new StoryGraph(of)))).toBe('p1 (A 1w: p2 | B 1w: p3), p4, p5');
});

test('a story that divides within its own circle still has every passage once', () => {
  const of = story([passage('p1', 'a'), passage('p2', 'b'), passage('p3', 'c')], {
    variantSets: [dividesAfter('p2', 'p1', 'p3')],
    choices: [choice('p1', 'p2', 'round')],
  });
  const keys = outline(contentsOf(new StoryGraph(of))).match(/p\d/g);
  expect(keys?.toSorted()).toEqual(['p1', 'p2', 'p3']);
});

const lamp = { kind: 'flag', flag: 'lamp', holds: true } as const;
const seen = { kind: 'visited', passage: 'p2', holds: false } as const;
const asking = story([passage('p1', 'a'), passage('p2', 'b'), passage('p3', 'c')], {
  choices: [choice('p1', 'p2', 'go', [seen]), choice('p1', 'p3', 'light', [lamp])],
});

function told(conditional: boolean): Told {
  return { graph: new StoryGraph(asking), conditional, nameOf: (key) => key, untitled: undefined };
}

test('an address carries what choices ask for and nothing else', () => {
  const journey = { visited: ['p1', 'p2'], flags: ['lamp', 'unasked'] };
  expect(journeyQuery(told(true), journey)).toBe('?seen=p2&set=lamp');
  expect(journeyQuery(told(true), { visited: ['p1'], flags: [] })).toBe('');
  expect(journeyQuery(told(false), journey)).toBe('');
});

test('a journey is read back from its address, and what the story does not know is left out', () => {
  const address = new URL('https://a.example/x?seen=p2.p9.p2&set=lamp&set=%3Cscript%3E');
  expect(readJourney(told(true), address)).toEqual({ visited: ['p2'], flags: ['lamp'] });
  expect(readJourney(told(false), address)).toEqual({ visited: [], flags: [] });
});
