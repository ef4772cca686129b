import { sql } from 'kysely';
import { NotFound } from '../../errors.ts';
import type { CommentView, Page } from '../../model/views.ts';
import { afterOf, readAfter } from '../engine/paging.ts';
import { limited, type Store } from '../engine/store.ts';
import { namesHere } from '../people/pseuds.ts';
import { type CommentRow, commentViews, selectComments } from '../rows/comment-rows.ts';
import { endOfPath } from '../rows/threads.ts';

const threadsPerPage = 25;

/** No work has so many threads; both engines hold it in an integer. */
const beyondAll = 2_000_000_000;

/**
 * Whole threads of a work, depth first, so many top-level comments to a page. `about` keeps the threads in which
 * someone speaks about that branch; `newest` begins with the last thread (within a thread, answers still follow what
 * they answer). Words that are not for the public are left out unless `all`.
 */
export async function listThread(
  store: Store,
  workId: string,
  q: {
    readonly after?: string | null;
    readonly limit?: number;
    readonly about?: string;
    readonly newest?: boolean;
    readonly all?: boolean;
  } = {},
): Promise<Page<CommentView>> {
  const limit = limited(q.limit, threadsPerPage, 100);
  const newest = q.newest === true;
  const after = Number(readAfter(q.after, 1)?.[0] ?? (newest ? beyondAll : 0));
  const { about } = q;
  const [further, upTo, direction] = newest ? (['<', '>=', 'desc'] as const) : (['>', '<=', 'asc'] as const);
  const threads = await store.read
    .selectFrom('comments')
    .select('thread')
    .where('work_id', '=', workId)
    .where('depth', '=', 0)
    .where('thread', further, after)
    .$if(about !== undefined, (b) =>
      b.where('thread', 'in', (e) =>
        e
          .selectFrom('comments')
          .select('thread')
          .where('work_id', '=', workId)
          .where('sigla', 'like', `% ${plainSiglum(about)} %`),
      ),
    )
    .orderBy('thread', direction)
    .limit(limit + 1)
    .execute();
  const wanted = threads.slice(0, limit).map((r) => r.thread);
  const last = wanted.at(-1);
  if (last === undefined) return { items: [], next: null };
  const rows = await selectComments(store.read)
    .where('comments.work_id', '=', workId)
    .$if(about === undefined, (b) =>
      b.where('comments.thread', further, after).where('comments.thread', upTo, last),
    )
    .$if(about !== undefined, (b) => b.where('comments.thread', 'in', wanted))
    .orderBy('comments.thread', direction)
    .orderBy('comments.path')
    .execute();
  const items = q.all === true ? commentViews(rows, 'host') : publicViews(rows);
  return { items: await withNamesakes(store, items), next: threads.length > limit ? afterOf(last) : null };
}

/** One comment as the public may see it. @throws NotFound also for one that is screened or hidden. */
export async function getComment(store: Store, id: string): Promise<CommentView> {
  const rows = await selectComments(store.read).where('comments.id', '=', id).execute();
  const view = commentViews(rows, 'public')[0];
  if (view === undefined || view.state === 'screened' || view.state === 'hidden')
    throw new NotFound(`store: no comment has the id ${JSON.stringify(id)}`);
  return (await withNamesakes(store, [view]))[0] ?? view;
}

/** A comment and all answers below it, depth first. @throws NotFound */
export async function listSubthread(store: Store, id: string): Promise<CommentView[]> {
  const top = await store.read
    .selectFrom('comments')
    .select(['work_id', 'thread', 'path'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (top === undefined) throw new NotFound(`store: no comment has the id ${JSON.stringify(id)}`);
  const rows = await selectComments(store.read)
    .where('comments.work_id', '=', top.work_id)
    .where('comments.thread', '=', top.thread)
    .where('comments.path', '>=', top.path)
    .where('comments.path', '<', endOfPath(top.path))
    .orderBy('comments.path')
    .execute();
  return withNamesakes(store, publicViews(rows));
}

/** The `after` of the page of `listThread` (with its usual limit) on which a comment stands. @throws NotFound */
export async function threadPageOf(store: Store, commentId: string): Promise<string | null> {
  const at = await store.read
    .selectFrom('comments')
    .select(['work_id', 'thread'])
    .where('id', '=', commentId)
    .executeTakeFirst();
  if (at === undefined) throw new NotFound(`store: no comment has the id ${JSON.stringify(commentId)}`);
  const before = await store.read
    .selectFrom('comments')
    .select('thread')
    .where('work_id', '=', at.work_id)
    .where('depth', '=', 0)
    .where('thread', '<', at.thread)
    .orderBy('thread')
    .execute();
  const last = before[Math.floor(before.length / threadsPerPage) * threadsPerPage - 1];
  return last === undefined ? null : afterOf(last.thread);
}

/** Says of names from elsewhere whether someone who writes here has them too. */
async function withNamesakes(store: Store, views: readonly CommentView[]): Promise<CommentView[]> {
  const nameOf = ({ author, personId }: CommentView): string | undefined => {
    if (author === null || author.kind === 'anonymous') return undefined;
    return author.kind === 'pseud' && personId !== null ? undefined : author.name;
  };
  const taken = await namesHere(
    store.read,
    views.flatMap((view) => nameOf(view) ?? []),
  );
  return views.map((view) => (taken.has(nameOf(view) ?? '') ? { ...view, namesake: true } : view));
}

/** Views for the public, without screened and hidden comments below which there is nothing to read. */
function publicViews(rows: readonly CommentRow[]): CommentView[] {
  const kept = new Set<string>();
  for (const row of [...rows].reverse()) {
    const gone = row.state === 'screened' || row.state === 'hidden';
    if (gone && !kept.has(row.id)) continue;
    kept.add(row.id);
    if (row.parent_id !== null) kept.add(row.parent_id);
  }
  return commentViews(
    rows.filter((r) => kept.has(r.id)),
    'public',
  );
}

function plainSiglum(about: string | undefined): string {
  return (about ?? '').replace(/[^A-Z]/g, '') || '-';
}

/** The comments made here on each day since one that everyone may read, for the author's statistics; imported ones are of their own time. */
export async function commentsByDay(
  store: Store,
  workId: string,
  since: string,
): Promise<{ readonly day: string; readonly times: number }[]> {
  const day = sql<string>`substr(posted_key, 1, 10)`;
  const rows = await store.read
    .selectFrom('comments')
    .select([day.as('day'), (e) => e.fn.countAll().as('n')])
    .where('work_id', '=', workId)
    .where('origin', 'is', null)
    .where('state', 'in', ['shown', 'frozen', 'collapsed'])
    .where('posted_key', '>=', since)
    .groupBy(day)
    .orderBy(day)
    .execute();
  return rows.map((r) => ({ day: r.day, times: Number(r.n) }));
}
