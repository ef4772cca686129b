import { open, readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { NotFound, Unreadable } from '../errors.ts';
import type { SourceFile } from './importer.ts';
import { mostBytes, tooLarge } from './open.ts';

/** A page found on disk with the files a browser saved beside it; or the reason why it cannot even be looked at. */
export type FoundFile =
  | { readonly kind: 'file'; readonly source: SourceFile; readonly beside: ReadonlyMap<string, SourceFile> }
  | { readonly kind: 'unfit'; readonly path: string; readonly reason: string };

/** A path to look at, before anything of it is read. Sizes in bytes. */
export interface Listed {
  readonly path: string;
  readonly shown: string;
  readonly size: number;
  /** The folder of the files saved beside it, when there is one. */
  readonly companion: string | null;
}

/**
 * Lists the pages and texts under the given paths, in the order of their names. The folders that browsers save
 * beside a page, style sheets, scripts and pictures are no pages: they come along with theirs or stay where they are.
 * @throws NotFound naming the first path that does not exist.
 */
export async function listFiles(paths: readonly string[]): Promise<Listed[]> {
  const listed: Listed[] = [];
  for (const path of paths) {
    const info = await stat(path).catch((cause: unknown) => {
      throw new NotFound(`import: there is no file or folder "${path}"`, { cause });
    });
    if (info.isDirectory()) await listFolder(path, path, listed);
    else listed.push({ path, shown: basename(path), size: info.size, companion: await companionOf(path) });
  }
  return listed;
}

/** Reads one listed file and what came beside it. */
export async function loadFile(listed: Listed): Promise<FoundFile> {
  if (listed.size > mostBytes) {
    return { kind: 'unfit', path: listed.shown, reason: tooLarge(listed.shown, listed.size) };
  }
  try {
    const source = await load(listed.path, listed.shown);
    return { kind: 'file', source, beside: await loadCompanions(listed) };
  } catch (cause) {
    const reason =
      cause instanceof Unreadable
        ? cause.message
        : `import: "${listed.shown}" cannot be read: ${(cause as Error).message}`;
    return { kind: 'unfit', path: listed.shown, reason };
  }
}

/** Endings of the folders browsers make beside a page: Firefox, Chrome and Safari, Internet Explorer, in several languages. */
const companionEndings = [
  '_files',
  '.files',
  '-Dateien',
  '_archivos',
  '_fichiers',
  '_bestanden',
  '_file',
  '_soubory',
  '-filer',
  '_pliki',
];
const neverPages =
  /\.(css|js|mjs|png|jpe?g|gif|webp|svg|ico|bmp|woff2?|ttf|otf|eot|mp3|mp4|db|map)$|^\.|^(Thumbs\.db|desktop\.ini)$/i;
const mostCompanions = 64 * 1024 * 1024;

async function listFolder(root: string, folder: string, listed: Listed[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = new Set(entries.map((e) => e.name));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!isCompanion(entry.name, names)) await listFolder(root, path, listed);
    } else if (entry.isFile() && !neverPages.test(entry.name)) {
      const shown = relative(root, path).split(sep).join('/');
      listed.push({ path, shown, size: (await stat(path)).size, companion: await companionOf(path) });
    }
  }
}

function isCompanion(folder: string, names: ReadonlySet<string>): boolean {
  return companionEndings.some((ending) => {
    const stem = folder.endsWith(ending) ? folder.slice(0, -ending.length) : '';
    return stem !== '' && ['.html', '.htm', '.xhtml'].some((type) => names.has(stem + type));
  });
}

async function companionOf(path: string): Promise<string | null> {
  const stem = path.replace(/\.(x?html?)$/i, '');
  if (stem === path) return null;
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
    if (!entry.isFile() || !/\.(png|jpe?g|gif|webp)$/i.test(entry.name)) continue;
    const path = join(listed.companion, entry.name);
    total += (await stat(path)).size;
    if (total > mostCompanions) break;
    const shown = `${basename(listed.companion)}/${entry.name}`;
    found.set(shown, await load(path, shown));
  }
  return found;
}

async function load(path: string, shown: string): Promise<SourceFile> {
  const handle = await open(path, 'r');
  try {
    const info = await handle.stat();
    if (!info.isFile()) throw new Unreadable(`import: "${shown}" is not a plain file`);
    if (info.size > mostBytes) throw new Unreadable(tooLarge(shown, info.size));
    return { path: shown, bytes: await handle.readFile() };
  } finally {
    await handle.close();
  }
}
