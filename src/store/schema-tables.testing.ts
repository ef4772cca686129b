import { sql } from 'kysely';
import type { Store } from './index.ts';

/** The names of the tables an archive has, those of the search engine's own left aside. For tests. */
export async function schemaTables(store: Store): Promise<readonly string[]> {
  const tables = await sql<{ name: string }>`SELECT name FROM sqlite_master WHERE type = 'table'`.execute(
    store.read,
  );
  return tables.rows.map((r) => r.name).filter((name) => !/^(sqlite_|search_text)/.test(name));
}
