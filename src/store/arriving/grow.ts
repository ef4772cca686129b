import type { Kysely } from 'kysely';
import type { CleanHtml } from '../../html.ts';
import type { Edition } from '../../model/edition.ts';
import { newId } from '../../model/id.ts';
import type { ImportOutcome } from '../../model/views.ts';
import { insertRows } from '../engine/bulk.ts';
import type { Store } from '../engine/store.ts';
import { keepBlobs } from '../originals.ts';
import { commentOfRow, selectComments } from '../rows/comment-rows.ts';
import { readState } from '../rows/states.ts';
import { countShown, type KeptComment, pseudOf, putComments, threadRows } from '../rows/thread-rows.ts';
import type { BlobsTable, Schema } from '../schema.ts';
import { completes, differences } from './copies.ts';
import type { Known } from './identity.ts';
import { remarkRows, sourceRows } from './sources.ts';

/**
 * Another copy of a work that is here: adds the comments it has more, and the words of comments of which only the
 * place was kept. A copy that says something else is reported and nothing of it is taken.
 */
export async function growWork(
  store: Store,
  t: Kysely<Schema>,
  known: Known,
  edition: Edition<CleanHtml>,
  blobs: readonly BlobsTable[],
): Promise<ImportOutcome> {
  const { workId } = known;
  const here = await readState(store, t, workId, known.state);
  const rows = await selectComments(t)
    .where('comments.work_id', '=', workId)
    .orderBy('comments.position')
    .execute();
  const origins = new Map(rows.map((r) => [r.id, r.origin ?? r.id]));
  const idOf = (id: string): string => origins.get(id) ?? id;
  const thread = new Map<string, KeptComment>(
    rows.map((r) => [idOf(r.id), { id: r.id, comment: commentOfRow(r, idOf), pseud: pseudOf(r) }]),
  );
  const found = differences(here, new Map([...thread].map(([id, k]) => [id, k.comment])), edition);
  if (found.length > 0) return { kind: 'contradicts', workId, differences: found };

  const changed = new Map<string, KeptComment>();
  for (const comment of edition.comments) {
    const kept = thread.get(comment.id);
    if (kept === undefined) changed.set(comment.id, { id: newId(), comment });
    else if (completes(kept.comment, comment)) {
      const whole = { ...comment, parent: kept.comment.parent };
      changed.set(comment.id, { id: kept.id, comment: whole });
    }
  }
  if (changed.size === 0) return { kind: 'same', workId };
  const merged = [...new Map([...thread, ...changed]).values()];
  const placed = await threadRows(store, t, workId, merged, here.story);
  const ids = new Set([...changed.values()].map((k) => k.id));
  const before = new Map(rows.map((r) => [r.id, `${r.thread} ${r.path}`]));
  await putComments(
    store,
    t,
    placed.filter((r) => ids.has(r.id) || before.get(r.id) !== `${r.thread} ${r.path}`),
  );
  await keepBlobs(store, t, blobs);
  await addCopy(store, t, workId, edition);
  await t
    .updateTable('works')
    .set({ comments: countShown(placed), version: newId() })
    .where('id', '=', workId)
    .execute();
  return { kind: 'grown', workId, comments: changed.size };
}

/** Notes the copy as a source, with what was remarked on its comments; its other facts are those already here. */
async function addCopy(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  edition: Edition<CleanHtml>,
): Promise<void> {
  const last = async (table: 'sources' | 'remarks'): Promise<number> => {
    const row = await t
      .selectFrom(table)
      .select((e) => e.fn.max('position').as('last'))
      .where('work_id', '=', workId)
      .executeTakeFirst();
    return row?.last === null || row === undefined ? 0 : Number(row.last) + 1;
  };
  const sources = sourceRows(store, workId, edition, await last('sources'));
  await insertRows(store, t, 'sources', sources, 'ON CONFLICT DO NOTHING');
  const remarks = edition.remarks.filter((r) => r.about.startsWith('comments'));
  const run = { source: edition.sources[0]?.sha256 ?? '', remarks };
  if (remarks.length > 0) {
    await insertRows(store, t, 'remarks', remarkRows(store, workId, [run], await last('remarks')));
  }
}
