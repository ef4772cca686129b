import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { readEdition } from '../src/store/editions.ts';
import { closeStore, openStore, type Store } from '../src/store/index.ts';
import { listSources } from '../src/store/originals.ts';
import { checkStore } from '../src/store/safekeeping.ts';
import { listAllWorks } from '../src/store/works.ts';
import { generatedPage, random, worksInRun } from './pages.ts';

/** What a campaign of kills found: nothing, where all is well. */
interface KillReport {
  readonly kills: number;
  readonly seed: number;
  /** How many of the kills fell between the first and the last acknowledged work. */
  readonly betweenWrites: number;
  /** Works that were reported as stored before a kill, over all runs. */
  readonly reported: number;
  /** The longest time an archive took to open again, in milliseconds. */
  readonly slowestOpening: number;
  /** Each thing that was not as it must be, with the number of its run. */
  readonly faults: readonly string[];
}

/**
 * Kills an importing process (SIGKILL) so many times, nine in ten at a moment between its first and its last write,
 * and looks each time whether what it reported is whole, nothing is half, and `checkStore` finds no fault. The
 * moments follow from the seed, as far as a scheduler lets them.
 */
export async function runKills(count: number, seed: number): Promise<KillReport> {
  const next = random(seed);
  let betweenWrites = 0;
  let reported = 0;
  let slowestOpening = 0;
  const faults: string[] = [];
  for (let run = 0; run < count; run++) {
    const folder = mkdtempSync(join(tmpdir(), 'variorum-kill-'));
    try {
      const early = run % 10 === 9;
      const after = early ? 0 : 1 + Math.floor(next() * (worksInRun - 2));
      const acknowledged = await importUntilKilled(folder, seed + run, after, next() * (early ? 400 : 12));
      if (acknowledged.size > 0 && acknowledged.size < worksInRun) betweenWrites++;
      reported += acknowledged.size;
      const began = performance.now();
      const store = await openStore(folder);
      slowestOpening = Math.max(slowestOpening, performance.now() - began);
      const found = await faultsIn(store, seed + run, acknowledged);
      faults.push(...found.map((f) => `run ${run}: ${f}`));
      await closeStore(store);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { kills: count, seed, betweenWrites, reported, slowestOpening, faults };
}

/** Kills an import so many milliseconds after it reported its nth work; gives what it had reported, by number. */
async function importUntilKilled(
  folder: string,
  seed: number,
  after: number,
  delay: number,
): Promise<ReadonlyMap<number, string>> {
  const script = fileURLToPath(new URL('./kills-child.ts', import.meta.url));
  const child = spawn(process.execPath, [script, folder, String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const reported = new Map<number, string>();
  const kill = async (): Promise<void> => {
    await wait(delay);
    child.kill('SIGKILL');
  };
  if (after === 0) void kill();
  for await (const line of createInterface({ input: child.stdout })) {
    const [number, id] = line.split(' ');
    if (number !== undefined && id !== undefined) reported.set(Number(number), id);
    if (reported.size === after) void kill();
  }
  await ended;
  return reported;
}

async function faultsIn(
  store: Store,
  seed: number,
  reported: ReadonlyMap<number, string>,
): Promise<string[]> {
  const faults = (await checkStore(store)).map((f) => `check: ${f.what} (${f.where})`);
  const works = (await listAllWorks(store, { limit: 200 })).items;
  for (const [number, id] of reported) {
    if (!works.some((w) => w.id === id)) faults.push(`work ${number} was reported as ${id} and is not there`);
  }
  if (works.length > reported.size + 1)
    faults.push(`${works.length} works are there, ${reported.size} reported`);
  for (const work of works) {
    const number = Number(/\d+/.exec(work.title ?? '')?.[0] ?? -1);
    const { edition, file } = generatedPage(seed, number);
    const kept = await readEdition(store, work.id, { public: false });
    const bytes = (await listSources(store, work.id))[0]?.bytes;
    if (!isDeepStrictEqual(kept, edition)) faults.push(`work ${number} is not what was imported`);
    if (!Buffer.from(file.bytes).equals(bytes ?? Buffer.alloc(0)))
      faults.push(`the original of work ${number} is not what was imported`);
  }
  return faults;
}
