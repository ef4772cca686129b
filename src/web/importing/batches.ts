import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { endBatch, listWaiting, nextBatch } from '../../store/importing.ts';
import type { Store } from '../../store/index.ts';
import { dropIncoming, incomingFolder } from './incoming.ts';

/** The reading of what was brought in, one file after the other, beside serving. */
export interface Imports {
  /** Says that there is something to read. */
  wake(): void;
  /** Resolves when no file is under way any more; what is left is read after the next start. */
  stop(): Promise<void>;
}

const running = new WeakMap<Store, Imports>();

/** Begins to read what waits in an archive, left over from before the last stop first. `report` hears of faults. */
export function startImports(store: Store, data: string, report: (error: unknown) => void): Imports {
  let stopped = false;
  let under: Promise<void> = Promise.resolve();
  const isStopped = (): boolean => stopped;
  const imports: Imports = {
    wake() {
      under = under.then(() => readAll(store, data, isStopped)).catch(report);
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

async function readAll(store: Store, data: string, isStopped: () => boolean): Promise<void> {
  for (let batch = await nextBatch(store); batch !== undefined; batch = await nextBatch(store)) {
    if (isStopped()) return;
    const folder = incomingFolder(data, batch.id);
    const { readBatch } = await import('./read-batch.ts');
    if (!(await readBatch(store, folder, batch, isStopped))) return;
    await dropIncoming(folder);
    await endBatch(store, batch.id);
  }
}
