import { lineOf } from '../../dom.ts';
import { type CleanHtml, cleanBlocks, joinBlocks } from '../../html.ts';
import type { Comment, CommentState } from '../../model/comment.ts';
import { type Remark, remark } from '../../model/remark.ts';
import type { OpenFile } from '../importer.ts';
import { isUserPicture } from './names.ts';
import type { JournalComment } from './page.ts';
import type { Pictures } from './pictures.ts';
import { type Calendar, readTime } from './times.ts';

/** What reading a thread needs to know of the page around it. */
interface ThreadPlace {
  readonly file: OpenFile;
  readonly address: string | null;
  readonly pictures: Pictures;
  readonly calendar: Calendar;
}

/** A thread as an Edition has it, and what is to be said of it. */
interface ReadThread {
  readonly comments: readonly Comment<CleanHtml>[];
  readonly remarks: readonly Remark[];
}

/**
 * The comments of an entry. A comment answers the one its "Parent" link names, else the nearest before it that is
 * less deep; one that answers a comment which is not in the file stands at the top, and a remark says so.
 */
export function readThread(comments: readonly JournalComment[], place: ThreadPlace): ReadThread {
  const ids = idsOf(comments);
  const known = new Set(ids);
  const remarks: Remark[] = [];
  const above: { readonly id: string; readonly depth: number }[] = [];
  const read = comments.map((comment, i) => {
    const id = ids[i] ?? `c${i + 1}`;
    while ((above.at(-1)?.depth ?? -1) >= comment.depth) above.pop();
    const named = comment.parentId === null ? null : String(comment.parentId);
    const isHere = named !== null && named !== id && known.has(named);
    const parent = named === null || named === id ? (above.at(-1)?.id ?? null) : isHere ? named : null;
    if (parent === null && (comment.depth > 0 || (named !== null && named !== id))) {
      remarks.push(parentMissing(i, comment, place));
    }
    above.push({ id, depth: comment.depth });
    return readComment(comment, id, parent, place);
  });
  return { comments: withoutCircles(read), remarks: [...summary(read, comments, place), ...remarks] };
}

/** The ids of the page; `c1`, `c2` … where it has none, `-2` after one that stands there a second time. */
function idsOf(comments: readonly JournalComment[]): readonly string[] {
  const seen = new Map<string, number>();
  return comments.map((comment, i) => {
    const id = comment.id === null ? `c${i + 1}` : String(comment.id);
    const times = (seen.get(id) ?? 0) + 1;
    seen.set(id, times);
    return times === 1 ? id : `${id}-${times}`;
  });
}

function readComment(
  comment: JournalComment,
  id: string,
  parent: string | null,
  { file, address, pictures, calendar }: ThreadPlace,
): Comment<CleanHtml> {
  const posted = comment.posted === null ? null : readTime(comment.posted, calendar).date;
  const { instant } = comment;
  return {
    id,
    parent,
    author: comment.author,
    posted: posted !== null && instant !== undefined ? { ...posted, instant } : posted,
    edited: comment.edited === null ? null : readTime(comment.edited, calendar).date,
    subject: comment.subject,
    html: joinBlocks(
      cleanBlocks(comment.body, { base: address ?? undefined, image: pictures.find, omit: isUserPicture }),
    ),
    state: comment.state,
    about: { kind: 'work' },
    icon: comment.icon,
    importedFrom: comment.importedFrom,
    source: file.sha256,
  };
}

/** Links of a page that was tampered with may lead in a circle: there the first of them stands at the top. */
function withoutCircles(comments: readonly Comment<CleanHtml>[]): readonly Comment<CleanHtml>[] {
  const parents = new Map(comments.map((c) => [c.id, c.parent]));
  const sound = new Set<string>();
  for (const { id } of comments) {
    const way = new Set<string>();
    for (let at: string | null = id; at !== null && !sound.has(at); at = parents.get(at) ?? null) {
      if (way.has(at)) {
        parents.set(at, null);
        break;
      }
      way.add(at);
    }
    for (const step of way) sound.add(step);
  }
  return comments.map((c) => (parents.get(c.id) === c.parent ? c : { ...c, parent: null }));
}

