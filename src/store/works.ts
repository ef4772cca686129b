import { Gone, NotFound } from '../errors.ts';
import type { CleanHtml } from '../html.ts';
import type { Choice, VariantSet } from '../model/state.ts';
import type { Page, PassageEntry, StateEntry, TagKind, WorkCard, WorkView } from '../model/views.ts';
import type { Header, Stage } from '../model/work.ts';
import { afterOf, pageOf, readAfter } from './engine/paging.ts';
import { limited, type Store } from './engine/store.ts';
import { parseJson } from './engine/text.ts';
import { isPublic } from './rows/public.ts';
import { documentsOf, entriesOf, waysIn } from './rows/states.ts';
import { textsAt } from './rows/texts.ts';
import { cardsOf, selectCards, selectWorks, viewsOf } from './rows/work-rows.ts';

export { allowImport, forbidImport, isForbidden, listForbidden } from './forbidden.ts';
export { hideWork, publishPassages, publishWork } from './publishing.ts';
export { eraseText, removeWork } from './removals.ts';
export { listRemarks } from './talk/remarks.ts';

/** A work in whatever stage, or undefined; whether the one who asks may see it is for the caller to say. */
export async function findWork(store: Store, id: string): Promise<WorkView | undefined> {
  const rows = await selectWorks(store.read).where('works.id', '=', id).execute();
  return (await viewsOf(store.read, rows))[0];
}

/** A work in whatever stage. @throws Gone for one that was removed, NotFound for one that never was */
export async function getWork(store: Store, id: string): Promise<WorkView> {
  const work = await findWork(store, id);
  if (work !== undefined) return work;
  const removal = await store.read
    .selectFrom('removals')
    .select('legal')
    .where('work_id', '=', id)
    .where('kind', '=', 'work')
    .executeTakeFirst();
  if (removal === undefined) throw new NotFound(`store: no work has the id ${JSON.stringify(id)}`);
  throw new Gone(`store: the work ${id} was removed`, { legal: removal.legal === 1 });
}

/** What `WorkView.version` would say of a work now; undefined where there is none. One indexed read. */
export async function findVersion(store: Store, id: string): Promise<string | undefined> {
  const row = await store.read.selectFrom('works').select('version').where('id', '=', id).executeTakeFirst();
  return row?.version;
}

/** How a list of works is sorted: each key with the id behind it, so that a page can go on after the last. */
const sorts = {
  newest: { column: 'works.published_at', direction: 'desc', compare: '<' },
  title: { column: 'works.sort_title', direction: 'asc', compare: '>' },
  author: { column: 'works.sort_author', direction: 'asc', compare: '>' },
} as const;

/** Stories published for everyone; of one tag or one person when asked. */
export async function listWorks(
  store: Store,
  q: {
    readonly sort: keyof typeof sorts;
    readonly tag?: { readonly kind: TagKind; readonly name: string };
    readonly person?: string;
    readonly after?: string | null;
    readonly limit?: number;
  },
): Promise<Page<WorkCard>> {
  const limit = limited(q.limit, 20, 100);
  const { column, direction, compare } = sorts[q.sort];
  const after = readAfter(q.after, 2);
  const rows = await selectCards(store.read)
    .where('works.kind', '=', 'story')
    .where(isPublic)
    .$if(after !== undefined, (b) =>
      b.where(({ eb, refTuple, tuple }) =>
        eb(refTuple(column, 'works.id'), compare, tuple(after?.[0] ?? '', after?.[1] ?? '')),
      ),
    )
    .$if(q.tag !== undefined, (b) =>
      b.where('works.id', 'in', (e) =>
        e
          .selectFrom('work_tags')
          .innerJoin('tags', 'tags.id', 'work_tags.tag_id')
          .select('work_tags.work_id')
          .where('tags.kind', '=', q.tag?.kind ?? '')
          .where('tags.name', '=', q.tag?.name ?? ''),
      ),
    )
    .$if(q.person !== undefined, (b) =>
      b.where('works.id', 'in', (e) =>
        e
          .selectFrom('credits')
          .select('credits.work_id')
          .where('credits.person_id', '=', q.person ?? ''),
      ),
    )
    .orderBy(column, direction)
    .orderBy('works.id', direction)
    .limit(limit + 1)
    .execute();
  const keys = { newest: 'published_at', title: 'sort_title', author: 'sort_author' } as const;
  const page = pageOf(rows, limit, (r) => afterOf(r[keys[q.sort]] ?? '', r.id));
  return { items: await cardsOf(store.read, page.items), next: page.next };
}

