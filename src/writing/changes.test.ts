import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOf, type CleanHtml, cleanHtml, textOfHtml } from '../html.ts';
import { anyHtml } from '../testing/editions.ts';
import { changesBetween, makeChanges } from './changes.ts';
import { plainWords } from './marked.ts';

const text = (html: string): CleanHtml => cleanHtml(html);
const shown = (before: string, after: string): string[] =>
  changesBetween(text(before), text(after)).map((c) => `${c.anchor.quote} → ${c.reading}`);

describe('the plain words of a text', () => {
  it('are its words, with lines and blocks apart', () => {
    expect(
      plainWords(text('<p>Tom &amp; <em>Ida</em><br>said “2 &lt; 3”.</p><hr><ul><li>a</li><li>b</li></ul>')),
    ).toBe('Tom & Ida\nsaid “2 < 3”.\na\nb');
    expect(plainWords(text(''))).toBe('');
  });

  it('are those that a reader is given', () => {
    const folded = (words: string): string => words.replace(/[\s\u2029]+/g, '');
    fc.assert(
      fc.property(anyHtml, (html) => {
        expect(folded(plainWords(html))).toBe(folded(textOfHtml(html)));
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});

describe('the changes between two texts', () => {
  it('are phrases, not words', () => {
    const before = '<p>He drew breath slowly, and it hurt him, as the first breath always did.</p>';
    const after = '<p>He drew breath slowly, and it hurt, as a first deep breath always does.</p>';
    expect(shown(before, after)).toEqual(['hurt him, as the first → hurt, as a first deep', 'did → does']);
  });

  it('take in a word where only something is put in', () => {
    expect(shown('<p>She waited on the quay.</p>', '<p>She waited alone on the quay.</p>')).toEqual([
      'waited → waited alone',
    ]);
    expect(shown('<p>It was very late.</p>', '<p>It was late!</p>')).toEqual(['was very late. → was late!']);
    expect(shown('<p>One.</p>', '<p>One.</p><p>Two.</p>')).toEqual(['One. → One.\nTwo.']);
    expect(shown('<p>Two.</p>', '<p>One.</p><p>Two.</p>')).toEqual(['Two → One.\nTwo']);
    expect(shown('', '<p>First words.</p>')).toEqual([' → First words.']);
    expect(shown('<p>Last words.</p>', '')).toEqual(['Last words. → ']);
  });

  it('are whole where words are set apart, so that each can be made alone', () => {
    const before = text('<p>The old lamp on the quay was out. Nobody lit it that night.</p>');
    const after = text('<p>The <em>old lamp on the quay was</em> out.</p><p>Nobody lit it tonight.</p>');
    const changes = changesBetween(before, after);
    for (const change of changes) {
      const { html } = makeChanges(before, [change]);
      expect(html).not.toBe(before);
      expect(cleanHtml(html)).toBe(html);
    }
    expect(makeChanges(before, changes).html).toBe(after);
  });

  it('see quotes, capitals and spaces', () => {
    expect(shown('<p>"Don\'t," she said</p>', '<p>“Don’t,” she said.</p>').length).toBeGreaterThan(0);
    expect(shown('<p>the lamp</p>', '<p>The lamp</p>')).toEqual(['the → The']);
  });
});

describe('making changes in a text that was edited meanwhile', () => {
  const before = text('<p>The lamp was out. She waited on the quay.</p><p>Nobody came, nobody at all.</p>');
  const after = text(
    '<p>The lamp was out. She waited alone on the quay.</p><p>Nobody came, no one at all.</p>',
  );
  const changes = changesBetween(before, after);

  it('makes them in what stands now', () => {
    const now = text(
      '<p><em>The old lamp</em> was out, and cold. She waited on the long quay.</p><p>Nobody came, nobody at all. Dawn.</p>',
    );
    expect(makeChanges(now, changes).html).toBe(
      '<p><em>The old lamp</em> was out, and cold. She waited alone on the long quay.</p>\n<p>Nobody came, no one at all. Dawn.</p>',
    );
  });

  it('leaves alone what it is no longer about', () => {
    const now = text('<p>The lamp was out. She stood on the quay.</p><p>Nobody came, nobody at all.</p>');
    const { html, made } = makeChanges(now, changes);
    expect(made).toEqual([changes[1]]);
    expect(html).toContain('She stood on the quay');
    const marked = text(before.replace('waited', '<b>waited</b>'));
    expect(makeChanges(text('<p>Other words.</p>'), changes).made).toEqual([]);
    expect(makeChanges(marked, changes).html).toContain('<b>waited alone</b>');
  });

  it('puts no paragraph where none may stand', () => {
    const parted = changesBetween(text('<p>One lamp. Two.</p>'), text('<p>One lamp.</p><p>Two.</p>'));
    expect(makeChanges(text('<h2>One lamp. Two.</h2>'), parted).made).toEqual([]);
  });

  it('makes the first of two that are about the same words', () => {
    const other = changesBetween(before, text(before.replace('waited', 'slept')));
    const { html, made } = makeChanges(before, [...other, ...changes]);
    expect(made).toEqual([...other, changes[1]]);
    expect(html).toContain('She slept on the quay');
    expect(html).toContain('no one at all');
  });
});

const word = fc
  .tuple(
    fc.constantFrom('la', 'ro', 'mi', 'ste', 'qua', 'fo', 'the', 'ka', 'bru', 'ne'),
    fc.constantFrom('mp', 'nd', 'st', 'r', 'll', 'g', 'ck', 'th', 'v', 's'),
    fc.constantFrom('', 'e', 'ing', ',', '.', ' &amp;'),
  )
  .map((parts) => parts.join(''));
const phrase = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
const inline = fc.oneof(
  { weight: 4, arbitrary: phrase },
  fc
    .tuple(fc.constantFrom('em', 'strong', 'i', 'span lang="fr"'), phrase)
    .map(([tag, words]) => `<${tag}>${words}</${tag.split(' ')[0]}>`),
  fc.constant('<br>'),
);
const block = fc
  .tuple(
    fc.constantFrom('p', 'p', 'p', 'h2', 'blockquote', 'p class="right"'),
    fc.array(inline, { minLength: 1, maxLength: 6 }),
  )
  .map(([tag, parts]) => `<${tag}>${parts.join(' ')}</${tag.split(' ')[0]}>`);
const anyPassage = fc.array(block, { maxLength: 4 }).map((blocks) => text(blocks.join('')));

/** A text and what someone made of it: words and marks put in, taken out and turned, here and there. */
const edited = fc
  .tuple(
    anyPassage,
    fc.array(fc.tuple(fc.nat(400), fc.nat(3), fc.constantFrom('', 'kelp ', '<em>kelp</em> ', 'kelp, ')), {
      maxLength: 6,
    }),
  )
  .map(([before, edits]) => {
    let parts = blocksOf(before).length === 0 ? [] : before.split(' ');
    for (const [at, gone, put] of edits) {
      const from = parts.length === 0 ? 0 : at % parts.length;
      parts = [...parts.slice(0, from), ...(put === '' ? [] : [put.trim()]), ...parts.slice(from + gone)];
    }
    return [before, text(parts.join(' '))] as const;
  });
const pair = fc.oneof(
  { weight: 3, arbitrary: edited },
  fc.tuple(anyPassage, anyPassage),
  fc.tuple(anyHtml, anyHtml),
);

describe('any two texts', () => {
  it('become one another when all changes are made', () => {
    fc.assert(
      fc.property(pair, ([before, after]) => {
        const changes = changesBetween(before, after);
        const { html, made } = makeChanges(before, changes);
        expect(html).toBe(after);
        expect(made).toEqual(changes);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('come to the same, whole, by the same changes in whatever order', () => {
    fc.assert(
      fc.property(
        edited,
        fc.array(fc.nat(1000), { minLength: 30, maxLength: 30 }),
        ([before, after], dice) => {
          const chosen = changesBetween(before, after).filter((_, i) => (dice[i] ?? 0) % 3 > 0);
          const { html } = makeChanges(before, chosen);
          expect(cleanHtml(html)).toBe(html);
          let oneByOne = before;
          const order = chosen
            .map((change, i) => ({ change, key: dice[i + 15] ?? 0 }))
            .sort((a, b) => a.key - b.key);
          for (const { change } of order) {
            const next = makeChanges(oneByOne, [change]);
            // Where it stands may have become like another place; it is left undone then, never made elsewhere.
            if (next.made.length === 0) return;
            oneByOne = next.html;
          }
          expect(oneByOne).toBe(html);
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);
});

it('finds and makes a thousand changes in a text as long as three books in a moment', () => {
  const at = (i: number): string =>
    `<p>Line ${i}: the keeper lit the lamp ${i % 7} and went down to the <em>boats</em>.</p>`;
  const lines = Array.from({ length: 20_000 }, (_, i) => at(i));
  const before = text(lines.join('\n'));
  const changes = Array.from({ length: 1_000 }, (_, i) => {
    const quote = `keeper lit the lamp ${(20 * i) % 7}`;
    const words = plainWords(text(at(20 * i)));
    const position = 20 * i * words.length;
    const [prefix, suffix] = words.split(quote) as [string, string];
    return {
      anchor: { quote, prefix, suffix, position, once: false },
      old: quote,
      new: 'keeper let it be dark',
    };
  });
  const edited = text(`<p>A first line that was put in since.</p>\n${before}`);
  const began = process.cpuUsage();
  const { html, made } = makeChanges(edited, changes);
  expect(made.length).toBe(1_000);
  expect(html.match(/let it be dark/g)?.length).toBe(1_000);
  expect(html).toContain('<p>Line 19980: the keeper let it be dark and went down to the <em>boats</em>.</p>');
  // Reading the text through, or moving it, once for each would take ten seconds.
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(4_000);
});
