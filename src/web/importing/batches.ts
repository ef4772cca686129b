import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadFile } from '../../import/files.ts';
import { type IntakeOptions, takeIn } from '../../intake/intake.ts';
import { type ReportLine, reportOf } from '../../intake/report.ts';
import { type AccountActor, may } from '../../model/person.ts';
import { findAccountOf } from '../../store/accounts.ts';
import {
  countBatch,
  endBatch,
  type ImportBatch,
  listWaiting,
  nextBatch,
  noteFile,
} from '../../store/importing.ts';
import type { Store } from '../../store/index.ts';
import { findPseudNamed } from '../../store/people/pseuds.ts';
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
  const mayRevise = await rightsOf(store, batch.by);
  const listed = await listIncoming(folder).catch(() => undefined);
  if (mayRevise === undefined || listed === undefined || listed.length === 0) {
    const says =
      mayRevise === undefined
        ? 'whoever brought these may not bring pages in any more'
        : listed === undefined
          ? 'the files are not here any more: bring them again'
          : 'there is no page or text among these files';
    await noteFile(store, batch.id, batch.reports.length, [{ ...nothing, says }]);
    return true;
  }
  await countBatch(store, batch.id, listed.length);
  for (const [at, file] of listed.entries()) {
    if (at < batch.reports.length) continue;
    if (isStopped()) return false;
    await noteFile(store, batch.id, at, await readOne(store, file, mayRevise));
  }
  return true;
}

type MayRevise = NonNullable<IntakeOptions['mayRevise']>;

/**
 * Which works that are here whoever brought a batch may change by it, as the table of permissions says at the time it is
 * read; undefined when she may bring nothing any more. Nobody can be asked for a second factor by then.
 */
async function rightsOf(store: Store, name: string): Promise<MayRevise | undefined> {
  const pseud = await findPseudNamed(store, name);
  const account = pseud === undefined ? undefined : await findAccountOf(store, pseud.id);
  if (account === undefined) return undefined;
  const { id, role, pseuds } = account;
  const actor: AccountActor = {
    kind: 'account',
    id,
    role,
    pseuds,
    strong: false,
    suspended: account.suspended !== null,
  };
  if (!may(actor, 'import pages')) return undefined;
  return (work) => may(actor, 'revise a work', { ...work, secret: false });
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
async function readOne(
  store: Store,
  file: Parameters<typeof loadFile>[0],
  mayRevise: MayRevise,
): Promise<readonly ReportLine[]> {
  try {
    const options = { by: null, decisions: [], publish: null, dryRun: false, reader, mayRevise };
    return reportOf(await takeIn(store, await loadFile(file), options));
  } catch (error) {
    console.error(`web/importing: "${file.shown}" could not be read:`, error);
    return [{ ...nothing, path: file.shown, says: 'the program failed on it; its host can see why' }];
  }
}
