import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDateLine, isStamp, readDate } from './dates.ts';

/** The forms of the journal sites and archives with what they say: local time, moment, zone. */
const forms: readonly (readonly [written: string, local: string, instant?: string, zone?: string])[] = [
  ['2006-05-28 12:47:00', '2006-05-28T12:47:00'],
  ['@ 2006-05-28 12:47:00', '2006-05-28T12:47:00'],
  ['2006-05-28 12:47 pm UTC', '2006-05-28T12:47', '2006-05-28T12:47:00Z', 'UTC'],
  ['2006-05-28 12:47 pm (local)', '2006-05-28T12:47'],
  ['2006-05-28 12:47 am (UTC)', '2006-05-28T00:47', '2006-05-28T00:47:00Z', 'UTC'],
  ['May 28th, 2006 12:47 pm (UTC)', '2006-05-28T12:47', '2006-05-28T12:47:00Z', 'UTC'],
  ['May. 28th, 2006 12:47 pm', '2006-05-28T12:47'],
  ['Jun. 25th, 2007 01:48 am', '2007-06-25T01:48'],
  ['Sun, May. 28th, 2006, 12:47 pm', '2006-05-28T12:47'],
  ['May 28th, 2006', '2006-05-28'],
  ['Sunday, May 28th, 2006', '2006-05-28'],
  ['5/28/06', '2006-05-28'],
  ['28/5/06', '2006-05-28'],
  ['28.5.06', '2006-05-28'],
  ['28/5/2006', '2006-05-28'],
  ['5/5/06', '2006-05-05'],
  ['2006.05.28', '2006-05-28'],
  ['28th May 2006', '2006-05-28'],
  ['Sunday, the 28th May 2006', '2006-05-28'],
  ['28th May, 2006', '2006-05-28'],
  ['le 28 mai 2006', '2006-05-28'],
  ['28. Mai 2006', '2006-05-28'],
  ['la 28a de majo 2006', '2006-05-28'],
  ['28 мая 2006 г.', '2006-05-28'],
  ['12:47pm 28/05/2006', '2006-05-28T12:47'],
  ['2006-05-28 12:47', '2006-05-28T12:47'],
  ['Sunday, May 28th, 2006 / 12:47 pm.', '2006-05-28T12:47'],
  ['28 May 2006|', '2006-05-28'],
  ['2006.05.28  12.47', '2006-05-28T12:47'],
  ['January 1 2004, 09:57:17 UTC', '2004-01-01T09:57:17', '2004-01-01T09:57:17Z', 'UTC'],
  ['November 07 2011, 21:42', '2011-11-07T21:42'],
  ['Nov 07, 2011 21:42', '2011-11-07T21:42'],
  ['2007-03-02T18:14:06Z', '2007-03-02T18:14:06', '2007-03-02T18:14:06Z', 'UTC'],
  ['2008-07-20T10:00:00+02:00', '2008-07-20T10:00:00', '2008-07-20T08:00:00Z', '+02:00'],
  ['Sat 20 Mar 2010 09:15PM UTC', '2010-03-20T21:15', '2010-03-20T21:15:00Z', 'UTC'],
  ['Sun, 25 Apr 2004 03:39:35 GMT', '2004-04-25T03:39:35', '2004-04-25T03:39:35Z', 'UTC'],
  ['Sun, 25 Apr 2004 23:39:35 EDT', '2004-04-25T23:39:35', '2004-04-26T03:39:35Z', '-04:00'],
  ['Tuesday, 25 July 2000, at 4:06 p.m.', '2000-07-25T16:06'],
  ['201708231917', '2017-08-23T19:17'],
  ['28th-May-2006 12:47 pm', '2006-05-28T12:47'],
  ['28th-May-2006 07:48 pm (UTC)', '2006-05-28T19:48', '2006-05-28T19:48:00Z', 'UTC'],
  ['28th-May-2006 07:48\u00a0pm\t(UTC)', '2006-05-28T19:48', '2006-05-28T19:48:00Z', 'UTC'],
  ['July 2008', '2008-07'],
  ['January, 1995', '1995-01'],
  ['1995', '1995'],
];

