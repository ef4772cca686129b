import {
  attribute,
  byTag,
  closest,
  type Element,
  find,
  findAll,
  hasClass,
  isElement,
  isText,
  type Node,
  textOf,
} from '../../dom.ts';
import type { CommentAuthor, CommentState } from '../../model/comment.ts';
import { linksIn, numberIn } from '../journal/address.ts';
import type { Taken } from '../journal/chrome.ts';
import { claim } from '../journal/claim.ts';
import { authorOf, findUserTag } from '../journal/names.ts';
import type { JournalComment } from '../journal/page.ts';
import { dateInNote, stateOfWords, subjectOf, textsIn, wordsOf } from '../journal/words.ts';
import type { Cell } from './page.ts';

/** Reads one comment from its cell. */
export function readCell(cell: Cell, site: string | null, taken: Taken): JournalComment {
  const { element } = cell;
  const head = hasHead(element) ? element : find(element, hasHead);
  if (head !== undefined) return readWhole(cell, head, site, taken);
  const date = findAll(element, byTag('i')).at(-1);
  return date !== undefined && find(element, byTag('a')) !== undefined
    ? readCollapsed(cell, date, site, taken)
    : readPlaceholder(cell, taken);
}

const nothing = {
  parentId: null,
  author: null,
  posted: null,
  tooltip: null,
  edited: null,
  subject: null,
  body: [],
  stateNote: null,
  icon: null,
  importedFrom: null,
} as const;

function hasHead(element: Element): boolean {
  return /^cmtbar\d+$/.test(attribute(element, 'id') ?? '') || hasClass(element, 'talk-comment-head');
}

/** Words in place of a comment: "(Deleted post)", "(Screened Post)", "(Reply from suspended user)", "(Spam)". */
function readPlaceholder({ element, id, depth }: Cell, taken: Taken): JournalComment {
  taken.rule('livejournal: state of a comment', element);
  const words = textOf(find(element, byTag('b')) ?? element).replace(/^\((.*)\)$/, '$1');
  return {
    ...nothing,
    id,
    depth,
    state: stateOfWords(words) ?? 'hidden',
    stateNote: words === '' ? null : words,
    element,
  };
}

/** Collapsed to a line: subject, name, date, "(Expand)". Its words are not in the page. */
function readCollapsed(
  { element, id, depth }: Cell,
  date: Element,
  site: string | null,
  taken: Taken,
): JournalComment {
  const link = find(element, byTag('a'));
  const subject = subjectOf(wordsOf(link));
  taken.rule('livejournal: line of a collapsed comment', element);
  if (subject !== null) taken.add(link);
  taken.add(date);
  const author = readAuthor(element, date, site, taken);
  return { ...nothing, id, depth, author, posted: wordsOf(date), subject, state: 'collapsed', element };
}

function readWhole(
  { element, id, depth }: Cell,
  head: Element,
  site: string | null,
  taken: Taken,
): JournalComment {
  const title = find(
    head,
    (e) => e.tagName === 'h3' || (e.tagName === 'font' && attribute(e, 'size') === '+1'),
  );
  const date = find(
    head,
    (e) => hasClass(e, 'datepost') || (e.tagName === 'font' && attribute(e, 'size') === '-1'),
  );
  const tools = findAll(head, (e) => e.tagName === 'a').flatMap(linksIn);
  taken.rule('livejournal: links of a comment', toolsOf(head, date));
  giveAddress(head, taken);
  const words = wordsNodes(element, head);
  const links = words.findLast(isLinks);
  const edit = words
    .flatMap((n) => (isElement(n) ? [n] : []))
    .findLast((e) => hasClass(e, 'ljedittime') || hasClass(e, 'edittime'));
  taken.rule('livejournal: links of a comment', links);
  const body = words.filter((node) => node !== links && node !== edit && !isForm(node));
  const subject = readSubject(title);
  taken.add(body, date);
  claim(taken, 'livejournal: state of a comment', [title], subject);
  const author = readAuthor(head, date, site, taken);
  const { state, note } = hasClass(head, 'screened') ? screened : stateOf(tools, links);
  return {
    id,
    depth,
    parentId: parentOf(links, id),
    author,
    posted: wordsOf(date),
    tooltip: null,
    edited: edit === undefined ? null : readEdited(edit, taken),
    subject,
    body: edit === undefined ? body : dropTrailingBreaks(body),
    state,
    stateNote: note,
    icon: iconOf(head),
    importedFrom: importedFrom(head, taken),
    element,
  };
}

const screened = { state: 'screened', note: null } as const;

/** The subject without what Dreamwidth puts before it: "(Screened comment) ", and numbers of its own. */
function readSubject(title: Element | undefined): string | null {
  if (title === undefined) return null;
  const own = title.childNodes.filter(
    (node) => !isElement(node) || !(hasClass(node, 'echi') || hasClass(node, 'invisible')),
  );
  const words = own
    .map(wordsOf)
    .filter((part) => part !== null)
    .join(' ');
  const bare = title.tagName === 'h3' ? words.replace(/^\(screened[^)]*\)\s*/i, '') : words;
  return subjectOf(bare === '' ? null : bare);
}

