import { run, type StricliProcess } from '@stricli/core';
import { application } from '../cli/index.ts';
import { exitCodes, type Paint, type Terminal } from '../cli/terminal.ts';
import { readConfig } from '../config.ts';

/** What a command said and ended with. */
export interface Said {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

/** Runs a command of the command line in this process, on the archive in `data`, and collects what it says. */
export async function say(data: string, ...args: readonly string[]): Promise<Said> {
  return sayTyping('', data, ...args);
}

/** The same; `typed` answers whatever is asked. */
export async function sayTyping(typed: string, data: string, ...args: readonly string[]): Promise<Said> {
  const out: string[] = [];
  const err: string[] = [];
  const process: StricliProcess = {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    exitCode: null,
  };
  const terminal: Terminal = {
    process,
    config: readConfig({ VARIORUM_DATA: data }),
    paint: plain,
    watched: false,
    width: 100,
    say: (line = '') => {
      out.push(`${line}\n`);
    },
    warn: (line) => {
      err.push(`${line}\n`);
    },
    draw: () => undefined,
    askSecret: async () => typed,
    fail: (code) => {
      process.exitCode = code;
    },
  };
  await run(application, args, terminal);
  const code = Number(process.exitCode ?? 0);
  return { out: out.join(''), err: err.join(''), code: code < 0 ? exitCodes.misuse : code };
}

const same = (text: string): string => text;
const plain: Paint = { strong: same, soft: same, good: same, unsure: same, bad: same };
