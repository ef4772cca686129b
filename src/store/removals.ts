import type { Kysely } from 'kysely';
import { NotFound } from '../errors.ts';
import type { About } from '../model/comment.ts';
import { newId } from '../model/id.ts';
import { noteAct } from './acts.ts';
import { clearBooks } from './books.ts';
import { scrub } from './engine/scrub.ts';
import { sealed } from './engine/seal.ts';
import { inTransaction, now, type Store } from './engine/store.ts';
import { parseJson } from './engine/text.ts';
import { indexWork, unindexWork } from './finding/search-index.ts';
import { plainKey, textKeyOf } from './forbidden.ts';
import { noteRemoval, type Removal } from './keeping/journal.ts';
import { dropUnused } from './originals.ts';
import { storyHashOf } from './rows/story-hash.ts';
import type { Schema } from './schema.ts';
import { dropDraftsOf } from './writing/drafts.ts';

/** Who takes something away, and why; `legal` when by a legal demand. */
export interface Taking {
  readonly by: string;
  readonly why: string;
  readonly legal?: boolean;
  /** Whether a work that is removed may not be imported again: so, unless its author keeps that open. */
  readonly forbid?: boolean;
}

/**
 * Takes a work away for good: words, comments, verdicts, notes, sources and their bytes, images, index, books. What
 * stays is that it was removed, and (but for `forbid`) that its page and its words may not be imported again.
 * @throws NotFound
 */
export async function removeWork(
  store: Store,
  id: string,
  { by, why, legal, forbid }: Taking,
): Promise<void> {
  const forbids = forbid === false ? [] : await keysOf(store, id);
  await applyWorkRemoval(store, {
    id: newId(),
    kind: 'work',
    workId: id,
    key: null,
    at: now(),
    by,
    why,
    legal: legal ?? false,
    forbids,
  });
}

/** The same for a removal that is replayed. @throws NotFound */
export async function applyWorkRemoval(store: Store, removal: Removal): Promise<void> {
  const id = removal.workId ?? '';
  await inTransaction(store, async (t) => {
    const work = await t.selectFrom('works').select('id').where('id', '=', id).executeTakeFirst();
    if (work === undefined) throw new NotFound(`store: no work has the id ${JSON.stringify(id)}`);
    await noteRemoval(store, t, removal);
    await noteAct(t, id, { act: 'remove', by: removal.by, why: removal.why });
    await eraseWork(store, t, id);
  });
  clearBooks(store);
  await scrub(store);
}

/**
 * Erases the words of a passage from every state of a work; its place stays.
 * @throws NotFound when no state has such a passage
 */
export async function eraseText(
  store: Store,
  workId: string,
  passageKey: string,
  { by, why, legal }: Taking,
): Promise<void> {
  await applyTextRemoval(store, {
    id: newId(),
    kind: 'text',
    workId,
    key: passageKey,
    at: now(),
    by,
    why,
    legal: legal ?? false,
    forbids: [],
  });
}

/** The same for a removal that is replayed. @throws NotFound */
export async function applyTextRemoval(store: Store, removal: Removal): Promise<void> {
  const workId = removal.workId ?? '';
  const passage = removal.key ?? '';
  await inTransaction(store, async (t) => {
    const texts = await t
      .selectFrom('texts')
      .select('hash')
      .where('work_id', '=', workId)
      .where('passage', '=', passage)
      .execute();
    if (texts.length === 0)
      throw new NotFound(`store: work ${workId} has no passage ${JSON.stringify(passage)}`);
    await noteRemoval(store, t, removal);
    await t
      .updateTable('texts')
      .set({ html: null, erased_at: removal.at })
      .where('work_id', '=', workId)
      .where('passage', '=', passage)
      .execute();
    await eraseHeldWords(store, t, workId, passage);
    await t.updateTable('works').set({ version: newId(), story_hash: '' }).where('id', '=', workId).execute();
    await indexWork(store, t, workId);
  });
  clearBooks(store);
  await scrub(store);
}

