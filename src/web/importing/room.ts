import type { AccountActor } from '../../model/person.ts';
import { listWaiting } from '../../store/importing.ts';
import type { Store } from '../../store/index.ts';

/** At most this many batches of one account, and of all, may be on their way or wait to be read: each takes as much disk as it has bytes. */
const most = { hers: 2, all: 8 };

/** A place for a batch on its way, given back with `leave`; or why there is none. */
export type Place =
  | { readonly kind: 'taken'; readonly leave: () => void }
  | { readonly kind: 'hers' | 'all' };

const coming = new WeakMap<Store, Map<string, number>>();

/** Takes a place for a batch that an account begins to send. */
export async function takePlace(store: Store, { id, pseuds }: AccountActor): Promise<Place> {
  const names = pseuds.map((p) => p.name);
  const waiting = await listWaiting(store);
  const under = coming.get(store) ?? new Map<string, number>();
  coming.set(store, under);
  const hers = under.get(id) ?? 0;
  if (hers + waiting.filter(({ by }) => names.includes(by)).length >= most.hers) return { kind: 'hers' };
  const all = [...under.values()].reduce((sum, n) => sum + n, 0);
  if (all + waiting.length >= most.all) return { kind: 'all' };
  under.set(id, hers + 1);
  return {
    kind: 'taken',
    leave() {
      const left = (under.get(id) ?? 1) - 1;
      if (left > 0) under.set(id, left);
      else under.delete(id);
    },
  };
}
