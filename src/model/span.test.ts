import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oldestDay, spans, stepOf, stretchOf } from './span.ts';

const day = fc
  .date({ min: new Date('1995-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));

describe('a stretch of time', () => {
  test('thirty days end today', () => {
    const { unit, steps, since } = stretchOf('days', '2026-03-01', null);
    expect([unit, steps.length, steps[0], steps.at(-1)]).toEqual(['day', 30, '2026-01-31', '2026-03-01']);
    expect(since).toBe('2026-01-31');
  });

  test('weeks begin on Mondays, whatever day it is', () => {
    for (const today of ['2026-11-23', '2026-11-27', '2026-11-29'])
      expect(stretchOf('weeks', today, null).steps.at(-1)).toBe('2026-11-23');
    expect(stretchOf('weeks', '2026-11-30', null).steps.at(-1)).toBe('2026-11-30');
    expect(stretchOf('weeks', '2026-11-30', null).steps).toHaveLength(13);
  });

  test('twelve months reach back to the same month’s follower of last year, also from the 31st', () => {
    const { steps, since } = stretchOf('months', '2026-03-31', null);
    expect([steps[0], steps.at(-2), steps.at(-1)]).toEqual(['2025-04-01', '2026-02-01', '2026-03-01']);
    expect(since).toBe('2025-04');
  });

  test('all time goes by months for three years, then by years', () => {
    expect(stretchOf('all', '2026-03-05', '2026-01-20').steps).toEqual([
      '2026-01-01',
      '2026-02-01',
      '2026-03-01',
    ]);
    expect(stretchOf('all', '2026-03-05', '2023-04').steps).toHaveLength(36);
    const years = stretchOf('all', '2026-03-05', '2023-03');
    expect([years.unit, years.steps]).toEqual([
      'year',
      ['2023-01-01', '2024-01-01', '2025-01-01', '2026-01-01'],
    ]);
    expect(stretchOf('all', '2026-03-05', null).steps).toEqual(['2026-03-01']);
  });

  test('every day from the first step to today falls in exactly one, and what is asked for since then is all of it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...spans), day, fc.nat(4000), fc.nat(4000), (span, today, back, other) => {
        const shift = (days: number): string =>
          new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);
        const stretch = stretchOf(span, today, shift(back));
        const asked = shift(other);
        const at = stepOf(stretch, asked);
        expect(at !== undefined).toBe(asked >= (stretch.steps[0] ?? ''));
        expect(asked >= stretch.since).toBe(at !== undefined || asked.slice(0, 7) === stretch.since);
        if (at !== undefined) expect((stretch.steps[at] ?? '') <= asked).toBe(true);
        if (at !== undefined && at + 1 < stretch.steps.length)
          expect((stretch.steps[at + 1] ?? '') > asked).toBe(true);
      }),
    );
  });

  test('days are kept as days at least as long as a stretch of days or weeks looks back', () => {
    fc.assert(
      fc.property(day, (today) => {
        const oldest = oldestDay(today);
        expect(oldest).toMatch(/-01$/);
        for (const span of ['days', 'weeks'] as const)
          expect(oldest <= stretchOf(span, today, null).since).toBe(true);
      }),
    );
  });

  test('a month that was summed up falls in its month and its year', () => {
    const months = stretchOf('months', '2026-03-31', null);
    expect(months.steps[stepOf(months, '2025-07') ?? -1]).toBe('2025-07-01');
    const years = stretchOf('all', '2026-03-05', '2020-03');
    expect(years.steps[stepOf(years, '2021-07') ?? -1]).toBe('2021-01-01');
  });
});
