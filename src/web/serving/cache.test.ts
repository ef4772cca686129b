import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Answer } from './answer.ts';
import { PageCache } from './cache.ts';

function page(text: string, cacheControl = 'public, no-cache', status = 200): Answer {
  const headers = new Map([
    ['content-type', 'text/html'],
    ['cache-control', cacheControl],
  ]);
  return new Answer(status, headers, Buffer.from(text));
}

function cacheOf(limit: number) {
  let version = 1;
  const cache = new PageCache(limit, () => String(version));
  return { cache, write: () => version++ };
}

test('a kept answer is given until something is written', () => {
  const { cache, write } = cacheOf(1e6);
  const made = page('one');
  cache.keep('/works', made, cache.now());
  expect(cache.find('/works')).toBe(made);
  expect(cache.find('/works?sort=title')).toBeUndefined();
  write();
  expect(cache.find('/works')).toBeUndefined();
});

test('what was read before a write is not kept after it', () => {
  const { cache, write } = cacheOf(1e6);
  const readAt = cache.now();
  write();
  cache.keep('/works', page('old'), readAt);
  expect(cache.find('/works')).toBeUndefined();
});

test('what only one person may see, what failed, and what is too large for it, is never kept', () => {
  const { cache } = cacheOf(1e6);
  cache.keep('/a', page('draft', 'private, no-store'), cache.now());
  cache.keep('/b', page('gone', 'public, no-cache', 410), cache.now());
  cache.keep('/c', page('x'.repeat(200_000)), cache.now());
  cache.keep(`/${'d'.repeat(500)}`, page('long address'), cache.now());
  expect(['/a', '/b', '/c', `/${'d'.repeat(500)}`].map((at) => cache.find(at))).toEqual(
    Array(4).fill(undefined),
  );
  expect(cache.size).toBe(0);
});

test('the answer longest unasked makes room for a new one', () => {
  const { cache } = cacheOf(100_000);
  for (const at of ['/1', '/2', '/3', '/4', '/5', '/6', '/7', '/8', '/9', '/10']) {
    cache.keep(at, page('x'.repeat(8_000)), cache.now());
    cache.find('/1');
  }
  expect(cache.find('/1')).toBeDefined();
  expect(cache.find('/2')).toBeUndefined();
  expect(cache.size).toBeLessThanOrEqual(100_000);
});

test('a limit of nothing keeps nothing', () => {
  const { cache } = cacheOf(0);
  cache.keep('/', page('x'), cache.now());
  expect(cache.find('/')).toBeUndefined();
});

test('whatever is asked, written and asked again, an answer from memory is what a plain request would get', () => {
  const act = fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('ask' as const), at: fc.nat(9) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('write' as const), at: fc.nat(9) }) },
    // A page read before a write and finished after it.
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('slow' as const), at: fc.nat(9) }) },
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 100 }), fc.integer({ min: 0, max: 60_000 }), (acts, limit) => {
      const { cache, write } = cacheOf(limit);
      const store = new Array<number>(10).fill(0);
      const plain = (at: number): string => `page ${at} in state ${store[at]} ${'.'.repeat(at * 300)}`;
      const shown = new Map<Answer, string>();
      const make = (at: number): Answer => {
        const made = page(plain(at));
        shown.set(made, plain(at));
        return made;
      };
      const change = (at: number): void => {
        store[at] = (store[at] ?? 0) + 1;
        write();
      };
      for (const { kind, at } of acts) {
        const readAt = cache.now();
        if (kind === 'write') change(at);
        else if (kind === 'slow') {
          const made = make(at);
          change(at);
          cache.keep(`/${at}`, made, readAt);
        } else {
          const found = cache.find(`/${at}`);
          if (found === undefined) cache.keep(`/${at}`, make(at), readAt);
          else expect(shown.get(found)).toBe(plain(at));
        }
        expect(cache.size).toBeLessThanOrEqual(limit);
      }
    }),
    { seed: 3, numRuns: 300 },
  );
});
