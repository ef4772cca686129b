/**
 * A page in LiveJournal's own scheme ("S1", also `?format=light`), whatever scheme stands around it.
 *
 *   page     = above byline bar? text rule comments? below
 *   byline   = table: userpic? "Real Name (user) wrote," | "… wrote in community,"; br; font[size=-1] "@ 2006-05-28 12:47:00"
 *   bar      = links to the previous and next entry, in whatever stands out in the scheme
 *   text     = div: table of "Mood:", "Music:" …? p; icon of security?; font[size=+1] i b subject?; br; the words
 *   rule     = hr
 *   comments = div#Comments: pages? p.lesstop (links) comment* p.lesstop pages?
 *   comment  = a[name=tNNN] table: td img[dot.gif, width = 25 · depth]; td#ljcmtxtNNN cell
 *   cell     = head box                                          a comment
 *            | a subject " - " user ", " i date "(Expand)"       collapsed
 *            | b "(Deleted post)"                                words in place of one
 *   head     = #cmtbarNNN: userpic?; font[size=+1] b subject; br user; br font[size=-1] date; "(from 1.2.3.4)"?; links
 *   box      = div.talk-comment-box: the words; br br span.ljedittime?; p font[size=-2] "(Reply to this) (Parent) (Thread)"
 *
 * Dreamwidth had the same scheme until 2014, with marks of its own: td.spacer, td.cmtbar and td.commentbody in one
 * table, h3.commentsubject, span.datepost, div#entrysubj.
 *
 * Evidence: htdocs/talkread.bml and cgi-bin/LJ/Talk.pm of both sites. Older pages lack the classes and the outer div,
 * have a table for a head and upper-case tags; they are read by the same marks.
 */
import {
  attribute,
  byTag,
  closest,
  type Element,
  find,
  findAll,
  hasClass,
  isElement,
  type Node,
  type Parent,
  textOf,
} from '../../dom.ts';
import { Unreadable } from '../../errors.ts';
import { type Remark, remark } from '../../model/remark.ts';
import type { OpenFile } from '../importer.ts';
import { entryMissing, otherPagesMissing } from '../journal/absent.ts';
import { findEntryAddress } from '../journal/address.ts';
import { type ChromeRule, findChrome, Taken } from '../journal/chrome.ts';
import type { JournalPage } from '../journal/page.ts';
import { explainRefusal } from '../journal/refuse.ts';
import { readCell } from './comment.ts';
import { findByline, findText, readByline, readText } from './entry.ts';

