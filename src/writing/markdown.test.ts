import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CleanHtml, cleanHtml, textOfHtml } from '../html.ts';
import { anyHtml } from '../testing/editions.ts';
import { htmlOfMarkdown, markdownToEdit } from './markdown.ts';

const resource = `resource:${'0a'.repeat(32)}`;
const link = 'rel="nofollow ugc noopener"';

describe('a passage to be typed in', () => {
  const plain: readonly (readonly [string, string])[] = [
    ['<p>One <em>two</em> <strong>three</strong>.</p>', 'One *two* **three**.\n'],
    ['<p>A rose<br/>is a rose</p>', 'A rose\\\nis a rose\n'],
    ['<p>One.</p><hr/><p>Two.</p>', 'One.\n\n***\n\nTwo.\n'],
    ['<h2>The stairs</h2><p>Up.</p>', '## The stairs\n\nUp.\n'],
    ['<blockquote><p>Said he.</p></blockquote>', '> Said he.\n'],
    ['<ul><li>a</li><li>b</li></ul>', '- a\n- b\n'],
    [`<p><a href="https://a.example/" ${link}>there</a></p>`, '[there](https://a.example/)\n'],
    [`<p><img src="${resource}" alt="A [small] lamp"/></p>`, `![A \\[small\\] lamp](${resource})\n`],
    ['<p>She <i>ran</i> <span lang="fr">vite</span>.</p>', 'She <i>ran</i> <span lang="fr">vite</span>.\n'],
    ['<p><i>Ran</i> she?</p>', '<i>Ran</i> she?\n'],
    ['<ul><li>a</li></ul><ul><li>b</li></ul>', '- a\n\n<ul><li>b</li></ul>\n'],
    ['<p class="right">Yours</p>', '<p class="right">Yours</p>\n'],
    ['<p dir="rtl">שלום</p>', '<p dir="rtl">שלום</p>\n'],
    ['', ''],
  ];
  it.each(plain)('writes %s as plainly as it can be read again', (html, markdown) => {
    expect(markdownToEdit(cleanHtml(html))).toBe(markdown);
    expect(htmlOfMarkdown(markdown)).toBe(cleanHtml(html));
  });

  it.each([
    'A lamp[^1].\n\n[^1]: Lit *twice*.\n',
    'One[^a] *two*[^b].\n\n***\n\nThree.\n\n[^a]: A.\n\n[^b]: B <i>b</i>.\n',
    '- oil[^1]\n- wick\n\n[^1]: Of whales.\n',
  ])('gives notes back as they were typed: %s', (markdown) => {
    const html = htmlOfMarkdown(markdown);
    expect(html).toContain('<li id="t-fn-');
    expect(markdownToEdit(html)).toBe(markdown);
  });

  it('keeps notes, apart from where they are called', () => {
    const typed = htmlOfMarkdown('Words[^1] here.\n\n[^1]: A note.\n');
    expect(typed).toContain('A note.');
    expect(htmlOfMarkdown(markdownToEdit(typed))).toBe(typed);
  });

  it('cleans what is typed', () => {
    expect(htmlOfMarkdown('<script>alert(1)</script>\n\n[x](javascript:alert(1)) <b onclick="x">y</b>')).toBe(
      '<p>x <b>y</b></p>',
    );
  });
});

const words = fc.constantFrom(
  'lamp',
  'The “quay”',
  'a*b',
  '1. x',
  '# no',
  '- no',
  '[x](y)',
  'a_b_c',
  '2 < 3 & 4',
  '`',
  '> q',
);
const inline: fc.Arbitrary<string> = fc.oneof(
  words.map((w) => w.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')),
  fc
    .tuple(fc.constantFrom('em', 'strong', 'i', 'b', 'u', 's', 'code', 'sup', 'span lang="de"'), words)
    .map(([tag, w]) => `<${tag}>${w.replace(/[<>&]/g, '')}</${tag.split(' ')[0]}>`),
  words.map((w) => `<a href="https://a.example/x?y=1&amp;z">${w.replace(/[<>&]/g, '')}</a>`),
  fc.constant(`<img src="${resource}" alt="a picture">`),
  fc.constant('<br>'),
);
const line = fc.array(inline, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' '));
const block: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: line.map((l) => `<p>${l}</p>`) },
  line.map((l) => `<h3>${l}</h3>`),
  line.map((l) => `<p class="right" dir="rtl">${l}</p>`),
  fc
    .array(line, { minLength: 1, maxLength: 3 })
    .map((ls) => `<blockquote>${ls.map((l) => `<p>${l}</p>`).join('')}</blockquote>`),
  fc
    .array(line, { minLength: 1, maxLength: 3 })
    .map((ls) => `<ul>${ls.map((l) => `<li>${l}</li>`).join('')}</ul>`),
  fc
    .array(line, { minLength: 1, maxLength: 3 })
    .map((ls) => `<ol>${ls.map((l) => `<li>${l}</li>`).join('')}</ol>`),
  fc.constantFrom('<hr>', '<p>* * *</p>', '<pre>a\n\n b</pre>', '<table><tr><td>1</td></tr></table>'),
);

describe('any passage of the small schema', () => {
  it('comes back from Markdown as it was', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 5 }), (blocks) => {
        const html = cleanHtml(blocks.join('\n'));
        expect(htmlOfMarkdown(markdownToEdit(html))).toBe(html);
      }),
      { numRuns: 100 },
    );
  }, 30_000);

  it('is Markdown wherever Markdown can hold it', () => {
    const simple = fc.array(fc.constantFrom('<p>lamp</p>', '<p>a <em>b</em></p>', '<hr>', '<h2>x</h2>'), {
      minLength: 1,
    });
    fc.assert(
      fc.property(simple, (blocks) => {
        expect(markdownToEdit(cleanHtml(blocks.join('')))).not.toContain('<');
      }),
      { numRuns: 50 },
    );
  });
});

describe('any text at all', () => {
  it('keeps its words', () => {
    const folded = (html: CleanHtml): string =>
      textOfHtml(html)
        .replace(/[\p{Cc}\p{Cs}\ufffd\ufffe\uffff\s]+/gu, ' ')
        .trim();
    fc.assert(
      fc.property(anyHtml, (html) => {
        expect(folded(htmlOfMarkdown(markdownToEdit(html)))).toBe(folded(html));
      }),
      { numRuns: 150 },
    );
  });
});
