import { type Kysely, sql } from 'kysely';
import type { Store } from '../engine/store.ts';
import { fold, plainText } from '../engine/text.ts';
import { readState, type StateWords } from '../rows/states.ts';
import type { Schema } from '../schema.ts';
import { tagsOf } from '../tags.ts';

/**
 * Makes what can be found of a work what the public may read of it: nothing, unless it is a story published for everyone.
 * Drafts are not in the index at all, so that no count, rank or snippet can tell of them.
 */
export async function indexWork(store: Store, t: Kysely<Schema>, workId: string): Promise<void> {
  await unindexWork(store, t, workId);
  const work = await t
    .selectFrom('works')
    .select('state')
    .where('id', '=', workId)
    .where('kind', '=', 'story')
    .where('stage', '=', 'published')
    .where('audience', '=', 'everyone')
    .executeTakeFirst();
  if (work === undefined) return;
  for (const doc of docsOf(await readState(t, workId, work.state))) await addDoc(store, t, workId, doc);
}

/** Takes a work out of the index, its words too. */
export async function unindexWork(store: Store, t: Kysely<Schema>, workId: string): Promise<void> {
  if (store.engine === 'sqlite') {
    await sql`DELETE FROM search_text WHERE rowid IN (SELECT id FROM search_docs WHERE work_id = ${workId})`.execute(
      t,
    );
  }
  await t.deleteFrom('search_docs').where('work_id', '=', workId).execute();
}

interface Doc {
  readonly passage: string | null;
  readonly title: string;
  readonly people: string;
  readonly tags: string;
  readonly body: string;
}

function docsOf({ header, story }: StateWords): Doc[] {
  const head: Doc = {
    passage: null,
    title: header.title ?? '',
    people: header.creators.map((c) => c.name).join('\n'),
    tags: tagsOf(header)
      .map((tag) => tag.name)
      .join('\n'),
    body: plainText(header.summary),
  };
  const passages = story.passages.map((p): Doc => {
    return {
      passage: p.key,
      title: p.title ?? '',
      people: '',
      tags: p.tags.join('\n'),
      body: plainText(p.html),
    };
  });
  return [head, ...passages.filter((p) => p.title + p.body !== '')];
}

async function addDoc(store: Store, t: Kysely<Schema>, workId: string, doc: Doc): Promise<void> {
  const body = unmarked(doc.body);
  if (store.engine === 'postgres') {
    // A tsvector holds less than 1 MB, and PostgreSQL's own parser would take `<so>` for a tag and skip it.
    const plain = (text: string): string => fold(text.slice(0, 400_000)).replace(/[^\p{L}\p{N}]+/gu, ' ');
    const [title, people, tags, words] = [doc.title, doc.people, doc.tags, body].map(plain);
    await sql`INSERT INTO search_docs (work_id, passage, body, words)
      VALUES (${workId}, ${doc.passage}, ${body},
        setweight(to_tsvector('simple', ${title}), 'A') || setweight(to_tsvector('simple', ${people}), 'B') ||
        setweight(to_tsvector('simple', ${tags}), 'B') || setweight(to_tsvector('simple', ${words}), 'D'))`.execute(
      t,
    );
    return;
  }
  const added = await sql<{ id: number }>`INSERT INTO search_docs (work_id, passage)
    VALUES (${workId}, ${doc.passage}) RETURNING id`.execute(t);
  await sql`INSERT INTO search_text (rowid, title, people, tags, body)
    VALUES (${added.rows[0]?.id ?? null}, ${doc.title}, ${doc.people}, ${doc.tags}, ${body})`.execute(t);
}

/** Without the characters that stand around matches in a snippet. */
function unmarked(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the marks
  return text.replace(/[\u0001\u0002]/g, ' ');
}
