import type { Kysely } from 'kysely';
import type { CleanHtml } from '../html.ts';
import type { Edition } from '../model/edition.ts';
import { newId } from '../model/id.ts';
import { inTransaction, now, type Store } from './engine/store.ts';
import { noteRemoval, type Removal } from './keeping/journal.ts';
import { hashOfStory } from './rows/story-hash.ts';
import type { Schema } from './schema.ts';

/** What may not be imported, and who said so. */
interface ForbiddenImport {
  readonly key: string;
  readonly why: string;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Forbids the import of a page (its origin, address or SHA-256) or of all by one author (`name@site`). */
export async function forbidImport(
  store: Store,
  { key, why, by }: { readonly key: string; readonly why: string; readonly by: string },
): Promise<void> {
  const plain = plainKey(key);
  await applyImportRule(store, ruleOf('import', plain, by, why));
}

/** Takes a key back. */
export async function allowImport(store: Store, key: string, by = '', why = ''): Promise<void> {
  await applyImportRule(store, ruleOf('allow', plainKey(key), by, why));
}

/** Forbids or allows; also what is replayed. Noted like a removal, so that a restored backup does not undo it. */
export async function applyImportRule(store: Store, rule: Removal): Promise<void> {
  await inTransaction(store, async (t) => {
    await noteRemoval(store, t, rule);
    if (rule.kind === 'allow') await t.deleteFrom('forbidden').where('key', '=', rule.key).execute();
  });
}

function ruleOf(kind: 'import' | 'allow', key: string, by: string, why: string): Removal {
  const forbids = kind === 'import' ? [key] : [];
  return { id: newId(), kind, workId: null, key, at: now(), by, why, legal: false, forbids };
}

/** Why an Edition may not be imported; undefined when it may. */
export async function isForbidden(store: Store, edition: Edition<CleanHtml>): Promise<string | undefined> {
  return forbiddenReason(store, store.read, edition);
}

/** `isForbidden` within a transaction. */
export async function forbiddenReason(
  store: Store,
  db: Kysely<Schema>,
  edition: Edition<CleanHtml>,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('forbidden')
    .select('why')
    .where('key', 'in', keysOf(store, edition))
    .orderBy('at')
    .executeTakeFirst();
  return row?.why;
}

/** Everything that is forbidden, latest first, at most a thousand. */
export async function listForbidden(store: Store): Promise<ForbiddenImport[]> {
  return store.read
    .selectFrom('forbidden')
    .select(['key', 'why', 'by', 'at'])
    .orderBy('at', 'desc')
    .orderBy('key')
    .limit(1000)
    .execute();
}

/** A key as it is compared: an address without scheme, `www.` and closing slash; letters small. */
export function plainKey(key: string): string {
  return key
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(www\.)?/, '')
    .replace(/\/+$/, '');
}

/** The key of a story's words: a removed text is known again in whatever file it comes. */
export function textKeyOf(storyHash: string): string {
  return `text:${storyHash}`;
}

function keysOf(store: Store, edition: Edition<CleanHtml>): string[] {
  const story = hashOfStory(store, edition);
  const authors = edition.work.creators.filter((c) => c.role === 'author');
  const keys = [
    ...edition.sources.flatMap((s) => [s.sha256, s.origin, s.address]),
    ...authors.flatMap((c) => (c.site === null ? [] : [`${c.name}@${c.site}`])),
    ...(story === '' ? [] : [textKeyOf(story)]),
  ];
  // `in ()` is no SQL: a key that nobody can forbid keeps the list from being empty.
  return ['-', ...keys.flatMap((k) => (k === null ? [] : [plainKey(k)]))];
}
