import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { Conflict, Invalid, NotFound } from '../errors.ts';
import { keepSecrets, secrets, secretsOf, textOfSecrets } from './engine/secrets.ts';
import { inTransaction, type Store } from './engine/store.ts';
import { applyImportRule } from './forbidden.ts';
import { claimServing, closeStore, databaseFile, openStore } from './index.ts';
import { appendJournal, noteRemoval, type Removal, readJournal, removalKinds } from './keeping/journal.ts';
import { applyAccountRemoval } from './leaving/account.ts';
import { applyOrphaning } from './leaving/orphan.ts';
import { applyPseudRemoval } from './leaving/pseud.ts';
import { applyOriginalRemoval } from './originals.ts';
import { applyTextRemoval, applyWorkRemoval } from './removals.ts';

export { checkStore } from './keeping/check.ts';

/**
 * Writes a consistent copy of the whole archive to one file while it goes on serving. The file holds the archive's
 * secrets and everything that is not public: keep it as the data folder is kept.
 * @throws Conflict when the file exists, Invalid when it cannot be written or the archive is in PostgreSQL
 */
export async function backup(store: Store, toFile: string): Promise<void> {
  if (store.sqlite === undefined)
    throw new Invalid('store: an archive in PostgreSQL is backed up with its own tools (pg_dump)');
  if (existsSync(toFile)) throw new Conflict(`store: ${toFile} exists already; name another file`);
  const part = `${toFile}.part`;
  // Of its own connection, in one reading transaction: what is written meanwhile neither enters nor delays it.
  const source = new Database(join(store.folder, databaseFile), { readonly: true, timeout: 0 });
  try {
    rmSync(part, { force: true });
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM migrations').get();
    await source.backup(part, { progress: () => 1000 });
    chmodSync(part, 0o600);
    addSecrets(part, textOfSecrets(secrets(store.folder)));
    sync(part);
    renameSync(part, toFile);
    sync(dirname(resolve(toFile)));
  } catch (cause) {
    rmSync(part, { force: true });
    throw new Invalid(`store: cannot back up to ${toFile}: ${(cause as Error).message}`, { cause });
  } finally {
    source.close();
  }
}

function addSecrets(file: string, text: string): void {
  const db = new Database(file);
  try {
    db.pragma('journal_mode = DELETE');
    db.pragma('synchronous = FULL');
    db.exec('CREATE TABLE backup_secrets (text TEXT NOT NULL) STRICT');
    db.prepare('INSERT INTO backup_secrets VALUES (?)').run(text);
  } finally {
    db.close();
  }
}

/**
 * Puts a backup in the place of a folder's archive. What was removed since the backup was made stays removed: the
 * folder's database and its journal of removals are read, and every removal the backup does not know is done again
 * before the copy takes its place.
 * @throws Conflict when the folder is being served or has an archive (unless `force`), NotFound and Invalid for a
 * file that is no backup
 */
export async function restore(
  fromFile: string,
  folder: string,
  { force }: { readonly force?: boolean } = {},
): Promise<{ readonly removalsReplayed: number }> {
  if (!existsSync(fromFile)) throw new NotFound(`store: there is no file ${fromFile} to restore from`);
  const claim = claimServing(folder);
  const file = join(folder, databaseFile);
  const aside = mkdtempSync(join(folder, 'restoring-'));
  try {
    if (existsSync(file) && force !== true)
      throw new Conflict(
        `store: ${folder} holds an archive already; restore into another folder, or force it`,
      );
    const removals = await removalsOf(folder);
    unpackBackup(fromFile, aside);
    appendJournal(aside, removals);
    const removalsReplayed = await replay(aside, removals);
    for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
    rmSync(join(folder, 'cache'), { recursive: true, force: true });
    for (const name of ['removals.jsonl', 'secrets.json', databaseFile]) {
      sync(join(aside, name));
      renameSync(join(aside, name), join(folder, name));
    }
    sync(folder);
    return { removalsReplayed };
  } finally {
    rmSync(aside, { recursive: true, force: true });
    claim.release();
  }
}

/** Every removal a folder knows of, from its journal and, as far as it can be read, its database. */
async function removalsOf(folder: string): Promise<Removal[]> {
  const found = new Map(readJournal(folder).map((r) => [r.id, r]));
  if (!existsSync(join(folder, databaseFile))) return [...found.values()];
  try {
    const store = await openStore(folder, { readonly: true });
    try {
      const rows = await store.read.selectFrom('removals').selectAll().orderBy('at').execute();
      for (const row of rows) {
        if (found.has(row.id)) continue;
        const { id, key, at, by, why } = row;
        const kind = removalKinds.find((k) => k === row.kind);
        const forbids = kind === 'import' && key !== null ? [key] : [];
        if (kind === undefined) continue;
        found.set(id, { id, kind, workId: row.work_id, key, at, by, why, legal: row.legal === 1, forbids });
      }
    } finally {
      await closeStore(store);
    }
  } catch {
    // What is restored over may be past reading; its journal is why removals are not lost with it.
  }
  return [...found.values()].toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

/** Copies a backup into a folder of its own as an archive. */
function unpackBackup(fromFile: string, folder: string): void {
  const file = join(folder, databaseFile);
  copyFileSync(fromFile, file);
  let db: Database.Database | undefined;
  try {
    db = new Database(file);
    db.pragma('secure_delete = ON');
    const damage = db.pragma('quick_check', { simple: true });
    if (damage !== 'ok') throw new Invalid(`it is damaged (${String(damage)})`);
    const text: unknown = db.prepare('SELECT text FROM backup_secrets').pluck().get();
    keepSecrets(folder, secretsOf(typeof text === 'string' ? text : ''));
    db.exec('DROP TABLE backup_secrets');
  } catch (cause) {
    throw new Invalid(`store: ${fromFile} is no backup that can be restored: ${(cause as Error).message}`, {
      cause,
    });
  } finally {
    db?.close();
  }
}

/** Does the removals a restored archive does not know; gives how many. */
async function replay(folder: string, removals: readonly Removal[]): Promise<number> {
  const store = await openStore(folder);
  try {
    const rows = await store.read.selectFrom('removals').select('id').execute();
    const known = new Set(rows.map((r) => r.id));
    const missing = removals.filter((r) => !known.has(r.id));
    for (const removal of missing) {
      try {
        await appliers[removal.kind](store, removal);
      } catch (error) {
        if (!(error instanceof NotFound)) throw error;
        // It came after the backup and is not in it: that it was removed is still to be known.
        await inTransaction(store, (t) => noteRemoval(store, t, removal));
      }
    }
    return missing.length;
  } finally {
    await closeStore(store);
  }
}

const appliers = {
  work: applyWorkRemoval,
  text: applyTextRemoval,
  original: applyOriginalRemoval,
  import: applyImportRule,
  allow: applyImportRule,
  orphan: applyOrphaning,
  pseud: applyPseudRemoval,
  account: applyAccountRemoval,
} as const;

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
