/** Counts how often someone did something lately; kept in memory only, so a restart forgives everyone. */
export interface Limit {
  /** Counts one more for `who`, or as many as it is worth; false when that is more than allowed. */
  take(who: string, worth?: number): boolean;
}

/** At most `most` in a row of `seconds`. Knows at most 10,000 people at a time: beyond that it forgets those it knew first. */
export function limit(most: number, seconds: number, now: () => number = () => Date.now()): Limit {
  const counts = new Map<string, { count: number; readonly until: number }>();
  return {
    take(who, worth = 1) {
      const time = now();
      const known = counts.get(who);
      if (known !== undefined && known.until > time) {
        known.count += worth;
        return known.count <= most;
      }
      counts.delete(who);
      if (counts.size >= 10_000) counts.delete(counts.keys().next().value ?? '');
      counts.set(who, { count: worth, until: time + seconds * 1000 });
      return worth <= most;
    },
  };
}
