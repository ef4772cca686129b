import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { cleanHtml, textOfHtml } from '../../html.ts';
import { anyHtml } from '../../testing/editions.ts';
import { htmlOfMarkdown } from '../../writing/markdown.ts';
import { anyDocument } from './documents.testing.ts';
import { readHtml } from './read.ts';
import { tidy } from './tidy.ts';
import { writeMarkdown } from './write.ts';

const { document } = new JSDOM('').window;

describe('what is written in the editor', () => {
  it('is the same document after Markdown and the server', () => {
    fc.assert(
      fc.property(anyDocument, (doc) => {
        const markdown = writeMarkdown(doc);
        const back = readHtml(htmlOfMarkdown(markdown), document).doc;
        expect(back.toJSON(), markdown).toEqual(tidy(doc).toJSON());
      }),
      { numRuns: 120, endOnFailure: true },
    );
  }, 60_000);

  it('is tidied once and for all', () => {
    fc.assert(
      fc.property(anyDocument, (doc) => {
        expect(tidy(tidy(doc)).toJSON()).toEqual(tidy(doc).toJSON());
      }),
      { numRuns: 100 },
    );
  });
});

describe('what comes from the server', () => {
  const same = (html: string): void => {
    const clean = cleanHtml(html);
    const { doc, otherwise } = readHtml(clean, document);
    expect(htmlOfMarkdown(writeMarkdown(doc, otherwise))).toBe(clean);
  };

  it.each([
    '<p>One <i><b>two</b></i> <b><i>three</i></b>.</p>',
    '<p>A rose<br/>is a rose</p><hr/><p class="scene">* * *</p><p class="verse">a<br/>b</p>',
    '<ul><li>a</li><li><p>b</p></li></ul><ul><li>c</li></ul>',
    '<p dir="rtl" lang="he">שלום</p><h3 class="center">x</h3>',
    '<table><tbody><tr><td>1</td></tr></table><pre>a\n\n b</pre><p>after</p>',
    '<blockquote><p>a</p><ol start="3"><li>x<ul><li>y</li></ul></li></ol></blockquote>',
    '<p>A note<sup><a id="t-fnref-1" href="#t-fn-1">1</a></sup>.</p><ol><li id="t-fn-1"><p>Here. <a href="#t-fnref-1">↩</a></p></li></ol>',
  ])('changes in no character when it is saved as it was: %s', same);

  it('changes in no character, whatever it is', () => {
    fc.assert(fc.property(anyHtml, same), { numRuns: 150, endOnFailure: true });
  }, 60_000);

  it('keeps its words where it is changed', () => {
    const words = (html: string): string => textOfHtml(cleanHtml(html)).replace(/\s+/g, '');
    fc.assert(
      fc.property(anyHtml, (html) => {
        const { doc } = readHtml(html, document);
        expect(words(htmlOfMarkdown(writeMarkdown(doc)))).toBe(words(html));
      }),
      { numRuns: 100, endOnFailure: true },
    );
  }, 60_000);
});
