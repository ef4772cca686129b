import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { cleanHtml, textOfHtml } from '../html.ts';
import { anyHtml } from '../testing/editions.ts';
import { htmlOfMarkdown } from '../writing/markdown.ts';
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
        expect(back.toString(), markdown).toBe(tidy(doc).toString());
        expect(back.toJSON(), markdown).toEqual(tidy(doc).toJSON());
      }),
      { numRuns: 150, endOnFailure: true },
    );
  }, 60_000);
});
