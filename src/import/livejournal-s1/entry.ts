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
  type Parent,
  textOf,
} from '../../dom.ts';
import type { Taken } from '../journal/chrome.ts';
import { claim, takeLabel } from '../journal/claim.ts';
import { isUserTag, readUserTag } from '../journal/names.ts';
import type { JournalEntry } from '../journal/page.ts';
import { entryLinks, labelMarks } from '../journal/tail.ts';
import { subjectOf, textsIn, wordsOf } from '../journal/words.ts';

/** Where a page says who wrote the entry and when. */
export interface Byline {
  readonly table: Element;
  readonly cell: Element;
  /** `font[size=-1]` with "@ " and the date. */
  readonly date: Element;
}

interface BylineWords {
  readonly poster: string | null;
  readonly journal: string | null;
  readonly realName: string | null;
  readonly posted: string | null;
}

/** The byline of the page: the first small print that begins with "@" and a date. */
export function findByline(root: Parent): Byline | undefined {
  const date = find(root, (e) => isSmallPrint(e) && /^@\s*\d/.test(textOf(e)));
  const cell = date && closest(date, byTag('td'));
  const table = cell && closest(cell, byTag('table'));
  return date === undefined || cell === undefined || table === undefined ? undefined : { date, cell, table };
}

function isSmallPrint(element: Element): boolean {
  return (element.tagName === 'font' && attribute(element, 'size') === '-1') || hasClass(element, 'time');
}

