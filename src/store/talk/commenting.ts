import type { Kysely } from 'kysely';
import { Conflict, Invalid, NotFound } from '../../errors.ts';
import { type CleanHtml, textOfHtml } from '../../html.ts';
import type { About, CommentState } from '../../model/comment.ts';
import { dateOfInstant } from '../../model/date.ts';
import { newId } from '../../model/id.ts';
import { doable, longestComment, stateOfWords } from '../../model/talk.ts';
import type { CommentView } from '../../model/views.ts';
import { type ThreadSetting, threadSettings } from '../../model/work.ts';
import { insertRows } from '../engine/bulk.ts';
import { sealed } from '../engine/seal.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import { commentRow, commentViews, selectComments } from '../rows/comment-rows.ts';
import { readWays } from '../rows/states.ts';
import { branchesOf, writtenHere } from '../rows/thread-rows.ts';
import { endOfPath, pathOfAnswer } from '../rows/threads.ts';
import type { CommentsTable, Schema } from '../schema.ts';

/** A line: LiveJournal took 100 characters. */
const longestSubject = 300;

/** Words to be said about a work. */
interface NewComment {
  readonly workId: string;
  /** The comment it answers; null to begin a thread. */
  readonly parent: string | null;
  readonly author:
    | { readonly kind: 'pseud'; readonly id: string }
    | { readonly kind: 'guest'; readonly name: string };
  readonly about: About;
  readonly subject: string | null;
  readonly html: CleanHtml;
}

/**
 * Says something about a work. Gives the comment's id and whether it is shown at once or waits for approval.
 * @throws Invalid for no words or too many; Conflict for a thread or comment that takes no answer, and for words
 *   that the same person has said in the same place already
 */
export async function postComment(
  store: Store,
  comment: NewComment,
): Promise<{ readonly id: string; readonly state: 'shown' | 'screened' }> {
  checkWords(comment);
  return inTransaction(store, async (t) => {
    const work = await threadOf(t, comment.workId);
    const parent = comment.parent === null ? null : await rowOf(t, comment.parent);
    if (work.thread !== 'open' && work.thread !== 'approval') throw closed();
    if (
      parent !== null &&
      (parent.work_id !== comment.workId || !doable({ ...parent, answers: 0 }, work.thread).answer)
    ) {
      throw new Conflict('store: this comment takes no answers any more');
    }
    const { author } = comment;
    const isCreator = author.kind === 'pseud' && (await isAuthor(t, comment.workId, author.id));
    const state = stateOfWords(work.thread, isCreator);
    const id = newId();
    const at = { ...(await placeFor(t, comment.workId, parent)), id, parentId: comment.parent };
    const named = author.kind === 'pseud' ? { ...author, name: '' } : author;
    const said = {
      id,
      parent: comment.parent,
      author: named,
      posted: dateOfInstant(now()),
      edited: null,
      icon: null,
    };
    const words = { subject: comment.subject, html: comment.html, about: comment.about, state };
    const whole = { ...said, ...words, importedFrom: null, source: null };
    const story = await readWays(t, comment.workId, work.state);
    const row = { ...commentRow(whole, at, comment.workId, new Map(), branchesOf(story)), origin: null };
    await refuseTwice(t, row, author);
    await insertRows(store, t, 'comments', [
      sealed(store, author.kind === 'pseud' ? writtenHere(row, author.id) : row),
    ]);
    await recount(t, comment.workId);
    return { id, state };
  });
}

/**
 * Gives a comment other words. @throws Conflict once it was answered, frozen or its thread closed; Invalid as `postComment`
 */
export async function editComment(
  store: Store,
  id: string,
  words: { readonly subject: string | null; readonly html: CleanHtml },
): Promise<{ readonly state: 'shown' | 'screened' }> {
  checkWords(words);
  return inTransaction(store, async (t) => {
    const row = await rowOf(t, id);
    const work = await threadOf(t, row.work_id);
    if (!doable({ ...row, answers: await answersTo(t, id) }, work.thread).edit) {
      throw new Conflict('store: this comment was answered, frozen or closed meanwhile, and stays as it is');
    }
    const isCreator = row.person_id !== null && (await isAuthor(t, row.work_id, row.person_id));
    const texts = { before: textOfHtml(row.html), after: textOfHtml(words.html) };
    const state = stateOfWords(work.thread, isCreator, { state: row.state, ...texts });
    const edited = JSON.stringify(dateOfInstant(now()));
    await change(store, t, row, { subject: words.subject, html: words.html, edited, state });
    await recount(t, row.work_id);
    return { state };
  });
}

