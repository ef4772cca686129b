/** How much of a date is known. */
export type Precision = 'year' | 'month' | 'day' | 'minute' | 'second';

/**
 * A date as a source gives it. What was written is never thrown away; what it means is given as far as it is
 * known: `local` is the wall-clock time (`2006-05-28T12:47`, shorter when less is known), `instant` the moment
 * in UTC (`2006-05-28T19:48:00Z`) and only where the zone is known, `zone` the zone as an offset or name
 * (`UTC`, `+02:00`), null when the source does not say.
 */
export interface WrittenDate {
  readonly written: string | null;
  readonly local: string | null;
  readonly instant: string | null;
  readonly zone: string | null;
  readonly precision: Precision;
}

/** A date made by this program, whose moment is known exactly. */
export function dateOfInstant(instant: string): WrittenDate {
  return {
    written: null,
    local: instant.replace(/(\.\d+)?Z$/, ''),
    instant,
    zone: 'UTC',
    precision: 'second',
  };
}

/** The key under which a date stands in a calendar: its day on the wall where known, as it is shown; '' when nothing is known. */
export function calendarKeyOf(date: WrittenDate | null): string {
  return date?.local ?? date?.instant ?? '';
}

/** The best key to sort a date by: the moment where known, else the wall-clock time; '' when nothing is known. */
export function sortKeyOfDate(date: WrittenDate | null): string {
  return date?.instant ?? date?.local ?? '';
}
