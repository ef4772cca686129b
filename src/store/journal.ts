import { sql } from 'kysely';
import type { CleanHtml } from '../html.ts';
import { calendarKeyOf, dateOfInstant, type WrittenDate } from '../model/date.ts';
import type { JournalEntry, JournalMonth, Page, PassageEntry, WorkCard } from '../model/views.ts';
import type { Header } from '../model/work.ts';
import { afterOf, pageOf, readAfter } from './engine/paging.ts';
import { limited, type Store } from './engine/store.ts';
import { parseJson } from './engine/text.ts';
import { isPublic } from './rows/public.ts';
import { cardsOf, selectCards } from './rows/work-rows.ts';
import { getPassageHtmls } from './works.ts';

/** Whose reading a list is for: what everyone may read, or what is for members and nobody else. */
type JournalReaders = 'everyone' | 'members';

/**
 * What a name published here and what came from elsewhere under it: stories it has a part in, its notes, and notes that
 * came with its stories, by the dates they bear, latest first. `period` is a year or a month: `2006`, `2006-05`.
 */
export async function listJournal(
  store: Store,
  personId: string,
  q: {
    readonly readers?: JournalReaders;
    readonly period?: string;
    readonly after?: string | null;
    readonly limit?: number;
  } = {},
): Promise<Page<JournalEntry>> {
  const limit = limited(q.limit, 20, 100);
  const readers = q.readers ?? 'everyone';
  const after = readAfter(q.after, 2);
  const { period } = q;
  const rows = await publishedBy(store, personId, readers)
    .$if(after !== undefined, (b) =>
      b.where(sql<boolean>`(${dated}, works.id) < (${after?.[0] ?? ''}, ${after?.[1] ?? ''})`),
    )
    .$if(period !== undefined, (b) =>
      b.where(sql<boolean>`${dated} >= ${period ?? ''} AND ${dated} < ${endOf(period ?? '')}`),
    )
    .orderBy(dated, 'desc')
    .orderBy('works.id', 'desc')
    .limit(limit + 1)
    .execute();
  const entries = await entriesOf(store, rows);
  const kept = entries.map((entry, i): Placed => ({ ...keysOf(rows[i]), entry }));
  const came = (await enclosedBy(store, personId, readers)).filter(
    ({ key, id }) => isIn(key, period) && (after === undefined || isBefore(key, id, after)),
  );
  const all = [...kept, ...came].toSorted((a, b) => (isBefore(a.key, a.id, [b.key, b.id]) ? 1 : -1));
  const page = pageOf(all, limit, ({ key, id }) => afterOf(key, id));
  return { items: page.items.map(({ entry }) => entry), next: page.next };
}

/** The months in which a name published or said something, latest first. */
export async function listMonths(store: Store, personId: string): Promise<readonly JournalMonth[]> {
  const entries = await publishedBy(store, personId, 'everyone')
    .clearSelect()
    .select([sql<string>`substr(${dated}, 1, 7)`.as('month'), sql<number>`count(*)`.as('n')])
    .groupBy(sql`substr(${dated}, 1, 7)`)
    .execute();
  const comments = await store.read
    .selectFrom('comments')
    .innerJoin('works', 'works.id', 'comments.work_id')
    .select([sql<string>`substr(comments.posted_key, 1, 7)`.as('month'), sql<number>`count(*)`.as('n')])
    .where('comments.person_id', '=', personId)
    .where('comments.state', 'in', ['shown', 'frozen'])
    .where(isPublic)
    .groupBy(sql`substr(comments.posted_key, 1, 7)`)
    .execute();
  const came = await enclosedBy(store, personId, 'everyone');
  const enclosed = came.map(({ key }) => ({ month: key.slice(0, 7), n: 1 }));
  const counts = new Map<string, { entries: number; comments: number }>();
  const add = (rows: readonly { readonly month: string; readonly n: number }[], what: keyof typeof none) => {
    for (const { month, n } of rows) {
      if (!/^\d{4}(?:-\d\d)?$/.test(month)) continue;
      const counted = counts.get(month) ?? { ...none };
      counted[what] += Number(n);
      counts.set(month, counted);
    }
  };
  add([...entries, ...enclosed], 'entries');
  add(comments, 'comments');
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? 1 : -1))
    .map(([key, counted]) => ({ year: key.slice(0, 4), month: key.slice(5) || null, ...counted }));
}

const none = { entries: 0, comments: 0 };

/** Something a name published, for a feed: when, and when what readers see of it was last changed (ISO 8601). */
export interface Published {
  readonly entry: Exclude<JournalEntry, { readonly kind: 'enclosed' }>;
  readonly at: string;
  readonly revisedAt: string;
}

