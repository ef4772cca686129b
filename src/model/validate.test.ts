import { describe, expect, test } from 'vitest';
import { Invalid } from '../errors.ts';
import type { CleanHtml } from '../html.ts';
import { choice, dividesAfter, edition, passage, story } from '../testing/stories.ts';
import type { Comment } from './comment.ts';
import { checkEdition } from './validate.ts';

const sound = edition(
  'A',
  story([passage('p1', 'x'), passage('p2', 'y', { ending: true }), passage('p3', 'z', { ending: true })]),
);

test('a sound Edition passes', () => {
  expect(() => checkEdition({ ...sound, variantSets: [dividesAfter('p1', 'p2', 'p3')] })).not.toThrow();
});

describe('a fault is named with its path', () => {
  const faults = [
    ['passages[3].key', { passages: [...sound.passages, passage('p1', 'again')] }],
    ['passages[0].key', { passages: [passage('no spaces', 'x')] }],
    ['passages', { kind: 'note' as const }],
    [
      'choices',
      { kind: 'note' as const, passages: [passage('p1', 'x')], choices: [choice('p1', 'p1', 'x')] },
    ],
    ['choices[0].to', { choices: [choice('p1', 'p9', 'x')] }],
    [
      'choices[0].showIf[0].passage',
      { choices: [choice('p1', 'p2', 'x', [{ kind: 'visited', passage: 'p9', holds: true }])] },
    ],
    ['variantSets[0].place', { variantSets: [dividesAfter('p9', 'p2', 'p3')] }],
    [
      'variantSets[1].place',
      { variantSets: [dividesAfter('p1', 'p2', 'p3'), dividesAfter('p1', 'p2', 'p3')] },
    ],
    ['variantSets[0].branches', { variantSets: [dividesAfter('p1', 'p2')] }],
    ['variantSets[0].branches[1].head', { variantSets: [dividesAfter('p1', 'p2', 'p2')] }],
    ['variantSets[0].branches[0].head', { variantSets: [dividesAfter('p1', 'p1', 'p3')] }],
    [
      'variantSets[0].branches[0].siglum',
      { variantSets: [{ place: 'p1', branches: dividesAfter('p1', 'p2', 'p3').branches.toReversed() }] },
    ],
    ['comments[1].id', { comments: [comment('c1', null), comment('c1', null)] }],
    ['comments[0].parent', { comments: [comment('c1', 'c2')] }],
    ['comments[0].parent', { comments: [comment('c1', 'c2'), comment('c2', 'c1')] }],
    ['verdicts[0].place', { verdicts: [{ place: 'p1', sigla: ['A'], at: '2026-01-01T00:00:00Z' }] }],
    [
      'states[0].passages[0].key',
      {
        states: [
          { ...sound, passages: [passage('-', 'x')], number: 1, madeAt: '2026-01-01T00:00:00Z', why: '' },
        ],
      },
    ],
  ] as const;
  test.each(faults)('%s', (path, change) => {
    expect(thrown(() => checkEdition({ ...sound, ...change }))).toMatchObject({ path });
  });
});

function comment(id: string, parent: string | null): Comment<CleanHtml> {
  return {
    id,
    parent,
    author: null,
    posted: null,
    edited: null,
    subject: null,
    html: passage('x', id).html,
    state: 'shown',
    about: { kind: 'work' },
    icon: null,
    importedFrom: null,
    source: null,
  };
}

function thrown(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(Invalid);
    return error;
  }
  return undefined;
}
