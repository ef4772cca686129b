import {
  attribute,
  byClass,
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
import { claim } from '../journal/claim.ts';
import { isUserTag, readUserTag } from '../journal/names.ts';
import { isComment, type SubjectPart } from '../journal/s2-comment.ts';
import { childElements, type EntryParts } from '../journal/s2-page.ts';
import { entryLinks, isLabel, labelLines, labelMarks, partTail } from '../journal/tail.ts';
import { subjectOf, wordsOf } from '../journal/words.ts';

/** What a layout calls the parts of an entry. */
interface Found {
  readonly element: Element;
  readonly text: Element | undefined;
  readonly subject: SubjectPart | undefined;
  readonly posted: string | null;
  /** Where name and time stand. */
  readonly heads: readonly (Element | undefined)[];
  readonly about: EntryParts['about'];
}

/** The entries of a page of these layouts. */
export function findEntries(root: Parent, taken: Taken): readonly EntryParts[] {
  const outside = (matches: (element: Element) => boolean): readonly Element[] =>
    findAll(root, matches).filter((e) => closest(e, isComment) === undefined);
  const boxes = outside((e) => hasClass(e, 'entry') || (e.tagName === 'table' && hasClass(e, 'entries')));
  return boxes.flatMap((box) => {
    const found = shapes.map((shape) => shape(box, taken)).find((parts) => parts !== undefined);
    return found?.text === undefined ? [] : [finish(found, found.text, taken)];
  });
}

function finish(found: Found, text: Element, taken: Taken): EntryParts {
  const words = subjectOf(found.subject?.words ?? null);
  const poster =
    found.heads.map((head) => (head === undefined ? null : posterIn(head))).find((name) => name !== null) ??
    null;
  const { body, about } = partTail(text.childNodes, taken);
  claim(
    taken,
    'livejournal: heading of an entry',
    [...(found.subject?.nodes ?? []), ...found.heads],
    words,
    found.posted,
    poster,
  );
  return {
    element: found.element,
    subject: words,
    posted: found.posted,
    poster,
    body,
    about: [...found.about, ...about],
  };
}

/**
 * Who a heading says posted: the first user it names, but the last of "journal (posted by user)"; plain links in the
 * box that Disjointed prints for another poster.
 */
function posterIn(head: Element): string | null {
  const users = findAll(head, isUserTag)
    .map(readUserTag)
    .filter((user) => user !== undefined);
  const user = /\(posted by /.test(textOf(head)) ? users.at(-1) : users[0];
  if (user !== undefined) return user.name;
  const links = hasClass(head, 'altposter') ? findAll(head, byTag('a')) : [];
  return wordsOf(links.at(-1));
}

type Shape = (box: Element, taken: Taken) => Found | undefined;

/** "Posted on May. 28th, 2006 at 12:47 pm" before the first bar of the footer. */
const sixhtml: Shape = (element, taken) => {
  const subject = find(element, byClass('entry-header'));
  const text = find(element, byClass('entry-body'));
  if (text === undefined) return undefined;
  const footer = find(element, byClass('entry-footer'));
  const words = wordsOf(footer)?.split('|')[0]?.trim() ?? '';
  const posted = /^(?:posted\s+)?(?:on|at)\s+(.*\d.*)$/i.exec(words)?.[1] ?? null;
  if (footer !== undefined) taken.rule(entryLinks, textsApart(footer));
  const heads = [posted === null ? undefined : footer, find(element, byClass('entry-userpic'))];
  return { element, text, subject: own(subject), posted, heads, about: [] };
};

/** The nodes of a footer after the time. */
function textsApart(footer: Element): readonly Node[] {
  const at = footer.childNodes.findIndex(isElement);
  return at < 0 ? [] : footer.childNodes.slice(at);
}

function own(element: Element | undefined): SubjectPart | undefined {
  return element === undefined ? undefined : { words: wordsOf(element), nodes: [element] };
}

const deardiary: Shape = (element, taken) => {
  const text = find(element, byClass('entrycontent'));
  const stamp = find(element, byClass('entrytimestamp'));
  if (text === undefined) return undefined;
  const footer = find(element, byClass('entryfooter'));
  const lists = footer === undefined ? [] : findAll(footer, byClass('entrymeta'));
  const about = lists.flatMap((list) => labelLines(list, taken) ?? []);
  return {
    element,
    text,
    subject: own(find(element, byClass('entrysubject'))),
    posted: wordsOf(stamp),
    heads: [stamp, find(element, byClass('entryposter'))],
    about,
  };
};

/** The time, " - ", a poster who is not the owner, " - ", the subject. */
const variableflow: Shape = (element, taken) => {
  const heading = find(element, (e) => e.tagName === 'h2' && hasClass(e, 'entryheading'));
  const text = find(element, byClass('entrytext'));
  if (heading === undefined || text === undefined) return undefined;
  const lines = find(element, (e) => hasClass(e, 'metadata') && closest(e, (x) => x === text) === undefined);
  const about = lines === undefined ? [] : (labelLines(lines, taken) ?? []);
  const posted = textOf(heading).split(' - ')[0]?.trim() ?? null;
  return {
    element,
    text,
    subject: subjectOfHeading(heading),
    posted: posted || null,
    heads: [heading],
    about,
  };
};

/** What follows " - " after the time and, where there is one, the user's name. */
export function subjectOfHeading(heading: Element): SubjectPart | undefined {
  const user = heading.childNodes.findIndex((node) => isElement(node) && isUserTag(node));
  const time = heading.childNodes.findIndex(
    (node) => isElement(node) && node.tagName === 'span' && !isUserTag(node),
  );
  const nodes = heading.childNodes.slice(Math.max(user, time) + 1);
  const words = nodes
    .map((node) => (isText(node) ? node.value : textOf(node)))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  const bar = user >= 0 || time >= 0 ? /^[-\s]*-\s+(.*)$/.exec(words)?.[1] : / - (.*)$/.exec(words)?.[1];
  return bar === undefined || bar === '' ? undefined : { words: bar, nodes };
}

const refriedpaper: Shape = (element, taken) => {
  const text = find(element, byClass('entry-text'));
  const date = rowValue(element, /^date:?$/i);
  if (text === undefined || date === undefined) return undefined;
  const rows = findAll(element, (e) => e.tagName === 'td' && hasClass(e, 'dateheader'));
  const about = rows.flatMap((label) => {
    const value = valueBeside(label);
    if (value === undefined || !isLabel(textOf(label)) || /^security/i.test(textOf(label))) return [];
    const line = { label: textOf(label).replace(/\s*:$/, ''), value: textOf(value) };
    claim(taken, labelMarks, [label, value], line.label, line.value);
    return [line];
  });
  const security = rowValue(element, /^security:?$/i);
  if (security !== undefined) taken.rule(labelMarks, security);
  const author = find(element, byClass('author'));
  if (author !== undefined) taken.rule(entryLinks, author);
  return {
    element,
    text,
    subject: own(rowValue(element, /^subject:?$/i)),
    posted: wordsOf(date),
    heads: [date, rowValue(element, /^(?:user|journal|poster|by):?$/i)],
    about,
  };
};

/** The cell beside a label in the table that Refried Paper prints above an entry or comment. */
export function rowValue(box: Element, label: RegExp): Element | undefined {
  const cell = find(box, (e) => e.tagName === 'td' && hasClass(e, 'dateheader') && label.test(textOf(e)));
  return cell === undefined ? undefined : valueBeside(cell);
}

function valueBeside(label: Element): Element | undefined {
  const row = label.parentNode;
  if (row === null || !isElement(row)) return undefined;
  const cells = childElements(row, 'td');
  return cells[cells.indexOf(label) + 1];
}

const disjointed: Shape = (element, taken) => {
  const text = find(element, byClass('entrytext'));
  const stamp = find(element, (e) => e.tagName === 'td' && hasClass(e, 'necorn'));
  if (text === undefined || stamp === undefined) return undefined;
  const [, bar] = findAll(element, (e) => e.tagName === 'td' && hasClass(e, 'metabox'));
  if (bar !== undefined) taken.rule(entryLinks, bar);
  return {
    element,
    text,
    subject: own(find(element, isSubjectBox)),
    posted: wordsOf(stamp),
    heads: [stamp, find(element, byClass('altposter'))],
    about: [],
  };
};

/** Disjointed prints the subject in the corner cell that spans two rows and two columns. */
export function isSubjectBox(element: Element): boolean {
  return (
    element.tagName === 'td' &&
    hasClass(element, 'metabox') &&
    attribute(element, 'colspan') === '2' &&
    find(element, (e) => e.tagName === 'a' && attribute(e, 'name') !== undefined) !== undefined
  );
}

const shapes: readonly Shape[] = [sixhtml, refriedpaper, deardiary, disjointed, variableflow];
