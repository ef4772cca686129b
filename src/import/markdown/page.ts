import type { Heading, ListItem, Root, RootContent } from 'mdast';
import { Unreadable } from '../../errors.ts';
import { parseMarkdown, wordsOf } from '../../markdown/read.ts';
import type { Condition } from '../../model/state.ts';
import type { Chrome } from '../importer.ts';
import { type Attributes, conditionsOf, readAttributes } from './attributes.ts';

/** A Markdown file as it stands there. */
export interface MarkdownPage {
  readonly document: Root;
  /** The text between the `---` lines at its head; null for none. */
  readonly frontMatter: string | null;
  /** What stands before the first passage. */
  readonly head: RootContent[];
  /** The heading of depth 1 that names the whole; null for none. */
  readonly title: Heading | null;
  readonly sections: readonly Section[];
  /** Whether any heading uses the dialect of docs/markdown.md. */
  readonly isDialect: boolean;
  readonly chrome: readonly Chrome[];
}

/** A heading and what stands under it, the choices at its end taken off. */
export interface Section {
  readonly heading: Heading;
  readonly words: string;
  readonly attributes: Attributes;
  readonly body: RootContent[];
  readonly choices: readonly LinkedChoice[];
}

interface LinkedChoice {
  readonly label: string;
  readonly to: string;
  readonly showIf: readonly Condition[];
  /** The braces after the link, as written. */
  readonly conditions: readonly Chrome[];
}

/** Parses a Markdown file and its dialect. Sections are headings of depth 2, and any with attributes. */
export function readMarkdown(text: string): MarkdownPage {
  const source = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const front = /^---[ \t]*\n([\s\S]*?)\n?^(?:---|\.\.\.)[ \t]*(?:\n|$)/m.exec(source);
  const hasFront =
    front !== null && front.index === 0 && /^[\w"'-][^\n]{0,40}?:(?:\s|$)/.test((front[1] ?? '').trim());
  // Blank lines in its place keep the numbers of the lines below.
  const body = hasFront ? front[0].replace(/[^\n]+/g, '') + source.slice(front[0].length) : source;
  refuseTooDeep(body);
  const { plain, attributes } = takeAttributes(body);
  const document = parseMarkdown(plain);
  const headings = document.children.filter((n) => n.type === 'heading');
  const isDialect = attributes.size > 0;
  const title = titleOf(headings, attributes);
  const level = isDialect ? 2 : Math.min(...headings.filter((h) => h !== title).map((h) => h.depth));
  const opens = (node: RootContent): node is Heading => {
    if (node.type !== 'heading' || node === title) return false;
    const own = attributes.get(node.position?.start.line ?? 0);
    return own === undefined ? node.depth === level : !own.classes.has('text');
  };
  const starts = document.children.flatMap((node, i) => (opens(node) ? [i] : []));
  const head = document.children.slice(0, starts[0]).filter((n) => n !== title);
  const keys = new Set([...attributes.values()].map((a) => a.key));
  const sections = starts.map((at, i) => {
    const heading = document.children[at] as Heading;
    const nodes = document.children.slice(at + 1, starts[i + 1]).filter((n) => n !== title);
    const choices = isDialect ? choicesOf(nodes.at(-1), keys) : undefined;
    const own = attributes.get(heading.position?.start.line ?? 0) ?? none;
    return {
      heading,
      words: wordsOf(heading).trim(),
      attributes: own,
      body: choices === undefined ? nodes : nodes.slice(0, -1),
      choices: choices ?? [],
    };
  });
  const chrome = [
    ...chromeOf(document, plain),
    ...takenFrom(body, plain),
    ...sections.flatMap((s) => s.choices.flatMap((c) => c.conditions)),
  ];
  return {
    document,
    frontMatter: hasFront ? (front[1] ?? '') : null,
    head,
    title,
    sections,
    isDialect,
    chrome,
  };
}

/** @throws Unreadable for quotations or lists nested so deep that only reading them would take minutes. */
function refuseTooDeep(text: string): void {
  if (/^(?:[ \t]*(?:>|[-+*](?=[ \t]))){60}|^[ \t]{120,}(?:[-+*]|\d{1,9}[.)])[ \t]/m.test(text))
    throw new Unreadable('import/markdown: quotations or lists are nested deeper than any person writes');
}

const none: Attributes = { key: null, classes: new Set(), values: new Map() };

/** Blanks the attributes of headings out of the text, so that no markup is seen in them; by line of the heading. */
function takeAttributes(text: string): {
  readonly plain: string;
  readonly attributes: ReadonlyMap<number, Attributes>;
} {
  const attributes = new Map<number, Attributes>();
  const lines = text.split('\n');
  let fence = '';
  for (const [i, written] of lines.entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(written)?.[1] ?? '';
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence) && written.trim() === mark) fence = '';
    const isHeading = fence === '' && written.length < 2000 && /^ {0,3}#{1,6}[ \t]/.test(written);
    const braces = isHeading ? /(?<!\\)\{[^{}]*\}(?=[ \t#]*$)/.exec(written) : null;
    const found = braces === null ? undefined : readAttributes(braces[0]);
    if (braces === null || found === undefined || !isKnown(found)) continue;
    attributes.set(i + 1, found);
    lines[i] = written.slice(0, braces.index).trimEnd() + written.slice(braces.index + braces[0].length);
  }
  return { plain: lines.join('\n'), attributes };
}

const classNames = new Set(['ending', 'variant', 'text']);
const valueNames = new Set(['set', 'unset', 'tag', 'of', 'title']);

