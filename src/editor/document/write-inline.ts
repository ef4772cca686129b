import type { Fragment, Mark, Node } from 'prosemirror-model';
import { inlineTokens, type Token } from './tokens.ts';
import { closeTag, imageTag, openTag } from './write-html.ts';

/** How the words of a line are written. */
interface Ways {
  /** What stands for a line break. */
  readonly breaks?: string;
  readonly heading?: boolean;
}

/** Words in a line as Markdown; `call` writes a note and gives the sign that calls it. */
export function markdownOfInline(content: Fragment, call: (note: Node) => string, ways: Ways = {}): string {
  const tokens = inlineTokens(content);
  const pieces = tokens.map((token) => pieceOf(token, call, ways));
  settleEmphasis(tokens, pieces);
  for (const [at, token] of tokens.entries()) {
    // After a note these would make a link or a definition of it.
    const isNote = token.kind === 'node' && token.node.type.name === 'footnote';
    if (isNote) pieces[at + 1] = pieces[at + 1]?.replace(/^[(:]/, '\\$&') ?? '';
  }
  const text = pieces.join('');
  return ways.heading === true
    ? text.replace(/#+$/, (end) => end.replaceAll('#', '\\#'))
    : text.replace(lineSign, '$1\\$2');
}

/** What at the beginning of a line would make a heading, quotation, list or rule of it. */
const lineSign = /^(\d{1,9}(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|[>+=-]))(.)/gm;

function pieceOf(token: Token, call: (note: Node) => string, { breaks = '\\\n' }: Ways): string {
  if (token.kind === 'node') {
    const { node } = token;
    if (node.isText) return escapeWords(node.text ?? '');
    if (node.type.name === 'image')
      return isPlain(node) ? `![${node.attrs.alt}](${node.attrs.src})` : imageTag(node);
    return node.type.name === 'footnote' ? call(node) : breaks;
  }
  if (isPlainLink(token.mark))
    return token.kind === 'open' ? '[' : `](${destination(token.mark.attrs.href)})`;
  return token.kind === 'open' ? openTag(token.mark) : closeTag(token.mark);
}

/** Escapes what Markdown would take for a sign anywhere in a line. */
function escapeWords(text: string): string {
  return text
    .replace(/[\\`*[\]<~|]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/&(?=#|[a-zA-Z])/g, '\\&')
    .replace(/!$/, '\\!');
}

function isPlain({ attrs }: Node): boolean {
  return (
    attrs.width === null &&
    attrs.height === null &&
    /^[\p{L}\p{N},.;:'’“”?-]*(?: [\p{L}\p{N},.;:'’“”?-]+)*$/u.test(attrs.alt)
  );
}

function isPlainLink({ type, attrs }: Mark): boolean {
  return type.name === 'link' && attrs.id === null && /^(?:https?|mailto):/.test(attrs.href);
}

function destination(href: string): string {
  const whole = href.replace(/&(?=#?\w+;)/g, '&amp;');
  return /[\s<>()\\]/.test(whole) ? `<${whole.replace(/[<>\\]/g, '\\$&')}>` : whole;
}

/** Whether a bare address stands among the words of a block, which Markdown makes a link of, escaped or not. */
export function hasBareAddress(block: Node): boolean {
  let text = '';
  block.descendants((node) => {
    if (node.isText) text += node.marks.some((mark) => mark.type.name === 'link') ? '\0' : node.text;
  });
  return /https?:\/\/|www\.|[\w.+-]@[\w-]/i.test(text);
}

type Open = Extract<Token, { kind: 'open' }>;

/**
 * Emphasis is written with stars where CommonMark (§6.2) reads them as meant, whatever stands beside: else its tag stays.
 * Stars never touch other stars, but for `***` around the same words.
 */
function settleEmphasis(tokens: readonly Token[], pieces: string[]): void {
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'open' || !isStarred(token)) continue;
    const inner = tokens[at + 1];
    const isBoth =
      inner?.kind === 'open' &&
      isStarred(inner) &&
      inner.closedAt === token.closedAt - 1 &&
      inner.mark.type !== token.mark.type;
    const [from, to] = isBoth ? [at + 1, inner.closedAt] : [at, token.closedAt];
    const outside = [pieces[at - 1] ?? '', pieces[token.closedAt + 1] ?? ''];
    if (!flanks(outside[0] ?? '', pieces[from + 1] ?? '', pieces[to - 1] ?? '', outside[1] ?? '')) continue;
    for (const place of new Set([at, from, to, token.closedAt]))
      pieces[place] = starsOf(tokens[place] as Exclude<Token, { kind: 'node' }>);
  }
}

function starsOf({ mark }: Exclude<Token, { kind: 'node' }>): string {
  return mark.type.name === 'em' ? '*' : '**';
}

/** Whether a mark has stars in Markdown: `i` and `b` have none. */
function isStarred({ mark }: Open): boolean {
  return ['em', 'strong'].includes(mark.attrs.tag) && mark.type.name !== 'other';
}

/** Whether stars between these pieces open and close: what is inside does not begin or end with a space, and so on. */
function flanks(before: string, first: string, last: string, after: string): boolean {
  const [b, f, l, a] = [before.at(-1) ?? '', first.at(0) ?? '', last.at(-1) ?? '', after.at(0) ?? ''];
  if ([b, f, l, a].includes('*')) return false;
  return opens(b, f) && opens(a, l);
}

function opens(outer: string, inner: string): boolean {
  return !isSpace(inner) && (!isPunctuation(inner) || isSpace(outer) || isPunctuation(outer));
}

function isSpace(character: string): boolean {
  return character === '' || /^\s$/.test(character);
}

function isPunctuation(character: string): boolean {
  return /^[\p{P}\p{S}]$/u.test(character);
}
