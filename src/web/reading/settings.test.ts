import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import type { Archive } from '../archive.ts';
import { tokens } from '../themes.ts';
import { readerCss, readerStyle, readSettings, saveSettings } from './settings.tsx';

const chosen = { theme: 'sepia', typeface: 'atkinson', size: 'xl', measure: 's', leading: 'l' };

test('whoever chose nothing has an empty style sheet', () => {
  expect(readerCss(readSettings({}))).toBe('');
});

test('what was chosen is all that the reader’s style sheet says', () => {
  const css = readerCss(readSettings(chosen));
  expect(css).toMatch(/^@layer reader\{:root\{.*\}\}$/);
  expect(css).toContain('--story:"Atkinson Hyperlegible"');
  expect(css).toContain('--size:1.625rem');
  expect(css).toContain('--measure:24em');
  expect(css).toContain('--leading:1.95');
  for (const token of tokens) expect(css).toContain(`--${token}:#`);
});

test('a value that is not on offer becomes the default and never reaches the style sheet', () => {
  const settings = readSettings({ ...chosen, theme: '}</style>', size: 'constructor', typeface: ['inter'] });
  expect(settings).toEqual({ ...chosen, theme: 'auto', size: 'm', typeface: 'literata' });
  expect(readerCss(settings)).not.toContain('style>');
});

test('a posted choice comes back as a cookie, the cookie as a private style sheet, and can be forgotten', async () => {
  const app = site('https://archive.example');
  const posted = await app.request('/settings', { method: 'POST', body: new URLSearchParams(chosen) });
  expect(posted.status).toBe(303);
  const cookie = posted.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/Secure/);
  expect(cookie).toMatch(/SameSite=Lax/);
  const style = await app.request('/reader.css', { headers: { cookie: cookie.split(';')[0] ?? '' } });
  expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect(style.headers.get('cache-control')).toBe('private, no-cache');
  expect(await style.text()).toBe(readerCss(readSettings(chosen)));
  const body = new URLSearchParams({ ...chosen, reset: 'yes' });
  const reset = await app.request('/settings', { method: 'POST', body });
  expect(reset.headers.get('set-cookie')).toMatch(/Max-Age=0/);
});

test('over plain HTTP, as at home, the cookie does not ask for HTTPS', async () => {
  const posted = await site('http://localhost:4870').request('/settings', {
    method: 'POST',
    body: new URLSearchParams(chosen),
  });
  expect(posted.headers.get('set-cookie')).not.toMatch(/Secure/);
});

function site(url: string): Hono {
  // The pages of settings ask nothing of the store.
  const archive = { config: readConfig({}), url, name: 'Variorum' } as Archive;
  const app = new Hono();
  app.get('/reader.css', readerStyle(archive));
  app.post('/settings', saveSettings(archive));
  return app;
}
