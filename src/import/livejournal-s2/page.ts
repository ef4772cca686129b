/**
 * A page of LiveJournal's S2 layouts of the first generation (generator, punquin, classic, cleansimple, notepad,
 * magazine, tabularindent, and what users made of them).
 *
 *   comments = comment*                                   all side by side, the answer moved right by its margin
 *   comment  = div#ljcmtNNN[style=margin-left]: stub | collapsed | full
 *   stub     = strong "(Deleted comment)" | "(Screened comment)" | "(Suspicious comment)"
 *   collapsed = a[href=?thread=NNN] subject " - " user " (Expand)"
 *   full     = div#cmtbarNNN (userpic?, user, span[title] date, h3 subject?, links), div words, div links
 *            | table#cmtbarNNN: row of user and labelled rows, row of words, row of links      tabularindent
 *
 * Evidence: bin/upgrading/s2layers/<name>/layout.s2, core1.s2 and cgi-bin/LJ/S2/EntryPage.pm of the site. Entries are
 * in `entries.ts`.
 */
import { attribute, type Element, find, findAll, isElement, type Parent, textOf } from '../../dom.ts';
import type { OpenFile } from '../importer.ts';
import type { Taken } from '../journal/chrome.ts';
import type { JournalComment, JournalPage } from '../journal/page.ts';
import {
  type CommentParts,
  depthsOf,
  isComment,
  marginOf,
  readS2Comment,
  subjectIn,
} from '../journal/s2-comment.ts';
import { childElements, readS2Page, siblingsAfter } from '../journal/s2-page.ts';
import { findEntries } from './entries.ts';

/** Whether a file has the marks of these layouts. Cheap. */
export function isPageOfS2(text: string): boolean {
  return (
    /\bid\s*=\s*["']?(?:ljcmt\d|cmtbar\d|ljqrttopcomment\b)/i.test(text) ||
    /\bclass\s*=\s*["']?[^"'>]*\b(?:subj-link|entrybox|H3Holder|metabar|entryheading)\b/.test(text)
  );
}

/** Reads a page of these layouts. @throws Unreadable when it has neither an entry nor a comment. */
export function parseS2(file: OpenFile): JournalPage {
  return readS2Page(file, { name: 'import/livejournal-s2', entries: findEntries, comments: findComments });
}

function findComments(root: Parent, site: string | null, taken: Taken): readonly JournalComment[] {
  const containers = findAll(root, isComment);
  const depths = depthsOf(containers.map(marginOf));
  return containers.map((container, i) => {
    const id = Number(attribute(container, 'id')?.slice('ljcmt'.length));
    return readS2Comment(container, id, depths[i] ?? 0, partsOf(container), site, taken);
  });
}

function partsOf(container: Element): CommentParts {
  const bar = find(container, (e) => /^cmtbar\d+$/.test(attribute(e, 'id') ?? ''));
  if (bar?.tagName === 'table') return partsOfTable(bar);
  const head =
    bar ?? childElements(container, 'div').find((e) => find(e, (x) => x.tagName === 'table') !== undefined);
  const body = head && siblingsAfter(head).find((node) => isElement(node) && node.tagName === 'div');
  if (head === undefined || body === undefined || !isElement(body))
    return { body: undefined, subject: undefined };
  return { body, subject: subjectIn(find(head, (e) => e.tagName === 'h3')) };
}

function partsOfTable(table: Element): CommentParts {
  const rows = childElements(childElements(table, 'tbody')[0] ?? table, 'tr');
  const [head, text] = rows;
  const lines =
    head === undefined ? [] : findAll(head, (e) => e.tagName === 'tr').map((row) => childElements(row, 'td'));
  const subject = lines.find(([label]) => label !== undefined && /^subject:$/i.test(textOf(label)))?.[1];
  return { body: text && childElements(text, 'td')[0], subject: subjectIn(subject) };
}
