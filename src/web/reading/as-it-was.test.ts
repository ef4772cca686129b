import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { blocksOf, blockText } from '../../html.ts';
import { readFile } from '../../import/index.ts';
import { openFile } from '../../import/open.ts';
import { isReadable } from '../../model/comment.ts';
import { viewAsItWas } from './as-it-was.ts';

const folder = fileURLToPath(new URL('../../import/', import.meta.url));
const pages = globSync('*/fixtures/*/input.{html,txt,md}', { cwd: folder });

/** Letters and digits only: pages break lines elsewhere than we do. */
function bare(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

test('there are pages to look at', () => {
  expect(pages.length).toBeGreaterThan(5);
});

test.each(pages)('of %s the public sees every readable comment and none of the others', (page) => {
  const bytes = readFileSync(folder + page);
  const { editions } = readFile(openFile({ path: page, bytes }));
  for (const edition of editions) {
    const [record] = edition.sources;
    if (record === undefined) continue;
    const open = { ...edition, comments: edition.comments.filter((c) => isReadable(c.state)) };
    const shown = bare(
      viewAsItWas(bytes, record, open)
        .flatMap((piece) => (piece.kind === 'shown' ? blocksOf(piece.html).map(blockText) : []))
        .join(' '),
    );
    for (const comment of edition.comments) {
      for (const words of blocksOf(comment.html).map((block) => bare(blockText(block)))) {
        if (isReadable(comment.state)) expect(shown).toContain(words);
        else if (!bare(open.comments.map((c) => c.html).join(' ')).includes(words))
          expect(shown).not.toContain(words);
      }
    }
    // Markdown writes words with signs of its own (footnotes, links): there the view shows what it can.
    for (const passage of page.endsWith('.md') ? [] : edition.passages) {
      for (const block of blocksOf(passage.html)) expect(shown).toContain(bare(blockText(block)));
    }
  }
});
