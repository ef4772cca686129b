import type { Attrs, Fragment, Mark, Node } from 'prosemirror-model';
import { inlineTokens, type Token } from './tokens.ts';

/** How the call of a note is written, given the note as HTML. */
type WriteNote = (note: string) => string;

/** A block as clean HTML on one line, in the shape of decisions/002. */
export function htmlOfBlock(block: Node, writeNote: WriteNote): string {
  const { type, attrs } = block;
  const inner = (): string =>
    block.inlineContent
      ? htmlOfInline(block.content, writeNote)
      : block.children.map((child) => htmlOfBlock(child, writeNote)).join('');
  switch (type.name) {
    case 'raw':
      return oneLine(attrs.html);
    case 'scene_break':
      return attrs.mark === null ? '<hr/>' : element('p', [['class', 'scene']], escapeText(attrs.mark));
    case 'heading':
      return element(`h${attrs.level}`, [['class', attrs.align], ...ofBlock(attrs)], inner());
    case 'verse':
      return element('p', [['class', 'verse'], ...ofBlock(attrs)], inner());
    case 'ordered_list':
      return element('ol', [...given(attrs, 'start', 'type', 'reversed'), ...ofBlock(attrs)], inner());
    case 'bullet_list':
      return element('ul', ofBlock(attrs), inner());
    case 'list_item':
      return element('li', [...given(attrs, 'value'), ...ofBlock(attrs)], itemOf(block, writeNote));
    case 'blockquote':
      return element('blockquote', ofBlock(attrs), inner());
    default:
      return element('p', [['class', attrs.align], ...ofBlock(attrs)], inner());
  }
}

/** The first words of a tight item stand in it as they are. */
function itemOf(item: Node, writeNote: WriteNote): string {
  return item.children
    .map((child, i) =>
      i === 0 && item.attrs.tight ? htmlOfInline(child.content, writeNote) : htmlOfBlock(child, writeNote),
    )
    .join('');
}

/** Words in a line as HTML. */
export function htmlOfInline(content: Fragment, writeNote: WriteNote): string {
  return inlineTokens(content)
    .map((token) => htmlOfToken(token, writeNote))
    .join('');
}

function htmlOfToken(token: Token, writeNote: WriteNote): string {
  if (token.kind === 'open') return openTag(token.mark);
  if (token.kind === 'close') return closeTag(token.mark);
  const { node } = token;
  if (node.isText) return escapeText(node.text ?? '');
  if (node.type.name === 'image') return imageTag(node);
  return node.type.name === 'footnote' ? writeNote(htmlOfInline(node.content, writeNote)) : '<br/>';
}

/** A mark as the tag it is. */
export function openTag({ type, attrs }: Mark): string {
  if (type.name !== 'link') return tag(attrs.tag, given(attrs, 'id', 'lang', 'dir', 'title'));
  const rel = attrs.href.startsWith('#') ? [] : [['rel', 'nofollow ugc noopener'] as const];
  return tag('a', [...given(attrs, 'id', 'href'), ...rel]);
}

/** The end of that tag. */
export function closeTag({ type, attrs }: Mark): string {
  return `</${type.name === 'link' ? 'a' : attrs.tag}>`;
}

/** A picture as a tag. */
export function imageTag({ attrs }: Node): string {
  const { src, alt, ...size } = attrs;
  return tag('img', [['src', src], ['alt', alt], ...given(size, 'width', 'height')]).replace(/>$/, '/>');
}

/** Escapes words for HTML. */
function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (c) => entities[c] ?? c);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** In Markdown an empty line would end a block of HTML. */
function oneLine(html: string): string {
  return html.replace(/[\n\t]/g, (c) => `&#${c.charCodeAt(0)};`);
}

type Pairs = readonly (readonly [name: string, value: string | null])[];

function ofBlock(attrs: Attrs): Pairs {
  return given(attrs, 'lang', 'dir', 'id');
}

function given(attrs: Attrs, ...names: readonly string[]): Pairs {
  return names.map((name) => [name, attrs[name] ?? null] as const);
}

function element(name: string, attrs: Pairs, inner: string): string {
  return `${tag(name, attrs)}${inner}</${name}>`;
}

function tag(name: string, attrs: Pairs): string {
  const written = attrs.flatMap(([key, value]) => (value === null ? [] : [` ${key}="${escapeText(value)}"`]));
  return `<${name}${written.join('')}>`;
}
