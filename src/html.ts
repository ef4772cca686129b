import { type DefaultTreeAdapterMap, defaultTreeAdapter, Parser, type TreeAdapter } from 'parse5';
import {
  attribute,
  type Element,
  find,
  findAll,
  isElement,
  isText,
  isUnseen,
  lineOf,
  type Node,
  type Parent,
} from './dom.ts';
import { Unreadable } from './errors.ts';

/**
 * Strangers' HTML made harmless: one parse, one allow-list walk, written out once. It is well-formed XML and HTML at
 * the same time (`<br/>`, every attribute quoted), valid in both, so pages and books insert it as it is; parsing it
 * and cleaning it again gives the same characters. Only this module makes it.
 */
export type CleanHtml = string & { readonly [clean]: true };
declare const clean: unique symbol;

/** The version of the rules below; kept with every stored text so that old texts can be cleaned anew. */
export const cleanerVersion = 1;

/** Elements nested deeper than this are no page a person wrote: such a file is refused. */
const deepest = 4096;

/**
 * Parses a page or a fragment of one. Elements know their line (`lineOf`).
 * @throws Unreadable when elements nest deeper than 4,096.
 */
export function parsePage(text: string): Parent {
  const parser: Parser<DefaultTreeAdapterMap> = new Parser<DefaultTreeAdapterMap>({
    scriptingEnabled: false,
    treeAdapter: lineKeeping(() => parser),
  });
  parser.tokenizer.write(text, true);
  return parser.document;
}

/** A block of clean text: a paragraph of one or more lines, a break between scenes, or something else whole. */
export interface Block {
  readonly kind: 'paragraph' | 'heading' | 'break' | 'other';
  /** The lines of a paragraph or heading, each clean on its own; one line for the other kinds. */
  readonly lines: readonly Line[];
  /** The tags around the lines: `<p>` and `</p>`; empty for other kinds, whose only line is the whole block. */
  readonly open: string;
  readonly close: string;
  /** The line of the source it begins on, from 1; null when unknown. */
  readonly line: number | null;
}

/** One line of a block: its clean markup, and its words alone. */
export interface Line {
  readonly html: string;
  readonly text: string;
}

export interface CleanOptions {
  /** Where the page was: relative links are resolved against it; without it they lose their target. */
  readonly base?: string | undefined;
  /** Gives the address (`resource:<sha256>`) of an image that came with the page; others become links to where they were. */
  readonly image?: (src: string) => string | undefined;
  /** Whether an element is the site's own and no part of what was written, as the little picture beside a user's name. */
  readonly omit?: (element: Element) => boolean;
}

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
  return blocks
    .map((b) => b.open + b.lines.map((l) => l.html).join('<br/>') + b.close)
    .join('\n') as CleanHtml;
}

