// Bundles one program into dist/ and runs it in this process; for benches and campaigns, which are not part of the package.
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from './build.mjs';
import { root } from './setup.mjs';

const [program, ...args] = process.argv.slice(2);
const out = join(root, 'dist', 'programs', `${program.split('/').at(-2)}-${basename(program, '.ts')}.js`);
await bundle(join(root, program), out);
process.argv = [process.argv[0], out, ...args];
await import(pathToFileURL(out).href);
