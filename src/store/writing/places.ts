import { Invalid } from '../../errors.ts';
import { insertRows } from '../engine/bulk.ts';
import { inTransaction, type Store } from '../engine/store.ts';
import { mustHaveWork } from '../rows/here.ts';

/** Where the middle of a passage stands on the map of a work, in the map's own units. */
export interface MapPlace {
  readonly passage: string;
  readonly x: number;
  readonly y: number;
}

/** No map reaches farther than this either way, nor has more places. */
const farthest = 100_000;
const mostPlaces = 5_000;

/** The places writers gave passages of a work: no part of its states, and nobody else's to see. */
export async function findPlaces(store: Store, workId: string): Promise<readonly MapPlace[]> {
  return store.read
    .selectFrom('map_places')
    .select(['passage', 'x', 'y'])
    .where('work_id', '=', workId)
    .orderBy('passage')
    .limit(mostPlaces)
    .execute();
}

/**
 * Puts passages in their places; others stay where they are, unless `anew`: then every place given before is forgotten.
 * @throws Invalid for a place that is on no map, NotFound
 */
export async function putPlaces(
  store: Store,
  workId: string,
  places: readonly MapPlace[],
  { anew = false }: { readonly anew?: boolean } = {},
): Promise<void> {
  const isOn = (n: number): boolean => Number.isInteger(n) && Math.abs(n) <= farthest;
  if (places.length > mostPlaces || !places.every(({ x, y }) => isOn(x) && isOn(y)))
    throw new Invalid(`store: a place on the map of work ${workId} is none`, { path: 'place' });
  await inTransaction(store, async (t) => {
    await mustHaveWork(t, workId);
    const moved = t.deleteFrom('map_places').where('work_id', '=', workId);
    const keys = places.map(({ passage }) => passage);
    if (anew) await moved.execute();
    else if (keys.length > 0) await moved.where('passage', 'in', keys).execute();
    await insertRows(
      store,
      t,
      'map_places',
      places.map(({ passage, x, y }) => ({ work_id: workId, passage, x, y })),
    );
  });
}
