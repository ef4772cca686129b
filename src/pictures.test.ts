import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Invalid } from './errors.ts';
import { samples } from './pictures/samples.testing.ts';
import { cleanPicture } from './pictures.ts';

const facts: readonly (readonly [name: string, mediaType: string, width: number, height: number])[] = [
  ['png', 'image/png', 8, 6],
  ['jpeg', 'image/jpeg', 6, 8],
  ['progressive', 'image/jpeg', 6, 8],
  ['gif', 'image/gif', 8, 6],
  ['webp', 'image/webp', 8, 6],
  ['lossless', 'image/webp', 8, 6],
  ['animated', 'image/webp', 8, 6],
  ['avif', 'image/avif', 6, 8],
];

const sample = (name: string): Uint8Array => samples[name] ?? new Uint8Array();
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe.each(facts)('a picture of the kind %s', (name, mediaType, width, height) => {
  test('loses every note in it, keeps its size as it is shown, and is left alone the second time', () => {
    expect(text(sample(name))).toContain('SECRET');
    const clean = cleanPicture(sample(name));
    expect(clean).toMatchObject({ mediaType, width, height });
    expect(text(clean.bytes)).not.toContain('SECRET');
    expect(cleanPicture(clean.bytes)).toEqual(clean);
  });

  test('loses what follows its end', () => {
    const more = Buffer.concat([sample(name), Buffer.from('PK\x03\x04 SECRET trailer')]);
    expect(text(cleanPicture(more).bytes)).not.toContain('SECRET');
  });

  test('cut off anywhere is refused in words, or is a picture still', () => {
    const whole = sample(name);
    for (let end = 0; end < whole.length; end++) {
      try {
        expect(text(cleanPicture(whole.subarray(0, end)).bytes)).not.toContain('SECRET');
      } catch (error) {
        expect(error).toBeInstanceOf(Invalid);
      }
    }
  });

  test('with any bytes changed does nothing worse than to be refused', () => {
    const change = fc.record({ at: fc.nat(sample(name).length - 1), to: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const bytes = Uint8Array.from(sample(name));
        for (const { at, to } of changes) bytes[at] = to;
        try {
          cleanPicture(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(Invalid);
        }
      }),
      { numRuns: 300 },
    );
  });
});

test('a photograph still says which way up it is, and nothing else', () => {
  const exif = text(cleanPicture(sample('jpeg')).bytes).indexOf('Exif\0\0');
  expect(exif).toBe(6);
  expect(cleanPicture(sample('jpeg')).bytes[4 + 26]).toBe(0);
  expect(Buffer.from(cleanPicture(sample('jpeg')).bytes).readUInt16BE(2 + 28)).toBe(6);
});

test.each([
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>steal()</script></svg>'],
  ['HTML that calls itself a picture', '<!doctype html><img src="x.png">'],
  ['nothing', ''],
  ['a bitmap', 'BM\0\0\0\0'],
  ['a moving AVIF', '\0\0\0\x1cftypavis\0\0\0\0avifmif1miaf'],
])('%s is no picture here', (_, bytes) => {
  expect(() => cleanPicture(Buffer.from(bytes, 'latin1'))).toThrow(/is a PNG, JPEG, GIF, WebP or AVIF file/);
});

test.each([
  [
    'png',
    'before its end',
    (b: Buffer) => Buffer.concat([b.subarray(0, 33), chunk('teXt', harm), b.subarray(33)]),
  ],
  [
    'png',
    'in a part nobody knows',
    (b: Buffer) => Buffer.concat([b.subarray(0, 33), chunk('haRm', harm), b.subarray(33)]),
  ],
  [
    'jpeg',
    'in a comment',
    (b: Buffer) => Buffer.concat([b.subarray(0, 2), segment(0xfe, harm), b.subarray(2)]),
  ],
  [
    'jpeg',
    'in a segment of a program',
    (b: Buffer) => Buffer.concat([b.subarray(0, 2), segment(0xed, harm), b.subarray(2)]),
  ],
  [
    'gif',
    'behind its end, as a script',
    (b: Buffer) => Buffer.concat([b, Buffer.from('*/=1;alert(1)//'), Buffer.from(harm)]),
  ],
  ['jpeg', 'as a zip behind its end', (b: Buffer) => Buffer.concat([b, Buffer.from(`PK\x03\x04${harm}`)])],
  ['webp', 'in a part nobody knows', (b: Buffer) => riff(b, Buffer.from('HARM'), Buffer.from(harm))],
] as const)('a %s that is something else too, %s, is only a picture afterwards', (name, _, made) => {
  const clean = cleanPicture(made(Buffer.from(sample(name))));
  expect(text(clean.bytes)).not.toContain('steal()');
  expect(cleanPicture(clean.bytes)).toEqual(clean);
});

const harm = '<html><script>steal()</script></html>';

function chunk(type: string, data: string): Buffer {
  const made = Buffer.concat([Buffer.alloc(4), Buffer.from(type + data), Buffer.alloc(4)]);
  made.writeUInt32BE(data.length, 0);
  return made;
}

function segment(marker: number, data: string): Buffer {
  const made = Buffer.concat([Buffer.from([0xff, marker, 0, 0]), Buffer.from(data)]);
  made.writeUInt16BE(data.length + 2, 2);
  return made;
}

/** A WebP with one more chunk at its end. */
function riff(bytes: Buffer, type: Buffer, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  const made = Buffer.concat([bytes, type, length, data, Buffer.alloc(data.length % 2)]);
  made.writeUInt32LE(made.length - 8, 4);
  return made;
}

test('a photograph that says twice how large it is is refused: a browser might believe the other', () => {
  const whole = Buffer.from(cleanPicture(sample('jpeg')).bytes);
  const at = whole.indexOf(Buffer.from([0xff, 0xc0]));
  const frame = Buffer.from(whole.subarray(at, at + 2 + whole.readUInt16BE(at + 2)));
  frame.writeUInt16BE(60_000, 5);
  const twice = Buffer.concat([whole.subarray(0, at), frame, whole.subarray(at)]);
  expect(() => cleanPicture(twice)).toThrow(Invalid);
  const gif = Buffer.from(sample('gif'));
  const image = gif.indexOf(0x2c, 13 + 3 * 2 ** ((gif.readUInt8(10) & 7) + 1));
  gif.writeUInt16LE(60_000, image + 5);
  expect(() => cleanPicture(gif)).toThrow(Invalid);
});

test('a small file that would fill a memory is refused', () => {
  const bomb = Buffer.from(sample('png'));
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);
  expect(() => cleanPicture(bomb)).toThrow(/60000 × 60000 points; make it smaller/);
  const flat = Buffer.from(sample('png'));
  flat.writeUInt32BE(0, 16);
  expect(() => cleanPicture(flat)).toThrow(/does not say how large/);
});
