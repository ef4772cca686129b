import { sql } from 'kysely';
import type { Store } from './engine/store.ts';

/** Takes tables out of a store, so that tests see what is said of a fault that nobody foresaw. */
export async function dropTables(store: Store, ...names: readonly string[]): Promise<void> {
  for (const name of names) await sql`DROP TABLE ${sql.table(name)}`.execute(store.write);
}
