import {
  attribute,
  closest,
  type Element,
  hasClass,
  isElement,
  isText,
  isUnseen,
  type Node,
  textOf,
} from '../../dom.ts';
import type { CommentState } from '../../model/comment.ts';
import { isDateLine } from '../dates.ts';
import { numberIn, readAddress } from './address.ts';
import type { Taken } from './chrome.ts';
import { claim } from './claim.ts';
import { authorOf, isUserTag, readUserTag, type UserTag } from './names.ts';
import type { JournalComment } from './page.ts';
import { isUserpicBox } from './tail.ts';
import { dateInNote, stateOfWords, subjectOf, wordsOf } from './words.ts';

/** Where a layout puts the words and the subject of a comment; no body for one that is a stub or collapsed. */
export interface CommentParts {
  readonly body: Element | undefined;
  readonly subject: SubjectPart | undefined;
  /** Classes of what the layout prints before the words in the same element. */
  readonly before?: readonly string[];
}

/** The words of a subject, and the nodes they stand in, perhaps with marks around them. */
export interface SubjectPart {
  readonly words: string | null;
  readonly nodes: readonly Node[];
}

/** A subject that has an element of its own. */
export function subjectIn(element: Element | undefined): SubjectPart | undefined {
  return element === undefined ? undefined : { words: wordsOf(element), nodes: [element] };
}

const links = 'livejournal: links of a comment';

/**
 * Reads one comment of an S2 layout. They differ in where the words stand (`parts`); around these all print a user's
 * name or an italic "(Anonymous)", the time (core1.s2, `Comment::time_display`), and links whose `thread=` names the
 * comment itself or its parent.
 */
export function readS2Comment(
  container: Element,
  id: number | null,
  depth: number,
  found: CommentParts,
  site: string | null,
  taken: Taken,
): JournalComment {
  const parts = isPlaceholder(container) ? { body: undefined, subject: undefined } : found;
  const nodes = [...around(container, parts.body)];
  const { body, edited } = wordsIn(parts, taken);
  taken.add(body);
  const user = findUser(nodes);
  const inSubject = new Set(parts.subject?.nodes);
  const heads = nodes.filter((node) => !isWithin(node, inSubject));
  const anonymous = heads.find((node) => isElement(node) && isAnonymous(node));
  const date = findDate(heads.filter((node) => closest(node, isLink) === undefined));
  const link =
    parts.body === undefined ? heads.find((node) => isElement(node) && isSubjectLink(node, id)) : undefined;
  const subjectPart =
    parts.subject ?? (link === undefined ? undefined : { words: wordsOf(link), nodes: [link] });
  const subject = subjectOf(subjectPart?.words ?? null);
  const { state, note } = stateOf(container, parts, heads, user !== undefined || anonymous !== undefined);
  if (subject !== null) claim(taken, links, subjectPart?.nodes ?? [], subject);
  taken.add(user?.text);
  if (date !== undefined) claim(taken, links, [date.node], date.written);
  giveRest(nodes, taken);
  return {
    id,
    depth,
    parentId: parentOf(heads, id),
    author:
      user !== undefined ? authorOf(user, site) : anonymous !== undefined ? { kind: 'anonymous' } : null,
    posted: date?.written ?? null,
    tooltip: date?.tooltip ?? null,
    edited,
    subject,
    body,
    state,
    stateNote: note,
    icon: iconOf(nodes),
    importedFrom: null,
    element: container,
  };
}

/** Whether nothing stands in a comment but the words for its state. */
function isPlaceholder(container: Element): boolean {
  const words = textOf(container, 100);
  return words.length < 60 && /^\([^()]*\)$/.test(words) && stateOfWords(words) !== undefined;
}

