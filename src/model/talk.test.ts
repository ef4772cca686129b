import { describe, expect, test } from 'vitest';
import { doable, stateOfWords } from './talk.ts';

describe('a comment', () => {
  test('is answered while it is shown and the thread open', () => {
    const answer = (state: Parameters<typeof doable>[0]['state'], thread: Parameters<typeof doable>[1]) =>
      doable({ state, answers: 0 }, thread).answer;
    expect([answer('shown', 'open'), answer('shown', 'approval')]).toEqual([true, true]);
    expect([answer('shown', 'frozen'), answer('shown', 'closed')]).toEqual([false, false]);
    expect([answer('frozen', 'open'), answer('screened', 'open'), answer('deleted', 'open')]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('is edited only while nobody has answered it', () => {
    expect(doable({ state: 'shown', answers: 0 }, 'open').edit).toBe(true);
    expect(doable({ state: 'shown', answers: 1 }, 'open').edit).toBe(false);
    expect(doable({ state: 'frozen', answers: 0 }, 'open').edit).toBe(false);
    expect(doable({ state: 'screened', answers: 0 }, 'approval').edit).toBe(true);
  });
});

describe('in a moderated thread', () => {
  test('new words wait, except those of the author of the work', () => {
    expect(stateOfWords('approval', false)).toBe('screened');
    expect(stateOfWords('approval', true)).toBe('shown');
    expect(stateOfWords('open', false)).toBe('shown');
  });

  test('a mended typo stays shown, and another text waits again', () => {
    const edit = (before: string, after: string) =>
      stateOfWords('approval', false, { state: 'shown', before, after });
    expect(edit('I liked teh lamp.', 'I liked the lamp.')).toBe('shown');
    expect(edit('I liked the lamp.', 'I did not like anything about it.')).toBe('screened');
  });
});
