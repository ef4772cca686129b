// Builds dist/: the program, main.js and the parts it loads when asked for, and what it serves. `--if-changed` does nothing when dist/ is newer than the sources.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './setup.mjs';

const dist = join(root, 'dist');
const stamp = join(dist, 'built');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes('--if-changed') || changed()) await build();
}

async function build() {
  const fresh = mkdtempSync(join(root, '.building-'));
  try {
    await bundle(join(root, 'src', 'main.ts'), join(fresh, 'main.js'), {
      'changes-worker': join(root, 'src', 'web', 'betas', 'changes-worker.ts'),
      'compare-worker': join(root, 'src', 'web', 'comparing', 'worker.ts'),
      'text-worker': join(root, 'src', 'web', 'studio', 'writing', 'text-worker.ts'),
      'read-worker': join(root, 'src', 'web', 'importing', 'read-worker.ts'),
    });
    await copyPublic(join(fresh, 'public'));
    await bundleForBrowsers(join(fresh, 'public'));
    copyFonts(join(fresh, 'public', 'fonts'));
    writeFileSync(join(fresh, 'built'), '');
    chmodSync(fresh, 0o755);
    rmSync(dist, { recursive: true, force: true });
    renameSync(fresh, dist);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  chmodSync(join(root, 'bin', 'variorum'), 0o755);
}

/** Bundles one TypeScript program for Node, and by name those of its threads; native packages and PGlite stay outside. */
export async function bundle(entry, outfile, threads = {}) {
  const { build: esbuild } = await import('esbuild');
  await esbuild({
    entryPoints: { [basename(outfile, '.js')]: entry, ...threads },
    outdir: dirname(outfile),
    // What a program loads only when it is asked for becomes a file of its own, beside it.
    splitting: true,
    // Source text stays in memory while a program runs. Names are kept: errors must be readable.
    minifyWhitespace: true,
    minifySyntax: true,
    chunkNames: '[name]-[hash]',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    external: ['better-sqlite3', '@electric-sql/pglite', 'jsdom', 'esbuild', 'playwright-core'],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    define: { 'process.env.NODE_ENV': '"production"' },
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  });
}

/** The scripts of the studio, which only its own pages load. */
async function bundleForBrowsers(target) {
  const { build: esbuild } = await import('esbuild');
  await esbuild({
    entryPoints: ['editor', 'remember', 'leaving'].map((name) => join(root, 'src', 'editor', `${name}.ts`)),
    outdir: target,
    bundle: true,
    minify: true,
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
  });
}

async function copyPublic(target) {
  const from = join(root, 'src', 'web', 'public');
  const { build: esbuild } = await import('esbuild');
  for (const file of filesBelow(from)) {
    const to = join(target, relative(from, file));
    mkdirSync(dirname(to), { recursive: true });
    if (/\.(js|css)$/.test(file))
      await esbuild({ entryPoints: [file], outfile: to, minify: true, logLevel: 'warning' });
    else copyFileSync(file, to);
  }
}

function copyFonts(target) {
  const fonts = JSON.parse(readFileSync(join(root, 'src', 'web', 'fonts.json'), 'utf8'));
  mkdirSync(target, { recursive: true });
  for (const font of fonts) {
    copyFileSync(join(root, 'node_modules', font.package, 'files', font.file), join(target, font.file));
  }
}

function changed() {
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  const sources = [
    ...filesBelow(join(root, 'src')),
    ...filesBelow(join(root, 'scripts')),
    join(root, 'package-lock.json'),
  ];
  return sources.some((file) => statSync(file).mtimeMs > built);
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
