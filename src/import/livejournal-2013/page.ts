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
import { attribute, closest, type Element, hasClass, isElement, type Node, textOf } from '../../dom.ts';
import { Unreadable } from '../../errors.ts';
import type { CommentAuthor, CommentState } from '../../model/comment.ts';
import { type Remark, remark } from '../../model/remark.ts';
import type { OpenFile } from '../importer.ts';
import { findEntryAddress, type JournalAddress, linksIn, numberIn, readAddress } from '../journal/address.ts';
import { type ChromeRule, findChrome, Taken } from '../journal/chrome.ts';
import { type ByClass, classesOf, sortByClass } from '../journal/classes.ts';
import { authorOf, findUserTag, isUserTag, readUserTag } from '../journal/names.ts';
import type { JournalComment, JournalEntry, JournalPage } from '../journal/page.ts';
import { explainRefusal } from '../journal/refuse.ts';
import { dateInNote, stateOfWords, subjectOf, textsIn, wordsOf } from '../journal/words.ts';

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
    throw new Unreadable(`import/livejournal-2013: "${file.path}" is not a story: ${reason}`);
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

const entryMissing = remark('lost', 'passages', 'the entry is not in this file: only its comments are');

const rules: readonly ChromeRule[] = [
  {
    rule: 'livejournal: links around an entry',
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
    rule: 'livejournal: labels of an entry',
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

type EntryFields = Pick<JournalEntry, 'journal' | 'poster' | 'subject' | 'posted' | 'body' | 'about'>;

function readEntry(classes: ByClass, body: Element, taken: Taken): EntryFields {
  const isEntry = hasClass(body, 'b-singlepost-body') || hasClass(body, 'aentry-post__text');
  const title = classes.first('b-singlepost-title', 'aentry-post__title-text');
  const head = classes.first('b-singlepost-author', 'aentry-head');
  const date = classes.first('b-singlepost-author-date') ?? timeIn(classes.first('aentry-head__date'));
  const users = head === undefined ? [] : usersIn(head);
  taken.add(isEntry ? body : undefined, title, date, ...users.slice(0, 1).map((user) => user.text));
  return {
    journal: users[1]?.name ?? users[0]?.name ?? null,
    poster: users[0]?.name ?? null,
    subject: subjectOf(wordsOf(title)),
    posted: wordsOf(date),
    body: isEntry ? body.childNodes : [],
    about: [...readMeta(classes, taken), ...readTags(classes, taken)],
  };
}

function timeIn(element: Element | undefined): Element | undefined {
  const time = element?.childNodes.find((node) => isElement(node) && node.tagName === 'time');
  return time !== undefined && isElement(time) ? time : element;
}

function usersIn(head: Element) {
  return sortByClass(head)
    .all('ljuser')
    .concat(sortByClass(head).all('i-ljuser'))
    .filter((element, i, list) => isUserTag(element) && list.indexOf(element) === i)
    .map(readUserTag)
    .filter((user) => user !== undefined);
}

function readMeta(classes: ByClass, taken: Taken): JournalEntry['about'] {
  return classes.all('b-singlepost-meta-item').flatMap((item) => {
    const parts = sortByClass(item);
    const [label, data] = [parts.first('b-singlepost-meta-title'), parts.first('b-singlepost-meta-data')];
    if (label === undefined || data === undefined) return [];
    taken.add(data);
    return [{ label: labelOf(label, taken), value: textOf(data) }];
  });
}

function readTags(classes: ByClass, taken: Taken): JournalEntry['about'] {
  const items = classes.first('b-singlepost-tags-items');
  if (items !== undefined) {
    const title = classes.first('b-singlepost-tags-title');
    taken.add(items);
    return [{ label: title === undefined ? 'Tags' : labelOf(title, taken), value: textOf(items) }];
  }
  const links = classes.all('tag__link');
  taken.add(...links);
  return links.length === 0 ? [] : [{ label: 'Tags', value: links.map(textOf).join(', ') }];
}

/** A label without its colon, which is given to chrome. */
function labelOf(element: Element, taken: Taken): string {
  const texts = textsIn(element);
  const last = texts.at(-1);
  taken.add(...texts.slice(0, -1));
  if (last !== undefined)
    taken.part(last, 'livejournal: labels of an entry', /:\s*$/.test(last.value) ? ':' : '');
  return textOf(element).replace(/\s*:$/, '');
}

function readLeaf(leaf: Element, site: string | null, taken: Taken): JournalComment | undefined {
  if (hasClass(leaf, 'b-leaf-seemore')) return undefined;
  const parts = sortByClass(leaf, ['b-leaf-article']);
  const id = Number(/^t(\d+)$/.exec(attribute(leaf, 'id') ?? '')?.[1] ?? Number.NaN);
  const article = parts.first('b-leaf-article');
  const subject = parts.first('b-leaf-subject') ?? article?.childNodes.find(isSubject);
  const name = parts.first('b-leaf-username-name', 'b-leaf-username');
  const date = parts.first('b-leaf-createdtime');
  const edited = parts.first('b-leaf-editedtime', 'b-leaf-edittime');
  const { state, note } = stateOf(leaf, parts);
  const placeholder = article === undefined && name === undefined ? textsIn(leaf) : [];
  taken.rule('livejournal: state of a comment', ...placeholder);
  if (Number.isNaN(id) && placeholder.length === 0 && article === undefined) return undefined;
  const body = article?.childNodes.filter((node) => node !== subject) ?? [];
  taken.add(...body, subject, date);
  return {
    id: Number.isNaN(id) ? null : id,
    depth: depthOf(leaf),
    parentId: parentOf(parts, id),
    author: name === undefined ? null : authorIn(leaf, name, site, taken),
    posted: wordsOf(date),
    ...instantOf(leaf),
    tooltip: null,
    edited: edited === undefined ? null : readEdited(edited, taken),
    subject: subjectOf(wordsOf(subject)),
    body,
    state,
    stateNote: note,
    icon: iconOf(parts),
    importedFrom: null,
    element: leaf,
  };
}

/** The subject stood within the article for a while. */
function isSubject(node: Node): node is Element {
  return isElement(node) && node.tagName === 'h4' && hasClass(node, 'b-leaf-subject');
}

function depthOf(leaf: Element): number {
  const twig = closest(leaf, (e) => hasClass(e, 'b-tree-twig'));
  const numbered = twig && classesOf(twig).map((name) => /^b-tree-twig-(\d+)$/.exec(name)?.[1]);
  const level = numbered?.find((digits) => digits !== undefined);
  if (level !== undefined) return Math.max(0, Number(level) - 1);
  const margin = /margin-left:\s*(\d+)px/.exec((twig && attribute(twig, 'style')) ?? '')?.[1];
  return Math.round(Number(margin ?? 0) / 30);
}

function stateOf(
  leaf: Element,
  parts: ByClass,
): { readonly state: CommentState; readonly note: string | null } {
  const article = parts.first('b-leaf-article');
  if (article === undefined && parts.first('b-leaf-username') === undefined) {
    const words = textOf(leaf).replace(/^\((.*)\)$/, '$1');
    return {
      state: stateOfWords(words) ?? stateOfClass(leaf) ?? 'hidden',
      note: words === '' ? null : words,
    };
  }
  const ofClass = stateOfClass(leaf);
  if (ofClass !== undefined) return { state: ofClass, note: null };
  if (article === undefined || (hasClass(leaf, 'b-leaf-collapsed') && textOf(article) === '')) {
    return { state: 'collapsed', note: null };
  }
  const frozen = parts.first('b-leaf-actions-frozen') !== undefined;
  return { state: frozen ? 'frozen' : 'shown', note: null };
}

function stateOfClass(leaf: Element): CommentState | undefined {
  if (hasClass(leaf, 'b-leaf-screened')) return 'screened';
  if (hasClass(leaf, 'b-leaf-deleted')) return 'deleted';
  if (hasClass(leaf, 'b-leaf-suspended')) return 'hidden';
  return hasClass(leaf, 'b-leaf-frozen') ? 'frozen' : undefined;
}

function parentOf(parts: ByClass, id: number): number | null {
  const links = parts.all('b-leaf-actions-parent').flatMap(linksIn);
  return (
    links.map((href) => numberIn(href, 'thread')).find((thread) => thread !== null && thread !== id) ?? null
  );
}

function authorIn(leaf: Element, name: Element, site: string | null, taken: Taken): CommentAuthor | null {
  const user = findUserTag(name);
  if (user !== undefined) {
    taken.add(user.text);
    return authorOf(user, site);
  }
  const deleted = textsIn(name).find((text) => /:\s*[\w.-]+\)?\s*$/.test(text.value));
  if (deleted !== undefined) {
    const gone = /:\s*([\w.-]+)\)?\s*$/.exec(deleted.value)?.[1] ?? '';
    taken.part(deleted, 'livejournal: deleted user', deleted.value.replace(gone, ''));
    return { kind: 'imported', name: gone, site };
  }
  const words = textOf(name);
  const username = attribute(leaf, 'data-username');
  if (username === '' || /^\(.*\)$/.test(words)) {
    taken.rule('livejournal: anonymous', name);
    return { kind: 'anonymous' };
  }
  if (words === '') return null;
  taken.add(...textsIn(name));
  return { kind: 'imported', name: words, site };
}