function parentMissing(index: number, comment: JournalComment, place: ThreadPlace): Remark {
  const named = comment.parentId === null ? '' : ` (${comment.parentId})`;
  return remark(
    'lost',
    `comments[${index}].parent`,
    `This comment answers one that is not in the file${named}; it stands at the top of the thread.`,
    { where: whereOf(comment, place) },
  );
}

function summary(
  read: readonly Comment[],
  page: readonly JournalComment[],
  place: ThreadPlace,
): readonly Remark[] {
  const first = page[0];
  if (first === undefined) return [];
  const where = whereOf(first, place);
  const say = (certainty: Remark['certainty'], message: string): Remark =>
    remark(certainty, 'comments', message, { where });
  const having = (test: (c: Comment) => boolean): number => read.filter(test).length;
  const whole = having((c) => c.state === 'shown' || c.state === 'frozen');
  const remarks = [
    say(
      'read',
      `${count(read.length, 'comment was', 'comments were')} read, with nesting; ${whole === read.length ? 'all of them' : whole === 0 ? 'none of them' : whole} in full.`,
    ),
  ];
  for (const [state, one, several] of stateRemarks) {
    const number = having((c) => c.state === state);
    if (number > 0)
      remarks.push(say(state === 'collapsed' ? 'lost' : 'read', `${count(number, one, several)}.`));
  }
  const notes = new Set(page.map((c) => c.stateNote).filter((note) => note !== null));
  if (notes.size > 0)
    remarks.push(
      say(
        'read',
        `In place of some comments the page says: ${[...notes].map((note) => `“${note}”`).join(', ')}.`,
      ),
    );
  const nameless = having((c) => c.author === null && (c.state === 'shown' || c.state === 'frozen'));
  if (nameless > 0)
    remarks.push(say('lost', `${count(nameless, 'comment has', 'comments have')} no name on the page.`));
  const zoneless = having((c) => c.posted !== null && c.posted.local !== null && c.posted.instant === null);
  if (zoneless > 0) {
    remarks.push(
      say(
        'lost',
        `${count(zoneless, 'time is', 'times are')} in a zone the page does not state: the clock of whoever saved it.`,
      ),
    );
  }
  const unread = page.find((_, i) => read[i]?.posted != null && read[i]?.posted?.local === null);
  if (unread !== undefined) {
    const message = `Times such as “${unread.posted}” are kept as they were written; which day they mean could not be told.`;
    remarks.push(remark('lost', 'comments', message, { where: whereOf(unread, place) }));
  }
  return remarks;
}

/** How many, and what is to be said of one or of several. */
const stateRemarks: readonly (readonly [CommentState, string, string])[] = [
  [
    'collapsed',
    'comment was collapsed when the page was saved: its words are not in this file',
    'comments were collapsed when the page was saved: their words are not in this file',
  ],
  [
    'deleted',
    'comment was deleted; its place in the thread is kept',
    'comments were deleted; their places in the thread are kept',
  ],
  [
    'screened',
    'comment was screened and is not for the public',
    'comments were screened and are not for the public',
  ],
  [
    'hidden',
    'comment was hidden by the site; its place in the thread is kept',
    'comments were hidden by the site; their places in the thread are kept',
  ],
  [
    'frozen',
    'comment was frozen: shown, but closed to answers',
    'comments were frozen: shown, but closed to answers',
  ],
];

function count(number: number, one: string, several: string): string {
  return number === 1 ? `One ${one}` : `${number} ${several}`;
}

function whereOf(comment: JournalComment, { file }: ThreadPlace): Remark['where'] {
  const element = comment.id === null ? null : `comment ${comment.id}`;
  return { file: file.path, line: lineOf(comment.element), element };
}
