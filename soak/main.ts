import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cwd } from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Campaign, Progress } from './campaign.ts';
import { campaigns } from './campaigns.ts';
import { reportOf } from './report.ts';
import { tryCases, work } from './worker.ts';

const usage = `npm run soak -- ${[...campaigns.map((c) => c.name), 'kills', 'saves'].join('|')} [--count N] [--seed S] [--from CASE]`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string' },
    worker: { type: 'string' },
  },
});

const name = values.worker ?? positionals[0] ?? '';
const seed = Number(values.seed);
const count = values.count === undefined ? undefined : Number(values.count);
const campaign = campaigns.find((c) => c.name === name);
if (campaign !== undefined && values.worker !== undefined) work(campaign, seed);
else if (campaign !== undefined) await run(campaign, count ?? campaign.usual);
else if (name === 'kills' || name === 'saves') await kill(name, count ?? 1_000);
else throw new Error(`soak: no campaign is called "${name}": ${usage}`);

/** Goes on with a campaign where it was left, until it has tried so many cases; `--from` begins elsewhere, and keeps nothing. */
async function run(campaign: Campaign, count: number): Promise<void> {
  const state = join(cwd(), 'soak', 'state', `${campaign.name}-${seed}.json`);
  const elsewhere = values.from !== undefined;
  let p: Progress =
    elsewhere || !existsSync(state) ? fresh(campaign) : JSON.parse(readFileSync(state, 'utf8'));
  const from = elsewhere ? Number(values.from) : p.tried;
  const keep = (): void => {
    if (elsewhere) return;
    mkdirSync(join(cwd(), 'soak', 'state'), { recursive: true });
    writeFileSync(state, JSON.stringify(p));
  };
  const before = p.seconds;
  const start = performance.now();
  for await (const tried of tryCases(campaign.name, seed, from, elsewhere ? from + count : count)) {
    p = {
      ...p,
      tried: p.tried + 1,
      outcomes:
        tried.outcome === null
          ? p.outcomes
          : { ...p.outcomes, [tried.outcome]: (p.outcomes[tried.outcome] ?? 0) + 1 },
      failures:
        tried.failure === null ? p.failures : [...p.failures, { index: tried.index, what: tried.failure }],
      slowest: tried.ms > p.slowest.ms ? { index: tried.index, ms: tried.ms } : p.slowest,
      mostMemory: Math.max(p.mostMemory, tried.memory),
      seconds: before + (performance.now() - start) / 1000,
    };
    if (tried.failure !== null) console.error(`case ${tried.index}: ${tried.failure.slice(0, 600)}`);
    if (p.tried % 1_000 === 0) {
      keep();
      console.error(`${p.tried} of ${count}, ${p.failures.length} failed`);
    }
  }
  keep();
  finish(campaign.name, reportOf(campaign.about, p), p.failures.length > 0, !elsewhere);
}

function fresh(campaign: Campaign): Progress {
  const slowest = { index: 0, ms: 0 };
  return {
    campaign: campaign.name,
    seed,
    tried: 0,
    outcomes: {},
    failures: [],
    slowest,
    mostMemory: 0,
    seconds: 0,
  };
}

/** Kills run from their sources: they start programs beside them. */
async function kill(name: 'kills' | 'saves', count: number): Promise<void> {
  const start = performance.now();
  const killed = name === 'kills' ? await killImports(count) : await killSaves(count);
  const { faults } = killed;
  const progress: Progress = {
    campaign: name,
    seed,
    tried: count,
    outcomes: { whole: count - new Set(faults.map((f) => f.split(':')[0])).size },
    failures: faults.map((what) => ({ index: Number(/\d+/.exec(what)?.[0] ?? 0), what })),
    slowest: { index: 0, ms: killed.slowest },
    mostMemory: process.memoryUsage.rss() / 1e6,
    seconds: (performance.now() - start) / 1000,
  };
  finish(name, reportOf(killed.about, progress), faults.length > 0, true);
}

interface Killed {
  readonly about: string;
  readonly faults: readonly string[];
  /** Milliseconds; 0 where it was not taken. */
  readonly slowest: number;
}

async function killImports(count: number): Promise<Killed> {
  const kills: typeof import('./kills.ts') = await import(source('kills.ts'));
  const { betweenWrites, reported, faults, slowestOpening } = await kills.runKills(count, seed);
  const about = `An import of 100 works killed (SIGKILL) at any moment, nine in ten between its first and its last write: what was reported is whole, nothing is half, the archive finds no fault in itself. ${betweenWrites} kills fell between two writes; ${reported} works had been reported.`;
  return { about, faults, slowest: slowestOpening };
}

async function killSaves(count: number): Promise<Killed> {
  const saves: typeof import('./saves.ts') = await import(source('saves.ts'));
  const { answered, faults } = await saves.runSaveKills(count, seed);
  const about = `A writer who saves versions and drafts as fast as she can, killed (SIGKILL) within her saves: what was answered as saved is there, whole and in order, and the archive finds no fault in itself. ${answered} saves had been answered.`;
  return { about, faults, slowest: 0 };
}

function source(file: string): string {
  return pathToFileURL(join(cwd(), 'soak', file)).href;
}

/** Prints a report, keeps it where that is asked, and ends with 1 where something failed. */
function finish(name: string, report: string, failed: boolean, keep: boolean): void {
  if (keep) {
    const folder = join(cwd(), 'soak', 'reports');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}.md`), report);
  }
  console.log(report);
  process.exitCode = failed ? 1 : 0;
}
