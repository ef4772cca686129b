import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { Forbidden } from '../errors.ts';
import { onlyOwnForms, readForm } from './forms.ts';

const app = new Hono();
app.onError((error, c) => c.text(error.message, error instanceof Forbidden ? 403 : 500));
app.all('/form', onlyOwnForms('https://archive.example'), async (c) => c.text('taken'));
app.post('/read', async (c) => {
  const form = await readForm(c);
  return c.json({ place: form.get('place'), none: form.get('none'), sigla: form.all('sigla') });
});

test.each([
  [
    'a browser of today',
    { 'sec-fetch-site': 'same-origin', origin: 'https://archive.example', cookie: 'a=b' },
    200,
  ],
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
  ['another site of the same host name', { 'sec-fetch-site': 'same-site', cookie: 'a=b' }, 403],
  ['an older browser', { origin: 'https://archive.example', cookie: 'a=b' }, 200],
  ['an older browser on another site', { origin: 'https://evil.example', cookie: 'a=b' }, 403],
  ['a sandboxed frame', { origin: 'null', cookie: 'a=b' }, 403],
  ['a text browser', { referer: 'https://archive.example/works/x', cookie: 'a=b' }, 200],
  ['a text browser on another site', { referer: 'https://evil.example/', cookie: 'a=b' }, 403],
  ['a program without a cookie', {}, 200],
  ['something with a cookie that hides where it comes from', { cookie: 'a=b' }, 403],
  ['a reader at another of our addresses', { host: 'box.local:4870', origin: 'http://box.local:4870' }, 200],
])('a form sent by %s is answered as it should be', async (_who, headers: Record<string, string>, status) => {
  const response = await app.request('/form', { method: 'POST', headers });
  expect(response.status).toBe(status);
});

test('reading is allowed from everywhere', async () => {
  const headers = { 'sec-fetch-site': 'cross-site', cookie: 'a=b' };
  expect((await app.request('/form', { headers })).status).toBe(200);
});

test('a form is read with its repeated fields, and one that is none is empty', async () => {
  const form = new URLSearchParams([
    ['place', 'p3'],
    ['sigla', 'A'],
    ['sigla', 'B'],
  ]);
  const read = async (init: RequestInit): Promise<unknown> =>
    (await app.request('/read', { method: 'POST', ...init })).json();
  expect(await read({ body: form })).toEqual({ place: 'p3', none: '', sigla: ['A', 'B'] });
  const json = { body: '{"place":"p3"}', headers: { 'content-type': 'application/json' } };
  expect(await read(json)).toEqual({ place: '', none: '', sigla: [] });
});
