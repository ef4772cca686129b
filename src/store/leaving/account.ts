import { Conflict, Gone, NotFound } from '../../errors.ts';
import { clearBooks } from '../books.ts';
import { scrub } from '../engine/scrub.ts';
import { inTransaction, type Store } from '../engine/store.ts';
import { keyedHash, parseJson } from '../engine/text.ts';
import { noteRemoval, type Removal } from '../keeping/journal.ts';
import { listPseuds } from '../people/pseuds.ts';
import { isOnlyHost } from '../people/rows.ts';
import { endAllSessions } from '../people/sessions.ts';
import { removeWork } from '../removals.ts';
import { creatorsHere } from '../rows/creators.ts';
import { orphanWork } from './orphan.ts';
import { type CommentsLeft, erasePseud, type Leaving, leavingOf, worksOf } from './pseud.ts';

/** What becomes of what someone leaves behind. */
export interface Farewell {
  /** The works to be deleted; all others are orphaned. Those written with others lose her name only. */
  readonly deleted: readonly string[];
  readonly comments: CommentsLeft;
  /** With which the orphaned works can be claimed again. */
  readonly claimCode: string;
}

/** What is begun in another tab while an account goes is looked for so often. */
const mostRounds = 5;

/**
 * Deletes an account for good, with everything that is private to it; nothing brings it back, not even a backup. Gives
 * how many works stay without a name. @throws NotFound, Conflict for the last host
 */
export async function deleteAccount(store: Store, accountId: string, farewell: Farewell): Promise<number> {
  if (await isOnlyHost(store.read, accountId))
    throw new Conflict(
      'store: you are the only host: without you nobody could look after this archive. Make someone else a host before',
    );
  const pseuds = (await listPseuds(store.read, [accountId])).get(accountId) ?? [];
  const ids = pseuds.map((p) => p.id);
  await endAllSessions(store, accountId);
  const orphaned = new Set<string>();
  for (let round = 0; round < mostRounds; round++) {
    const works = await worksOf(store.read, ...ids);
    if (works.length === 0) break;
    for (const workId of works) {
      const isAlone = !(await creatorsHere(store.read, workId)).some(
        (c) => c.role === 'author' && !ids.includes(c.id),
      );
      const isDeleted = isAlone && farewell.deleted.includes(workId);
      try {
        if (isDeleted)
          await removeWork(store, workId, { by: 'its author', why: 'deleted by its author', forbid: false });
        else await orphanWork(store, workId, ids, farewell.claimCode);
      } catch (error) {
        // Deleted by herself in another tab, or by a moderator, just now.
        if (error instanceof NotFound || error instanceof Gone) continue;
        throw error;
      }
      if (isAlone && !isDeleted) orphaned.add(workId);
    }
  }
  const key: Leaving = { who: accountHash(store, accountId), comments: farewell.comments };
  await applyAccountRemoval(store, leavingOf('account', key));
  return orphaned.size;
}

/** The same for one that is replayed. @throws NotFound */
export async function applyAccountRemoval(store: Store, removal: Removal): Promise<void> {
  const { who, comments } = parseJson<Leaving>(removal.key ?? '{}');
  await inTransaction(store, async (t) => {
    const all = await t.selectFrom('accounts').select('id').execute();
    const id = all.find((account) => accountHash(store, account.id) === who)?.id;
    if (id === undefined) throw new NotFound('store: this account is not here');
    await noteRemoval(store, t, removal);
    for (const pseud of (await listPseuds(t, [id])).get(id) ?? [])
      await erasePseud(store, t, pseud, comments, removal.at);
    await t.updateTable('invitations').set({ made_by: null, note: '' }).where('made_by', '=', id).execute();
    for (const table of ownTables) await t.deleteFrom(table).where('account_id', '=', id).execute();
    await t.deleteFrom('accounts').where('id', '=', id).execute();
  });
  clearBooks(store);
  await scrub(store);
}

/** Tables whose rows are an account's own and go with it; a test looks whether one with `account_id` is missing. */
export const ownTables = ['sessions', 'codes', 'passkeys', 'drafts', 'mail_addresses', 'pseuds'] as const;

function accountHash(store: Store, accountId: string): string {
  return keyedHash(store.textKey, 'account who left', accountId);
}