/** `data-updated-ts` is the second of posting, in Unix time. */
function instantOf(leaf: Element): { readonly instant?: string } {
  const seconds = /^\d{9,10}$/.exec(attribute(leaf, 'data-updated-ts') ?? '')?.[0];
  if (seconds === undefined) return {};
  return { instant: new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z') };
}

function readEdited(element: Element, taken: Taken): string | null {
  const note = textOf(element);
  const date = dateInNote(note);
  const text = textsIn(element).find((node) => date !== null && node.value.includes(date));
  if (date === null || text === undefined) return null;
  taken.rule('livejournal: edit note', element);
  taken.part(text, 'livejournal: edit note', text.value.replace(date, ''));
  return date;
}

/** The title of a userpic is `name: keyword`; `name: pic#123` is a picture without one. */
function iconOf(parts: ByClass): string | null {
  const inner = parts.first('b-leaf-userpic-inner');
  const image = inner?.childNodes.find((node) => isElement(node) && node.tagName === 'img');
  const title = image !== undefined && isElement(image) ? attribute(image, 'title') : undefined;
  const keyword = /^[^:]*: (.+)$/.exec(title ?? '')?.[1];
  return keyword === undefined || /^pic#\d+$/.test(keyword) ? null : keyword;
}

function remarksOnGrove(classes: ByClass, file: OpenFile, read: number): readonly Remark[] {
  const more = classes.all('b-leaf-seemore').map((line) =>
    remark('lost', 'comments', 'comments that the page had collapsed into this line are not in this file', {
      quote: textOf(line),
      where: { file: file.path, line: null, element: 'div.b-leaf-seemore' },
    }),
  );
  const pages = Math.max(0, ...classes.all('b-pager-pages').map(countItems));
  const paged =
    pages > 1
      ? [remark('lost', 'comments', `the comments fill ${pages} pages: the other pages are not in this file`)]
      : [];
  const said = /"replycount"\s*:\s*"?(\d+)/.exec(file.text)?.[1];
  const missing =
    read === 0 && said !== undefined && Number(said) > 0
      ? [
          remark(
            'lost',
            'comments',
            `the page speaks of ${said} comments, which a script was to fetch: they are not in this file`,
          ),
        ]
      : [];
  return [...more, ...paged, ...missing];
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