/** The first user's name; Disjointed prints a plain link where others have a user's name. */
function findUser(nodes: readonly Node[]): UserTag | undefined {
  const elements = nodes.filter(isElement);
  const tag = elements
    .filter(isUserTag)
    .map(readUserTag)
    .find((user) => user !== undefined);
  if (tag !== undefined) return tag;
  const link = elements.find(
    (e) => e.tagName === 'a' && closest(e, (x) => hasClass(x, 'altposter')) !== undefined,
  );
  const name = wordsOf(link);
  if (link === undefined || name === null) return undefined;
  return { element: link, text: link, name, site: readAddress(attribute(link, 'href'))?.site ?? null };
}

/** Every node of a comment that is not its words, nor of another comment inside. */
function* around(container: Element, body: Element | undefined): Generator<Node> {
  const stack: Node[] = [...container.childNodes].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node === body || (isElement(node) && (isUnseen(node) || isComment(node)))) continue;
    yield node;
    if ('childNodes' in node) for (const child of node.childNodes.toReversed()) stack.push(child);
  }
}

/** The id of the element that S2 layouts put around a comment. */
export function isComment(element: Element): boolean {
  return /^ljcmt\d+$/.test(attribute(element, 'id') ?? '');
}

/** The words without the note "Edited at …" that the site adds after two line breaks (core1.s2, `print_text`). */
function wordsIn(
  parts: CommentParts,
  taken: Taken,
): { readonly body: readonly Node[]; readonly edited: string | null } {
  const all = parts.body?.childNodes ?? [];
  const first = all.findIndex((node) => !isBlank(node) && !isBefore(node, parts));
  taken.rule(
    links,
    (first < 0 ? all : all.slice(0, first)).filter((node) => isBefore(node, parts)),
  );
  const nodes = first < 0 ? [] : all.slice(first);
  const at = nodes.findLastIndex((node) => !isBlank(node));
  const note = nodes[at];
  if (note === undefined || !isElement(note) || !hasClass(note, 'ljedittime')) {
    return { body: nodes, edited: null };
  }
  const edited = dateInNote(textOf(note));
  claim(taken, 'livejournal: edit note', [note], edited);
  return { body: nodes.slice(0, at), edited };
}

function isBlank(node: Node): boolean {
  return isText(node) && node.value.trim() === '';
}

function isBefore(node: Node, { before }: CommentParts): boolean {
  if (before === undefined || !isElement(node)) return false;
  return before.some((name) => hasClass(node, name)) || isUserpicBox(node);
}

function isWithin(node: Node, roots: ReadonlySet<Node>): boolean {
  return roots.has(node) || closest(node, (e) => roots.has(e)) !== undefined;
}

function isAnonymous(element: Element): boolean {
  const words = element.childNodes.every(isText) ? textOf(element) : '';
  if (/^\(?(?:anonymous|анонимно)\)?$/i.test(words)) return element.tagName !== 'a';
  const isItalic = element.tagName === 'i' || element.tagName === 'em';
  return (
    isItalic &&
    /^\(.+\)$/.test(words) &&
    subjectOf(words) !== null &&
    closest(element, isHeading) === undefined
  );
}

function isHeading(element: Element): boolean {
  return /^h\d$/.test(element.tagName) || isLink(element);
}

function isLink(element: Element): boolean {
  return element.tagName === 'a';
}

/** A collapsed comment is a link to itself, with its subject for words. */
function isSubjectLink(element: Element, id: number | null): boolean {
  const thread = numberIn(attribute(element, 'href'), 'thread');
  return (
    element.tagName === 'a' &&
    thread !== null &&
    (id === null || thread === id) &&
    !/^\W*(?:expand|link|thread|развернуть)\W*$/i.test(textOf(element))
  );
}

interface FoundDate {
  readonly node: Node;
  readonly written: string;
  readonly tooltip: string | null;
}

/** The first element or text that is a date and nothing else, "Posted on" before it aside. */
function findDate(nodes: readonly Node[]): FoundDate | undefined {
  for (const node of nodes) {
    const words = isText(node)
      ? node.value.trim()
      : isElement(node) && node.childNodes.every(isText)
        ? textOf(node)
        : '';
    const written = words
      .replace(/^(?:(?:posted|date|time)\b:?\s*)?(?:(?:on|at|@)\s+)?/i, '')
      .replace(/ at (?=\d)/, ' ');
    if (/\d/.test(written) && isDateLine(written)) {
      const titled = closest(node, (e) => attribute(e, 'title') !== undefined);
      return { node, written, tooltip: (titled && attribute(titled, 'title')) ?? null };
    }
  }
  return undefined;
}

