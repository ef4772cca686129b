import type { CleanHtml } from '../html.ts';
import { isReadable } from '../model/comment.ts';
import type { EarlierState, Edition, JournalNote, Verdict } from '../model/edition.ts';
import { emptyEdition } from '../model/edition.ts';
import type { Decision } from '../model/remark.ts';
import type { Resource, SourceRecord } from '../model/source.ts';
import type { Store } from './engine/store.ts';
import { parseJson } from './engine/text.ts';
import { unpack } from './originals.ts';
import { type CommentRow, commentOfRow, selectComments } from './rows/comment-rows.ts';
import { readState, type StateWords } from './rows/states.ts';
import { sourcesOf } from './rows/work-rows.ts';
import { listRemarks } from './talk/remarks.ts';
import { getWork } from './works.ts';

/**
 * A work as the exchange document, what exporters take. `public` (the default) leaves out what is not for
 * everyone: comments that cannot be read, decisions, remarks, names of files. `seenBy` has the pseuds of an author for
 * whom it is whole: of comments she may not read the place alone stays. Comments have the ids they came with. Erased
 * texts are empty.
 * @throws Gone, NotFound
 */
export async function readEdition(
  store: Store,
  workId: string,
  options: {
    readonly allStates?: boolean;
    readonly public?: boolean;
    readonly seenBy?: readonly string[];
  } = {},
): Promise<Edition<CleanHtml>> {
  const open = options.public ?? true;
  const work = await getWork(store, workId);
  // What is written beyond what readers see is for those who write it and those who run the archive.
  const number = open && options.seenBy === undefined ? work.state : work.newest;
  const current = await readState(store, store.read, workId, number);
  const sources = (await sourcesOf(store.read, [workId])).get(workId) ?? [];
  const resources = await readResources(store, workId);
  const said = {
    work: current.header,
    ...storyOf(current),
    comments: await readComments(store, workId, open, options.seenBy),
    states: options.allStates === true ? await readEarlier(store, workId, number) : [],
    notes: await readNotes(store, workId),
  };
  return {
    ...emptyEdition,
    kind: work.kind,
    ...said,
    verdicts: await readVerdicts(store, workId, current),
    sources: open ? sources.map(publicRecord) : sources,
    resources: open ? publicResources(resources, JSON.stringify(said)) : resources,
    remarks: open ? [] : await listRemarks(store, workId),
    decisions: open ? [] : await readDecisions(store, workId),
  };
}

function storyOf({ story }: StateWords): Pick<Edition<CleanHtml>, 'passages' | 'choices' | 'variantSets'> {
  return { passages: story.passages, choices: story.choices, variantSets: story.variantSets };
}

/** The name of a file on someone's machine is not for the public; where the page was, is. */
function publicRecord(record: SourceRecord): SourceRecord {
  return { ...record, name: record.origin ?? record.importer };
}

/**
 * The same for files that lay beside a page. The texts name them by their hash; a picture that none of them names may
 * stand in what is not published yet.
 */
function publicResources(resources: readonly Resource[], said: string): Resource[] {
  const byHash = new Map(resources.map((r) => [r.sha256, { ...r, path: r.sha256 }]));
  return [...byHash.values()].filter((r) => said.includes(`resource:${r.sha256}`));
}

async function readComments(
  store: Store,
  workId: string,
  open: boolean,
  seenBy?: readonly string[],
): Promise<Edition<CleanHtml>['comments']> {
  const rows = await selectComments(store.read)
    .where('comments.work_id', '=', workId)
    .orderBy('comments.position')
    .execute();
  const origins = new Map(rows.map((r) => [r.id, r.origin ?? r.id]));
  const comments = rows.map((r) => {
    const comment = commentOfRow(r, (id) => origins.get(id) ?? id);
    return seenBy === undefined || isSeenBy(r, seenBy) ? comment : { ...comment, ...unseen };
  });
  if (!open) return comments;
  // An answer to something that cannot be read stands under the nearest comment above that can.
  const byId = new Map(comments.map((c) => [c.id, c]));
  const readableAbove = (parent: string | null): string | null => {
    for (let at = parent; at !== null; at = byId.get(at)?.parent ?? null) {
      if (isReadable(byId.get(at)?.state ?? 'hidden')) return at;
    }
    return null;
  };
  return comments.filter((c) => isReadable(c.state)).map((c) => ({ ...c, parent: readableAbove(c.parent) }));
}

