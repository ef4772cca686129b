import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import type { Config } from '../../config.ts';
import { Conflict, Forbidden, Invalid } from '../../errors.ts';
import { changeCount } from '../../store/index.ts';
import { createApp } from '../app.ts';
import { type Archive, bodyOf, isStreamed } from '../archive.ts';
import { type Counter, countReadings } from '../counting/counter.ts';
import { dropHalfSent, startImports } from '../importing/batches.ts';
import { Answer } from './answer.ts';
import { PageCache } from './cache.ts';
import { publishOnTime } from './clock.ts';
import { encodingFor } from './encoding.ts';
import { securityHeaders } from './headers.ts';

/** A running site. */
export interface Serving {
  /** Where it listens: with the port that was free when the configuration says 0. */
  readonly port: number;
  /** Writes down now what was counted of how works are read; else that is done every few minutes, and at the end. */
  writeCounts(): Promise<void>;
  /** Takes no more requests, finishes those that run and closes. Any number of calls. */
  stop(): Promise<void>;
}

/** How long clients are waited for, in milliseconds. */
interface Patience {
  /** For all headers of a request. */
  readonly headersTimeout: number;
  /** For a whole request. */
  readonly requestTimeout: number;
  /** For the next request on a connection. */
  readonly keepAliveTimeout: number;
  /** For anything at all on a connection, such as the reading of an answer. */
  readonly socketTimeout: number;
  /** For running requests, when the site stops. */
  readonly stopTimeout: number;
}

const patience: Patience = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  socketTimeout: 30_000,
  stopTimeout: 10_000,
};

/** A batch of files on a slow line may take so long, in milliseconds; any other request `requestTimeout`. */
const longestUpload = 15 * 60_000;

/** At most this many pages may be under way; whoever comes then is asked to come again, so that the others are answered in time. */
const mostRunning = 1_000;

/**
 * Serves an archive until `stop` is called. Idle, slow and endless clients are let go.
 * @throws Conflict when the port is in use; Forbidden or Invalid when this machine does not give that port or address.
 */
export async function serve(
  archive: Archive,
  config: Config = archive.config,
  waits: Patience = patience,
): Promise<Serving> {
  const cache = new PageCache((config.cacheMegabytes * 1024 * 1024) / 2, versionOf(archive));
  const limits = {
    ...waits,
    requestTimeout: longestUpload,
    connectionsCheckingInterval: 1_000,
    maxHeaderSize: 16 * 1024,
  };
  const counter = countReadings(archive, (error) =>
    console.error('web/counting: readings could not be written down, and are tried again:', error),
  );
  const server = createServer(
    limits,
    listener(archive, createApp(archive), { cache, counter, requestTimeout: waits.requestTimeout }),
  );
  server.setTimeout(waits.socketTimeout);
  server.maxHeadersCount = 100;
  await dropHalfSent(archive.store, archive.config.data);
  await listen(server, config);
  const imports = startImports(archive.store, archive.config.data, (error) =>
    console.error('web/importing: what was brought in could not be read, and is tried again:', error),
  );
  const stopClock = publishOnTime(archive.store, (error) =>
    console.error('web/clock: what is due could not be published, and is tried again:', error),
  );
  const address = server.address();
  let stopping: Promise<void> | undefined;
  return {
    port: typeof address === 'object' && address !== null ? address.port : config.port,
    writeCounts: () => counter.write(),
    stop: () =>
      (stopping ??= Promise.all([close(server, waits.stopTimeout), stopClock(), imports.stop()]).then(() =>
        counter.stop(),
      )),
  };
}

/** Stops a site when the program is asked to end (SIGINT, SIGTERM); resolves once it has stopped. */
export function stopOnSignal(serving: Serving): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      serving.stop().then(resolve, reject);
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}

/**
 * The store's change count, asked once a turn of the event loop: requests that come in one turn were sent before any
 * of them was answered, so none can know of a write the others cannot. A store that cannot tell counts as changed
 * each time: then pages are asked, and say what is wrong.
 */
function versionOf({ store }: Archive): () => string {
  let known: string | undefined;
  let unknown = 0;
  const forget = (): void => {
    known = undefined;
  };
  return () => {
    if (known !== undefined) return known;
    try {
      known = changeCount(store);
    } catch {
      known = `unknown ${unknown++}`;
    }
    setImmediate(forget);
    return known;
  };
}

/** What stands around the pages of a site. */
interface Around {
  readonly cache: PageCache;
  readonly counter: Counter;
}

