import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { finished, pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, openPromise, type ZipFile as YauzlFile } from 'yauzl';
import { ZipFile } from 'yazl';
import { Unreadable } from './errors.ts';

/** A file in a zip. Nothing of it is unpacked before it is read, and nothing is ever written to disk. */
export interface Packed {
  /** Relative, with `/`, without `..`: held to by yauzl, which refuses any other. */
  readonly path: string;
  /** In bytes, unpacked: reading gives no more, whatever the zip holds. */
  readonly size: number;
  /** @throws Unreadable when it is damaged, encrypted or packed in a way nobody uses */
  read(): Promise<Uint8Array>;
}

/** More than any journal export has; 4 GiB is more than a life's writing with its pictures. */
const most = { files: 50_000, bytes: 4 * 1024 ** 3, name: 1000 };
/** Text shrinks to a tenth. What shrinks to less than a hundredth, and is not small, is made to harm. */
const bomb = { bytes: 64 * 1024 ** 2, ratio: 100 };

/**
 * The files of a zip, by its path on disk or its bytes, in their order there; folders and links are none.
 * @throws Unreadable with the reason: no zip, damaged, names that lead elsewhere or stand twice, files that lie over
 * one another, more than any person packs. `name` is what messages call it.
 */
export async function listZip(zip: string | Uint8Array, name: string): Promise<readonly Packed[]> {
  const entries = await opened(zip, name, async (file) => {
    const found: Entry[] = [];
    if (file.entryCount > most.files) throw refused(name, `holds ${file.entryCount} files`);
    for await (const entry of file.eachEntry()) found.push(entry);
    return found;
  });
  refuseHarm(entries, name);
  return entries.filter(isFile).map((entry) => ({
    path: entry.fileName,
    size: entry.uncompressedSize,
    read: () =>
      opened(zip, name, async (file) => {
        if (!entry.canDecodeFileData())
          throw refused(
            name,
            `holds ${JSON.stringify(entry.fileName)} encrypted, or packed in a way of its own`,
          );
        const bytes = await buffer(await file.openReadStreamPromise(entry));
        if (crc32(bytes) !== entry.crc32)
          throw refused(name, `holds ${JSON.stringify(entry.fileName)} damaged`);
        return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      }),
  }));
}

async function opened<T>(
  zip: string | Uint8Array,
  name: string,
  read: (file: YauzlFile) => Promise<T>,
): Promise<T> {
  const options = { autoClose: false, lazyEntries: true };
  let file: YauzlFile | undefined;
  try {
    file =
      typeof zip === 'string'
        ? await openPromise(zip, options)
        : await fromBufferPromise(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength), options);
    return await read(file);
  } catch (cause) {
    if (cause instanceof Unreadable) throw cause;
    throw refused(name, `cannot be unpacked: ${(cause as Error).message.slice(0, 200)}`, cause);
  } finally {
    file?.close();
  }
}

function refuseHarm(entries: readonly Entry[], name: string): void {
  const names = new Set<string>();
  for (const { fileName } of entries) {
    if (fileName.length > most.name) throw refused(name, `holds a name of ${fileName.length} letters`);
    if (names.has(fileName)) throw refused(name, `holds two files called ${JSON.stringify(fileName)}`);
    names.add(fileName);
  }
  const unpacked = entries.reduce((sum, e) => sum + e.uncompressedSize, 0);
  const packed = entries.reduce((sum, e) => sum + e.compressedSize, 0);
  if (unpacked > most.bytes || (unpacked > bomb.bytes && unpacked > packed * bomb.ratio))
    throw refused(name, `would unpack to ${Math.round(unpacked / 1024 / 1024)} MB`);
  // The same bytes under many names are how a small zip becomes a large one.
  const places = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  for (const [i, { relativeOffsetOfLocalHeader: at, compressedSize }] of places.entries()) {
    const next = places[i + 1]?.relativeOffsetOfLocalHeader;
    if (next !== undefined && next < at + localHeader + compressedSize)
      throw refused(name, 'holds files that lie over one another');
  }
}

/** The least a file has before its bytes (APPNOTE 6.3.10, 4.3.7). */
const localHeader = 30;

function isFile({ fileName, externalFileAttributes, versionMadeBy }: Entry): boolean {
  const isUnix = versionMadeBy >>> 8 === 3;
  const isLink = isUnix && ((externalFileAttributes >>> 16) & 0o170000) === 0o120000;
  return !fileName.endsWith('/') && !isLink;
}

function refused(name: string, what: string, cause?: unknown): Unreadable {
  return new Unreadable(`import: "${name}" ${what}`, cause === undefined ? {} : { cause });
}

/** A file to be packed. Those that are small already (pictures) are stored as they are. */
interface ToPack {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly stored?: boolean;
}

/** A zip that is being written. */
interface WritingZip {
  /** Resolves when the file is in the zip and its bytes may be forgotten. */
  add(file: ToPack): Promise<void>;
  /** Resolves when all of it is on disk; gives its size in bytes. */
  end(): Promise<number>;
}

/** Writes a zip that only its owner may read, one file after the other: no more than one is in memory. */
export function writeZip(path: string): WritingZip {
  const zip = new ZipFile();
  const target = createWriteStream(path, { mode: 0o600 });
  const written = pipeline(zip.outputStream, target);
  // A full disk is said by `add` or `end`, whichever waits for it.
  written.catch(() => undefined);
  return {
    async add({ path: name, bytes, stored }) {
      const source = Readable.from([Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)]);
      zip.addReadStream(source, name, { compress: stored !== true, mode: 0o100600, mtime });
      await Promise.race([finished(source), written]);
    },
    async end() {
      zip.end();
      await written;
      return target.bytesWritten;
    },
  };
}

/** The first date a zip can name: when each file was written says nothing that its owner does not know. */
const mtime = new Date(1980, 0, 1);
