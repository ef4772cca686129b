import { describe, expect, it } from 'vitest';
import { choice, dividesAfter, passage, story } from '../../testing/stories.ts';
import { findingsOf, sentenceOf, waysSentenceOf } from './findings.ts';

describe('the findings on a story', () => {
  it('count endings by the forks on the shortest way to them', () => {
    const s = story(
      [
        passage('p1', 'one two three'),
        passage('p2', 'four', { ending: true }),
        passage('p3', 'five six'),
        passage('p4', 'seven', { ending: true }),
        passage('p5', 'eight nine ten', { ending: true }),
      ],
      {
        variantSets: [dividesAfter('p1', 'p2', 'p3')],
        choices: [choice('p3', 'p4', 'Up'), choice('p3', 'p5', 'Down')],
      },
    );
    const found = findingsOf(s);
    expect(found.endings).toMatchObject([
      { key: 'p2', depth: 1 },
      { key: 'p4', depth: 2 },
      { key: 'p5', depth: 2 },
    ]);
    expect(sentenceOf(found)).toBe('Every passage reached, 3 endings, 2 at depth 2 or more.');
    expect(waysSentenceOf(found.paths)).toBe('3 ways: the shortest has 4 words, the longest 8.');
  });

  it('name what is not reached, ends dead, is empty or is never offered', () => {
    const s = story(
      [passage('p1', 'one'), passage('p2', ''), passage('p3', 'three'), passage('p4', 'four')],
      {
        choices: [
          choice('p1', 'p2', 'a', [{ kind: 'flag', flag: 'key', holds: true }]),
          choice('p1', 'p2', 'b', [{ kind: 'visited', passage: 'p4', holds: true }]),
          choice('p1', 'p2', 'c', [{ kind: 'visited', passage: 'p1', holds: false }]),
          choice('p1', 'p2', 'd', [{ kind: 'flag', flag: 'key', holds: false }]),
          choice('p2', 'p1', 'back'),
        ],
      },
    );
    const found = findingsOf(s);
    expect(found).toMatchObject({ unreachable: ['p3', 'p4'], deadEnds: ['p4'], empty: ['p2'], endings: [] });
    expect(found.neverOffered.map((n) => n.index)).toEqual([0, 1, 2]);
    expect(sentenceOf(found)).toBe('2 passages not reached, no ending, 1 dead end.');
    expect(sentenceOf(findingsOf(story([])))).toBe('Nothing is written yet.');
  });
  it('say how long the ways are, and what was not counted', () => {
    const sentence = (...given: Parameters<typeof story>): string =>
      waysSentenceOf(findingsOf(story(...given)).paths);
    const one = passage('p1', 'one two');
    const end = passage('p2', 'three', { ending: true });
    expect(sentence([one, end])).toBe('One way: 3 words in 2 passages.');
    const round = [choice('p1', 'p1', 'Again'), choice('p1', 'p2', 'On')];
    expect(sentence([one, end], { choices: round })).toBe(
      'One way: 3 words in 2 passages. One can go round in it; that is not counted.',
    );
    const other = passage('p3', 'four', { ending: true });
    expect(sentence([one, end, other], { variantSets: [dividesAfter('p1', 'p2', 'p3')] })).toBe(
      '2 ways: each has 3 words.',
    );
    expect(sentence([one], { choices: [choice('p1', 'p1', 'Again')] })).toBe(
      'It goes round: no way comes to an end.',
    );
    expect(sentence([])).toBe('');
  });

  it('name a passage at which readers may be offered nothing, though others are', () => {
    const lamp = [{ kind: 'flag', flag: 'lamp', holds: true }] as const;
    const found = findingsOf(
      story(
        [
          passage('p1', 'one'),
          passage('p2', 'two', { sets: ['lamp'] }),
          passage('p3', 'three'),
          passage('p4', 'four', { ending: true }),
        ],
        {
          choices: [
            choice('p1', 'p2', 'a'),
            choice('p1', 'p3', 'b'),
            choice('p2', 'p3', 'c'),
            choice('p3', 'p4', 'd', lamp),
          ],
        },
      ),
    );
    expect(found).toMatchObject({ stranding: ['p3'], unreachable: [], deadEnds: [], neverOffered: [] });
  });
});
