import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Conflict } from '../errors.ts';

/** How much may be done beside serving. */
export interface Room {
  /** The program of the thread, which the build lays beside ours. */
  readonly program: URL;
  /** At most this many run at once, and this many wait; whoever comes then is asked to come again. */
  readonly running: number;
  readonly waiting: number;
  /** At most this many of one person run and wait; no bound where nothing is said. */
  readonly each?: number;
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
 * Does tasks in threads of their own, so that nobody else waits for them; `who` is the account that asks, where one does.
 * @throws Conflict when too many wait already, or when one takes too long
 */
export function aside<Task, Result>(room: Room): (task: Task, who?: string) => Promise<Result> {
  const waiting: (() => void)[] = [];
  const asked = new Map<string, number>();
  let running = 0;
  const run = async (task: Task): Promise<Result> => {
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
  return async (task, who) => {
    if (who === undefined) return run(task);
    const hers = asked.get(who) ?? 0;
    if (room.each !== undefined && hers >= room.each) throw new Conflict(room.busy);
    asked.set(who, hers + 1);
    try {
      return await run(task);
    } finally {
      const left = (asked.get(who) ?? 1) - 1;
      if (left > 0) asked.set(who, left);
      else asked.delete(who);
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
    worker.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Conflict(late) : error),
    );
    worker.once('exit', (code) => {
      clearTimeout(tooLong);
      reject(new Error(`web/aside: the thread ended with ${code} and said nothing`));
    });
  });
}
