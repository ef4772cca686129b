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

test('when more people ask than can be remembered, all are forgiven', () => {
  let now = 0;
  const often = limit(1, 10, () => now);
  for (let i = 0; i < 10_000; i++) often.take(`early ${i}`);
  now = 5_000;
  expect(often.take('early 1')).toBe(false);
  often.take('one more');
  expect(often.take('early 1')).toBe(true);
});
