import { type Kysely, sql } from 'kysely';
import type { CleanHtml } from '../../html.ts';
import type { Header } from '../../model/work.ts';
import type { Store } from '../engine/store.ts';
import { fold, keyedHash, parseJson, plainText } from '../engine/text.ts';
import { isPublic } from '../rows/public.ts';
import { documentsOf, entriesOf } from '../rows/states.ts';
import { erasedTexts, textsAt } from '../rows/texts.ts';
import type { Schema } from '../schema.ts';
import { tagsOf } from '../tags.ts';

/**
 * Makes what can be found of a work what the public may read of it: nothing, unless it is a story published for everyone.
 * Drafts are not in the index at all, so that no count, rank or snippet can tell of them. What was not changed since it
 * was last put there is neither read nor written.
 */
export async function indexWork(store: Store, t: Kysely<Schema>, workId: string): Promise<void> {
  const leaves = await leavesOf(store, t, workId);
  const wanted = new Set(leaves.map((leaf) => leaf.madeOf));
  const kept = await t
    .selectFrom('search_docs')
    .select(['id', 'made_of'])
    .where('work_id', '=', workId)
    .execute();
  await takeOut(
    store,
    t,
    kept.filter((doc) => !wanted.has(doc.made_of)).map((doc) => doc.id),
  );
  const there = new Set(kept.map((doc) => doc.made_of));
  const missing = leaves.filter((leaf) => !there.has(leaf.madeOf));
  const texts = await textsAt(
    t,
    missing.flatMap((leaf) => leaf.text ?? []),
  );
  for (const leaf of missing) {
    const body = leaf.text === null ? leaf.body : plainText(texts.get(leaf.text) ?? null);
    if (leaf.passage === null || leaf.title + body !== '') await putIn(store, t, workId, { ...leaf, body });
  }
}

/** Takes a work out of the index, its words too. */
export async function unindexWork(store: Store, t: Kysely<Schema>, workId: string): Promise<void> {
  const kept = await t.selectFrom('search_docs').select('id').where('work_id', '=', workId).execute();
  await takeOut(
    store,
    t,
    kept.map((doc) => doc.id),
  );
}

const together = 500;

async function takeOut(store: Store, t: Kysely<Schema>, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += together) {
    const some = ids.slice(at, at + together);
    if (store.engine === 'sqlite')
      await sql`DELETE FROM search_text WHERE rowid IN (${sql.join(some)})`.execute(t);
    await t.deleteFrom('search_docs').where('id', 'in', some).execute();
  }
}

/** The head of a work or one of its passages, as it can be found. */
interface Leaf {
  readonly passage: string | null;
  readonly title: string;
  readonly people: string;
  readonly tags: string;
  readonly body: string;
  /** Where the words of a passage stand, which are its body. */
  readonly text: string | null;
  /** A hash over all of this, by which one that was not changed is known. */
  readonly madeOf: string;
}

/** Another number has everything indexed anew that is published from then on. */
const manner = '1';

/** All that the public may find of a work. */
async function leavesOf(store: Store, t: Kysely<Schema>, workId: string): Promise<Leaf[]> {
  const work = await t
    .selectFrom('works')
    .select('state')
    .where('id', '=', workId)
    .where('kind', '=', 'story')
    .where(isPublic)
    .executeTakeFirst();
  if (work === undefined) return [];
  const documents = await documentsOf(t, workId, work.state);
  const header = parseJson<Header<CleanHtml>>(documents.header);
  const erased = new Set((await erasedTexts(t, workId)).map((text) => text.hash));
  const leaf = (said: Omit<Leaf, 'madeOf'>): Leaf => {
    const parts = [said.passage, said.title, said.people, said.tags, said.body, said.text];
    const isErased = said.text !== null && erased.has(said.text);
    return { ...said, madeOf: keyedHash(store.textKey, 'found', manner, JSON.stringify([parts, isErased])) };
  };
  const head = leaf({
    passage: null,
    title: header.title ?? '',
    people: header.creators.map((c) => c.name).join('\n'),
    tags: tagsOf(header)
      .map((tag) => tag.name)
      .join('\n'),
    body: plainText(header.summary),
    text: null,
  });
  const passages = entriesOf(documents).map((p) =>
    leaf({
      passage: p.key,
      title: p.title ?? '',
      people: '',
      tags: p.tags.join('\n'),
      body: '',
      text: p.textHash,
    }),
  );
  return [head, ...passages];
}

async function putIn(store: Store, t: Kysely<Schema>, workId: string, leaf: Leaf): Promise<void> {
  const body = unmarked(leaf.body);
  if (store.engine === 'postgres') {
    // A tsvector holds less than 1 MB, and PostgreSQL's own parser would take `<so>` for a tag and skip it.
    const plain = (text: string): string => fold(text.slice(0, 400_000)).replace(/[^\p{L}\p{N}]+/gu, ' ');
    const [title, people, tags, words] = [leaf.title, leaf.people, leaf.tags, body].map(plain);
    await sql`INSERT INTO search_docs (work_id, passage, made_of, body, words)
      VALUES (${workId}, ${leaf.passage}, ${leaf.madeOf}, ${body},
        setweight(to_tsvector('simple', ${title}), 'A') || setweight(to_tsvector('simple', ${people}), 'B') ||
        setweight(to_tsvector('simple', ${tags}), 'B') || setweight(to_tsvector('simple', ${words}), 'D'))`.execute(
      t,
    );
    return;
  }
  const added = await sql<{ id: number }>`INSERT INTO search_docs (work_id, passage, made_of)
    VALUES (${workId}, ${leaf.passage}, ${leaf.madeOf}) RETURNING id`.execute(t);
  await sql`INSERT INTO search_text (rowid, title, people, tags, body)
    VALUES (${added.rows[0]?.id ?? null}, ${leaf.title}, ${leaf.people}, ${leaf.tags}, ${body})`.execute(t);
}

/** Without the characters that stand around matches in a snippet. */
function unmarked(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the marks
  return text.replace(/[\u0001\u0002]/g, ' ');
}
