import { type Kysely, sql } from 'kysely';
import { Conflict } from '../../errors.ts';
import type { Schema } from '../schema.ts';
import { archive } from './001-archive.ts';
import { acts } from './002-acts.ts';
import { seals } from './003-seals.ts';
import { accounts } from './004-accounts.ts';
import { writing } from './005-writing.ts';
import { verdictOrder } from './006-verdict-order.ts';
import { publications } from './007-publications.ts';
import { journals } from './008-journals.ts';
import { readings } from './009-readings.ts';
import { betas } from './010-betas.ts';
import { leaving } from './011-leaving.ts';
import { imports } from './012-imports.ts';
import { profiles } from './013-profiles.ts';
import { mapPlaces } from './014-map-places.ts';
import { mail } from './015-mail.ts';
import { keptIndex } from './016-kept-index.ts';
import type { Dialect, Migration } from './migration.ts';

/** Every step, in order; new ones are only ever added at the end. */
const migrations: readonly Migration[] = [
  archive,
  acts,
  seals,
  accounts,
  writing,
  verdictOrder,
  publications,
  journals,
  readings,
  betas,
  leaving,
  imports,
  profiles,
  mapPlaces,
  mail,
  keptIndex,
];

const dialects: Readonly<Record<'sqlite' | 'postgres', Dialect>> = {
  sqlite: { engine: 'sqlite', text: 'TEXT', bytes: 'BLOB', strict: ' STRICT' },
  postgres: { engine: 'postgres', text: 'TEXT COLLATE "C"', bytes: 'BYTEA', strict: '' },
};

/**
 * Brings a database to this program's schema, each step in one transaction.
 * @throws Conflict when the database was made by a newer program.
 */
export async function migrate(db: Kysely<Schema>, engine: 'sqlite' | 'postgres'): Promise<void> {
  const dialect = dialects[engine];
  await sql
    .raw(
      `CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name ${dialect.text} NOT NULL,
        applied_at ${dialect.text} NOT NULL)${dialect.strict}`,
    )
    .execute(db);
  let at = await checkVersion(db);
  for (; at < migrations.length; at++) await step(db, dialect, at);
}

/**
 * The number of the last step a database has taken.
 * @throws Conflict when it is one this program does not know.
 */
async function checkVersion(db: Kysely<Schema>): Promise<number> {
  const row = await db
    .selectFrom('migrations')
    .select((e) => e.fn.max('number').as('last'))
    .executeTakeFirst();
  const last = Number(row?.last ?? 0);
  if (last > migrations.length) {
    throw new Conflict(
      `store: the database has schema ${last}, this program knows ${migrations.length}: start a newer Variorum on this folder`,
    );
  }
  return last;
}

/** Refuses a database that still needs a step and may only be read. @throws Conflict */
export async function checkCurrent(db: Kysely<Schema>): Promise<void> {
  const last = await checkVersion(db);
  if (last < migrations.length)
    throw new Conflict(
      'store: the database is of an older Variorum; open it once with one that may write to it',
    );
}

async function step(db: Kysely<Schema>, dialect: Dialect, at: number): Promise<void> {
  const migration = migrations[at];
  if (migration === undefined) return;
  await db.transaction().execute(async (t) => {
    const done = await t
      .selectFrom('migrations')
      .select('number')
      .where('number', '=', at + 1)
      .executeTakeFirst();
    if (done !== undefined) return; // another process took this step while this one waited
    for (const statement of migration.statements(dialect)) await sql.raw(statement).execute(t);
    await t
      .insertInto('migrations')
      .values({ number: at + 1, name: migration.name, applied_at: new Date().toISOString() })
      .execute();
  });
}
