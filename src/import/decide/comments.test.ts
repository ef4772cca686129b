import { describe, expect, test } from 'vitest';
import { Invalid } from '../../errors.ts';
import type { Decision } from '../../model/remark.ts';
import { comment } from '../../testing/comments.ts';
import { dividesAfter, edition, passage, story } from '../../testing/stories.ts';
import { applyDecisions } from '../decide.ts';

const said = (id: string, parent: string | null = null) => comment(id, parent, 'ann', `Words of ${id}.`);

/** Two endings; `c1` is answered by `c2`, that by `c3`; `c4` stands alone. */
const told = edition(
  'Two Ways Out',
  story([passage('p1', 'Before.'), passage('p2', 'One.'), passage('p3', 'Other.')], {
    variantSets: [dividesAfter('p1', 'p2', 'p3')],
  }),
  {
    comments: [said('c1'), said('c2', 'c1'), said('c3', 'c2'), said('c4')],
  },
);

const decide = (about: string, value: string): Decision => ({
  about,
  value,
  by: 'ann',
  at: '2026-01-01T00:00:00Z',
});
const abouts = (...decisions: readonly Decision[]): unknown[] =>
  applyDecisions(told, decisions).comments.map((c) => c.about);
const work = { kind: 'work' };
const branch = (...sigla: string[]) => ({ kind: 'branch', place: 'p1', sigla });

describe('a decision about a comment', () => {
  test('says which ending it is about, or which passage, or that it is about all of it', () => {
    expect(abouts(decide('comments.c1.about', 'B'))).toEqual([branch('B'), work, work, work]);
    expect(abouts(decide('comments.c4.about', 'A, B'))[3]).toEqual(branch('A', 'B'));
    expect(abouts(decide('comments.c4.about', 'p2'))[3]).toEqual({ kind: 'passage', key: 'p2' });
    expect(abouts(decide('comments.c4.about', 'work'))[3]).toEqual(work);
  });

  test('holds for a whole thread, but not for what is decided of a comment or a thread within it', () => {
    expect(abouts(decide('threads.c1.about', 'B'))).toEqual([branch('B'), branch('B'), branch('B'), work]);
    const inner = decide('comments.c2.about', 'A');
    expect(abouts(inner, decide('threads.c1.about', 'B')).slice(0, 3)).toEqual([
      branch('B'),
      branch('A'),
      branch('B'),
    ]);
    const nested = [decide('threads.c2.about', 'A'), decide('threads.c1.about', 'B')];
    expect(abouts(...nested).slice(0, 3)).toEqual([branch('B'), branch('A'), branch('A')]);
  });

  test('gives the name and the date that a person knows', () => {
    const named = applyDecisions(told, [
      decide('comments.c1.author', 'Wick@journal.example'),
      decide('comments.c2.author', 'anonymous'),
      decide('comments.c3.author', ''),
      decide('comments.c4.posted', '28 May 2006 12:47 UTC'),
    ]).comments;
    expect(named.slice(0, 3).map((c) => c.author)).toEqual([
      { kind: 'imported', name: 'Wick', site: 'journal.example' },
      { kind: 'anonymous' },
      null,
    ]);
    expect(named[3]?.posted).toMatchObject({ instant: '2006-05-28T12:47:00Z' });
  });

  test('is said to be decided, by whom and when', () => {
    expect(applyDecisions(told, [decide('comments.c1.about', 'B')]).remarks.at(-1)).toMatchObject({
      certainty: 'decided',
      about: 'comments.c1.about',
      decidedBy: 'ann',
    });
  });

  test.each([
    ['comments.c9.about', 'B'],
    ['comments.c1.about', 'C'],
    ['comments.c1.about', 'p9'],
    ['threads.c1.author', 'Wick'],
  ])('that %s is %s is lost where the file has nothing of that name any more', (about, value) => {
    const { comments, remarks } = applyDecisions(told, [decide(about, value)]);
    expect(comments).toEqual(told.comments);
    expect(remarks.at(-1)).toMatchObject({ certainty: 'lost', about });
  });

  test.each([
    ['comments.c1.about', 'the second one'],
    ['comments.c1.about', ''],
    ['comments.c1.posted', 'yesterday'],
  ])('that %s is %j is refused', (about, value) => {
    expect(() => applyDecisions(told, [decide(about, value)])).toThrow(Invalid);
  });
});

test('a branch is called otherwise', () => {
  const { variantSets, remarks } = applyDecisions(told, [
    decide('variantSets[0].branches[1].label', 'The one at noon'),
  ]);
  expect(variantSets[0]?.branches.map((b) => b.label)[1]).toBe('The one at noon');
  expect(remarks.at(-1)?.certainty).toBe('decided');
});
