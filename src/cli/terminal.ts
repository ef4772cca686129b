import type { CommandContext, StricliProcess } from '@stricli/core';
import { type Config, readConfig } from '../config.ts';
import { readSecret } from './secret.ts';

/** Where a command speaks: whole lines, colours only on a terminal that shows them. */
export interface Terminal extends CommandContext {
  readonly process: StricliProcess;
  readonly config: Config;
  readonly paint: Paint;
  /** Whether a person watches: progress is drawn for them, and lines are plain otherwise. */
  readonly watched: boolean;
  /** The width in columns. */
  readonly width: number;
  say(line?: string): void;
  /** To standard error. */
  warn(line: string): void;
  /** Draws over the last drawing; does nothing when nobody watches. '' takes it away. */
  draw(line: string): void;
  /** Asks for something that is not shown while it is typed: see `readSecret`. */
  askSecret(question: string, options?: { readonly isNew?: boolean }): Promise<string>;
  /** The exit code this command ends with. */
  fail(code: ExitCode): void;
}

/** What exit codes mean; `docs/commands.md` says the same. */
export const exitCodes = {
  done: 0,
  notAll: 1,
  misuse: 2,
  notFound: 3,
  conflict: 4,
  forbidden: 5,
  fault: 70,
} as const;

/** One of these codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Colours by what they mean. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly soft: (text: string) => string;
  readonly good: (text: string) => string;
  readonly unsure: (text: string) => string;
  readonly bad: (text: string) => string;
}

/** The terminal of a process; `NO_COLOR` (no-color.org) and pipes get plain text. */
export function openTerminal(process: NodeJS.Process): Terminal {
  const watched = process.stderr.isTTY === true && process.stdout.isTTY === true;
  const colours = process.stdout.isTTY === true && process.stdout.hasColors?.() === true;
  let drawn = false;
  const draw = (line: string): void => {
    if (!watched || (line === '' && !drawn)) return;
    process.stderr.write(`\r\u001b[2K${line}`);
    drawn = line !== '';
  };
  return {
    process: {
      stdout: process.stdout,
      stderr: process.stderr,
      get exitCode() {
        return process.exitCode ?? null;
      },
      set exitCode(code) {
        process.exitCode = code ?? undefined;
      },
    },
    config: readConfig(),
    paint: colours ? coloured : plain,
    watched,
    width: process.stdout.columns ?? 100,
    say(line = '') {
      draw('');
      process.stdout.write(`${visible(line)}\n`);
    },
    warn(line) {
      draw('');
      process.stderr.write(`${visible(line)}\n`);
    },
    draw,
    askSecret: (question, options) => readSecret(process, question, options),
    fail(code) {
      process.exitCode = code;
    },
  };
}

/**
 * A line as a terminal may have it: strangers' titles can hold codes that move the cursor, name the window or begin
 * lines of their own. Of all control characters only tabs and our colours pass; the others are written out.
 */
export function visible(line: string): string {
  return line.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, (code, at: number) => {
    const isColour = code === beginsCode && /^.\[\d{1,2}m/.test(line.slice(at, at + 5));
    if (code === '\t' || isColour) return code;
    return `\\u${code.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

const beginsCode = '\u001b';

const wrap = (code: string) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;
const coloured: Paint = {
  strong: wrap('1'),
  soft: wrap('2'),
  good: wrap('36'),
  unsure: wrap('33'),
  bad: wrap('31'),
};
const same = (text: string): string => text;
const plain: Paint = { strong: same, soft: same, good: same, unsure: same, bad: same };
