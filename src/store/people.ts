import { NotFound } from '../errors.ts';
import type { CommentView, Page, PersonView, WorkCard } from '../model/views.ts';
import { afterOf, pageOf, readAfter } from './engine/paging.ts';
import { limited, type Store } from './engine/store.ts';
import { commentViews, selectComments } from './rows/comment-rows.ts';
import { isPublic } from './rows/public.ts';
import { cardsOf, selectCards } from './rows/work-rows.ts';

/**
 * A name's page: what it has in public. Names that stand only in works which are not public have none,
 * unless they say something of themselves.
 * @throws NotFound
 */
export async function getPerson(store: Store, id: string): Promise<PersonView> {
  const row = await peopleWithCounts(store).where('people.id', '=', id).executeTakeFirst();
  if (row === undefined || row.works + row.notes + row.comments + row.profiles === 0)
    throw new NotFound(`store: no person has the id ${JSON.stringify(id)}`);
  return viewOf(row);
}

/** Those who have public works or notes, by name. */
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
          .where(isPublic),
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

/** A comment, and the work or note it is about. */
export interface SaidAbout extends CommentView {
  readonly work: WorkCard;
}

/** What a name said in public works and notes, newest first; in a year or month (`2006`, `2006-05`) when asked. */
export async function listCommentsBy(
  store: Store,
  personId: string,
  q: { readonly period?: string; readonly after?: string | null; readonly limit?: number } = {},
): Promise<Page<SaidAbout>> {
  const limit = limited(q.limit, 25, 100);
  const after = readAfter(q.after, 2);
  const rows = await selectComments(store.read)
    .innerJoin('works', 'works.id', 'comments.work_id')
    .where('comments.person_id', '=', personId)
    .where('comments.state', 'in', ['shown', 'frozen'])
    .where(isPublic)
    .$if(q.period !== undefined, (b) =>
      b
        .where('comments.posted_key', '>=', q.period ?? '')
        .where('comments.posted_key', '<', `${q.period ?? ''}~`),
    )
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
  const works = await cardsAmong(store, [...new Set(page.items.map((r) => r.work_id))]);
  const items = commentViews(page.items, 'public').flatMap((comment) => {
    const work = works.find(({ id }) => id === comment.workId);
    return work === undefined ? [] : [{ ...comment, work }];
  });
  return { items, next: page.next };
}

async function cardsAmong(store: Store, ids: readonly string[]): Promise<readonly WorkCard[]> {
  if (ids.length === 0) return [];
  return cardsOf(store.read, await selectCards(store.read).where('works.id', 'in', ids).execute());
}

function peopleWithCounts(store: Store) {
  return store.read
    .selectFrom('people')
    .select(['people.id', 'people.name', 'people.site', 'people.sort_name', 'people.kind'])
    .select(({ selectFrom }) => [
      selectFrom('credits')
        .innerJoin('works', 'works.id', 'credits.work_id')
        .select((e) => e.cast<number>(e.fn.count('credits.work_id').distinct(), 'integer').as('n'))
        .whereRef('credits.person_id', '=', 'people.id')
        .where('works.kind', '=', 'story')
        .where(isPublic)
        .$asScalar()
        .$notNull()
        .as('works'),
      selectFrom('credits')
        .innerJoin('works', 'works.id', 'credits.work_id')
        .select((e) => e.cast<number>(e.fn.count('credits.work_id').distinct(), 'integer').as('n'))
        .whereRef('credits.person_id', '=', 'people.id')
        .where('works.kind', '=', 'note')
        .where(isPublic)
        .$asScalar()
        .$notNull()
        .as('notes'),
      selectFrom('profiles')
        .select((e) => e.cast<number>(e.fn.count('profiles.person_id'), 'integer').as('n'))
        .whereRef('profiles.person_id', '=', 'people.id')
        .$asScalar()
        .$notNull()
        .as('profiles'),
      selectFrom('comments')
        .innerJoin('works', 'works.id', 'comments.work_id')
        .select((e) => e.cast<number>(e.fn.count('comments.id'), 'integer').as('n'))
        .whereRef('comments.person_id', '=', 'people.id')
        .where('comments.state', 'in', ['shown', 'frozen'])
        .where(isPublic)
        .$asScalar()
        .$notNull()
        .as('comments'),
    ]);
}

function viewOf(row: {
  readonly id: string;
  readonly name: string;
  readonly site: string;
  readonly kind: string;
  readonly works: number;
  readonly notes: number;
  readonly comments: number;
}): PersonView {
  const site = row.site === '' ? null : row.site;
  const { id, name, works, notes, comments } = row;
  return { id, name, site, isElsewhere: row.kind === 'imported', works, notes, comments };
}
