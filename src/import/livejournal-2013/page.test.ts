import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Unreadable } from '../../errors.ts';
import { sharedPath } from '../../testing/shared.ts';
import { openPage } from '../journal/open.testing.ts';
import { savedAs, told } from '../journal/saved-as.testing.ts';
import { sampleEntry } from '../journal/thread.testing.ts';
import { findRemainder } from '../remainder.ts';
import { livejournal2013Importer } from './index.ts';
import { isPageOf2013, parse2013 } from './page.ts';
import { render2013 } from './render.testing.ts';

const entry = sampleEntry(11, { comments: 30 });
const html = render2013(entry);

describe.each(savedAs)('a page saved by %s', (_, save) => {
  test('says the same as it did', () => {
    const file = openPage(save(html));
    expect(isPageOf2013(file.text)).toBe(true);
    expect(told(parse2013(file))).toEqual(told(parse2013(openPage(html))));
    expect(findRemainder(file, livejournal2013Importer.read(file, []))).toEqual([]);
  });
});

const sample = sharedPath('samples/livejournal-html/modern_comments_html.html');

test.skipIf(sample === undefined)(
  'a saved thread without its entry keeps its comments (skipped without the samples)',
  () => {
    const file = openPage(readFileSync(sample ?? '', 'utf8'));
    const reading = livejournal2013Importer.read(file, []);
    const [edition] = reading.editions;
    expect(edition?.work.title).toBeNull();
    expect(edition?.passages).toEqual([]);
    expect(edition?.comments.map((c) => [c.id, c.parent, c.author, c.posted?.instant])).toEqual([
      ['100', null, { kind: 'imported', name: 'testuser', site: 'livejournal.com' }, '2004-01-01T09:57:17Z'],
      [
        '200',
        '100',
        { kind: 'imported', name: 'replyuser', site: 'livejournal.com' },
        '2004-01-01T10:30:00Z',
      ],
      ['300', null, { kind: 'anonymous' }, '2004-01-02T12:00:00Z'],
    ]);
    expect(edition?.sources[0]?.origin).toBe('livejournal.com/author/12345');
    expect(edition?.remarks.map((r) => r.message)).toContain(
      'The entry is not in this file: only its comments are.',
    );
    expect(findRemainder(file, reading)).toEqual([]);
  },
);

test('comments that a script was to fetch are said to be lost', () => {
  const bare = html.replace(
    /<div class=" b-tree b-tree-root">[\s\S]*?<\/div><\/div><\/div>\s*<footer/,
    '<div class=" b-tree b-tree-root"></div></div></div><footer',
  );
  const [read] = parse2013(openPage(bare)).entries;
  expect(read?.comments).toEqual([]);
  expect(read?.remarks?.map((r) => [r.certainty, r.message])).toEqual([
    ['lost', 'The page speaks of 30 comments, but none was saved with it.'],
  ]);
});

test('depth is the margin where no class tells it', () => {
  const unnumbered = parse2013(openPage(html.replace(/b-tree-twig-\d+/g, '')));
  const shallow = entry.comments.filter((c) => c.depth < 20).map((c) => c.depth);
  expect(unnumbered.entries[0]?.comments.map((c) => c.depth)).toEqual(shallow);
});

test('a time of another zone keeps its words beside the moment the page notes', () => {
  const [edition] = livejournal2013Importer.read(
    openPage(html.replaceAll(' UTC</span></a>', '</span></a>')),
    [],
  ).editions;
  const whole = entry.comments.findIndex((c) => !c.stub);
  expect(edition?.comments[whole]?.posted?.written).not.toMatch(/UTC/);
  expect(edition?.comments[whole]?.posted?.instant).toBe(entry.comments[whole]?.instant);
});

test('a page that only speaks of leaves is refused', () => {
  expect(() => parse2013(openPage('<p class="b-leaf-article">Nothing here</p>'))).toThrow(Unreadable);
});

test('a page without an entry or comments is refused with what it says', () => {
  const page = openPage(
    `<title>404 Not Found</title><h1>Page not found</h1><div id="comments" class="b-grove"><div class="b-tree b-tree-root"></div></div>`,
  );
  expect(() => parse2013(page)).toThrow(/the page was not found/);
});
