import { Conflict } from '../../errors.ts';
import { newId } from '../../model/id.ts';
import type { CommentView } from '../../model/views.ts';
import type { ThreadSetting } from '../../model/work.ts';
import { inTransaction, type Store } from '../engine/store.ts';
import { commentViews, selectComments } from '../rows/comment-rows.ts';
import { endOfPath } from '../rows/threads.ts';
import { answersTo, change, missing, recount, rowOf, threadOf } from './changing.ts';

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
