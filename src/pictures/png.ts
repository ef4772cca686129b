import { type Cleaned, part } from './parts.ts';

/**
 * Chunks that say what the picture looks like (PNG, third edition, 5.6 and 11.3). Without: text (tEXt, zTXt, iTXt),
 * time, EXIF, colour profiles (which can name a monitor), suggested palettes, histograms and everything unknown.
 */
const kept = new Set('IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD pHYs acTL fcTL fdAT'.split(' '));

/** A PNG, chunk by chunk: length, type, data, checksum. */
export function cleanPng(bytes: Buffer): Cleaned {
  const out: Buffer[] = [part(bytes, 0, 8)];
  for (let at = 8, type = ''; type !== 'IEND'; ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    type = bytes.toString('latin1', at + 4, at + 8);
    if (at === 8 && type !== 'IHDR') throw new RangeError('a PNG begins with IHDR');
    const chunk = part(bytes, at, end);
    if (kept.has(type)) out.push(chunk);
    at = end;
  }
  return { bytes: Buffer.concat(out), width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