describe('a date', () => {
  const read = forms.map(([written, local, instant = null, zone = null]) => ({
    written,
    local,
    instant,
    zone,
  }));
  test.each(read)('is read from $written', (date) => {
    const reading = readDate(date.written);
    expect(reading?.date).toMatchObject(date);
    expect(reading?.ambiguous).toEqual([]);
  });

  test('without its year keeps what was written and claims nothing', () => {
    for (const written of ['28 May, 12:47', 'May 28th, 12:47']) {
      expect(readDate(written)?.date).toEqual({
        written,
        local: null,
        instant: null,
        zone: null,
        precision: 'minute',
      });
    }
  });

  test('that can be read two ways is not decided', () => {
    const reading = readDate('5/6/06');
    expect(reading?.date.local).toBeNull();
    expect(reading?.ambiguous).toEqual([
      { value: '2006-06-05', label: '5 June 2006' },
      { value: '2006-05-06', label: '6 May 2006' },
    ]);
    expect(readDate('12:47pm 05/06/2006')?.ambiguous.map((a) => a.value)).toEqual([
      '2006-06-05T12:47',
      '2006-05-06T12:47',
    ]);
  });

  test('is read by the custom of a language that is known', () => {
    expect(readDate('5/6/06', { language: 'en-US' })?.date.local).toBe('2006-05-06');
    expect(readDate('5/6/06', { language: 'en-GB' })?.date.local).toBe('2006-06-05');
    expect(readDate('5.6.06', { language: 'ru' })?.date.local).toBe('2006-06-05');
    expect(readDate('5/6/06', { language: 'en' })?.date.local).toBeNull();
  });

  test('of two-digit years is of 1969 to 2068', () => {
    expect(readDate('28/5/69')?.date.local).toBe('1969-05-28');
    expect(readDate('28/5/68')?.date.local).toBe('2068-05-28');
  });

  test.each([
    '31 Feb 2006',
    '2005-02-29',
    '13/13/2006',
    '2006-05-28 25:10',
    '2006-05-28 13:10 pm',
    '2006-05-28 12:60',
    'he left on May 28th, 2006',
    'May 28th, 2006 was a Sunday',
    "11 minutes after journal entry, 02:12 pm (x's time)",
    '12:47',
    '12.47',
    '1/2',
    'Chapter 12',
    'may I 2006',
    'May',
    '',
    '(UTC)',
    '\u0000',
  ])('is not seen in %j', (words) => {
    expect(readDate(words)).toBeUndefined();
  });
});

describe('a line', () => {
  test('is a date line when it is a date alone', () => {
    expect(isDateLine('  28th-May-2006 12:47 pm ')).toBe(true);
    expect(isDateLine('28th-May-2006 07:48 pm (UTC) I liked it')).toBe(false);
    expect(isDateLine('1995')).toBe(false);
    expect(isDateLine('July 2008')).toBe(false);
  });

  test('opens a comment only with a time and a zone', () => {
    expect(isStamp('28th-May-2006 07:48 pm (UTC)')).toBe(true);
    expect(isStamp('2006-05-28 12:47 pm (local)')).toBe(true);
    expect(isStamp('28th-May-2006 07:48 pm')).toBe(false);
    expect(isStamp('28th May 2006 (UTC)')).toBe(false);
  });
});

const names = 'January February March April May June July August September October November December'.split(
  ' ',
);
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

function printers(date: Date): Readonly<Record<string, string>> {
  const pad = (n: number): string => String(n).padStart(2, '0');
  const [y, m, d] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const [h, min] = [date.getUTCHours(), pad(date.getUTCMinutes())];
  const month = names[m] ?? '';
  const half = `${pad(h % 12 || 12)}:${min} ${h < 12 ? 'am' : 'pm'}`;
  const th = `${d}${d % 10 === 1 && d !== 11 ? 'st' : d % 10 === 2 && d !== 12 ? 'nd' : d % 10 === 3 && d !== 13 ? 'rd' : 'th'}`;
  const iso = `${y}-${pad(m + 1)}-${pad(d)}`;
  return {
    'site comment': `${iso} ${half} UTC`,
    generator: `${iso} ${half} (UTC)`,
    classic: `${month} ${th}, ${y} ${half} (UTC)`,
    'medium with a dot': `${month.slice(0, 3)}. ${th}, ${y} ${half}`,
    'medium with the day': `${days[date.getUTCDay()]?.slice(0, 3)}, ${month.slice(0, 3)}. ${th}, ${y}, ${half}`,
    dashes: `${th}-${month}-${y} ${half} (UTC)`,
    'day first': `${d} ${month} ${y} ${pad(h)}:${min}`,
    'new journal': `${month} ${d} ${y}, ${pad(h)}:${min}:00 UTC`,
    export: `${iso}T${pad(h)}:${min}:00Z`,
    Usenet: `${days[date.getUTCDay()]?.slice(0, 3)}, ${d} ${month.slice(0, 3)} ${y} ${pad(h)}:${min}:00 GMT`,
    Twine: `${y}${pad(m + 1)}${pad(d)}${pad(h)}${min}`,
  };
}

test('every form gives back the minute that was printed in it', () => {
  const minute = fc
    .integer({ min: Date.UTC(1990, 0, 1) / 60_000, max: Date.UTC(2040, 0, 1) / 60_000 })
    .map((m) => new Date(m * 60_000));
  fc.assert(
    fc.property(minute, (date) => {
      for (const [form, written] of Object.entries(printers(date))) {
        const read = readDate(written)?.date;
        expect(read?.local?.slice(0, 16), form).toBe(date.toISOString().slice(0, 16));
        expect(read?.instant ?? null, form).toBe(
          /UTC|GMT|Z/.test(written) ? date.toISOString().replace('.000', '') : null,
        );
      }
    }),
    { numRuns: 200 },
  );
});

test('no words make the reader fail', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 90 }), (words) => {
      const reading = readDate(words);
      expect(reading === undefined || reading.date.written === words).toBe(true);
    }),
  );
});
