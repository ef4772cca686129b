import type { Place, Ways } from './journeys.ts';

/** What was found of the ways to one place at which a reading may stop. */
export interface Reach {
  readonly ways: number;
  readonly words: { readonly least: number; readonly most: number };
  readonly passages: { readonly least: number; readonly most: number };
  /** Whether there may be more ways than were counted; the most is then a bound that no way passes. */
  readonly bounded: boolean;
}

/** By the number of the place at which a reading may stop; `all` has one for each of them. */
export interface Measured {
  readonly all: readonly Reach[];
  readonly at: ReadonlyMap<number, Reach>;
}

/** Ways that never go round: each place is looked at once, after all that lead to it. */
export function measureStraight({ places, order = [] }: Ways): Measured {
  const reaches = new Map<number, Reach>();
  for (const i of order) {
    const place = places[i];
    if (place === undefined) continue;
    const here = i === 0 ? through(nowhere, place) : reaches.get(i);
    if (here === undefined) continue;
    reaches.set(i, here);
    for (const to of place.next) {
      const next = places[to];
      if (next === undefined) continue;
      const [more, known] = [through(here, next), reaches.get(to)];
      reaches.set(to, known === undefined ? more : either(known, more));
    }
  }
  return measured(places, reaches);
}

const nowhere: Reach = {
  ways: 1,
  words: { least: 0, most: 0 },
  passages: { least: 0, most: 0 },
  bounded: false,
};

function through(before: Reach, { words }: Place): Reach {
  const plus = ({ least, most }: Reach['words'], n: number) => ({ least: least + n, most: most + n });
  return { ...before, words: plus(before.words, words), passages: plus(before.passages, 1) };
}

function either(one: Reach, other: Reach): Reach {
  const span = (a: Reach['words'], b: Reach['words']) => ({
    least: Math.min(a.least, b.least),
    most: Math.max(a.most, b.most),
  });
  return {
    ways: one.ways + other.ways,
    words: span(one.words, other.words),
    passages: span(one.passages, other.passages),
    bounded: one.bounded || other.bounded,
  };
}

function measured(places: readonly Place[], reaches: ReadonlyMap<number, Reach>): Measured {
  const at = new Map([...reaches].filter(([i]) => places[i]?.stops === true));
  return { all: [...at.values()], at };
}

/** At most this many steps are walked where ways go round; to tell all of them apart may take longer than anyone lives. */
const mostSteps = 20_000;

/**
 * Ways that may go round. They are walked one by one, each place at most once on a way, as far as the steps reach. Where
 * they do not, the shortest are still exact; the longest are those of a way that reads everything on its rounds once.
 */
export function measureRound(ways: Ways, steps = mostSteps): Measured {
  const { isWhole, reaches } = walk(ways, steps);
  return measured(ways.places, isWhole ? reaches : bounds(ways, reaches));
}

function walk(
  { places }: Ways,
  steps: number,
): { readonly isWhole: boolean; readonly reaches: ReadonlyMap<number, Reach> } {
  const reaches = new Map<number, Reach>();
  const on = new Set<number>();
  const stack: { readonly at: number; readonly here: Reach; next: number }[] = [];
  const enter = (at: number, before: Reach): void => {
    const place = places[at];
    if (place === undefined || on.has(at)) return;
    const here = through(before, place);
    on.add(at);
    stack.push({ at, here, next: 0 });
    if (!place.stops) return;
    const known = reaches.get(at);
    reaches.set(at, known === undefined ? here : either(known, here));
  };
  enter(0, nowhere);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    if (steps-- <= 0) return { isWhole: false, reaches };
    const to = places[top.at]?.next[top.next++];
    if (to !== undefined) enter(to, top.here);
    else on.delete(stack.pop()?.at ?? -1);
  }
  return { isWhole: true, reaches };
}