/** What an author sees: what everyone reads, what was left as an empty place, what waits for her, and what she said. */
function isSeenBy(row: CommentRow, pseuds: readonly string[]): boolean {
  if (row.state === 'hidden') return pseuds.includes(row.person_id ?? '');
  return row.state !== 'screened' || row.source === null;
}

const unseen = { author: null, posted: null, edited: null, subject: null, html: '' as CleanHtml, icon: null };

async function readEarlier(
  store: Store,
  workId: string,
  current: number,
): Promise<EarlierState<CleanHtml>[]> {
  const rows = await store.read
    .selectFrom('states')
    .select(['number', 'made_at', 'why'])
    .where('work_id', '=', workId)
    .where('number', '<', current)
    .orderBy('number')
    .execute();
  const states: EarlierState<CleanHtml>[] = [];
  for (const row of rows) {
    const words = await readState(store, store.read, workId, row.number);
    const { number, made_at: madeAt, why } = row;
    states.push({ number, madeAt, why, work: words.header, ...storyOf(words) });
  }
  return states;
}

async function readNotes(store: Store, workId: string): Promise<JournalNote<CleanHtml>[]> {
  const rows = await store.read
    .selectFrom('notes')
    .select(['title', 'posted', 'html', 'source'])
    .where('work_id', '=', workId)
    .orderBy('position')
    .execute();
  return rows.map((r) => ({
    title: r.title,
    posted: r.posted === null ? null : parseJson<JournalNote['posted']>(r.posted),
    html: r.html as CleanHtml,
    source: r.source,
  }));
}

/** Verdicts on what still divides: an Edition has none for places that are gone. */
async function readVerdicts(store: Store, workId: string, { story }: StateWords): Promise<Verdict[]> {
  const sets = new Map(story.variantSets.map((s) => [s.place, new Set(s.branches.map((b) => b.siglum))]));
  const rows = await store.read
    .selectFrom('verdicts')
    .select(['place', 'sigla', 'at'])
    .where('work_id', '=', workId)
    .orderBy('seq')
    .orderBy('place')
    .orderBy('reader')
    .execute();
  return rows
    .map((r) => ({ place: r.place, sigla: parseJson<string[]>(r.sigla), at: r.at }))
    .filter((v) => v.sigla.every((s) => sets.get(v.place)?.has(s)) && sets.has(v.place));
}

async function readResources(store: Store, workId: string): Promise<Resource[]> {
  const rows = await store.read
    .selectFrom('resources')
    .innerJoin('blobs', 'blobs.sha256', 'resources.sha256')
    .select(['resources.path', 'resources.media_type', 'resources.sha256', 'blobs.bytes', 'blobs.encoding'])
    .where('resources.work_id', '=', workId)
    .orderBy('resources.position')
    .execute();
  const resources: Resource[] = [];
  for (const row of rows) {
    const bytes = await unpack(row);
    if (bytes === null) continue;
    const base64 = Buffer.from(bytes).toString('base64');
    resources.push({ path: row.path, mediaType: row.media_type, sha256: row.sha256, base64 });
  }
  return resources;
}

async function readDecisions(store: Store, workId: string): Promise<Decision[]> {
  const row = await store.read
    .selectFrom('works')
    .select('decisions')
    .where('id', '=', workId)
    .executeTakeFirst();
  return row === undefined ? [] : parseJson<Decision[]>(row.decisions);
}