/** What a name published for everyone, the last first: by the day of publishing, whatever date it bears. */
export async function listPublished(
  store: Store,
  personId: string,
  limit?: number,
): Promise<readonly Published[]> {
  const rows = await publishedBy(store, personId, 'everyone')
    .select('states.made_at')
    .orderBy('works.published_at', 'desc')
    .orderBy('works.id', 'desc')
    .limit(limited(limit, 50, 100))
    .execute();
  const entries = await entriesOf(store, rows);
  return entries.map((entry, i) => {
    const at = rows[i]?.published_at ?? '';
    const madeAt = rows[i]?.made_at ?? '';
    return { entry, at, revisedAt: madeAt > at ? madeAt : at };
  });
}

interface Placed {
  readonly key: string;
  readonly id: string;
  readonly entry: JournalEntry;
}

/** Where a work stands in a calendar: by the date it bears, else by the day it was published here. */
const dated = sql<string>`coalesce(nullif(works.dated, ''), works.published_at)`;

function publishedBy(store: Store, personId: string, readers: JournalReaders) {
  return selectCards(store.read)
    .select(['states.entries', dated.as('dated')])
    .where('works.stage', '=', 'published')
    .where('works.audience', '=', readers)
    .where('works.id', 'in', (e) =>
      e.selectFrom('credits').select('credits.work_id').where('credits.person_id', '=', personId),
    );
}

type Row = Parameters<typeof cardsOf>[1][number] & { readonly entries: string; readonly dated: string };

function keysOf(row: Row | undefined): Pick<Placed, 'key' | 'id'> {
  return { key: row?.dated ?? '', id: row?.id ?? '' };
}

/** Rows as entries, in their order, the words of notes looked up at once. */
async function entriesOf(store: Store, rows: readonly Row[]): Promise<readonly Published['entry'][]> {
  const cards = await cardsOf(store.read, rows);
  const hashes = new Map(
    rows
      .filter((row) => row.kind === 'note')
      .map((row) => [row.id, parseJson<PassageEntry[]>(row.entries)[0]?.textHash ?? '']),
  );
  const texts = await getPassageHtmls(store, [...hashes.values()]);
  return cards.map((work): Published['entry'] => {
    if (work.kind === 'story') return { kind: 'story', work, dated: datedOf(work) };
    const html = texts.get(hashes.get(work.id) ?? '') ?? ('' as CleanHtml);
    return { kind: 'note', work, html, dated: datedOf(work) };
  });
}

/** The date a work bears, as far as it says a day; else the day it was published here. */
function datedOf({ header, publishedAt }: WorkCard): WrittenDate {
  const said = calendarKeyOf(header.posted) === '' ? null : header.posted;
  return said ?? dateOfInstant(publishedAt ?? '');
}

const mostEnclosed = 500;

/** Notes that came in the same documents as the stories a name wrote; there are few, and their dates are JSON. */
async function enclosedBy(
  store: Store,
  personId: string,
  readers: JournalReaders,
): Promise<readonly Placed[]> {
  const rows = await store.read
    .selectFrom('notes')
    .innerJoin('works', 'works.id', 'notes.work_id')
    .innerJoin('states', (j) =>
      j.onRef('states.work_id', '=', 'works.id').onRef('states.number', '=', 'works.state'),
    )
    .select(['notes.id', 'notes.title', 'notes.posted', 'notes.html', 'notes.work_id'])
    .select(['states.header', dated.as('dated')])
    .where('works.stage', '=', 'published')
    .where('works.audience', '=', readers)
    .where('works.id', 'in', (e) =>
      e
        .selectFrom('credits')
        .select('credits.work_id')
        .where('credits.person_id', '=', personId)
        .where('credits.role', '=', 'author'),
    )
    .orderBy('notes.work_id')
    .orderBy('notes.position')
    .limit(mostEnclosed)
    .execute();
  return rows.map((row) => {
    const posted = row.posted === null ? null : parseJson<WrittenDate>(row.posted);
    const work = { id: row.work_id, title: parseJson<Header>(row.header).title };
    const { id, title } = row;
    const entry = { kind: 'enclosed', id, work, title, html: row.html as CleanHtml, dated: posted } as const;
    return { key: calendarKeyOf(posted) || row.dated, id, entry };
  });
}

function isBefore(key: string, id: string, after: readonly string[]): boolean {
  const [otherKey = '', otherId = ''] = after;
  return key < otherKey || (key === otherKey && id < otherId);
}

function isIn(key: string, period: string | undefined): boolean {
  return period === undefined || (key >= period && key < endOf(period));
}

/** What sorts after everything in a period: digits, `-` and `T` sort before `~`. */
function endOf(period: string): string {
  return `${period}~`;
}
