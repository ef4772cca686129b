import { loadFile } from '../../import/files.ts';
import { takeIn } from '../../intake/intake.ts';
import { type ReportLine, reportOf } from '../../intake/report.ts';
import { countBatch, endBatch, type ImportBatch, nextBatch, noteFile } from '../../store/importing.ts';
import type { Store } from '../../store/index.ts';
import { dropIncoming, incomingFolder, listIncoming } from './incoming.ts';
import { reader } from './reader.ts';

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

/** Says to whoever reads for an archive that there is something; nothing where nobody does. */
export function wakeImports(store: Store): void {
  running.get(store)?.wake();
}

async function readAll(store: Store, data: string, isStopped: () => boolean): Promise<void> {
  for (let batch = await nextBatch(store); batch !== undefined; batch = await nextBatch(store)) {
    if (isStopped()) return;
    const folder = incomingFolder(data, batch.id);
    if (!(await readBatch(store, folder, batch, isStopped))) return;
    await dropIncoming(folder);
    await endBatch(store, batch.id);
  }
}

/** Reads what is left of a batch; false when it was stopped between. */
async function readBatch(
  store: Store,
  folder: string,
  batch: ImportBatch,
  isStopped: () => boolean,
): Promise<boolean> {
  const listed = await listIncoming(folder).catch(() => undefined);
  if (listed === undefined || listed.length === 0) {
    const says =
      listed === undefined
        ? 'the files are not here any more: bring them again'
        : 'there is no page or text among these files';
    await noteFile(store, batch.id, 0, [{ ...nothing, says }]);
    return true;
  }
  await countBatch(store, batch.id, listed.length);
  for (const [at, file] of listed.entries()) {
    if (at < batch.reports.length) continue;
    if (isStopped()) return false;
    await noteFile(store, batch.id, at, await readOne(store, file));
  }
  return true;
}

const nothing: ReportLine = {
  mark: '✗',
  path: '',
  workId: null,
  title: '',
  words: '',
  endings: '',
  comments: '',
  says: '',
};

/** One file; a fault of ours with it is told of it too, so that it does not keep the others waiting for ever. */
async function readOne(store: Store, file: Parameters<typeof loadFile>[0]): Promise<readonly ReportLine[]> {
  try {
    const options = { by: null, decisions: [], publish: null, dryRun: false, reader };
    return reportOf(await takeIn(store, await loadFile(file), options));
  } catch (error) {
    console.error(`web/importing: "${file.shown}" could not be read:`, error);
    return [{ ...nothing, path: file.shown, says: 'the program failed on it; its host can see why' }];
  }
}
