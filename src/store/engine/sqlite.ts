import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteDialect,
  type SqliteStatement,
} from 'kysely';
import { Conflict, Invalid } from '../../errors.ts';
import type { Schema } from '../schema.ts';

/** One open connection: the driver's own, for what only SQLite can do, and Kysely over it. */
export interface SqliteConnection {
  readonly raw: Database.Database;
  readonly db: Kysely<Schema>;
}

/**
 * Opens a connection as every one of ours is opened: WAL, each commit on the disk before it is acknowledged
 * (the driver is built with `synchronous=NORMAL`), foreign keys held, deleted bytes overwritten.
 * @throws Invalid when the file cannot be opened or written, in one line.
 */
export function connect(file: string, mode: 'write' | 'read'): SqliteConnection {
  let raw: Database.Database;
  try {
    raw = new Database(file, { timeout: 5000, readonly: mode === 'read' });
    if (mode === 'write') raw.pragma('journal_mode = WAL');
    raw.pragma('synchronous = FULL');
    raw.pragma('foreign_keys = ON');
    raw.pragma('secure_delete = ON');
    // Once it is open, no busy wait: it would stop the event loop. `retried` waits instead, letting others go on.
    raw.pragma('busy_timeout = 0');
  } catch (cause) {
    throw new Invalid(`store: cannot open ${file}: ${(cause as Error).message}`, { cause });
  }
  return { raw, db: new Kysely<Schema>({ dialect: new OurDialect(raw) }) };
}

/** Kysely's dialect, with statements kept prepared, writing transactions that lock when they begin, and patience. */
class OurDialect extends SqliteDialect {
  constructor(raw: Database.Database) {
    super({ database: { close: () => raw.close(), prepare: prepared(raw) } });
  }

  override createDriver(): Driver {
    const driver = super.createDriver();
    const acquire = driver.acquireConnection.bind(driver);
    driver.acquireConnection = async () => new PatientConnection(await acquire());
    return driver;
  }
}

const mostPrepared = 200;

function prepared(raw: Database.Database): (sql: string) => SqliteStatement {
  const kept = new Map<string, SqliteStatement>();
  return (sql) => {
    // A transaction that reads before it writes cannot be retried midway: take the lock at once.
    const text = sql === 'begin' && !raw.readonly ? 'begin immediate' : sql;
    const known = kept.get(text);
    if (known !== undefined) return known;
    const statement = raw.prepare<unknown[], unknown>(text);
    const oldest = kept.size >= mostPrepared ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    const made: SqliteStatement = {
      reader: statement.reader,
      all: (values) => statement.all(...values),
      run: (values) => statement.run(...values),
      iterate: (values) => statement.iterate(...values),
    };
    kept.set(text, made);
    return made;
  };
}

class PatientConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection;

  constructor(inner: DatabaseConnection) {
    this.#inner = inner;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return retried(() => this.#inner.executeQuery<R>(query));
  }

  streamQuery<R>(query: CompiledQuery, size: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#inner.streamQuery(query, size);
  }
}

/** Tries again, up to 20 seconds, while another process holds the lock; the event loop goes on meanwhile. */
async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  const until = Date.now() + 20_000;
  for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error) || Date.now() > until) throw explained(error);
      await wait(pause * (0.5 + Math.random()));
    }
  }
}

/** What a person can do something about, said so; anything else as it is. */
function explained(cause: unknown): unknown {
  if (!(cause instanceof Database.SqliteError)) return cause;
  if (isBusy(cause))
    return new Conflict('store: another process has been writing for too long; try again when it is done');
  const reason = reasons.find(([code]) => cause.code.startsWith(code))?.[1];
  return reason === undefined ? cause : new Invalid(`store: ${reason} (${cause.message})`, { cause });
}

const reasons: readonly (readonly [code: string, reason: string])[] = [
  ['SQLITE_FULL', 'the disk is full: nothing of this was stored; make room and try again'],
  ['SQLITE_IOERR', 'the disk cannot be read or written: nothing of this was stored'],
  ['SQLITE_READONLY', 'the archive is open for reading only'],
  ['SQLITE_CORRUPT', 'the database is damaged: run `variorum check`, then restore a backup'],
  ['SQLITE_NOTADB', 'variorum.db is no database: restore a backup'],
];

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
