import { Unreadable } from '../errors.ts';
import { listZip, type Packed } from '../zip.ts';
import { companionEndings, couldBePage, isCompanion, isPicture, mostCompanions, stemOf } from './folders.ts';
import type { SourceFile } from './importer.ts';
import { mostBytes, mostOfEdition, tooLarge } from './open.ts';
import { editionsListed, ownDataIndex } from './own-data.ts';

/** A page in a zip, with the pictures a browser saved beside it. */
export interface PackedPage {
  readonly page: Packed;
  readonly beside: readonly Packed[];
  /** A larger one is not read. */
  readonly most: number;
}

/**
 * The pages and texts in a zip, by the rules of a folder, in the order of their names; of what someone downloaded of
 * her own data its Editions.
 * @throws Unreadable for a bad zip, and for a book or a document of an office, which are zips too
 */
export async function listPacked(zip: string | Uint8Array, name: string): Promise<readonly PackedPage[]> {
  const files = (await listZip(zip, name)).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const byPath = new Map(files.map((file) => [file.path, file]));
  for (const [sign, what] of documents)
    if (byPath.has(sign)) throw new Unreadable(`import: "${name}" is ${what}`);
  const own = await ownEditions(byPath);
  if (own !== undefined) return own.map((page) => ({ page, beside: [], most: mostOfEdition }));
  const has = (path: string): boolean => byPath.has(path);
  return files
    .filter(({ path }) => couldBePage(path.split('/').at(-1) ?? '') && !liesBeside(path, has))
    .map((page) => ({ page, beside: besideOf(page, files), most: mostBytes }));
}

/** Reads a page of a zip and what came beside it. @throws Unreadable */
export async function loadPacked({ page, beside, most }: PackedPage): Promise<{
  readonly source: SourceFile;
  readonly beside: ReadonlyMap<string, SourceFile>;
}> {
  if (page.size > most) throw new Unreadable(tooLarge(page.path, page.size, most));
  const source = { path: page.path, bytes: await page.read() };
  const found = new Map<string, SourceFile>();
  let total = 0;
  for (const picture of beside) {
    total += picture.size;
    if (total > mostCompanions) break;
    const path = picture.path.split('/').slice(-2).join('/');
    found.set(path, { path, bytes: await picture.read() });
  }
  return { source, beside: found };
}

const documents: readonly (readonly [sign: string, what: string])[] = [
  ['META-INF/container.xml', 'a book (EPUB), and books are not read yet'],
  ['[Content_Types].xml', 'a document of an office program; save it as text or HTML first'],
  ['META-INF/manifest.xml', 'a document of an office program; save it as text or HTML first'],
];

async function ownEditions(byPath: ReadonlyMap<string, Packed>): Promise<readonly Packed[] | undefined> {
  const index = byPath.get(ownDataIndex);
  if (index === undefined || index.size > mostBytes) return undefined;
  const paths = editionsListed(new TextDecoder().decode(await index.read()));
  return paths?.flatMap((path) => byPath.get(path) ?? []);
}

/** Whether a path lies in a folder that a browser saved beside a page. */
function liesBeside(path: string, has: (path: string) => boolean): boolean {
  const folders = path.split('/').slice(0, -1);
  return folders.some((folder, i) => {
    const above = folders.slice(0, i).map((part) => `${part}/`);
    return isCompanion(folder, (page) => has(above.join('') + page));
  });
}

function besideOf(page: Packed, files: readonly Packed[]): readonly Packed[] {
  const stem = stemOf(page.path);
  if (stem === undefined) return [];
  const folders = companionEndings.map((ending) => `${stem}${ending}/`);
  return files.filter(
    ({ path }) =>
      isPicture(path) &&
      folders.some((folder) => path.startsWith(folder) && !path.slice(folder.length).includes('/')),
  );
}
