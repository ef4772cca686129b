import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { type ParserError, parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import { type CleanHtml, cleanHtml } from '../../html.ts';
import type { Edition } from '../../model/edition.ts';
import { comment } from '../../testing/comments.ts';
import { anyEdition, resource } from '../../testing/editions.ts';
import { png } from '../../testing/images.ts';
import { choice, dividesAfter, edition, passage, story } from '../../testing/stories.ts';
import { writeHtml } from './write.ts';

const options = {
  address: 'https://archive.example/works/x1',
  comments: true,
  stateMadeAt: '2026-11-22T18:00:00Z',
};

function written(given: Edition<CleanHtml>): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(writeHtml(given, options));
}

const pageOf = (given: Edition<CleanHtml>): Document => new JSDOM(written(given)).window.document;
const words = (element: Element | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

describe('whatever the work', () => {
  test('the page has no error a parser would see, no id twice, no link to nowhere', () => {
    fc.assert(
      fc.property(anyEdition, (given) => {
        const text = written(given);
        const errors: string[] = [];
        parse(text, {
          onParseError: (error: ParserError) =>
            errors.push(`${error.code} ${text.split('\n')[error.startLine - 1]}`),
        });
        expect(errors.filter((e) => !e.startsWith('non-void-html-element-start-tag'))).toEqual([]);
        const page = new JSDOM(text).window.document;
        const ids = [...page.querySelectorAll('[id]')].map((e) => e.id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const link of page.querySelectorAll('a[href^="#"]')) {
          expect(ids).toContain((link.getAttribute('href') ?? '').slice(1));
        }
      }),
      { numRuns: 25, endOnFailure: true },
    );
  }, 60_000);

  test('it asks no server for anything and runs nothing', () => {
    fc.assert(
      fc.property(anyEdition, (given) => {
        const page = pageOf(given);
        expect(
          page.querySelectorAll('script, link, iframe, object, embed, form, base, video, audio, source, svg')
            .length,
        ).toBe(0);
        for (const image of page.querySelectorAll('img'))
          expect(image.getAttribute('src')).toMatch(/^data:image\//);
        for (const element of page.querySelectorAll('*')) {
          expect([...element.attributes].filter((a) => /^on|^style$|^srcset$/.test(a.name))).toEqual([]);
        }
        expect(page.querySelector('style')?.textContent).not.toMatch(/url\(|@import/);
      }),
      { numRuns: 15, endOnFailure: true },
    );
  }, 60_000);
});

const picture = resource('image/png', png);
const given = edition(
  'Two Keys',
  story(
    [
      passage('door', 'The door.', { title: 'The door' }),
      {
        ...passage('brass', ''),
        html: cleanHtml(
          `<a href="#n">1</a> <a name="n">note</a> <img src="resource:${picture.sha256}" alt="A key">`,
        ),
        ending: true,
      },
      { ...passage('iron', ''), html: cleanHtml('<a href="#n">1</a> <a name="n">note</a>') },
      passage('end', 'End.', { ending: true }),
    ],
    { choices: [choice('iron', 'end', 'Go in')], variantSets: [dividesAfter('door', 'brass', 'iron')] },
  ),
  {
    resources: [picture],
    comments: [comment('1', null, 'ann', 'B!', { about: { kind: 'branch', place: 'door', sigla: ['B'] } })],
  },
);

test('branches and choices are links to sections of the same page', () => {
  const page = pageOf(given);
  const ways = [...page.querySelectorAll('.fork a, .choices a')].map(
    (a) => `${words(a)} > ${a.getAttribute('href')}`,
  );
  expect(ways).toEqual(['A Ending brass > #p-brass', 'B Ending iron > #p-iron', 'Go in > #p-end']);
});

test('notes of two passages with the same name do not get in each other’s way', () => {
  const page = pageOf(given);
  const targets = [...page.querySelectorAll('.story a[href]')].map((a) =>
    page.getElementById((a.getAttribute('href') ?? '').slice(1)),
  );
  expect(targets.map((t) => t?.closest('.passage')?.id)).toEqual(['p-brass', 'p-iron']);
});

test('images lie in the page; comments stand at its end with the letters of what they are about', () => {
  const page = pageOf(given);
  expect(page.querySelector('.story img')?.getAttribute('src')).toBe(
    `data:image/png;base64,${picture.base64}`,
  );
  expect(words(page.querySelector('#comments .about'))).toBe('on B');
});
