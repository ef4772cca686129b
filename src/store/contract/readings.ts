import { expect, it } from 'vitest';
import { htmlOfText } from '../../html.ts';
import type { DayCounted } from '../../model/reading.ts';
import type { Store } from '../index.ts';
import {
  addReadings,
  condenseReadings,
  countWork,
  firstReading,
  forgetReadings,
  isCounted,
  listReadings,
  readingsByDay,
  sumReadings,
} from '../readings.ts';
import { sampleEdition } from '../sample-works.testing.ts';
import { postComment } from '../talk/commenting.ts';
import { commentsByDay } from '../talk/comments.ts';
import { setThread } from '../talk/keeping.ts';
import { castVerdict, verdictsByDay } from '../talk/verdicts.ts';
import { publishWork, removeWork } from '../works.ts';
import { rated, save } from './steps.ts';

/** Readings are counted by work and day, and nothing else is known of them. */
export function readingsAreCounted(open: () => Store): void {
  let works = 0;
  const begin = async () => ({ workId: await save(open(), sampleEdition(`Counted ${works++}`)) });
  const on = (workId: string, day: string, kind: DayCounted['kind'], key: string, times: number) => ({
    workId,
    day,
    kind,
    key,
    times,
  });

  it('adds to what stands, and sums up since a day', async () => {
    const { workId } = await begin();
    await addReadings(open(), [
      on(workId, '2026-05-01', 'passage', 'p1', 3),
      on(workId, '2026-05-02', 'passage', 'p1', 1),
      on(workId, '2026-05-02', 'first', 'p1 p2', 1),
    ]);
    await addReadings(open(), [on(workId, '2026-05-02', 'passage', 'p1', 5)]);
    expect(await sumReadings(open(), workId, '2026-05-01')).toEqual([
      { kind: 'first', key: 'p1 p2', times: 1 },
      { kind: 'passage', key: 'p1', times: 9 },
    ]);
    expect(await sumReadings(open(), workId, '2026-05-02')).toContainEqual({
      kind: 'passage',
      key: 'p1',
      times: 6,
    });
    expect(await readingsByDay(open(), [workId], 'passage', '2026-05-01')).toEqual([
      { workId, day: '2026-05-01', times: 3 },
      { workId, day: '2026-05-02', times: 6 },
    ]);
    expect(await firstReading(open(), [workId])).toBe('2026-05-01');
    expect(await listReadings(open(), workId)).toHaveLength(3);
  });

  it('passes over works that are gone or not counted, and writes the others', async () => {
    const [one, other] = [await begin(), await begin()];
    expect(await isCounted(open(), other.workId)).toBe(true);
    await countWork(open(), other.workId, false);
    expect(await isCounted(open(), other.workId)).toBe(false);
    await addReadings(open(), [
      on('nosuchwork', '2026-05-01', 'reading', '', 1),
      on(other.workId, '2026-05-01', 'reading', '', 1),
      on(one.workId, '2026-05-01', 'reading', '', 1),
    ]);
    expect(await listReadings(open(), one.workId)).toHaveLength(1);
    expect(await listReadings(open(), other.workId)).toEqual([]);
    expect(await isCounted(open(), 'nosuchwork')).toBe(false);
  });

  it('sums up by month what is long ago, once, and adds to such a month', async () => {
    const { workId } = await begin();
    await addReadings(open(), [
      on(workId, '2025-01-31', 'reading', '', 2),
      on(workId, '2025-01-01', 'reading', '', 1),
      on(workId, '2025-01-05', 'passage', 'p1', 7),
      on(workId, '2025-02-01', 'reading', '', 4),
      on(workId, '2025-03-01', 'reading', '', 8),
    ]);
    await condenseReadings(open(), '2025-03-01');
    expect(await condenseReadings(open(), '2025-03-01')).toBe(0);
    const whole = [
      on(workId, '2025-01', 'passage', 'p1', 7),
      on(workId, '2025-01', 'reading', '', 3),
      on(workId, '2025-02', 'reading', '', 4),
      on(workId, '2025-03-01', 'reading', '', 8),
    ];
    expect(await listReadings(open(), workId)).toEqual(whole);
    await addReadings(open(), [on(workId, '2025-01-09', 'reading', '', 1)]);
    await condenseReadings(open(), '2025-03-01');
    expect(await sumReadings(open(), workId, '2025-01')).toContainEqual({
      kind: 'reading',
      key: '',
      times: 16,
    });
    expect(await listReadings(open(), workId)).toHaveLength(4);
  });

  it('forgets what an author wants forgotten, and all of a work that is removed', async () => {
    const [one, other] = [await begin(), await begin()];
    const counts = (workId: string) => [on(workId, '2026-05-01', 'reading', '', 1)];
    await addReadings(open(), [...counts(one.workId), ...counts(other.workId)]);
    await forgetReadings(open(), one.workId);
    expect(await listReadings(open(), one.workId)).toEqual([]);
    expect(await listReadings(open(), other.workId)).toHaveLength(1);
    await removeWork(open(), other.workId, { by: 'tests', why: 'for the test' });
    expect(await listReadings(open(), other.workId)).toEqual([]);
    expect(await firstReading(open(), [other.workId])).toBeNull();
  });

  it('says on which days verdicts were given and comments made here', async () => {
    const { workId } = await begin();
    await publishWork(open(), workId, rated);
    await setThread(open(), workId, 'open');
    for (const [reader, sigla] of [
      ['r1', ['A']],
      ['r2', ['B', 'A']],
      ['r3', ['A', 'B']],
    ] as const)
      await castVerdict(open(), { workId, place: 'p1', sigla, reader, address: reader });
    await postComment(open(), {
      workId,
      parent: null,
      author: { kind: 'guest', name: 'passer-by' },
      about: { kind: 'work' },
      subject: null,
      html: htmlOfText('Words.'),
    });
    const today = new Date().toISOString().slice(0, 10);
    expect(await verdictsByDay(open(), workId, '2020-01-01')).toEqual(
      expect.arrayContaining([
        { place: 'p1', sigla: ['A'], day: today, times: 1 },
        { place: 'p1', sigla: ['A', 'B'], day: today, times: 2 },
      ]),
    );
    expect(await verdictsByDay(open(), workId, '2999-01-01')).toEqual([]);
    expect(await commentsByDay(open(), workId, '2020-01-01')).toEqual([{ day: today, times: 1 }]);
    expect(await commentsByDay(open(), workId, '2999-01-01')).toEqual([]);
  });
}
