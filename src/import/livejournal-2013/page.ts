/**
 * A page of LiveJournal's design of 2013 and later, as a browser saves it (`?nojs=1` where comments are in it).
 *
 *   page    = above entry? grove? below
 *   entry   = article.b-singlepost: author line, h1.b-singlepost-title, article.b-singlepost-body, ul.b-singlepost-meta,
 *             div.b-singlepost-tags; or its successor: .aentry-head, .aentry-post__title-text, .aentry-post__text, .aentry-tags
 *   grove   = div.b-grove: pager? div.b-tree-root (twig*)
 *   twig    = div.b-tree-twig.b-tree-twig-DEPTH[data-tid] (leaf), all twigs siblings, DEPTH from 1
 *   leaf    = div#tNNN.b-leaf[data-username][data-full]: header (userpic, details), div.b-leaf-article, footer
 *           | .b-leaf-collapsed or [data-full=0]: header only | .b-leaf-clipped: a few words in place of the comment
 *           | .b-leaf-seemore: "5 more comments from …", a line for comments that are not in the page
 *
 * Evidence: the site's own comment templates as kept in public repositories, otwarchive's story_parser.rb.
 */
import { type Element, isElement, textOf } from '../../dom.ts';
import { Unreadable } from '../../errors.ts';
import { type Remark, remark } from '../../model/remark.ts';
import type { OpenFile } from '../importer.ts';
import { commentsMissing, entryMissing } from '../journal/absent.ts';
import { findEntryAddress, type JournalAddress, linksIn, readAddress } from '../journal/address.ts';
import { type ChromeRule, findChrome, Taken } from '../journal/chrome.ts';
import { type ByClass, sortByClass } from '../journal/classes.ts';
import type { JournalPage } from '../journal/page.ts';
import { explainRefusal } from '../journal/refuse.ts';
import { entryLinks, labelMarks } from '../journal/tail.ts';
import { readLeaf } from './comment.ts';
import { readEntry } from './entry.ts';

/** Whether a file has the marks of this design. Cheap. */
export function isPageOf2013(text: string): boolean {
  return /\bclass\s*=\s*["']?[^"'>]{0,300}\b(?:b-singlepost-body|b-tree-root|b-leaf-article|aentry-post__text)\b/.test(
    text,
  );
}

/** Reads a page of the design of 2013. @throws Unreadable when it has neither an entry nor a comment. */
export function parse2013(file: OpenFile): JournalPage {
  const root = file.tree();
  const classes = sortByClass(root, ['b-leaf', 'b-singlepost-body', 'aentry-post__text']);
  const taken = new Taken();
  const leaves = classes.all('b-leaf');
  const at = findEntryAddress(root, file.text) ?? addressInLeaves(leaves);
  const site = at?.site ?? null;
  const comments = leaves
    .map((leaf) => readLeaf(leaf, site, taken))
    .filter((comment) => comment !== undefined);
  const body = classes.first('b-singlepost-body', 'aentry-post__text');
  const [first, last] = frameOf(classes, body);
  if (first === undefined || last === undefined || (body === undefined && comments.length === 0)) {
    const reason = explainRefusal(file) ?? 'it has neither an entry nor a comment';
    throw new Unreadable(`import/livejournal-2013: "${file.path}" is not read: ${reason}`);
  }
  const entry = readEntry(classes, body ?? first, taken);
  const remarks = [
    ...(body === undefined ? [entryMissing] : []),
    ...remarksOnGrove(classes, file, comments.length),
  ];
  return {
    site,
    entries: [
      {
        address: at?.address ?? null,
        ditemid: at?.ditemid ?? null,
        ...entry,
        journal: at?.journal ?? entry.journal,
        comments,
        remarks,
        element: body ?? first,
      },
    ],
    chrome: findChrome(root, taken, rules, {
      from: first,
      to: last,
      above: 'livejournal: page above the entry',
      below: 'livejournal: page below the comments',
    }),
  };
}

const rules: readonly ChromeRule[] = [
  {
    rule: entryLinks,
    matches: [
      '.b-linkbar',
      '.b-singlepost-standout',
      '.b-singlepost-prev',
      '.b-singlepost-next',
      '.aentry-head__controls',
      '.aentry-foot',
      '.aentry-post__slot',
      '.b-ljshare',
      '.lj-like',
    ],
  },
  { rule: 'livejournal: byline', matches: ['.b-singlepost-author', '.aentry-head'] },
  {
    rule: labelMarks,
    matches: ['.aentry-tags'],
  },
  {
    rule: 'livejournal: links around comments',
    matches: [
      '.b-xylem',
      '.b-pager',
      '.b-massaction',
      '.b-addcomment',
      '.b-watering',
      '.b-msgsystem',
      '.b-grove-loading',
    ],
  },
  {
    rule: 'livejournal: links of a comment',
    matches: ['.b-leaf-actions', '.b-leaf-controls', '.b-leaf-badge', '.b-leaf-userpic', '.comment-debug'],
  },
  { rule: 'livejournal: age of a comment when saved', matches: ['.b-leaf-shorttime'] },
  { rule: 'livejournal: address of a commenter', matches: ['.b-leaf-ipaddr'] },
  {
    rule: 'livejournal: frame and advertisement',
    matches: ['.ljsale', '.b-singlepost-ad', '.i-ljuser-alias', 'noscript'],
  },
];

function frameOf(
  classes: ByClass,
  body: Element | undefined,
): readonly [Element | undefined, Element | undefined] {
  const grove = classes.first('b-grove', 'b-tree-root');
  const whole = classes.first('b-singlepost');
  const begins =
    whole ?? classes.first('aentry-head', 'aentry-post__title', 'aentry-post__title-text') ?? body;
  const leaves = classes.all('b-leaf');
  const last = grove ?? leaves.at(-1) ?? classes.first('aentry-tags') ?? whole ?? body;
  return [begins ?? grove ?? leaves[0], last];
}

function remarksOnGrove(classes: ByClass, file: OpenFile, read: number): readonly Remark[] {
  const more = classes.all('b-leaf-seemore').map((line) =>
    remark(
      'lost',
      'comments',
      `Comments that the page had folded into one line, “${textOf(line)}”, are not in this file.`,
      {
        quote: textOf(line),
        where: { file: file.path, line: null, element: 'div.b-leaf-seemore' },
      },
    ),
  );
  const pages = Math.max(0, ...classes.all('b-pager-pages').map(countItems));
  const paged =
    pages > 1
      ? [
          remark(
            'lost',
            'comments',
            `The comments fill ${pages} pages; the other pages are not in this file.`,
          ),
        ]
      : [];
  const said = /"replycount"\s*:\s*"?(\d+)/.exec(file.text)?.[1];
  const count = Number(said ?? 0);
  return [...more, ...paged, ...(read === 0 && count > 0 ? [commentsMissing(count)] : [])];
}

function countItems(list: Element): number {
  return list.childNodes.filter((node) => isElement(node) && textOf(node).match(/\d/) !== null).length;
}

function addressInLeaves(leaves: readonly Element[]): JournalAddress | undefined {
  for (const leaf of leaves.slice(0, 3)) {
    for (const href of linksIn(leaf)) {
      const found = readAddress(href);
      if (found !== undefined && found.ditemid !== null) return found;
    }
  }
  return undefined;
}