/** Works in every stage or in one, latest first; for those who run the archive. */
export async function listAllWorks(
  store: Store,
  q: { readonly stage?: Stage; readonly after?: string | null; readonly limit?: number } = {},
): Promise<Page<WorkView>> {
  const limit = limited(q.limit, 50, 200);
  const after = readAfter(q.after, 2);
  const rows = await selectWorks(store.read)
    .$if(q.stage !== undefined, (b) => b.where('works.stage', '=', q.stage ?? ''))
    .$if(after !== undefined, (b) =>
      b.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('works.created_at', 'works.id'), '<', tuple(after?.[0] ?? '', after?.[1] ?? '')),
      ),
    )
    .orderBy('works.created_at', 'desc')
    .orderBy('works.id', 'desc')
    .limit(limit + 1)
    .execute();
  const page = pageOf(rows, limit, (r) => afterOf(r.created_at, r.id));
  return { items: await viewsOf(store.read, page.items), next: page.next };
}

/** What the public archive holds: stories, their words, comments, people credited, fandoms. */
export async function countWorks(store: Store): Promise<{
  readonly works: number;
  readonly words: number;
  readonly comments: number;
  readonly people: number;
  readonly fandoms: number;
}> {
  const open = store.read.selectFrom('works').where('works.kind', '=', 'story').where(isPublic);
  const sums = await open
    .select((e) => [
      e.fn.countAll().as('works'),
      e.fn.sum('words').as('words'),
      e.fn.sum('comments').as('comments'),
    ])
    .executeTakeFirstOrThrow();
  const people = await open
    .innerJoin('credits', 'credits.work_id', 'works.id')
    .select((e) => e.fn.count('credits.person_id').distinct().as('n'))
    .executeTakeFirstOrThrow();
  const fandoms = await open
    .innerJoin('work_tags', 'work_tags.work_id', 'works.id')
    .innerJoin('tags', 'tags.id', 'work_tags.tag_id')
    .where('tags.kind', '=', 'fandom')
    .select((e) => e.fn.count('tags.id').distinct().as('n'))
    .executeTakeFirstOrThrow();
  return {
    works: Number(sums.works),
    words: Number(sums.words ?? 0),
    comments: Number(sums.comments ?? 0),
    people: Number(people.n),
    fandoms: Number(fandoms.n),
  };
}

/** The words of a passage. @throws Gone when they were erased, NotFound when there never were any */
export async function getPassageHtml(store: Store, textHash: string): Promise<CleanHtml> {
  const row = await store.read
    .selectFrom('texts')
    .select('html')
    .where('hash', '=', textHash)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound(`store: no text has the hash ${JSON.stringify(textHash)}`);
  if (row.html === null) throw new Gone('store: this text was erased');
  return row.html as CleanHtml;
}

/** The words of many passages by their hashes; erased ones are absent. */
export async function getPassageHtmls(
  store: Store,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, CleanHtml>> {
  return textsAt(store.read, hashes);
}

/** The history of a work, oldest first. */
export async function listStates(store: Store, workId: string): Promise<StateEntry[]> {
  const rows = await store.read
    .selectFrom('states')
    .leftJoin('publications', (j) =>
      j
        .onRef('publications.work_id', '=', 'states.work_id')
        .onRef('publications.state', '=', 'states.number'),
    )
    .leftJoin('people', (j) => j.onRef('people.id', '=', 'states.made_by').on('people.kind', '=', 'pseud'))
    .select([
      'states.number',
      'states.made_at',
      'states.made_by',
      'states.why',
      'publications.at',
      'people.name',
    ])
    .where('states.work_id', '=', workId)
    .orderBy('states.number')
    .limit(10_000)
    .execute();
  return rows.map((r) => ({
    number: r.number,
    madeAt: r.made_at,
    madeBy: r.made_by,
    maker: r.name,
    why: r.why,
    shownAt: r.at,
  }));
}

/** A work as it was in one state. @throws NotFound */
export async function getState(
  store: Store,
  workId: string,
  number: number,
): Promise<{
  readonly header: Header<CleanHtml>;
  readonly entries: readonly PassageEntry[];
  readonly choices: readonly Choice[];
  readonly variantSets: readonly VariantSet[];
}> {
  const documents = await documentsOf(store.read, workId, number);
  return {
    header: parseJson<Header<CleanHtml>>(documents.header),
    entries: entriesOf(documents),
    ...waysIn(documents),
  };
}
