import { fork } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { cwd } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bench, Figure, Goal, Round } from './figure.ts';
import { type Answer, makeArchive, residentMemory, type Server, startRaw, startSite } from './site.ts';

/** How the servers are asked: sockets kept alive, for so long in each round. */
const sockets = 32;
const roundMs = 800;
const warmUpMs = 1500;

const compressed = 'Accept-Encoding: gzip, deflate, br, zstd';
const plain = 'Accept-Encoding: identity';

/** The story page from memory, not modified, and made anew in two degrees; and what memory serving it takes. */
export const webBench: Bench = {
  name: 'web',
  async measure(rounds) {
    const archive = await makeArchive();
    const bare = await startSite(archive.copy(), { VARIORUM_CACHE_MB: '0' });
    const site = await startSite(archive.folder);
    const { path } = archive;
    const answer = await untilCompressed(site, path);
    const raw = await startRaw(answer);
    const client = startClient();
    try {
      const idle = memoryFigure('memory idle', [await settled(site)], [await settled(raw)]);
      const size = `${Math.round((await fetchPage(site, path, 'identity')).body.length / 1000)} KB`;
      const etag = `If-None-Match: ${answer.headers.get('etag')}`;
      const ask = { path, headers: [compressed], fresh: false };
      const asks: readonly (readonly [string, string, Ask, Goal])[] = [
        [`story page (${size}), cached`, 'node:http, same bytes', ask, { least: 0.75 }],
        ['same, 304 by its tag', 'node:http, 304', { ...ask, headers: [compressed, etag] }, { least: 0.85 }],
      ];
      const figures: Figure[] = [];
      const memory: { ours: number[]; raw: number[] } = { ours: [], raw: [] };
      for (const [name, limit, how, goal] of asks) {
        const run: Round[] = [];
        for (let i = -1; i < rounds; i++) {
          const ms = i < 0 ? warmUpMs : roundMs;
          const limit = await client.load(raw, how, ms, () => memory.raw.push(residentMemory(raw.pid)));
          const ours = await client.load(site, how, ms, () => memory.ours.push(residentMemory(site.pid)));
          if (i >= 0) run.push({ ours, limit });
        }
        figures.push({ name, limit, unit: '/s', rounds: run, goal, peers: [] });
      }
      const load = memoryFigure('memory under that load, most', memory.ours, memory.raw);
      const fresh = { path, headers: [plain], fresh: true };
      for (const [name, asked] of [
        ['same, with a query no cache knows: parts kept rendered', site],
        ['same, nothing kept (VARIORUM_CACHE_MB=0): read and rendered whole', bare],
      ] as const) {
        const run: Round[] = [];
        for (let i = -1; i < rounds; i++) {
          const ms = i < 0 ? warmUpMs : roundMs;
          const limit = await client.load(site, ask, ms);
          const ours = await client.load(asked, fresh, ms);
          if (i >= 0) run.push({ ours, limit });
        }
        figures.push({ name, limit: 'cached', unit: '/s', rounds: run, goal: { least: 0.2 }, peers: [] });
      }
      return [...figures, idle, load];
    } finally {
      client.end();
      await Promise.all([site.stop(), bare.stop(), raw.stop()]);
      archive.remove();
    }
  },
};

interface Ask {
  readonly path: string;
  readonly headers: readonly string[];
  /** Each time with another query, which no cache knows. */
  readonly fresh: boolean;
}

/** The process that asks (`http/load.mjs`). */
function startClient() {
  const child = fork(join(cwd(), 'bench', 'http', 'load.mjs'), { execArgv: [] });
  return {
    /** Answers per second; `watch` is called ten times a second meanwhile. */
    async load(server: Server, ask: Ask, ms: number, watch?: () => void): Promise<number> {
      const watching = watch === undefined ? undefined : setInterval(watch, 100);
      child.send({ port: server.port, ...ask, sockets, ms });
      const [said] = await once(child, 'message');
      clearInterval(watching);
      if (said.error !== undefined || said.status !== (ask.headers.length > 1 ? 304 : 200)) {
        throw new Error(`bench: ${ask.path} was answered ${JSON.stringify(said)}`);
      }
      return Number(said.perSecond);
    },
    end: () => child.disconnect(),
  };
}

/** The page as browsers get it; the first answers may not be compressed yet. */
async function untilCompressed(site: Server, path: string): Promise<Answer> {
  for (let i = 0; i < 20; i++) {
    const answer = await fetchPage(site, path, 'br');
    if (answer.headers.get('content-encoding') === 'br') return answer;
    await wait(50);
  }
  throw new Error('bench: the page is never compressed');
}

function fetchPage({ port }: Server, path: string, encoding: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, path, host: '127.0.0.1', headers: { 'accept-encoding': encoding } });
    asked.on('error', reject);
    asked.on('response', async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      const headers = new Headers(response.headersDistinct as Record<string, string[]> as never);
      resolve({ headers, body: Buffer.concat(chunks) });
    });
    asked.end();
  });
}

async function settled(server: Server): Promise<number> {
  await wait(1000);
  return residentMemory(server.pid);
}

function memoryFigure(name: string, ours: readonly number[], raw: readonly number[]): Figure {
  return {
    name,
    limit: 'node:http',
    unit: 'MB',
    rounds: [{ ours: Math.max(...ours), limit: Math.max(...raw) }],
    goal: { most: 1.2 },
    peers: [],
  };
}
