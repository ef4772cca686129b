import type { Kysely } from 'kysely';
import { Invalid } from '../../errors.ts';
import { type Creator, type Header, type Role, roles } from '../../model/work.ts';
import type { Schema } from '../schema.ts';

/** A pseud of this archive who made a work, or had a part in it, and is named. */
interface CreatorHere {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** The pseuds of this archive who are named on a work, in order. */
export async function creatorsHere(db: Kysely<Schema>, workId: string): Promise<CreatorHere[]> {
  const rows = await db
    .selectFrom('creatorships')
    .innerJoin('people', 'people.id', 'creatorships.person_id')
    .select(['people.id', 'people.name', 'creatorships.role'])
    .where('creatorships.work_id', '=', workId)
    .where('creatorships.naming', '=', 'named')
    .orderBy('creatorships.position')
    .execute();
  return rows.flatMap(({ id, name, role }) => {
    const known = roles.find((r) => r === role);
    return known === undefined ? [] : [{ id, name, role: known }];
  });
}

/**
 * The creators a header may name: names from elsewhere as they are, of pseuds of this archive those who accepted.
 * @throws Invalid for a pseud who has not accepted, unless the work named her before
 */
export async function namedCreators(
  t: Kysely<Schema>,
  workId: string,
  header: Header,
  before: readonly Creator[],
): Promise<readonly Creator[]> {
  const here = (await creatorsHere(t, workId)).map(({ name, role }): Creator => ({ name, role, site: null }));
  const added = header.creators.filter(
    (c) => c.site === null && ![...here, ...before].some((k) => isSame(k, c)),
  );
  for (const { name } of added) {
    const pseud = await t
      .selectFrom('people')
      .select('id')
      .where('kind', '=', 'pseud')
      .where('name', '=', name)
      .executeTakeFirst();
    if (pseud !== undefined)
      throw new Invalid(`store: ${JSON.stringify(name)} writes here: ask her to be named`, {
        path: 'creators',
      });
  }
  const missing = here.filter((h) => !header.creators.some((c) => isSame(c, h)));
  return [...header.creators, ...missing];
}

/** Whom a work belongs to here, by the ids of pseuds: what `may` asks of a `Subject`. */
export interface Hands {
  readonly creators: readonly string[];
  readonly betas: readonly string[];
}

/**
 * The pseuds who wrote a work and those who read its drafts now: of those asked, the ones who accepted. A work whose
 * author took her name off is nobody's, and not one that waits for archivists.
 */
export async function handsOf(db: Kysely<Schema>, workId: string): Promise<Hands> {
  const rows = await db
    .selectFrom('creatorships')
    .select(['person_id', 'role'])
    .where('work_id', '=', workId)
    .where('answer', '=', 'accepted')
    .where('ended_at', 'is', null)
    .where('role', 'in', ['author', 'beta'])
    .orderBy('position')
    .execute();
  const ids = (role: Role): string[] => rows.flatMap((r) => (r.role === role ? [r.person_id] : []));
  const [creators, betas] = [ids('author'), ids('beta')];
  return { creators: creators.length === 0 && (await isOrphan(db, workId)) ? [nobody] : creators, betas };
}

/** No pseud has this id. */
const nobody = 'nobody';

async function isOrphan(db: Kysely<Schema>, workId: string): Promise<boolean> {
  const row = await db.selectFrom('orphans').select('at').where('work_id', '=', workId).executeTakeFirst();
  return row !== undefined;
}

/** Whether two credits name the same person for the same part. */
export function isSame(a: Creator, b: Creator): boolean {
  return a.name === b.name && a.role === b.role && a.site === b.site;
}
