import { expect, test } from 'vitest';
import { StoryGraph } from '../../model/graph/graph.ts';
import { passage, story } from '../../testing/stories.ts';
import { withWrittenChoices } from './written-choices.ts';

const parts = (first: string) =>
  story([
    passage('p1', first, { title: 'Part 1' }),
    passage('p2', 'She opened it.', { title: 'Part Two' }),
    passage('p3', 'She went home.', { title: 'PART III: Home', ending: true }),
  ]);

test('ways said in words become choices, and what they lead to does not run on into the next', () => {
  const { story: read, remarks } = withWrittenChoices(
    parts(
      'A door.\n\nIf you choose the door, go to part 2. If you would rather leave, scroll down to Part Three.',
    ),
    'a.txt',
  );
  expect(read.choices.map((c) => [c.from, c.to, c.label])).toEqual([
    ['p1', 'p2', 'If you choose the door, go to part 2'],
    ['p1', 'p3', 'If you would rather leave, scroll down to Part Three'],
  ]);
  expect(read.passages.map((p) => p.ending)).toEqual([false, true, true]);
  expect(new StoryGraph(read).followers('p1')).toEqual(['p2', 'p3']);
  expect(read.passages[0]?.html).toContain('go to part 2');
  expect(remarks).toMatchObject([{ certainty: 'inferred', about: 'choices' }]);
});

test.each([
  ['one way alone is prose', 'If you have not read it, go to part 2.'],
  ['a place that is not in the text is prose', 'If you dare, go to part 7. If not, turn to part 9.'],
  ['a way to where one stands is none', 'If you like, go to part 1. For more, go to part 2.'],
  ['talk of parts is no way', 'He had gone to part 2 of the town, and then to part 3.'],
])('%s', (_, words) => {
  const given = parts(words);
  expect(withWrittenChoices(given, 'a.txt')).toEqual({ story: given, remarks: [] });
});

test('long text without ways costs no time to speak of', () => {
  const { choices } = withWrittenChoices(
    parts(`${'if you want to go on, for a while '.repeat(20_000)}.`),
    'a.txt',
  ).story;
  expect(choices).toEqual([]);
});
