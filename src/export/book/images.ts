import type { Resource } from '../../model/source.ts';

/** An image that a book can hold: what its bytes show it to be, whatever its record says. */
export interface Picture {
  readonly sha256: string;
  readonly mediaType: string;
  readonly extension: string;
  readonly bytes: Uint8Array;
}

/**
 * The images among the resources, by hash. Only formats every reading system shows, with a size in their first
 * bytes, so that a broken file does not break the book. Strangers' SVG is left out: it can hold scripts.
 */
export function picturesOf(resources: readonly Resource[]): ReadonlyMap<string, Picture> {
  const pictures = new Map<string, Picture>();
  for (const { sha256, base64 } of resources) {
    const bytes = Buffer.from(base64, 'base64');
    const kind = kinds.find(({ is }) => is(bytes));
    if (kind !== undefined)
      pictures.set(sha256, { sha256, mediaType: kind.mediaType, extension: kind.extension, bytes });
  }
  return pictures;
}

const kinds: readonly {
  readonly mediaType: string;
  readonly extension: string;
  readonly is: (bytes: Buffer) => boolean;
}[] = [
  {
    mediaType: 'image/png',
    extension: 'png',
    is: (b) =>
      b.length > 33 &&
      b.readUInt32BE(0) === 0x89504e47 &&
      b.toString('latin1', 12, 16) === 'IHDR' &&
      b.readUInt32BE(16) > 0 &&
      b.readUInt32BE(20) > 0 &&
      b.subarray(-12, -4).toString('latin1').endsWith('IEND'),
  },
  {
    mediaType: 'image/gif',
    extension: 'gif',
    is: (b) =>
      /^GIF8[79]a/.test(b.toString('latin1', 0, 6)) &&
      b.length > 13 &&
      b.readUInt16LE(6) > 0 &&
      b.readUInt16LE(8) > 0 &&
      b.at(-1) === 0x3b,
  },
  {
    mediaType: 'image/jpeg',
    extension: 'jpg',
    is: (b) => b.length > 20 && b.readUInt32BE(0) >>> 8 === 0xffd8ff && hasFrame(b),
  },
  {
    mediaType: 'image/webp',
    extension: 'webp',
    is: (b) =>
      b.length > 30 && b.toString('latin1', 0, 4) === 'RIFF' && b.toString('latin1', 8, 15) === 'WEBPVP8',
  },
];

/** Whether a JPEG has a start of frame (ITU T.81, B.2.2) with a size. */
function hasFrame(bytes: Buffer): boolean {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return bytes.readUInt16BE(at + 5) > 0 && bytes.readUInt16BE(at + 7) > 0;
  }
  return false;
}
