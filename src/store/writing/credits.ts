import type { Kysely } from 'kysely';
import { Conflict } from '../../errors.ts';
import type { Creator, Role } from '../../model/work.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import { creatorsHere, type Hands, handsOf, isSame } from '../rows/creators.ts';
import { mustHaveWork, nameOfPseud } from '../rows/here.ts';
import type { Schema } from '../schema.ts';
import { askedRow, change, findRow, type Naming, type Part, putAsked } from './asked.ts';
import { dropSuggested } from './drafts.ts';
import { changeHeader } from './revise.ts';

/** The pseuds who wrote a work and those who read its drafts now. */
export function findHands(store: Store, workId: string): Promise<Hands> {
  return handsOf(store.read, workId);
}

/**
 * Asks a pseud of this archive to have a part in a work, as co-author, beta, translator or artist. Nothing shows until
 * she accepts. Asking twice is asking once; who read before is asked anew.
 * @throws Conflict when she declined, NotFound for a work or pseud that is not here
 */
export async function proposeCredit(
  store: Store,
  workId: string,
  asked: { readonly person: string; readonly role: Role; readonly by: string },
): Promise<void> {
  await inTransaction(store, async (t) => {
    await mustHaveWork(t, workId);
    await nameOfPseud(t, asked.person);
    const known = await findRow(t, workId, asked);
    if (known?.answer === 'declined')
      throw new Conflict(`store: this pseud declined to be named as ${asked.role} on work ${workId}`);
    if (known === undefined) await putAsked(t, workId, asked);
    else if (known.ended_at !== null) await change(t, workId, asked, { answer: 'asked', ended_at: null });
  });
}

/**
 * Answers whether one wants to have a part in a work. Who accepts is credited from a new state on; a beta is from the
 * first of her suggestions that is accepted on, unless she wants never to be named. Who declines is not asked again,
 * but may accept later. Gives the number of the newest state.
 * @throws NotFound when she was not asked
 */
export async function answerCredit(
  store: Store,
  workId: string,
  answer: {
    readonly person: string;
    readonly role: Role;
    readonly accept: boolean;
    /** `never` for a beta who does not want to be named. */
    readonly naming?: Naming;
  },
): Promise<number> {
  return inTransaction(store, async (t) => {
    const asked = await askedRow(t, workId, answer);
    if (asked.answer === 'accepted')
      throw new Conflict('store: this credit is accepted already; to take it back is another step');
    if (answer.accept) return accepted(store, t, workId, { ...answer, name: asked.name });
    await change(t, workId, answer, { answer: 'declined', answered_at: now() });
    return renamed(store, t, workId, answer.person, '');
  });
}

/** Within a transaction: gives someone who said yes her part, and her name its place. Gives the newest state. */
export async function accepted(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  part: Part & { readonly name: string; readonly naming?: Naming },
): Promise<number> {
  const known = await findRow(t, workId, part);
  if (known === undefined) await putAsked(t, workId, { ...part, by: part.person });
  const naming = part.role !== 'beta' || known?.naming === 'named' ? 'named' : (part.naming ?? 'may');
  await change(t, workId, part, { answer: 'accepted', answered_at: now(), naming, ended_at: null });
  return renamed(store, t, workId, part.person, `${part.name} accepted to be named as ${part.role}`);
}

/** Within a transaction: names the betas who want to be, now that a version holds words of theirs. */
export async function nameBetas(t: Kysely<Schema>, workId: string, people: readonly string[]): Promise<void> {
  if (people.length === 0) return;
  await t
    .updateTable('creatorships')
    .set({ naming: 'named' })
    .where('work_id', '=', workId)
    .where('person_id', 'in', people)
    .where('role', '=', 'beta')
    .where('naming', '=', 'may')
    .execute();
}

/**
 * Ends a beta's reading at once. What she suggested stays; what she had not sent goes. Her name stays where it stands,
 * or with `unnamed` is taken off in the same step.
 * @throws NotFound
 */
export async function endReading(
  store: Store,
  workId: string,
  person: string,
  { unnamed: nameless = false }: { readonly unnamed?: boolean } = {},
): Promise<void> {
  await inTransaction(store, async (t) => {
    const beta = { person, role: 'beta' } as const;
    const { answer, name } = await askedRow(t, workId, beta);
    if (answer === 'accepted') await change(t, workId, beta, { ended_at: now() });
    await dropSuggested(t, workId, person);
    if (!nameless) return;
    await change(t, workId, beta, { naming: 'never' });
    await unnamed(store, t, workId, { ...beta, name, by: person });
  });
}

/** Takes one's name off a work and keeps one's part in it. Gives the newest state. @throws NotFound, Conflict for authors */
export async function takeNameOff(store: Store, workId: string, part: Part): Promise<number> {
  if (part.role === 'author')
    throw new Conflict('store: an author takes her name off by orphaning or leaving the work');
  return inTransaction(store, async (t) => {
    const { name } = await askedRow(t, workId, part);
    await change(t, workId, part, { naming: 'never' });
    return unnamed(store, t, workId, { ...part, name, by: part.person });
  });
}

/**
 * Takes a credit, or the asking for it, back: hers by herself, or by an author. Gives the number of the newest state.
 * @throws Conflict for the last author, who leaves by orphaning or deleting the work, NotFound
 */
export async function withdrawCredit(
  store: Store,
  workId: string,
  credit: Part & { readonly by: string },
): Promise<number> {
  return inTransaction(store, async (t) => {
    const asked = await askedRow(t, workId, credit);
    const others = (await creatorsHere(t, workId)).filter(
      (c) => c.role === 'author' && c.id !== credit.person,
    );
    if (asked.answer === 'accepted' && credit.role === 'author' && others.length === 0)
      throw new Conflict('store: a work has at least one author here; orphan or delete it to leave it');
    await t
      .deleteFrom('creatorships')
      .where('work_id', '=', workId)
      .where('person_id', '=', credit.person)
      .where('role', '=', credit.role)
      .execute();
    if (credit.role === 'beta') await dropSuggested(t, workId, credit.person);
    return unnamed(store, t, workId, { ...credit, name: asked.name });
  });
}

async function renamed(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  by: string,
  why: string,
): Promise<number> {
  const here = await creatorsHere(t, workId);
  return changeHeader(
    store,
    t,
    workId,
    (header) => {
      const names = here.map(({ name, role }): Creator => ({ name, role, site: null }));
      const missing = names.filter((n) => !header.creators.some((c) => isSame(c, n)));
      return { ...header, creators: [...header.creators, ...missing] };
    },
    { by, why },
  );
}

async function unnamed(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  { name, role, by }: Part & { readonly name: string; readonly by: string },
): Promise<number> {
  const gone: Creator = { name, role, site: null };
  return changeHeader(
    store,
    t,
    workId,
    (header) => ({ ...header, creators: header.creators.filter((c) => !isSame(c, gone)) }),
    { by, why: `${name} is no longer named as ${role}` },
  );
}
