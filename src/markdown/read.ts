import type { ElementContent, Root as HastRoot, RootContent } from 'hast';
import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toHast } from 'mdast-util-to-hast';
import { gfm } from 'micromark-extension-gfm';
import { Invalid } from '../errors.ts';
import { type Block, blocksOf, escapeHtml } from '../html.ts';

/** Parses CommonMark with GitHub's tables, footnotes, strikethrough, task lists and bare links. */
export function parseMarkdown(text: string): Root {
  if (tooDeep.test(text))
    throw new Invalid('markdown: quotations or lists stand within one another, too deep to be read');
  const extensions = isHard(text) ? [gfm(), plainer] : [gfm()];
  const document = fromMarkdown(text, { extensions, mdastExtensions: [gfmFromMarkdown()] });
  if (hasVastTable(document)) throw new Invalid('markdown: a table has more cells than anyone can read');
  return document;
}

/** A row has the cells that its table's head has, written or not: a page of bars would be a book of cells. */
const mostCells = 20_000;

function hasVastTable(document: Root): boolean {
  const stack: Nodes[] = [document];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'table' && (node.align?.length ?? 0) * node.children.length > mostCells) return true;
    if ('children' in node && node.type !== 'paragraph' && node.type !== 'heading')
      stack.push(...node.children);
  }
  return false;
}

/** A line that begins with so many signs of quotations and lists that nobody meant them. */
const tooDeep = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))){60}/m;

/**
 * Looking for emphasis, links, code and bare addresses takes time in the square of how many such signs a paragraph has:
 * where one has more than people write, they stay as they were written.
 */
function isHard(text: string): boolean {
  return text.split(/\n[ \t]*\n/).some((paragraph) => {
    const signs = paragraph.match(/[[*_~`]|<[!?]/g)?.length ?? 0;
    return signs > (paragraph.length > 20_000 ? 500 : 1_000);
  });
}

const plainer = {
  disable: {
    null: [
      'attention',
      'codeText',
      'emailAutolink',
      'gfmFootnoteCall',
      'gfmPotentialFootnoteCall',
      'htmlText',
      'labelEnd',
      'labelStartImage',
      'labelStartLink',
      'protocolAutolink',
      'strikethrough',
      'wwwAutolink',
    ],
  },
};

/**
 * Nodes of one document as clean blocks. Raw HTML in them is parsed together with the rest, which is why they pass
 * through a string; in it every block stands on the line it has in the source, so that blocks know their lines.
 */
export function blocksOfNodes(nodes: Root['children'], document: Root): readonly Block[] {
  const others = definitionsOf(document).filter((n) => !nodes.includes(n));
  const tree = toHast({ type: 'root', children: [...nodes, ...others] }, options);
  const writer = new Writer();
  writer.write(tree.type === 'root' ? tree.children.flatMap(withoutLabel) : [tree as ElementContent]);
  return blocksOf(writer.html);
}

/** Notes come as a section with a heading of its own, which is not in the file. */
function withoutLabel(node: RootContent): RootContent[] {
  if (node.type !== 'element' || node.properties.dataFootnotes === undefined) return [node];
  return node.children.filter((child) => child.type !== 'element' || child.tagName !== 'h2');
}

/** What any part of a document may refer to; sought once, since a hostile document has thousands of parts. */
function definitionsOf(document: Root): Root['children'] {
  const known = definitions.get(document);
  if (known !== undefined) return known;
  const found = document.children.filter((n) => n.type === 'definition' || n.type === 'footnoteDefinition');
  definitions.set(document, found);
  return found;
}

const definitions = new WeakMap<Root, Root['children']>();

/** Raw HTML passes, as it is cleaned later, which also keeps ids out of the way of the page's own. */
const options = { allowDangerousHtml: true, clobberPrefix: '', footnoteBackLabel: '' };

/** The words of a node as they are shown. */
export function wordsOf(node: Nodes): string {
  if ('value' in node) return node.type === 'html' ? '' : node.value;
  if (node.type === 'image' || node.type === 'imageReference') return node.alt ?? '';
  if (node.type === 'break') return ' ';
  return 'children' in node ? node.children.map(wordsOf).join('') : '';
}

const empty = new Set(['br', 'hr', 'img', 'input']);
const lineTags = new Set(
  'p h1 h2 h3 h4 h5 h6 hr pre blockquote ul ol li table thead tbody tr section div'.split(' '),
);

/** Writes a tree without recursion: a text may be nested deeper than a call stack. */
class Writer {
  html = '';
  #line = 1;

  write(nodes: HastRoot['children']): void {
    const stack: (RootContent | string)[] = [...nodes].reverse();
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (typeof node === 'string') this.#put(node);
      else if (node.type === 'text') this.#put(escapeHtml(node.value));
      else if (node.type === 'raw') this.#put(node.value);
      else if (node.type === 'element') {
        if (lineTags.has(node.tagName)) this.#advance(node.position?.start.line);
        this.#put(`<${node.tagName}${attributesOf(node.properties)}>`);
        if (empty.has(node.tagName)) continue;
        stack.push(`</${node.tagName}>`, ...[...node.children].reverse());
      }
    }
  }

  #put(text: string): void {
    this.html += text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#line++;
  }

  #advance(line: number | undefined): void {
    if (line !== undefined && line > this.#line) this.#put('\n'.repeat(line - this.#line));
  }
}

function attributesOf(properties: Readonly<Record<string, unknown>>): string {
  return Object.entries(properties)
    .filter(([, value]) => value !== false && value !== null && value !== undefined)
    .map(([name, value]) => {
      const plain = name === 'className' ? 'class' : name.toLowerCase();
      const words = Array.isArray(value) ? value.join(' ') : value === true ? '' : String(value);
      return ` ${plain}="${escapeHtml(words)}"`;
    })
    .join('');
}
