import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CleanHtml, cleanHtml, documentText, textOfHtml } from '../../html.ts';
import { markdownImporter } from '../../import/markdown/index.ts';
import { openFile } from '../../import/open.ts';
import type { Edition } from '../../model/edition.ts';
import type { Choice, Passage } from '../../model/state.ts';
import { anyStory } from '../../testing/editions.ts';
import { choice, dividesAfter, edition, passage, story } from '../../testing/stories.ts';
import { writeMarkdown } from './write.ts';

function written(given: Edition<CleanHtml>): string {
  return new TextDecoder().decode(writeMarkdown(given));
}

function again(given: Edition<CleanHtml>): Edition<CleanHtml> {
  const bytes = writeMarkdown(given);
  const [back] = markdownImporter.read(openFile({ path: 'a.md', bytes }), []).editions;
  if (back === undefined) throw new Error('nothing came back');
  return back;
}

/** All conditions must hold: their order says nothing. */
function sorted(way: Choice): unknown {
  return { ...way, showIf: way.showIf.map((c) => JSON.stringify(Object.entries(c).sort())).sort() };
}

/** The text with its spacing folded, without the characters no document can hold. */
function words(text: string): string {
  return documentText(text).replace(/\s+/g, ' ').trim();
}

const kept: readonly CleanHtml[] = [
  '<p>One <em>two</em> <strong>three</strong>.</p>',
  '<p>A line<br/>and another</p>\n<p>* * *</p>',
  '<h2>A {#heading} {.ending}</h2>\n<p># no heading {#x}</p>',
  '<p>- no list</p>\n<ul><li>a list</li></ul>',
  '<p class="right">set right</p>',
  '<p><span lang="de">ja</span> <u>u</u></p>',
  '<pre>a\n\n  # b {#c}\n</pre>',
  '<pre><code>a\n\n## b {#c}\n</code></pre>',
  '<blockquote><p>q</p></blockquote>',
  '<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
  '<p>1 &lt; 2 &amp;amp; [x](y) `z` *w* <a href="https://a.example/" rel="nofollow ugc noopener">_link_</a></p>',
  '<ul><li><a href="https://a.example/" rel="nofollow ugc noopener">only</a></li></ul>',
  '<p>~~not struck~~ | no | table |</p>',
  '<p>---</p>\n<p>title: no</p>\n<p>---</p>',
  '<h3>Deeper {x}</h3>\n<hr/>\n<p>after</p>',
].map((html) => cleanHtml(html));

test.each(kept)('%s comes back as it was', (html) => {
  const given = edition(
    'T',
    story([
      { ...passage('a', ''), html, ending: true },
      { ...passage('b', ''), html },
    ]),
  );
  expect(again(given).passages.map((p) => p.html)).toEqual([html, html]);
});

const tricky = [
  '',
  'plain',
  'A {#b .ending}',
  '# x',
  '"q" & <b>',
  '{',
  '}',
  '[x](#y)',
  '*e*',
  '1. x',
  '\\',
  'é 日本',
  'visited',
  'a b',
];
const anyName = fc.constantFrom(...tricky);

test('stories come back with their passages, choices, conditions, variant sets and flags, however they are called', () => {
  const renamed = fc
    .tuple(anyStory, fc.infiniteStream(anyName), fc.infiniteStream(fc.constantFrom(...kept)))
    .map(([s, names, texts]) => {
      const name = (): string => names.next().value ?? '';
      const flag = (): string => name() || 'flag';
      const passages = s.passages.map((p): Passage<CleanHtml> => {
        const html = texts.next().value;
        return {
          ...passage(p.key, ''),
          html,
          title: name() || null,
          ending: p.ending,
          tags: p.tags.map(flag),
          sets: p.sets.map(flag),
          unsets: p.unsets.map(flag),
        };
      });
      return story(passages.with(-1, { ...(passages.at(-1) ?? passage('x', '')), ending: true }), {
        choices: s.choices.map((c) => ({
          ...c,
          label: name(),
          showIf: c.showIf.map((i) => (i.kind === 'flag' ? { ...i, flag: flag() } : i)),
        })),
        variantSets: s.variantSets.map((set) => ({
          ...set,
          branches: set.branches.map((b) => ({ ...b, label: name() })),
        })),
      });
    });
  fc.assert(
    fc.property(renamed, (given) => {
      const back = again(edition('T', given));
      const order = (key: string): number => given.passages.findIndex((p) => p.key === key);
      expect(back.passages.map(({ words: _, ...p }) => p)).toEqual(
        given.passages.map(({ words: _, ...p }) => p),
      );
      expect(back.choices.map(sorted)).toEqual(
        given.choices.toSorted((a, b) => order(a.from) - order(b.from)).map(sorted),
      );
      expect(back.variantSets).toEqual(given.variantSets);
    }),
    { numRuns: 80, endOnFailure: true },
  );
});

