import type { Kysely } from 'kysely';
import { NotFound } from '../../errors.ts';
import { newId } from '../../model/id.ts';
import type { VariantSet } from '../../model/state.ts';
import { type Stage, type WorkKind, workKinds } from '../../model/work.ts';
import { now, type Store } from '../engine/store.ts';
import { parseJson } from '../engine/text.ts';
import { indexWork } from '../finding/search-index.ts';
import {
  columnsOfState,
  entriesOf,
  putHeader,
  putState,
  readState,
  type StateWords,
  stateDocuments,
} from '../rows/states.ts';
import type { Schema, StatesTable } from '../schema.ts';
import { carryOver } from './carry.ts';

/** Where a work stands: the state its readers see, and the newest, which its writers go on from. */
export interface Standing {
  readonly id: string;
  readonly kind: WorkKind;
  readonly stage: Stage;
  readonly state: number;
  readonly newest: number;
  /** ISO 8601, null before it is published. */
  readonly publishedAt: string | null;
}

/** Who made a state, and why. */
export interface Made {
  /** A pseud; null for the program. */
  readonly by: string | null;
  readonly why: string;
}

/** @throws NotFound */
export async function standingOf(t: Kysely<Schema>, workId: string): Promise<Standing> {
  const row = await t
    .selectFrom('works')
    .select(['id', 'kind', 'stage', 'state', 'newest', 'published_at'])
    .where('id', '=', workId)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound(`store: no work has the id ${JSON.stringify(workId)}`);
  const { id, state, newest, published_at: publishedAt } = row;
  const kind = workKinds.find((k) => k === row.kind) ?? 'story';
  return { id, kind, stage: row.stage as Stage, state, newest, publishedAt };
}

/**
 * Adds a state to a work, its newest, and gives its number; that of `from`, the state it was made from, when nothing
 * differs between them. Readers of what is published do not see it yet (`showState`).
 */
export async function appendState(
  store: Store,
  t: Kysely<Schema>,
  { id, newest }: Pick<Standing, 'id' | 'newest'>,
  from: number,
  words: StateWords,
  { by, why }: Made,
): Promise<number> {
  const erased = await erasedTexts(t, id);
  const documents = stateDocuments(store, id, words, erased);
  const before = await documentsOf(t, id, from);
  if (isSame(before, documents)) return from;
  const there = new Set(entriesOf(before).map((entry) => entry.textHash));
  const number = newest + 1;
  const state = { number, madeAt: now(), madeBy: by, why: why.trim() === '' ? 'revised' : why };
  await putState(store, t, id, state, words, { documents, there });
  // Whoever keeps a view of the work keeps the number of its newest state too.
  await t.updateTable('works').set({ newest: number, version: newId() }).where('id', '=', id).execute();
  return number;
}

/**
 * Makes a state the one that readers see: lists, tags, credits and the index go by it, and what was said of branches
 * and preferred goes with them.
 */
export async function showState(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  number: number,
  words: StateWords,
): Promise<void> {
  const { stage, state } = await standingOf(t, workId);
  const before = await documentsOf(t, workId, state);
  const columns = { ...columnsOfState(store, words), state: number, version: newId() };
  await t.updateTable('works').set(columns).where('id', '=', workId).execute();
  await putHeader(store, t, workId, words.header);
  await carryOver(store, t, workId, parseJson<VariantSet[]>(before.variant_sets), words.story);
  await indexWork(store, t, workId);
  if (stage !== 'published') return;
  await t
    .insertInto('publications')
    .values({ work_id: workId, state: number, at: now() })
    .onConflict((c) => c.doNothing())
    .execute();
}

/** Adds a state that is shown at once where the work is no public matter, and gives its number. */
export async function reviseState(
  store: Store,
  t: Kysely<Schema>,
  work: Standing,
  words: StateWords,
  made: Made,
): Promise<number> {
  const number = await appendState(store, t, work, work.newest, words, made);
  const waits = work.stage === 'published' || work.stage === 'hidden';
  if (!waits && number !== work.state) await showState(store, t, work.id, number, words);
  return number;
}

/**
 * Shows readers other words at once while what is written beyond them stays the newest state: a change of the header
 * that concerns both, or a part of what is written. Gives the number of the newest state.
 */
export async function showBeside(
  store: Store,
  t: Kysely<Schema>,
  work: Standing,
  words: { readonly shown: StateWords; readonly newest: StateWords },
  made: Made,
): Promise<number> {
  const number = await appendState(store, t, work, work.state, words.shown, made);
  if (number !== work.state) await showState(store, t, work.id, number, words.shown);
  if (work.state === work.newest) return number;
  // Nothing new to show: what is written beyond it is changed alone.
  if (number === work.state) return appendState(store, t, work, work.newest, words.newest, made);
  const beyond = { by: made.by, why: 'what is not published yet' };
  return appendState(store, t, { ...work, newest: number }, number, words.newest, beyond);
}

/** The same change to what readers see and to what is written beyond it. */
export async function changeBoth(
  store: Store,
  t: Kysely<Schema>,
  work: Standing,
  change: (words: StateWords) => StateWords,
  made: Made,
): Promise<number> {
  const shown = change(await readState(t, work.id, work.state));
  const newest = work.state === work.newest ? shown : change(await readState(t, work.id, work.newest));
  return showBeside(store, t, work, { shown, newest }, made);
}

type Documents = Pick<StatesTable, 'header' | 'entries' | 'choices' | 'variant_sets'>;

/** A state as its row has it. @throws NotFound */
export async function documentsOf(t: Kysely<Schema>, workId: string, number: number): Promise<Documents> {
  const row = await t
    .selectFrom('states')
    .select(['header', 'entries', 'choices', 'variant_sets'])
    .where('work_id', '=', workId)
    .where('number', '=', number)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound(`store: work ${workId} has no state ${number}`);
  return row;
}

function isSame(one: Documents, other: Documents): boolean {
  return (['header', 'entries', 'choices', 'variant_sets'] as const).every((c) => one[c] === other[c]);
}

/** Where a passage's text was erased, the hash its tombstone stands under: an empty text in its place stays that. */
async function erasedTexts(t: Kysely<Schema>, workId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await t
    .selectFrom('texts')
    .select(['passage', 'hash'])
    .where('work_id', '=', workId)
    .where('html', 'is', null)
    .orderBy('erased_at')
    .orderBy('hash')
    .execute();
  return new Map(rows.map((r) => [r.passage, r.hash]));
}
