import type { Kysely } from 'kysely';
import type { CleanHtml } from '../../html.ts';
import type { Edition } from '../../model/edition.ts';
import { newId } from '../../model/id.ts';
import type { Decision } from '../../model/remark.ts';
import type { ImportOutcome } from '../../model/views.ts';
import type { Header } from '../../model/work.ts';
import type { Arrival } from '../editions.ts';
import { insertRows } from '../engine/bulk.ts';
import type { Store } from '../engine/store.ts';
import { parseJson } from '../engine/text.ts';
import { indexWork } from '../finding/search-index.ts';
import { keepBlobs } from '../originals.ts';
import { commentOfRow, selectComments } from '../rows/comment-rows.ts';
import {
  countShown,
  type KeptComment,
  pseudOf,
  putComments,
  threadRows,
  withIds,
} from '../rows/thread-rows.ts';
import type { BlobsTable, Schema } from '../schema.ts';
import { putDecisions, remarksBySource, remarksOf } from '../talk/remarks.ts';
import { appendState, showState, standingOf } from '../writing/states.ts';
import type { Known } from './identity.ts';
import { resourceRows } from './resources.ts';
import { remarkRows, sourceRows } from './sources.ts';

/**
 * The same bytes, read by a newer importer or with other decisions: what they now say takes the place of what they
 * said before. A new state is made when the story or its header differ; comments keep their public ids.
 */
export async function rereadWork(
  store: Store,
  t: Kysely<Schema>,
  known: Known & { readonly source: NonNullable<Known['source']> },
  edition: Edition<CleanHtml>,
  blobs: readonly BlobsTable[],
  arrival: Arrival,
): Promise<ImportOutcome> {
  const { workId } = known;
  const { sha256 } = known.source;
  await keepBlobs(store, t, blobs);
  const state = await addState(store, t, known, edition, arrival);
  const comments = await putThread(store, t, workId, sha256, edition);
  const undecided = await putRemarks(store, t, workId, sha256, edition);
  await putSources(store, t, workId, edition);
  await t
    .updateTable('works')
    .set({ comments, undecided, version: newId(), decisions: JSON.stringify(edition.decisions) })
    .where('id', '=', workId)
    .execute();
  await indexWork(store, t, workId);
  return { kind: 'reread', workId, state };
}

async function addState(
  store: Store,
  t: Kysely<Schema>,
  known: Known,
  edition: Edition<CleanHtml>,
  { why, by }: Arrival,
): Promise<number> {
  const work = await standingOf(t, known.workId);
  // What a writer made of a page since is hers: a newer reading of the page does not take its place.
  if (await isRevised(t, work.id, work.newest)) return work.newest;
  const kept = parseJson<Header<CleanHtml>>((await work.states.get(work.newest)).documents.header);
  const answers = withoutDecided(kept, await decidedBefore(t, work.id));
  const words = { header: withAnswers(edition.work, answers), story: edition };
  const number = await appendState(store, t, work, work.newest, words, { by, why });
  if (number !== work.state) await showState(store, t, work, number, words);
  return number;
}

/** Whether the newest state says anything else than the last that was read from a source, but for what publishing asks. */
export async function isRevised(t: Kysely<Schema>, workId: string, newest: number): Promise<boolean> {
  const rows = await t
    .selectFrom('states')
    .leftJoin('people', (j) => j.onRef('people.id', '=', 'states.made_by').on('people.kind', '=', 'pseud'))
    .select(['states.number', 'states.header', 'states.entries', 'states.choices', 'states.variant_sets'])
    .select('people.id as writer')
    .where('states.work_id', '=', workId)
    .orderBy('states.number', 'desc')
    .execute();
  const contents = (row: (typeof rows)[number] | undefined): string => {
    if (row === undefined) return '';
    const { entries, choices, variant_sets } = row;
    const header: Header = {
      ...parseJson<Header>(row.header),
      rating: null,
      warnings: [],
      creators: [],
    };
    return JSON.stringify([header, entries, choices, variant_sets]);
  };
  const read = rows.find((row) => row.writer === null);
  return contents(read) !== contents(rows.find((row) => row.number === newest));
}

/** What was decided when the page was last read. */
async function decidedBefore(t: Kysely<Schema>, workId: string): Promise<readonly Decision[]> {
  const row = await t
    .selectFrom('works')
    .select('decisions')
    .where('id', '=', workId)
    .executeTakeFirstOrThrow();
  return parseJson<Decision[]>(row.decisions);
}