test('any text, hostile or not, comes back with its words', () => {
  fc.assert(
    fc.property(anyStory, ({ passages }) => {
      const given = story(passages.map((p, i) => ({ ...passage(`p${i}`, ''), html: p.html })));
      const back = again(edition('T', given));
      expect(back.passages.map((p) => words(textOfHtml(p.html)))).toEqual(
        given.passages.map((p) => words(textOfHtml(p.html))),
      );
    }),
    { numRuns: 80, endOnFailure: true },
  );
});

test('the header comes back', () => {
  const { work } = edition('T', story([]));
  const header = {
    ...work,
    title: 'Two Keys: a story',
    creators: [
      { name: 'marrow_hill', role: 'author' as const, site: 'livejournal.com' },
      { name: 'yes', role: 'beta' as const, site: null },
      { name: 'Jude', role: 'beta' as const, site: null },
    ],
    fandoms: ['Bluebeard (Fairy Tale)', 'A/B, C'],
    relationships: ['X/Y'],
    characters: ['~'],
    freeforms: ['#tag', 'null'],
    rating: 'Mature' as const,
    warnings: ['Graphic Depictions Of Violence' as const, 'Major Character Death' as const],
    categories: ['Gen' as const],
    language: 'de-CH',
    summary: cleanHtml('<p>Two <em>keys</em>.</p><p>One: door</p>'),
    notes: cleanHtml('<p>---</p>'),
    endnotes: cleanHtml('<p class="right">Thank you.</p>'),
    disclaimer: cleanHtml('<p>Perrault’s.</p>'),
    series: { name: 'Doors', part: 2, of: null },
    posted: {
      written: '28th-May-2006 12:47 pm',
      local: '2006-05-28T12:47',
      instant: null,
      zone: null,
      precision: 'minute' as const,
    },
    revised: { written: null, local: '2006', instant: null, zone: null, precision: 'year' as const },
    complete: false,
    asWritten: [
      { label: 'Beta', value: 'yes: and Jude' },
      { label: '', value: '- x' },
    ],
  };
  const given = { ...edition('T', story([passage('p1', 'Words.')])), work: header };
  expect(again(given).work).toEqual(header);
  expect(again(edition('T', story([passage('p1', 'Words.')]))).work).toEqual(work);
});

test('what is written reads as a person would write it', () => {
  const given = edition(
    'The Lamp',
    story(
      [
        passage('stairs', 'The lamp had gone out.', { title: 'The stairs', sets: ['seen'] }),
        passage('quay', 'The ferry came in.', { title: 'The quay' }),
        passage('a', '“You took your time.”', { ending: true }),
        passage('b', 'It had known.', { ending: true, title: 'Known' }),
      ],
      {
        choices: [
          choice('stairs', 'quay', 'Go down', [
            { kind: 'flag', flag: 'oil', holds: false },
            { kind: 'visited', passage: 'a', holds: true },
          ]),
        ],
        variantSets: [dividesAfter('quay', 'a', 'b')],
      },
    ),
  );
  expect(written(given)).toBe(`---
title: The Lamp
as-written: []
---

## The stairs {#stairs set=seen}

The lamp had gone out.

+ [Go down](#quay){unless=oil if=visited:a}

## The quay {#quay}

The ferry came in.

## Ending a {#a .variant of=quay .ending}

“You took your time.”

## Ending b {#b .variant of=quay .ending title="Known"}

It had known.
`);
});
