import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bench, Round } from './figure.ts';
import { makeArchive, program } from './site.ts';

/** From starting the program on an archive to the last byte of its front page; against a Node that does nothing. */
export const startBench: Bench = {
  name: 'start',
  async measure(rounds) {
    const archive = await makeArchive();
    const run: Round[] = [];
    for (let i = -1; i < rounds; i++) {
      const limit = await startNode();
      const ours = await startToAnswer(archive.folder);
      if (i >= 0) run.push({ ours, limit });
    }
    archive.remove();
    return [
      {
        name: 'start to first answer',
        limit: 'node -e 0',
        unit: 'ms',
        rounds: run,
        goal: { most: 2.2 },
        peers: [],
      },
    ];
  },
};

async function startNode(): Promise<number> {
  const start = performance.now();
  await once(spawn(process.execPath, ['-e', '0']), 'exit');
  return performance.now() - start;
}

async function startToAnswer(folder: string): Promise<number> {
  const port = await freePort();
  const env = { PATH: process.env.PATH, VARIORUM_DATA: folder, HOST: '127.0.0.1', PORT: String(port) };
  const start = performance.now();
  const child = spawn(process.execPath, [program, 'serve'], { env, stdio: 'ignore' });
  const ended = once(child, 'exit');
  try {
    while (child.exitCode === null) {
      const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
      if (answer === undefined) {
        await wait(1);
        continue;
      }
      await answer.text();
      if (answer.status !== 200) break;
      return performance.now() - start;
    }
    throw new Error(`bench: the program did not answer on port ${port} (exit code ${child.exitCode})`);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
