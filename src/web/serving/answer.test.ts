import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Answer } from './answer.ts';

const words = 'The helmet fell into the courtyard. '.repeat(200);
const page = answer({ 'cache-control': 'public, no-cache' });
const draft = answer({ 'cache-control': 'private, no-store' });
const book = answer({ 'cache-control': 'public, no-cache', 'content-type': 'application/epub+zip' });
const lost = answer({ 'cache-control': 'private, no-store' }, 404);

function answer(headers: Record<string, string>, status = 200): Answer {
  const all = { 'content-type': 'text/html', 'content-security-policy': "default-src 'none'", ...headers };
  return new Answer(status, new Map(Object.entries(all)), Buffer.from(words));
}

let server: Server;
let origin: string;
beforeAll(async () => {
  const answers = new Map(Object.entries({ '/page': page, '/draft': draft, '/book': book, '/lost': lost }));
  server = createServer(async (incoming, outgoing) => {
    const found = answers.get(incoming.url ?? '') ?? lost;
    await found.prepare(incoming);
    found.send(incoming, outgoing, incoming.url === '/draft' ? ['a=1; Path=/', 'b=2; Path=/'] : []);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  // fetch undoes an encoding by itself, so what went over the wire is told by its length.
  const response = await fetch(origin + path, {
    method,
    headers: { 'accept-encoding': 'identity', ...headers },
  });
  return { status: response.status, head: response.headers, text: await response.text() };
}

test('the same bytes come in every encoding, each under a tag of its own', async () => {
  const plain = await get('/page');
  const brotli = await get('/page', { 'accept-encoding': 'br' });
  const zipped = await get('/page', { 'accept-encoding': 'gzip' });
  expect([plain.text, brotli.text, zipped.text]).toEqual([words, words, words]);
  expect([brotli.head.get('content-encoding'), zipped.head.get('content-encoding')]).toEqual(['br', 'gzip']);
  expect(Number(brotli.head.get('content-length'))).toBeLessThan(words.length / 10);
  expect(new Set([plain, brotli, zipped].map(({ head }) => head.get('etag'))).size).toBe(3);
  for (const { head } of [plain, brotli, zipped]) expect(head.get('vary')).toBe('Accept-Encoding');
});

test('who has the page already is told so, whichever encoding it came in', async () => {
  for (const encoding of ['identity', 'br', 'gzip']) {
    const etag = (await get('/page', { 'accept-encoding': encoding })).head.get('etag') ?? '';
    for (const known of [etag, `"other", ${etag}`, `W/${etag}`]) {
      const again = await get('/page', { 'accept-encoding': 'br', 'if-none-match': known });
      expect([again.status, again.text, again.head.get('etag')], known).toEqual([304, '', etag]);
      expect(again.head.get('content-length')).toBeNull();
      expect(again.head.get('cache-control')).toBe('public, no-cache');
      expect(again.head.get('vary')).toBe('Accept-Encoding');
    }
  }
  expect((await get('/page', { 'if-none-match': '*' })).status).toBe(304);
  expect((await get('/page', { 'if-none-match': '"other"' })).status).toBe(200);
});

test('HEAD has the headers of the page and nothing else', async () => {
  const head = await get('/page', {}, 'HEAD');
  expect([head.status, head.text, head.head.get('content-length')]).toEqual([200, '', String(words.length)]);
  expect(head.head.get('etag')).toBe((await get('/page')).head.get('etag'));
});

test('a draft and an error have no tag, and a draft keeps its cookies apart', async () => {
  const { head } = await get('/draft', { 'if-none-match': '*' });
  expect([head.get('etag'), head.get('cache-control')]).toEqual([null, 'private, no-store']);
  expect(head.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; Path=/']);
  const { status, head: lostHead } = await get('/lost');
  expect([status, lostHead.get('etag')]).toEqual([404, null]);
});

test('a book is not compressed a second time', async () => {
  const { head } = await get('/book', { 'accept-encoding': 'br, gzip' });
  expect([head.get('content-encoding'), head.get('vary')]).toEqual([null, null]);
});

test('the compressed bytes on the wire are those of the page', async () => {
  const read = (encoding: string): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const asked = request(`${origin}/page`, { headers: { 'accept-encoding': encoding } }, (response) => {
        buffer(response).then(resolve, reject);
      });
      asked.on('error', reject).end();
    });
  expect(brotliDecompressSync(await read('br')).toString()).toBe(words);
  expect(gunzipSync(await read('gzip')).toString()).toBe(words);
});
