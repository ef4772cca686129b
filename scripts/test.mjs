// `npm test`: everything a machine can show in minutes, closed by one line `N passed, N failed(, N skipped)`.
// `--quick` (npm run check) stops after types, lint, unit tests and documentation.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install, pinnedNode, root, run } from './setup.mjs';

const quick = process.argv.includes('--quick');
const ci = process.env.CI === 'true';
const bin = (name) => join(root, 'node_modules', '.bin', name);
const results = { passed: 0, failed: 0, skipped: 0 };

install();
step('types', () => run(bin('tsc'), ['--noEmit']) === 0);
step('lint', () => run(bin('biome'), ['check', '--error-on-warnings']) === 0);
vitest('unit', 'docs');
if (!quick) {
  step('build', () => run(pinnedNode(), [join(root, 'scripts', 'build.mjs')]) === 0);
  const chromium = tool(
    'Chromium',
    ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'],
    'chromium-headless-shell',
  );
  const java = tool('Java', ['java'], 'default-jre-headless');
  if (chromium) vitest('browser');
  else skip('browser tests', 'Chromium');
  if (java) vitest('books');
  else skip('book tests', 'Java');
}
const { passed, failed, skipped } = results;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed > 0 ? 1 : 0);

function step(name, holds) {
  console.log(`\n— ${name}`);
  if (holds()) results.passed++;
  else {
    results.failed++;
    console.log(`${name}: failed`);
  }
}

function vitest(...projects) {
  console.log(`\n— ${projects.join(', ')}`);
  const report = join(mkdtempSync(join(tmpdir(), 'variorum-test-')), 'report.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = run(bin('vitest'), [...args, ...projects.flatMap((p) => ['--project', p])]);
  if (!existsSync(report)) {
    results.failed++;
    return;
  }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, success } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  results.passed += numPassedTests;
  results.failed += numFailedTests;
  results.skipped += numPendingTests + numTodoTests;
  if (numFailedTests === 0 && (code !== 0 || !success)) results.failed++;
}

/**
 * Whether one of these commands is on this machine. The first is the best of them, and is installed where that is
 * possible and allowed; where none is there, says what to type.
 */
function tool(name, commands, debianPackage) {
  const works = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
  const debian = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (debian && process.env.VARIORUM_NO_APT !== '1' && !works(commands[0])) {
    console.log(
      `\n${commands[0]} is not on this machine; installing Debian's package ${debianPackage} (VARIORUM_NO_APT=1 forbids it) …`,
    );
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { DEBIAN_FRONTEND: 'noninteractive' } };
    run('apt-get', ['update', '-qq'], undefined, quiet);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', debianPackage], undefined, quiet);
  }
  if (commands.some(works)) return true;
  console.log(
    `\n${name} is not on this machine. To run the tests that need it: sudo apt-get install ${debianPackage}`,
  );
  return false;
}

function skip(what, needs) {
  if (ci) results.failed++;
  else results.skipped++;
  console.log(`${what}: ${ci ? 'failed' : 'skipped'}, ${needs} is missing`);
}