/** Reads the byline: "Real Name (user) wrote in community," and the date. */
export function readByline({ cell, date }: Byline, taken: Taken): BylineWords {
  const users = findAll(cell, isUserTag)
    .map(readUserTag)
    .filter((user) => user !== undefined);
  const [poster, community] = users;
  taken.rule('livejournal: byline', cell);
  taken.add(poster?.text);
  const [at] = textsIn(date);
  taken.add(textsIn(date).slice(1));
  if (at !== undefined) taken.part(at, 'livejournal: byline', '@');
  const [before] = textsIn(cell);
  const realName = /^\s*(.*\S)\s*\($/s.exec(before?.value.trimEnd() ?? '')?.[1]?.trim() ?? null;
  if (before !== undefined && realName !== null) taken.part(before, 'livejournal: byline', '(');
  return {
    poster: poster?.name ?? null,
    journal: community?.name ?? poster?.name ?? null,
    realName,
    posted: textOf(date).replace(/^@\s*/, ''),
  };
}

/**
 * What the entry is made of: the children of the first `div` after the bar of links, or in pages that have none, all
 * between the bar and the rule. The bar, and warnings about the journal, are the site's.
 */
export function findText({ table }: Byline, taken: Taken): readonly Node[] | undefined {
  for (let at: Element = table; at.tagName !== 'body'; ) {
    const parent = at.parentNode;
    if (parent === null || !isElement(parent)) return undefined;
    const after = parent.childNodes.slice(parent.childNodes.indexOf(at) + 1);
    const start = after.findIndex((node) => !isBar(node) && hasContent(node));
    const first = after[start];
    if (first !== undefined) {
      taken.rule(entryLinks, after.slice(0, start));
      if (isElement(first) && isTextDivision(first)) return first.childNodes;
      const rule = after.findIndex((node, i) => i > start && isRule(node));
      return after.slice(start, rule < 0 ? after.length : rule);
    }
    at = parent;
  }
  return undefined;
}

function hasContent(node: Node): boolean {
  return textsIn(node).length > 0 || (isElement(node) && find(node, byTag('img')) !== undefined);
}

/** The rule below an entry: as wide as the page, unlike those of the entry itself. */
function isRule(node: Node): boolean {
  return isElement(node) && node.tagName === 'hr' && attribute(node, 'width') === '100%';
}

/** What stands between byline and text: links in whatever stands out in the scheme, warnings about the journal. */
function isBar(node: Node): boolean {
  if (!isElement(node)) return false;
  if (node.tagName === 'center' || node.tagName === 'blockquote') return true;
  return node.tagName === 'table' ? !isCurrents(node) : node.tagName === 'div' && !isTextDivision(node);
}

function isTextDivision(element: Element): boolean {
  if (element.tagName !== 'div' || attribute(element, 'id') === 'Comments') return false;
  if (
    hasClass(element, 'warningbar') ||
    /\b(?:standout|linkbar|controls)/.test(attribute(element, 'class') ?? '')
  )
    return false;
  return !/^(?:ljcmt|qr)/.test(attribute(element, 'id') ?? '');
}

/** Reads the entry: what stands in the table before it, its subject, and what its words are made of. */
export function readText(
  children: readonly Node[],
  taken: Taken,
): Pick<JournalEntry, 'about' | 'subject' | 'body'> {
  const nodes = flatten(children);
  const start = nodes.findIndex((node) => !isPrelude(node));
  const prelude = nodes.slice(0, start < 0 ? nodes.length : start);
  const about = prelude
    .filter((node) => isElement(node) && node.tagName === 'table')
    .flatMap((t) => readCurrents(t, taken));
  const rest = start < 0 ? [] : nodes.slice(start);
  const subject = rest[0] !== undefined && isSubject(rest[0]) ? rest[0] : undefined;
  const body = subject === undefined ? rest : dropBreak(rest.slice(1));
  const written = subjectOf(wordsOf(subject));
  taken.add(body);
  claim(taken, 'livejournal: no subject', [subject], written);
  return { about, subject: written, body };
}

/**
 * The nodes, those of the `p` that the site leaves open behind the table in its place: it holds
 * whatever of the entry comes before the first block.
 */
function flatten(children: readonly Node[]): readonly Node[] {
  const nodes = [...children];
  const table = nodes.findIndex((node) => isElement(node) && node.tagName === 'table');
  const open = nodes[table + 1];
  const isOpen =
    table >= 0 && isCurrents(nodes[table]) && open !== undefined && isElement(open) && open.tagName === 'p';
  if (isOpen) nodes.splice(table + 1, 1, ...open.childNodes);
  return nodes;
}

/** What the site prints before the subject: the table of moods, icons of security, the mark of copyright. */
function isPrelude(node: Node): boolean {
  if (isText(node)) return node.value.trim() === '';
  if (!isElement(node)) return true;
  if (hasClass(node, 'copyrighted') || isCurrents(node)) return true;
  return (
    node.tagName === 'img' &&
    /icon_(?:private|protected|groups|sticky|delayed)|userinfo|posticon/.test(
      (attribute(node, 'src') ?? '') + (attribute(node, 'class') ?? ''),
    )
  );
}

function isCurrents(node: Node | undefined): boolean {
  if (node === undefined || !isElement(node) || node.tagName !== 'table') return false;
  const rows = findAll(node, byTag('tr'));
  return (
    rows.length > 0 &&
    rows.every((row) => /^[^:]{1,40}:$/.test(textOf(cellsOf(row)[0] ?? row)) && cellsOf(row).length === 2)
  );
}

function cellsOf(row: Element): readonly Element[] {
  return row.childNodes.filter((node): node is Element => isElement(node) && node.tagName === 'td');
}

function readCurrents(table: Node, taken: Taken): JournalEntry['about'] {
  return findAll(table, byTag('tr')).flatMap((row) => {
    const [label, value] = cellsOf(row);
    if (label === undefined || value === undefined) return [];
    taken.add(value);
    return [{ label: takeLabel(label, labelMarks, taken), value: textOf(value) }];
  });
}

function isSubject(node: Node): boolean {
  if (!isElement(node)) return false;
  if (attribute(node, 'id') === 'entrysubj') return true;
  return node.tagName === 'font' && attribute(node, 'size') === '+1' && find(node, byTag('b')) !== undefined;
}

function dropBreak(nodes: readonly Node[]): readonly Node[] {
  const at = nodes.findIndex((node) => !isText(node) || node.value.trim() !== '');
  const first = nodes[at];
  return first !== undefined && isElement(first) && first.tagName === 'br' ? nodes.slice(at + 1) : nodes;
}
