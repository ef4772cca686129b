import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { type CleanHtml, cleanHtml } from '../../html.ts';
import type { Edition } from '../../model/edition.ts';
import { comment } from '../../testing/comments.ts';
import { anyEdition, resource } from '../../testing/editions.ts';
import { png } from '../../testing/images.ts';
import { choice, dividesAfter, edition, passage, story } from '../../testing/stories.ts';
import { writeEpub } from './write.ts';

const options = {
  address: 'https://archive.example/works/x1',
  comments: true,
  stateMadeAt: '2026-11-22T18:00:00.123Z',
};
const { window } = new JSDOM('');
const xml = new window.DOMParser();

/** The documents of a book, by path; each must be well-formed. */
function documentsOf(
  given: Edition<CleanHtml>,
  more: Partial<typeof options> = {},
): ReadonlyMap<string, Document> {
  const files = Object.entries(unzipSync(writeEpub(given, { ...options, ...more })));
  return new Map(
    files
      .filter(([path]) => /\.(xhtml|opf|svg|xml)$/.test(path))
      .map(([path, bytes]) => {
        const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        return [path.replace('EPUB/', ''), xml.parseFromString(text, 'application/xml')];
      }),
  );
}

const words = (element: Element | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const linksIn = (document: Document | undefined, selector: string): string[] =>
  [...(document?.querySelectorAll(`${selector} a`) ?? [])].map(
    (a) => `${words(a)} > ${a.getAttribute('href')}`,
  );

const forked = edition(
  'Two Keys',
  story(
    [
      passage('door', 'The door had two locks.', { title: 'The door' }),
      passage('brass', 'Brass.', { title: 'Brass' }),
      passage('feast', 'They ate.', { ending: true }),
      passage('iron', 'Iron.', { ending: true }),
    ],
    { variantSets: [dividesAfter('door', 'brass', 'iron')] },
  ),
);

describe('whatever the work', () => {
  test('every file is well-formed, every id stands once, every link leads to something', () => {
    fc.assert(
      fc.property(anyEdition, (given) => {
        const documents = documentsOf(given);
        for (const [path, document] of documents) {
          const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
          expect(new Set(ids).size, path).toBe(ids.length);
          for (const link of document.querySelectorAll('a[href]')) {
            const [file = '', fragment] = (link.getAttribute('href') ?? '').split('#');
            if (/^[a-z]+:/.test(file)) continue;
            const target = documents.get(file === '' ? path : file);
            expect(target, `${path}: ${file}`).toBeDefined();
            if (fragment !== undefined)
              expect(target?.getElementById(fragment), `${path}: #${fragment}`).not.toBeNull();
            expect(words(link).length + link.querySelectorAll('img').length).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 15, endOnFailure: true },
    );
  }, 60_000);

  test('every passage is there with its words', () => {
    fc.assert(
      fc.property(anyEdition, (given) => {
        const documents = documentsOf(given);
        for (const { key, html } of given.passages) {
          const shown = words(documents.get(`p-${key}.xhtml`)?.querySelector('.story'));
          const meant = words(new window.DOMParser().parseFromString(html, 'text/html').body);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML cannot hold
          const plain = meant.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '');
          expect(shown).toBe(plain.replace(/\s+/g, ' ').trim());
        }
      }),
      { numRuns: 15, endOnFailure: true },
    );
  }, 60_000);
});

describe('a story that divides', () => {
  const documents = documentsOf(forked);

  test('offers its branches at the fork, with letters and labels', () => {
    expect(linksIn(documents.get('p-door.xhtml'), '.fork')).toEqual([
      'A Brass > p-brass.xhtml',
      'B Ending iron > p-iron.xhtml',
    ]);
  });

  test('leads back from each branch to where it divides', () => {
    for (const key of ['brass', 'iron']) {
      expect(linksIn(documents.get(`p-${key}.xhtml`), '.back')).toContain(
        'Back to where the story divides > p-door.xhtml#fork-door',
      );
    }
  });

  test('shows after an ending the others', () => {
    expect(linksIn(documents.get('p-iron.xhtml'), '.endings')).toEqual(['A Brass > p-brass.xhtml']);
    expect(linksIn(documents.get('p-feast.xhtml'), '.endings')).toEqual([
      'B Ending iron > p-iron.xhtml',
      'Back to the choice after The door > p-door.xhtml#fork-door',
    ]);
  });

  test('has its letters in the contents, the branches under the fork', () => {
    const nav = documents.get('nav.xhtml');
    expect(linksIn(nav, 'li li')).toEqual([
      'A Brass > p-brass.xhtml',
      'An ending > p-feast.xhtml',
      'B Ending iron > p-iron.xhtml',
    ]);
  });
});

test('choices stand as links with their labels, conditions beside them', () => {
  const given = edition(
    'T',
    story([passage('a', 'A.'), passage('b', 'B.', { title: 'Below' })], {
      choices: [
        choice('a', 'b', 'Go down', [{ kind: 'flag', flag: 'lamp', holds: true }]),
        choice('a', 'b', ''),
      ],
    }),
  );
  const document = documentsOf(given).get('p-a.xhtml');
  expect(linksIn(document, '.choices')).toEqual(['Go down > p-b.xhtml', 'Below > p-b.xhtml']);
  expect(words(document?.querySelector('.condition'))).toBe('(if “lamp” is so)');
});

test('rating and warnings stand before everything else, answered or not', () => {
  const first = words(documentsOf(forked).get('front.xhtml')?.querySelector('section > *'));
  expect(first).toBe('No rating given · No answer to the archive warnings');
});

describe('comments', () => {
  const comments = [
    comment('1', null, 'ann', 'First!'),
    comment('2', '1', 'bob', 'Second.'),
    comment('3', null, 'eve', 'Secret.', { state: 'screened', subject: 'A secret' }),
    comment('4', '3', 'ann', 'Gone.', { state: 'deleted' }),
  ];

  test('come along with names, times and whom they answer', () => {
    const appendix = documentsOf({ ...forked, comments }).get('comments-1.xhtml');
    expect(words(appendix?.getElementById('c-2'))).toMatch(
      /^bob livejournal\.com 29 May 2006, 10:02 UTC answers ann Second\.$/,
    );
  });

  test('that are not public say no word, no name and no subject', () => {
    const text = words(documentsOf({ ...forked, comments }).get('comments-1.xhtml')?.documentElement);
    expect(text).not.toMatch(/Secret|secret|eve|Gone/);
    expect(text).toMatch(/screened.*deleted/);
  });

  test('stay behind when they are not asked for', () => {
    expect(
      [...documentsOf({ ...forked, comments }, { comments: false }).keys()].filter((p) =>
        p.startsWith('comments'),
      ),
    ).toEqual([]);
  });
});

describe('images', () => {
  const picture = resource('image/png', png);
  const html = cleanHtml(
    `<img src="resource:${picture.sha256}" alt="A lamp"><img src="resource:${'0'.repeat(64)}" alt="lost">`,
  );
  const given = { ...edition('T', story([{ ...passage('a', ''), html }])), resources: [picture] };

  test('come along; one that is not there leaves its words', () => {
    const document = documentsOf(given).get('p-a.xhtml');
    expect(document?.querySelector('img')?.getAttribute('src')).toBe(`images/${picture.sha256}.png`);
    expect(words(document?.querySelector('.story'))).toBe('lost');
  });

  test('are in the metadata what they are to those who do not see them', () => {
    const access = (e: Edition<CleanHtml>): string[] =>
      [...(documentsOf(e).get('package.opf')?.querySelectorAll('meta[property^="schema:"]') ?? [])].map(
        (m) => `${m.getAttribute('property')} ${m.textContent}`,
      );
    expect(access(given)).toContain('schema:accessModeSufficient textual');
    expect(access(given)).toContain('schema:accessibilityHazard unknown');
    const bare = cleanHtml(`<img src="resource:${picture.sha256}" alt="">`);
    expect(access({ ...given, passages: [{ ...passage('a', ''), html: bare }] })).not.toContain(
      'schema:accessModeSufficient textual',
    );
    expect(access(forked)).toContain('schema:accessibilityHazard none');
  });
});

describe('the package', () => {
  const meta = (e: Edition<CleanHtml>, more: Partial<typeof options> = {}): Document => {
    const found = documentsOf(e, more).get('package.opf');
    if (found === undefined) throw new Error('no package');
    return found;
  };

  test('is dated by the state, never by the clock', () => {
    expect(words(meta(forked).querySelector('meta[property="dcterms:modified"]'))).toBe(
      '2026-11-22T18:00:00Z',
    );
    expect(writeEpub(forked, options)).toEqual(writeEpub(forked, options));
  });

  test('has an identifier that stays when the story changes and differs where the source does', () => {
    const id = (e: Edition<CleanHtml>): string => words(meta(e).getElementById('id'));
    const source = {
      sha256: 'a'.repeat(64),
      name: 'x',
      size: 1,
      importer: 'y',
      importerVersion: 1,
      address: null,
      savedAt: null,
      charset: 'UTF-8',
      origin: null,
    };
    const sourced = { ...forked, sources: [source] };
    expect(id(sourced)).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(id({ ...sourced, passages: [passage('door', 'Changed.')], variantSets: [] })).toBe(id(sourced));
    expect(id({ ...forked, sources: [{ ...source, sha256: 'b'.repeat(64) }] })).not.toBe(id(sourced));
  });

  test('names a language only where it is one, and reads from right to left where its script does', () => {
    const work = (language: string) => ({ ...forked, work: { ...forked.work, language } });
    const language = (e: Edition<CleanHtml>): string => words(meta(e).querySelector('language'));
    expect([language(forked), language(work('de-ch')), language(work('no such'))]).toEqual([
      'und',
      'de-CH',
      'und',
    ]);
    expect(meta(work('fa')).querySelector('spine')?.getAttribute('page-progression-direction')).toBe('rtl');
    expect(meta(work('en')).querySelector('spine')?.hasAttribute('page-progression-direction')).toBe(false);
  });
});
