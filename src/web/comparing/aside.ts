import { availableParallelism } from 'node:os';
import { aside, isBuilt, type Room } from '../aside.ts';
import { type ComparisonTask, showComparison } from './shown.tsx';

/** How much may be compared beside serving. */
export const room: Room = {
  program: new URL('./compare-worker.js', import.meta.url),
  running: Math.max(1, availableParallelism() - 1),
  waiting: 8,
  patience: 10_000,
  busy: 'web/compare: many long texts are being compared; come again in a minute',
  late: 'web/compare: these texts take too long to compare; compare shorter parts',
};

/**
 * Makes a comparison in a thread of its own, so that nobody else waits for it. Run from sources it is made here.
 * @throws Conflict when too many wait already, or when it takes too long
 */
export const compareAside: (task: ComparisonTask) => Promise<string> = isBuilt(room)
  ? aside<ComparisonTask, string>(room)
  : showComparison;
