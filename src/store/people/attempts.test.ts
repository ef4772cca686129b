import { describe, expect, it } from 'vitest';
import { attemptsOf } from './attempts.ts';

const at = { time: 1_000_000_000_000 };
const fresh = () => attemptsOf(() => at.time);

describe('attempts to sign in', () => {
  it('are free at first, then wait twice as long each time, at most a quarter of an hour', () => {
    const attempts = fresh();
    for (let i = 0; i < 5; i++) expect(attempts.begin('ada', 'here')).toBe(0);
    const waits: number[] = [];
    for (let i = 0; i < 14; i++) {
      const seconds = attempts.begin('ada', 'here');
      waits.push(seconds);
      at.time += seconds * 1000;
      expect(attempts.begin('ada', 'here')).toBe(0);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
  });

  it('from elsewhere never make the owner wait, however many there are', () => {
    const attempts = fresh();
    for (let i = 0; i < 5000; i++) attempts.begin('ada', `stranger ${i % 500}`);
    expect(attempts.begin('ada', 'stranger 7')).toBeGreaterThan(0);
    expect(attempts.begin('ada', 'at home')).toBe(0);
  });

  it('from one place at many accounts wait too, but not those of a browser known there', () => {
    const attempts = fresh();
    const waits = Array.from({ length: 60 }, (_, i) => attempts.begin(`account ${i}`, 'a school'));
    expect(waits.filter((seconds) => seconds === 0)).toHaveLength(30);
    expect(attempts.begin('ada', 'device of ada')).toBe(0);
  });

  it('that come while one waits are not counted', () => {
    const attempts = fresh();
    for (let i = 0; i < 6; i++) attempts.begin('ada', 'here');
    for (let i = 0; i < 1000; i++) expect(attempts.begin('ada', 'here')).toBe(1);
    at.time += 1000;
    expect(attempts.begin('ada', 'here')).toBe(0);
  });

  it('count at once, so that many at the same time are not all free', () => {
    const attempts = fresh();
    const all = Array.from({ length: 20 }, () => attempts.begin('ada', 'here'));
    expect(all.filter((seconds) => seconds === 0)).toHaveLength(5);
  });

  it('are forgiven when one was right, and forgotten after an hour', () => {
    const attempts = fresh();
    for (let i = 0; i < 5; i++) attempts.begin('ada', 'here');
    expect(attempts.begin('ada', 'here')).toBeGreaterThan(0);
    attempts.forgive('ada', 'here');
    expect(attempts.begin('ada', 'here')).toBe(0);
    for (let i = 0; i < 5; i++) attempts.begin('bea', 'here');
    at.time += 61 * 60_000;
    for (let i = 0; i < 5; i++) expect(attempts.begin('bea', 'here')).toBe(0);
  });

  it('take little memory, however many there are', () => {
    const attempts = fresh();
    for (let i = 0; i < 6; i++) attempts.begin('ada', 'here');
    for (let i = 0; i < 60_000; i++) attempts.begin(`account ${i}`, `place ${i}`);
    expect(attempts.begin('ada', 'here')).toBe(0); // the oldest was forgotten
    expect(attempts.begin('account 59999', 'place 59999')).toBe(0);
  });
});
