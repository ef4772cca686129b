import {
  attribute,
  byTag,
  closest,
  type Element,
  find,
  findAll,
  isElement,
  isText,
  type Node,
  type Parent,
  textOf,
} from '../../dom.ts';
import { Unreadable } from '../../errors.ts';
import { type Remark, remark } from '../../model/remark.ts';
import { readDate } from '../dates.ts';
import type { OpenFile } from '../importer.ts';
import { commentsMissing, otherPagesMissing, threadAlone } from './absent.ts';
import { findEntryAddress, type JournalAddress, linksIn, readAddress } from './address.ts';
import { type ChromeRule, findChrome, Taken } from './chrome.ts';
import type { JournalComment, JournalEntry, JournalPage } from './page.ts';
import { explainRefusal } from './refuse.ts';
import { entryLinks, labelMarks, ruleLinks } from './tail.ts';
import { subjectOf, wordsOf } from './words.ts';

/** One entry as a layout prints it. What is null is not printed there. */
export interface EntryParts {
  /** The element around the whole entry. */
  readonly element: Element;
  /** A heading before it that belongs to it, such as the day. */
  readonly begins?: Element | undefined;
  readonly subject: string | null;
  readonly posted: string | null;
  readonly day?: string;
  readonly poster: string | null;
  readonly body: readonly Node[];
  readonly about: JournalEntry['about'];
}

/** A family of layouts: how its entries and comments are found. */
export interface Layout {
  /** As in messages: `import/livejournal-s2`. */
  readonly name: string;
  entries(root: Parent, taken: Taken): readonly EntryParts[];
  comments(root: Parent, site: string | null, taken: Taken): readonly JournalComment[];
}

/**
 * Reads a page of an S2 layout. Comments belong to the only entry of a page. Where an entry does not name its poster,
 * it is the owner of the journal: the templates print a poster wherever it is another.
 * @throws Unreadable when the page has neither an entry nor a comment, with what it is instead as far as it says.
 */
export function readS2Page(file: OpenFile, layout: Layout): JournalPage {
  const root = file.tree();
  const taken = new Taken();
  const at = findEntryAddress(root, file.text) ?? addressOfJournal(root);
  const site = at?.site ?? null;
  const found = layout.entries(root, taken);
  const comments = layout.comments(root, site, taken);
  ruleLinks(root, taken);
  const [first] = found;
  const last = comments.at(-1)?.element ?? found.at(-1)?.element;
  const begins = first?.begins ?? first?.element ?? comments[0]?.element;
  if (begins === undefined || last === undefined) {
    const reason = explainRefusal(file) ?? 'it has neither an entry nor a comment';
    throw new Unreadable(`${layout.name}: "${file.path}" is not read: ${reason}`);
  }
  const remarks = remarksOnPage(root, file, comments.length, taken);
  const isOnly = found.length === 1;
  const entries = found.map((parts): JournalEntry => {
    const entry = completeEntry(parts, isOnly, at, root);
    return { ...entry, comments: isOnly ? comments : [], remarks };
  });
  return {
    site,
    entries: entries.length > 0 ? entries : [threadAlone(begins, at, comments, remarks)],
    chrome: findChrome(root, taken, rules, {
      from: begins,
      to: last,
      above: 'livejournal: page above the entry',
      below: 'livejournal: page below the entry or its comments',
    }),
  };
}

/** Between the first entry and the last comment stand pagers, headings of the layout, forms and links. */
const rules: readonly ChromeRule[] = [
  { rule: labelMarks, matches: ['.meta', '.currents', '.Currents', '.ljtags', '.dateheader'] },
  {
    rule: entryLinks,
    matches: [
      '.comments-header',
      '.talklinks',
      'p.comments',
      'td.comments',
      'td.caption',
      '.entry-footer',
      '.entrylinkbar',
      '.skiplinks',
      '.content-nav',
      '.author',
      '.lj-entry-securityicon',
      'form',
      'label',
      'option',
      '#ljqrt*',
      '#qrdiv',
      '#qrformdiv',
    ],
  },
  {
    rule: 'livejournal: heading of a list',
    matches: ['p.date', 'h2.date', '.date-header', 'h3.page-header', '.headerbar', '.day', '.box'],
  },
  {
    rule: 'livejournal: poster',
    matches: [
      '.poster',
      '.Picture',
      '.entry-userpic',
      '.entryuserpic',
      '.comment-userpic',
      '.userpic',
      'a.index',
    ],
  },
];

/** The first address of a journal that the head or the links of a page name; without an entry's number. */
function addressOfJournal(root: Parent): JournalAddress | undefined {
  for (const link of findAll(root, byTag('link', 'a'))) {
    const found = readAddress(attribute(link, 'href'));
    if (found !== undefined) return { ...found, ditemid: null };
  }
  return undefined;
}

