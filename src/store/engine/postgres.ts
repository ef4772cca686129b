import { createSecretKey } from 'node:crypto';
import { Kysely, type PGlite, PGliteDialect } from 'kysely';
import { migrate } from '../migrations/index.ts';
import type { Schema } from '../schema.ts';
import { secrets } from './secrets.ts';
import { type Store, storeOver } from './store.ts';
import { storable } from './text.ts';

/**
 * A store in PostgreSQL. The folder keeps what is not in the database: secrets, the journal of removals, books.
 * PGlite has one session, so here a read waits for the transaction before it.
 */
export async function openPostgres(folder: string, server: PGlite): Promise<Store> {
  const db = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite: withTypes(server) }) });
  await migrate(db, 'postgres');
  return storeOver({
    engine: 'postgres',
    folder,
    read: db,
    write: db,
    textKey: createSecretKey(secrets(folder).texts),
  });
}

/** PostgreSQL's text cannot hold U+0000 or half a character, which SQLite lets through. */
function withTypes(server: PGlite): PGlite {
  const plain = (values: unknown[] | undefined): unknown[] | undefined =>
    values?.map((v) => (typeof v === 'string' ? storable(v) : v));
  return {
    get closed() {
      return server.closed;
    },
    get ready() {
      return server.ready;
    },
    get waitReady() {
      return server.waitReady;
    },
    close: () => server.close(),
    query: (text, values, options) => server.query(text, plain(values), options),
    transaction: (work) =>
      server.transaction((t) =>
        work({
          query: (text, values, options) => t.query(text, plain(values), options),
          rollback: () => t.rollback(),
        }),
      ),
  };
}
