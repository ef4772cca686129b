import type { Kysely } from 'kysely';
import { NotFound } from '../../errors.ts';
import { newId } from '../../model/id.ts';
import { type Stage, type WorkKind, workKinds } from '../../model/work.ts';
import { now, type Store } from '../engine/store.ts';
import { indexWork } from '../finding/search-index.ts';
import { columnsOfState, putHeader } from '../rows/shown.ts';
import {
  type Documents,
  documentsOf,
  entriesOf,
  goesAs,
  type Kept,
  keepable,
  putState,
  readState,
  type StateWords,
  waysIn,
} from '../rows/states.ts';
import { erasedTexts } from '../rows/texts.ts';
import type { Schema } from '../schema.ts';
import { carryOver } from './carry.ts';

/** Where a work stands within a transaction: the state its readers see, and the newest, which its writers go on from. */
export interface Standing {
  readonly id: string;
  readonly kind: WorkKind;
  readonly stage: Stage;
  readonly state: number;
  readonly newest: number;
  /** ISO 8601, null before it is published. */
  readonly publishedAt: string | null;
  readonly states: KeptStates;
}

/** The states of a work within a transaction, each read once however many steps ask for it. */
class KeptStates {
  readonly #known = new Map<number, Kept>();
  readonly #t: Kysely<Schema>;
  readonly #workId: string;

  constructor(t: Kysely<Schema>, workId: string) {
    this.#t = t;
    this.#workId = workId;
  }

  /** Where a work stands, as whoever changes it must know. @throws NotFound */
  async get(number: number): Promise<Kept> {
    const known = this.#known.get(number);
    if (known !== undefined) return known;
    const documents = await documentsOf(this.#t, this.#workId, number);
    const kept = { documents, entries: entriesOf(documents) };
    this.#known.set(number, kept);
    return kept;
  }

  /** One that was made here. */
  add(number: number, made: Kept): void {
    this.#known.set(number, made);
  }
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
  const states = new KeptStates(t, id);
  return { id, kind, stage: row.stage as Stage, state, newest, publishedAt, states };
}

/**
 * Adds a state to a work, its newest, and gives its number; that of `from`, the state it was made from, when nothing
 * differs between them. Readers of what is published do not see it yet (`showState`).
 */
export async function appendState(
  store: Store,
  t: Kysely<Schema>,
  { id, newest, states }: Standing,
  from: number,
  words: StateWords,
  { by, why }: Made,
): Promise<number> {
  // Where a text was erased, an empty one in its place stays its tombstone.
  const erased = words.story.passages.some((p) => p.html === '') ? await erasedTexts(t, id) : [];
  const tombstones = new Map(erased.map(({ passage, hash }) => [passage, hash]));
  const made = keepable(store, id, words, tombstones);
  const before = await states.get(from);
  if (isSame(before.documents, made.documents)) return from;
  const number = newest + 1;
  const state = { number, madeAt: now(), madeBy: by, why: why.trim() === '' ? 'revised' : why };
  await putState(store, t, id, state, words, made, before);
  states.add(number, made);
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
  { id: workId, stage, state, states }: Standing,
  number: number,
  words: StateWords,
): Promise<void> {
  const before = await states.get(state);
  const columns = { ...columnsOfState(words), state: number, version: newId() };
  await t.updateTable('works').set(columns).where('id', '=', workId).execute();
  await putHeader(store, t, workId, words.header);
  // Where it goes as it went, no branch has another place, letter or passages.
  if (!goesAs(before, words.story))
    await carryOver(store, t, workId, waysIn(before.documents).variantSets, words.story);
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
  if (!waits && number !== work.state) await showState(store, t, work, number, words);
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
  if (number !== work.state) await showState(store, t, work, number, words.shown);
  if (work.state === work.newest) return number;
  // Nothing new to show: what is written beyond it is changed alone.
  if (number === work.state) return appendState(store, t, work, work.newest, words.newest, made);
  const beyond = { by: made.by, why: 'what is not published yet' };
  return appendState(store, t, { ...work, newest: number }, number, words.newest, beyond);
}

/** Makes one change to what readers see and to what is written beyond it. */
export async function changeBoth(
  store: Store,
  t: Kysely<Schema>,
  work: Standing,
  change: (words: StateWords) => StateWords,
  made: Made,
): Promise<number> {
  const shown = change(await readState(store, t, work.id, work.state));
  const newest = work.state === work.newest ? shown : change(await readState(store, t, work.id, work.newest));
  return showBeside(store, t, work, { shown, newest }, made);
}

function isSame(one: Documents, other: Documents): boolean {
  return (['header', 'entries', 'choices', 'variant_sets'] as const).every((c) => one[c] === other[c]);
}
