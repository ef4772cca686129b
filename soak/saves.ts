import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { textOfHtml } from '../src/html.ts';
import { closeStore, openStore, type Store } from '../src/store/index.ts';
import { checkStore } from '../src/store/safekeeping.ts';
import { getWork } from '../src/store/works.ts';
import { findDrafts, readWritten } from '../src/store/writing.ts';
import { random } from './pages.ts';

/** What was found when a writing process was killed so many times: nothing, where all is well. */
interface SavesReport {
  readonly kills: number;
  /** Saves that were answered before a kill, over all runs. */
  readonly answered: number;
  readonly faults: readonly string[];
}

/** The words of the nth state that `saves-child.ts` writes. */
export function savedText(state: number): string {
  return `State ${state}: ${`the lamp burned for the ${state}th night `.repeat(40)}`.trim();
}

/**
 * Kills a process that saves drafts and states as fast as it can (SIGKILL, at a moment within its saves) and looks
 * each time whether everything it answered is there, whole and in order. The moments follow from the seed.
 */
export async function runSaveKills(count: number, seed: number): Promise<SavesReport> {
  const next = random(seed);
  let answered = 0;
  const faults: string[] = [];
  for (let run = 0; run < count; run++) {
    const folder = mkdtempSync(join(tmpdir(), 'variorum-saves-'));
    try {
      const said = await writeUntilKilled(folder, 2 + Math.floor(next() * 30), next() * 8);
      answered += said.saves;
      const store = await openStore(folder);
      faults.push(...(await faultsIn(store, said)).map((fault) => `run ${run}: ${fault}`));
      await closeStore(store);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { kills: count, answered, faults };
}

interface Said {
  readonly work: string | undefined;
  readonly saves: number;
  readonly state: number;
  readonly draft: number;
}

async function writeUntilKilled(folder: string, after: number, delay: number): Promise<Said> {
  const script = fileURLToPath(new URL('./saves-child.ts', import.meta.url));
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let said: Said = { work: undefined, saves: 0, state: 1, draft: 0 };
  for await (const line of createInterface({ input: child.stdout })) {
    const [kind, value = ''] = line.split(' ');
    const saves = said.saves + 1;
    if (kind === 'work') said = { ...said, saves, work: value };
    if (kind === 'state') said = { ...said, saves, state: Number(value) };
    if (kind === 'draft') said = { ...said, saves, draft: Number(value) };
    if (said.saves === after) void wait(delay).then(() => child.kill('SIGKILL'));
  }
  await ended;
  return said;
}

async function faultsIn(store: Store, said: Said): Promise<string[]> {
  const faults = (await checkStore(store)).map((f) => `check: ${f.what} (${f.where})`);
  if (said.work === undefined) return [...faults, 'the child ended before it began a work'];
  const { state } = await getWork(store, said.work);
  if (state !== said.state && state !== said.state + 1)
    faults.push(`state ${said.state} was answered, ${state} is there`);
  for (let number = 1; number <= state; number++) {
    const { story } = await readWritten(store, said.work, number);
    const html = story.passages[0]?.html;
    if (html === undefined || textOfHtml(html) !== savedText(number))
      faults.push(`state ${number} is not what was saved`);
  }
  const [draft] = await findDrafts(store, 'a', said.work);
  const saved = draft?.number ?? 0;
  if (saved !== said.draft && saved !== said.draft + 1)
    faults.push(`draft ${said.draft} was answered, ${saved} is there`);
  const words = `${savedText(Math.ceil(saved / 3))} ${((saved - 1) % 3) + 1}`;
  if (draft !== undefined && draft.document !== words) faults.push(`draft ${saved} is not what was saved`);
  return faults;
}
