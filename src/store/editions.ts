import type { Kysely } from 'kysely';
import type { CleanHtml } from '../html.ts';
import type { SourceFile } from '../import/importer.ts';
import type { Edition } from '../model/edition.ts';
import { newId, newSecret } from '../model/id.ts';
import { checkEdition } from '../model/validate.ts';
import type { ImportOutcome } from '../model/views.ts';
import { type Audience, audiences, type Stage, stages } from '../model/work.ts';
import { contentDigest, remarksDigest } from './arriving/digest.ts';
import { growWork } from './arriving/grow.ts';
import { findKnown } from './arriving/identity.ts';
import { isRevised, rereadWork } from './arriving/reread.ts';
import { resourceRows } from './arriving/resources.ts';
import { remarkRows, sourceRows } from './arriving/sources.ts';
import { insertRows } from './engine/bulk.ts';
import { sealed } from './engine/seal.ts';
import { inTransaction, now, type Store } from './engine/store.ts';
import { sha256Of } from './engine/text.ts';
import { forbiddenReason } from './forbidden.ts';
import { keepBlobs, packBlobs } from './originals.ts';
import { type Hands, handsOf } from './rows/creators.ts';
import { columnsOfState, putHeader } from './rows/shown.ts';
import { putState } from './rows/states.ts';
import { hashOfStory } from './rows/story-hash.ts';
import { countShown, putComments, threadRows, withIds } from './rows/thread-rows.ts';
import { oneOf } from './rows/work-rows.ts';
import type { BlobsTable, Schema } from './schema.ts';
import { putDecisions, remarksBySource } from './talk/remarks.ts';
import { getWork } from './works.ts';

export { readEdition } from './read-edition.ts';
export { decisionsFor, keepDecisions, withdrawDecisions } from './talk/remarks.ts';

/** Who stores an Edition, and why: stands with the state it makes. */
export interface Arrival {
  readonly why: string;
  readonly by: string | null;
  /** Whether whoever brings it may change a work that it turns out to be of; any work where nothing is said. */
  readonly mayRevise?: (work: Standing) => boolean;
}

/** What a permission depends on of a work that is here. */
export interface Standing extends Hands {
  readonly id: string;
  readonly stage: Stage;
  readonly audience: Audience;
}

/**
 * Stores an Edition in one transaction, or finds that it is here: see `ImportOutcome`. A new work arrives as a
 * draft, for those who have its secret link, its thread frozen. `originals` are the files it was read from.
 * @throws Invalid when the Edition does not hold together
 */
export async function saveEdition(
  store: Store,
  edition: Edition<CleanHtml>,
  originals: readonly SourceFile[],
  arrival: Arrival,
): Promise<ImportOutcome> {
  checkEdition(edition);
  const blobs = await packBlobs(store, edition, originals);
  return inTransaction(store, async (t): Promise<ImportOutcome> => {
    const reason = await forbiddenReason(store, t, edition);
    if (reason !== undefined) return { kind: 'forbidden', reason };
    const known = await findKnown(store, t, edition);
    if (known === undefined) return { kind: 'new', workId: await addWork(store, t, edition, blobs, arrival) };
    if (!(await isForThem(t, known.workId, arrival))) return { kind: 'owned' };
    if (known.source === undefined) return growWork(store, t, known, edition, blobs);
    const { content, remarks, sha256 } = known.source;
    if (content === contentDigest(store, edition) && remarks === remarksDigest(store, edition))
      return { kind: 'same', workId: known.workId };
    // Only who brings the bytes has read them: an Edition may name a source that it knows by name only.
    if (!originals.some((file) => sha256Of(file.bytes) === sha256))
      return growWork(store, t, known, edition, blobs);
    return rereadWork(store, t, { ...known, source: known.source }, edition, blobs, arrival);
  });
}

async function isForThem(t: Kysely<Schema>, id: string, { mayRevise }: Arrival): Promise<boolean> {
  if (mayRevise === undefined) return true;
  const row = await t
    .selectFrom('works')
    .select(['stage', 'audience'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const stage = oneOf(stages, row.stage, 'hidden');
  const audience = oneOf(audiences, row.audience, 'hosts');
  return mayRevise({ id, stage, audience, ...(await handsOf(t, id)) });
}

async function addWork(
  store: Store,
  t: Kysely<Schema>,
  edition: Edition<CleanHtml>,
  blobs: readonly BlobsTable[],
  { why, by }: Arrival,
): Promise<string> {
  const id = newId();
  const at = now();
  const words = { header: edition.work, story: edition };
  const number = Math.max(0, ...edition.states.map((s) => s.number)) + 1;
  const kept = withIds(edition.comments);
  await insertRows(store, t, 'works', [
    {
      id,
      stage: 'draft',
      audience: 'link',
      thread: 'frozen',
      secret: newSecret(),
      version: newId(),
      state: number,
      newest: number,
      created_at: at,
      published_at: null,
      ...columnsOfState(words),
      story_hash: hashOfStory(store, edition),
      comments: 0,
      undecided: edition.remarks.filter((r) => r.certainty === 'undecided').length,
      decisions: JSON.stringify(edition.decisions),
      due_at: null,
      old_texts: 'nobody',
      kind: edition.kind,
      counted: 1,
    },
  ]);
  for (const s of edition.states) {
    const state = { number: s.number, madeAt: s.madeAt, madeBy: null, why: s.why };
    await putState(store, t, id, state, { header: s.work, story: s });
  }
  await putState(store, t, id, { number, madeAt: at, madeBy: by, why }, words);
  await putHeader(store, t, id, edition.work);
  const rows = await threadRows(store, t, id, kept, edition);
  await putComments(store, t, rows);
  await t
    .updateTable('works')
    .set({ comments: countShown(rows) })
    .where('id', '=', id)
    .execute();
  await keepBlobs(store, t, blobs);
  await addBeside(store, t, id, edition);
  return id;
}

/** What stands beside the words of a new work: notes, verdicts, sources, resources, remarks, decisions. */
async function addBeside(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  edition: Edition<CleanHtml>,
): Promise<void> {
  const notes = edition.notes.map((n, position) =>
    sealed(store, {
      id: newId(),
      work_id: workId,
      position,
      title: n.title,
      posted: n.posted === null ? null : JSON.stringify(n.posted),
      html: n.html,
      source: n.source,
    }),
  );
  await insertRows(store, t, 'notes', notes);
  const verdicts = edition.verdicts.map((v, i) =>
    sealed(store, {
      work_id: workId,
      place: v.place,
      reader: `imported ${i + 1}`,
      address: null,
      sigla: JSON.stringify(v.sigla),
      at: v.at,
      seq: i + 1,
    }),
  );
  await insertRows(store, t, 'verdicts', verdicts);
  const sources = sourceRows(store, workId, edition);
  await insertRows(store, t, 'sources', sources, 'ON CONFLICT DO NOTHING');
  await insertRows(store, t, 'resources', resourceRows(workId, edition));
  const remarks = remarkRows(store, workId, remarksBySource(edition));
  await insertRows(store, t, 'remarks', remarks);
  for (const s of edition.sources.slice(0, 1)) await putDecisions(t, s, edition.decisions);
}

/** Whether someone has written on a work since it was last read from a page: then no reading changes her words. */
export async function isRevisedByHand(store: Store, workId: string): Promise<boolean> {
  const { newest } = await getWork(store, workId);
  return isRevised(store.read, workId, newest);
}
