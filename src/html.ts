import { find, type Node } from './dom.ts';
import { type Block, blockText, markupOf, paragraph } from './html/blocks.ts';
import { Cleaner, type CleanOptions } from './html/cleaner.ts';
import { joinedIds, linkedIds } from './html/ids.ts';
import { parsePage } from './html/parse.ts';

export {
  type Block,
  blockText,
  documentText,
  escapeHtml,
  isDivider,
  type Line,
  paragraph,
  sceneBreak,
} from './html/blocks.ts';
export type { CleanOptions } from './html/cleaner.ts';
export { parsePage } from './html/parse.ts';

/**
 * Strangers' HTML made harmless: one parse, one allow-list walk, written out once. It is well-formed XML and HTML at
 * the same time (`<br/>`, every attribute quoted), valid in both, so pages and books insert it as it is; parsing it
 * and cleaning it again gives the same characters. Only this module makes it.
 */
export type CleanHtml = string & { readonly [clean]: true };
declare const clean: unique symbol;

/** The version of the rules below; kept with every stored text so that old texts can be cleaned anew. */
export const cleanerVersion = 1;

/** Cleans nodes of a page into blocks, in order. Journal habits are understood: two line breaks end a paragraph, three or more a scene. */
export function cleanBlocks(nodes: readonly Node[], options: CleanOptions = {}): Block[] {
  let linked = linkedIds(nodes);
  for (let tries = 0; ; tries++) {
    const blocks = new Cleaner(nodes, options, linked).run();
    if (linked.size === 0) return blocks;
    // A link may have no words, or lead to a place that has none: neither is written, and then the other must not be.
    const written = joinedIds(blocks);
    if (written.size === linked.size) return blocks;
    linked = tries < 3 ? written : new Set();
  }
}

/** The blocks as one text. */
export function joinBlocks(blocks: readonly Block[]): CleanHtml {
  return markupOf(blocks) as CleanHtml;
}

/** Cleans a whole text of unknown origin. */
export function cleanHtml(html: string): CleanHtml {
  if (!/[<&]/.test(html) && html.trim() !== '' && !/[\0\r\n\f\t]| {2}|^ | $/.test(html)) {
    return joinBlocks([paragraph([html])]);
  }
  return joinBlocks(blocksOf(html));
}

/** The blocks of a text of unknown origin, or of one already clean. */
export function blocksOf(html: string, options: CleanOptions = {}): Block[] {
  const body = find(parsePage(html), (e) => e.tagName === 'body');
  return body === undefined ? [] : cleanBlocks(body.childNodes, options);
}

/** Plain text as clean HTML: empty lines end paragraphs. */
export function htmlOfText(text: string): CleanHtml {
  const paragraphs = text.split(/\n\s*\n/).map((p) =>
    p
      .split('\n')
      .map((l) => l.trim())
      .filter((l) => l !== ''),
  );
  return joinBlocks(paragraphs.filter((lines) => lines.length > 0).map((lines) => paragraph(lines)));
}

/** The words of a clean text, a line for each line and an empty line between blocks. */
export function textOfHtml(html: CleanHtml): string {
  return blocksOf(html).map(blockText).join('\n\n');
}
