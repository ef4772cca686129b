import {
  type Application,
  buildApplication,
  buildRouteMap,
  type Command,
  type RouteMap,
  text_en,
} from '@stricli/core';
import { Conflict, Forbidden, Gone, Invalid, NotFound, Unreadable, VariorumError } from '../errors.ts';
import { version } from '../version.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

/** The command line: `variorum <command> …`, with some or all of its commands. */
export function applicationOf(
  routes: Readonly<Record<string, Command<Terminal> | RouteMap<Terminal>>>,
): Application<Terminal> {
  return buildApplication(
    buildRouteMap({
      routes,
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
}

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
