import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { Invalid } from '../../errors.ts';
import { folders } from './incoming.ts';

/** More files than anyone drops at once; a zip holds more. */
const mostFiles = 5_000;

/**
 * Writes the files of a form to a folder as they come; gives how many there were. No more of a file is in memory than
 * is on its way, and all of them together are bounded by whoever bounds the request.
 * @throws Invalid for a form without files, or with more than anyone drops
 */
export async function receiveFiles(request: Request, folder: string): Promise<number> {
  const type = request.headers.get('content-type') ?? '';
  if (request.body === null || !/^multipart\/form-data\b.*boundary=/i.test(type))
    throw new Invalid('web/importing: choose the files first', { path: 'files' });
  const written: Promise<void>[] = [];
  const broken = new AbortController();
  const taken = new Map<string, number>();
  const parser: BusboyInstance = new Busboy({
    headers: { 'content-type': type },
    preservePath: true,
    limits: { files: mostFiles, fields: 10, parts: mostFiles + 10, headerPairs: 20, fieldSize: 1_000 },
  });
  let tooMany = false;
  parser.on('filesLimit', () => {
    tooMany = true;
  });
  parser.on('file', (_field, stream, name) => {
    // A form that breaks off says so at the file it was in, and nowhere else.
    stream.on('error', (error: Error) => broken.abort(error));
    const path = pathFor(name ?? '', taken);
    if (path === undefined) stream.resume();
    else written.push(keepStream(stream, join(folder, path), broken.signal));
  });
  try {
    await pipeline(Readable.fromWeb(request.body as WebStream), parser, { signal: broken.signal });
    await Promise.all(written);
  } catch (cause) {
    broken.abort();
    await Promise.allSettled(written);
    const reason = 'web/importing: the files did not arrive whole; send them again';
    throw new Invalid(reason, { path: 'files', cause });
  }
  if (tooMany)
    throw new Invalid(`web/importing: these are more than ${mostFiles} files; put them into a zip`, {
      path: 'files',
    });
  if (written.length === 0) throw new Invalid('web/importing: choose the files first', { path: 'files' });
  return written.length;
}

async function keepStream(stream: Readable, path: string, signal: AbortSignal): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await pipeline(stream, createWriteStream(path, { flags: 'wx' }), { signal });
}

/**
 * Where a file may be written: within the folder, whatever it calls itself, and apart from others of its name. Zips lie
 * apart from pages, since each is a folder of its own. Undefined for a field in which no file was chosen. `taken` keeps,
 * for each path in lower case, the number to go on from: thousands of one name are not counted from one each time.
 */
export function pathFor(name: string, taken: Map<string, number>): string | undefined {
  const parts = name
    .split(/[/\\]+/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: names come from strangers.
    .map((part) => part.replace(/[\u0000-\u001f\u007f:*?"<>|]/g, '_').trim())
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .slice(-8)
    .map((part) => shortened(part));
  if (parts.length === 0) return undefined;
  const isZip = /\.zip$/i.test(parts.at(-1) ?? '');
  const wanted = join(isZip ? folders.zips : folders.pages, ...parts);
  for (let n = taken.get(wanted.toLowerCase()) ?? 1; ; n++) {
    const path = n === 1 ? wanted : wanted.replace(/(\.\w{1,10})?$/, ` (${n})$1`);
    if (taken.has(path.toLowerCase())) continue;
    taken.set(path.toLowerCase(), 2);
    taken.set(wanted.toLowerCase(), n + 1);
    return path;
  }
}

/** File systems take 255 bytes for a name; its ending says what it is. */
function shortened(part: string): string {
  if (Buffer.byteLength(part) <= 200) return part;
  const ending = /\.\w{1,10}$/.exec(part)?.[0] ?? '';
  return [...part].slice(0, 45).join('') + ending;
}
