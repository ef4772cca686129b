import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { closeStore, openStore } from '../store/index.ts';
import type { Archive } from './archive.ts';
import { network, readersOf } from './session.ts';

const folder = mkdtempSync(join(tmpdir(), 'variorum-session-'));
let archive: Archive;

beforeAll(async () => {
  const config = { ...readConfig({}), data: folder, proxies: 1 };
  archive = { store: await openStore(folder), config, url: 'http://localhost:4870', name: 'Variorum' };
});
afterAll(async () => {
  await closeStore(archive.store);
  rmSync(folder, { recursive: true });
});

function site(now: () => number = Date.now): Hono {
  const readers = readersOf(archive, now);
  const app = new Hono();
  app.get('/find', (c) => c.text(readers.find(c) ?? 'nobody'));
  app.get('/get', (c) => c.text(readers.get(c)));
  app.get('/address', (c) => c.text(readers.address(c)));
  return app;
}

async function ask(app: Hono, path: string, headers: Record<string, string> = {}) {
  const response = await app.request(path, { headers });
  return { text: await response.text(), cookie: response.headers.get('set-cookie') };
}

test('only who must be remembered gets a cookie, and is then known by it', async () => {
  const app = site();
  expect(await ask(app, '/find')).toEqual({ text: 'nobody', cookie: null });
  const first = await ask(app, '/get');
  expect(first.cookie).toMatch(
    /^reader-id=[\w-]{22}\.[\w-]{22}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  const cookie = first.cookie?.split(';')[0] ?? '';
  expect(await ask(app, '/find', { cookie })).toEqual({ text: first.text, cookie: null });
  expect(await ask(app, '/get', { cookie })).toEqual({ text: first.text, cookie: null });
  expect(first.text).not.toContain(cookie.slice(10, 32));
});

test('a cookie somebody else wrote says nothing', async () => {
  const app = site();
  const cookie = (await ask(app, '/get')).cookie?.split(';')[0] ?? '';
  const [id = '', signature = ''] = cookie.replace('reader-id=', '').split('.');
  const forged = [
    `${id}x.${signature}`,
    id,
    `${id}.`,
    `${id}.${signature}.x`,
    '.',
    `${id}.${signature.slice(0, -1)}é`,
  ];
  for (const value of forged) {
    expect((await ask(app, '/find', { cookie: `reader-id=${value}` })).text, value).toBe('nobody');
  }
});

test('under https the cookie is bound to the host and never sent in clear', async () => {
  archive = { ...archive, url: 'https://archive.example' };
  expect((await ask(site(), '/get')).cookie).toMatch(
    /^__Host-reader-id=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  archive = { ...archive, url: 'http://localhost:4870' };
});

test('an address is known within a day and unknown the next, and only what the proxy wrote counts', async () => {
  let now = Date.parse('2026-11-22T10:00:00Z');
  const app = site(() => now);
  const from = async (forwarded: string): Promise<string> =>
    (await ask(app, '/address', { 'x-forwarded-for': forwarded })).text;
  const morning = await from('203.0.113.9');
  expect(morning).not.toContain('203');
  expect(await from('198.51.100.1, 203.0.113.9')).toBe(morning);
  expect(await from('203.0.113.9, 198.51.100.1')).not.toBe(morning);
  now += 13 * 3_600_000;
  expect(await from('203.0.113.9')).toBe(morning);
  now += 2 * 3_600_000;
  expect(await from('203.0.113.9')).not.toBe(morning);
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:0:7::1', '2001:db8:0:7'],
  ['2001:0DB8:0000:0007:aaaa:bbbb:cccc:dddd', '2001:db8:0:7'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
  ['', ''],
])('of the address %s one household shares %s', (address, shared) => {
  expect(network(address)).toBe(shared);
});
