// `npm start`: install, build, and serve an archive; a new one gets the demo works, unless `--no-demo` is given
// (which npm, without a `--` before it, hands over as the setting `demo`).
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { install, pinnedNode, root, run } from './setup.mjs';

const given = process.argv.slice(2);
const wanted = !given.includes('--no-demo') && process.env.npm_config_demo !== '';
const args = [
  'serve',
  ...(wanted ? ['--demo'] : []),
  ...given.filter((a) => a !== '--no-demo' && a !== '--demo'),
];

install();
run(pinnedNode(), [join(root, 'scripts', 'build.mjs'), '--if-changed'], 'The build failed; see above.');
const child = spawn(pinnedNode(), [join(root, 'dist', 'main.js'), ...args], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
