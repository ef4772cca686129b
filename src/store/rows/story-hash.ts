import type { Kysely } from 'kysely';
import type { CleanHtml } from '../../html.ts';
import type { Story } from '../../model/state.ts';
import type { Store } from '../engine/store.ts';
import { bareWords, keyedHash } from '../engine/text.ts';
import type { Schema } from '../schema.ts';
import { readState } from './states.ts';

/** A keyed hash over the words of a story, however it is divided and marked up; '' for one without words. */
export function hashOfStory(store: Store, story: Story<CleanHtml>): string {
  const words = wordsOfStory(story);
  return words === '' ? '' : keyedHash(store.textKey, 'story', words);
}

/** The words of a whole story, one space between them. */
export function wordsOfStory(story: Story<CleanHtml>): string {
  return bareWords(story.passages.map((p) => p.html).join('\n') as CleanHtml);
}

/**
 * What stands for the hash of a story until someone asks for it: how many words it has. Only a work of as many words can
 * be the one looked for, so that the words of a long story are not read again for each of its saves.
 */
export function notYetHashed(story: Story): string {
  return `?${story.passages.reduce((sum, p) => sum + p.words, 0)}`;
}

/** The hash of the state that readers of a work see, looked for only now where it was not yet; '' also for erased words. */
export async function storyHashOf(
  store: Store,
  db: Kysely<Schema>,
  work: { readonly id: string; readonly state: number; readonly story_hash: string },
): Promise<string> {
  if (!work.story_hash.startsWith('?')) return work.story_hash;
  return hashOfStory(store, (await readState(store, db, work.id, work.state)).story);
}

/** The first work with the very words of a story, if there is one. Keeps the hashes it had to look for. */
export async function findByWords(
  store: Store,
  t: Kysely<Schema>,
  story: Story<CleanHtml>,
): Promise<{ readonly id: string; readonly state: number } | undefined> {
  const wanted = hashOfStory(store, story);
  if (wanted === '') return undefined;
  const rows = await t
    .selectFrom('works')
    .select(['id', 'state', 'story_hash'])
    .where('story_hash', 'in', [wanted, notYetHashed(story)])
    .orderBy('created_at')
    .execute();
  for (const work of rows) {
    const hash = await storyHashOf(store, t, work);
    if (hash === wanted) return work;
    await t.updateTable('works').set({ story_hash: hash }).where('id', '=', work.id).execute();
  }
  return undefined;
}
