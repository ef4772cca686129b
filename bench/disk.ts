import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveEdition } from '../src/store/editions.ts';
import { closeStore, openStore, type Store } from '../src/store/index.ts';
import { castVerdict } from '../src/store/talk/verdicts.ts';
import { dividesAfter, edition, passage, story } from '../src/testing/stories.ts';
import type { Bench, Round } from './figure.ts';

/** This many commits in a round. */
const commits = 1000;

/** A page of SQLite and its header in the log. */
const frame = Buffer.alloc(4096 + 24, 1);

/** How many verdicts a second are on the disk before they are acknowledged, each its own transaction. */
export const diskBench: Bench = {
  name: 'commits',
  async measure(rounds) {
    const folder = mkdtempSync(join(tmpdir(), 'variorum-bench-'));
    const store = await openStore(folder);
    const workId = await dividedWork(store);
    const log = openSync(join(folder, 'log'), 'w');
    // As SQLite does with its log: from the beginning again after a thousand pages.
    const sync = async (i: number): Promise<void> => {
      writeSync(log, frame, 0, frame.length, i * frame.length);
      fdatasyncSync(log);
    };
    let readers = 0;
    const commit = async (): Promise<void> => {
      const [reader, address] = [`reader ${readers}`, `address ${readers++}`];
      await castVerdict(store, { workId, place: 'p1', sigla: ['A'], reader, address });
    };
    const run: Round[] = [];
    for (let i = -1; i < rounds; i++) {
      const limit = await perSecond(sync);
      const ours = await perSecond(commit);
      if (i >= 0) run.push({ ours, limit });
    }
    await closeStore(store);
    closeSync(log);
    rmSync(folder, { recursive: true, force: true });
    const limit = 'write and fdatasync alone';
    return [{ name: 'durable commits', limit, unit: '/s', rounds: run, goal: { least: 0.65 }, peers: [] }];
  },
};

async function dividedWork(store: Store): Promise<string> {
  const passages = [passage('p1', 'A lamp.'), passage('p2', 'It burns.'), passage('p3', 'It goes out.')];
  const made = edition('The Lamp', story(passages, { variantSets: [dividesAfter('p1', 'p2', 'p3')] }));
  const saved = await saveEdition(store, made, [], { why: 'measured', by: null });
  if (saved.kind !== 'new') throw new Error('bench: the story was not stored');
  return saved.workId;
}

async function perSecond(work: (i: number) => Promise<void>): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < commits; i++) await work(i);
  return (commits / (performance.now() - start)) * 1000;
}
