import type { Kysely } from 'kysely';
import type { CleanHtml } from '../../html.ts';
import type { SourceRecord } from '../../model/source.ts';
import type { Choice, VariantSet } from '../../model/state.ts';
import type { CreditedPerson, PassageEntry, WorkCard, WorkView } from '../../model/views.ts';
import {
  audiences,
  type Header,
  oldTextSettings,
  roles,
  stages,
  threadSettings,
  workKinds,
} from '../../model/work.ts';
import { parseJson } from '../engine/text.ts';
import { namesHere } from '../people/pseuds.ts';
import type { Schema } from '../schema.ts';

/** What a card shows of a work, with the header of the state its readers see or of its newest. */
export function selectCards(db: Kysely<Schema>, at: 'state' | 'newest' = 'state') {
  return db
    .selectFrom('works')
    .innerJoin('states', (j) =>
      j.onRef('states.work_id', '=', 'works.id').onRef('states.number', '=', `works.${at}`),
    )
    .select([
      'works.id',
      'works.kind',
      'works.words',
      'works.passages',
      'works.endings',
      'works.comments',
      'works.sigla',
    ])
    .select(['works.published_at', 'works.created_at', 'works.sort_title', 'works.sort_author'])
    .select('states.header');
}

interface CardRow {
  readonly id: string;
  readonly kind: string;
  readonly words: number;
  readonly passages: number;
  readonly endings: number;
  readonly comments: number;
  readonly sigla: string;
  readonly published_at: string | null;
  readonly header: string;
}

/** Everything a work's own page needs. */
export function selectWorks(db: Kysely<Schema>, at: 'state' | 'newest' = 'state') {
  return selectCards(db, at)
    .select([
      'works.stage',
      'works.audience',
      'works.thread',
      'states.number',
      'works.version',
      'works.secret',
    ])
    .select([
      'works.newest',
      'works.old_texts',
      'states.made_at',
      'states.entries',
      'states.choices',
      'states.variant_sets',
    ]);
}

interface WorkRow extends CardRow {
  readonly stage: string;
  readonly audience: string;
  readonly thread: string;
  readonly number: number;
  readonly version: string;
  readonly secret: string;
  readonly newest: number;
  readonly old_texts: string;
  readonly made_at: string;
  readonly entries: string;
  readonly choices: string;
  readonly variant_sets: string;
}

/** Rows as cards, their creators looked up at once. */
export async function cardsOf(db: Kysely<Schema>, rows: readonly CardRow[]): Promise<WorkCard[]> {
  const creators = await creatorsOf(
    db,
    rows.map((r) => r.id),
  );
  return rows.map((row) => cardOf(row, creators.get(row.id) ?? []));
}

/** Rows as views, their creators and sources looked up at once. */
export async function viewsOf(db: Kysely<Schema>, rows: readonly WorkRow[]): Promise<WorkView[]> {
  const ids = rows.map((r) => r.id);
  const creators = await creatorsOf(db, ids);
  const sources = await sourcesOf(db, ids);
  return rows.map((row) => ({
    ...cardOf(row, creators.get(row.id) ?? []),
    stage: oneOf(stages, row.stage, 'hidden'),
    audience: oneOf(audiences, row.audience, 'hosts'),
    thread: oneOf(threadSettings, row.thread, 'closed'),
    oldTexts: oneOf(oldTextSettings, row.old_texts, 'nobody'),
    newest: row.newest,
    state: row.number,
    stateMadeAt: row.made_at,
    entries: parseJson<PassageEntry[]>(row.entries),
    choices: parseJson<Choice[]>(row.choices),
    variantSets: parseJson<VariantSet[]>(row.variant_sets),
    sources: sources.get(row.id) ?? [],
    version: row.version,
    secret: row.secret,
  }));
}

function cardOf(row: CardRow, creators: readonly CreditedPerson[]): WorkCard {
  const header = parseJson<Header<CleanHtml>>(row.header);
  return {
    id: row.id,
    kind: oneOf(workKinds, row.kind, 'story'),
    title: header.title,
    creators,
    header,
    words: row.words,
    passages: row.passages,
    endings: row.endings,
    comments: row.comments,
    sigla: parseJson<string[]>(row.sigla),
    publishedAt: row.published_at,
  };
}

async function creatorsOf(
  db: Kysely<Schema>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CreditedPerson[]>> {
  const found = new Map<string, CreditedPerson[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return found;
  const rows = await db
    .selectFrom('credits')
    .innerJoin('people', 'people.id', 'credits.person_id')
    .select(['credits.work_id', 'credits.role', 'people.id', 'people.name', 'people.site', 'people.kind'])
    .where('credits.work_id', 'in', ids)
    .orderBy('credits.work_id')
    .orderBy('credits.position')
    .execute();
  const elsewhere = rows.filter(({ kind }) => kind === 'imported').map(({ name }) => name);
  const taken = await namesHere(db, elsewhere);
  for (const { work_id, role: had, id, name, site, kind } of rows) {
    const role = oneOf(roles, had, 'other');
    const isNamesake = kind === 'imported' && taken.has(name);
    const from = site === '' ? null : site;
    const person = { id, name, role, site: from, ...(isNamesake ? { namesake: true as const } : {}) };
    found.get(work_id)?.push(person);
  }
  return found;
}

/** The records of the sources of works, in the order they came. */
export async function sourcesOf(
  db: Kysely<Schema>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, SourceRecord[]>> {
  const found = new Map<string, SourceRecord[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return found;
  const rows = await db
    .selectFrom('sources')
    .select(['work_id', 'record'])
    .where('work_id', 'in', ids)
    .orderBy('position')
    .execute();
  for (const row of rows) found.get(row.work_id)?.push(parseJson<SourceRecord>(row.record));
  return found;
}

/** A word of a list as stored; `otherwise` for one that this program does not know. */
export function oneOf<T extends string>(known: readonly T[], text: string, otherwise: T): T {
  return known.find((k) => k === text) ?? otherwise;
}
