/** One run of a round: ours and the limit on the same work, in the figure's unit. */
export interface Round {
  readonly ours: number;
  readonly limit: number;
}

/** What a figure must keep to: `most` for times and memory, `least` for rates; both are ratios of ours to the limit. */
export type Goal = { readonly most: number } | { readonly least: number };

/** One figure as measured. The ratio of a round is ours divided by the limit; rounds are interleaved, so it holds on a noisy machine. */
export interface Figure {
  readonly name: string;
  /** What ours is measured against: the least that any program would have to do. */
  readonly limit: string;
  readonly unit: 'ms' | '/s' | 'MB';
  readonly rounds: readonly Round[];
  readonly goal: Goal;
  /** Other programs on the same work, where they are installed: medians, in the unit. */
  readonly peers: readonly { readonly name: string; readonly value: number }[];
}

/** A bench measures one or more figures; `rounds` is how often each is run, at least. */
export interface Bench {
  readonly name: string;
  measure(rounds: number): Promise<readonly Figure[]>;
}

/** What a figure comes to. */
export interface Verdict {
  readonly ours: number;
  readonly limit: number;
  /** The median of the rounds' ratios, and the lowest and highest. */
  readonly ratio: number;
  readonly spread: readonly [number, number];
  readonly reached: boolean;
  /** By what share of the goal it is missed; 0 when reached. */
  readonly missedBy: number;
}

/** Judges a figure by its median round. */
export function judge({ rounds, goal }: Figure): Verdict {
  const ratios = rounds.map((r) => r.ours / r.limit);
  const ratio = median(ratios);
  const missedBy = 'most' in goal ? ratio / goal.most - 1 : 1 - ratio / goal.least;
  return {
    ours: median(rounds.map((r) => r.ours)),
    limit: median(rounds.map((r) => r.limit)),
    ratio,
    spread: [Math.min(...ratios), Math.max(...ratios)],
    reached: missedBy <= 0,
    missedBy: Math.max(0, missedBy),
  };
}

/** The middle value; the mean of the two in the middle of an even number. NaN of none. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? half - 1 : half], sorted[half]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}
