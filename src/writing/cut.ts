import { blocksOf, blockText, type CleanHtml, cleanHtml, joinBlocks } from '../html.ts';
import type { Cut, Words } from '../model/edit.ts';
import { countWords } from '../model/text/words.ts';

/** A text with its words counted. */
export function wordsOf(html: CleanHtml): Words {
  return { html, words: blocksOf(html).reduce((sum, b) => sum + countWords(blockText(b)), 0) };
}

/** The first words of each block of a text, by which a writer sees where it can be cut: `blockStarts(html)[3]`. */
export function blockStarts(html: CleanHtml): readonly string[] {
  return blocksOf(html).map((b) => blockText(b).replace(/\s+/g, ' ').trim().slice(0, 80));
}

/**
 * A text in two, cut after its nth block (from 0). A link to a note that comes to lie in the other part loses its
 * target; nothing else does.
 */
export function cutAfter(html: CleanHtml, block: number): Cut {
  const blocks = blocksOf(html);
  const parts = [blocks.slice(0, block + 1), blocks.slice(block + 1)].map((part) => whole(joinBlocks(part)));
  const [before, after] = parts.map(wordsOf);
  if (before === undefined || after === undefined) throw new RangeError('writing: a cut makes two parts');
  return { before, after };
}

/** Two texts as one. */
export function joinTexts(one: CleanHtml, other: CleanHtml): Words {
  return wordsOf(whole(joinBlocks([...blocksOf(one), ...blocksOf(other)])));
}

function whole(html: CleanHtml): CleanHtml {
  return /(?:href="#|id=")t-/.test(html) ? cleanHtml(html) : html;
}