/** A header without the answers that came from decisions: those come again with them, or were withdrawn. */
function withoutDecided(header: Header<CleanHtml>, decisions: readonly Decision[]): Header<CleanHtml> {
  const isDecided = (name: RegExp): boolean => decisions.some(({ about }) => name.test(about));
  return {
    ...header,
    rating: isDecided(/(?:^|\.)work\.rating$/i) ? null : header.rating,
    warnings: isDecided(/(?:^|\.)work\.warnings?$/i) ? [] : header.warnings,
  };
}

/** What was answered when the work was published stays answered, where the source itself says nothing. */
function withAnswers(read: Header<CleanHtml>, kept: Header<CleanHtml>): Header<CleanHtml> {
  const { rating, warnings } = read;
  return { ...read, rating: rating ?? kept.rating, warnings: warnings.length > 0 ? warnings : kept.warnings };
}

/** The comments as they are now read, then those that came from elsewhere; those this source no longer has go. */
async function putThread(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  sha256: string,
  edition: Edition<CleanHtml>,
): Promise<number> {
  const rows = await selectComments(t)
    .where('comments.work_id', '=', workId)
    .orderBy('comments.position')
    .execute();
  const origins = new Map(rows.map((r) => [r.id, r.origin ?? r.id]));
  const ids = new Map(rows.map((r) => [r.origin ?? r.id, r.id]));
  const read = new Set(edition.comments.map((c) => c.id));
  const others: KeptComment[] = [];
  const gone: string[] = [];
  for (const row of rows) {
    if (read.has(row.origin ?? row.id)) continue;
    if (row.source === sha256) gone.push(row.id);
    else
      others.push({
        id: row.id,
        comment: commentOfRow(row, (id) => origins.get(id) ?? id),
        pseud: pseudOf(row),
      });
  }
  const orphaned = new Set(gone.map((id) => origins.get(id)));
  const kept = [
    ...withIds(edition.comments, ids),
    // An answer whose comment is gone begins a thread of its own rather than vanish with it.
    ...others.map((other) => {
      const { comment } = other;
      return orphaned.has(comment.parent ?? '') ? { ...other, comment: { ...comment, parent: null } } : other;
    }),
  ];
  const placed = await threadRows(store, t, workId, kept, edition);
  await putComments(store, t, placed);
  for (const id of gone)
    await t.updateTable('comments').set({ parent_id: null }).where('id', '=', id).execute();
  if (gone.length > 0) await t.deleteFrom('comments').where('id', 'in', gone).execute();
  return countShown(placed);
}

/** Gives the number of facts of the work that are undecided now. */
async function putRemarks(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  sha256: string,
  edition: Edition<CleanHtml>,
): Promise<number> {
  const others = (await remarksOf(t, workId)).filter((run) => run.source !== sha256 && run.source !== '');
  const fresh = remarksBySource(edition).filter((run) => !others.some((o) => o.source === run.source));
  const runs = [...fresh, ...others];
  await t.deleteFrom('remarks').where('work_id', '=', workId).execute();
  const rows = remarkRows(store, workId, runs);
  await insertRows(store, t, 'remarks', rows);
  await putDecisions(t, { sha256, origin: originOf(edition, sha256) }, edition.decisions);
  return runs.flatMap((run) => run.remarks).filter((r) => r.certainty === 'undecided').length;
}

function originOf(edition: Edition, sha256: string): string | null {
  return edition.sources.find((s) => s.sha256 === sha256)?.origin ?? null;
}

async function putSources(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  edition: Edition<CleanHtml>,
): Promise<void> {
  const known = await t
    .selectFrom('sources')
    .select(['sha256', 'position'])
    .where('work_id', '=', workId)
    .execute();
  for (const { sha256, position } of known) {
    const at = edition.sources.findIndex((s) => s.sha256 === sha256);
    const row = at < 0 ? undefined : sourceRows(store, workId, edition, position - at)[at];
    if (row === undefined) continue;
    await t
      .updateTable('sources')
      .set(row)
      .where('work_id', '=', workId)
      .where('sha256', '=', sha256)
      .execute();
  }
  await insertRows(
    store,
    t,
    'resources',
    resourceRows(workId, edition),
    'ON CONFLICT (work_id, path) DO UPDATE SET sha256 = excluded.sha256, media_type = excluded.media_type',
  );
}
