import type { Subject } from '../../model/person.ts';
import type { Store } from '../engine/store.ts';

/**
 * The pseuds credited on a work as its authors and as its betas. Imported names are neither: nobody here has claimed
 * them.
 */
export async function listParts(store: Store, workId: string): Promise<Pick<Subject, 'creators' | 'betas'>> {
  const rows = await store.read
    .selectFrom('credits')
    .innerJoin('people', 'people.id', 'credits.person_id')
    .select(['people.id', 'credits.role'])
    .where('credits.work_id', '=', workId)
    .where('people.kind', '=', 'pseud')
    .execute();
  const those = (role: string): string[] => rows.filter((row) => row.role === role).map((row) => row.id);
  return { creators: those('author'), betas: those('beta') };
}
