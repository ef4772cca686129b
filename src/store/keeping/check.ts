import { join } from 'node:path';
import type { Choice, VariantSet } from '../../model/state.ts';
import type { Fault, PassageEntry } from '../../model/views.ts';
import { isSealed } from '../engine/seal.ts';
import { connect } from '../engine/sqlite.ts';
import type { Store } from '../engine/store.ts';
import { parseJson, sha256Of } from '../engine/text.ts';
import { databaseFile } from '../index.ts';
import { unpack } from '../originals.ts';
import { hashOfText } from '../rows/texts.ts';
import type { Schema } from '../schema.ts';

const restoreIt = 'Restore a backup made before this; `variorum check` on it first.';
const together = 200;

/**
 * Looks at everything that is kept: the database itself, the hashes of texts, originals and rows, and whether what
 * points at something points at something. No fault is mended.
 */
export async function checkStore(store: Store): Promise<Fault[]> {
  const faults = await checkEngine(store);
  // A database that is damaged may throw at any row: each look goes as far as it comes.
  for (const look of [
    checkTexts,
    checkOriginals,
    checkStates,
    checkComments,
    checkNotes,
    checkBeside,
    checkNames,
    checkProfiles,
  ]) {
    try {
      for await (const fault of look(store)) faults.push(fault);
    } catch (error) {
      faults.push({
        what: `The database cannot be read here: ${(error as Error).message}`,
        where: look.name.replace('check', '').toLowerCase(),
        remedy: restoreIt,
      });
    }
  }
  return faults;
}

async function checkEngine(store: Store): Promise<Fault[]> {
  if (store.sqlite === undefined) return [];
  // A connection of its own: one that has searched before sees damage in FTS5's index where there is none.
  const { raw } = connect(join(store.folder, databaseFile), 'read');
  const faults: Fault[] = [];
  try {
    for (const row of raw.pragma('integrity_check(100)') as { readonly integrity_check: string }[]) {
      if (row.integrity_check === 'ok') continue;
      faults.push({
        what: `SQLite finds damage: ${row.integrity_check}`,
        where: 'variorum.db',
        remedy: restoreIt,
      });
    }
    const dangling = raw.pragma('foreign_key_check') as { table: string; rowid: number; parent: string }[];
    for (const row of dangling.slice(0, 100)) {
      faults.push({
        what: `A row points at one in ${row.parent} that is not there`,
        where: `${row.table}, row ${row.rowid}`,
        remedy: restoreIt,
      });
    }
  } catch (error) {
    faults.push({
      what: `SQLite cannot read the database: ${(error as Error).message}`,
      where: 'variorum.db',
      remedy: restoreIt,
    });
  } finally {
    raw.close();
  }
  return faults;
}

async function* checkTexts(store: Store): AsyncGenerator<Fault> {
  for (let after = ''; ; ) {
    const rows = await store.read
      .selectFrom('texts')
      .select(['hash', 'work_id', 'passage', 'html'])
      .where('hash', '>', after)
      .orderBy('hash')
      .limit(together)
      .execute();
    for (const row of rows) {
      if (row.html === null || hashOfText(store, row.work_id, row.passage, row.html) === row.hash) continue;
      yield {
        what: 'The words of a passage are not those that were stored',
        where: `work ${row.work_id}, passage ${row.passage}`,
        remedy: 'Import its source again, or restore a backup made before this.',
      };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < together) return;
    after = last.hash;
  }
}

async function* checkOriginals(store: Store): AsyncGenerator<Fault> {
  const rows = await store.read.selectFrom('blobs').select('sha256').orderBy('sha256').execute();
  for (const { sha256 } of rows) {
    const blob = await store.read
      .selectFrom('blobs')
      .select(['bytes', 'encoding'])
      .where('sha256', '=', sha256)
      .executeTakeFirst();
    if (blob === undefined || blob.bytes === null) continue;
    const bytes = await unpack(blob).catch(() => null);
    if (bytes !== null && sha256Of(bytes) === sha256) continue;
    yield {
      what: 'The bytes of a file are not those that were stored',
      where: `original ${sha256}`,
      remedy: 'Import the file again if you have it, or restore a backup made before this.',
    };
  }
}

