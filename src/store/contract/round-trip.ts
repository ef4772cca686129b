import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CleanHtml, htmlOfText } from '../../html.ts';
import { type Comment, type CommentAuthor, commentStates } from '../../model/comment.ts';
import type { WrittenDate } from '../../model/date.ts';
import { type Edition, emptyEdition } from '../../model/edition.ts';
import type { Passage, Story } from '../../model/state.ts';
import { countWords } from '../../model/text/words.ts';
import { emptyHeader, type Header, ratings, roles } from '../../model/work.ts';
import { readEdition, saveEdition } from '../editions.ts';
import type { Store } from '../index.ts';
import { listThread } from '../talk/comments.ts';
import { removeWork } from '../works.ts';
import { arrival } from './steps.ts';

/** Whatever an Edition says comes back as it was said, on any engine. */
export function anythingComesBack(opened: () => Store): void {
  it('gives any Edition back as it came, threads depth first', async () => {
    await fc.assert(
      fc.asyncProperty(editions, async (edition) => {
        const store = opened();
        const outcome = await saveEdition(store, edition, [], arrival);
        if (outcome.kind !== 'new') throw new Error(`got ${outcome.kind}`);
        expect(await readEdition(store, outcome.workId, { allStates: true, public: false })).toEqual(edition);
        const thread = await listThread(store, outcome.workId, { all: true, limit: 100 });
        expect(thread.items.map((c) => c.origin)).toEqual(depthFirst(edition.comments));
        expect(await saveEdition(store, edition, [], arrival)).toMatchObject({ kind: 'same' });
        await removeWork(store, outcome.workId, { by: 'test', why: 'next' });
      }),
      { numRuns: 25, seed: 20060528 },
    );
  }, 60_000);
}

function depthFirst(comments: readonly Comment[], parent: string | null = null): string[] {
  return comments.filter((c) => c.parent === parent).flatMap((c) => [c.id, ...depthFirst(comments, c.id)]);
}

// U+0000 and half characters are left out: no engine keeps them in a name (`storable`).
const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }).map((t) => t.replaceAll('\0', ' ')),
  fc.constantFrom(
    '',
    "'; DROP TABLE works;--",
    '<b>"&amp;',
    'ﷺ\u202e\u200b',
    '__proto__',
    'null',
    '%_\\',
    'ÅÅ',
  ),
);
const orNull = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(of, { nil: null });
const htmls: fc.Arbitrary<CleanHtml> = texts.map(htmlOfText);
const dates: fc.Arbitrary<WrittenDate> = fc.record({
  written: orNull(texts),
  local: orNull(fc.constantFrom('2006', '2006-05-28', '2006-05-28T12:47')),
  instant: orNull(fc.constantFrom('2006-05-28T19:48:00Z')),
  zone: orNull(texts),
  precision: fc.constantFrom('year', 'day', 'minute'),
});
const headers: fc.Arbitrary<Header<CleanHtml>> = fc
  .record({
    title: orNull(texts),
    creators: fc.array(fc.record({ name: texts, role: fc.constantFrom(...roles), site: orNull(texts) }), {
      maxLength: 4,
    }),
    fandoms: fc.array(texts, { maxLength: 4 }),
    freeforms: fc.array(texts, { maxLength: 4 }),
    rating: orNull(fc.constantFrom(...ratings)),
    summary: orNull(htmls),
    posted: orNull(dates),
  })
  .map((some) => ({ ...emptyHeader, ...some }));
const stories: fc.Arbitrary<Story<CleanHtml>> = fc
  .array(fc.record({ title: orNull(texts), words: texts, ending: fc.boolean(), tags: fc.array(texts) }), {
    minLength: 4,
    maxLength: 8,
  })
  .map((parts) => ({
    passages: parts.map(
      ({ title, words, ending, tags }, i): Passage<CleanHtml> => ({
        key: `p${i + 1}`,
        title,
        html: htmlOfText(`${words} ${i}`),
        words: countWords(words),
        ending,
        tags,
        sets: [],
        unsets: [],
      }),
    ),
    choices: [{ from: 'p3', to: 'p4', label: parts[0]?.words ?? '', showIf: [] }],
    variantSets: [
      {
        place: 'p1',
        branches: [
          { siglum: 'A', label: parts[1]?.words ?? '', head: 'p2' },
          { siglum: 'B', label: '', head: 'p3' },
        ],
      },
    ],
  }));
const authors: fc.Arbitrary<CommentAuthor | null> = orNull(
  fc.oneof(
    fc.record({
      kind: fc.constant('imported' as const),
      name: texts,
      site: orNull(texts.filter((t) => t !== '')),
    }),
    fc.record({ kind: fc.constant('guest' as const), name: texts }),
    fc.record({ kind: fc.constant('pseud' as const), id: texts, name: texts }),
    fc.constant({ kind: 'anonymous' } as const),
  ),
);
const threads: fc.Arbitrary<Comment<CleanHtml>[]> = fc
  .array(
    fc.record({
      above: orNull(fc.nat({ max: 30 })),
      author: authors,
      posted: orNull(dates),
      edited: orNull(dates),
      subject: orNull(texts),
      html: htmls,
      state: fc.constantFrom(...commentStates),
      icon: orNull(texts),
      importedFrom: orNull(texts),
    }),
    { maxLength: 30 },
  )
  .chain((parts) => {
    const comments = parts.map(({ above, ...c }, i): Comment<CleanHtml> => {
      const parent = above === null || i === 0 ? null : `c${above % i}`;
      return { id: `c${i}`, parent, ...c, about: { kind: 'work' }, source: null };
    });
    return fc.shuffledSubarray(comments, { minLength: comments.length });
  });
const editions: fc.Arbitrary<Edition<CleanHtml>> = fc
  .record({
    work: headers,
    story: stories,
    comments: threads,
    earlier: fc.array(fc.tuple(headers, stories), { maxLength: 2 }),
  })
  .map(({ work, story, comments, earlier }) => ({
    ...emptyEdition,
    work,
    ...story,
    comments,
    states: earlier.map(([header, before], i) => {
      return { number: i + 1, madeAt: `200${i}-01-01T00:00:00Z`, why: 'edited', work: header, ...before };
    }),
  }));
