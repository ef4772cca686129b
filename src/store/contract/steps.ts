import { saveEdition } from '../editions.ts';
import type { Store } from '../index.ts';

export const arrival = { why: 'imported', by: null };
export const rated = { rating: 'General Audiences', warnings: ['No Archive Warnings Apply'] } as const;

/** Stores an Edition that must be new; gives the id of its work. */
export async function save(
  store: Store,
  edition: Parameters<typeof saveEdition>[1],
  originals: Parameters<typeof saveEdition>[2] = [],
): Promise<string> {
  const outcome = await saveEdition(store, edition, originals, arrival);
  if (outcome.kind !== 'new') throw new Error(`expected a new work, got ${JSON.stringify(outcome)}`);
  return outcome.workId;
}
