import { type Cleaned, part } from './parts.ts';

/** Chunks that are the picture (RFC 9649, 2.7); without EXIF, XMP, colour profiles and everything unknown. */
const kept = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF']);

/** A WebP, chunk by chunk: type, length, data, a byte where the length is odd. */
export function cleanWebp(bytes: Buffer): Cleaned {
  const end = Math.min(bytes.length, 8 + bytes.readUInt32LE(4));
  const chunks = [...chunksOf(bytes, 12, end)].filter(({ type }) => kept.has(type));
  const body = Buffer.concat(chunks.map(written));
  const head = Buffer.from('RIFF....WEBP', 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  const size = chunks.map(sizeOf).find((s) => s !== undefined);
  if (size === undefined) throw new RangeError('a WebP has a picture');
  return { bytes: Buffer.concat([head, body]), ...size };
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function* chunksOf(bytes: Buffer, from: number, end: number): Generator<Chunk> {
  for (let at = from; at + 8 <= end; ) {
    const length = bytes.readUInt32LE(at + 4);
    yield { type: bytes.toString('latin1', at, at + 4), data: part(bytes, at + 8, at + 8 + length) };
    at += 8 + length + (length % 2);
  }
}

function written({ type, data }: Chunk): Buffer {
  const clean = type === 'VP8X' ? withoutNotes(data) : type === 'ANMF' ? cleanFrame(data) : data;
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(clean.length, 4);
  return Buffer.concat([head, clean, Buffer.alloc(clean.length % 2)]);
}

/** The flags that announce a colour profile, EXIF and XMP, taken back (2.7.1.1). */
function withoutNotes(data: Buffer): Buffer {
  const clean = Buffer.from(data);
  clean.writeUInt8(clean.readUInt8(0) & ~(0x20 | 0x08 | 0x04), 0);
  return clean;
}

/** A frame of an animation holds chunks of its own behind its 16 bytes (2.7.1.1). */
function cleanFrame(data: Buffer): Buffer {
  const chunks = [...chunksOf(data, 16, data.length)].filter(({ type }) => kept.has(type));
  return Buffer.concat([part(data, 0, 16), ...chunks.map(written)]);
}

/** From the canvas of an extended file, a lossy key frame (RFC 6386, 9.1) or a lossless header (RFC 9649, 3.4). */
function sizeOf({ type, data }: Chunk): Pick<Cleaned, 'width' | 'height'> | undefined {
  if (type === 'VP8X') return { width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 };
  if (type === 'VP8 ') return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
  if (type !== 'VP8L') return undefined;
  const bits = data.readUInt32LE(1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
