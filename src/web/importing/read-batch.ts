import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Listed, listFiles, loadFile } from '../../import/files.ts';
import { type IntakeOptions, takeIn } from '../../intake/intake.ts';
import { type ReportLine, reportOf } from '../../intake/report.ts';
import { type AccountActor, may } from '../../model/person.ts';
import { findAccountOf } from '../../store/accounts.ts';
import { countBatch, type ImportBatch, noteFile } from '../../store/importing.ts';
import type { Store } from '../../store/index.ts';
import { findPseudNamed } from '../../store/people/pseuds.ts';
import { folders } from './incoming.ts';
import { reader } from './reader.ts';

/** Reads what is left of a batch; false when it was to stop between. One file is read each time at least. */
export async function readBatch(
  store: Store,
  folder: string,
  batch: ImportBatch,
  goesOn: () => Promise<boolean>,
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
    if (at > batch.reports.length && !(await goesOn())) return false;
    await noteFile(store, batch.id, at, await readOne(store, file, mayRevise));
  }
  return true;
}

/** The pages and texts of a batch, in the same order each time they are asked for. */
async function listIncoming(folder: string): Promise<readonly Listed[]> {
  const present = await readdir(folder);
  const loose = present.includes(folders.pages) ? [join(folder, folders.pages)] : [];
  const zips = present.includes(folders.zips) ? await readdir(join(folder, folders.zips)) : [];
  return listFiles([...loose, ...zips.sort().map((name) => join(folder, folders.zips, name))]);
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
