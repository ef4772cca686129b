/** Endings of the folders browsers make beside a page: Firefox, Chrome and Safari, Internet Explorer, in several languages. */
export const companionEndings = [
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

/** What folders say of themselves, and decisions that lie beside their pages. */
const aboutFolders = /^(?:readme|licen[cs]e|copying)(?:\.(?:md|markdown|txt|html?))?$|^decisions\.json$/i;

/** Whether a file of that name, found in a folder, could be a page or a text. */
export function couldBePage(name: string): boolean {
  return !neverPages.test(name) && !aboutFolders.test(name);
}

/** Whether a file of that name is a picture that comes along with its page. */
export function isPicture(name: string): boolean {
  return /\.(png|jpe?g|gif|webp)$/i.test(name);
}

/** Whether a folder is what a browser saved beside a page; `has` says whether a file of a name stands beside it. */
export function isCompanion(folder: string, has: (name: string) => boolean): boolean {
  return companionEndings.some((ending) => {
    const stem = folder.endsWith(ending) ? folder.slice(0, -ending.length) : '';
    return stem !== '' && ['.html', '.htm', '.xhtml'].some((type) => has(stem + type));
  });
}

/** The path of a page without its ending, to which those of the folders beside it are added; undefined for no page. */
export function stemOf(path: string): string | undefined {
  const stem = path.replace(/\.(x?html?)$/i, '');
  return stem === path ? undefined : stem;
}

/** The pictures that come along with one page have at most 64 MiB. */
export const mostCompanions = 64 * 1024 * 1024;
