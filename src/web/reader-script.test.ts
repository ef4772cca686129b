import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';

const script = readFileSync(new URL('./public/reader.js', import.meta.url), 'utf8');

/** Loads a page of ours with what the device keeps, and runs the script as a browser does after parsing. */
function open(path: string, body: string, kept: Readonly<Record<string, unknown>> = {}): JSDOM {
  const page = new JSDOM(`<!doctype html><body>${body}`, {
    url: `https://archive.example${path}`,
    runScripts: 'outside-only',
  });
  for (const [name, value] of Object.entries(kept)) {
    page.window.localStorage.setItem(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  page.window.eval(`window.IntersectionObserver = class {
    constructor(tell) { this.tell = tell; }
    observe() { this.tell([{ isIntersecting: true }], this); }
    disconnect() {}
  }`);
  page.window.eval(script);
  return page;
}

const story = (ending: boolean): string =>
  `<div class="text" data-work="w1" data-title="Two Ways Out" data-passage="p3" data-name="The valley"${
    ending ? ' data-ending' : ''
  }><p>One.</p><p>Two.</p></div>`;
const place = { path: '/works/w1/read/p3', title: 'Two Ways Out', name: 'The valley', block: 12 };
const workPage =
  '<a data-continue="w1" hidden href="/works/w1">Continue</a><a class="button-main" data-start="w1">Start</a>';
const frontPage = '<section data-continue-list hidden><ul></ul></section>';

test('the place in a story is kept when the page is left, but not before anything was read', () => {
  const page = open('/works/w1/read/p3', story(false));
  page.window.dispatchEvent(new page.window.Event('pagehide'));
  expect(page.window.localStorage.getItem('variorum:places')).toBeNull();
  page.window.dispatchEvent(new page.window.Event('scroll'));
  page.window.dispatchEvent(new page.window.Event('pagehide'));
  const kept = JSON.parse(page.window.localStorage.getItem('variorum:places') ?? '');
  expect(kept.w1).toEqual({ ...place, block: 2 });
});

test('the place is offered again on the page of its work', () => {
  const { document } = open('/works/w1', workPage, { 'variorum:places': { w1: place } }).window;
  const link = document.querySelector('[data-continue]');
  expect(link?.textContent).toBe('Continue · The valley, ¶ 12');
  expect(link?.getAttribute('href')).toBe('/works/w1/read/p3#b12');
  expect(link?.hasAttribute('hidden')).toBe(false);
  expect(document.querySelector('[data-start]')?.classList.contains('button-main')).toBe(false);
});

test('the front page offers the last three places, the latest first', () => {
  const places = Object.fromEntries(['w1', 'w2', 'w3', 'w4'].map((w) => [w, { ...place, title: w }]));
  const { document } = open('/', frontPage, { 'variorum:places': places }).window;
  expect([...document.querySelectorAll('li a')].map((a) => a.textContent)).toEqual(['w4', 'w3', 'w2']);
});

test('what is kept is never taken for an address elsewhere, nor for markup', () => {
  const places = {
    w1: { ...place, path: 'javascript:alert(1)' },
    w2: { ...place, path: '//elsewhere.example/works/' },
    w3: { ...place, title: '<img src=x onerror=alert(1)>' },
    w4: 'nonsense',
    w5: null,
  };
  const { document } = open('/', frontPage, { 'variorum:places': places }).window;
  expect(document.querySelectorAll('li')).toHaveLength(1);
  expect(document.querySelector('img')).toBeNull();
});

test('an ending is marked as read where it is named, once it was reached', () => {
  const page = open('/works/w1/read/p3', story(true));
  const kept = page.window.localStorage.getItem('variorum:read') ?? '';
  expect(JSON.parse(kept)).toEqual({ 'w1/p3': 1 });
  const named = '<span data-read="w1/p3">512 words</span><span data-read="w1/p4">431 words</span>';
  const { document } = open('/works/w1', named, { 'variorum:read': kept }).window;
  expect([...document.querySelectorAll('span')].map((s) => s.textContent)).toEqual([
    '512 words · read',
    '431 words',
  ]);
});

test('spoiled or forbidden storage leaves the page as it is', () => {
  const { document } = open('/works/w1', workPage, {
    'variorum:places': 'not json',
    'variorum:read': '[1',
  }).window;
  expect(document.querySelector('[data-continue]')?.hasAttribute('hidden')).toBe(true);
});
