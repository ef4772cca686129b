/** Counts how often someone did something lately; kept in memory only, so a restart forgives everyone. */
export interface Limit {
  /** Counts one more for `who`; false when that is more than allowed. */
  take(who: string): boolean;
}

/** At most `most` in a row of `seconds`. Knows at most 10,000 people at a time: beyond that it forgets all and begins anew. */
export function limit(most: number, seconds: number, now: () => number = () => Date.now()): Limit {
  const counts = new Map<string, { count: number; readonly until: number }>();
  return {
    take(who) {
      const time = now();
      const known = counts.get(who);
      if (known !== undefined && known.until > time) return ++known.count <= most;
      if (counts.size >= 10_000) forgetOld(counts, time);
      counts.set(who, { count: 1, until: time + seconds * 1000 });
      return true;
    },
  };
}

function forgetOld(counts: Map<string, { readonly until: number }>, time: number): void {
  for (const [who, { until }] of counts) if (until <= time) counts.delete(who);
  if (counts.size >= 10_000) counts.clear();
}