function completeEntry(
  parts: EntryParts,
  isOnly: boolean,
  at: JournalAddress | undefined,
  root: Parent,
): JournalEntry {
  const own = isOnly && at?.ditemid != null ? at : (addressIn(parts) ?? (isOnly ? at : undefined));
  const isEntry = own !== undefined && own.ditemid !== null;
  const journal = own?.journal ?? at?.journal ?? null;
  const day = parts.day ?? dayOfTitle(root);
  return {
    address: isEntry ? own.address : null,
    ditemid: own?.ditemid ?? null,
    journal,
    poster: parts.poster ?? journal,
    subject: subjectOf(parts.subject),
    posted: parts.posted,
    ...(day === undefined ? {} : { day }),
    body: parts.body,
    about: parts.about,
    comments: [],
    element: parts.element,
  };
}

/** The entry that a link of the layout leads to; links within its words do not count. */
function addressIn(parts: EntryParts): JournalAddress | undefined {
  const words = new Set(parts.body);
  for (const link of findAll(parts.element, byTag('a'))) {
    if (isWithin(link, words)) continue;
    const found = readAddress(attribute(link, 'href'));
    if (found?.ditemid != null) return found;
  }
  return undefined;
}

function isWithin(node: Node, roots: ReadonlySet<Node>): boolean {
  return closest(node, (e) => roots.has(e)) !== undefined;
}

/** The title of a day's page ends in the day: `horace - January 24, 2002`. */
function dayOfTitle(root: Parent): string | undefined {
  const title = find(root, byTag('title'));
  const words = title?.childNodes
    .filter(isText)
    .map((text) => text.value.trim())
    .join(' ');
  const day = words?.split(/\s+[-–:|]\s+|:\s+/).find((part) => readDate(part)?.date.precision === 'day');
  return day;
}

/** What a page says of comments that are not in it: further pages (core1.s2, `ItemRange::print`), one thread only. */
function remarksOnPage(root: Parent, file: OpenFile, read: number, taken: Taken): readonly Remark[] {
  const where = { file: file.path, line: null, element: null };
  const remarks: Remark[] = [];
  const pagers = findPagers(root);
  taken.rule(
    'livejournal: pages of comments',
    pagers.map(({ box }) => box),
  );
  const [pager] = pagers;
  if (pager !== undefined && pager.of > 1) {
    remarks.push(otherPagesMissing(pager.page, pager.of, where));
  }
  const saved = /<!--\s*saved from url=\(\d+\)(\S+)/.exec(file.text.slice(0, 4096))?.[1] ?? '';
  const thread = /[?&]thread=(\d+)/.exec(saved)?.[1];
  if (thread !== undefined) {
    const message = `The page was saved showing one thread (${thread}); other comments are not in this file.`;
    remarks.push(remark('lost', 'comments', message, { where }));
  }
  const said = findAll(root, byTag('a'))
    .map((a) => /^(\d+) comments?$/i.exec(textOf(a))?.[1])
    .find((n) => n !== undefined);
  if (read === 0 && said !== undefined && Number(said) > 0 && linksIn(root).length > 0) {
    remarks.push(commentsMissing(Number(said), where));
  }
  return remarks;
}

/** "Page 1 of 2", bold, with links to the others, above and below the comments (core1.s2, `ItemRange::print`). */
function findPagers(
  root: Parent,
): readonly { readonly box: Element; readonly page: number; readonly of: number }[] {
  return findAll(root, byTag('b')).flatMap((bold) => {
    const numbers = /^\p{L}+ (\d+) \p{L}+ (\d+)$/u.exec(textOf(bold));
    const box =
      numbers === null ? undefined : closest(bold, (e) => e.tagName === 'table' || e.tagName === 'p');
    if (numbers === null || box === undefined) return [];
    const leads = linksIn(box).some((href) => /[?&]page=\d/.test(href));
    return leads ? [{ box, page: Number(numbers[1]), of: Number(numbers[2]) }] : [];
  });
}

/** The last element before `element`, in the order of the page, for which `matches` holds. */
export function lastBefore(
  root: Parent,
  element: Element,
  matches: (element: Element) => boolean,
): Element | undefined {
  let last: Element | undefined;
  find(root, (e) => {
    if (e === element) return true;
    if (matches(e)) last = e;
    return false;
  });
  return last;
}

/** The siblings of a node that come after it. */
export function siblingsAfter(node: Node): readonly Node[] {
  const siblings = node.parentNode?.childNodes ?? [];
  return siblings.slice(siblings.indexOf(node) + 1);
}

/** The child elements of an element, those of one tag where it is given. */
export function childElements(parent: Parent | Element, tag?: string): readonly Element[] {
  return parent.childNodes.filter(isElement).filter((e) => tag === undefined || e.tagName === tag);
}

/** The name of the last user a box of names links to; plain words in pages without `ljuser`. */
export function nameIn(box: Element | undefined): string | null {
  const links = box === undefined ? [] : findAll(box, byTag('a'));
  return links.map(wordsOf).findLast((words) => words !== null) ?? null;
}
