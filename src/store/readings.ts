import { sql } from 'kysely';
import type { Counted, CountKind, DayCounted } from '../model/reading.ts';
import { countKinds } from '../model/reading.ts';
import { insertRows } from './engine/bulk.ts';
import { inTransaction, type Store } from './engine/store.ts';

/** More is never written in one statement. */
const together = 500;

/**
 * Adds what was counted to what stands. Works that are gone, or whose author has them not counted, are passed over.
 * One transaction.
 */
export async function addReadings(store: Store, counted: readonly DayCounted[]): Promise<void> {
  if (counted.length === 0) return;
  await inTransaction(store, async (t) => {
    const ids = [...new Set(counted.map((c) => c.workId))];
    const known = new Set<string>();
    for (let at = 0; at < ids.length; at += together) {
      const rows = await t
        .selectFrom('works')
        .select('id')
        .where('id', 'in', ids.slice(at, at + together))
        .where('counted', '=', 1)
        .execute();
      for (const { id } of rows) known.add(id);
    }
    const rows = counted
      .filter((c) => known.has(c.workId))
      .map(({ workId, day, kind, key, times }) => ({ work_id: workId, day, kind, key, times }));
    await insertRows(store, t, 'readings', rows, addUp);
  });
}

const addUp = 'ON CONFLICT (work_id, day, kind, key) DO UPDATE SET times = readings.times + excluded.times';

/** What was counted of a work since a day, or a month, each thing summed up. */
export async function sumReadings(store: Store, workId: string, since: string): Promise<Counted[]> {
  const rows = await store.read
    .selectFrom('readings')
    .select(['kind', 'key', (e) => e.fn.sum('times').as('sum')])
    .where('work_id', '=', workId)
    .where('day', '>=', since)
    .groupBy(['kind', 'key'])
    .orderBy('kind')
    .orderBy('key')
    .execute();
  return rows.flatMap(({ kind, key, sum }) => {
    const known = kindOf(kind);
    return known === undefined ? [] : [{ kind: known, key, times: Number(sum) }];
  });
}

/** How often works were read, or files of them taken, on each day since one: all keys together, days without nothing left out. */
export async function readingsByDay(
  store: Store,
  workIds: readonly string[],
  kind: CountKind,
  since: string,
): Promise<{ readonly workId: string; readonly day: string; readonly times: number }[]> {
  if (workIds.length === 0) return [];
  const rows = await store.read
    .selectFrom('readings')
    .select(['work_id', 'day', (e) => e.fn.sum('times').as('sum')])
    .where('work_id', 'in', workIds)
    .where('kind', '=', kind)
    .where('day', '>=', since)
    .groupBy(['work_id', 'day'])
    .orderBy('day')
    .execute();
  return rows.map((r) => ({ workId: r.work_id, day: r.day, times: Number(r.sum) }));
}

/** The first day, or month, on which anything was counted of works; null where nothing ever was. */
export async function firstReading(store: Store, workIds: readonly string[]): Promise<string | null> {
  if (workIds.length === 0) return null;
  const row = await store.read
    .selectFrom('readings')
    .select((e) => e.fn.min('day').as('day'))
    .where('work_id', 'in', workIds)
    .executeTakeFirst();
  return row?.day ?? null;
}

/** Everything that was counted of a work, for those who take their data away. Oldest first, at most a hundred thousand. */
export async function listReadings(store: Store, workId: string): Promise<DayCounted[]> {
  const rows = await store.read
    .selectFrom('readings')
    .select(['work_id', 'day', 'kind', 'key', 'times'])
    .where('work_id', '=', workId)
    .orderBy('day')
    .orderBy('kind')
    .orderBy('key')
    .limit(100_000)
    .execute();
  return rows.flatMap((r) => {
    const kind = kindOf(r.kind);
    return kind === undefined ? [] : [{ workId: r.work_id, day: r.day, kind, key: r.key, times: r.times }];
  });
}

/** Has a work counted from now on, or not. */
export async function countWork(store: Store, workId: string, isCounted: boolean): Promise<void> {
  await inTransaction(store, (t) =>
    t
      .updateTable('works')
      .set({ counted: isCounted ? 1 : 0 })
      .where('id', '=', workId)
      .execute(),
  );
}

/** Whether a work is counted, as far as its author has a say. */
export async function isCounted(store: Store, workId: string): Promise<boolean> {
  const row = await store.read
    .selectFrom('works')
    .select('counted')
    .where('id', '=', workId)
    .executeTakeFirst();
  return row?.counted === 1;
}

/** Forgets all that was counted of a work. */
export async function forgetReadings(store: Store, workId: string): Promise<void> {
  await inTransaction(store, (t) => t.deleteFrom('readings').where('work_id', '=', workId).execute());
}

/**
 * Sums up by month what was counted by day before some day, the first of a month: the years then take no more room
 * than they say. One month a transaction; gives how many were summed up.
 */
export async function condenseReadings(store: Store, before: string): Promise<number> {
  for (let done = 0; ; done++) {
    const oldest = await store.read
      .selectFrom('readings')
      .select((e) => e.fn.min('day').as('day'))
      .where('day', '<', before)
      .where(sql<number>`length(day)`, '=', 10)
      .executeTakeFirst();
    const month = oldest?.day?.slice(0, 7);
    if (month === undefined) return done;
    await inTransaction(store, async (t) => {
      const [first, last] = [`${month}-00`, `${month}-32`];
      await sql`INSERT INTO readings (work_id, day, kind, key, times)
        SELECT work_id, ${month}, kind, key, sum(times) FROM readings
        WHERE day > ${first} AND day < ${last} GROUP BY work_id, kind, key
        ${sql.raw(addUp)}`.execute(t);
      await t.deleteFrom('readings').where('day', '>', first).where('day', '<', last).execute();
    });
  }
}

function kindOf(text: string): CountKind | undefined {
  return countKinds.find((kind) => kind === text);
}
