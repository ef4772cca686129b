import { type ChildProcess, fork } from 'node:child_process';
import type { Campaign, Outcome } from './campaign.ts';

/** What a worker says of one case. */
export interface Tried {
  readonly index: number;
  /** Processor time. */
  readonly ms: number;
  /** What became of it; null where a promise was broken, which `failure` then tells. */
  readonly outcome: Outcome | null;
  readonly failure: string | null;
  /** Memory the worker holds now, in MB; 0 where it did not live to say. */
  readonly memory: number;
}

/** More processor time than this no case may take, in ms. */
const most = 5_000;

/** A worker that is silent for so long hangs; on a busy machine its five seconds may take a while. */
const patience = 60_000;

/** Cases asked of a worker at once, so that it never waits. */
const ahead = 32;

/**
 * Tries cases from `from` to below `to` in a process of its own with 256 MiB of heap, which is ended and begun anew
 * where a case hangs or ends the process. Gives each case in order.
 */
export async function* tryCases(name: string, seed: number, from: number, to: number): AsyncGenerator<Tried> {
  for (let at = from; at < to; ) {
    const child = fork(process.argv[1] ?? '', ['--worker', name, '--seed', String(seed)], {
      execArgv: ['--max-old-space-size=256'],
      serialization: 'advanced',
    });
    const answers = answersOf(child);
    let asked = at;
    await answers(patience);
    for (; at < to; at++) {
      while (asked < Math.min(at + ahead, to)) child.send(asked++);
      const answer = await answers(patience);
      if (typeof answer === 'string') {
        yield { index: at++, ms: patience, outcome: null, failure: answer, memory: 0 };
        break;
      }
      yield answer;
    }
    child.kill('SIGKILL');
  }
}

/** Gives the next answer of a worker, or why there is none. */
function answersOf(child: ChildProcess): (wait: number) => Promise<Tried | string> {
  const come: (Tried | string)[] = [];
  let wake: (() => void) | undefined;
  const take = (answer: Tried | string): void => {
    come.push(answer);
    wake?.();
  };
  child.on('message', (message) => take(message as Tried));
  child.on('error', () => undefined);
  child.once('exit', (code, signal) =>
    take(`the process ended (${signal ?? code}): out of memory, or a crash`),
  );
  return async (wait) => {
    if (come.length === 0) {
      await new Promise<void>((resolve) => {
        const late = setTimeout(() => {
          come.push(`not done after ${wait} ms`);
          resolve();
        }, wait);
        wake = () => {
          clearTimeout(late);
          resolve();
        };
      });
      wake = undefined;
    }
    return come.shift() ?? 'no answer';
  };
}

/** The worker's own end: says when it is ready, then tries each case it is sent. */
export function work(campaign: Campaign, seed: number): void {
  const tryCase = campaign.prepare(seed);
  process.on('message', (index) => {
    const at = Number(index);
    const start = process.cpuUsage();
    let outcome: Outcome | null = null;
    let failure: string | null = null;
    try {
      outcome = tryCase(at);
    } catch (error) {
      failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
    const { user, system } = process.cpuUsage(start);
    const ms = (user + system) / 1000;
    if (ms > most) {
      outcome = null;
      failure ??= `took ${Math.round(ms)} ms of processor time`;
    }
    const memory = process.memoryUsage.rss() / 1e6;
    process.send?.({ index: at, ms, outcome, failure, memory } satisfies Tried);
  });
  process.once('disconnect', () => process.exit(0));
  process.send?.(null);
}
