import type { Precision, WrittenDate } from '../model/date.ts';
import type { Alternative } from '../model/remark.ts';
import { monthOf, weekdays } from './dates/names.ts';

/*
 * written  = ['@'] [weekday] (date [time] | time date) [zone]        pieces parted by blanks, commas, `-`
 * date     = year month day | day month year | month day year        numbers parted by `-` `/` `.`
 *          | [day] monthname [day] [year] | YYYYMMDDHHMM
 * time     = h:mm[:ss] [am|pm] | hh.mm
 * zone     = UTC | GMT | Z | ±hh:mm | an RFC 5322 zone name | (local)
 */

/** What a date says. `ambiguous` has the readings to choose from where day and month could be either way round. */
export interface DateReading {
  readonly date: WrittenDate;
  readonly ambiguous: readonly Alternative[];
}

interface DateOptions {
  /** BCP 47; tells `5/6/06` apart: month first in `en-US`, day first in other regions and languages but plain `en`. */
  readonly language?: string | undefined;
}

/**
 * Reads a date in any form the journal sites, archives and Usenet print, or undefined when the words are not a date
 * and nothing but a date. A zone is taken only where it is stated; "(local)" states none. Two-digit years follow
 * POSIX `strptime`: 69–99 are 1969–1999, 00–68 are 2000–2068.
 */
export function readDate(written: string, options: DateOptions = {}): DateReading | undefined {
  if (written.length > 80) return undefined;
  const { rest: unzoned, zone } = takeZone(fold(written));
  const { rest, time } = takeTime(unzoned);
  if (time === 'impossible') return undefined;
  const days = readDays(takeWeekday(rest), options.language);
  if (days === undefined) return undefined;
  const clock = time ?? days.time;
  if (clock === undefined && zone !== undefined && zone.offset !== null) return undefined;
  if (clock !== undefined && days.precision !== 'day') return undefined;
  const precision = clock === undefined ? days.precision : clock.length > 5 ? 'second' : 'minute';
  const local = (day: string): string => (clock === undefined ? day : `${day}T${clock}`);
  const only = days.choices.length === 1 ? days.choices[0] : undefined;
  const date: WrittenDate = {
    written,
    local: only === undefined ? null : local(only),
    instant: only === undefined || clock === undefined ? null : instantOf(local(only), zone?.offset ?? null),
    zone: zone?.name ?? null,
    precision,
  };
  const ambiguous =
    only === undefined ? days.choices.map((c) => ({ value: local(c), label: inWords(c) })) : [];
  return { date, ambiguous };
}

/**
 * Whether a line is a date to the day (or the month and day) and nothing else: with or without weekday, time and zone.
 */
export function isDateLine(line: string): boolean {
  const reading = line.length > 80 ? undefined : readDate(line);
  if (reading === undefined) return false;
  const { precision } = reading.date;
  return precision !== 'year' && precision !== 'month' && !/^\s*\d+\s*$/.test(line);
}

/** Whether a date says when in the day, and in which zone or `(local)`: what opens a comment in a plain-text copy. */
export function isStamp(line: string): boolean {
  return /(utc|gmt|local)\)?\s*$/i.test(line) && /\d[:.]\d\d/.test(line) && isDateLine(line);
}

function fold(written: string): string {
  return written
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/^ ?@ ?/, '')
    .replace(/[ |]+$|(?<=[\d)mM]) ?\.$/g, '')
    .trim();
}

interface Zone {
  readonly name: string | null;
  /** Minutes east of UTC; null when the zone is not said. */
  readonly offset: number | null;
}

/** RFC 5322 §4.3: the zone names of old mail and Usenet, in hours. */
const zones: Readonly<Record<string, number>> = {
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};

function takeZone(text: string): { readonly rest: string; readonly zone?: Zone } {
  const found =
    /(?<=[\d\s)m])\(?(utc|gmt|z|local|[ecmp][sd]t)\)?$/i.exec(text) ??
    /(?<=[\d\sm])\(?(?:utc|gmt)?([+-]\d\d:?\d\d)\)?$/i.exec(text);
  if (found === null || (/^z$/i.test(found[0]) && !/\d[zZ]$/.test(text))) return { rest: text };
  const said = (found[1] ?? '').toLowerCase();
  if (/^[+-]/.test(said) && !/:\d\d/.test(text.slice(0, found.index))) return { rest: text };
  return { rest: text.slice(0, found.index).trim(), zone: zoneOf(said) };
}

