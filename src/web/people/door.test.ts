import { expect, test } from 'vitest';
import { ownPath } from '../forms.ts';
import { challengesOf } from './challenges.ts';
import { browserName } from './door.ts';

test('a browser is named as its owner would name it, and no finer', () => {
  const names = [
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Safari/604.1',
      'Safari on iOS',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36',
      'Chrome on Android',
    ],
    ['', 'A browser on some system'],
  ];
  for (const [agent = '', name] of names) expect(browserName(agent)).toBe(name);
});

test('signing in leads on to pages of this archive only', () => {
  expect(ownPath('/works/abc?after=x#c')).toBe('/works/abc?after=x#c');
  for (const bad of [
    '',
    'works',
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/a b',
    '/a\\b',
  ])
    expect([bad, ownPath(bad)]).toEqual([bad, null]);
});

test('a passkey’s question can be answered once, within ten minutes', () => {
  let time = 0;
  const challenges = challengesOf(() => time);
  const [first, second] = [challenges.ask(), challenges.ask()].map((b) =>
    Buffer.from(b).toString('base64url'),
  );
  expect(challenges.take(first ?? '')).toBe(true);
  expect(challenges.take(first ?? '')).toBe(false);
  expect(challenges.take('never asked')).toBe(false);
  time = 11 * 60_000;
  expect(challenges.take(second ?? '')).toBe(false);
});
