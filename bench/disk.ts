import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forbidImport } from '../src/store/forbidden.ts';
import { closeStore, openStore } from '../src/store/index.ts';
import type { Bench, Round } from './figure.ts';

/** So many commits in a round: a second or less on a disk that waits for its bytes. */
const commits = 1000;

/** A page of SQLite and its header in the log. */
const frame = Buffer.alloc(4096 + 24, 1);

/** How many changes a second are on the disk before they are acknowledged, each its own transaction. */
export const diskBench: Bench = {
  name: 'commits',
  async measure(rounds) {
    const folder = mkdtempSync(join(tmpdir(), 'variorum-bench-'));
    const store = await openStore(folder);
    const log = openSync(join(folder, 'log'), 'w');
    let key = 0;
    const commit = async (): Promise<void> => {
      await forbidImport(store, {
        key: `journal.example/${key++}`,
        why: 'at the wish of the author',
        by: 'host',
      });
    };
    // As SQLite does with its log: from the beginning again after a thousand pages.
    const sync = (i: number): void => {
      writeSync(log, frame, 0, frame.length, i * frame.length);
      fdatasyncSync(log);
    };
    const run: Round[] = [];
    for (let i = -1; i < rounds; i++) {
      const limit = await perSecond(async (n) => sync(n));
      const ours = await perSecond(commit);
      if (i >= 0) run.push({ ours, limit });
    }
    await closeStore(store);
    closeSync(log);
    rmSync(folder, { recursive: true, force: true });
    return [
      {
        name: 'durable commits',
        limit: 'write and fdatasync alone',
        unit: '/s',
        rounds: run,
        goal: { least: 0.65 },
        peers: [],
      },
    ];
  },
};

async function perSecond(work: (i: number) => Promise<void>): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < commits; i++) await work(i);
  return (commits / (performance.now() - start)) * 1000;
}
