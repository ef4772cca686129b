import { createSecretKey } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Conflict, Invalid, NotFound } from '../errors.ts';
import { secrets } from './engine/secrets.ts';
import { connect } from './engine/sqlite.ts';
import { type Store, storeOver } from './engine/store.ts';
import { checkCurrent, migrate } from './migrations/index.ts';

export { type Secrets, secrets } from './engine/secrets.ts';
export type { Store } from './engine/store.ts';

/** The database within a data folder. */
export const databaseFile = 'variorum.db';

/**
 * Opens the archive in a folder, makes it where there is none (unless `create` is false) and brings it to this
 * program's schema (unless `readonly`).
 * @throws Conflict when the database is newer than the program, NotFound when there is none and none may be made,
 * Invalid when the folder cannot be used.
 */
export async function openStore(
  folder: string,
  options: { readonly readonly?: boolean; readonly create?: boolean } = {},
): Promise<Store> {
  const file = join(folder, databaseFile);
  const readonly = options.readonly === true;
  if (!existsSync(file) && (readonly || options.create === false)) {
    throw new NotFound(`store: no archive in ${folder}`);
  }
  if (!readonly) makeFolder(folder);
  const write = connect(file, readonly ? 'read' : 'write');
  try {
    if (readonly) await checkCurrent(write.db);
    else await migrate(write.db, 'sqlite');
    const read = connect(file, 'read');
    const textKey = createSecretKey(secrets(folder).texts);
    return storeOver({
      engine: 'sqlite',
      folder,
      read: read.db,
      write: write.db,
      textKey,
      sqlite: { read, write },
    });
  } catch (error) {
    write.raw.close();
    throw error instanceof Error && error.name === 'SqliteError'
      ? new Invalid(`store: ${file} is no archive that can be opened: ${error.message}`, { cause: error })
      : error;
  }
}

/** Closes an archive; what was committed is on the disk. */
export async function closeStore(store: Store): Promise<void> {
  if (store.read !== store.write) await store.read.destroy();
  await store.write.destroy();
  // Kysely leaves a connection open that was never asked anything.
  store.sqlite?.read.raw.close();
  store.sqlite?.write.raw.close();
}

/** Differs after any commit, on SQLite by any process: the key under which pages may be kept. */
export function changeCount(store: Store): string {
  const seen = store.sqlite === undefined ? 0 : versionSeen(store.sqlite.read.raw);
  return `${store.commits.count}.${typeof seen === 'number' ? seen : 0}`;
}

const versionStatements = new WeakMap<Database.Database, Database.Statement>();

/** Asked before every page that is kept: prepared once, it takes a seventh of the time. */
function versionSeen(raw: Database.Database): unknown {
  const known = versionStatements.get(raw);
  if (known !== undefined) return known.get();
  const statement = raw.prepare('PRAGMA data_version').pluck();
  versionStatements.set(raw, statement);
  return statement.get();
}

/**
 * Claims a folder for serving, until released or until the process ends, however it ends: SQLite's lock on
 * `serving.lock` goes with it.
 * @throws Conflict when another process serves this folder.
 */
export function claimServing(folder: string): { release(): void } {
  makeFolder(folder);
  const file = join(folder, 'serving.lock');
  let lock: Database.Database | undefined;
  try {
    lock = new Database(file, { timeout: 0 });
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock?.close();
    if (cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY')) {
      throw new Conflict(`store: another process already serves ${folder}`);
    }
    throw new Invalid(`store: cannot lock ${file}: ${(cause as Error).message}`, { cause });
  }
  const held = lock;
  return { release: () => held.close() };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new Invalid(`store: cannot write in ${folder}: ${(cause as Error).message}`, { cause });
  }
}
