import type { Kysely } from 'kysely';
import { NotFound } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import type { CommentState } from '../../model/comment.ts';
import { newId } from '../../model/id.ts';
import { type ThreadSetting, threadSettings } from '../../model/work.ts';
import { sealed } from '../engine/seal.ts';
import type { Store } from '../engine/store.ts';
import { commentViews, selectComments } from '../rows/comment-rows.ts';
import type { CommentsTable, Schema } from '../schema.ts';

/** A comment with all that is kept of it. */
export type Row = Omit<CommentsTable, 'state' | 'html'> & {
  readonly state: CommentState;
  readonly html: CleanHtml;
};

/** A comment by its id. @throws NotFound */
export async function rowOf(t: Kysely<Schema>, id: string): Promise<Row> {
  const rows = await selectComments(t).where('comments.id', '=', id).execute();
  const [row] = rows;
  const [view] = commentViews(rows, 'host');
  if (row === undefined || view === undefined) throw missing(id);
  const { person_name: _, person_site: __, credit: ___, ...columns } = row;
  return { ...columns, state: view.state, html: view.html };
}

/** Changes some columns of a comment and seals it anew. */
export async function change(
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

/** How the thread of a work stands, and the state its readers see. @throws NotFound */
export async function threadOf(
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

/** How many answers stand right under a comment. */
export async function answersTo(t: Kysely<Schema>, id: string): Promise<number> {
  const row = await t
    .selectFrom('comments')
    .select((e) => e.fn.countAll().as('answers'))
    .where('parent_id', '=', id)
    .executeTakeFirst();
  return Number(row?.answers ?? 0);
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

/** No comment has the id. */
export function missing(id: string): NotFound {
  return new NotFound(`store: no comment has the id ${JSON.stringify(id)}`);
}
