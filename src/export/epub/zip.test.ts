import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { zip } from './zip.ts';

test('what is packed is what another program unpacks, under the same names, in the same order', () => {
  const file = fc.record({
    path: fc.string({ unit: 'grapheme', minLength: 1 }),
    bytes: fc.uint8Array({ maxLength: 2000 }),
    stored: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.uniqueArray(file, { selector: (f) => f.path.toWellFormed(), maxLength: 5 }), (files) => {
      const unpacked = unzipSync(zip(files));
      const given = files.map((f) => [f.path, Buffer.from(f.bytes)] as const);
      expect(new Map(Object.entries(unpacked).map(([path, bytes]) => [path, Buffer.from(bytes)]))).toEqual(
        new Map(given),
      );
    }),
    { numRuns: 50 },
  );
});

test('the first file is found where the specification looks for it (EPUB 3.3, 4.2.2)', () => {
  const packed = zip([{ path: 'mimetype', bytes: Buffer.from('application/epub+zip'), stored: true }]);
  expect(Buffer.from(packed).toString('latin1', 30, 58)).toBe('mimetypeapplication/epub+zip');
});

test('words are deflated, and what does not shrink is stored', () => {
  const words = Buffer.from('It rained. '.repeat(100));
  expect(zip([{ path: 'a', bytes: words }]).length).toBeLessThan(250);
  expect(zip([{ path: 'a', bytes: Buffer.from('x') }])[8]).toBe(0);
});
