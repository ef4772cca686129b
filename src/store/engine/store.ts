import type { KeyObject } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Schema } from '../schema.ts';
import type { SqliteConnection } from './sqlite.ts';

/** An open archive. Only this folder looks inside. */
export interface Store {
  readonly engine: 'sqlite' | 'postgres';
  readonly folder: string;
  /** Never waits for a writer on SQLite; sees what is committed. */
  readonly read: Kysely<Schema>;
  readonly write: Kysely<Schema>;
  /** The key of the hashes of texts, made ready once: node spends longer on bytes than on hashing a passage. */
  readonly textKey: KeyObject;
  /** The connections themselves, on SQLite. */
  readonly sqlite: { readonly read: SqliteConnection; readonly write: SqliteConnection } | undefined;
  /** How many transactions this process has committed. */
  readonly commits: { count: number };
}

/** A store over open connections. */
export function storeOver(parts: Omit<Store, 'sqlite' | 'commits'> & Partial<Pick<Store, 'sqlite'>>): Store {
  return { sqlite: undefined, commits: { count: 0 }, ...parts };
}

/** Runs one writing transaction. Inside it only `t` may be asked: on PostgreSQL in process, `store.read` would wait for it. */
export async function inTransaction<T>(
  store: Store,
  work: (t: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  const result = await store.write.transaction().execute(async (t) => {
    // SQLite has one writer. PostgreSQL gets the same: two imports of one page at once must not make two works.
    if (store.engine === 'postgres') await sql`SELECT pg_advisory_xact_lock(${archiveLock})`.execute(t);
    return work(t);
  });
  store.commits.count++;
  return result;
}

/** Any number, as long as nothing else in the database locks it. */
const archiveLock = 4870;

/** The moment, as it is stored. */
export function now(): string {
  return new Date().toISOString();
}

/** How many rows a list gives: what was asked for, at least one, at most `most`. */
export function limited(asked: number | undefined, usual: number, most: number): number {
  return Math.min(Math.max(Math.trunc(asked ?? usual) || usual, 1), most);
}
