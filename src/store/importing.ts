import { NotFound } from '../errors.ts';
import type { ReportLine } from '../intake/report.ts';
import { newId } from '../model/id.ts';
import { inTransaction, limited, now, type Store } from './engine/store.ts';
import { parseJson } from './engine/text.ts';

/** Files that someone brought at one time, and how far they are. */
export interface ImportBatch {
  readonly id: string;
  /** The name of whoever brought them. */
  readonly by: string;
  /** ISO 8601. */
  readonly begunAt: string;
  /** Null while files are still to be read. */
  readonly endedAt: string | null;
  /** How many files there are to read; 0 until they were counted. */
  readonly files: number;
  /** What became of those that were read, in their order. */
  readonly reports: readonly (readonly ReportLine[])[];
}

/** Begins a batch; its files lie where whoever reads them finds them by its id. */
export async function beginBatch(store: Store, by: string, id: string = newId()): Promise<string> {
  await inTransaction(store, async (t) => {
    await t
      .insertInto('import_batches')
      .values({ id, brought_by: by, begun_at: now(), ended_at: null, files: 0 })
      .execute();
  });
  return id;
}

/** Says how many files a batch has. */
export async function countBatch(store: Store, id: string, files: number): Promise<void> {
  await inTransaction(store, async (t) => {
    await t.updateTable('import_batches').set({ files }).where('id', '=', id).execute();
  });
}

/** Notes what became of the next file of a batch. Once for each: a second note of one is not kept. */
export async function noteFile(
  store: Store,
  id: string,
  position: number,
  report: readonly ReportLine[],
): Promise<void> {
  await inTransaction(store, async (t) => {
    await t
      .insertInto('import_files')
      .values({ batch_id: id, position, report: JSON.stringify(report) })
      .onConflict((c) => c.columns(['batch_id', 'position']).doNothing())
      .execute();
  });
}

/** Says that all files of a batch were read. */
export async function endBatch(store: Store, id: string): Promise<void> {
  await inTransaction(store, async (t) => {
    await t.updateTable('import_batches').set({ ended_at: now() }).where('id', '=', id).execute();
  });
}

/** A batch with what became of its files. @throws NotFound */
export async function getBatch(store: Store, id: string): Promise<ImportBatch> {
  const row = await store.read
    .selectFrom('import_batches')
    .select(['id', 'brought_by', 'begun_at', 'ended_at', 'files'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined)
    throw new NotFound(`store: nothing was brought in as ${JSON.stringify(id.slice(0, 40))}`);
  const files = await store.read
    .selectFrom('import_files')
    .select('report')
    .where('batch_id', '=', id)
    .orderBy('position')
    .limit(100_000)
    .execute();
  return { ...batchOf(row), reports: files.map((f) => parseJson<ReportLine[]>(f.report)) };
}

/** The batches brought last, without what became of their files; with `by` those of some names alone. */
export async function listBatches(
  store: Store,
  { by, limit }: { readonly by?: readonly string[] | undefined; readonly limit?: number } = {},
): Promise<readonly Omit<ImportBatch, 'reports'>[]> {
  const rows = await store.read
    .selectFrom('import_batches')
    .select(['id', 'brought_by', 'begun_at', 'ended_at', 'files'])
    .$if(by !== undefined, (b) => b.where('brought_by', 'in', ['', ...(by ?? [])]))
    .orderBy('begun_at', 'desc')
    .orderBy('id')
    .limit(limited(limit, 20, 100))
    .execute();
  return rows.map(batchOf);
}

/** The batches whose files are not all read, with who brought each, the oldest first; at most a thousand. */
export async function listWaiting(store: Store): Promise<readonly Pick<ImportBatch, 'id' | 'by'>[]> {
  return store.read
    .selectFrom('import_batches')
    .select(['id', 'brought_by as by'])
    .where('ended_at', 'is', null)
    .orderBy('begun_at')
    .orderBy('id')
    .limit(1000)
    .execute();
}

function batchOf(row: {
  readonly id: string;
  readonly brought_by: string;
  readonly begun_at: string;
  readonly ended_at: string | null;
  readonly files: number;
}): Omit<ImportBatch, 'reports'> {
  const { id, brought_by: by, begun_at: begunAt, ended_at: endedAt, files } = row;
  return { id, by, begunAt, endedAt, files };
}
