/** How far back statistics look, and in what steps. */
export const spans = ['days', 'weeks', 'months', 'all'] as const;
export type Span = (typeof spans)[number];

/** A stretch of time in equal steps. Days are `2026-05-28`, in UTC. */
export interface Stretch {
  readonly unit: 'day' | 'week' | 'month' | 'year';
  /** The first day of each step, oldest first; years and months by their beginnings: `2026-05-01`. */
  readonly steps: readonly string[];
  /** What counts from then on is within: a day, or the month it begins in where steps are no shorter. */
  readonly since: string;
}

/** Counts are kept by day for so long; then their months are summed up. Longer than the weeks of a stretch of weeks. */
const daysKept = 100;
const days = 30;
const weeks = 13;
const months = 12;
/** A stretch over all time goes by months up to so many, then by years. */
const mostMonths = 36;

/** The steps of a span up to today; `first` is the first day anything was counted, for all of it. */
export function stretchOf(span: Span, today: string, first: string | null): Stretch {
  if (span === 'days')
    return stretch(
      'day',
      steps(days, (i) => addDays(today, -i)),
    );
  if (span === 'weeks')
    return stretch(
      'week',
      steps(weeks, (i) => addDays(mondayOf(today), -7 * i)),
    );
  const back = span === 'months' ? months : monthsBetween(first ?? today, today) + 1;
  if (back <= mostMonths)
    return stretch(
      'month',
      steps(Math.max(back, 1), (i) => addMonths(today, -i)),
    );
  const [from, to] = [Number((first ?? today).slice(0, 4)), Number(today.slice(0, 4))];
  return stretch(
    'year',
    steps(to - from + 1, (i) => `${to - i}-01-01`),
  );
}

/** The number of the step a day, or a month, falls in; undefined when it is before or after all. */
export function stepOf({ unit, steps: all }: Stretch, day: string): number | undefined {
  const start = startOf(unit, day);
  const at = all.indexOf(start);
  return at < 0 ? undefined : at;
}

/** The days before which counts are summed up by month. */
export function oldestDay(today: string): string {
  return `${addDays(today, -daysKept).slice(0, 7)}-01`;
}

/** The UTC day of a moment in milliseconds since 1970. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function stretch(unit: Stretch['unit'], all: readonly string[]): Stretch {
  const first = all[0] ?? '';
  return { unit, steps: all, since: unit === 'month' || unit === 'year' ? first.slice(0, 7) : first };
}

function startOf(unit: Stretch['unit'], day: string): string {
  if (unit === 'day') return day;
  if (unit === 'week') return mondayOf(day);
  return unit === 'month' ? `${day.slice(0, 7)}-01` : `${day.slice(0, 4)}-01-01`;
}

function steps(count: number, at: (back: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, i) => at(count - 1 - i));
}

/** Weeks begin on Monday (ISO 8601). */
function mondayOf(day: string): string {
  return addDays(day, -((new Date(`${day.slice(0, 10)}T00:00:00Z`).getUTCDay() + 6) % 7));
}

function addDays(day: string, count: number): string {
  return dayOf(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) + count * 86_400_000);
}

function addMonths(day: string, count: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return dayOf(Date.UTC(year, month - 1 + count, 1));
}

function monthsBetween(from: string, to: string): number {
  const at = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return at(to) - at(from);
}
