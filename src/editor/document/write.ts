import type { Node } from 'prosemirror-model';
import { backSign } from '../notes.ts';
import type { ReadText } from './read.ts';
import { schema } from './schema.ts';
import { tidy } from './tidy.ts';
import { htmlOfBlock, htmlOfInline } from './write-html.ts';
import { hasBareAddress, markdownOfInline } from './write-inline.ts';

/*
 * A document as Markdown (docs/markdown.md), such that the server reads the same document again: signs where Markdown
 * has them and cannot mistake them, HTML elsewhere.
 */

/** Writes a document as Markdown. Blocks that are as they were read (`otherwise`) keep the markup they had. */
export function writeMarkdown(doc: Node, otherwise: ReadText['otherwise'] = []): string {
  const kept = schema.node(
    'doc',
    null,
    doc.children.map((block) => asRead(block, otherwise)),
  );
  const blocks = tidy(kept).children;
  const inHtml = blocks.map((block, i) => needsHtml(block) || runsInto(block, blocks[i - 1]));
  const notes = new Notes(blocks.some((block, i) => inHtml[i] === true && hasNote(block)));
  const written = blocks.map((block, i) =>
    inHtml[i] === true ? htmlOfBlock(block, notes.callInHtml) : writeBlock(block, notes),
  );
  return [...written, ...notes.written()].join('\n\n');
}

function asRead(block: Node, otherwise: ReadText['otherwise']): Node {
  const kept = otherwise.find((o) => o.block === block || o.block.eq(block));
  return kept === undefined ? block : schema.node('raw', { html: kept.html });
}

/** The notes of a text in the order in which they are called; all in HTML where one is called from HTML. */
class Notes {
  readonly #inHtml: boolean;
  readonly #notes: string[] = [];

  constructor(inHtml: boolean) {
    this.#inHtml = inHtml;
  }

  readonly call = (note: Node): string => {
    if (this.#inHtml) return this.callInHtml(htmlOfInline(note.content, String));
    const n = this.#notes.length + 1;
    this.#notes.push(`[^${n}]: ${markdownOfInline(note.content, String, { breaks: '<br/>' })}`);
    return `[^${n}]`;
  };

  readonly callInHtml = (html: string): string => {
    const n = this.#notes.length + 1;
    this.#notes.push(`<li id="t-fn-${n}"><p>${html} <a href="#t-fnref-${n}">${backSign}</a></p></li>`);
    return `<sup><a id="t-fnref-${n}" href="#t-fn-${n}">${n}</a></sup>`;
  };

  written(): readonly string[] {
    return this.#inHtml ? [`<ol>${this.#notes.join('')}</ol>`] : this.#notes;
  }
}

function writeBlock(block: Node, notes: Notes): string {
  const { name } = block.type;
  if (name === 'heading')
    return `${'#'.repeat(block.attrs.level)} ${markdownOfInline(block.content, notes.call, { heading: true })}`;
  if (name === 'scene_break') return block.attrs.mark === null ? '***' : escapeMark(block.attrs.mark);
  if (name === 'blockquote') {
    const inner = block.children.map((child) => writeBlock(child, notes)).join('\n\n');
    return inner
      .split('\n')
      .map((line) => (line === '' ? '>' : `> ${line}`))
      .join('\n');
  }
  if (block.type.isInGroup('list')) {
    const first = name === 'ordered_list' ? Number(block.attrs.start ?? 1) : undefined;
    const items = block.children.map((item, i) =>
      writeItem(item, first === undefined ? '- ' : `${first + i}. `, notes),
    );
    return items.join(isLoose(block) ? '\n\n' : '\n');
  }
  return markdownOfInline(block.content, notes.call);
}

function writeItem(item: Node, sign: string, notes: Notes): string {
  const text = item.children.map((child) => writeBlock(child, notes)).join(item.attrs.tight ? '\n' : '\n\n');
  return sign + text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(sign.length)}`);
}

/** A line that is only a mark must not be taken for a sign. */
function escapeMark(mark: string): string {
  return mark.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** Two lists of a kind one after the other would be one. */
function runsInto(block: Node, before: Node | null | undefined): boolean {
  return block.type.isInGroup('list') && before?.type === block.type;
}

function isLoose(list: Node): boolean {
  return list.firstChild?.attrs.tight === false;
}

function hasNote(block: Node): boolean {
  let found = false;
  block.descendants((node) => {
    found ||= node.type.name === 'footnote';
  });
  return found;
}

/** Whether Markdown has no sign for a block, or one that could be read otherwise. */
function needsHtml(block: Node): boolean {
  const { name } = block.type;
  if (name === 'raw' || name === 'verse' || saysMore(block)) return true;
  if (block.inlineContent)
    return (
      hasBareAddress(block) ||
      (name === 'heading' && block.children.some((n) => n.type.name === 'hard_break'))
    );
  if (block.type.isInGroup('list')) return listNeedsHtml(block);
  return anyNeedsHtml(block);
}

function saysMore({ attrs }: Node): boolean {
  return ['lang', 'dir', 'id', 'align', 'type', 'reversed', 'value'].some(
    (name) => (attrs[name] ?? null) !== null,
  );
}

function anyNeedsHtml(parent: Node): boolean {
  return parent.children.some((child, i) => needsHtml(child) || runsInto(child, parent.maybeChild(i - 1)));
}

/** In Markdown all items of a list hold paragraphs, or none does; a lone item of one never does. */
function listNeedsHtml(list: Node): boolean {
  const loose = isLoose(list);
  if (loose && list.childCount === 1 && list.firstChild?.childCount === 1) return true;
  return list.children.some((item) => {
    const [first, ...others] = item.children;
    if (item.attrs.tight === loose || saysMore(item) || first?.childCount === 0 || anyNeedsHtml(item))
      return true;
    return !loose && others.some((child) => !child.type.isInGroup('list') || isLoose(child));
  });
}
