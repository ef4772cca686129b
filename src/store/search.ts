import { type Kysely, sql } from 'kysely';
import { type CleanHtml, escapeHtml } from '../html.ts';
import type { Page, SearchHit } from '../model/views.ts';
import { afterOf, readAfter } from './engine/paging.ts';
import { limited, type Store } from './engine/store.ts';
import { ftsOf, readQuery, tsqueryOf } from './finding/search-query.ts';
import { isPublic } from './rows/public.ts';
import { cardsOf, selectCards } from './rows/work-rows.ts';
import type { Schema } from './schema.ts';

const farthest = 1000;

interface Hit {
  readonly id: number;
  readonly work_id: string;
  readonly passage: string | null;
}

/**
 * Public works in whose title, people, tags or text all of the words stand, best first, each once with the place
 * that fits best. Any text is a query; one without words finds nothing. At most a thousand can be paged through.
 */
export async function search(
  store: Store,
  query: string,
  q: { readonly after?: string | null; readonly limit?: number } = {},
): Promise<Page<SearchHit>> {
  const limit = limited(q.limit, 20, 50);
  const from = Math.min(Number(readAfter(q.after, 1)?.[0] ?? 0) || 0, farthest);
  const engine = store.engine === 'sqlite' ? sqlite : postgres;
  const asked = engine.read(query);
  if (asked === undefined || from >= farthest) return { items: [], next: null };
  const found = await engine.find(store.read, asked, limit + 1, from);
  const hits = found.slice(0, limit);
  if (hits.length === 0) return { items: [], next: null };
  const snippets = await engine.snippets(store.read, asked, hits);
  const cards = await cardsOf(
    store.read,
    await selectCards(store.read)
      .where(
        'works.id',
        'in',
        hits.map((h) => h.work_id),
      )
      .where(isPublic)
      .execute(),
  );
  const items = hits.flatMap((hit): SearchHit[] => {
    const work = cards.find((c) => c.id === hit.work_id);
    const snippet = marked(snippets.get(hit.id) ?? '');
    return work === undefined ? [] : [{ work, snippet, passage: hit.passage }];
  });
  return { items, next: found.length > limit ? afterOf(from + limit) : null };
}

interface Engine {
  read(query: string): string | undefined;
  find(db: Kysely<Schema>, query: string, limit: number, from: number): Promise<readonly Hit[]>;
  snippets(db: Kysely<Schema>, query: string, hits: readonly Hit[]): Promise<ReadonlyMap<number, string>>;
}

const sqlite: Engine = {
  read: (query) => ftsOf(readQuery(query)),
  async find(db, query, limit, from) {
    // `min` makes SQLite take the other columns from the row with the best rank.
    const found = await sql<Hit>`
      SELECT d.work_id, d.id, d.passage, min(f.rank) AS best
      FROM (SELECT rowid, rank FROM search_text WHERE search_text MATCH ${query}) f
      JOIN search_docs d ON d.id = f.rowid
      GROUP BY d.work_id ORDER BY best, d.work_id LIMIT ${limit} OFFSET ${from}`.execute(db);
    return found.rows;
  },
  async snippets(db, query, hits) {
    const found = await sql<{ id: number; snippet: string }>`
      SELECT rowid AS id, snippet(search_text, 3, char(1), char(2), '…', 24) AS snippet
      FROM search_text WHERE search_text MATCH ${query} AND rowid IN (${sql.join(hits.map((h) => h.id))})`.execute(
      db,
    );
    return new Map(found.rows.map((r) => [r.id, r.snippet]));
  },
};

const postgres: Engine = {
  read: (query) => tsqueryOf(readQuery(query)),
  async find(db, query, limit, from) {
    const found = await sql<Hit>`
      SELECT work_id, id, passage FROM (
        SELECT DISTINCT ON (work_id) work_id, id, passage, ts_rank(words, q) AS best
        FROM search_docs, to_tsquery('simple', ${query}) q WHERE words @@ q
        ORDER BY work_id, ts_rank(words, q) DESC, id) hits
      ORDER BY best DESC, work_id LIMIT ${limit} OFFSET ${from}`.execute(db);
    return found.rows;
  },
  async snippets(db, query, hits) {
    const options = 'StartSel=\u0001, StopSel=\u0002, MaxWords=24, MinWords=12';
    // Apart from their words, so that the parser of `ts_headline` does not take `<so>` for a tag.
    const body = sql`replace(replace(body, '<', '< '), '>', ' >')`;
    const found = await sql<{ id: number; snippet: string }>`
      SELECT id, ts_headline('simple', ${body}, to_tsquery('simple', ${query}), ${options}) AS snippet
      FROM search_docs WHERE id IN (${sql.join(hits.map((h) => h.id))})`.execute(db);
    return new Map(found.rows.map((r) => [r.id, r.snippet]));
  },
};

/** A snippet whose words were escaped before its marks became elements; null when there are no words. */
function marked(snippet: string): CleanHtml | null {
  const words = snippet.replace(/\s+/g, ' ').trim();
  if (words === '') return null;
  return escapeHtml(words).replaceAll('\u0001', '<mark>').replaceAll('\u0002', '</mark>') as CleanHtml;
}
