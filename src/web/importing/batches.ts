import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { endBatch, getBatch, listWaiting } from '../../store/importing.ts';
import type { Store } from '../../store/index.ts';
import { dropIncoming, incomingFolder } from './incoming.ts';

/** The reading of what was brought in, one file after the other, beside serving. People take turns. */
export interface Imports {
  /** Says that there is something to read. */
  wake(): void;
  /** Resolves when no file is under way any more; what is left is read after the next start. */
  stop(): Promise<void>;
}

/** How long files of one person are read while others wait, in milliseconds; a file that is begun is read to its end. */
const turn = 5_000;

const running = new WeakMap<Store, Imports>();

/** Begins to read what waits in an archive, left over from before the last stop first. `report` hears of faults. */
export function startImports(
  store: Store,
  data: string,
  report: (error: unknown) => void,
  each: number = turn,
): Imports {
  let stopped = false;
  let under: Promise<void> = Promise.resolve();
  const isStopped = (): boolean => stopped;
  const imports: Imports = {
    wake() {
      under = under.then(() => readAll(store, data, { each, isStopped })).catch(report);
    },
    stop() {
      stopped = true;
      return under;
    },
  };
  running.set(store, imports);
  imports.wake();
  return imports;
}

/** Takes away what was on its way when the program stopped: nobody knows of it. Before anyone can send something. */
export async function dropHalfSent(store: Store, data: string): Promise<void> {
  const waiting = new Set((await listWaiting(store)).map((batch) => batch.id));
  for (const id of await readdir(join(data, 'incoming')).catch(() => []))
    if (!waiting.has(id)) await dropIncoming(incomingFolder(data, id));
}

/** Says to whoever reads for an archive that there is something; nothing where nobody does. */
export function wakeImports(store: Store): void {
  running.get(store)?.wake();
}

async function readAll(
  store: Store,
  data: string,
  { each, isStopped }: { readonly each: number; readonly isStopped: () => boolean },
): Promise<void> {
  /** Who was read last stands last. */
  let served: readonly string[] = [];
  for (;;) {
    const waiting = await listWaiting(store);
    const next = waiting.toSorted((a, b) => served.indexOf(a.by) - served.indexOf(b.by))[0];
    if (next === undefined || isStopped()) return;
    served = [...served.filter((by) => by !== next.by), next.by];
    const end = Date.now() + each;
    const goesOn = async (): Promise<boolean> =>
      !isStopped() && (Date.now() < end || (await listWaiting(store)).every(({ by }) => by === next.by));
    const folder = incomingFolder(data, next.id);
    const { readBatch } = await import('./read-batch.ts');
    if (!(await readBatch(store, folder, await getBatch(store, next.id), goesOn))) continue;
    await dropIncoming(folder);
    await endBatch(store, next.id);
  }
}
