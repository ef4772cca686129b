import { run } from '@stricli/core';
import { application } from './cli/index.ts';
import { exitCodes, openTerminal } from './cli/terminal.ts';
import { Invalid } from './errors.ts';

try {
  await run(application, process.argv.slice(2), openTerminal(process));
  // Stricli's own codes for misuse are negative; ours are documented (docs/commands.md).
  if (typeof process.exitCode === 'number' && process.exitCode < 0) process.exitCode = exitCodes.misuse;
} catch (error) {
  if (!(error instanceof Invalid)) throw error;
  console.error(error.message);
  process.exitCode = exitCodes.misuse;
}
