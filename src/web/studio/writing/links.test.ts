import { expect, test } from 'vitest';
import { htmlOfMarkdown } from '../../../writing/markdown.ts';
import { brokenLinks, brokenLinksOf } from './links.ts';

const own = 'https://archive.example/works/abc';
const keys = new Set(['p1', 'p2']);
const broken = (typed: string): readonly string[] => brokenLinks(typed, own, keys).map((link) => link.words);

test.each([
  ['[on](#p2)', ['on']],
  ['She [went](read/p2) and [came](/works/abc/read/p1).', ['went', 'came']],
  [`[on](${own}/read/p9)`, ['on']],
  [`[on](${own}-secret/read/p9?seen=p1)`, ['on']],
  [`[on](${own}/read/p2), [there](${own}), [other](https://archive.example/works/abd/read/p9)`, []],
  ['[mail](mailto:una@quay.example) and [site](HTTPS://quay.example/#p9)', []],
  ['![a lamp](lamp.png) and \\[not\\](a link) and [not this] (either)', []],
])('%s', (typed, words) => {
  expect(broken(typed)).toEqual(words);
});

test('a kept text is held to the same, as far as its links were kept', () => {
  const html = htmlOfMarkdown(
    `[*on*](${own}/read/p9), [back](${own}/read/p1), [away](https://quay.example/)`,
  );
  expect(brokenLinksOf(html, own, keys)).toEqual([
    { words: 'on', why: 'leads to a passage this story does not have' },
  ]);
});
