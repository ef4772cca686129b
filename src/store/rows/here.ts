import type { Kysely } from 'kysely';
import { NotFound } from '../../errors.ts';
import type { Schema } from '../schema.ts';

/** Refuses to go on without a work. @throws NotFound */
export async function mustHaveWork(t: Kysely<Schema>, workId: string): Promise<void> {
  const work = await t.selectFrom('works').select('id').where('id', '=', workId).executeTakeFirst();
  if (work === undefined) throw new NotFound(`store: no work has the id ${JSON.stringify(workId)}`);
}

/** The name of a pseud of this archive. @throws NotFound where the id is nobody's, or of a name from elsewhere */
export async function nameOfPseud(t: Kysely<Schema>, id: string): Promise<string> {
  const person = await t
    .selectFrom('people')
    .select('name')
    .where('id', '=', id)
    .where('kind', '=', 'pseud')
    .executeTakeFirst();
  if (person === undefined) throw new NotFound(`store: no pseud has the id ${JSON.stringify(id)}`);
  return person.name;
}
