import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { schema } from '../document/schema.ts';
import { mergeDocuments } from '../merge.ts';
import type { Kept } from './device.ts';
import { type Answer, type From, Keeper, type Typed } from './keeper.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const text = (...words: string[]): Typed['doc'] =>
  schema.node(
    'doc',
    null,
    words.map((w) => schema.node('paragraph', null, w === '' ? [] : [schema.text(w)])),
  );
const typed = (...words: string[]): Typed => ({ doc: text(...words), fields: { title: '' } });

/** Someone who writes, an archive that answers as told, and a device that remembers. */
function desk(answers: readonly (Answer | Error)[], room = true) {
  const said: string[] = [];
  const sent: (From & { words: string })[] = [];
  const clashes: string[] = [];
  let kept: Kept | undefined;
  let now = typed('One.', 'Two.');
  const keeper = new Keeper(
    {
      name: 'a/w/p',
      began: now,
      from: { base: '1', draft: '0' },
      now: () => now,
      history: () => null,
      send: async ({ doc }, from) => {
        sent.push({ words: doc.textContent, ...from });
        const answer = answers[sent.length - 1] ?? { kind: 'kept', from: { draft: String(sent.length) } };
        if (answer instanceof Error) throw answer;
        return answer;
      },
      merge: (began, theirs) => {
        const doc = mergeDocuments(began.doc, now.doc, theirs.doc);
        if (doc !== undefined) now = { ...now, doc };
        return doc !== undefined;
      },
      moved: () => undefined,
      clash: (whose) => void clashes.push(whose),
      say: (words) => void said.push(words),
    },
    Promise.resolve({
      read: async () => kept,
      write: async (value) => {
        if (!room) throw new Error('no room');
        kept = value;
      },
      forget: async () => {
        kept = undefined;
      },
    }),
  );
  const write = (...words: string[]): void => {
    now = typed(...words);
    keeper.typed();
  };
  return { keeper, write, said, sent, clashes, kept: () => kept, now: () => now.doc };
}

describe('what is typed', () => {
  it('is on the device at once, and in the archive after a pause', async () => {
    const { write, sent, kept, said } = desk([]);
    write('One!', 'Two.');
    await vi.advanceTimersByTimeAsync(300);
    expect(kept()).toMatchObject({ unsent: true, doc: text('One!', 'Two.').toJSON() });
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sent).toEqual([{ words: 'One!Two.', base: '1', draft: '0' }]);
    expect(kept()).toMatchObject({ unsent: false, from: { base: '1', draft: '1' } });
    expect(said.at(-1)).toMatch(/^kept \d\d:\d\d$/);
  });

  it('waits on the device without a connection, and is sent when there is one', async () => {
    const { write, sent, kept, said, keeper } = desk([new TypeError('offline')]);
    write('One!', 'Two.');
    await vi.advanceTimersByTimeAsync(2_500);
    expect(said.at(-1)).toBe('kept on this device, offline');
    expect(kept()?.unsent).toBe(true);
    await keeper.flush();
    expect(sent).toHaveLength(2);
    expect(kept()?.unsent).toBe(false);
  });

  it('is said to be nowhere safe where the device has no room', async () => {
    const { write, said } = desk([], false);
    write('One!', 'Two.');
    await vi.advanceTimersByTimeAsync(300);
    expect(said.at(-1)).toMatch(/no room/);
  });

  it('is brought together with what was kept elsewhere in other paragraphs, and sent from there', async () => {
    const newer: Answer = {
      kind: 'newer',
      whose: 'draft',
      from: { base: '1', draft: '7' },
      theirs: typed('One.', 'Two, theirs.'),
    };
    const { write, sent, now, clashes } = desk([newer]);
    write('One, mine.', 'Two.');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(now().textContent).toBe('One, mine.Two, theirs.');
    expect(sent.at(-1)).toEqual({ words: 'One, mine.Two, theirs.', base: '1', draft: '7' });
    expect(clashes).toEqual([]);
  });

  it('is left to a person where both changed a paragraph, and nothing more is sent', async () => {
    const newer: Answer = {
      kind: 'newer',
      whose: 'saved',
      from: { base: '2', draft: '1' },
      theirs: typed('One, theirs.', 'Two.'),
    };
    const { write, sent, clashes, kept } = desk([newer]);
    write('One, mine.', 'Two.');
    await vi.advanceTimersByTimeAsync(2_500);
    write('One, mine, more.', 'Two.');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(clashes).toEqual(['saved']);
    expect(sent).toHaveLength(1);
    expect(kept()).toMatchObject({
      unsent: true,
      from: { base: '1', draft: '1' },
      doc: text('One, mine, more.', 'Two.').toJSON(),
    });
  });

  it('that is a draft by now is not given up for what someone saved in its paragraphs', async () => {
    const saved: Answer = {
      kind: 'newer',
      whose: 'saved',
      from: { base: '2', draft: '2' },
      theirs: typed('One, theirs.', 'Two.'),
      began: typed('One.', 'Two.'),
    };
    const { write, clashes, now } = desk([{ kind: 'kept', from: { draft: '1' } }, saved]);
    write('One, mine.', 'Two.');
    await vi.advanceTimersByTimeAsync(2_500);
    write('One, mine.', 'Two.');
    await vi.advanceTimersByTimeAsync(2_500);
    expect(clashes).toEqual(['saved']);
    expect(now().textContent).toBe('One, mine.Two.');
  });

  it('that comes while something is sent follows it', async () => {
    const { write, sent, kept } = desk([]);
    write('One!', 'Two.');
    await vi.advanceTimersByTimeAsync(2_000);
    write('One!!', 'Two.');
    await vi.advanceTimersByTimeAsync(2_500);
    expect(sent.map(({ words, draft }) => [words, draft])).toEqual([
      ['One!Two.', '0'],
      ['One!!Two.', '1'],
    ]);
    expect(kept()?.unsent).toBe(false);
  });

  it('is sent at once, and waited for, where the form is about to be', async () => {
    const { write, sent, kept, keeper } = desk([]);
    write('One!', 'Two.');
    const first = keeper.flush();
    write('One!!', 'Two.');
    await keeper.settle();
    await first;
    expect(sent.map(({ words }) => words)).toEqual(['One!Two.', 'One!!Two.']);
    expect(keeper.unsent).toBe(false);
    expect(kept()?.unsent).toBe(false);
  });
});
