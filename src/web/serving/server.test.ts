import { connect, type Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { Conflict, Forbidden, Invalid } from '../../errors.ts';
import { dropTables } from '../../store/broken.testing.ts';
import { eraseText, removeWork } from '../../store/works.ts';
import { lampStory, sitesOfTests, type TestSite } from '../site.testing.ts';
import { serve } from './server.ts';

const open = sitesOfTests();

function socketTo(site: TestSite): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(site.origin).port), '127.0.0.1');
    socket.once('connect', () => resolve(socket)).once('error', reject);
  });
}

/** Everything a socket says until it is closed. */
function readAll(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
}

test('a page is made once, kept until anything is written, and then made anew', async () => {
  const site = await open();
  const first = await site.ask('/works');
  expect((await site.ask('/works')).headers.get('etag')).toBe(first.headers.get('etag'));
  const id = await site.add(lampStory());
  const second = await site.ask('/works');
  expect(second.headers.get('etag')).not.toBe(first.headers.get('etag'));
  expect(await second.text()).toContain(`/works/${id}`);
  const etag = first.headers.get('etag') ?? '';
  expect((await site.ask('/works', { headers: { 'if-none-match': etag } })).status).toBe(200);
});

test('a page that a write did not change keeps its tag', async () => {
  const site = await open();
  const id = await site.add(lampStory());
  const etag = (await site.ask(`/works/${id}`)).headers.get('etag') ?? 'none';
  await site.add(lampStory('Another'));
  expect((await site.ask(`/works/${id}`, { headers: { 'if-none-match': etag } })).status).toBe(304);
});

test('an archive that keeps nothing in memory gives the same pages', async () => {
  const [keeping, plain] = [await open(), await open({ cacheMegabytes: 0 })];
  for (const at of ['/', '/works', '/people', '/robots.txt', '/settings', '/nothing']) {
    const [one, other] = [await keeping.ask(at), await plain.ask(at)];
    expect([one.status, await one.text()]).toEqual([other.status, await other.text()]);
    expect(one.headers.get('etag')).toBe(other.headers.get('etag'));
  }
});

test('a work taken away is gone from every page at once, and says so under its address', async () => {
  const site = await open();
  const [id, other] = [await site.add(lampStory()), await site.add(lampStory('Another'))];
  const pages = [`/works/${id}`, `/works/${id}/read/p1`, `/works/${id}/map`, `/works/${id}/compare/A...B`];
  for (const at of pages) expect((await site.ask(at)).status).toBe(200);
  await removeWork(site.archive.store, id, { by: 'host', why: 'asked' });
  for (const at of pages) {
    const response = await site.ask(at);
    expect([response.status, await response.text()]).toEqual([
      410,
      expect.stringContaining('erased for good'),
    ]);
  }
  await removeWork(site.archive.store, other, { by: 'host', why: 'court', legal: true });
  expect((await site.ask(`/works/${other}`)).status).toBe(451);
  for (const at of ['/works', '/feeds/works.atom', '/sitemap.xml', '/search?q=boat']) {
    expect(await (await site.ask(at)).text()).not.toContain(id);
  }
});

test('erased words are gone from a comparison that was kept', async () => {
  const site = await open();
  const id = await site.add(lampStory());
  expect(await (await site.ask(`/works/${id}/compare/A...B`)).text()).toContain('window');
  await eraseText(site.archive.store, id, 'p3', { by: 'host', why: 'asked' });
  expect(await (await site.ask(`/works/${id}/compare/A...B`)).text()).not.toContain('window');
});

test('what nobody foresaw is told by a number, and its details go to the log only', async () => {
  const site = await open();
  await dropTables(site.archive.store, 'work_tags', 'credits');
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const response = await site.ask('/people');
  const text = await response.text();
  expect(response.status).toBe(500);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  const reference = /<code>([0-9a-f]{8})<\/code>/.exec(text)?.[1] ?? 'none';
  expect(text).not.toMatch(/sql|table|credits|\.ts/i);
  expect(String(log.mock.calls[0]?.[0])).toContain(reference);
  log.mockRestore();
});

test('only an archive reached by https tells browsers to insist on it', async () => {
  const site = await open({}, 'https://archive.example');
  expect((await site.ask('/')).headers.get('strict-transport-security')).toBe('max-age=31536000');
});

