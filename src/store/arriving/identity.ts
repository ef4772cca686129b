import type { Kysely } from 'kysely';
import type { CleanHtml } from '../../html.ts';
import type { Edition } from '../../model/edition.ts';
import type { Store } from '../engine/store.ts';
import { readState } from '../rows/states.ts';
import { findByWords, hashOfStory, wordsOfStory } from '../rows/story-hash.ts';
import type { Schema } from '../schema.ts';
import { likeness } from './copies.ts';

/** A work an Edition is of: the same bytes were read before (`bytes`), or it is another copy of it (`copy`). */
export interface Known {
  readonly how: 'bytes' | 'copy';
  readonly workId: string;
  readonly state: number;
  /** On `bytes`: the SHA-256 they have in common, and what was noted of its last reading. */
  readonly source:
    | { readonly sha256: string; readonly content: string; readonly remarks: string }
    | undefined;
}

/**
 * The work an Edition is of, or undefined for a new one: by the bytes it was read from, else by its origin, else by
 * its words. A day page is one file with several works: there the origin tells them apart, or else the words do.
 */
export async function findKnown(
  store: Store,
  t: Kysely<Schema>,
  edition: Edition<CleanHtml>,
): Promise<Known | undefined> {
  return (
    (await byBytes(store, t, edition)) ?? (await byOrigin(t, edition)) ?? (await byWords(store, t, edition))
  );
}

async function byBytes(
  store: Store,
  t: Kysely<Schema>,
  edition: Edition<CleanHtml>,
): Promise<Known | undefined> {
  if (edition.sources.length === 0) return undefined;
  const rows = await t
    .selectFrom('sources')
    .innerJoin('works', 'works.id', 'sources.work_id')
    .select(['sources.work_id', 'sources.sha256', 'sources.origin', 'works.state', 'works.story_hash'])
    .select(['sources.content_digest', 'sources.remarks_digest'])
    .where(
      'sources.sha256',
      'in',
      edition.sources.map((s) => s.sha256),
    )
    .orderBy('sources.work_id')
    .execute();
  const storyHash = hashOfStory(store, edition);
  for (const row of rows) {
    const origin = edition.sources.find((s) => s.sha256 === row.sha256)?.origin ?? null;
    const same =
      row.origin !== null && origin !== null
        ? row.origin === origin
        : (storyHash !== '' && row.story_hash === storyHash) ||
          (await isLike(store, t, row.work_id, row.state, edition));
    if (!same) continue;
    const source = { sha256: row.sha256, content: row.content_digest, remarks: row.remarks_digest };
    return { how: 'bytes', workId: row.work_id, state: row.state, source };
  }
  return undefined;
}

/**
 * Read anew with other decisions, a story may be divided otherwise and have another title, but has the same lines.
 * Entries without words are known by their titles.
 */
async function isLike(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  state: number,
  edition: Edition<CleanHtml>,
): Promise<boolean> {
  const { header, story } = await readState(store, t, workId, state);
  const words = wordsOfStory(story);
  if (words === wordsOfStory(edition)) return words !== '' || header.title === edition.work.title;
  return likeness(story, edition) >= 0.5;
}

async function byOrigin(t: Kysely<Schema>, edition: Edition<CleanHtml>): Promise<Known | undefined> {
  const origins = edition.sources.flatMap((s) => (s.origin === null ? [] : [s.origin]));
  if (origins.length === 0) return undefined;
  const row = await t
    .selectFrom('sources')
    .innerJoin('works', 'works.id', 'sources.work_id')
    .select(['works.id', 'works.state'])
    .where('sources.origin', 'in', origins)
    .orderBy('works.created_at')
    .executeTakeFirst();
  return row === undefined ? undefined : { how: 'copy', workId: row.id, state: row.state, source: undefined };
}

async function byWords(
  store: Store,
  t: Kysely<Schema>,
  edition: Edition<CleanHtml>,
): Promise<Known | undefined> {
  const work = await findByWords(store, t, edition);
  return work === undefined
    ? undefined
    : { how: 'copy', workId: work.id, state: work.state, source: undefined };
}
