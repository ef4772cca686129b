import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cwd } from 'node:process';
import { saveEdition } from '../src/store/editions.ts';
import { closeStore, openStore } from '../src/store/index.ts';
import { publishWork } from '../src/store/works.ts';
import { storyEdition } from './pages.ts';

/** The program as people start it. Benches run from the root of the checkout (`scripts/run.mjs`). */
export const program = join(cwd(), 'dist', 'main.js');

/** An archive in a temporary folder with the one measured story, published; `path` is where it is read. */
interface MeasuredArchive {
  readonly folder: string;
  readonly path: string;
  /** Another folder with the same: one archive is served by one process. Before the first is served. */
  copy(): string;
  /** Removes it and its copies. */
  remove(): void;
}

export async function makeArchive(): Promise<MeasuredArchive> {
  const folder = mkdtempSync(join(tmpdir(), 'variorum-bench-'));
  const store = await openStore(folder);
  const saved = await saveEdition(store, storyEdition(), [], { why: 'measured', by: null });
  if (saved.kind !== 'new') throw new Error('bench: the story was not stored');
  await publishWork(store, saved.workId, { rating: null, warnings: [] });
  await closeStore(store);
  return {
    folder,
    path: `/works/${saved.workId}/read/p1`,
    copy: () => {
      cpSync(folder, `${folder}-copy`, { recursive: true });
      return `${folder}-copy`;
    },
    remove: () => {
      for (const made of [folder, `${folder}-copy`]) rmSync(made, { recursive: true, force: true });
    },
  };
}

/** A server in a process of its own, on loopback. */
export interface Server {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts the built program on a data folder and a free port, with the default configuration but for `settings`. */
export async function startSite(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const child = spawn(process.execPath, [program, 'serve', '--port', '0'], {
    env: { PATH: process.env.PATH, VARIORUM_DATA: folder, HOST: '127.0.0.1', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await untilSaid(child, /http:\/\/[^:/]+:(\d+)/);
  return serverOf(child, Number(said));
}

/** Starts node:http alone, sending one answer of the site's. */
export async function startRaw(answer: Answer): Promise<Server> {
  const child = fork(join(cwd(), 'bench', 'http', 'raw.mjs'), { execArgv: [] });
  const kept = ['content-type', 'content-encoding', 'content-length', 'etag'];
  const head = kept.flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [name, value];
  });
  child.send({ head, body: answer.body.toString('base64') });
  const [{ port }] = await once(child, 'message');
  return serverOf(child, Number(port));
}

/** An answer as it came over the wire, its body not unpacked. */
export interface Answer {
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Memory of a process that is in use now, in MB (1,000,000 bytes). Linux only. */
export function residentMemory(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kilobytes) * 1024) / 1e6;
}

/** What the program says first that matches; it may go on speaking after that. */
function untilSaid(child: ChildProcess, wanted: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += String(chunk);
      const found = wanted.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`bench: the program ended before it said ${wanted}: ${text}`)));
  });
}

function serverOf(child: ChildProcess, port: number): Server {
  return {
    pid: child.pid ?? 0,
    port,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
