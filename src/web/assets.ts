import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Handler } from 'hono';
import { NotFound } from '../errors.ts';
import { fontFaces, fontName, fontPath, fonts } from './fonts.ts';
import { themeRules } from './themes.ts';

/** Where pages find what they are made with; every address holds a hash of what stands there. */
interface Assets {
  readonly style: string;
  /** What only those who write need besides. */
  readonly studio: string;
  readonly reader: string;
  /** Only for pages where files are brought in. */
  readonly importing: string;
  /** Only for pages with a map that can be arranged, and for those on which passages are written. */
  readonly map: string;
  readonly findings: string;
  /** Only for pages on which one signs in. */
  readonly passkeys: string;
  /** Only for the page on which a passage is written. */
  readonly editor: string;
  /** Only for forms in which one may write for long, and that have no draft. */
  readonly remember: string;
  /** Only where one signs out: what of it is kept on the device goes too. */
  readonly leaving: string;
  readonly icon: string;
  /** The two fonts almost every page needs at once. */
  readonly preload: readonly string[];
}

interface Asset {
  readonly mediaType: string;
  readonly bytes: () => Promise<Uint8Array<ArrayBuffer>>;
}

const folder = fileURLToPath(new URL('./public/', import.meta.url));
const kept = new Map<string, Asset>();
const encode = new TextEncoder();

/** The addresses of style sheet, script, icon and fonts. */
export const assets: Assets = {
  style: keep('style.css', 'text/css; charset=utf-8', styleSheet()),
  studio: keep('studio.css', 'text/css; charset=utf-8', sheets(isOfStudio).map(read).join('\n')),
  reader: keep('reader.js', 'text/javascript; charset=utf-8', read('reader.js')),
  importing: keep('importing.js', 'text/javascript; charset=utf-8', read('importing.js')),
  map: keep('map.js', 'text/javascript; charset=utf-8', read('map.js')),
  findings: keep('findings.js', 'text/javascript; charset=utf-8', read('findings.js')),
  passkeys: keep('passkeys.js', 'text/javascript; charset=utf-8', read('passkeys.js')),
  editor: keepBundle('editor.js'),
  remember: keepBundle('remember.js'),
  leaving: keepBundle('leaving.js'),
  icon: keep('icon.svg', 'image/svg+xml', read('icon.svg')),
  preload: fonts
    .filter((font) => /^(literata-latin-opsz|inter-latin-wght)-normal/.test(font.file))
    .map((font) => `/assets/${fontName(font)}`),
};

for (const font of fonts) {
  kept.set(fontName(font), {
    mediaType: 'font/woff2',
    bytes: async () => new Uint8Array(await readFile(fontPath(font))),
  });
}

/** `GET /assets/:name`: kept for a year by whoever fetches it, since another content has another name. */
export function assetPage(): Handler {
  return async (c) => {
    const name = c.req.param('name') ?? '';
    const asset = kept.get(name);
    if (asset === undefined)
      throw new NotFound(`web/assets: nothing is called ${JSON.stringify(name.slice(0, 80))}`);
    return c.body(await asset.bytes(), 200, {
      'content-type': asset.mediaType,
      'cache-control': 'public, max-age=31536000, immutable',
    });
  };
}

/** `GET /favicon.ico`, which browsers ask for unasked. */
export function iconPage(): Handler {
  return (c) =>
    c.body(read('icon.svg'), 200, {
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=86400',
    });
}

function keep(name: string, mediaType: string, text: string): string {
  const bytes = encode.encode(text);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  const hashed = name.replace(/\.(?=\w+$)/, `-${hash}.`);
  kept.set(hashed, { mediaType, bytes: async () => bytes });
  return `/assets/${hashed}`;
}

/** A script that the build made of `src/editor/`; run from sources, it is made when it is first asked for. */
function keepBundle(name: string): string {
  if (existsSync(join(folder, name))) return keep(name, 'text/javascript; charset=utf-8', read(name));
  let made: Promise<Uint8Array<ArrayBuffer>> | undefined;
  kept.set(name, {
    mediaType: 'text/javascript; charset=utf-8',
    bytes: () => {
      made ??= bundled(fileURLToPath(new URL(`../editor/${name.replace('.js', '.ts')}`, import.meta.url)));
      return made;
    },
  });
  return `/assets/${name}`;
}

async function bundled(entry: string): Promise<Uint8Array<ArrayBuffer>> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, target: 'es2022' });
  return new Uint8Array(outputFiles[0]?.contents ?? []);
}

/** One sheet for the whole site: fonts, themes, then every style sheet of the folder but the studio's, `style.css` first. */
function styleSheet(): string {
  const others = sheets((name) => name !== 'style.css' && !isOfStudio(name));
  const layers = '@layer tokens, base, frame, parts, pages, reader, print;';
  return [layers, fontFaces(), themeRules(), ...['style.css', ...others].map(read)].join('\n');
}

function isOfStudio(name: string): boolean {
  return name.startsWith('studio');
}

function sheets(wanted: (name: string) => boolean): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.css') && wanted(name))
    .sort();
}

function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}