/** Takes a comment away: with answers it stays as an empty place, which goes with the last of them. */
export async function deleteComment(store: Store, id: string): Promise<void> {
  await inTransaction(store, (t) => deleteCommentIn(store, t, id));
}

/** The same within a transaction. */
export async function deleteCommentIn(store: Store, t: Kysely<Schema>, id: string): Promise<void> {
  let row: Row | undefined = await rowOf(t, id);
  const { work_id: workId } = row;
  if ((await answersTo(t, id)) > 0) {
    const nothing = { author_kind: null, person_id: null, author_name: null, author_ref: null, icon: null };
    await change(store, t, row, { ...nothing, state: 'deleted', subject: null, html: '', edited: null });
  } else {
    while (row !== undefined && (row.id === id || (row.state === 'deleted' && row.source === null))) {
      if ((await answersTo(t, row.id)) > 0) break;
      await t.deleteFrom('comments').where('id', '=', row.id).execute();
      row = row.parent_id === null ? undefined : await rowOf(t, row.parent_id);
    }
  }
  await recount(t, workId);
}

/** Freezes a comment and all answers below it, or lets them go on: frozen ones are shown, and take no answer. */
export async function freezeComments(store: Store, id: string, frozen: boolean): Promise<void> {
  const [from, to] = frozen ? (['shown', 'frozen'] as const) : (['frozen', 'shown'] as const);
  await inTransaction(store, async (t) => {
    const top = await rowOf(t, id);
    const below = await t
      .selectFrom('comments')
      .selectAll()
      .where('work_id', '=', top.work_id)
      .where('thread', '=', top.thread)
      .where('path', '>=', top.path)
      .where('path', '<', endOfPath(top.path))
      .where('state', '=', from)
      .execute();
    for (const row of below) await change(store, t, row, { state: to });
    await recount(t, top.work_id);
  });
}

/** Shows a comment that waited. @throws Conflict for one that does not */
export async function approveComment(store: Store, id: string): Promise<void> {
  await inTransaction(store, async (t) => {
    const row = await rowOf(t, id);
    if (row.state !== 'screened')
      throw new Conflict('store: this comment does not wait for approval any more');
    await change(store, t, row, { state: 'shown' });
    await recount(t, row.work_id);
  });
}

/** Says whether and how a work's thread takes comments. */
export async function setThread(store: Store, workId: string, thread: ThreadSetting): Promise<void> {
  await inTransaction(store, async (t) => {
    await threadOf(t, workId);
    await t.updateTable('works').set({ thread, version: newId() }).where('id', '=', workId).execute();
  });
}

/** A comment with all of its words, for its author and those who keep the thread; and how many answers it has. */
export async function getCommentWhole(
  store: Store,
  id: string,
): Promise<{ readonly comment: CommentView; readonly answers: number }> {
  const rows = await selectComments(store.read).where('comments.id', '=', id).execute();
  const [comment] = commentViews(rows, 'host');
  if (comment === undefined) throw missing(id);
  return { comment, answers: await answersTo(store.read, id) };
}

/** The comments on a work that wait for approval, oldest first; at most a hundred. */
export async function listWaiting(store: Store, workId: string): Promise<readonly CommentView[]> {
  const rows = await selectComments(store.read)
    .where('comments.work_id', '=', workId)
    .where('comments.state', '=', 'screened')
    .where('comments.source', 'is', null)
    .orderBy('comments.position')
    .limit(100)
    .execute();
  return commentViews(rows, 'host');
}

type Row = Omit<CommentsTable, 'state' | 'html'> & { readonly state: CommentState; readonly html: CleanHtml };

async function rowOf(t: Kysely<Schema>, id: string): Promise<Row> {
  const rows = await selectComments(t).where('comments.id', '=', id).execute();
  const [row] = rows;
  const [view] = commentViews(rows, 'host');
  if (row === undefined || view === undefined) throw missing(id);
  const { person_name: _, person_site: __, credit: ___, ...columns } = row;
  return { ...columns, state: view.state, html: view.html };
}

