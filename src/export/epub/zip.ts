import { crc32, deflateRawSync } from 'node:zlib';

/** A file to be packed. `stored` files are not deflated: images, and the first file of an EPUB. */
export interface ZipEntry {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly stored?: boolean;
}

/** 1 January 1980, 00:00, the first date a zip can name: files say nothing about when a book was made. */
const dosDate = 0x0021;
/** Bit 11: names are UTF-8 (APPNOTE 6.3.10, 4.4.4). */
const utf8 = 0x0800;

/**
 * A zip archive (APPNOTE 6.3.10) of files in the order given, without extra fields, as an EPUB needs it; the same
 * files are always the same bytes. Not for 4 GB or 65,535 files.
 */
export function zip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { path, bytes, stored } of entries) {
    const name = Buffer.from(path);
    const deflated = stored === true ? bytes : deflateRawSync(bytes);
    const isSmaller = stored !== true && deflated.length < bytes.length;
    const data = isSmaller ? deflated : bytes;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(isSmaller ? 20 : 10, 0);
    common.writeUInt16LE(utf8, 2);
    common.writeUInt16LE(isSmaller ? 8 : 0, 4);
    common.writeUInt16LE(0, 6);
    common.writeUInt16LE(dosDate, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    parts.push(localHeader, common, name, data);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(centralHeader, common, place, name);
    offset += 30 + name.length + data.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

/** `PK\3\4`; and `PK\1\2` with the version that made it. */
const localHeader = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const centralHeader = Buffer.from([0x50, 0x4b, 0x01, 0x02, 20, 0]);