/** Whether a file has the marks of this scheme. Cheap. */
export function isPageOfS1(text: string): boolean {
  if (/\bid\s*=\s*["']?page_talkread\b/.test(text)) return true;
  return (
    /\bclass\s*=\s*["']?talk-comment\b|\bid\s*=\s*["']?ljcmtxt\d/i.test(text) ||
    /<font[^>]{0,200}\bsize\s*=\s*["']?-1\b[^>]*>\s*@\s*(?:<a\b[^>]{0,300}>)?\d{4}\b/i.test(text)
  );
}

/** Reads a page of this scheme. @throws Unreadable when it has neither an entry nor a comment. */
export function parseS1(file: OpenFile): JournalPage {
  const root = file.tree();
  const taken = new Taken();
  const at = findEntryAddress(root, file.text);
  const site = at?.site ?? null;
  const byline = findByline(root);
  const text = byline === undefined ? undefined : findText(byline, taken);
  const cells = findCells(root);
  const all = find(root, (e) => attribute(e, 'id') === 'Comments');
  const comments = cells.map((cell) => readCell(cell, site, taken));
  const element = byline?.table ?? all ?? cells[0]?.element;
  const last = all ?? cells.at(-1)?.element ?? text?.at(-1);
  if (element === undefined || (text === undefined && cells.length === 0)) {
    const reason = explainRefusal(file) ?? 'it has neither an entry nor a comment';
    throw new Unreadable(`import/livejournal-s1: "${file.path}" is not read: ${reason}`);
  }
  const by = byline === undefined ? undefined : readByline(byline, taken);
  const words = text === undefined ? undefined : readText(text, taken);
  return {
    site,
    entries: [
      {
        address: at?.address ?? null,
        ditemid: at?.ditemid ?? null,
        journal: at?.journal ?? by?.journal ?? null,
        poster: by?.poster ?? null,
        posted: by?.posted ?? null,
        subject: words?.subject ?? null,
        body: words?.body ?? [],
        about: words?.about ?? [],
        comments,
        remarks: [
          ...(text === undefined ? [entryMissing] : []),
          ...(by?.realName === null || by === undefined ? [] : [realName(by.poster, by.realName)]),
          ...pagesOf(all ?? root, taken),
        ],
        element,
      },
    ],
    chrome: findChrome(root, taken, rules, {
      from: element,
      to: last ?? element,
      above: 'livejournal: page above the entry',
      below: 'livejournal: page below the comments',
    }),
  };
}

const rules: readonly ChromeRule[] = [
  { rule: 'livejournal: mark of copyright', matches: ['.copyrighted'] },
  { rule: 'livejournal: links around comments', matches: ['p.lesstop', '#qrformdiv', '#qrdiv', '#ljqrt*'] },
];

function realName(poster: string | null, name: string): Remark {
  return remark(
    'read',
    'work.creators',
    `${poster === null ? 'The poster' : `“${poster}”`} has the display name “${name}” on this page.`,
    {
      quote: name,
    },
  );
}

/** The cell that holds one comment, with what stands before it in its row. */
export interface Cell {
  readonly element: Element;
  readonly id: number | null;
  readonly depth: number;
}

/** Every comment's cell: by its own id, or where cells have none, by what stands beside or before. */
function findCells(root: Parent): readonly Cell[] {
  const cells = findAll(root, (e) => /^ljcmtxt\d+$/.test(attribute(e, 'id') ?? ''));
  if (cells.length > 0) {
    return cells.map((element) => cellOf(element, Number(attribute(element, 'id')?.slice('ljcmtxt'.length))));
  }
  const beside = findBeside(root);
  return beside.length > 0 ? beside : findAnchored(root);
}

/** Dreamwidth's own scheme: the table beside a spacer, its id that of the element around it or of the anchor before. */
function findBeside(root: Parent): readonly Cell[] {
  const cells: Cell[] = [];
  let anchor = '';
  for (const element of findAll(root, (e) => hasClass(e, 'spacer') || isAnchor(e, /^cmt\d+$/))) {
    if (element.tagName === 'a') anchor = attribute(element, 'name') ?? '';
    const table = element.tagName === 'td' ? closest(element, byTag('table')) : undefined;
    if (table === undefined) continue;
    const around = closest(table, (e) => /^cmt\d+$/.test(attribute(e, 'id') ?? ''));
    const digits = /\d+$/.exec((around && attribute(around, 'id')) ?? anchor)?.[0];
    const image = find(element, byTag('img'));
    const width = Number.parseInt((image && attribute(image, 'width')) ?? '0', 10) || 0;
    cells.push({
      element: table,
      id: digits === undefined ? null : Number(digits),
      depth: Math.round(width / 25),
    });
    anchor = '';
  }
  return cells;
}

/** Pages older than the ids: the second cell of the table that follows an anchor `tNNN`. */
function findAnchored(root: Parent): readonly Cell[] {
  const marks = findAll(root, (e) => e.tagName === 'table' || isAnchor(e, /^t\d+$/));
  return marks.flatMap((anchor, i) => {
    const table = marks[i + 1];
    if (anchor.tagName !== 'a' || table?.tagName !== 'table') return [];
    const row = find(table, byTag('tr'));
    const element = row?.childNodes.filter((n) => isElement(n) && n.tagName === 'td')[1];
    const id = Number(attribute(anchor, 'name')?.slice(1));
    return element !== undefined && isElement(element) ? [cellOf(element, id)] : [];
  });
}

function isAnchor(element: Element, name: RegExp): boolean {
  return element.tagName === 'a' && name.test(attribute(element, 'name') ?? '');
}

/** Depth is the width of a picture one pixel high in the cell before; savers rename `dot.gif` or put it into the page. */
function cellOf(element: Element, id: number): Cell {
  const row = closest(element, byTag('tr'));
  const spacer = row && find(row, byTag('img'));
  const isSpacer =
    spacer !== undefined && attribute(spacer, 'height') === '1' && closest(spacer, byTag('td')) !== element;
  const width = isSpacer ? Number.parseInt(attribute(spacer, 'width') ?? '0', 10) : 0;
  return { element, id, depth: Math.round((width || 0) / 25) };
}

/** "Page 2 of 3" with the links to the others stands bold in a table of its own, above and below the comments. */
function pagesOf(root: Parent, taken: Taken): readonly Remark[] {
  const bars = findAll(
    root,
    (e) => e.tagName === 'table' && /font-weight:\s*bold/i.test(attribute(e, 'style') ?? ''),
  );
  const actions = findAll(root, (e) => e.tagName === 'p' && e.childNodes.some(isChoice));
  taken.rule('livejournal: links around comments', bars, actions);
  const [bar] = bars;
  const numbers = bar === undefined ? [] : [...textOf(bar).matchAll(/\[(\d+)\]/g)];
  if (bar === undefined || numbers.length < 2) return [];
  const current = /\d+/.exec(textOf(bar))?.[0];
  return [otherPagesMissing(current ?? '?', numbers.length)];
}

/** "Mass action on comments:" with its list of actions, for those who may. */
function isChoice(node: Node): boolean {
  return isElement(node) && node.tagName === 'select' && attribute(node, 'name') === 'mode';
}
