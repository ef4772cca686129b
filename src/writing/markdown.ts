import { type Block, blocksOf, type CleanHtml, joinBlocks } from '../html.ts';
import { blocksOfNodes, parseMarkdown } from '../markdown/read.ts';
import { markdownOfHtml } from '../markdown/write.ts';
import { foldNotes } from './notes.ts';

/*
 * One passage as its writer types it where there is no editor: Markdown, and HTML for what Markdown has no sign for.
 * Each block is Markdown, with HTML within its lines for what has no sign, where that reads back as the same
 * characters, and HTML where it does not.
 */

/** The text of a passage from what was typed: CommonMark with GitHub's additions; HTML in it is cleaned. */
export function htmlOfMarkdown(text: string): CleanHtml {
  const document = parseMarkdown(text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'));
  return joinBlocks(blocksOfNodes(document.children, document));
}

/** The text of a passage to be typed in: `htmlOfMarkdown` gives the same text again. */
export function markdownToEdit(html: CleanHtml): string {
  const blocks = blocksOf(html);
  const notes = foldNotes(blocks, inlineOf);
  if (notes !== undefined) {
    const texts = [...settled(notes.blocks.map(wayOf)).map((way) => way.text), ...notes.notes];
    const signed = notes.signed(ended(texts));
    if (htmlOfMarkdown(signed) === html) return signed;
  }
  const plain = ended(settled(blocks.map(wayOf)).map((way) => way.text));
  return htmlOfMarkdown(plain) === html ? plain : rawToEdit(html);
}

/** The same for a text that takes too long to be written with signs: every block as HTML. */
export function rawToEdit(html: CleanHtml): string {
  return ended(blocksOf(html).map(rawOf));
}

/** A block and how it is to be written. */
interface Way {
  readonly block: Block;
  readonly text: string;
}

function wayOf(block: Block): Way {
  const text = isLinked(block) ? '' : inlineOf(block);
  return { block, text: text === '' ? rawOf(block) : text };
}

/** Ways that read back as the blocks they are for: those that do not are halved until it is known which are at fault. */
function settled(ways: readonly Way[]): readonly Way[] {
  if (readsBack(ways)) return ways;
  if (ways.length < 2) return ways.map(({ block }) => ({ block, text: rawOf(block) }));
  const middle = Math.ceil(ways.length / 2);
  const before = settled(ways.slice(0, middle));
  const [next, ...after] = settled(ways.slice(middle));
  const last = before.at(-1);
  if (last === undefined || next === undefined) return before;
  // Two lists, each right alone, may run into one.
  const apart = readsBack([last, next]) ? next : { block: next.block, text: rawOf(next.block) };
  return [...before, apart, ...after];
}

function readsBack(ways: readonly Way[]): boolean {
  const alone = ways.filter((way) => !isLinked(way.block));
  return htmlOfMarkdown(ended(alone.map((way) => way.text))) === joinBlocks(alone.map((way) => way.block));
}

function ended(texts: readonly string[]): string {
  return texts.length === 0 ? '' : `${texts.join('\n\n')}\n`;
}

/** A block with a link to a place in the text, or such a place, can only be read with the rest. */
function isLinked(block: Block): boolean {
  return /(?:href="#|id=")t-/.test(htmlOf(block));
}

function htmlOf(block: Block): CleanHtml {
  return joinBlocks([block]);
}

/** Each on one line, since an empty line would end it. */
function rawOf(block: Block): string {
  return htmlOf(block).replace(/[\n\t]/g, (c) => `&#${c.charCodeAt(0)};`);
}

const image = /<img src="(resource:[0-9a-f]{64})" alt="([^"<>]*)"\/>/g;

/** Elements in the line for which Markdown has no sign, `i` and `b` among them, which are not `em` and `strong`. */
const beyond = /<\/?(?:abbr|b|bdi|bdo|cite|dfn|i|ins|kbd|mark|q|s|samp|small|span|sub|sup|u|var)\b[^>]*>/g;

/** Writes a block while images and such elements are hidden behind marks that Markdown takes for letters. */
function inlineOf(block: Block): string {
  const html = htmlOf(block);
  if (/[\ue000\ue001]/.test(html)) return '';
  const hidden: string[] = [];
  const hide = (text: string): string => `\ue000${hidden.push(text) - 1}\ue001`;
  const concealed = html
    .replace(image, (_, src: string, alt: string) => hide(pictureMarkdown(src, alt)))
    .replace(/<img [^>]*>/g, hide)
    .replace(beyond, hide);
  const text = markdownOfHtml(concealed as CleanHtml);
  if (text.startsWith('<')) return '';
  // A heading that opens no passage has a sign in a file; here none opens any.
  const plain = text.replace(/^(## .*) \{\.text\}$/, '$1');
  return plain.replace(/\ue000(\d+)\ue001/g, (_, n: string) => hidden[Number(n)] ?? '');
}

/** A picture as it is typed; its words are escaped HTML. */
export function pictureMarkdown(src: string, alt: string): string {
  return `![${escaped(alt)}](${src})`;
}

/** The words of an image, which are escaped HTML, as they stand in brackets. */
function escaped(alt: string): string {
  return alt.replace(/[\\[\]*_`<~!]/g, '\\$&').replace(/\s+/g, ' ');
}
