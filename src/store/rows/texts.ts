import type { Kysely } from 'kysely';
import type { CleanHtml } from '../../html.ts';
import type { Passage } from '../../model/state.ts';
import type { Store } from '../engine/store.ts';
import { keyedHash, storable } from '../engine/text.ts';
import type { Schema } from '../schema.ts';

/** The address of a text: no other passage or work has it, so that erasing one erases no other. */
export function hashOfText(store: Store, workId: string, passage: string, html: string): string {
  return keyedHash(store.textKey, workId, passage, storable(html));
}

interface Address {
  readonly store: Store;
  readonly workId: string;
  readonly hash: string;
}

const addresses = new WeakMap<Passage<CleanHtml>, Address>();

/**
 * The address of a passage's text, which is hashed once: a passage never changes, and whoever edits one of a story
 * hands on the others as they were read. So a save costs what was changed, not what the story holds.
 */
export function addressOf(store: Store, workId: string, passage: Passage<CleanHtml>): string {
  const known = addresses.get(passage);
  if (known?.store === store && known.workId === workId) return known.hash;
  return keepAddress(store, workId, passage, hashOfText(store, workId, passage.key, passage.html));
}

/** Remembers where the text of a passage stands. Gives the address. */
export function keepAddress(store: Store, workId: string, passage: Passage<CleanHtml>, hash: string): string {
  addresses.set(passage, { store, workId, hash });
  return hash;
}

const together = 500;

/** Texts by their addresses; erased ones are absent. */
export async function textsAt(
  db: Kysely<Schema>,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, CleanHtml>> {
  const found = new Map<string, CleanHtml>();
  for (let at = 0; at < hashes.length; at += together) {
    const rows = await db
      .selectFrom('texts')
      .select(['hash', 'html'])
      .where('hash', 'in', hashes.slice(at, at + together))
      .execute();
    for (const row of rows) if (row.html !== null) found.set(row.hash, row.html as CleanHtml);
  }
  return found;
}

/** The texts of a work that were erased, each with the passage whose it was; the latest erased last. */
export async function erasedTexts(
  t: Kysely<Schema>,
  workId: string,
): Promise<readonly { readonly passage: string; readonly hash: string }[]> {
  return t
    .selectFrom('texts')
    .select(['passage', 'hash'])
    .where('work_id', '=', workId)
    .where('html', 'is', null)
    .orderBy('erased_at')
    .orderBy('hash')
    .execute();
}
