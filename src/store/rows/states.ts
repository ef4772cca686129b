import type { Kysely } from 'kysely';
import { NotFound } from '../../errors.ts';
import { type CleanHtml, cleanerVersion } from '../../html.ts';
import type { Choice, Passage, Story, VariantSet } from '../../model/state.ts';
import type { PassageEntry } from '../../model/views.ts';
import type { Header } from '../../model/work.ts';
import { insertRows } from '../engine/bulk.ts';
import { sealed } from '../engine/seal.ts';
import type { Store } from '../engine/store.ts';
import { parseJson, storable } from '../engine/text.ts';
import type { Schema, StatesTable } from '../schema.ts';
import { addressOf, keepAddress, textsAt } from './texts.ts';

/** A story with its header: what one state says. */
export interface StateWords {
  readonly header: Header<CleanHtml>;
  readonly story: Story<CleanHtml>;
}

/** A state as its row has it, in JSON. */
export type Documents = Pick<StatesTable, 'header' | 'entries' | 'choices' | 'variant_sets'>;

/** The documents of one state of a work. @throws NotFound */
export async function documentsOf(db: Kysely<Schema>, workId: string, number: number): Promise<Documents> {
  const row = await db
    .selectFrom('states')
    .select(['header', 'entries', 'choices', 'variant_sets'])
    .where('work_id', '=', workId)
    .where('number', '=', number)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound(`store: work ${workId} has no state ${number}`);
  return row;
}

/** A state as it is kept, and its passages. */
export interface Kept {
  readonly documents: Documents;
  readonly entries: readonly PassageEntry[];
}

/** What a state is to be kept as; `erased` has the addresses of erased texts of passages that are empty. */
export function keepable(
  store: Store,
  workId: string,
  { header, story }: StateWords,
  erased: ReadonlyMap<string, string> = new Map(),
): Kept {
  const entries = story.passages.map((passage): PassageEntry => {
    const { html, ...rest } = passage;
    const tombstone = html === '' ? erased.get(passage.key) : undefined;
    return { ...rest, textHash: tombstone ?? addressOf(store, workId, passage) };
  });
  const documents = {
    header: JSON.stringify(header),
    entries: JSON.stringify(entries),
    choices: jsonOf(story.choices),
    variant_sets: jsonOf(story.variantSets),
  };
  return { documents, entries };
}

const written = new WeakMap<object, string>();

/** Choices or sets as their row has them: they never change, and those that were read are not written out again. */
function jsonOf(part: readonly Choice[] | readonly VariantSet[]): string {
  const known = written.get(part) ?? JSON.stringify(part);
  written.set(part, known);
  return known;
}

/** The passages of a state, their texts by hash. */
export function entriesOf({ entries }: Pick<Documents, 'entries'>): readonly PassageEntry[] {
  return parseJson<PassageEntry[]>(entries);
}

/**
 * Adds a state and those of its texts that are not there, as those of `before` are known to be. A text that was erased
 * stays so, even when its words come again.
 */
export async function putState(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  state: {
    readonly number: number;
    readonly madeAt: string;
    readonly madeBy: string | null;
    readonly why: string;
  },
  words: StateWords,
  { documents, entries }: Kept = keepable(store, workId, words),
  before: Pick<Kept, 'entries'> = { entries: [] },
): Promise<void> {
  const there = new Set(before.entries.map((entry) => entry.textHash));
  const texts = words.story.passages.flatMap(({ key, html }, i) => {
    const hash = entries[i]?.textHash;
    if (hash === undefined || there.has(hash)) return [];
    const row = { hash, work_id: workId, passage: key, html: storable(html) };
    return [{ ...row, cleaner: cleanerVersion, erased_at: null }];
  });
  await insertRows(store, t, 'texts', texts, 'ON CONFLICT DO NOTHING');
  const { number, madeAt, madeBy, why } = state;
  await insertRows(store, t, 'states', [
    sealed(store, { work_id: workId, number, made_at: madeAt, made_by: madeBy, why, ...documents }),
  ]);
}

/** A state with its texts; erased ones are empty. @throws NotFound */
export async function readState(
  store: Store,
  db: Kysely<Schema>,
  workId: string,
  number: number,
): Promise<StateWords> {
  const documents = await documentsOf(db, workId, number);
  const entries = entriesOf(documents);
  const texts = await textsAt(
    db,
    entries.map((e) => e.textHash),
  );
  const passages = entries.map(({ textHash, ...rest }): Passage<CleanHtml> => {
    const { key, title, ...more } = rest;
    const passage = { key, title, html: texts.get(textHash) ?? ('' as CleanHtml), ...more };
    keepAddress(store, workId, passage, textHash);
    return passage;
  });
  return {
    header: parseJson<Header<CleanHtml>>(documents.header),
    story: { passages, ...waysIn(documents) },
  };
}

/** The story of a state without its words: where it leads, and what its passages are called. @throws NotFound */
export async function readWays(db: Kysely<Schema>, workId: string, number: number): Promise<Story> {
  const documents = await documentsOf(db, workId, number);
  const passages = entriesOf(documents).map(({ textHash: _, ...rest }): Passage => ({ ...rest, html: '' }));
  return { passages, ...waysIn(documents) };
}

/** Where a state leads: its choices and variant sets. */
export function waysIn(documents: Documents): Pick<Story, 'choices' | 'variantSets'> {
  const choices = parseJson<Choice[]>(documents.choices);
  const variantSets = parseJson<VariantSet[]>(documents.variant_sets);
  written.set(choices, documents.choices).set(variantSets, documents.variant_sets);
  return { choices, variantSets };
}

/** Whether a story goes as a state does: through the same passages, by the same choices, to the same endings. */
export function goesAs({ documents, entries }: Kept, story: Story): boolean {
  return (
    documents.choices === jsonOf(story.choices) &&
    documents.variant_sets === jsonOf(story.variantSets) &&
    entries.length === story.passages.length &&
    entries.every((e, i) => e.key === story.passages[i]?.key && e.ending === story.passages[i]?.ending)
  );
}
