import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { run } from '@stricli/core';
import { exitCodes, openTerminal } from './cli/terminal.ts';
import { Invalid } from './errors.ts';

// Compiled once, kept beside the program; where nothing may be written there, it is compiled each time.
enableCompileCache(join(import.meta.dirname, 'compiled'));
// Whoever listened may have gone (`variorum inspect … | head`): what is under way goes on all the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
const isServing = process.argv[2] === 'serve';
const { application } = await (isServing ? import('./cli/serving.ts') : import('./cli/index.ts'));

try {
  await run(application, process.argv.slice(2), openTerminal(process));
  // Stricli's own codes for misuse are negative; ours are documented (docs/commands.md).
  if (typeof process.exitCode === 'number' && process.exitCode < 0) process.exitCode = exitCodes.misuse;
} catch (error) {
  if (!(error instanceof Invalid)) throw error;
  console.error(error.message);
  process.exitCode = exitCodes.misuse;
}
