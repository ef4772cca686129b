/** What became of one case: `read`, `refused`, `same` … They are counted in the report. */
export type Outcome = string;

/** A long search for something that must never happen. Cases are numbered; number and seed make the case. */
export interface Campaign {
  readonly name: string;
  /** What is promised and tried, for the report. */
  readonly about: string;
  /** How many cases one run tries unless told. */
  readonly usual: number;
  /** Makes ready what all cases share. The function it gives tries one case, and throws where a promise is broken. */
  prepare(seed: number): (index: number) => Outcome;
}

/** A broken promise, with the number of its case. */
interface Failure {
  readonly index: number;
  readonly what: string;
}

/** How far a campaign has come; kept between runs, so that one that was stopped goes on. */
export interface Progress {
  readonly campaign: string;
  readonly seed: number;
  /** Cases tried: those numbered below it. */
  readonly tried: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly failures: readonly Failure[];
  /** The slowest case, in ms, and its number. */
  readonly slowest: { readonly index: number; readonly ms: number };
  /** The most memory a worker ever held, in MB, its own about 80 included. */
  readonly mostMemory: number;
  /** Time taken over all runs, in seconds. */
  readonly seconds: number;
}
