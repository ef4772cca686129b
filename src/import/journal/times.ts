import type { WrittenDate } from '../../model/date.ts';
import { type DateReading, readDate } from '../dates.ts';
import type { JournalComment, JournalEntry } from './page.ts';

/** What a page lets one know of how it writes dates. */
export interface Calendar {
  /** The language whose order of day and month the page follows; undefined when it does not show. */
  readonly language: string | undefined;
}

/**
 * The order of day and month on a page: a site prints all dates alike, so one date whose day is over 12 tells it for
 * all others; else the language of the layout's template does.
 */
export function calendarOf(entry: JournalEntry, language?: string): Calendar {
  const written = [entry.posted, ...entry.comments.flatMap((c) => [c.posted, c.edited])];
  for (const date of written) {
    const numbers = /(?<!\d)(\d{1,2})([/.])(\d{1,2})\2\d{2,4}/.exec(date ?? '');
    if (Number(numbers?.[1]) > 12) return { language: 'en-GB' };
    if (Number(numbers?.[3]) > 12) return { language: 'en-US' };
  }
  return { language };
}

/** A date as written and as far as understood; never undefined, since what was written is kept in any case. */
export function readTime(written: string, calendar: Calendar): DateReading {
  const reading = readDate(written, calendar);
  if (reading !== undefined) return reading;
  return { date: { written, local: null, instant: null, zone: null, precision: 'day' }, ambiguous: [] };
}

const minute = 60_000;
const units: Readonly<Record<string, number>> = {
  second: 1000,
  minute,
  hour: 60 * minute,
  day: 24 * 60 * minute,
  week: 7 * 24 * 60 * minute,
};
/** The widest stretch of time that still names a moment. */
const narrow = 2 * minute;
const day = units.day ?? 0;

/**
 * The moment an entry was posted, from tooltips such as "11 minutes after journal entry" beside comments whose time
 * is UTC (core1.s2, `Comment::time_display`: whole units, rounded down). Each gives a stretch of time the moment lies
 * in; it is known when all agree on a stretch of two minutes, or on one in which only one offset of a quarter of an
 * hour puts the entry's own wall clock. Undefined when they do not agree, or not with that clock (a backdated entry).
 */
export function inferInstant(posted: WrittenDate, comments: readonly JournalComment[]): string | undefined {
  const local = posted.local === null ? Number.NaN : Date.parse(`${posted.local.slice(0, 16)}Z`);
  if (Number.isNaN(local)) return undefined;
  let [from, to] = [-Infinity, Infinity];
  for (const comment of comments) {
    const stretch = stretchOf(comment);
    if (stretch === undefined) continue;
    from = Math.max(from, stretch.from);
    to = Math.min(to, stretch.to);
  }
  if (!(to - from >= 0 && to - from <= 2 * day)) return undefined;
  const quarters: number[] = [];
  for (let offset = -12 * 4; offset <= 14 * 4; offset++) {
    const moment = local - offset * 15 * minute;
    if (moment >= from - minute && moment <= to) quarters.push(moment);
  }
  const [only] = quarters;
  const isNear = Math.abs(local - from) <= 14.25 * 60 * minute;
  const moment =
    quarters.length === 1 ? only : to - from <= narrow && quarters.length === 0 && isNear ? from : undefined;
  if (moment === undefined) return undefined;
  return `${new Date(moment).toISOString().slice(0, 16)}:00Z`;
}

function stretchOf(comment: JournalComment): { readonly from: number; readonly to: number } | undefined {
  const after = /^(\d+|an?) (second|minute|hour|day|week)s? after journal entry/.exec(comment.tooltip ?? '');
  const unit = units[after?.[2] ?? ''];
  const instant = comment.posted === null ? null : readDate(comment.posted)?.date.instant;
  if (after === null || unit === undefined || instant == null) return undefined;
  const number = /^\d/.test(after[1] ?? '') ? Number(after[1]) : 1;
  const at = Date.parse(instant);
  return { from: at - (number + 1) * unit, to: at + minute - number * unit };
}