async function* checkStates(store: Store): AsyncGenerator<Fault> {
  const works = await store.read
    .selectFrom('works')
    .select(['id', 'state', 'newest'])
    .orderBy('id')
    .execute();
  for (const work of works) {
    const rows = await store.read
      .selectFrom('states')
      .selectAll()
      .where('work_id', '=', work.id)
      .orderBy('number')
      .execute();
    const texts = await store.read
      .selectFrom('texts')
      .select('hash')
      .where('work_id', '=', work.id)
      .execute();
    const known = new Set(texts.map((t) => t.hash));
    for (const [number, what] of [
      [work.state, 'The current state is missing'],
      [work.newest, 'The newest state is missing'],
    ] as const) {
      if (!rows.some((r) => r.number === number)) yield { what, where: `work ${work.id}`, remedy: restoreIt };
    }
    for (const row of rows) {
      const where = `work ${work.id}, state ${row.number}`;
      if (!isSealed(store, row)) {
        yield { what: 'A state is not what was stored', where, remedy: restoreIt };
        continue;
      }
      for (const what of danglingIn(row, known)) yield { what, where, remedy: restoreIt };
    }
  }
}

function danglingIn(
  row: { readonly entries: string; readonly choices: string; readonly variant_sets: string },
  texts: ReadonlySet<string>,
): string[] {
  const entries = parseJson<PassageEntry[]>(row.entries);
  const keys = new Set(entries.map((e) => e.key));
  const ends = [
    ...parseJson<Choice[]>(row.choices).flatMap((c) => [c.from, c.to]),
    ...parseJson<VariantSet[]>(row.variant_sets).flatMap((s) => [s.place, ...s.branches.map((b) => b.head)]),
  ];
  return [
    ...entries.filter((e) => !texts.has(e.textHash)).map((e) => `Passage ${e.key} has no text`),
    ...ends.filter((key) => !keys.has(key)).map((key) => `A choice leads to ${key}, which is not there`),
  ];
}

async function* checkComments(store: Store): AsyncGenerator<Fault> {
  const works = await store.read.selectFrom('works').select('id').orderBy('id').execute();
  for (const { id: workId } of works) {
    const rows = await store.read.selectFrom('comments').selectAll().where('work_id', '=', workId).execute();
    const byId = new Map(rows.map((r) => [r.id, r]));
    for (const row of rows) {
      const where = `work ${workId}, comment ${row.id}`;
      if (!isSealed(store, row)) yield { what: 'A comment is not what was stored', where, remedy: restoreIt };
      const parent = row.parent_id === null ? undefined : byId.get(row.parent_id);
      const placed =
        row.parent_id === null
          ? row.depth === 0 && row.path === ''
          : parent !== undefined &&
            row.thread === parent.thread &&
            row.depth === parent.depth + 1 &&
            row.path.startsWith(parent.path);
      if (!placed)
        yield { what: 'A comment does not stand under the one it answers', where, remedy: restoreIt };
    }
  }
}

async function* checkNotes(store: Store): AsyncGenerator<Fault> {
  const rows = await store.read.selectFrom('notes').selectAll().orderBy('id').execute();
  for (const row of rows) {
    if (isSealed(store, row)) continue;
    yield { what: 'A note is not what was stored', where: `work ${row.work_id}`, remedy: restoreIt };
  }
}

/** What stands beside a work: where it came from, what was remarked, how readers judged. */
async function* checkBeside(store: Store): AsyncGenerator<Fault> {
  const works = await store.read.selectFrom('works').select('id').orderBy('id').execute();
  for (const { id } of works) {
    for (const [table, thing] of beside) {
      const rows = await store.read.selectFrom(table).selectAll().where('work_id', '=', id).execute();
      if (rows.every((row) => isWhole(store, row))) continue;
      yield { what: `${thing} are not what was stored`, where: `work ${id}`, remedy: restoreIt };
    }
  }
}

const beside = [
  ['sources', 'The records of its sources'],
  ['remarks', 'The remarks on its import'],
  ['verdicts', 'The verdicts of its readers'],
  ['suggestions', 'The suggestions of its betas'],
] as const;

async function* checkNames(store: Store): AsyncGenerator<Fault> {
  for (const table of ['people', 'tags'] as const) {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const rows: (Schema['people'] | Schema['tags'])[] = await store.read
        .selectFrom(table)
        .selectAll()
        .where('id', '>', after)
        .orderBy('id')
        .limit(together)
        .execute();
      for (const row of rows) {
        if (isWhole(store, row)) continue;
        yield { what: 'A name is not what was stored', where: `${table}, ${row.id}`, remedy: restoreIt };
      }
      after = rows.at(-1)?.id;
    }
  }
}

async function* checkProfiles(store: Store): AsyncGenerator<Fault> {
  const rows = await store.read.selectFrom('profiles').selectAll().orderBy('person_id').execute();
  for (const row of rows) {
    if (isSealed(store, row)) continue;
    yield {
      what: 'What a name says of itself is not what was stored',
      where: `people, ${row.person_id}`,
      remedy: restoreIt,
    };
  }
}

/** Whether a row is as it was sealed; rows from before there were seals are taken as they are. */
function isWhole(store: Store, row: { readonly seal: string }): boolean {
  return row.seal === '' || isSealed(store, row);
}
