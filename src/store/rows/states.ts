import type { Kysely } from 'kysely';
import { NotFound } from '../../errors.ts';
import { type CleanHtml, cleanerVersion } from '../../html.ts';
import { calendarKeyOf } from '../../model/date.ts';
import type { Choice, Passage, Story, VariantSet } from '../../model/state.ts';
import type { PassageEntry } from '../../model/views.ts';
import type { Creator, Header } from '../../model/work.ts';
import { insertRows } from '../engine/bulk.ts';
import { sealed } from '../engine/seal.ts';
import type { Store } from '../engine/store.ts';
import { bareWords, keyedHash, parseJson, sortKey, storable } from '../engine/text.ts';
import type { Schema, StatesTable, WorksTable } from '../schema.ts';
import { putTags } from '../tags.ts';
import { creatorsHere } from './creators.ts';
import { ensurePeople, personKey } from './names.ts';

/** A story with its header: what one state says. */
export interface StateWords {
  readonly header: Header<CleanHtml>;
  readonly story: Story<CleanHtml>;
}

/** The documents of a state as its row has them; `erased` has the hashes of erased texts of passages that are empty. */
export function stateDocuments(
  store: Store,
  workId: string,
  { header, story }: StateWords,
  erased: ReadonlyMap<string, string> = new Map(),
): Pick<StatesTable, 'header' | 'entries' | 'choices' | 'variant_sets'> {
  const entries = story.passages.map(({ html, ...rest }): PassageEntry => {
    const tombstone = html === '' ? erased.get(rest.key) : undefined;
    return { ...rest, textHash: tombstone ?? hashOfText(store, workId, rest.key, html) };
  });
  return {
    header: JSON.stringify(header),
    entries: JSON.stringify(entries),
    choices: JSON.stringify(story.choices),
    variant_sets: JSON.stringify(story.variantSets),
  };
}

/** The passages of a state, their texts by hash. */
export function entriesOf({ entries }: Pick<StatesTable, 'entries'>): readonly PassageEntry[] {
  return parseJson<PassageEntry[]>(entries);
}

/** The address of a text: no other passage or work has it, so that erasing one erases no other. */
export function hashOfText(store: Store, workId: string, passage: string, html: string): string {
  return keyedHash(store.textKey, workId, passage, storable(html));
}

/** What is known of a state before it is put: its documents, and the hashes of texts that are there already. */
interface Prepared {
  readonly documents: ReturnType<typeof stateDocuments>;
  readonly there: ReadonlySet<string>;
}

/**
 * Adds a state and those of its texts that are not there. A text that was erased stays so, even when its words come
 * again.
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
  { documents, there }: Prepared = { documents: stateDocuments(store, workId, words), there: new Set() },
): Promise<void> {
  const html = new Map(words.story.passages.map((p) => [p.key, p.html]));
  const texts = entriesOf(documents)
    .filter(({ textHash }) => !there.has(textHash))
    .map(({ key, textHash }) => ({
      hash: textHash,
      work_id: workId,
      passage: key,
      html: storable(html.get(key) ?? ''),
      cleaner: cleanerVersion,
      erased_at: null,
    }));
  await insertRows(store, t, 'texts', texts, 'ON CONFLICT DO NOTHING');
  const { number, madeAt, madeBy, why } = state;
  await insertRows(store, t, 'states', [
    sealed(store, { work_id: workId, number, made_at: madeAt, made_by: madeBy, why, ...documents }),
  ]);
}

/** The columns of a work that follow from its current state. */
export function columnsOfState(
  store: Store,
  { header, story }: StateWords,
): Pick<
  WorksTable,
  'sort_title' | 'sort_author' | 'words' | 'passages' | 'endings' | 'sigla' | 'story_hash' | 'dated'
> {
  const author = header.creators.find((c) => c.role === 'author') ?? header.creators[0];
  return {
    sort_title: sortKey(header.title ?? ''),
    sort_author: sortKey(author?.name ?? ''),
    words: story.passages.reduce((sum, p) => sum + p.words, 0),
    passages: story.passages.length,
    endings: story.passages.filter((p) => p.ending).length,
    sigla: JSON.stringify(largestSigla(story.variantSets)),
    story_hash: hashOfStory(store, story),
    dated: calendarKeyOf(header.posted),
  };
}

/** The letters of the largest variant set; none where the story does not divide. */
export function largestSigla(sets: readonly VariantSet[]): string[] {
  const largest = sets.toSorted((a, b) => b.branches.length - a.branches.length)[0];
  return largest?.branches.map((b) => b.siglum) ?? [];
}

/** A keyed hash over the words of a story, however it is divided and marked up; '' for one without words. */
export function hashOfStory(store: Store, story: Story<CleanHtml>): string {
  const words = wordsOfStory(story);
  return words === '' ? '' : keyedHash(store.textKey, 'story', words);
}

/** The words of a whole story, one space between them. */
export function wordsOfStory(story: Story<CleanHtml>): string {
  return bareWords(story.passages.map((p) => p.html).join('\n') as CleanHtml);
}

/** Makes the credits and tags of a work those of its header. */
export async function putHeader(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  header: Header<CleanHtml>,
): Promise<void> {
  const here = await creatorsHere(t, workId);
  const idHere = (c: Creator): string | undefined =>
    here.find((h) => c.site === null && h.name === c.name && h.role === c.role)?.id;
  const elsewhere = header.creators.filter((c) => idHere(c) === undefined);
  const people = await ensurePeople(store, t, elsewhere);
  await t.deleteFrom('credits').where('work_id', '=', workId).execute();
  const credits = header.creators.flatMap((c, position) => {
    const person = idHere(c) ?? people.get(personKey(c));
    return person === undefined ? [] : [{ work_id: workId, position, person_id: person, role: c.role }];
  });
  await insertRows(store, t, 'credits', credits);
  await putTags(store, t, workId, header);
}

/** A state with its texts; erased ones are empty. @throws NotFound */
export async function readState(db: Kysely<Schema>, workId: string, number: number): Promise<StateWords> {
  const row = await db
    .selectFrom('states')
    .select(['header', 'entries', 'choices', 'variant_sets'])
    .where('work_id', '=', workId)
    .where('number', '=', number)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound(`store: work ${workId} has no state ${number}`);
  const texts = await db.selectFrom('texts').select(['hash', 'html']).where('work_id', '=', workId).execute();
  const byHash = new Map(texts.map((x) => [x.hash, x.html]));
  const passages = entriesOf(row).map(({ textHash, ...rest }): Passage<CleanHtml> => {
    const { key, title, ...more } = rest;
    return { key, title, html: (byHash.get(textHash) ?? '') as CleanHtml, ...more };
  });
  return {
    header: parseJson<Header<CleanHtml>>(row.header),
    story: {
      passages,
      choices: parseJson<Choice[]>(row.choices),
      variantSets: parseJson<VariantSet[]>(row.variant_sets),
    },
  };
}
