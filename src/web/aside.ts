import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Conflict } from '../errors.ts';

/** How much may be done beside serving. */
export interface Room {
  /** The program of the thread, which the build lays beside ours. */
  readonly program: URL;
  /** So many run at once, so many wait; whoever comes then is asked to come again. */
  readonly running: number;
  readonly waiting: number;
  /** Milliseconds after which a task is given up. */
  readonly patience: number;
  /** What is said to whoever comes when too many wait, and of a task that takes too long. */
  readonly busy: string;
  readonly late: string;
}

/** Whether the program of a thread is there: run from sources, where threads cannot read JSX, it is not. */
export function isBuilt({ program }: Pick<Room, 'program'>): boolean {
  return existsSync(fileURLToPath(program));
}

/**
 * Does tasks in threads of their own, so that nobody else waits for them.
 * @throws Conflict when too many wait already, or when one takes too long
 */
export function aside<Task, Result>(room: Room): (task: Task) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= room.running) {
      if (waiting.length >= room.waiting) throw new Conflict(room.busy);
      // Whoever ends hands its place on, so that nobody takes it between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running++;
    try {
      return await inThread<Result>(room, task);
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}

/** A thread for each: it starts in a twentieth of a second, and no memory is taken while nobody asks. */
function inThread<Result>({ program, patience, late }: Room, task: unknown): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: 512 } });
    const tooLong = setTimeout(() => {
      reject(new Conflict(late));
      void worker.terminate();
    }, patience);
    // What a program of ours answers is what it says it answers.
    worker.once('message', (result: Result) => resolve(result));
    worker.once('error', reject);
    worker.once('exit', (code) => {
      clearTimeout(tooLong);
      reject(new Error(`web/aside: the thread ended with ${code} and said nothing`));
    });
  });
}