/** "(from livejournal.com)" after the name of a commenter whose comment Dreamwidth had imported. */
function importedFrom(head: Element, taken: Taken): string | null {
  for (const node of textsIn(head)) {
    const site = /^\s*\(from ([a-z0-9-]+\.(?:com|org|net))\)\s*$/.exec(node.value)?.[1];
    if (site === undefined) continue;
    taken.part(node, 'livejournal: imported', node.value.replace(site, ''));
    return site;
  }
  return null;
}

/** What a head holds besides subject, name and date: links, a box to tick, "Comment Posted Successfully". */
function toolsOf(head: Element, date: Element | undefined): readonly Element[] {
  return findAll(head, (e) => {
    if (e.tagName === 'nobr' || e.tagName === 'label' || hasClass(e, 'talkargs')) return true;
    if (e.tagName === 'font') return e !== date && attribute(e, 'size') === '-1';
    return e.tagName === 'b' && (e.parentNode === head || closest(e, byTag('font')) === undefined);
  });
}

/** "(from 1.2.3.4)", "(Country, City / 1.2.3.4)": bare text of the head. */
function giveAddress(head: Element, taken: Taken): void {
  for (const node of textsIn(head)) {
    if (node.value.length < 200 && /\d+\.\d+\.\d+\.\d+|[0-9a-f]*:[0-9a-f:]+:/.test(node.value))
      taken.rule('livejournal: address of a commenter', node);
  }
}

/** The nodes that hold the words: those of the box, or in older pages, all that follows the head. */
function wordsNodes(element: Element, head: Element): readonly Node[] {
  const box = find(element, (e) => hasClass(e, 'talk-comment-box') || hasClass(e, 'commentbody'));
  if (box !== undefined) return box.childNodes;
  const siblings = head.parentNode?.childNodes ?? [];
  return siblings.slice(siblings.indexOf(head) + 1);
}

function isLinks(node: Node): boolean {
  return (
    isElement(node) &&
    node.tagName === 'p' &&
    find(node, (e) => e.tagName === 'font' && attribute(e, 'size') === '-2') !== undefined
  );
}

function isForm(node: Node): boolean {
  return isElement(node) && /^(?:ljqrt|qr)/.test(attribute(node, 'id') ?? '');
}

function readAuthor(
  within: Element,
  date: Element | undefined,
  site: string | null,
  taken: Taken,
): CommentAuthor | null {
  const user = findUserTag(within);
  if (user !== undefined) {
    taken.add(user.text);
    return authorOf(user, site);
  }
  const stand = findAll(within, byTag('i')).find((e) => e !== date && /^\(.*\)$/.test(textOf(e)));
  if (stand === undefined) return null;
  const gone = /:\s*([\w.-]+)\)$/.exec(textOf(stand))?.[1];
  if (gone === undefined) {
    taken.rule('livejournal: anonymous', stand);
    return { kind: 'anonymous' };
  }
  const text = textsIn(stand).at(-1);
  taken.rule('livejournal: deleted user', stand);
  if (text !== undefined) taken.part(text, 'livejournal: deleted user', text.value.replace(gone, ''));
  return { kind: 'imported', name: gone, site };
}

/**
 * A whole comment's state shows only in what one may do with it: unscreen, unfreeze, take back from spam; for a
 * frozen one, all readers see a word in brackets where the link to answer would be.
 */
function stateOf(
  tools: readonly string[],
  links: Node | undefined,
): { readonly state: CommentState; readonly note: string | null } {
  if (tools.some((href) => /mode=unspam/.test(href))) return { state: 'hidden', note: 'spam' };
  if (tools.some((href) => /mode=unscreen/.test(href))) return { state: 'screened', note: null };
  const said = links !== undefined && textsIn(links).some((node) => /\(\s*\p{L}[^()]*\)/u.test(node.value));
  if (said || tools.some((href) => /mode=unfreeze/.test(href))) return { state: 'frozen', note: null };
  return { state: 'shown', note: null };
}

function parentOf(links: Node | undefined, id: number | null): number | null {
  const threads = links === undefined ? [] : linksIn(links).map((href) => numberIn(href, 'thread'));
  return threads.findLast((thread) => thread !== null && thread !== id) ?? null;
}

function readEdited(edit: Element, taken: Taken): string | null {
  const text = textsIn(edit).find((node) => dateInNote(node.value) !== null);
  const date = text === undefined ? null : dateInNote(text.value.trim());
  taken.rule('livejournal: edit note', edit);
  if (text !== undefined && date !== null)
    taken.part(text, 'livejournal: edit note', text.value.replace(date, ''));
  return date;
}

function dropTrailingBreaks(nodes: readonly Node[]): readonly Node[] {
  const last = nodes.findLastIndex((node) =>
    isText(node) ? node.value.trim() !== '' : !isElement(node) || node.tagName !== 'br',
  );
  return nodes.slice(0, last + 1);
}

/** A userpic's title is the display name, or `display name: keyword`. */
function iconOf(head: Element): string | null {
  const image = find(head, (e) => e.tagName === 'img' && attribute(e, 'title') !== undefined);
  return /^[^:]*: (.+)$/.exec((image && attribute(image, 'title')) ?? '')?.[1] ?? null;
}
