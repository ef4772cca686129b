import { CompiledQuery, type Kysely } from 'kysely';
import type { Schema } from '../schema.ts';
import type { Store } from './store.ts';

type Value = string | number | Uint8Array | null;

const perStatement = 50;

/**
 * Inserts many rows of one shape, fifty to a statement. A page of 500 comments costs Kysely's builder more than
 * it costs the engine, so the few statements are written once and kept. `onConflict` ends the statement.
 */
export async function insertRows<Table extends keyof Schema & string>(
  store: Store,
  db: Kysely<Schema>,
  table: Table,
  rows: readonly Schema[Table][],
  onConflict = '',
): Promise<void> {
  for (let at = 0; at < rows.length; at += perStatement) {
    const batch = rows.slice(at, at + perStatement);
    const columns = Object.keys(batch[0] ?? {});
    const values: Value[] = [];
    for (const row of batch) for (const column of columns) values.push(cell(row, column));
    const sql = statement(store, table, columns, batch.length, onConflict);
    await db.executeQuery(CompiledQuery.raw(sql, values));
    // A long import must not keep others waiting: what they ask is answered between two statements.
    if (rows.length > 200) await new Promise((resolve) => setImmediate(resolve));
  }
}

function cell(row: object, column: string): Value {
  const value: unknown = Reflect.get(row, column);
  if (typeof value === 'string' || typeof value === 'number' || value === null) return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`store: a row has no value that can be kept for ${column}`);
}

const statements = new Map<string, string>();

function statement(
  store: Store,
  table: string,
  columns: readonly string[],
  rows: number,
  onConflict: string,
): string {
  const key = `${store.engine} ${table} ${columns.join()} ${rows} ${onConflict}`;
  const known = statements.get(key);
  if (known !== undefined) return known;
  const holder = (i: number): string => (store.engine === 'sqlite' ? '?' : `$${i + 1}`);
  const groups = Array.from({ length: rows }, (_, row) => {
    return `(${columns.map((_, i) => holder(row * columns.length + i)).join(', ')})`;
  });
  const names = columns.map((c) => `"${c}"`).join(', ');
  const made = `INSERT INTO ${table} (${names}) VALUES ${groups.join(', ')} ${onConflict}`;
  statements.set(key, made);
  return made;
}
