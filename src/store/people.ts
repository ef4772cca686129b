import { NotFound } from '../errors.ts';
import type { CommentView, Page, PersonView } from '../model/views.ts';
import { afterOf, pageOf, readAfter } from './engine/paging.ts';
import { limited, type Store } from './engine/store.ts';
import { commentViews, selectComments } from './rows/comment-rows.ts';

/**
 * A name's page: what it has in public. Names that stand only in works which are not public have none.
 * @throws NotFound
 */
export async function getPerson(store: Store, id: string): Promise<PersonView> {
  const row = await peopleWithCounts(store).where('people.id', '=', id).executeTakeFirst();
  if (row === undefined || row.works + row.comments === 0)
    throw new NotFound(`store: no person has the id ${JSON.stringify(id)}`);
  return viewOf(row);
}

/** Those who have public works, by name. */
export async function listPeople(
  store: Store,
  q: { readonly after?: string | null; readonly limit?: number } = {},
): Promise<Page<PersonView>> {
  const limit = limited(q.limit, 50, 200);
  const after = readAfter(q.after, 2);
  const rows = await peopleWithCounts(store)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('credits')
          .innerJoin('works', 'works.id', 'credits.work_id')
          .select('credits.work_id')
          .whereRef('credits.person_id', '=', 'people.id')
          .where('works.stage', '=', 'published')
          .where('works.audience', '=', 'everyone'),
      ),
    )
    .$if(after !== undefined, (b) =>
      b.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('people.sort_name', 'people.id'), '>', tuple(after?.[0] ?? '', after?.[1] ?? '')),
      ),
    )
    .orderBy('people.sort_name')
    .orderBy('people.id')
    .limit(limit + 1)
    .execute();
  const page = pageOf(rows, limit, (r) => afterOf(r.sort_name, r.id));
  return { items: page.items.map(viewOf), next: page.next };
}

/** What a name said in public works, newest first. */
export async function listCommentsBy(
  store: Store,
  personId: string,
  q: { readonly after?: string | null; readonly limit?: number } = {},
): Promise<Page<CommentView>> {
  const limit = limited(q.limit, 25, 100);
  const after = readAfter(q.after, 2);
  const rows = await selectComments(store.read)
    .innerJoin('works', 'works.id', 'comments.work_id')
    .where('comments.person_id', '=', personId)
    .where('comments.state', 'in', ['shown', 'frozen'])
    .where('works.stage', '=', 'published')
    .where('works.audience', '=', 'everyone')
    .$if(after !== undefined, (b) =>
      b.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('comments.posted_key', 'comments.id'), '<', tuple(after?.[0] ?? '', after?.[1] ?? '')),
      ),
    )
    .orderBy('comments.posted_key', 'desc')
    .orderBy('comments.id', 'desc')
    .limit(limit + 1)
    .execute();
  const page = pageOf(rows, limit, (r) => afterOf(r.posted_key, r.id));
  return { items: commentViews(page.items, 'public'), next: page.next };
}

function peopleWithCounts(store: Store) {
  return store.read
    .selectFrom('people')
    .select(['people.id', 'people.name', 'people.site', 'people.sort_name'])
    .select(({ selectFrom }) => [
      selectFrom('credits')
        .innerJoin('works', 'works.id', 'credits.work_id')
        .select((e) => e.cast<number>(e.fn.count('credits.work_id').distinct(), 'integer').as('n'))
        .whereRef('credits.person_id', '=', 'people.id')
        .where('works.stage', '=', 'published')
        .where('works.audience', '=', 'everyone')
        .$asScalar()
        .$notNull()
        .as('works'),
      selectFrom('comments')
        .innerJoin('works', 'works.id', 'comments.work_id')
        .select((e) => e.cast<number>(e.fn.count('comments.id'), 'integer').as('n'))
        .whereRef('comments.person_id', '=', 'people.id')
        .where('comments.state', 'in', ['shown', 'frozen'])
        .where('works.stage', '=', 'published')
        .where('works.audience', '=', 'everyone')
        .$asScalar()
        .$notNull()
        .as('comments'),
    ]);
}

function viewOf(row: {
  readonly id: string;
  readonly name: string;
  readonly site: string;
  readonly works: number;
  readonly comments: number;
}): PersonView {
  const site = row.site === '' ? null : row.site;
  return { id: row.id, name: row.name, site, works: row.works, comments: row.comments };
}
