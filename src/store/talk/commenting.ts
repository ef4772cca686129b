import type { Kysely } from 'kysely';
import { Conflict, Invalid } from '../../errors.ts';
import { type CleanHtml, textOfHtml } from '../../html.ts';
import type { About } from '../../model/comment.ts';
import { dateOfInstant } from '../../model/date.ts';
import { newId } from '../../model/id.ts';
import { doable, longestComment, stateOfWords } from '../../model/talk.ts';
import { insertRows } from '../engine/bulk.ts';
import { sealed } from '../engine/seal.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import { commentRow } from '../rows/comment-rows.ts';
import { readWays } from '../rows/states.ts';
import { branchesOf, writtenHere } from '../rows/thread-rows.ts';
import { pathOfAnswer } from '../rows/threads.ts';
import type { CommentsTable, Schema } from '../schema.ts';
import { answersTo, change, type Row, recount, rowOf, threadOf } from './changing.ts';

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

/** `deleteComment` within a transaction. */
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
