/** Walks over the site map: addresses with something in the place of each of their parts. */

/** What may stand for each part of an address, by its name. */
export type Parts = Readonly<Record<string, () => readonly string[]>>;

/** The names of the parts of a route: `handle`, `key`. */
export function partsOf(path: string): readonly string[] {
  return [...plainOf(path).matchAll(/:(\w+)/g)].map(([, name = '']) => name);
}

/** The addresses of a route with everything that may stand in it; none where nothing may. */
export function addressesOf(path: string, parts: Parts): readonly string[] {
  const filled = plainOf(path)
    .slice(1)
    .split('/')
    .map((part) => (part.startsWith(':') ? (parts[part.slice(1)]?.() ?? []) : [part]));
  return filled.reduce<readonly string[]>(
    (begun, next) => begun.flatMap((at) => next.map((part) => `${at}/${part}`)),
    [''],
  );
}

function plainOf(path: string): string {
  return path.replace(/\{.*?\}(?=\/|$)/g, '');
}