test('a form larger than any of ours is refused, whether it says how large it is or not', async () => {
  const site = await open();
  const id = await site.add(lampStory());
  const large = `place=p2&sigla=${'A'.repeat(100_000)}`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
  const at = `/works/${id}/verdicts`;
  expect((await site.ask(at, { method: 'POST', body: large, headers })).status).toBe(413);
  const stream = new Blob([large]).stream();
  const init: RequestInit & { duplex: string } = { method: 'POST', body: stream, headers, duplex: 'half' };
  expect((await site.ask(at, init)).status).toBe(413);
});

test('headers without end are refused', async () => {
  const site = await open();
  const response = await site.ask('/', { headers: { 'x-long': 'x'.repeat(20_000) } });
  expect(response.status).toBe(431);
});

test('three hundred clients that never finish their request keep nobody waiting, and are let go', async () => {
  const site = await open();
  const waits = { headersTimeout: 300, requestTimeout: 600, keepAliveTimeout: 500, socketTimeout: 2_000 };
  const serving = await serve(site.archive, site.archive.config, { ...waits, stopTimeout: 100 });
  const slow = { ...site, origin: `http://127.0.0.1:${serving.port}` };
  const sockets = await Promise.all(Array.from({ length: 300 }, () => socketTo(slow)));
  const ends = sockets.map(readAll);
  for (const [i, socket] of sockets.entries()) {
    socket.write(
      i % 2 === 0
        ? 'GET / HTTP/1.1\r\nhost: x\r\nx-slow: '
        : 'POST /settings HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 9\r\n\r\na',
    );
  }
  const started = performance.now();
  for (let i = 0; i < 10; i++) expect((await fetch(`${slow.origin}/works`)).status).toBe(200);
  expect(performance.now() - started).toBeLessThan(2_000);
  const answers = await Promise.all(ends);
  expect(answers.every((text) => text === '' || text.startsWith('HTTP/1.1 4'))).toBe(true);
  await serving.stop();
});

test('when too many pages are under way, the next are asked to come again', async () => {
  const site = await open();
  const socket = await socketTo(site);
  const all = readAll(socket);
  const many = 1_200;
  socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(many - 1));
  socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  const statuses = [...(await all).matchAll(/HTTP\/1\.1 (\d+)/g)].map((m) => m[1]);
  expect(statuses).toHaveLength(many);
  expect(statuses.filter((status) => status === '200').length).toBeGreaterThanOrEqual(1_000);
  expect(new Set(statuses)).toEqual(new Set(['200', '503']));
  expect((await site.ask('/healthz')).status).toBe(200);
});

test('stopping finishes the request that runs, takes no other, and may be asked for twice', async () => {
  const site = await open();
  const id = await site.add(lampStory());
  const serving = await serve(site.archive, site.archive.config);
  const at = { ...site, origin: `http://127.0.0.1:${serving.port}` };
  const idle = await socketTo(at);
  idle.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n');
  await new Promise((resolve) => idle.once('data', resolve));
  const idleEnd = readAll(idle);

  const socket = await socketTo(at);
  const answer = readAll(socket);
  const body = 'place=p2&sigla=A';
  const head = `POST /works/${id}/verdicts HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\n`;
  socket.write(`${head}content-length: ${body.length}\r\n\r\n${body.slice(0, 5)}`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const stopped = Promise.all([serving.stop(), serving.stop()]);
  await expect(fetch(`${at.origin}/healthz`)).rejects.toThrow();
  socket.write(body.slice(5));
  expect(await answer).toMatch(/^HTTP\/1\.1 303/);
  await idleEnd;
  await stopped;
});

test('a port in use, or an address this machine does not have, is told in one line', async () => {
  const site = await open();
  const port = Number(new URL(site.origin).port);
  const start = (more: object) => serve(site.archive, { ...site.archive.config, ...more });
  await expect(start({ port })).rejects.toThrow(Conflict);
  await expect(start({ port })).rejects.toThrow(/^web\/server: port \d+ on 127\.0\.0\.1 is in use; [^\n]*$/);
  await expect(start({ host: '192.0.2.1' })).rejects.toThrow(Invalid);
  if (process.getuid?.() !== 0) await expect(start({ port: 1 })).rejects.toThrow(Forbidden);
});
