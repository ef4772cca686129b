import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { now, type Store } from '../engine/store.ts';
import { parseJson } from '../engine/text.ts';
import type { Schema } from '../schema.ts';

/** What can be taken away, forbidden and allowed again. */
export const removalKinds = [
  'work',
  'text',
  'original',
  'import',
  'allow',
  'orphan',
  'pseud',
  'account',
] as const;

/**
 * Something taken away for good, forbidden to come (`import`) or allowed again (`allow`). `key` is the passage of a
 * text, the SHA-256 of an original, what may or may not be imported, or of whoever left a hash that names nobody.
 */
export interface Removal {
  readonly id: string;
  readonly kind: (typeof removalKinds)[number];
  readonly workId: string | null;
  readonly key: string | null;
  readonly at: string;
  readonly by: string;
  readonly why: string;
  readonly legal: boolean;
  /** What may not be imported again because of it. */
  readonly forbids: readonly string[];
}

const journalFile = 'removals.jsonl';

/**
 * Notes a removal within the transaction that carries it out, and before that in `removals.jsonl`, which outlives
 * the loss of the database: a backup restored later does not bring back what was removed since.
 */
export async function noteRemoval(store: Store, t: Kysely<Schema>, removal: Removal): Promise<void> {
  if (!readJournal(store.folder).some((r) => r.id === removal.id)) appendJournal(store.folder, [removal]);
  await t
    .insertInto('removals')
    .values({
      id: removal.id,
      kind: removal.kind,
      work_id: removal.workId,
      key: removal.key,
      at: removal.at,
      by: removal.by,
      why: removal.why,
      legal: removal.legal ? 1 : 0,
    })
    .execute();
  for (const key of removal.forbids) await forbidKey(t, key, removal.why, removal.by);
}

// The first reason given stays.
async function forbidKey(t: Kysely<Schema>, key: string, why: string, by: string): Promise<void> {
  await t
    .insertInto('forbidden')
    .values({ key, why, by, at: now() })
    .onConflict((c) => c.column('key').doNothing())
    .execute();
}

/** Every removal the folder's journal tells of; a last line cut off by a crash is passed over. */
export function readJournal(folder: string): Removal[] {
  const file = join(folder, journalFile);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [parseJson<Removal>(line)];
      } catch {
        return [];
      }
    });
}

/** Adds removals to the journal; they are on the disk when this returns. */
export function appendJournal(folder: string, removals: readonly Removal[]): void {
  const handle = openSync(join(folder, journalFile), 'a', 0o600);
  // A line cut off by a crash must not swallow the next: each begins on a line of its own.
  for (const removal of removals) writeSync(handle, `\n${JSON.stringify(removal)}\n`);
  fsyncSync(handle);
  closeSync(handle);
}
