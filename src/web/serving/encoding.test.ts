import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { compress, encodingFor, isCompressible } from './encoding.ts';

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, deflate', 'gzip'],
  ['br;q=0, gzip;q=0.5', 'gzip'],
  ['br;q=0.1', 'br'],
  ['*', 'br'],
  ['*;q=0', 'identity'],
  ['identity', 'identity'],
  ['', 'identity'],
  ['br;q=nonsense', 'identity'],
  ['BR', 'br'],
] as const)('Accept-Encoding "%s" is answered with %s', (accept, encoding) => {
  expect(encodingFor(accept)).toBe(encoding);
  expect(encodingFor(accept)).toBe(encoding);
});

test('who says nothing gets the bytes as they are', () => {
  expect(encodingFor(undefined)).toBe('identity');
});

test.each([
  ['text/html; charset=utf-8', true],
  ['application/json', true],
  ['application/atom+xml; charset=utf-8', true],
  ['image/svg+xml', true],
  ['application/epub+zip', false],
  ['font/woff2', false],
  ['image/png', false],
])('%s is compressed: %s', (type, expected) => {
  expect(isCompressible(type)).toBe(expected);
});

test('compressed bytes come out again as they were', async () => {
  const bytes = Buffer.from('The helmet fell into the courtyard. '.repeat(100));
  expect(brotliDecompressSync((await compress(bytes, 'br')) ?? Buffer.alloc(0))).toEqual(bytes);
  expect(gunzipSync((await compress(bytes, 'gzip')) ?? Buffer.alloc(0))).toEqual(bytes);
});

test('a few bytes are not worth compressing', async () => {
  expect(await compress(Buffer.from('short'), 'br')).toBeUndefined();
});

test('while two compressions run, a third is left undone', async () => {
  const bytes = Buffer.from('The helmet fell into the courtyard. '.repeat(1000));
  const three = await Promise.all([compress(bytes, 'br'), compress(bytes, 'gzip'), compress(bytes, 'br')]);
  expect(three.map((packed) => packed === undefined)).toEqual([false, false, true]);
});
