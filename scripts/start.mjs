// `npm start`: install, build, and serve an archive; a new one gets the demo works, unless `--no-demo` is given.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { install, pinnedNode, root, run } from './setup.mjs';

install();
run(pinnedNode(), [join(root, 'scripts', 'build.mjs'), '--if-changed'], 'The build failed; see above.');
const child = spawn(
  pinnedNode(),
  [join(root, 'dist', 'main.js'), 'serve', '--demo', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
