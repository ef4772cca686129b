import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Figure, Round } from './figure.ts';

/**
 * One side of a race. What it gives prepares a round (counted from 0, not timed) and gives the work that is timed.
 * It runs in a process of its own: what one side compiles or leaves for the garbage collector costs the other nothing.
 */
export type Contestant = () => Course | Promise<Course>;
export type Course = (round: number) => Work | Promise<Work>;
export type Work = () => unknown;

/** Two contestants on the same work, and others to name beside them; all by name, because processes exchange only that. */
export interface Race extends Pick<Figure, 'name' | 'limit' | 'goal'> {
  readonly ours: string;
  readonly against: string;
  readonly peers?: readonly { readonly name: string; readonly contestant: string }[];
}

/** Each peer runs so often: they are slow, and only their order of size is of interest. */
const peerRounds = 3;

/** Runs a race, both sides in turn, the one that begins changing with each round. Times in ms. */
export async function race(race: Race, rounds: number): Promise<Figure> {
  const ours = await enter(race.ours);
  const limit = await enter(race.against);
  const run: Round[] = [];
  for (let i = 0; i < rounds; i++) {
    const first = i % 2 === 0 ? await ours.run(i) : await limit.run(i);
    const second = i % 2 === 0 ? await limit.run(i) : await ours.run(i);
    run.push(i % 2 === 0 ? { ours: first, limit: second } : { ours: second, limit: first });
  }
  ours.leave();
  limit.leave();
  const peers: { name: string; value: number }[] = [];
  for (const peer of race.peers ?? []) {
    const runner = await enter(peer.contestant, peerRounds);
    const times: number[] = [];
    for (let i = 0; i < peerRounds; i++) times.push(await runner.run(i));
    runner.leave();
    peers.push({ name: peer.name, value: times.toSorted((a, b) => a - b)[1] ?? Number.NaN });
  }
  return { name: race.name, limit: race.limit, goal: race.goal, unit: 'ms', rounds: run, peers };
}

interface Runner {
  run(round: number): Promise<number>;
  leave(): void;
}

async function enter(name: string, most?: number): Promise<Runner> {
  const program = process.argv[1] ?? '';
  const child = fork(program, ['--contestant', name, ...(most === undefined ? [] : ['--cold'])], {
    execArgv: [],
  });
  await answerOf(child, name);
  return {
    run: (round) => {
      child.send(round);
      return answerOf(child, name);
    },
    leave: () => child.disconnect(),
  };
}

async function answerOf(child: ChildProcess, name: string): Promise<number> {
  const answered = new AbortController();
  const end = once(child, 'exit', { signal: answered.signal }).then(([code]) => {
    throw new Error(`bench: contestant "${name}" ended with ${String(code)}; see above`);
  });
  const [ms]: unknown[] = await Promise.race([once(child, 'message'), end]);
  end.catch(() => undefined);
  answered.abort();
  return Number(ms);
}

/**
 * The other end: warms up for two seconds (unless `cold`), then runs a round whenever asked, and answers in ms. Ends
 * with its parent.
 */
export async function contend(contestant: Contestant, cold: boolean): Promise<void> {
  const course = await contestant();
  const collect = garbageCollector();
  // Rounds below 0 warm up: never the same work as one that counts.
  const until = performance.now() + (cold ? 0 : 2000);
  for (let i = -1; !cold && (i > -4 || performance.now() < until); i--) await (await course(i))();
  const timed = async (round: number): Promise<void> => {
    const work = await course(round);
    collect();
    const start = performance.now();
    await work();
    process.send?.(performance.now() - start);
  };
  process.on('message', (round) => void timed(Number(round)));
  process.once('disconnect', () => process.exit(0));
  process.send?.(0);
}

/** A round begins without the garbage of the one before. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  return () => {
    if (typeof collect === 'function') collect();
  };
}