/** The least by what is shortest, the most by what the rounds on the way hold in all; `counted` as far as was walked. */
function bounds(ways: Ways, counted: ReadonlyMap<number, Reach>): ReadonlyMap<number, Reach> {
  const words = least(ways, ({ words }) => words);
  const passages = least(ways, () => 1);
  const most = mostOf(ways);
  return new Map(
    ways.places.map((_, i): [number, Reach] => [
      i,
      {
        ways: counted.get(i)?.ways ?? 1,
        words: { least: words[i] ?? 0, most: most[i]?.words ?? 0 },
        passages: { least: passages[i] ?? 0, most: most[i]?.passages ?? 0 },
        bounded: true,
      },
    ]),
  );
}

/**
 * The least sum over the places of a way from the start to each place, that place's own counted or not (`before`).
 * Sums are made smaller until nothing changes: as many rounds over all places as ways lead back on the way.
 */
export function least(
  { places, order }: Ways,
  weight: (place: Place) => number,
  count: 'with' | 'before' = 'with',
): readonly number[] {
  const sums = new Array<number>(places.length).fill(Number.POSITIVE_INFINITY);
  if (places[0] === undefined) return sums;
  const own = (i: number): number => (places[i] === undefined ? 0 : weight(places[i]));
  sums[0] = count === 'with' ? own(0) : 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (const i of order ?? places.keys()) {
      const sum = (sums[i] ?? 0) + (count === 'with' ? 0 : own(i));
      for (const to of places[i]?.next ?? []) {
        const next = sum + (count === 'with' ? own(to) : 0);
        if (next >= (sums[to] ?? 0)) continue;
        sums[to] = next;
        changed = true;
      }
    }
  }
  return sums;
}

/** The most a way to each place can hold: all of every round it passes, each place once. */
function mostOf({ places }: Ways): readonly { readonly words: number; readonly passages: number }[] {
  const rounds = roundsOf(places);
  const own = rounds.map((round) => ({
    words: round.reduce((sum, i) => sum + (places[i]?.words ?? 0), 0),
    passages: round.length,
  }));
  const roundOf = new Map(rounds.flatMap((round, r) => round.map((i) => [i, r] as const)));
  const most: ({ words: number; passages: number } | undefined)[] = [];
  // Tarjan finds a round after all it leads to: backwards, every round comes before those.
  for (let r = rounds.length - 1; r >= 0; r--) {
    const here = most[r] ?? own[r] ?? { words: 0, passages: 0 };
    most[r] = here;
    for (const i of rounds[r] ?? []) {
      for (const to of places[i]?.next ?? []) {
        const next = roundOf.get(to);
        if (next === undefined || next === r) continue;
        const [more, known] = [own[next], most[next]];
        most[next] = {
          words: Math.max(known?.words ?? 0, here.words + (more?.words ?? 0)),
          passages: Math.max(known?.passages ?? 0, here.passages + (more?.passages ?? 0)),
        };
      }
    }
  }
  return places.map((_, i) => most[roundOf.get(i) ?? -1] ?? { words: 0, passages: 0 });
}

/** The strongly connected components (Tarjan 1972), each after those it leads to. Not recursive. */
function roundsOf(places: readonly Place[]): readonly (readonly number[])[] {
  const index = new Map<number, number>();
  const low = new Map<number, number>();
  const open: number[] = [];
  const isOpen = new Set<number>();
  const rounds: number[][] = [];
  const lower = (i: number, to: number): void => {
    low.set(i, Math.min(low.get(i) ?? to, to));
  };
  const stack: { readonly at: number; next: number }[] = [];
  const enter = (i: number): void => {
    index.set(i, index.size);
    low.set(i, index.size - 1);
    open.push(i);
    isOpen.add(i);
    stack.push({ at: i, next: 0 });
  };
  if (places.length > 0) enter(0);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const to = places[top.at]?.next[top.next++];
    if (to !== undefined) {
      if (!index.has(to)) enter(to);
      else if (isOpen.has(to)) lower(top.at, index.get(to) ?? 0);
      continue;
    }
    stack.pop();
    const above = stack.at(-1);
    if (above !== undefined) lower(above.at, low.get(top.at) ?? 0);
    if (low.get(top.at) !== index.get(top.at)) continue;
    const round = open.splice(open.lastIndexOf(top.at));
    for (const i of round) isOpen.delete(i);
    rounds.push(round);
  }
  return rounds;
}
