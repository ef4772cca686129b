import { type Cleaned, part } from './parts.ts';

/**
 * A JPEG, segment by segment (ITU T.81, B.1 and B.2): of the application segments only JFIF's and Adobe's stay, which
 * say how colours are meant; of EXIF only which way up it is shown, since without that photographs would lie on their side.
 */
export function cleanJpeg(bytes: Buffer): Cleaned {
  const out: Buffer[] = [part(bytes, 0, 2)];
  let orientation = 1;
  let size = { width: 0, height: 0 };
  for (let at = 2; ; ) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
    if (bytes[at] !== 0xff) throw new RangeError('a JPEG has a marker here');
    const marker = bytes.readUInt8(at + 1);
    if (marker === endOfImage) break;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    const segment = part(bytes, at, end);
    if (isFrame(marker)) {
      // A second one could say otherwise than the first, and only one of them would have been looked at.
      if (size.width > 0) throw new RangeError('a JPEG has one frame');
      size = { height: segment.readUInt16BE(5), width: segment.readUInt16BE(7) };
    }
    if (marker === app(1)) orientation = orientationIn(segment) ?? orientation;
    if (isKept(marker, segment)) out.push(segment);
    at = end;
    if (marker !== startOfScan) continue;
    at = endOfScan(bytes, end);
    out.push(part(bytes, end, at));
  }
  out.push(Buffer.from([0xff, endOfImage]));
  const { width, height } = size;
  if (orientation === 1) return { bytes: Buffer.concat(out), width, height };
  const [start, ...rest] = out;
  const whole = Buffer.concat([start ?? Buffer.alloc(0), orientationSegment(orientation), ...rest]);
  return orientation < 5 ? { bytes: whole, width, height } : { bytes: whole, width: height, height: width };
}

const startOfScan = 0xda;
const endOfImage = 0xd9;
const comment = 0xfe;

function app(n: number): number {
  return 0xe0 + n;
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function isKept(marker: number, segment: Buffer): boolean {
  if (marker === comment) return false;
  if (marker < app(0) || marker > app(15)) return true;
  const name = segment.toString('latin1', 4, 9);
  // JFIF's own segment may hold a small picture of its own: only one without is kept.
  if (marker === app(0)) return name === 'JFIF\0' && segment.length === 18;
  return marker === app(14) && name === 'Adobe';
}

/** Where the coded data of a scan ends: at a marker that is neither a stuffed byte nor a restart (B.1.1.5). */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes.readUInt8(at + 1);
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  throw new RangeError('a JPEG ends with a marker');
}

/** The tag 0x0112 in the first directory of an EXIF segment (CIPA DC-008, 4.6.2), where it is 2 to 8. */
function orientationIn(segment: Buffer): number | undefined {
  if (segment.toString('latin1', 4, 10) !== 'Exif\0\0') return undefined;
  const tiff = segment.subarray(10);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  if (tiff.length < 8) return undefined;
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let i = 0; i < Math.min(short(directory), 200); i++) {
    const at = directory + 2 + i * 12;
    if (short(at) !== 0x0112) continue;
    const value = short(at + 8);
    return value >= 2 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** An EXIF segment that says nothing else. */
function orientationSegment(orientation: number): Buffer {
  const tiff = '4d4d002a00000008 0001 0112 0003 00000001 00000000 00000000'.replaceAll(' ', '');
  const segment = Buffer.from(`ffe10022457869660000${tiff}`, 'hex');
  segment.writeUInt16BE(orientation, 28);
  return segment;
}
