import { type Kysely, sql } from 'kysely';
import { Conflict, Invalid, NotFound } from '../../errors.ts';
import type { VariantSet } from '../../model/state.ts';
import type { Tally } from '../../model/views.ts';
import { sealed } from '../engine/seal.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import { parseJson } from '../engine/text.ts';
import type { Schema } from '../schema.ts';

/** How many readers behind one address may give their first verdict at one place within an hour. */
const mostFromAddress = 20;

/** A reader's verdict: which branches at a place she prefers, any of them or none. */
interface CastVerdict {
  readonly workId: string;
  readonly place: string;
  readonly sigla: readonly string[];
  /** Keyed hash of the id in the reader's cookie. */
  readonly reader: string;
  /** Salted hash of her address. */
  readonly address: string;
}

/**
 * Takes a verdict; a reader has one at each place, and the last counts.
 * @throws NotFound for an unknown work, Invalid for a place or siglum it does not have, Conflict when too many new
 * readers came from one address within the hour.
 */
export async function castVerdict(store: Store, v: CastVerdict): Promise<void> {
  await inTransaction(store, async (t) => {
    const sigla = [...new Set(v.sigla)].sort(bySiglum);
    const set = await setAt(t, v.workId, v.place);
    const unknown = sigla.find((s) => !set.branches.some((b) => b.siglum === s));
    if (unknown !== undefined) {
      throw new Invalid(
        `store: nothing is called ${JSON.stringify(unknown)} at ${v.place} of work ${v.workId}`,
        {
          path: 'sigla',
        },
      );
    }
    await checkAddress(t, v);
    const last = await t
      .selectFrom('verdicts')
      .select((e) => e.fn.max('seq').as('seq'))
      .where('work_id', '=', v.workId)
      .executeTakeFirst();
    const row = sealed(store, {
      work_id: v.workId,
      place: v.place,
      reader: v.reader,
      address: v.address,
      sigla: JSON.stringify(sigla),
      at: now(),
      seq: Number(last?.seq ?? 0) + 1,
    });
    await t
      .insertInto('verdicts')
      .values(row)
      .onConflict((c) => c.columns(['work_id', 'place', 'reader']).doUpdateSet(row))
      .execute();
  });
}

/** What a reader said at a place; undefined when nothing. */
export async function findVerdict(
  store: Store,
  workId: string,
  place: string,
  reader: string,
): Promise<readonly string[] | undefined> {
  const row = await store.read
    .selectFrom('verdicts')
    .select('sigla')
    .where('work_id', '=', workId)
    .where('place', '=', place)
    .where('reader', '=', reader)
    .executeTakeFirst();
  return row === undefined ? undefined : parseJson<string[]>(row.sigla);
}

/** How readers judged at a place. A verdict for none counts as ''. */
export async function tally(store: Store, workId: string, place: string): Promise<Tally> {
  const rows = await store.read
    .selectFrom('verdicts')
    .select(['sigla', (e) => e.fn.countAll().as('n')])
    .where('work_id', '=', workId)
    .where('place', '=', place)
    .groupBy('sigla')
    .orderBy('sigla')
    .execute();
  const counts = new Map<string, number>();
  for (const row of rows) {
    const subset = parseJson<string[]>(row.sigla).toSorted(bySiglum).join('');
    counts.set(subset, (counts.get(subset) ?? 0) + Number(row.n));
  }
  return { place, readers: [...counts.values()].reduce((a, b) => a + b, 0), counts };
}

/** The verdicts readers gave on each day since one, by the branches they prefer: for the author's statistics. */
export async function verdictsByDay(
  store: Store,
  workId: string,
  since: string,
): Promise<
  {
    readonly place: string;
    readonly sigla: readonly string[];
    readonly day: string;
    readonly times: number;
  }[]
> {
  const day = sql<string>`substr(at, 1, 10)`;
  const rows = await store.read
    .selectFrom('verdicts')
    .select(['place', 'sigla', day.as('day'), (e) => e.fn.countAll().as('n')])
    .where('work_id', '=', workId)
    .where('at', '>=', since)
    .groupBy(['place', 'sigla', day])
    .orderBy(day)
    .execute();
  return rows.map((r) => ({
    place: r.place,
    sigla: parseJson<string[]>(r.sigla).toSorted(bySiglum),
    day: r.day,
    times: Number(r.n),
  }));
}

async function setAt(t: Kysely<Schema>, workId: string, place: string): Promise<VariantSet> {
  const row = await t
    .selectFrom('works')
    .innerJoin('states', (j) =>
      j.onRef('states.work_id', '=', 'works.id').onRef('states.number', '=', 'works.state'),
    )
    .select('states.variant_sets')
    .where('works.id', '=', workId)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound(`store: no work has the id ${JSON.stringify(workId)}`);
  const set = parseJson<VariantSet[]>(row.variant_sets).find((s) => s.place === place);
  if (set === undefined)
    throw new Invalid(`store: work ${workId} does not divide at ${JSON.stringify(place)}`, { path: 'place' });
  return set;
}

async function checkAddress(t: Kysely<Schema>, v: CastVerdict): Promise<void> {
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const others = await t
    .selectFrom('verdicts')
    .select('reader')
    .where('address', '=', v.address)
    .where('at', '>', since)
    .where('work_id', '=', v.workId)
    .where('place', '=', v.place)
    .where('reader', '!=', v.reader)
    .limit(mostFromAddress)
    .execute();
  if (others.length >= mostFromAddress) {
    throw new Conflict('store: too many verdicts came from your address within the hour; try again later');
  }
}

function bySiglum(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
