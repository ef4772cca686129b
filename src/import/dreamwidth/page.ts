/**
 * A page of Dreamwidth's journals (S2 core2, on which all its layouts stand; layouts change order and frames, not classes).
 *
 *   page    = above entry* comments? below
 *   entry   = div.entry-wrapper#entry-wrapper-NNN.security-S.restrictions-R.poster-P.journal-J: h3.entry-title,
 *             span.entry-poster, span.datetime (span.date span.time), div.metadata li*, div.entry-content, div.tag
 *   comments= div#comments: pages? thread* links
 *   thread  = div.comment-thread[data-comment-depth, from 1] (comment thread*); deeper than 180 they no longer nest
 *   comment = div#cmtNNN.dwexpcomment: div.comment-wrapper, whose classes tell the state:
 *             screened|visible frozen deleted from-suspended poster-X full|partial
 *   full    = h4.comment-title, span.datetime (label, span[title=tooltip]), div.userpic, span.comment-poster,
 *             span.poster-ip?, div.comment-content (the words, div.edittime?), links
 *   partial = words in place of a comment, or title, poster " - " datetime " - (Expand)"
 *
 * Evidence: styles/core2.s2, cgi-bin/LJ/S2/EntryPage.pm of the site. Pages from before 2015 lack `full` and the
 * threads: depth is then the margin, 25 px a level.
 */
import { attribute, find, findAll, hasClass, isElement, type Parent, textOf } from '../../dom.ts';
import { Unreadable } from '../../errors.ts';
import type { Remark } from '../../model/remark.ts';
import type { OpenFile } from '../importer.ts';
import { otherPagesMissing, threadAlone } from '../journal/absent.ts';
import { findEntryAddress, headOf } from '../journal/address.ts';
import { type ChromeRule, findChrome, Taken } from '../journal/chrome.ts';
import { type ByClass, sortByClass } from '../journal/classes.ts';
import { isUserTag, readUserTag } from '../journal/names.ts';
import type { JournalPage } from '../journal/page.ts';
import { explainRefusal } from '../journal/refuse.ts';
import { readComment } from './comment.ts';
import { readEntry } from './entry.ts';

/** Whether a file has the marks of this site's journals. Cheap. */
export function isPageOfDreamwidth(text: string): boolean {
  if (/\bid\s*=\s*["']?page_talkread\b|\bclass\s*=\s*["']?talk-comment\b/.test(text)) return false;
  return /\bclass\s*=\s*["']?(?:dwexpcomment\b|[^"'>]{0,200}\bentry-wrapper\b[^"'>]{0,300}\bsecurity-)/.test(
    text,
  );
}

/** Reads a page of this site. @throws Unreadable when it has neither an entry nor a comment. */
export function parseDreamwidth(file: OpenFile): JournalPage {
  const root = file.tree();
  const classes = sortByClass(root, ['comment-wrapper', 'entry-content']);
  const taken = new Taken();
  const wrappers = classes.all('entry-wrapper');
  const section = find(root, (e) => attribute(e, 'id') === 'comments');
  const at = findEntryAddress(root, file.text);
  const site = at?.site ?? siteOfNames(root);
  const remarks: Remark[] = [];
  const comments = classes.all('comment-wrapper').map((w) => readComment(w, site, taken, remarks));
  const [first] = [wrappers[0], section, classes.all('dwexpcomment')[0]].filter((e) => e !== undefined);
  if (first === undefined || (wrappers.length === 0 && comments.length === 0)) {
    const reason = explainRefusal(file) ?? 'it has neither an entry nor a comment';
    throw new Unreadable(`import/dreamwidth: "${file.path}" is not read: ${reason}`);
  }
  remarks.push(...pagesOf(classes));
  const single = wrappers.length === 1;
  const entries = wrappers.map((wrapper) => {
    const entry = readEntry(wrapper, single ? at : undefined, single ? metaOf(root) : new Map(), taken);
    return single ? { ...entry, comments, remarks } : entry;
  });
  return {
    site,
    entries: wrappers.length > 0 ? entries : [threadAlone(first, at, comments, remarks)],
    chrome: findChrome(root, taken, rules, {
      from: first,
      to: section ?? wrappers.at(-1) ?? classes.all('comment-thread').at(-1) ?? first,
      above: 'dreamwidth: page above the entry',
      below: 'dreamwidth: page below the comments',
    }),
  };
}

const rules: readonly ChromeRule[] = [
  {
    rule: 'dreamwidth: links of an entry or comment',
    matches: [
      'div.footer',
      '.entry-management-links',
      '.entry-interaction-links',
      '.comment-management-links',
      '.comment-interaction-links',
      '.multiform-checkbox',
      '.expand',
      '.comment-posted',
    ],
  },
  {
    rule: 'dreamwidth: links around comments',
    matches: [
      '.comment-pages',
      '.bottomcomment',
      '.comments-message',
      '.navigation',
      '#qrformdiv',
      '#qrdiv',
      '#multiform*',
    ],
  },
  {
    rule: 'dreamwidth: labels',
    matches: [
      '.comment-from-text',
      '.comment-date-text',
      '.thread-depth',
      '.echi',
      '.invisible',
      '.sticky-entry-icon',
      '.admin-post-icon',
      '.admin-poster',
    ],
  },
  { rule: 'dreamwidth: byline', matches: ['.entry-poster'] },
  { rule: 'dreamwidth: date of a day', matches: ['.day-date'] },
  { rule: 'dreamwidth: address of a commenter', matches: ['.poster-ip'] },
  { rule: 'dreamwidth: marks of access and age', matches: ['.access-filter', '.restrictions'] },
];

/** The properties of `<meta>`: `og:url`, `article:published_time`; of those that come more than once, all. */
function metaOf(root: Parent): ReadonlyMap<string, readonly string[]> {
  const meta = new Map<string, string[]>();
  for (const element of headOf(root)) {
    const [property, content] = [attribute(element, 'property'), attribute(element, 'content')];
    if (property === undefined || content === undefined) continue;
    meta.set(property, [...(meta.get(property) ?? []), content]);
  }
  return meta;
}

function siteOfNames(root: Parent): string | null {
  const users = findAll(root, isUserTag).map(readUserTag);
  return users.map((user) => user?.site).find((site) => site !== undefined && site !== null) ?? null;
}

/** "Page 1 of 3", with the number of each page in brackets. */
function pagesOf(classes: ByClass): readonly Remark[] {
  const current = classes.all('comment-page-current')[0];
  const bar = current?.parentNode;
  if (current === undefined || bar === undefined || bar === null || !isElement(bar)) return [];
  const count = bar.childNodes.filter(
    (node) => isElement(node) && (node === current || hasClass(node, 'comment-page')),
  ).length;
  if (count < 2) return [];
  const number = textOf(current).replace(/\D/g, '');
  return [otherPagesMissing(number, count)];
}
