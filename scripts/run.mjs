// Bundles a TypeScript program of this checkout and runs it with the pinned Node: `node scripts/run.mjs bench/main.ts …`.
import { join } from 'node:path';
import { install, pinnedNode, root, run } from './setup.mjs';

const [program, ...args] = process.argv.slice(2);
install();
run(pinnedNode(), [join(root, 'scripts', 'build.mjs'), '--if-changed'], 'The build failed; see above.');
process.exit(run(pinnedNode(), [join(root, 'scripts', 'bundle.mjs'), program, ...args]));