function stateOf(
  container: Element,
  parts: CommentParts,
  nodes: readonly Node[],
  hasAuthor: boolean,
): { readonly state: CommentState; readonly note: string | null } {
  if (parts.body === undefined) {
    const words = textOf(container, 300);
    const said = hasAuthor ? undefined : stateOfWords(words);
    const note = words.replace(/^\((.*)\)$/, '$1');
    return said === undefined
      ? { state: 'collapsed', note: null }
      : { state: said, note: said === 'hidden' ? note : null };
  }
  const hrefs = nodes.filter(isElement).map((e) => attribute(e, 'href') ?? '');
  if (hasClass(container, 'screened') || hrefs.some((href) => /[?&;]mode=unscreen\b/.test(href))) {
    return { state: 'screened', note: null };
  }
  const outside = nodes.filter(isText);
  const isFrozen =
    hrefs.some((href) => /[?&;]mode=unfreeze\b/.test(href)) ||
    outside.some((text) => /^[\s(]*(?:replies )?frozen\b|заморожен/i.test(text.value));
  return { state: isFrozen ? 'frozen' : 'shown', note: null };
}

function parentOf(nodes: readonly Node[], id: number | null): number | null {
  for (const node of nodes) {
    if (!isElement(node) || node.tagName !== 'a') continue;
    const thread = numberIn(attribute(node, 'href'), 'thread');
    if (thread !== null && thread !== id && id !== null) return thread;
  }
  return null;
}

/** The keyword of a userpic, where the layout gives it as `name: keyword` in the title or alternative text. */
function iconOf(nodes: readonly Node[]): string | null {
  for (const node of nodes) {
    if (!isElement(node) || node.tagName !== 'img') continue;
    const title = attribute(node, 'title') ?? attribute(node, 'alt') ?? '';
    const keyword = /^[\w-]+: (.+)$/.exec(title)?.[1];
    if (keyword !== undefined && !/^pic#\d+$/.test(keyword)) return keyword;
  }
  return null;
}

const furniture =
  /^[\s\p{P}\p{S}]*(?:(?:from|date|time|subject|link|(?:poster )?ip(?: address)?|posted(?: by| on| at)?|security|public|anonymous|no subject|(?:replies )?frozen|expand|collapse|select|reply|parent|thread|deleted comment|screened comment|suspicious comment|spam|reply from suspended user|\d{1,3}(?:\.\d{1,3}){3}|on|at|в|от|от кого|дата|ссылка|тема)[\s\p{P}\p{S}]*)*$/iu;

/** What is left of a comment is the site's when it is a link, a label or a word of the site; words of people stay over. */
function giveRest(nodes: readonly Node[], taken: Taken): void {
  for (const node of nodes) {
    if (!isText(node) || node.value.trim() === '' || isWithinTaken(node, taken)) continue;
    const isControl =
      closest(node, (e) => ['a', 'label', 'form', 'option', 'select', 'button'].includes(e.tagName)) !==
      undefined;
    if (isControl || furniture.test(node.value)) taken.rule(links, node);
  }
}

function isWithinTaken(node: Node, taken: Taken): boolean {
  return taken.has(node) || closest(node, (e) => taken.has(e)) !== undefined;
}

/** Depths by the distinct margins of a page: a layout may indent by any step. */
export function depthsOf(margins: readonly number[]): readonly number[] {
  const steps = [...new Set(margins)].sort((a, b) => a - b);
  return margins.map((margin) => steps.indexOf(margin));
}

/** How far an element is moved right, in pixels. */
export function marginOf(element: Element): number {
  return Number(/margin-left:\s*(-?\d+)/i.exec(attribute(element, 'style') ?? '')?.[1] ?? 0);
}