/** Attributes of another dialect (`{.unnumbered}`) stay in the title. */
function isKnown(found: Attributes): boolean {
  return (
    [...found.classes].every((c) => classNames.has(c)) &&
    [...found.values.keys()].every((v) => valueNames.has(v))
  );
}

/** The first heading, when it is the only one of depth 1 and has no attributes. */
function titleOf(headings: readonly Heading[], attributes: ReadonlyMap<number, Attributes>): Heading | null {
  const [first] = headings;
  const isTitle =
    first?.depth === 1 &&
    headings.filter((h) => h.depth === 1).length === 1 &&
    !attributes.has(first.position?.start.line ?? 0) &&
    !/^\s*[\p{L}' ]{2,20}:/u.test(wordsOf(first));
  return isTitle ? first : null;
}

/** A list in which every item is only a link to a passage. */
function choicesOf(
  node: RootContent | undefined,
  keys: ReadonlySet<string | null>,
): readonly LinkedChoice[] | undefined {
  if (node?.type !== 'list') return undefined;
  const choices = node.children.map((entry) => choiceOf(entry, keys));
  return choices.every((c) => c !== undefined) ? choices : undefined;
}

function choiceOf(entry: ListItem, keys: ReadonlySet<string | null>): LinkedChoice | undefined {
  const [paragraph] = entry.children;
  if (entry.children.length !== 1 || paragraph?.type !== 'paragraph') return undefined;
  const [link, after] = paragraph.children;
  if (link?.type !== 'link' || paragraph.children.length > 2) return undefined;
  const to = /^#(.+)$/.exec(link.url)?.[1];
  if (to === undefined || !keys.has(to)) return undefined;
  if (after === undefined) return { label: wordsOf(link), to, showIf: [], conditions: [] };
  const words = after.type === 'text' ? after.value.trim() : '';
  const attributes = readAttributes(words);
  const showIf = attributes === undefined ? undefined : conditionsOf(attributes);
  const conditions = [{ rule: 'markdown: conditions of choices', text: words }];
  return showIf === undefined ? undefined : { label: wordsOf(link), to, showIf, conditions };
}

/** Words of the source that are markup and not text: where links lead, names of references, languages of code, tags. */
function chromeOf(document: Root, text: string): readonly Chrome[] {
  const found: Chrome[] = [];
  const add = (rule: string, words: string | null | undefined): void => {
    if (words) found.push({ rule: `markdown: ${rule}`, text: words });
  };
  const stack: (Root | RootContent)[] = [document];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if ('children' in node) stack.push(...node.children);
    const written = text.slice(node.position?.start.offset, node.position?.end.offset);
    if (node.type === 'html') for (const [tag] of node.value.matchAll(tagShape)) add('tags', tag);
    else if (node.type === 'code') add('language of code', /^[`~]{3,}.*/.exec(written)?.[0]);
    else if (node.type === 'listItem') add('numbers of items', /^\d+/.exec(written)?.[0]);
    else if (/^(?:link|image|definition|footnote)/.test(node.type)) add('links', markupOf(node, written));
    if (insideWords.test(node.type)) add('signs inside words', fragmentsAround(node, text));
    if (node.type === 'text') {
      for (const [reference] of written.matchAll(/&[#\w]+;/g)) add('character references', reference);
    }
  }
  return found;
}

const insideWords = /^(?:emphasis|strong|delete|inlineCode|link|linkReference|html|footnoteReference)$/;

/** The parts into which markup cuts a word: `*un*usual` shows one word, and the source has two. */
function fragmentsAround(node: Root | RootContent, text: string): string {
  const shown = wordsOf(node);
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? 0;
  const before = /[\p{L}\p{M}\p{N}]+$/u.exec(text.slice(Math.max(0, start - 40), start))?.[0];
  const after = /^[\p{L}\p{M}\p{N}]+/u.exec(text.slice(end, end + 40))?.[0];
  const first = before === undefined ? undefined : /^[\p{L}\p{M}\p{N}]+/u.exec(shown)?.[0];
  const last = after === undefined ? undefined : /[\p{L}\p{M}\p{N}]+$/u.exec(shown)?.[0];
  const cut = [...(first === undefined ? [] : [before, first]), ...(last === undefined ? [] : [last, after])];
  const note = node.type === 'footnoteReference' ? [before, after] : [];
  return [...cut, ...note].filter((part) => part !== undefined).join(' ');
}

/** Tags and comments, and what browsers do not show. */
const tagShape =
  /<!--[\s\S]*?(?:-->|$)|<(script|style|template|iframe|object|noembed|noframes)\b[\s\S]*?(?:<\/\1\s*>|$)|<[^>]*(?:>|$)|&[#\w]+;/gi;

/** What a link, image, definition or reference has in the source besides the words it shows. */
function markupOf(node: Root | RootContent, written: string): string {
  if (node.type === 'footnoteDefinition') return node.identifier;
  if (node.type === 'linkReference' || node.type === 'imageReference')
    return node.referenceType === 'full' ? (node.label ?? '') : '';
  const shown = node.type === 'definition' ? '' : wordsOf(node);
  const at = shown === '' ? -1 : written.lastIndexOf(']');
  return at < 0 ? written : written.slice(at);
}

function takenFrom(text: string, plain: string): readonly Chrome[] {
  const left = plain.split('\n');
  return text.split('\n').flatMap((line, i) => {
    const words = line === left[i] ? '' : (/\{[^{}]*\}[ \t#]*$/.exec(line)?.[0] ?? '');
    return words === '' ? [] : [{ rule: 'markdown: attributes of headings', text: words }];
  });
}
