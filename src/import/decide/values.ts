import { Invalid } from '../../errors.ts';
import type { WrittenDate } from '../../model/date.ts';
import type { Decision } from '../../model/remark.ts';
import { readDate } from '../dates.ts';

/** What is answered to a decision whose value the fact cannot have. */
export function unfit(decision: Decision, reason: string): Invalid {
  const value = JSON.stringify(decision.value.slice(0, 60));
  return new Invalid(`import/decide: ${decision.about} cannot be ${value}: ${reason}`, {
    path: decision.about,
  });
}

/**
 * The date of a decision; null for an empty value. It keeps the words that stood in the file.
 * @throws Invalid for words that name no day
 */
export function dateOf(value: string, decision: Decision, before: WrittenDate | null): WrittenDate | null {
  if (value === '') return null;
  const reading = readDate(value.replace(/(?<=\d)T(?=\d)/, ' '));
  if (reading === undefined || reading.date.local === null)
    throw unfit(decision, 'it takes a date such as 2006-05-28 or “28 May 2006 12:47 UTC”');
  return {
    ...reading.date,
    written: before?.written ?? value,
    zone: reading.date.zone ?? before?.zone ?? null,
  };
}
