import { attribute, type Element, isElement, isText, isUnseen, lineOf, type Node } from '../dom.ts';
import {
  alignOf,
  containerAttributes,
  containers,
  headingTags,
  inlineTags,
  isFlow,
  languageAttributes,
  lineEnding,
  numberAttribute,
  paragraphParents,
  phrasing,
  preTags,
} from './allowed.ts';
import { type Block, escapeHtml, isDivider, type Line, sceneBreak } from './blocks.ts';
import { idOf, plainId } from './ids.ts';

/** What a page knows that its markup does not say. */
export interface CleanOptions {
  /** Where the page was: relative links are resolved against it; without it they lose their target. */
  readonly base?: string | undefined;
  /** Gives the address (`resource:<sha256>`) of an image that came with the page; others become links to where they were. */
  readonly image?: (src: string) => string | undefined;
  /** Whether an element is the site's own and no part of what was written, as the little picture beside a user's name. */
  readonly omit?: (element: Element) => boolean;
}

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
export class Cleaner {
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

/** A browser's folder of companions (`page_files/pic.png`) was never on the site: no address leads there. */
const savedBeside = /^(?!\w+:)[^?#]*_files\//;

function nothing(): void {}

function decodeName(href: string): string {
  const name = new URL(href).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name) || href;
  } catch {
    return name;
  }
}
