import { describe, expect, it } from 'vitest';
import { Conflict } from '../../errors.ts';
import { hashPassPhrase, isPassPhrase } from './pass-phrase.ts';

/** Cheap, so that turns and not hashing take the time. */
const cheap = 'scrypt$14$8$1$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

describe('pass phrases', () => {
  it('take the same time to be wrong whether or not there is an account', async () => {
    const record = await hashPassPhrase('low water and a late boat');
    const times = async (of: string | undefined): Promise<number> => {
      const began = performance.now();
      expect(await isPassPhrase(of, 'not these words at all')).toBe(false);
      return performance.now() - began;
    };
    await times(record);
    const rounds = 4;
    const [mine, nobodys]: [number[], number[]] = [[], []];
    for (let i = 0; i < rounds; i++) {
      mine.push(await times(record));
      nobodys.push(await times(undefined));
    }
    // The fastest of each: others share this machine. Without a hash it would be a thousandth.
    const ratio = Math.min(...nobodys) / Math.min(...mine);
    expect(ratio).toBeGreaterThan(0.25);
    expect(ratio).toBeLessThan(4);
  }, 60_000);

  it('are hashed two at a time, so that a flood takes no more memory than two', async () => {
    const before = process.memoryUsage().rss;
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5);
    await Promise.all(Array.from({ length: 6 }, () => isPassPhrase(undefined, 'anything')));
    clearInterval(watch);
    expect(most - before).toBeGreaterThan(100 * 2 ** 20);
    expect(most - before).toBeLessThan(400 * 2 ** 20);
  }, 60_000);

  it('of browsers known here pass the queue, and a flood is turned away at its end', async () => {
    const order: string[] = [];
    const flood = Array.from({ length: 150 }, () =>
      isPassPhrase(cheap, 'guess').then(
        () => order.push('stranger'),
        (error: unknown) => order.push(error instanceof Conflict ? 'away' : 'fault'),
      ),
    );
    const known = isPassPhrase(cheap, 'guess', { known: true }).then(() => order.push('known'));
    await Promise.all([...flood, known]);
    const count = (what: string): number => order.filter((o) => o === what).length;
    expect([count('stranger'), count('away'), count('fault')]).toEqual([102, 48, 0]);
    // The next to begin; on a busy machine some that begin after her end before her.
    expect(order.filter((o) => o !== 'away').indexOf('known')).toBeLessThan(20);
  }, 60_000);
});
