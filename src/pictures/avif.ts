import { Invalid } from '../errors.ts';
import { type Cleaned, part } from './parts.ts';

/**
 * A still AVIF: boxes within boxes (ISO/IEC 14496-12, 4.2; 23008-12; AVIF 1.1). Its parts name each other by their
 * places in the file, so nothing is cut out: whatever belongs to no coded image is overwritten with zeros, and boxes of
 * notes become free space.
 */
export function cleanAvif(given: Buffer): Cleaned {
  const top = topBoxes(given);
  const bytes = Buffer.from(given.subarray(0, top.at(-1)?.to ?? 0));
  if (top.some(({ type }) => type === 'moov'))
    throw new Invalid('pictures: moving AVIF files are not taken; a still one is', { path: 'picture' });
  const meta = found(top, 'meta');
  const inMeta = [...boxesIn(bytes, meta.from + 4, meta.to)];
  const images = imageItems(bytes, found(inMeta, 'iinf'));
  const extents = extentsOf(bytes, found(inMeta, 'iloc')).filter(({ item }) => images.has(item));
  const within = (base: Box | undefined) =>
    base === undefined
      ? []
      : extents.filter((e) => e.inItem).map((e) => ({ from: base.from + e.from, to: base.from + e.to }));
  const idat = inMeta.find(({ type }) => type === 'idat');
  if (idat !== undefined) blank(bytes, idat, within(idat));
  for (const box of top) {
    if (box.type === 'mdat')
      blank(
        bytes,
        box,
        extents.filter((e) => !e.inItem),
      );
    else if (box.type !== 'ftyp' && box.type !== 'meta') setFree(bytes, box);
  }
  for (const box of inMeta) if (!needed.has(box.type)) setFree(bytes, box);
  const properties = [
    ...boxesIn(bytes, ...innerOf(found([...boxesIn(bytes, ...innerOf(found(inMeta, 'iprp')))], 'ipco'))),
  ];
  for (const box of properties) {
    const isProfile = box.type === 'colr' && bytes.toString('latin1', box.from, box.from + 4) !== 'nclx';
    if (isProfile || box.type === 'uuid' || box.type === 'udes') setFree(bytes, box);
  }
  return { bytes, ...sizeOf(bytes, properties) };
}

/** The boxes of `meta` that say where which image lies and how it is shown. */
const needed = new Set(['hdlr', 'pitm', 'iinf', 'iloc', 'iprp', 'iref', 'idat', 'grpl']);

interface Box {
  readonly type: string;
  /** Where its type stands, and what it holds. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

function* boxesIn(bytes: Buffer, from: number, end: number): Generator<Box> {
  for (let at = from; at + 8 <= end; ) {
    const said = bytes.readUInt32BE(at);
    const isLong = said === 1;
    const length = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : said === 0 ? end - at : said;
    const head = isLong ? 16 : 8;
    if (length < head || at + length > end) throw new RangeError('a box is larger than what holds it');
    yield { type: bytes.toString('latin1', at + 4, at + 8), at: at + 4, from: at + head, to: at + length };
    at += length;
  }
}

/** The boxes of the file, up to what is none once the picture is complete. */
function topBoxes(bytes: Buffer): readonly Box[] {
  const boxes: Box[] = [];
  try {
    for (const box of boxesIn(bytes, 0, bytes.length)) boxes.push(box);
  } catch (error) {
    if (!['meta', 'mdat'].every((type) => boxes.some((box) => box.type === type))) throw error;
  }
  return boxes;
}

function found(boxes: readonly Box[], type: string): Box {
  const box = boxes.find((b) => b.type === type);
  if (box === undefined) throw new RangeError(`an AVIF has a box ${type}`);
  return box;
}

function innerOf({ from, to }: Box): [from: number, to: number] {
  return [from, to];
}

function setFree(bytes: Buffer, { at, from, to }: Box): void {
  bytes.write('free', at, 'latin1');
  bytes.fill(0, from, to);
}

/** Zeros in a box, but where images lie. */
function blank(
  bytes: Buffer,
  { from, to }: Box,
  images: readonly { readonly from: number; readonly to: number }[],
): void {
  const held = images.map((image) => [image.from, Buffer.from(part(bytes, image.from, image.to))] as const);
  bytes.fill(0, from, to);
  for (const [at, data] of held) if (at >= from && at + data.length <= to) data.copy(bytes, at);
}

/** The ids of the items that are coded images, grids of them or overlays; the entries of others become free items. */
function imageItems(bytes: Buffer, iinf: Box): ReadonlySet<number> {
  const version = bytes.readUInt8(iinf.from);
  const images = new Set<number>();
  for (const { type, from } of boxesIn(bytes, iinf.from + (version === 0 ? 6 : 8), iinf.to)) {
    if (type !== 'infe') continue;
    const isLong = bytes.readUInt8(from) === 3;
    const at = from + 4;
    const kind = at + (isLong ? 4 : 2) + 2;
    const name = bytes.toString('latin1', kind, kind + 4);
    if (['av01', 'grid', 'iovl', 'tmap', 'iden'].includes(name))
      images.add(isLong ? bytes.readUInt32BE(at) : bytes.readUInt16BE(at));
    else if (name === 'Exif') bytes.write('free', kind, 'latin1');
  }
  return images;
}

interface Extent {
  readonly item: number;
  /** Whether it is counted from the beginning of `idat`, not of the file. */
  readonly inItem: boolean;
  readonly from: number;
  readonly to: number;
}

/** Where the data of items lie (ISO/IEC 14496-12, 8.11.3). */
function extentsOf(bytes: Buffer, iloc: Box): readonly Extent[] {
  let at = iloc.from;
  const read = (size: number): number => {
    const value =
      size === 0 ? 0 : size === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, size);
    at += size;
    if (at > iloc.to) throw new RangeError('iloc ends before its last item');
    return value;
  };
  const version = read(1);
  read(3);
  const [sizes, more] = [read(1), read(1)];
  const [offsetSize, lengthSize, baseSize, indexSize] = [
    sizes >> 4,
    sizes & 15,
    more >> 4,
    version === 0 ? 0 : more & 15,
  ];
  const items = read(version < 2 ? 2 : 4);
  const extents: Extent[] = [];
  for (let i = 0; i < items; i++) {
    const item = read(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : read(2) & 15;
    read(2);
    const base = read(baseSize);
    for (let n = read(2); n > 0; n--) {
      read(indexSize);
      const from = base + read(offsetSize);
      extents.push({ item, inItem: method === 1, from, to: from + read(lengthSize) });
    }
  }
  return extents;
}

/** The largest image is the whole one, of which others are tiles or a mask; a quarter turn changes its sides. */
function sizeOf(bytes: Buffer, properties: readonly Box[]): Pick<Cleaned, 'width' | 'height'> {
  const sizes = properties
    .filter(({ type }) => type === 'ispe')
    .map(({ from }) => ({ width: bytes.readUInt32BE(from + 4), height: bytes.readUInt32BE(from + 8) }));
  const whole = sizes.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a), {
    width: 0,
    height: 0,
  });
  const turned = properties.some(({ type, from }) => type === 'irot' && (bytes.readUInt8(from) & 1) === 1);
  return turned ? { width: whole.height, height: whole.width } : whole;
}
