import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { NotFound, Unreadable } from '../errors.ts';
import { companionEndings, couldBePage, isCompanion, isPicture, mostCompanions, stemOf } from './folders.ts';
import type { SourceFile } from './importer.ts';
import { isZip, mostFor, tooLarge } from './open.ts';
import { editionsListed, ownDataIndex } from './own-data.ts';
import { listPacked, loadPacked, type PackedPage } from './packed.ts';

/** A page found on disk with the files a browser saved beside it; or the reason why it cannot even be looked at. */
export type FoundFile =
  | { readonly kind: 'file'; readonly source: SourceFile; readonly beside: ReadonlyMap<string, SourceFile> }
  | { readonly kind: 'unfit'; readonly path: string; readonly reason: string };

/** A path to look at, before anything of it is read. Sizes in bytes. */
export interface Listed {
  /** On disk: of the zip, for what is in one. */
  readonly path: string;
  readonly shown: string;
  readonly size: number;
  /** The folder of the files saved beside it, when there is one. */
  readonly companion: string | null;
  /** For a page in a zip. */
  readonly packed?: PackedPage;
  /** Why it cannot be looked at. */
  readonly unfit?: string;
}

/**
 * Lists the pages and texts under the given paths, in the order of their names. The folders that browsers save
 * beside a page, style sheets, scripts and pictures are no pages: they come along with theirs or stay where they are.
 * A zip is a folder. What someone downloaded of her own data gives its Editions.
 * @throws NotFound naming the first path that does not exist.
 */
export async function listFiles(paths: readonly string[]): Promise<Listed[]> {
  const listed: Listed[] = [];
  for (const path of paths) {
    const info = await stat(path).catch((cause: unknown) => {
      throw new NotFound(`import: there is no file or folder "${path}"`, { cause });
    });
    if (info.isDirectory()) await listFolder(path, listed);
    else if (isZip(await headOf(path))) await listZipped(path, info.size, listed);
    else listed.push({ path, shown: basename(path), size: info.size, companion: await companionOf(path) });
  }
  return listed;
}

/** Reads one listed file and what came beside it. */
export async function loadFile(listed: Listed): Promise<FoundFile> {
  const { shown, unfit } = listed;
  try {
    if (unfit !== undefined) throw new Unreadable(unfit);
    if (listed.packed !== undefined) return { kind: 'file', ...(await loadPacked(listed.packed)) };
    const source = await load(listed.path, shown);
    return { kind: 'file', source, beside: await loadCompanions(listed) };
  } catch (cause) {
    const reason =
      cause instanceof Unreadable
        ? cause.message
        : `import: "${shown}" cannot be read: ${(cause as Error).message}`;
    return { kind: 'unfit', path: shown, reason };
  }
}

async function listFolder(root: string, listed: Listed[]): Promise<void> {
  const editions = await listedEditions(root);
  if (editions === undefined) return walk(root, root, listed);
  for (const shown of editions) {
    const path = join(root, shown);
    const { size } = await stat(path).catch(() => ({ size: 0 }));
    listed.push({ path, shown, size, companion: null });
  }
}

/** The Editions of an unpacked download of someone's data; undefined for any other folder. */
async function listedEditions(root: string): Promise<readonly string[] | undefined> {
  const text = await readFile(join(root, ownDataIndex), 'utf8').catch(() => '');
  const within = (path: string): boolean => !relative(root, join(root, path)).startsWith('..');
  return editionsListed(text)?.filter(within);
}

async function walk(root: string, folder: string, listed: Listed[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = new Set(entries.map((e) => e.name));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!isCompanion(entry.name, (name) => names.has(name))) await walk(root, path, listed);
    } else if (entry.isFile() && couldBePage(entry.name)) {
      const shown = relative(root, path).split(sep).join('/');
      listed.push({ path, shown, size: (await stat(path)).size, companion: await companionOf(path) });
    }
  }
}

async function listZipped(path: string, size: number, listed: Listed[]): Promise<void> {
  const shown = basename(path);
  try {
    for (const packed of await listPacked(path, shown))
      listed.push({ path, shown: packed.page.path, size: packed.page.size, companion: null, packed });
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    listed.push({ path, shown, size, companion: null, unfit: error.message });
  }
}

async function companionOf(path: string): Promise<string | null> {
  const stem = stemOf(path);
  if (stem === undefined) return null;
  for (const ending of companionEndings) {
    const info = await stat(stem + ending).catch(() => undefined);
    if (info?.isDirectory()) return stem + ending;
  }
  return null;
}

async function loadCompanions(listed: Listed): Promise<Map<string, SourceFile>> {
  const found = new Map<string, SourceFile>();
  if (listed.companion === null) return found;
  let total = 0;
  for (const entry of await readdir(listed.companion, { withFileTypes: true })) {
    if (!entry.isFile() || !isPicture(entry.name)) continue;
    const path = join(listed.companion, entry.name);
    total += (await stat(path)).size;
    if (total > mostCompanions) break;
    const shown = `${basename(listed.companion)}/${entry.name}`;
    found.set(shown, await load(path, shown));
  }
  return found;
}

/** Enough of a file to know a zip and an Edition by. */
const headLength = 200;

async function headOf(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r').catch(() => undefined);
  if (handle === undefined) return new Uint8Array();
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(headLength), 0, headLength, 0);
    return buffer.subarray(0, bytesRead);
  } catch {
    return new Uint8Array();
  } finally {
    await handle.close();
  }
}

async function load(path: string, shown: string): Promise<SourceFile> {
  const most = mostFor(await headOf(path));
  const handle = await open(path, 'r');
  try {
    const info = await handle.stat();
    if (!info.isFile()) throw new Unreadable(`import: "${shown}" is not a plain file`);
    if (info.size > most) throw new Unreadable(tooLarge(shown, info.size, most));
    return { path: shown, bytes: await handle.readFile() };
  } finally {
    await handle.close();
  }
}
