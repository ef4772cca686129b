import { buildApplication, buildRouteMap, text_en } from '@stricli/core';
import { Conflict, Forbidden, Gone, Invalid, NotFound, Unreadable, VariorumError } from '../errors.ts';
import { version } from '../version.ts';
import { backupCommand } from './backup.ts';
import { checkCommand } from './check.ts';
import { demoCommand } from './demo.ts';
import { doNotImportCommand } from './do-not-import.ts';
import { exportCommand } from './export.ts';
import { hideCommand } from './hide.ts';
import { importCommand } from './import.ts';
import { inspectCommand } from './inspect.ts';
import { publishCommand } from './publish.ts';
import { removeCommand } from './remove.ts';
import { restoreCommand } from './restore.ts';
import { serveCommand } from './serve.ts';
import { type ExitCode, exitCodes } from './terminal.ts';

/** Every command, by its name. */
export const commands = {
  serve: serveCommand,
  import: importCommand,
  inspect: inspectCommand,
  publish: publishCommand,
  hide: hideCommand,
  remove: removeCommand,
  'do-not-import': doNotImportCommand,
  export: exportCommand,
  check: checkCommand,
  backup: backupCommand,
  restore: restoreCommand,
  demo: demoCommand,
};

/** The command line: `variorum <command> …`. */
export const application = buildApplication(
  buildRouteMap({
    routes: commands,
    docs: {
      brief: 'An archive for stories that have more than one version, and for what their readers said',
    },
  }),
  {
    name: 'variorum',
    versionInfo: { currentVersion: version },
    scanner: { caseStyle: 'allow-kebab-for-camel' },
    documentation: { caseStyle: 'convert-camel-to-kebab', disableAnsiColor: true },
    determineExitCode: exitCodeOf,
    localization: {
      text: { ...text_en, exceptionWhileRunningCommand: explain },
    },
  },
);

/** The exit code for an error that ends a command. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof NotFound || error instanceof Gone) return exitCodes.notFound;
  if (error instanceof Conflict) return exitCodes.conflict;
  if (error instanceof Forbidden) return exitCodes.forbidden;
  if (error instanceof Invalid) return exitCodes.misuse;
  if (error instanceof Unreadable) return exitCodes.notAll;
  return exitCodes.fault;
}

/** A fault of the program shows where it happened; everything a person can mend is one line. */
function explain(error: unknown): string {
  if (error instanceof VariorumError) return error.message;
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `variorum: a fault in the program, not yours. Nothing that was reported as stored is lost.\n${cause}`;
}
