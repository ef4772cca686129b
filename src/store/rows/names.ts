import type { Kysely } from 'kysely';
import { newId } from '../../model/id.ts';
import { insertRows } from '../engine/bulk.ts';
import { sealed } from '../engine/seal.ts';
import type { Store } from '../engine/store.ts';
import { sortKey, storable } from '../engine/text.ts';
import type { Schema } from '../schema.ts';

/** A name from elsewhere; one without a site is the same person in all works that have no site for it. */
interface ImportedName {
  readonly name: string;
  readonly site: string | null;
}

/** The ids of imported names, new rows made for those not yet known; ask with `personKey`. */
export async function ensurePeople(
  store: Store,
  t: Kysely<Schema>,
  names: readonly ImportedName[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  const wanted = new Map(names.map((n) => [personKey(n), n]));
  await findIds(t, [...wanted.values()], ids);
  const missing = [...wanted].filter(([key]) => !ids.has(key)).map(([, n]) => n);
  if (missing.length === 0) return ids;
  await insertRows(
    store,
    t,
    'people',
    missing.map((n) =>
      sealed(store, {
        id: newId(),
        kind: 'imported',
        name: storable(n.name),
        site: storable(n.site ?? ''),
        sort_name: sortKey(n.name),
      }),
    ),
    'ON CONFLICT DO NOTHING',
  );
  await findIds(t, missing, ids);
  return ids;
}

/** What tells two names from elsewhere apart: the name and its site. */
export function personKey(n: ImportedName): string {
  return JSON.stringify([storable(n.name), storable(n.site ?? '')]);
}

async function findIds(
  t: Kysely<Schema>,
  names: readonly ImportedName[],
  ids: Map<string, string>,
): Promise<void> {
  for (let at = 0; at < names.length; at += 200) {
    const rows = await t
      .selectFrom('people')
      .select(['id', 'name', 'site'])
      .where('kind', '=', 'imported')
      .where(
        'name',
        'in',
        names.slice(at, at + 200).map((n) => storable(n.name)),
      )
      .execute();
    for (const row of rows) ids.set(personKey(row), row.id);
  }
}
