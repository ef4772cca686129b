import { Conflict, Invalid, NotFound } from '../../errors.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import { storable } from '../engine/text.ts';
import type { Schema } from '../schema.ts';

/** What someone typed in one part of a work and has not made a state of. Nobody but her sees it. */
export interface Draft {
  readonly workId: string;
  /** The key of the passage; null for the header. */
  readonly passage: string | null;
  /** As the page that saved it wrote it; whoever shows it takes it for a stranger's. */
  readonly document: string;
  /** The state it was made from. */
  readonly base: number;
  /** How often it was saved, from 1. */
  readonly number: number;
  /** ISO 8601. */
  readonly savedAt: string;
}

/** A draft is a passage as it is typed: more than this no page sends. */
const longest = 4_000_000;

/**
 * Keeps what someone typed, in place of what she had typed there before, and gives its number. `after` is the number
 * the page knows (0 for none): two tabs do not overwrite each other. What is answered is on the disk.
 * @throws Conflict with the number that is there when `after` is another, NotFound for an unknown work, Invalid
 */
export async function saveDraft(
  store: Store,
  draft: Omit<Draft, 'number' | 'savedAt'> & { readonly accountId: string; readonly after?: number },
): Promise<number> {
  if (draft.document.length > longest)
    throw new Invalid(`store: a draft has ${longest} characters at most`, { path: 'document' });
  return inTransaction(store, async (t) => {
    const work = await t.selectFrom('works').select('id').where('id', '=', draft.workId).executeTakeFirst();
    if (work === undefined) throw new NotFound(`store: no work has the id ${JSON.stringify(draft.workId)}`);
    const part = partOf(draft.passage);
    const kept = await t
      .selectFrom('drafts')
      .select('number')
      .where('work_id', '=', draft.workId)
      .where('account_id', '=', draft.accountId)
      .where('part', '=', part)
      .executeTakeFirst();
    const current = kept?.number ?? 0;
    if (draft.after !== undefined && draft.after !== current)
      throw new Conflict(
        `store: this part of work ${draft.workId} was saved elsewhere meanwhile: bring the two together`,
        { current },
      );
    const row: Schema['drafts'] = {
      work_id: draft.workId,
      account_id: draft.accountId,
      part,
      document: storable(draft.document),
      base: draft.base,
      number: current + 1,
      saved_at: now(),
    };
    await t
      .insertInto('drafts')
      .values(row)
      .onConflict((c) => c.columns(['work_id', 'account_id', 'part']).doUpdateSet(row))
      .execute();
    return row.number;
  });
}

/** What someone has typed in a work, by part; hers in all works without `workId`. Latest first. */
export async function findDrafts(
  store: Store,
  accountId: string,
  workId?: string,
): Promise<readonly Draft[]> {
  const rows = await store.read
    .selectFrom('drafts')
    .select(['work_id', 'part', 'document', 'base', 'number', 'saved_at'])
    .where('account_id', '=', accountId)
    .$if(workId !== undefined, (b) => b.where('work_id', '=', workId ?? ''))
    .orderBy('saved_at', 'desc')
    .orderBy('work_id')
    .orderBy('part')
    .limit(2000)
    .execute();
  return rows.map((r) => ({
    workId: r.work_id,
    passage: r.part === headerPart ? null : r.part,
    document: r.document,
    base: r.base,
    number: r.number,
    savedAt: r.saved_at,
  }));
}

/** Lets go of drafts, when they became a state or are no longer wanted: one part's, or with no part all of a work. */
export async function dropDraft(
  store: Store,
  draft: { readonly workId: string; readonly accountId: string; readonly passage?: string | null },
): Promise<void> {
  await inTransaction(store, async (t) => {
    await t
      .deleteFrom('drafts')
      .where('work_id', '=', draft.workId)
      .where('account_id', '=', draft.accountId)
      .$if(draft.passage !== undefined, (b) => b.where('part', '=', partOf(draft.passage ?? null)))
      .execute();
  });
}

/** No passage's key begins with `@`. */
const headerPart = '@header';

function partOf(passage: string | null): string {
  return passage ?? headerPart;
}
