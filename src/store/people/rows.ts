import type { Kysely } from 'kysely';
import { NotFound } from '../../errors.ts';
import { accountRoles, type Role } from '../../model/person.ts';
import type { Schema } from '../schema.ts';

/** A role as stored; one that this program does not know may least. */
export function roleOf(text: string): Role {
  return accountRoles.find((role) => role === text) ?? 'reader';
}

/** Refuses to go on without an account. @throws NotFound when it is not there */
export async function mustExist(t: Kysely<Schema>, accountId: string): Promise<void> {
  const row = await t.selectFrom('accounts').select('id').where('id', '=', accountId).executeTakeFirst();
  if (row === undefined) throw new NotFound('store: no such account');
}

/** Whether without this account nobody would run the archive. */
export async function isOnlyHost(db: Kysely<Schema>, accountId: string): Promise<boolean> {
  const hosts = await db
    .selectFrom('accounts')
    .select('id')
    .where('role', '=', 'host')
    .where('suspended_at', 'is', null)
    .execute();
  return hosts.length === 1 && hosts[0]?.id === accountId;
}
