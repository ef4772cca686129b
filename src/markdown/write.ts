import type { Element as HastElement, Root as HastRoot, RootContent } from 'hast';
import { toMdast } from 'hast-util-to-mdast';
import type { Nodes, PhrasingContent, Root } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { type Options, toMarkdown } from 'mdast-util-to-markdown';
import { isElement, isText, type Node } from '../dom.ts';
import { type Block, blocksOf, type CleanHtml, documentText, parsePage } from '../html.ts';

/** Braces after headings and links are signs of our dialect (docs/markdown.md): those of the text are escaped. */
const options: Options = {
  bullet: '-',
  emphasis: '*',
  rule: '*',
  fences: true,
  extensions: [gfmToMarkdown({ tablePipeAlign: false })],
  unsafe: [{ character: '{', inConstruct: 'phrasing' }],
};

/** A clean text as Markdown; what Markdown has no sign for (alignment, languages, tables, …) stands in it as HTML. */
export function markdownOfHtml(html: CleanHtml): string {
  return blocksOf(documentText(html))
    .map((block) => markdownOfBlock(block))
    .filter((text) => text !== '')
    .join('\n\n');
}

/** One line of plain text, escaped, as it may stand in a heading. */
export function markdownOfLine(text: string): string {
  return write({ type: 'heading', depth: 1, children: phrase(text) }).replace(/^# ?/, '');
}

/** A link with plain words, and signs in braces right after it. */
export function markdownOfLink(words: string, url: string, signs: string): string {
  const link = { type: 'link' as const, url, children: phrase(words) };
  return write({ type: 'paragraph', children: [link, ...phrase(signs)] }).replace(
    `](${url})\\{`,
    `](${url}){`,
  );
}

function phrase(text: string): PhrasingContent[] {
  return text === '' ? [] : [{ type: 'text', value: text }];
}

function write(node: Nodes): string {
  return toMarkdown(node, options).replace(/\n$/, '');
}

/** What Markdown can say: plain paragraphs, headings, lists, quotations, emphasis, links, code. */
const beyond =
  /<(?!\/?(?:p|em|strong|i|b|br|a|h[2-6]|blockquote|ul|ol|li|code|hr|s|del)\b)|<[^>]+ (?:class="(?!scene")|lang=|dir=|id=|start=|type=|value=|reversed=|href="#)/;

function markdownOfBlock(block: Block): string {
  const html = withoutImages(block.open + block.lines.map((l) => l.html).join('<br/>') + block.close);
  if (block.kind === 'other' && /^<pre><code>[^<]*<\/code><\/pre>$/.test(html)) {
    return write({ type: 'code', value: textOf(html).replace(/\n$/, '') });
  }
  // Inside HTML nothing may look like a heading, and an empty line would end it.
  if (beyond.test(html)) return html.replaceAll('\n', '&#10;');
  const text = write(treeOf(html));
  return block.kind === 'heading' && /^## /.test(text) ? `${text} {.text}` : text;
}

/** Images do not come along in Markdown: their words do. */
function withoutImages(html: string): string {
  return html.replace(/<img src="[^"]*" alt="([^"]*)"[^>]*\/>/g, '$1');
}

function textOf(html: string): string {
  const parts: string[] = [];
  const stack: Node[] = [...parsePage(html).childNodes].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isText(node)) parts.push(node.value);
    else if (isElement(node)) stack.push(...[...node.childNodes].reverse());
  }
  return parts.join('');
}

function treeOf(html: string): Root {
  const root: HastRoot = { type: 'root', children: parsePage(html).childNodes.flatMap(hastOf) };
  const tree = toMdast(root);
  return tree.type === 'root' ? tree : { type: 'root', children: [] };
}

/** Clean text nests at most some hundred deep. */
function hastOf(node: Node): (HastElement | Extract<RootContent, { type: 'text' }>)[] {
  if (isText(node)) return [{ type: 'text', value: node.value }];
  if (!isElement(node)) return [];
  const properties = Object.fromEntries(node.attrs.map((a) => [a.name, a.value]));
  return [{ type: 'element', tagName: node.tagName, properties, children: node.childNodes.flatMap(hastOf) }];
}