/** Takes the words of a passage out of everything else that can hold some of them: whoever adds such a thing adds it here. */
async function eraseHeldWords(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  passage: string,
): Promise<void> {
  await dropDraftsOf(t, workId, passage);
  await dropSuggestions(t, workId, passage);
  const quoting = await t.selectFrom('comments').selectAll().where('work_id', '=', workId).execute();
  for (const { seal: _, ...row } of quoting) {
    const about = parseJson<About>(row.about);
    if (about.kind !== 'words' || about.key !== passage) continue;
    // What it was said of stays, without the words.
    const changed = { ...row, about: JSON.stringify({ kind: 'passage', key: passage } satisfies About) };
    await t.updateTable('comments').set(sealed(store, changed)).where('id', '=', row.id).execute();
  }
}

/** What may not come again once a work is removed: its pages, or their bytes where no page is named, and its words. */
async function keysOf(store: Store, workId: string): Promise<string[]> {
  const work = await store.read
    .selectFrom('works')
    .select(['id', 'state', 'story_hash'])
    .where('id', '=', workId)
    .executeTakeFirst();
  const words = work === undefined ? '' : await storyHashOf(store, store.read, work);
  const sources = await store.read
    .selectFrom('sources')
    .select(['sha256', 'origin'])
    .where('work_id', '=', workId)
    .execute();
  const pages = sources.map((s) => plainKey(s.origin ?? s.sha256));
  return [...pages, ...(words === '' ? [] : [textKeyOf(words)])];
}

async function eraseWork(store: Store, t: Kysely<Schema>, id: string): Promise<void> {
  const sources = await t
    .selectFrom('sources')
    .select(['sha256', 'origin'])
    .where('work_id', '=', id)
    .execute();
  const resources = await t.selectFrom('resources').select('sha256').where('work_id', '=', id).execute();
  const names = await namesOf(t, id);
  await unindexWork(store, t, id);
  await t.updateTable('comments').set({ parent_id: null }).where('work_id', '=', id).execute();
  await dropSuggestions(t, id);
  const tables = [
    'comments',
    'notes',
    'verdicts',
    'remarks',
    'resources',
    'sources',
    'credits',
    'creatorships',
    'credit_links',
    'publications',
    'drafts',
    'readings',
    'orphans',
    'map_places',
    'work_tags',
    'texts',
    'states',
  ] as const;
  for (const table of tables) await t.deleteFrom(table).where('work_id', '=', id).execute();
  await t.deleteFrom('works').where('id', '=', id).execute();
  for (const { sha256 } of [...sources, ...resources]) await dropUnused(t, sha256);
  await dropUnborne(t, names);
}

/** What betas said quotes the words it is about: it goes with them. */
async function dropSuggestions(t: Kysely<Schema>, workId: string, passage?: string): Promise<void> {
  const of = t
    .selectFrom('suggestions')
    .select('id')
    .where('work_id', '=', workId)
    .$if(passage !== undefined, (b) => b.where('passage', '=', passage ?? ''));
  await t.deleteFrom('suggestion_replies').where('suggestion_id', 'in', of).execute();
  await t.deleteFrom('suggestions').where('id', 'in', of).execute();
}

interface Names {
  readonly people: readonly string[];
  readonly tags: readonly string[];
}

async function namesOf(t: Kysely<Schema>, workId: string): Promise<Names> {
  const people = await t
    .selectFrom('credits')
    .select('person_id as id')
    .where('work_id', '=', workId)
    .union(
      t
        .selectFrom('comments')
        .select('person_id as id')
        .where('work_id', '=', workId)
        .$narrowType<{ id: string }>(),
    )
    .execute();
  const tags = await t.selectFrom('work_tags').select('tag_id as id').where('work_id', '=', workId).execute();
  const ids = (rows: readonly { readonly id: string | null }[]): string[] => rows.flatMap((r) => r.id ?? []);
  return { people: ids(people), tags: ids(tags) };
}

/** Takes away the names from elsewhere and the tags that nothing bears any more. */
async function dropUnborne(t: Kysely<Schema>, { people, tags }: Names): Promise<void> {
  for (const id of people) {
    await t
      .deleteFrom('people')
      .where('id', '=', id)
      .where('kind', '=', 'imported')
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('credits').select('work_id').where('person_id', '=', id))),
      )
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('comments').select('id').where('person_id', '=', id))),
      )
      .execute();
  }
  for (const id of tags) {
    await t
      .deleteFrom('tags')
      .where('id', '=', id)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('work_tags').select('work_id').where('tag_id', '=', id))),
      )
      .execute();
  }
}
