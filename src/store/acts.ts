import type { Kysely } from 'kysely';
import { newId } from '../model/id.ts';
import { now, type Store } from './engine/store.ts';
import type { Schema } from './schema.ts';

/** Something done to a work by those who run the archive. */
export interface Act {
  /** ISO 8601. */
  readonly at: string;
  readonly by: string;
  readonly act: (typeof kinds)[number];
  readonly why: string;
}

/** Notes an act within the transaction that carries it out. */
export async function noteAct(t: Kysely<Schema>, workId: string, act: Omit<Act, 'at'>): Promise<void> {
  await t
    .insertInto('acts')
    .values({ id: newId(), at: now(), work_id: workId, by: act.by, act: act.act, why: act.why })
    .execute();
}

/** What was done to a work, removed ones too, latest first; at most a thousand. */
export async function listActs(store: Store, workId: string): Promise<Act[]> {
  const rows = await store.read
    .selectFrom('acts')
    .select(['at', 'by', 'act', 'why'])
    .where('work_id', '=', workId)
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(1000)
    .execute();
  return rows.flatMap(({ at, by, act, why }) => {
    const known = kinds.find((k) => k === act);
    return known === undefined ? [] : [{ at, by, act: known, why }];
  });
}

const kinds = ['publish', 'schedule', 'unpublish', 'hide', 'remove'] as const;
