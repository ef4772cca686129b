import { sql } from 'kysely';
import type { About } from '../../model/comment.ts';
import type { PassageEntry } from '../../model/views.ts';
import type { Store } from '../engine/store.ts';
import { parseJson } from '../engine/text.ts';
import { partsOf } from '../writing/drafts.ts';

/** Everything that holds words of one passage: what erasing it would take along. */
export interface PassageHistory {
  /** The numbers of the states that have it. */
  readonly states: readonly number[];
  /** How many different texts of it are kept. */
  readonly texts: number;
  readonly drafts: number;
  readonly suggestions: number;
  /** Comments that quote words of it. */
  readonly quotes: number;
  /** Saved pages the work came from. */
  readonly sources: number;
}

/** What is kept of a passage. A passage that no state has, has no states. */
export async function passageHistory(store: Store, workId: string, passage: string): Promise<PassageHistory> {
  const states = await store.read
    .selectFrom('states')
    .select(['number', 'entries'])
    .where('work_id', '=', workId)
    .orderBy('number')
    .execute();
  const countIn = async (table: 'texts' | 'suggestions'): Promise<number> => {
    const row = await store.read
      .selectFrom(table)
      .select((e) => e.fn.countAll().as('n'))
      .where('work_id', '=', workId)
      .where('passage', '=', passage)
      .$if(table === 'texts', (q) => q.where(sql<boolean>`erased_at IS NULL`))
      .executeTakeFirst();
    return Number(row?.n ?? 0);
  };
  const drafts = await store.read
    .selectFrom('drafts')
    .select('part')
    .where('work_id', '=', workId)
    .where('part', 'in', partsOf(passage))
    .execute();
  const sources = await store.read
    .selectFrom('sources')
    .select('sha256')
    .where('work_id', '=', workId)
    .execute();
  const abouts = await store.read
    .selectFrom('comments')
    .select('about')
    .where('work_id', '=', workId)
    .execute();
  return {
    states: states
      .filter((s) => parseJson<PassageEntry[]>(s.entries).some((e) => e.key === passage))
      .map((s) => s.number),
    texts: await countIn('texts'),
    drafts: drafts.length,
    suggestions: await countIn('suggestions'),
    quotes: abouts.filter(({ about }) => {
      const said = parseJson<About>(about);
      return said.kind === 'words' && said.key === passage;
    }).length,
    sources: sources.length,
  };
}