async function change(
  store: Store,
  t: Kysely<Schema>,
  row: Partial<CommentsTable> & { readonly id: string },
  changes: Partial<CommentsTable>,
): Promise<void> {
  const { seal: _, ...before } = row;
  await t
    .updateTable('comments')
    .set(sealed(store, { ...before, ...changes }))
    .where('id', '=', row.id)
    .execute();
}

async function threadOf(
  t: Kysely<Schema>,
  workId: string,
): Promise<{ readonly thread: ThreadSetting; readonly state: number }> {
  const work = await t
    .selectFrom('works')
    .select(['thread', 'state'])
    .where('id', '=', workId)
    .executeTakeFirst();
  const thread = threadSettings.find((s) => s === work?.thread);
  if (work === undefined || thread === undefined)
    throw new NotFound(`store: no work has the id ${JSON.stringify(workId)}`);
  return { thread, state: work.state };
}

async function placeFor(t: Kysely<Schema>, workId: string, parent: Row | null) {
  const last = await t
    .selectFrom('comments')
    .select((e) => [e.fn.max('position').as('position'), e.fn.max('thread').as('thread')])
    .where('work_id', '=', workId)
    .executeTakeFirst();
  const position = Number(last?.position ?? 0) + 1;
  if (parent === null) return { position, thread: Number(last?.thread ?? 0) + 1, path: '', depth: 0 };
  const sibling = await t
    .selectFrom('comments')
    .select('path')
    .where('parent_id', '=', parent.id)
    .orderBy('path', 'desc')
    .limit(1)
    .executeTakeFirst();
  return {
    position,
    thread: parent.thread,
    path: pathOfAnswer(parent.path, sibling?.path),
    depth: parent.depth + 1,
  };
}

async function answersTo(t: Kysely<Schema>, id: string): Promise<number> {
  const row = await t
    .selectFrom('comments')
    .select((e) => e.fn.countAll().as('answers'))
    .where('parent_id', '=', id)
    .executeTakeFirst();
  return Number(row?.answers ?? 0);
}

async function isAuthor(t: Kysely<Schema>, workId: string, personId: string): Promise<boolean> {
  const credit = await t
    .selectFrom('credits')
    .select('position')
    .where('work_id', '=', workId)
    .where('person_id', '=', personId)
    .where('role', '=', 'author')
    .executeTakeFirst();
  return credit !== undefined;
}

/** The same words, in the same place, by the same person, are a slip of the hand (AO3 refuses them too). */
async function refuseTwice(
  t: Kysely<Schema>,
  row: Omit<CommentsTable, 'seal'>,
  author: NewComment['author'],
): Promise<void> {
  const twin = await t
    .selectFrom('comments')
    .select('id')
    .where('work_id', '=', row.work_id)
    .where('parent_id', row.parent_id === null ? 'is' : '=', row.parent_id)
    .where('html', '=', row.html)
    .where(
      author.kind === 'pseud' ? 'person_id' : 'author_name',
      '=',
      author.kind === 'pseud' ? author.id : author.name,
    )
    .executeTakeFirst();
  if (twin !== undefined) throw new Conflict('store: you have said exactly this here already');
}

/** Counts what the public sees as comments, and gives the work a new version, so that kept pages are made anew. */
export async function recount(t: Kysely<Schema>, workId: string): Promise<void> {
  const row = await t
    .selectFrom('comments')
    .select((e) => e.fn.countAll().as('comments'))
    .where('work_id', '=', workId)
    .where('state', 'in', ['shown', 'frozen', 'collapsed'])
    .executeTakeFirst();
  const comments = Number(row?.comments ?? 0);
  await t.updateTable('works').set({ comments, version: newId() }).where('id', '=', workId).execute();
}

function checkWords({ subject, html }: Pick<NewComment, 'subject' | 'html'>): void {
  if ((subject?.length ?? 0) > longestSubject)
    throw new Invalid(`store: a subject has at most ${longestSubject} characters`, { path: 'subject' });
  const { length } = textOfHtml(html).trim();
  if (length === 0) throw new Invalid('store: a comment needs words', { path: 'words' });
  if (length > longestComment) {
    const most = longestComment.toLocaleString('en-US');
    throw new Invalid(
      `store: a comment has at most ${most} characters; this has ${length.toLocaleString('en-US')}`,
      {
        path: 'words',
      },
    );
  }
}

function closed(): Conflict {
  return new Conflict('store: this conversation takes no new comments');
}

function missing(id: string): NotFound {
  return new NotFound(`store: no comment has the id ${JSON.stringify(id)}`);
}
