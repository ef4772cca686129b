// Plain JavaScript that any Node from 20 up can run: gets the project ready and finds the Node it is pinned to.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The Node 24 that `npm ci` puts beside the other packages; the running one where that is missing but new enough. */
export function pinnedNode() {
  const pinned = join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  stop(
    `Variorum needs Node 24 or newer; this is ${process.versions.node}. Run "npm ci" in ${root} to get it.`,
  );
}

/** Installs the packages of the lock file, unless they are there already. */
export function install() {
  const lock = join(root, 'package-lock.json');
  const done = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(done) && statSync(done).mtimeMs >= statSync(lock).mtimeMs && sameVersions(lock, done))
    return;
  console.log('Installing the packages Variorum is built from …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'npm ci failed; see above.');
}

function sameVersions(lock, done) {
  const wanted = JSON.parse(readFileSync(lock, 'utf8')).packages;
  const present = JSON.parse(readFileSync(done, 'utf8')).packages;
  return Object.keys(present).every((path) => wanted[path]?.version === present[path].version);
}

/** Runs a program with the pinned Node first on the path; gives its exit code, or stops with `failure` when that is not 0. */
export function run(program, args, failure, options = {}) {
  const bin = join(root, 'node_modules', '.bin');
  const path = `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`;
  const done = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    ...options,
    env: { ...process.env, PATH: path, ...options.env },
  });
  if (done.error) stop(`${program} cannot be run: ${done.error.message}`);
  const code = done.status ?? 1;
  if (code !== 0 && failure !== undefined) stop(failure, code);
  return code;
}

export function stop(message, code = 1) {
  console.error(message);
  process.exit(code);
}
