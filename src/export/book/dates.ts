import { escapeHtml } from '../../html.ts';
import type { WrittenDate } from '../../model/date.ts';
import { sayDate, sayZone } from '../../phrases.ts';

/** A date in words, with the machine's form where there is one, and what was written where that says more. */
export function dated(date: WrittenDate): string {
  const words = escapeHtml(sayDate(date) + sayZone(date));
  const machine = date.instant ?? date.local;
  const title = date.written === null ? '' : ` title="As written: ${escapeHtml(date.written)}"`;
  return machine !== null && isOnCalendar(machine)
    ? `<time datetime="${escapeHtml(machine)}"${title}>${words}</time>`
    : `<span${title}>${words}</span>`;
}

/** Whether a date in ISO 8601, or the part of it that is known, is one that was or will be: no 30 February, no 25 o’clock. */
export function isOnCalendar(text: string): boolean {
  const [, year = '', month = '01', day = '01'] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(text) ?? [];
  const time = Date.parse(`${year}-${month}-${day}`);
  return (
    Number(year) > 0 &&
    !Number.isNaN(Date.parse(text)) &&
    new Date(time).toISOString().startsWith(`${year}-${month}-${day}`)
  );
}