/** The words of a block, its lines apart. */
export function blockText(block: Block): string {
  return block.lines.map((l) => l.text).join('\n');
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

/** A paragraph of plain lines, escaped. */
export function paragraph(lines: readonly string[], line: number | null = null): Block {
  const scene = lines.length === 1 && isDivider(lines[0] ?? '');
  return {
    kind: scene ? 'break' : 'paragraph',
    lines: lines.map((text) => ({ html: escapeHtml(text), text })),
    open: scene ? '<p class="scene">' : '<p>',
    close: '</p>',
    line,
  };
}

/** A break between two scenes that has no mark of its own. */
export const sceneBreak: Block = {
  kind: 'break',
  lines: [{ html: '<hr/>', text: '' }],
  open: '',
  close: '',
  line: null,
};

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

/** Escapes characters for element text and quoted attributes, in HTML and XML alike. */
export function escapeHtml(text: string): string {
  return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (c) => entities[c] ?? c) : text;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Whether a line only divides scenes: `* * *`, `***`, `~~~`, `⁂`, `-----`, `o0o`, `* SENT * SENT *` (formats.md §3).
 */
export function isDivider(text: string): boolean {
  // Nearly every line asked about is prose: its first character says so.
  if (!/^[\s\u00a0]*[*~\-–—_=+#•·.⁂※◆♥xXoO0<>|/\\^°§☆★]/.test(text)) return false;
  const line = text.replace(/[\s\u00a0]+/g, '');
  if (line === '' || line.length > 80) return false;
  if (/^[*~\-–—_=+#•·.⁂※◆♥xXoO0<>|/\\^°§☆★]+$/.test(line)) {
    return (
      /^[⁂※]$/.test(line) ||
      (line.length >= 3 && !/^\.{1,6}$|^[xXoO0]+$/.test(line)) ||
      /^[oO]0[oO]$|^[xX]{3,}$/.test(line)
    );
  }
  return /^\*(\p{Lu}{2,}\*)+$/u.test(line);
}

const inlineTags: Readonly<Record<string, string>> = {
  a: 'a',
  abbr: 'abbr',
  acronym: 'abbr',
  b: 'b',
  bdi: 'bdi',
  bdo: 'bdo',
  big: 'span',
  cite: 'cite',
  code: 'code',
  del: 'del',
  dfn: 'dfn',
  em: 'em',
  i: 'i',
  ins: 'ins',
  kbd: 'kbd',
  mark: 'mark',
  q: 'q',
  s: 's',
  samp: 'samp',
  small: 'small',
  span: 'span',
  strike: 's',
  strong: 'strong',
  sub: 'sub',
  sup: 'sup',
  tt: 'code',
  u: 'u',
  var: 'var',
};
const headingTags: Readonly<Record<string, string>> = {
  h1: 'h2',
  h2: 'h2',
  h3: 'h3',
  h4: 'h4',
  h5: 'h5',
  h6: 'h6',
};
const preTags = new Set(['pre', 'xmp', 'listing', 'plaintext']);
/** What may stand directly inside a container; a child that may not is unwrapped. */
const containers: Readonly<Record<string, (parent: string) => boolean>> = {
  blockquote: isFlow,
  ul: isFlow,
  ol: isFlow,
  li: (parent) => parent === 'ul' || parent === 'ol',
  dl: isFlow,
  dt: (parent) => parent === 'dl',
  dd: (parent) => parent === 'dl',
  figure: isFlow,
  figcaption: (parent) => parent === 'figure',
  table: isFlow,
  caption: (parent) => parent === 'table',
  tbody: (parent) => parent === 'table',
  thead: (parent) => parent === 'table',
  tfoot: (parent) => parent === 'table',
  tr: (parent) => parent === 'tbody' || parent === 'thead' || parent === 'tfoot',
  td: (parent) => parent === 'tr',
  th: (parent) => parent === 'tr',
};
const flowParents = new Set(['', 'blockquote', 'li', 'dd', 'td', 'th', 'figure']);
function isFlow(parent: string): boolean {
  return flowParents.has(parent);
}
/** Where bare words get a paragraph of their own; in the other flow parents they may stand bare. */
const paragraphParents = new Set(['', 'blockquote', 'figure']);
/** Elements whose edges end a line of text although they themselves are not kept. */
const lineEnding = new Set(
  'address article aside body center details dialog dir div fieldset footer form header hgroup html legend main menu nav option p search section summary table tbody td tfoot th thead tr ul ol li dl dt dd figure figcaption blockquote caption'.split(
    ' ',
  ),
);

const maxBlocks = 100;
const maxInlines = 24;

interface Inline {
  readonly source: Element;
  readonly tag: string;
  readonly open: string;
  /** How it is opened on a later line: without the id, which stands once; '' where it was there for that alone. */
  readonly again: string;
}

/**
 * The allow-list walk. Inline markup is kept as a wish (`wanted`) and only opened around words, so that it never
 * encloses a block, spans a line or stands empty; blocks are opened only where HTML allows them.
 */
class Cleaner {
  readonly #nodes: readonly Node[];
  readonly #options: CleanOptions;
  readonly #linked: ReadonlySet<string>;
  readonly #ids = new Set<string>();
  readonly #blocks: Block[] = [];

  /** Open containers, outermost first, with what is written inside a top-level one so far. */
  readonly #containers: string[] = [];
  #html = '';
  #text = '';

  /** The text block being written: its tags, finished lines, and the line under way. */
  #tag = '';
  #attributes = '';
  #align: string[] = [];
  #lines: Line[] = [];
  #lineHtml = '';
  #lineText = '';
  #opened: { readonly inline: Inline; readonly close: string }[] = [];
  readonly #written = new Set<Inline>();
  readonly #wanted: Inline[] = [];
  #space = false;
  #breaks = 0;
  #sourceLine: number | null = null;
  #last: Block['kind'] | '' = '';
  /** Whether bare words were just written into the container: more of them begin a new line. */
  #afterBare = false;

  constructor(nodes: readonly Node[], options: CleanOptions, linked: ReadonlySet<string>) {
    this.#nodes = nodes;
    this.#options = options;
    this.#linked = linked;
  }

  run(): Block[] {
    const stack: (Node | (() => void))[] = [];
    const push = (nodes: readonly Node[]): void => {
      for (let i = nodes.length - 1; i >= 0; i--) stack.push(nodes[i] as Node);
    };
    push(this.#nodes);
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (typeof next === 'function') next();
      else if (isText(next)) this.#words(next);
      else if (isElement(next)) {
        const close = this.#enter(next);
        if (close === undefined) continue;
        if (close !== nothing) stack.push(close);
        push(next.childNodes);
      }
    }
    this.#endText();
    return this.#blocks;
  }

  /** Begins an element; gives what to do at its end, or undefined when its contents are not for reading. */
  #enter(element: Element): (() => void) | undefined {
    const tag = element.tagName;
    if (isUnseen(element) || this.#options.omit?.(element) === true) return undefined;
    if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml') return nothing;
    if (tag === 'br') this.#breaks++;
    else if (tag === 'hr') this.#thematicBreak(element);
    else if (tag === 'img') this.#image(element);
    else if (Object.hasOwn(inlineTags, tag)) return this.#enterInline(element);
    else if (tag === 'p' || Object.hasOwn(headingTags, tag) || preTags.has(tag))
      return this.#enterText(element);
    else if (Object.hasOwn(containers, tag)) return this.#enterContainer(element);
    else if (lineEnding.has(tag)) return this.#enterDivision(element);
    return nothing;
  }

  #enterInline(element: Element): () => void {
    const inline = this.#wantedWith(element);
    if (inline === undefined || this.#wanted.length >= maxInlines) return nothing;
    this.#wanted.push(inline);
    return () => {
      this.#wanted.splice(this.#wanted.lastIndexOf(inline), 1);
      const at = this.#opened.findLastIndex((o) => o.inline === inline);
      if (at >= 0) this.#closeInlines(at);
    };
  }

  /** An inline element as it would be written, or undefined where it would say nothing. */
  #wantedWith(element: Element): Inline | undefined {
    const href = element.tagName === 'a' ? this.#href(attribute(element, 'href')) : undefined;
    const isLink = href !== undefined && !this.#wanted.some((w) => w.tag === 'a');
    // An anchor without a target is a place, and may stand inside a link, where `a` may not.
    const kind = inlineTags[element.tagName] ?? 'span';
    const tag = kind === 'a' && !isLink ? 'span' : kind;
    let attributes = languageAttributes(element);
    if (isLink) {
      const rel = href.startsWith('#') ? '' : ' rel="nofollow ugc noopener"';
      attributes += ` href="${escapeHtml(href)}"${rel}`;
    }
    const title = tag === 'abbr' || tag === 'dfn' ? attribute(element, 'title') : undefined;
    if (title !== undefined) attributes += ` title="${escapeHtml(title)}"`;
    const id = this.#idAttribute(element);
    if (tag === 'span' && attributes === '' && id === '') return undefined;
    const again = tag === 'span' && attributes === '' ? '' : `<${tag}${attributes}>`;
    return { source: element, tag, open: `<${tag}${id}${attributes}>`, again };
  }

  #href(href: string | undefined): string | undefined {
    if (href === undefined) return undefined;
    const fragment = /^#(.+)$/.exec(href.trim())?.[1];
    if (fragment !== undefined)
      return this.#linked.has(plainId(fragment)) ? `#t-${plainId(fragment)}` : undefined;
    const url = URL.parse(href.trim(), this.#options.base);
    return url !== null && /^(https?|mailto):$/.test(url.protocol) ? url.href : undefined;
  }

  /** An id is kept only where a link of the same text leads to it, once, and out of the way of the page's own. */
  #idAttribute(element: Element): string {
    if (this.#linked.size === 0) return '';
    const id = idOf(element);
    if (id === '' || !this.#linked.has(id) || this.#ids.has(id)) return '';
    this.#ids.add(id);
    return ` id="t-${id}"`;
  }

  #enterText(element: Element): () => void {
    const tag = element.tagName;
    this.#endText();
    if (isFlow(this.#parent)) {
      this.#tag = preTags.has(tag) ? 'pre' : (headingTags[tag] ?? 'p');
      this.#attributes = languageAttributes(element) + this.#idAttribute(element);
    }
    const align = alignOf(element);
    if (align !== undefined) this.#align.push(align);
    return () => {
      this.#endText();
      if (align !== undefined) this.#align.pop();
    };
  }

  #enterDivision(element: Element): () => void {
    if (this.#tag === '' || this.#tag === 'p') this.#endText();
    else this.#breaks = Math.max(this.#breaks, 1);
    const align = alignOf(element);
    if (align !== undefined) this.#align.push(align);
    return () => {
      if (this.#tag === '' || this.#tag === 'p') this.#endText();
      else this.#breaks = Math.max(this.#breaks, 1);
      if (align !== undefined) this.#align.pop();
    };
  }

  #enterContainer(element: Element): () => void {
    const tag = element.tagName;
    this.#endText();
    const implied = tag === 'li' && !containers.li?.(this.#parent) && isFlow(this.#parent) ? 'ul' : undefined;
    if (implied !== undefined) this.#openContainer(implied, '');
    const late = tag === 'caption' && !/<table[^>]*>$/.test(this.#html);
    const fits = !late && containers[tag]?.(this.#parent) === true && this.#containers.length < maxBlocks;
    const depth = this.#containers.length;
    if (fits)
      this.#openContainer(
        tag,
        containerAttributes(element) + languageAttributes(element) + this.#idAttribute(element),
      );
    return () => {
      this.#endText();
      if (fits && this.#containers.length > depth) this.#closeContainers(depth);
      if (implied !== undefined && this.#containers.length >= depth) this.#closeContainers(depth - 1);
    };
  }

  get #parent(): string {
    return this.#containers.at(-1) ?? '';
  }

  #openContainer(tag: string, attributes: string): void {
    if (this.#containers.length === 0) this.#sourceLine = null;
    this.#containers.push(tag);
    this.#afterBare = false;
    this.#html += `<${tag}${attributes}>`;
  }

  #closeContainers(depth: number): void {
    this.#afterBare = false;
    while (this.#containers.length > depth) {
      this.#html += `</${this.#containers.pop()}>`;
    }
    if (depth > 0) return;
    this.#blocks.push(this.#whole(this.#html, this.#text.trim()));
    this.#html = '';
    this.#text = '';
    this.#last = 'other';
  }

  #whole(html: string, text: string): Block {
    return { kind: 'other', lines: [{ html, text }], open: '', close: '', line: this.#sourceLine };
  }

  #thematicBreak(element: Element): void {
    this.#endText();
    if (!isFlow(this.#parent)) return;
    if (this.#containers.length > 0) {
      this.#html += '<hr/>';
      this.#afterBare = false;
    } else this.#blocks.push({ ...sceneBreak, line: lineOf(element) });
    this.#last = 'break';
  }

  #image(element: Element): void {
    const src = attribute(element, 'src')?.trim() ?? '';
    const alt = attribute(element, 'alt') ?? '';
    const resource = /^resource:[0-9a-f]{64}$/.test(src) ? src : this.#options.image?.(src);
    if (resource !== undefined) {
      this.#beforeWords(lineOf(element));
      const size = ['width', 'height'].map((name) => numberAttribute(element, name, 4096)).join('');
      this.#lineHtml += `<img src="${escapeHtml(resource)}" alt="${escapeHtml(alt)}"${size}/>`;
      this.#lineText += alt;
      return;
    }
    const href = savedBeside.test(src) ? undefined : this.#href(src);
    const name = alt.trim() || (href === undefined ? '' : decodeName(href));
    const words = name.replace(/[ \t\r\n\f]+/g, ' ').trim();
    if (words === '') return;
    this.#beforeWords(lineOf(element));
    const linked = href !== undefined && !this.#wanted.some((w) => w.tag === 'a');
    this.#lineHtml += linked
      ? `<a href="${escapeHtml(href)}" rel="nofollow ugc noopener">${escapeHtml(words)}</a>`
      : escapeHtml(words);
    this.#lineText += words;
  }

  #words(node: Node & { readonly value: string }): void {
    if (this.#tag === 'pre') {
      this.#preWords(node.value);
      return;
    }
    if (node.value.trim() === '') {
      this.#space ||= node.value !== '';
      return;
    }
    const value = /[\t\r\n\f]| {2}/.test(node.value) ? node.value.replace(/[ \t\r\n\f]+/g, ' ') : node.value;
    const opens = value.startsWith(' ');
    const closes = value.endsWith(' ');
    const words = opens || closes ? value.slice(opens ? 1 : 0, closes ? -1 : undefined) : value;
    if (opens) this.#space = true;
    this.#beforeWords(lineOf(node));
    this.#lineHtml += escapeHtml(words);
    this.#lineText += words;
    this.#space = closes;
  }

  #preWords(value: string): void {
    const text = value.replace(/\r\n?/g, '\n');
    if (text === '') return;
    this.#space = false;
    this.#beforeWords(null);
    // The parser drops a newline right after <pre>, but not one inside an element in it.
    if (this.#lineHtml === '' && this.#lines.length === 0 && text.startsWith('\n')) this.#lineHtml += '\n';
    this.#lineHtml += escapeHtml(text);
    this.#lineText += text;
  }

  /** Makes ready for words: breaks and spaces due, a paragraph where one is needed, the wanted inline markup. */
  #beforeWords(line: number | null): void {
    if (this.#breaks > 0) this.#breakLines();
    if (!isFlow(this.#parent) && !phrasing.has(this.#parent)) this.#makeRoom();
    if (this.#tag === '' && paragraphParents.has(this.#parent)) this.#tag = 'p';
    const empty = this.#lineHtml === '' && this.#lines.length === 0;
    if (empty && this.#containers.length === 0) this.#sourceLine = line;
    if (this.#space && this.#lineHtml !== '') {
      this.#lineHtml += ' ';
      this.#lineText += ' ';
    }
    this.#space = false;
    const same = this.#opened.findIndex(({ inline }, i) => this.#wanted[i] !== inline);
    if (same >= 0) this.#closeInlines(same);
    for (let i = this.#opened.length; i < this.#wanted.length; i++) {
      const inline = this.#wanted[i] as Inline;
      const open = this.#written.has(inline) ? inline.again : inline.open;
      this.#written.add(inline);
      this.#lineHtml += open;
      this.#opened.push({ inline, close: open === '' ? '' : `</${inline.tag}>` });
    }
  }

  /** Words where only items or rows may stand: in a list they get an item, elsewhere the container ends first. */
  #makeRoom(): void {
    const parent = this.#parent;
    if (parent === 'ul' || parent === 'ol') this.#openContainer('li', '');
    else if (parent === 'dl') this.#openContainer('dd', '');
    else {
      while (!isFlow(this.#parent)) this.#html += `</${this.#containers.pop()}>`;
      if (this.#containers.length === 0) this.#closeContainers(0);
    }
  }

  #breakLines(): void {
    const started = this.#lineHtml !== '' || this.#lines.length > 0;
    const breaks = this.#breaks;
    this.#breaks = 0;
    const ends = breaks > 1 && (this.#tag === 'p' || this.#tag === '') && paragraphParents.has(this.#parent);
    if (!ends) {
      if (started) this.#endLine();
      if (started && breaks > 1 && this.#tag === '') this.#endLine();
      return;
    }
    const attributes = this.#attributes;
    const tag = this.#tag;
    if (started) this.#endText();
    if (
      breaks > 2 &&
      this.#containers.length === 0 &&
      (this.#last === 'paragraph' || this.#last === 'other')
    ) {
      this.#blocks.push(sceneBreak);
      this.#last = 'break';
    }
    this.#tag = tag;
    this.#attributes = attributes.replace(/ id="[^"]*"/, '');
  }

  #endLine(): void {
    this.#closeInlines(0);
    this.#lines.push({ html: this.#lineHtml, text: this.#lineText });
    this.#lineHtml = '';
    this.#lineText = '';
    this.#space = false;
  }

  #closeInlines(depth: number): void {
    for (
      let opened = this.#opened.length > depth ? this.#opened.pop() : undefined;
      opened !== undefined;
      opened = this.#opened.length > depth ? this.#opened.pop() : undefined
    ) {
      this.#lineHtml += opened.close;
    }
  }

  /** Ends the text block under way, if there is one. */
  #endText(): void {
    const started = this.#lineHtml !== '' || this.#lines.length > 0;
    if (started) this.#endLine();
    const lines = this.#lines;
    const tag = this.#tag;
    const attributes = this.#attributes;
    this.#lines = [];
    this.#tag = '';
    this.#attributes = '';
    this.#space = false;
    this.#breaks = tag === '' && !started ? this.#breaks : 0;
    if (!started) return;
    const divider = tag === 'p' && lines.length === 1 && isDivider(lines[0]?.text ?? '');
    const align = divider ? 'scene' : this.#align.at(-1);
    const open =
      tag === ''
        ? ''
        : `<${tag}${align === undefined || tag === 'pre' ? '' : ` class="${align}"`}${attributes}>`;
    const close = tag === '' ? '' : `</${tag}>`;
    if (this.#containers.length > 0) {
      const apart = tag === '' && this.#afterBare ? '<br/>' : '';
      this.#html += apart + open + lines.map((l) => l.html).join('<br/>') + close;
      this.#text += `${lines.map((l) => l.text).join('\n')}\n`;
      this.#afterBare = tag === '';
      return;
    }
    const kind = divider ? 'break' : tag === 'p' ? 'paragraph' : tag === 'pre' ? 'other' : 'heading';
    this.#blocks.push({ kind, lines, open, close, line: this.#sourceLine });
    this.#last = kind;
  }
}

const phrasing = new Set(['dt', 'figcaption', 'caption']);

/** A browser's folder of companions (`page_files/pic.png`) was never on the site: no address leads there. */
const savedBeside = /^(?!\w+:)[^?#]*_files\//;

function nothing(): void {}

/** Ids that links in these nodes lead to. */
function linkedIds(nodes: readonly Node[]): ReadonlySet<string> {
  const targets = new Set<string>();
  each(nodes, (e) => {
    const href = e.tagName === 'a' ? attribute(e, 'href')?.trim() : undefined;
    if (href?.startsWith('#')) targets.add(plainId(href.slice(1)));
  });
  targets.delete('');
  // Most texts have no such link: then no id is looked at.
  if (targets.size === 0) return targets;
  const present = new Set<string>();
  each(nodes, (e) => present.add(idOf(e)));
  return new Set([...targets].filter((id) => present.has(id)));
}

/** The ids in clean text that links in it lead to; quotes in its words are escaped, so that only attributes match. */
function joinedIds(blocks: readonly Block[]): ReadonlySet<string> {
  const html = joinBlocks(blocks);
  const all = (pattern: RegExp): string[] => [...html.matchAll(pattern)].map((found) => found[1] ?? '');
  const ids = new Set(all(/ id="t-([\w.-]+)"/g));
  return new Set(all(/ href="#t-([\w.-]+)"/g).filter((id) => ids.has(id)));
}

function each(nodes: readonly Node[], visit: (element: Element) => void): void {
  for (const node of nodes) {
    if (!isElement(node)) continue;
    visit(node);
    findAll(node, (e) => {
      visit(e);
      return false;
    });
  }
}

/** What a link would call an element: its id, or the name of an anchor; '' for none. */
function idOf(element: Element): string {
  const id = attribute(element, 'id') ?? (element.tagName === 'a' ? attribute(element, 'name') : undefined);
  return id === undefined ? '' : plainId(id);
}

function plainId(id: string): string {
  const plain = id.replace(/^t-/, '');
  return /^[\w.-]{1,100}$/.test(plain) ? plain : '';
}

function languageAttributes(element: Element): string {
  const lang = attribute(element, 'lang') ?? '';
  const dir = attribute(element, 'dir')?.toLowerCase() ?? '';
  return (
    (/^[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*$/.test(lang) ? ` lang="${lang}"` : '') +
    (/^(ltr|rtl|auto)$/.test(dir) ? ` dir="${dir}"` : '')
  );
}

function containerAttributes(element: Element): string {
  const tag = element.tagName;
  if (tag === 'td' || tag === 'th')
    return numberAttribute(element, 'colspan', 100) + numberAttribute(element, 'rowspan', 100);
  if (tag === 'li') return numberAttribute(element, 'value', 100_000);
  if (tag !== 'ol') return '';
  const type = attribute(element, 'type') ?? '';
  const reversed = attribute(element, 'reversed') === undefined ? '' : ' reversed="reversed"';
  return (
    numberAttribute(element, 'start', 100_000) + (/^[1aAiI]$/.test(type) ? ` type="${type}"` : '') + reversed
  );
}

function numberAttribute(element: Element, name: string, most: number): string {
  const value = attribute(element, name) ?? '';
  return /^\d{1,6}$/.test(value) && Number(value) >= 1 && Number(value) <= most
    ? ` ${name}="${Number(value)}"`
    : '';
}

function alignOf(element: Element): string | undefined {
  if (element.tagName === 'center') return 'center';
  const align =
    attribute(element, 'align')?.toLowerCase() ??
    /text-align:\s*(\w+)/i.exec(attribute(element, 'style') ?? '')?.[1];
  if (align === 'center' || align === 'right') return align;
  const kept = /^(center|right)$/.exec(attribute(element, 'class') ?? '')?.[1];
  return kept;
}

function decodeName(href: string): string {
  const name = new URL(href).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name) || href;
  } catch {
    return name;
  }
}

interface Placed {
  line?: number;
  depth?: number;
}

/** A tree adapter that notes on each element the line its tag ended on, and refuses trees that are too deep. */
function lineKeeping(parser: () => Parser<DefaultTreeAdapterMap>): TreeAdapter<DefaultTreeAdapterMap> {
  const deepen = (parent: Placed, child: Placed): void => {
    const depth = (parent.depth ?? 0) + 1;
    if (depth > deepest) {
      throw new Unreadable(`html: elements are nested more than ${deepest} deep; no person wrote this page`);
    }
    child.depth = depth;
  };
  return {
    ...defaultTreeAdapter,
    createElement(tag, namespace, attrs) {
      const element: Element & Placed = {
        nodeName: tag,
        tagName: tag,
        attrs,
        namespaceURI: namespace,
        childNodes: [],
        parentNode: null,
        line: parser().tokenizer.preprocessor.line,
        depth: 0,
      };
      return element;
    },
    appendChild(parent, child) {
      if ('tagName' in child) deepen(parent as Placed, child as Placed);
      defaultTreeAdapter.appendChild(parent, child);
    },
    insertBefore(parent, child, reference) {
      if ('tagName' in child) deepen(parent as Placed, child as Placed);
      defaultTreeAdapter.insertBefore(parent, child, reference);
    },
  };
}
