import type { Kysely } from 'kysely';
import type { CleanHtml } from '../../html.ts';
import { calendarKeyOf } from '../../model/date.ts';
import type { VariantSet } from '../../model/state.ts';
import type { Creator, Header } from '../../model/work.ts';
import { insertRows } from '../engine/bulk.ts';
import type { Store } from '../engine/store.ts';
import { sortKey } from '../engine/text.ts';
import type { Schema, WorksTable } from '../schema.ts';
import { putTags } from '../tags.ts';
import { creatorsHere } from './creators.ts';
import { ensurePeople, personKey } from './names.ts';
import type { StateWords } from './states.ts';
import { notYetHashed } from './story-hash.ts';

/** The columns of a work that follow from the state its readers see. */
export function columnsOfState({
  header,
  story,
}: StateWords): Pick<
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
    story_hash: notYetHashed(story),
    dated: calendarKeyOf(header.posted),
  };
}

/** The letters of the largest variant set; none where the story does not divide. */
export function largestSigla(sets: readonly VariantSet[]): string[] {
  const largest = sets.toSorted((a, b) => b.branches.length - a.branches.length)[0];
  return largest?.branches.map((b) => b.siglum) ?? [];
}

/** Makes the credits and tags of a work those of its header; writes nothing where they are. */
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
  const credits = header.creators.flatMap((c, position) => {
    const person = idHere(c) ?? people.get(personKey(c));
    return person === undefined ? [] : [{ work_id: workId, position, person_id: person, role: c.role }];
  });
  const kept = await t
    .selectFrom('credits')
    .select(['work_id', 'position', 'person_id', 'role'])
    .where('work_id', '=', workId)
    .orderBy('position')
    .execute();
  if (JSON.stringify(kept) !== JSON.stringify(credits)) {
    await t.deleteFrom('credits').where('work_id', '=', workId).execute();
    await insertRows(store, t, 'credits', credits);
  }
  await putTags(store, t, workId, header);
}
