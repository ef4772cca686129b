import type { Kysely } from 'kysely';
import { Conflict, Invalid } from '../../errors.ts';
import { newId } from '../../model/id.ts';
import type { Pseud } from '../../model/person.ts';
import { sealed } from '../engine/seal.ts';
import { inTransaction, type Store } from '../engine/store.ts';
import { fold, sortKey, storable } from '../engine/text.ts';
import type { Schema } from '../schema.ts';
import { mustExist } from './rows.ts';

const mostPseuds = 50;

/**
 * Gives an account one more name to write under; no public page says whose it is.
 * @throws Invalid for a name that cannot be one, Conflict when it is taken, NotFound for an unknown account.
 */
export async function addPseud(store: Store, accountId: string, name: string): Promise<Pseud> {
  const wanted = checkPseudName(name);
  return inTransaction(store, async (t) => {
    await mustExist(t, accountId);
    return insertPseud(store, t, accountId, wanted);
  });
}

/** The names of an account, in the order they were made. */
export async function listPseuds(
  db: Kysely<Schema>,
  accountIds: readonly string[],
): Promise<Map<string, Pseud[]>> {
  const rows = await db
    .selectFrom('pseuds')
    .innerJoin('people', 'people.id', 'pseuds.person_id')
    .select(['pseuds.account_id', 'people.id', 'people.name'])
    .where('pseuds.account_id', 'in', accountIds)
    .orderBy('pseuds.account_id')
    .orderBy('pseuds.position')
    .execute();
  const found = new Map<string, Pseud[]>(accountIds.map((id) => [id, []]));
  for (const { account_id, id, name } of rows) found.get(account_id)?.push({ id, name });
  return found;
}

/** Within a transaction; `name` as `checkPseudName` gives it. */
export async function insertPseud(
  store: Store,
  t: Kysely<Schema>,
  accountId: string,
  name: string,
): Promise<Pseud> {
  const own = await t
    .selectFrom('pseuds')
    .select((e) => [e.fn.countAll().as('n'), e.fn.max('position').as('last')])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (Number(own?.n ?? 0) >= mostPseuds)
    throw new Conflict(`store: an account has at most ${mostPseuds} names to write under`);
  const alike = await t
    .selectFrom('people')
    .select('name')
    .where('kind', '=', 'pseud')
    .where('sort_name', '=', sortKey(bare(name)))
    .execute();
  // Whose it is makes no difference to the answer: it would say which names belong together.
  if (alike.some((other) => fold(bare(other.name)) === fold(bare(name))))
    throw new Conflict(`store: someone here is called ${JSON.stringify(name)} already; choose another name`);
  const id = newId();
  await t
    .insertInto('people')
    .values(sealed(store, { id, kind: 'pseud', name, site: '', sort_name: sortKey(bare(name)) }))
    .execute();
  await t
    .insertInto('pseuds')
    .values({ person_id: id, account_id: accountId, position: Number(own?.last ?? 0) + 1 })
    .execute();
  return { id, name };
}

/**
 * A name as it is shown: composed, one space between words, nothing invisible but the joiners that Persian and emoji need.
 * @throws Invalid when nothing of it can be read, or it is longer than 60 characters.
 */
export function checkPseudName(name: string): string {
  const shown = storable(name)
    .normalize('NFC')
    .replace(/[\p{Z}\p{Cc}]+/gu, ' ')
    .replace(/(?![\u200c\u200d])[\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .trim();
  const length = [...shown].length;
  if (length > 60 || !/[\p{L}\p{N}]/u.test(shown))
    throw new Invalid('store: a name to write under has 1 to 60 characters, a letter or digit among them', {
      path: 'pseud',
    });
  return shown;
}

/** Without joiners: they must not make two names of one. */
function bare(name: string): string {
  return name.replace(/\p{Cf}/gu, '');
}

/** The pseud that is called so, however it is capitalised; undefined where nobody is. */
export async function findPseudNamed(store: Store, name: string): Promise<Pseud | undefined> {
  const wanted = bare(
    storable(name)
      .normalize('NFC')
      .replace(/[\p{Z}\p{Cc}]+/gu, ' ')
      .trim(),
  );
  if (wanted === '') return undefined;
  const alike = await store.read
    .selectFrom('people')
    .select(['id', 'name'])
    .where('kind', '=', 'pseud')
    .where('sort_name', '=', sortKey(wanted))
    .execute();
  return alike.find((other) => fold(bare(other.name)) === fold(wanted));
}

/** Those of some names that people who write here have too, however they are capitalised or accented. */
export async function namesHere(db: Kysely<Schema>, names: readonly string[]): Promise<ReadonlySet<string>> {
  const keys = new Map([...new Set(names)].map((name) => [name, sortKey(bare(name))]));
  const wanted = [...new Set(keys.values())];
  const here = new Set<string>();
  for (let at = 0; at < wanted.length; at += 200) {
    const rows = await db
      .selectFrom('people')
      .select('sort_name')
      .where('kind', '=', 'pseud')
      .where('sort_name', 'in', wanted.slice(at, at + 200))
      .execute();
    for (const row of rows) here.add(row.sort_name);
  }
  return new Set([...keys].flatMap(([name, key]) => (here.has(key) ? [name] : [])));
}

/** The names of pseuds by their ids. */
export async function pseudNames(store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await store.read
    .selectFrom('people')
    .select(['id', 'name'])
    .where('kind', '=', 'pseud')
    .where('id', 'in', [...new Set(ids)])
    .limit(1000)
    .execute();
  return new Map(rows.map((r) => [r.id, r.name]));
}