/** Answers from memory where that is right, before anything else is looked at; else asks the site. */
function listener(
  archive: Archive,
  app: Hono,
  { cache, counter, requestTimeout }: Around & { readonly requestTimeout: number },
) {
  const headers = securityHeaders(archive.url);
  const fetch = async (request: Request, env: object): Promise<Response> => {
    if (!isExchange(env)) return app.fetch(request);
    const readAt = cache.now();
    // HEAD is answered as GET, so that its headers are those of the page itself (RFC 9110, 9.3.2).
    const isHead = request.method === 'HEAD';
    const response = await app.fetch(isHead ? new Request(request, { method: 'GET' }) : request, env);
    await answer(response, env.incoming, env.outgoing, { headers, cache, counter, readAt });
    return RESPONSE_ALREADY_SENT;
  };
  const ask = getRequestListener(fetch, { hostname: 'localhost', overrideGlobalObjects: true });
  let running = 0;
  const render = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    // Forms are not counted: a slow sender would keep readers out.
    if (!isRead(incoming)) {
      if (incoming.url !== '/import') letGoWhenSlow(incoming, requestTimeout);
      return ask(incoming, outgoing);
    }
    if (running >= mostRunning) return comeAgain(outgoing);
    running++;
    try {
      await ask(incoming, outgoing);
    } finally {
      running--;
    }
  };
  return (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const address = incoming.url ?? '';
    const kept = isRead(incoming) ? cache.find(address) : undefined;
    if (kept === undefined) {
      void render(incoming, outgoing);
      return;
    }
    kept.send(incoming, outgoing);
    counter.note(incoming);
    if (kept.lacks(encodingFor(incoming.headers['accept-encoding']))) {
      void kept.prepare(incoming).then(() => cache.measure(address));
    }
  };
}

/** Lets go of whoever has not sent all of a form in time. */
function letGoWhenSlow(incoming: IncomingMessage, requestTimeout: number): void {
  const late = setTimeout(() => {
    if (!incoming.complete) incoming.socket.destroy();
  }, requestTimeout);
  incoming.once('close', () => clearTimeout(late));
}

function comeAgain(outgoing: ServerResponse): void {
  outgoing.writeHead(503, { 'content-type': 'text/plain', 'retry-after': '2' });
  outgoing.end('Too many readers at once. Come again in a moment.\n');
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

function isExchange(env: object): env is Exchange {
  return 'incoming' in env && 'outgoing' in env;
}

function isRead(incoming: IncomingMessage): boolean {
  return incoming.method === 'GET' || incoming.method === 'HEAD';
}

async function answer(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  site: Around & { readonly headers: ReadonlyMap<string, string>; readonly readAt: string },
): Promise<void> {
  if (isStreamed(response)) return stream(response, incoming, outgoing, site.headers);
  const rendered = bodyOf(response);
  const bytes = rendered?.bytes ?? Buffer.from(await response.arrayBuffer());
  const headers = new Map([...site.headers, ...response.headers]);
  const made = new Answer(response.status, headers, bytes, rendered?.tag);
  await made.prepare(incoming);
  if (isRead(incoming)) site.cache.keep(incoming.url ?? '', made, site.readAt);
  if (!outgoing.destroyed) made.send(incoming, outgoing, response.headers.getSetCookie());
  if (response.status === 200) site.counter.note(incoming);
}

async function stream(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  headers: ReadonlyMap<string, string>,
): Promise<void> {
  outgoing.writeHead(response.status, [...headers, ...response.headers].flat());
  if (response.body === null || incoming.method === 'HEAD') {
    await response.body?.cancel();
    outgoing.end();
    return;
  }
  // Whoever hangs up on the way needs no answer.
  await pipeline(response.body, outgoing).catch(() => outgoing.destroy());
}

function listen(server: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenError(cause, config)));
    server.listen(config.port, config.host, resolve);
  });
}

function listenError(cause: NodeJS.ErrnoException, { port, host }: Config): Error {
  if (cause.code === 'EADDRINUSE') {
    return new Conflict(
      `web/server: port ${port} on ${host} is in use; stop the program that uses it, or set PORT to another`,
    );
  }
  if (cause.code === 'EACCES') {
    return new Forbidden(`web/server: this user may not listen on port ${port}; set PORT to one above 1023`);
  }
  return new Invalid(`web/server: cannot listen on ${host}:${port} (${cause.code}); set HOST and PORT`, {
    cause,
  });
}

/** After `close` no connection is taken; those that wait for a next request are ended as soon as they wait. */
async function close(server: Server, stopTimeout: number): Promise<void> {
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.closeAllConnections(), stopTimeout);
  try {
    await new Promise<void>((resolve) => server.close(() => resolve()));
  } finally {
    clearInterval(idle);
    clearTimeout(late);
  }
}