function zoneOf(said: string): Zone {
  if (said === 'local') return { name: null, offset: null };
  if (said === 'utc' || said === 'gmt' || said === 'z') return { name: 'UTC', offset: 0 };
  const [, sign, h, m] = /^([+-])(\d\d):?(\d\d)$/.exec(said) ?? [];
  const size = h === undefined ? Math.abs(zones[said] ?? 0) * 60 : Number(h) * 60 + Number(m);
  const west = sign === '-' || (zones[said] ?? 0) < 0;
  const name = `${west ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return { name, offset: west ? -size : size };
}

const clockFace = String.raw`(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)? ?([ap]\.?m\.?)?`;
const timeLast = new RegExp(`(?:[,/ T]|(?<=\\d)T| at) ?(?:at )?${clockFace}$`, 'i');
const timeFirst = new RegExp(`^${clockFace},? (?=\\S)`, 'i');
const dottedLast = /(?<=\d{4}[-.]\d\d[-.]\d\d|\d{4}),? (\d{2})\.(\d\d)$/;

/** `time` is `hh:mm` or `hh:mm:ss`; undefined when there is none. */
function takeTime(text: string): { readonly rest: string; readonly time?: string | 'impossible' } {
  const found = timeLast.exec(text) ?? dottedLast.exec(text) ?? timeFirst.exec(text);
  if (found === null) return { rest: text };
  const [, h = '', m = '', s, half] = found;
  const rest = found.index === 0 ? text.slice(found[0].length) : text.slice(0, found.index);
  return { rest: rest.replace(/[,\s]+$/, ''), time: clockOf(Number(h), Number(m), s, half) };
}

function clockOf(h: number, m: number, s: string | undefined, half: string | undefined): string {
  const twelve = half !== undefined;
  if (m > 59 || Number(s ?? 0) > 59 || h > (twelve ? 12 : 23)) return 'impossible';
  const hour = twelve ? (h % 12) + (/^p/i.test(half) ? 12 : 0) : h;
  return `${two(hour)}:${two(m)}${s === undefined ? '' : `:${s}`}`;
}

function takeWeekday(text: string): string {
  const [word, name = ''] = /^(\p{L}+)\.?,? /u.exec(text) ?? [];
  if (word === undefined || !weekdays.has(name.toLowerCase())) return text;
  return text.slice(word.length).replace(/^(the|der|den|le|la) /i, '');
}

/** The days a date can mean (`2006-05-28`, `2006-05`, `2006`), none when its year is not said. */
interface Days {
  readonly choices: readonly string[];
  readonly precision: Precision;
  readonly time?: string;
}

function readDays(text: string, language: string | undefined): Days | undefined {
  const compact = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (compact !== null) {
    const [, y, m, d, h, min] = compact.map(Number);
    const time = clockOf(h ?? 0, min ?? 0, undefined, undefined);
    return time === 'impossible' ? undefined : withTime(dayOf(y, m, d), time);
  }
  if (/^(1[5-9]|20)\d\d$/.test(text)) return { choices: [text], precision: 'year' };
  return numeric(text, language) ?? named(text);
}

function withTime(days: Days | undefined, time: string): Days | undefined {
  return days === undefined ? undefined : { ...days, time };
}

function numeric(text: string, language: string | undefined): Days | undefined {
  const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text);
  if (yearFirst !== null) return dayOf(Number(yearFirst[1]), Number(yearFirst[3]), Number(yearFirst[4]));
  const month = /^(\d{4})-(\d\d)$/.exec(text);
  if (month !== null && Number(month[2]) >= 1 && Number(month[2]) <= 12)
    return { choices: [text], precision: 'month' };
  const [, a, , b, y] = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)$/.exec(text) ?? [];
  if (a === undefined || y === undefined) return undefined;
  const year = fullYear(y);
  const dayFirst = dayOf(year, Number(b), Number(a));
  const monthFirst = dayOf(year, Number(a), Number(b));
  const both = [...(dayFirst?.choices ?? []), ...(monthFirst?.choices ?? [])];
  const choices = [...new Set(both)];
  if (choices.length < 2 || language === undefined || language === 'en')
    return choices.length === 0 ? undefined : { choices, precision: 'day' };
  return language === 'en-US' ? monthFirst : dayFirst;
}

const ordinal = String.raw`(\d{1,2})(?:st|nd|rd|th|er|a|e|º|\.)?`;
const gap = String.raw`(?:[-\s,./]|\bde\b|\bof\b)`;
const year = String.raw`(\d{4}|['’]\d\d)(?: ?(?:г\.?|года|р\.?|року))?`;
const dayMonth = new RegExp(
  `^(?:(?:the|le|la|den|am|el) )?${ordinal}${gap}+(\\p{L}+)\\.?(?:${gap}+${year})?$`,
  'iu',
);
const monthDay = new RegExp(`^(\\p{L}+)\\.?${gap}*(?:the )?${ordinal}(?:${gap}+${year})?$`, 'iu');
const monthYear = new RegExp(`^(\\p{L}+)\\.?${gap}+${year}$`, 'iu');

function named(text: string): Days | undefined {
  const alone = monthYear.exec(text);
  const aloneMonth = alone === null ? undefined : monthOf(alone[1] ?? '');
  if (aloneMonth !== undefined)
    return { choices: [`${fullYear(alone?.[2] ?? '')}-${two(aloneMonth)}`], precision: 'month' };
  const [, day, name, y] = dayMonth.exec(text) ?? [];
  const [, name2, day2, y2] = name === undefined ? (monthDay.exec(text) ?? []) : [];
  const month = monthOf(name ?? name2 ?? '');
  const said = y ?? y2;
  if (month === undefined) return undefined;
  if (said !== undefined) return dayOf(fullYear(said), month, Number(day ?? day2));
  // A leap year, so that 29 February passes: which year it was is not known.
  return dayOf(2000, month, Number(day ?? day2)) && { choices: [], precision: 'day' };
}

function dayOf(y = 0, m = 0, d = 0): Days | undefined {
  const day = new Date(Date.UTC(2000, m - 1, d));
  day.setUTCFullYear(y, m - 1, d);
  if (y < 1000 || day.getUTCMonth() !== m - 1 || day.getUTCDate() !== d) return undefined;
  return { choices: [`${y}-${two(m)}-${two(d)}`], precision: 'day' };
}

function fullYear(said: string): number {
  const number = Number(said.replace(/\D/g, ''));
  if (said.length === 4 && !/\D/.test(said)) return number;
  return number + (number >= 69 ? 1900 : 2000);
}

function instantOf(local: string, offset: number | null): string | null {
  if (offset === null) return null;
  const moment = Date.parse(`${local.length === 16 ? `${local}:00` : local}Z`) - offset * 60_000;
  return new Date(moment).toISOString().replace('.000Z', 'Z');
}

function inWords(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
