import { expect, test } from 'vitest';
import { limit } from './limits.ts';

test('so many are allowed in a time, and anew when it is over', () => {
  let now = 0;
  const often = limit(2, 10, () => now);
  expect([often.take('a'), often.take('a'), often.take('a')]).toEqual([true, true, false]);
  expect(often.take('b')).toBe(true);
  now = 9_999;
  expect(often.take('a')).toBe(false);
  now = 10_000;
  expect(often.take('a')).toBe(true);
});

test('what is worth more counts as more', () => {
  let now = 0;
  const often = limit(10, 10, () => now);
  expect([often.take('a', 6), often.take('a', 4), often.take('a', 1)]).toEqual([true, true, false]);
  now = 10_000;
  expect(often.take('a', 11)).toBe(false);
});

test('when more people ask than can be remembered, only those who came first are forgiven', () => {
  const often = limit(1, 10, () => 0);
  for (let i = 0; i < 10_000; i++) often.take(`early ${i}`);
  expect([often.take('early 0'), often.take('early 9999')]).toEqual([false, false]);
  often.take('one more');
  expect([often.take('early 9999'), often.take('early 0')]).toEqual([false, true]);
});
