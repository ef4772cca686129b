/** The lines of a chart that counts things: whole numbers from above zero up to `top`, which no value exceeds. */
interface Scale {
  readonly top: number;
  readonly ticks: readonly number[];
}

const mostTicks = 4;

/** A scale of steps of 1, 2 or 5 times a power of ten, at most four of them; without a line where there is nothing. */
export function scaleTo(most: number): Scale {
  if (!(most > 0)) return { top: 1, ticks: [] };
  let step = 1;
  for (let power = 1; ; power *= 10) {
    const fits = [1, 2, 5].find((n) => Math.ceil(most / (n * power)) <= mostTicks);
    if (fits === undefined) continue;
    step = fits * power;
    break;
  }
  const ticks = Array.from({ length: Math.ceil(most / step) }, (_, i) => (i + 1) * step);
  return { top: ticks.at(-1) ?? 1, ticks };
}

/** Which of a row of columns bear their name: the last, and others at equal distances, so many at most. */
export function namedColumns(columns: number, most: number): readonly number[] {
  const every = Math.max(1, Math.ceil(columns / most));
  return Array.from({ length: columns }, (_, i) => i).filter((i) => (columns - 1 - i) % every === 0);
}

/** Whole percents of numbers that add up to 100 (largest remainders first), or to nothing where there is nothing. */
export function percentsOf(numbers: readonly number[]): readonly number[] {
  const whole = numbers.reduce((a, b) => a + b, 0);
  if (whole === 0) return numbers.map(() => 0);
  const exact = numbers.map((n) => (100 * n) / whole);
  const percents = exact.map(Math.floor);
  let missing = 100 - percents.reduce((a, b) => a + b, 0);
  const order = exact
    .map((n, i) => ({ i, rest: n - Math.floor(n) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order) {
    if (missing === 0) break;
    percents[i] = (percents[i] ?? 0) + 1;
    missing--;
  }
  return percents;
}
