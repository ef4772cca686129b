import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Conflict } from '../../errors.ts';
import { type ComparisonTask, showComparison } from './shown.tsx';

/** How much may be compared beside serving. */
export interface Room {
  /** The program of the thread, which the build lays beside ours. */
  readonly program: URL;
  /** So many run at once, so many wait; whoever comes then is asked to come again. */
  readonly running: number;
  readonly waiting: number;
  /** Milliseconds after which a comparison is given up. */
  readonly patience: number;
}

const room: Room = {
  program: new URL('./compare-worker.js', import.meta.url),
  running: Math.max(1, availableParallelism() - 1),
  waiting: 8,
  patience: 10_000,
};

const isBuilt = existsSync(fileURLToPath(room.program));

/**
 * Makes a comparison in a thread of its own, so that nobody else waits for it. Run from sources, where threads
 * cannot read JSX, it is made here.
 * @throws Conflict when too many wait already, or when it takes too long
 */
export const compareAside: (task: ComparisonTask) => Promise<string> = isBuilt ? aside(room) : showComparison;

/** The same with other limits. */
export function aside(room: Room): (task: ComparisonTask) => Promise<string> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= room.running) {
      if (waiting.length >= room.waiting)
        throw new Conflict('web/compare: many long texts are being compared; come again in a minute');
      // Whoever ends hands its place on, so that nobody takes it between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running++;
    try {
      return await inThread(room, task);
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}

/** A thread for each: it starts in a twentieth of a second, and no memory is taken while nobody compares. */
function inThread({ program, patience }: Room, task: ComparisonTask): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: 512 } });
    const tooLong = setTimeout(() => {
      reject(new Conflict('web/compare: these texts take too long to compare; compare shorter parts'));
      void worker.terminate();
    }, patience);
    worker.once('message', (shown) => resolve(String(shown)));
    worker.once('error', reject);
    worker.once('exit', (code) => {
      clearTimeout(tooLong);
      reject(new Error(`web/compare: the thread ended with ${code} and said nothing`));
    });
  });
}
