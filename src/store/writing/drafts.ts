import type { Kysely } from 'kysely';
import { Conflict, Invalid } from '../../errors.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import { storable } from '../engine/text.ts';
import { mustHaveWork } from '../rows/here.ts';
import type { Schema } from '../schema.ts';

/** What someone typed in one part of a work and has not made a state of. Nobody but her sees it. */
export interface Draft {
  readonly workId: string;
  /** The key of the passage; null for the header. */
  readonly passage: string | null;
  /** Whether it is what a beta would have the passage be: kept apart from what an author types in it. */
  readonly suggested: boolean;
  /** As the page that saved it wrote it; whoever shows it takes it for a stranger's. */
  readonly document: string;
  /** The state it was made from. */
  readonly base: number;
  /** How often it was saved, from 1. */
  readonly number: number;
  /** ISO 8601. */
  readonly savedAt: string;
}

/** Whose draft it is, and of what. */
interface DraftOf {
  readonly workId: string;
  readonly accountId: string;
  readonly passage: string | null;
  readonly suggested?: boolean;
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
  draft: DraftOf & Pick<Draft, 'document' | 'base'> & { readonly after?: number },
): Promise<number> {
  if (draft.document.length > longest)
    throw new Invalid(`store: a draft has ${longest} characters at most`, { path: 'document' });
  return inTransaction(store, async (t) => {
    await mustHaveWork(t, draft.workId);
    const part = partOf(draft);
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
    ...placeOf(r.part),
    document: r.document,
    base: r.base,
    number: r.number,
    savedAt: r.saved_at,
  }));
}

/** What someone has typed in one part of a work; undefined where she has saved all of it. */
export async function findDraft(store: Store, of: DraftOf): Promise<Draft | undefined> {
  const part = partOf(of);
  const drafts = await findDrafts(store, of.accountId, of.workId);
  return drafts.find((draft) => partOf(draft) === part);
}

/** Lets go of a draft that became a state, was sent, or is no longer wanted; with no passage, of all hers in a work. */
export async function dropDraft(
  store: Store,
  draft: Omit<DraftOf, 'passage'> & { readonly passage?: string | null },
): Promise<void> {
  const { passage, suggested } = draft;
  const part = passage === undefined ? undefined : partOf({ passage, ...(suggested && { suggested }) });
  await inTransaction(store, async (t) => {
    await t
      .deleteFrom('drafts')
      .where('work_id', '=', draft.workId)
      .where('account_id', '=', draft.accountId)
      .$if(part !== undefined, (b) => b.where('part', '=', part ?? ''))
      .execute();
  });
}

/** Within a transaction: lets go of all drafts that hold words of a passage, whoever typed them. */
export async function dropDraftsOf(t: Kysely<Schema>, workId: string, passage: string): Promise<void> {
  await t.deleteFrom('drafts').where('work_id', '=', workId).where('part', 'in', partsOf(passage)).execute();
}

/**
 * Within a transaction: lets go of what a beta was about to suggest, once she may not read the work any more: nothing
 * goes while a name of hers still reads or writes it.
 */
export async function dropSuggested(t: Kysely<Schema>, workId: string, person: string): Promise<void> {
  const hers = t.selectFrom('pseuds').select('account_id').where('person_id', '=', person);
  const reading = await t
    .selectFrom('creatorships')
    .innerJoin('pseuds', 'pseuds.person_id', 'creatorships.person_id')
    .select('pseuds.person_id')
    .where('pseuds.account_id', 'in', hers)
    .where('creatorships.work_id', '=', workId)
    .where('creatorships.role', 'in', ['author', 'beta'])
    .where('creatorships.answer', '=', 'accepted')
    .where('creatorships.ended_at', 'is', null)
    .executeTakeFirst();
  if (reading !== undefined) return;
  await t
    .deleteFrom('drafts')
    .where('work_id', '=', workId)
    .where('account_id', 'in', hers)
    .where('part', 'like', `${suggestedPart}%`)
    .execute();
}

/** The parts in which words of a passage can be typed. */
export function partsOf(passage: string): readonly string[] {
  return [partOf({ passage }), partOf({ passage, suggested: true })];
}

/** No passage's key begins with `@`. */
const headerPart = '@header';
const suggestedPart = '@suggested/';

function partOf({ passage, suggested }: Pick<DraftOf, 'passage' | 'suggested'>): string {
  if (passage === null) return headerPart;
  return suggested === true ? suggestedPart + passage : passage;
}

function placeOf(part: string): Pick<Draft, 'passage' | 'suggested'> {
  if (part === headerPart) return { passage: null, suggested: false };
  const suggested = part.startsWith(suggestedPart);
  return { passage: suggested ? part.slice(suggestedPart.length) : part, suggested };
}
