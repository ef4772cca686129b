import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namedColumns, percentsOf, scaleTo } from './scales.ts';

describe('a scale', () => {
  test.each([
    [1, [1]],
    [3, [1, 2, 3]],
    [5, [2, 4, 6]],
    [10, [5, 10]],
    [37, [10, 20, 30, 40]],
    [101, [50, 100, 150]],
    [1_234_567, [500_000, 1_000_000, 1_500_000]],
  ])('up to %d has lines at %j', (most, ticks) => {
    expect(scaleTo(most).ticks).toEqual(ticks);
  });

  test('of nothing, and of what is no number, has no lines and divides by no zero', () => {
    for (const most of [0, -1, Number.NaN]) expect(scaleTo(most)).toEqual({ top: 1, ticks: [] });
  });

  test('has one to four whole lines, evenly apart, and nothing is higher than the last, however large', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 50 }), (most) => {
        const { top, ticks } = scaleTo(most);
        expect(ticks.length).toBeGreaterThan(0);
        expect(ticks.length).toBeLessThanOrEqual(4);
        expect(top).toBeGreaterThanOrEqual(most);
        expect(ticks.every((tick, i) => Number.isInteger(tick) && tick === (i + 1) * (ticks[0] ?? 0))).toBe(
          true,
        );
        // The highest column takes at least half of the height.
        expect(most / top).toBeGreaterThanOrEqual(0.5);
      }),
    );
  });
});

test('columns are named at equal distances, the last always, one alone too', () => {
  expect(namedColumns(30, 5)).toEqual([5, 11, 17, 23, 29]);
  expect(namedColumns(12, 12)).toHaveLength(12);
  expect(namedColumns(1, 5)).toEqual([0]);
  expect(namedColumns(0, 5)).toEqual([]);
});

describe('percents', () => {
  test('add up to a hundred', () => {
    expect(percentsOf([1, 1, 1])).toEqual([34, 33, 33]);
    expect(percentsOf([0, 0])).toEqual([0, 0]);
    expect(percentsOf([5])).toEqual([100]);
    expect(percentsOf([])).toEqual([]);
  });

  test('always, and none is further than one from its share', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 12 }), (numbers) => {
        const whole = numbers.reduce((a, b) => a + b, 0);
        const percents = percentsOf(numbers);
        expect(percents.reduce((a, b) => a + b, 0)).toBe(whole === 0 ? 0 : 100);
        for (const [i, n] of numbers.entries())
          if (whole > 0) expect(Math.abs((percents[i] ?? 0) - (100 * n) / whole)).toBeLessThan(1);
      }),
    );
  });
});
