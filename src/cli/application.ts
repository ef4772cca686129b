import {
  type Application,
  ArgumentScannerError,
  buildApplication,
  buildRouteMap,
  type Command,
  formatMessageForArgumentScannerError,
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
        text: {
          ...text_en,
          exceptionWhileRunningCommand: explain,
          exceptionWhileParsingArguments: explainArguments,
          noCommandRegisteredForInput: ({ input, corrections }) =>
            `There is no command “${input}”${meant(corrections.map((name) => name.replaceAll('`', '')))}. --help lists them.`,
        },
      },
    },
  );
}

/** The exit code for an error that ends a command. */
function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof NotFound || error instanceof Gone) return exitCodes.notFound;
  if (error instanceof Conflict) return exitCodes.conflict;
  if (error instanceof Forbidden) return exitCodes.forbidden;
  if (error instanceof Invalid) return exitCodes.misuse;
  if (error instanceof Unreadable) return exitCodes.notAll;
  return exitCodes.fault;
}

/** What was typed wrong, in our words: what it is, and what would be right. */
function explainArguments(error: unknown): string {
  if (!(error instanceof ArgumentScannerError)) return explain(error);
  return formatMessageForArgumentScannerError(error, {
    FlagNotFoundError: ({ input, corrections }) =>
      `There is no flag --${input}${meant(corrections.map((name) => `--${name}`))}. --help lists them.`,
    AliasNotFoundError: ({ input }) => `There is no flag -${input}. --help lists them.`,
    // Our own parsers say which flag they are of; the scanner need not say it again.
    ArgumentParseError: ({ externalFlagNameOrPlaceholder: name, exception }) =>
      exception instanceof VariorumError || exception instanceof SyntaxError
        ? exception.message
        : `“${name}” cannot be read: ${String(exception)}`,
    EnumValidationError: ({ externalFlagName: name, input, values }) =>
      `--${name} cannot be “${input}”: it is one of ${values.join(', ')}.`,
    UnsatisfiedFlagError: ({ externalFlagName: name }) => `--${name} needs a value after it.`,
    UnexpectedPositionalError: ({ input }) => `“${input}” is more than this command takes.`,
    UnsatisfiedPositionalError: ({ placeholder }) => `Say which ${placeholder}; --help shows how.`,
    InvalidNegatedFlagSyntaxError: ({ externalFlagName: name }) => `--${name} takes no value after it.`,
    UnexpectedFlagError: ({ externalFlagName: name }) => `--${name} can be given once.`,
  });
}

function meant(corrections: readonly string[]): string {
  return corrections.length === 0 ? '' : `; perhaps ${corrections.join(' or ')}`;
}

/** A fault of the program shows where it happened; everything a person can mend is one line. */
function explain(error: unknown): string {
  if (error instanceof VariorumError) return error.message;
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `variorum: a fault in the program, not yours. Nothing that was reported as stored is lost.\n${cause}`;
}
