/**
 * Makes guessing slow without letting a stranger lock anyone out: who is slowed down is a pair of account and place
 * (an address, or a browser that signed in before), and each place by itself. Nothing is ever counted for an account
 * alone. Kept in memory only: a restart forgives everyone, and no write makes kept pages be made anew.
 */
export interface Attempts {
  /** Counts one more attempt; 0 when it may be made, else the seconds after which. Refused ones do not count. */
  begin(account: string, place: string): number;
  /** Takes back an attempt that was right, and all before it of that account from that place. */
  forgive(account: string, place: string): void;
}

/** This many are free for one account from one place, and for one place over all accounts: a household, a school. */
const free = { pair: 5, place: 30 };
const longestWait = 15 * 60_000;
/** Forgotten this long after the last wait ended. */
const memory = 60 * 60_000;
const mostKept = 50_000;

interface Count {
  readonly attempts: number;
  /** Milliseconds since 1970. */
  readonly next: number;
}

/** `now` is milliseconds since 1970, for tests. */
export function attemptsOf(now: () => number = Date.now): Attempts {
  const counts = new Map<string, Count>();
  const find = (key: string): Count | undefined => {
    const known = counts.get(key);
    return known === undefined || known.next + memory < now() ? undefined : known;
  };
  const keep = (key: string, attempts: number, most: number): void => {
    const wait = attempts < most ? 0 : Math.min(1000 * 2 ** (attempts - most), longestWait);
    // The last counted stand at the end, so that the first are those to forget.
    counts.delete(key);
    if (counts.size >= mostKept) counts.delete(counts.keys().next().value ?? '');
    counts.set(key, { attempts, next: now() + wait });
  };
  return {
    begin(account, place) {
      const [pair, whole] = [find(pairKey(account, place)), find(placeKey(place))];
      const wait = Math.max(pair?.next ?? 0, whole?.next ?? 0) - now();
      if (wait > 0) return Math.ceil(wait / 1000);
      keep(pairKey(account, place), (pair?.attempts ?? 0) + 1, free.pair);
      keep(placeKey(place), (whole?.attempts ?? 0) + 1, free.place);
      return 0;
    },
    forgive(account, place) {
      counts.delete(pairKey(account, place));
      const whole = find(placeKey(place));
      if (whole !== undefined) keep(placeKey(place), Math.max(0, whole.attempts - 1), free.place);
    },
  };
}

function pairKey(account: string, place: string): string {
  return `${account} ${place}`;
}

function placeKey(place: string): string {
  return ` ${place}`;
}
