import { type Cleaned, part } from './parts.ts';

/**
 * A GIF, block by block (GIF89a, 15 to 27): comments, plain text and the notes of programs go, but for the one that
 * says how often an animation runs.
 */
export function cleanGif(bytes: Buffer): Cleaned {
  let at = 13 + colourTable(bytes.readUInt8(10));
  const out: Buffer[] = [part(bytes, 0, at)];
  for (;;) {
    const from = at;
    const kind = bytes.readUInt8(at);
    if (kind === trailer) break;
    let isKept = true;
    if (kind === image) {
      if (Math.max(bytes.readUInt16LE(at + 5), bytes.readUInt16LE(at + 7)) > longestSide)
        throw new RangeError('an image of a GIF is no larger than a GIF may be');
      const blocks = at + 10 + colourTable(bytes.readUInt8(at + 9)) + 1;
      at = afterBlocks(bytes, blocks);
    } else if (kind === extension) {
      isKept = keeps(bytes, at);
      at = afterBlocks(bytes, at + 2);
    } else throw new RangeError('a GIF has an image or an extension here');
    if (isKept) out.push(part(bytes, from, at));
  }
  out.push(Buffer.from([trailer]));
  return { bytes: Buffer.concat(out), width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
}

/** As for whole pictures: what lies within is not larger. */
const longestSide = 12_000;
const extension = 0x21;
const image = 0x2c;
const trailer = 0x3b;
const graphicControl = 0xf9;
const application = 0xff;

function colourTable(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** Behind a run of sub-blocks, each with its length in front, the last of which is empty. */
function afterBlocks(bytes: Buffer, from: number): number {
  let at = from;
  for (let length = bytes.readUInt8(at); length > 0; length = bytes.readUInt8(at)) at += 1 + length;
  return at + 1;
}

function keeps(bytes: Buffer, at: number): boolean {
  const label = bytes.readUInt8(at + 1);
  if (label === graphicControl) return true;
  return (
    label === application && /^(?:NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(bytes.toString('latin1', at + 3, at + 14))
  );
}
