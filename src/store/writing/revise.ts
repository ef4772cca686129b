import type { Kysely } from 'kysely';
import { Conflict, Invalid } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import { newId, newSecret } from '../../model/id.ts';
import type { Story } from '../../model/state.ts';
import { checkKind } from '../../model/validate.ts';
import { emptyHeader, type Header, type ThreadSetting, type WorkKind } from '../../model/work.ts';
import { insertRows } from '../engine/bulk.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import { parseJson } from '../engine/text.ts';
import { namedCreators } from '../rows/creators.ts';
import { nameOfPseud } from '../rows/here.ts';
import { columnsOfState, putHeader } from '../rows/shown.ts';
import { goesAs, putState, readState } from '../rows/states.ts';
import type { Schema } from '../schema.ts';
import { changeBoth, type Made, reviseState, type Standing, standingOf } from './states.ts';

/** A work as someone begins it. */
export interface NewWork {
  /** A story, unless it is said to be a note. */
  readonly kind?: WorkKind;
  readonly title: string | null;
  /** The pseuds of the one who begins it, its authors; others are asked (`proposeCredit`). */
  readonly creators: readonly string[];
  readonly header?: Partial<Header<CleanHtml>>;
  readonly story: Story<CleanHtml>;
  /** The pseud who begins it. */
  readonly by: string;
  readonly thread?: ThreadSetting;
}

/**
 * Begins a work: a draft with one state, which those may read who have its secret link. Gives its id.
 * @throws Invalid when the story does not hold together or names a pseud who has not been asked, NotFound for a pseud
 * that is not here
 */
export async function createWork(store: Store, work: NewWork): Promise<string> {
  const kind = work.kind ?? 'story';
  checkKind(kind, work.story, '');
  return inTransaction(store, async (t) => {
    const id = newId();
    const at = now();
    const columns = columnsOfState({ header: emptyHeader, story: work.story });
    await insertRows(store, t, 'works', [
      {
        id,
        stage: 'draft',
        audience: 'link',
        thread: work.thread ?? 'open',
        secret: newSecret(),
        version: newId(),
        state: 1,
        newest: 1,
        created_at: at,
        published_at: null,
        ...columns,
        comments: 0,
        undecided: 0,
        decisions: '[]',
        due_at: null,
        old_texts: 'nobody',
        kind,
        counted: 1,
      },
    ]);
    await putAuthors(t, id, work);
    const given: Header<CleanHtml> = { ...emptyHeader, ...work.header, title: work.title };
    const creators = await namedCreators(t, id, given, []);
    const words = { header: { ...given, creators }, story: work.story };
    await putState(store, t, id, { number: 1, madeAt: at, madeBy: work.by, why: 'begun' }, words);
    await t.updateTable('works').set(columnsOfState(words)).where('id', '=', id).execute();
    await putHeader(store, t, id, words.header);
    return id;
  });
}

/** What someone makes of a work. */
export interface Revision {
  readonly header: Header<CleanHtml>;
  readonly story: Story<CleanHtml>;
  /** The number of the state it was made from. */
  readonly base: number;
  /** What changed, in the writer's words; stands in the history. */
  readonly why: string;
  /** The pseud who makes it. */
  readonly by: string;
}

/**
 * Makes a new state of a work and gives its number; that of the newest state when nothing differs from it. Readers of
 * a published work see it once it is published (`publishWork`, `publishPassages`). What stands when this returns is on
 * the disk. A credit accepted since `base` is no conflict.
 * @throws Conflict with the number of the newest state when that is not `base`: nothing is overwritten
 * @throws Invalid when the story does not hold together or names a pseud who has not accepted, NotFound
 */
export async function reviseWork(store: Store, workId: string, revision: Revision): Promise<number> {
  return inTransaction(store, (t) => reviseIn(store, t, workId, revision));
}

/** `reviseWork` within a transaction. */
export async function reviseIn(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  revision: Revision,
): Promise<number> {
  const work = await standingOf(t, workId);
  const newest = await work.states.get(work.newest);
  // What goes as a state that is kept holds together as that does.
  if (!goesAs(newest, revision.story)) checkKind(work.kind, revision.story, '');
  await checkBase(work, revision.base);
  const { header, story } = revision;
  const before = parseJson<Header>(newest.documents.header).creators;
  const creators = await namedCreators(t, workId, header, before);
  return reviseState(store, t, work, { header: { ...header, creators }, story }, revision);
}

/**
 * Makes an earlier state of a work its newest. Erased texts stay erased; who is credited stays as it is, and so do a
 * rating and warnings the earlier state had no answer to. Gives the number.
 * @throws NotFound
 */
export async function restoreState(
  store: Store,
  workId: string,
  number: number,
  by: string,
): Promise<number> {
  return inTransaction(store, async (t) => {
    const work = await standingOf(t, workId);
    const { header, story } = await readState(store, t, workId, number);
    const now = parseJson<Header<CleanHtml>>((await work.states.get(work.newest)).documents.header);
    const restored: Header<CleanHtml> = {
      ...header,
      creators: now.creators,
      rating: header.rating ?? now.rating,
      warnings: header.warnings.length > 0 ? header.warnings : now.warnings,
    };
    const why = `state ${number} restored`;
    return reviseState(store, t, work, { header: restored, story }, { by, why });
  });
}

/** Marks a work as complete, or as going on, for its readers too. Gives the number of the newest state. @throws NotFound */
export async function markComplete(
  store: Store,
  workId: string,
  complete: boolean,
  by: string,
): Promise<number> {
  const why = complete ? 'marked as complete' : 'marked as going on';
  return inTransaction(store, async (t) =>
    changeHeader(store, t, workId, (header) => ({ ...header, complete }), { by, why }),
  );
}

/** The same change to the header that readers see and to that of what is written beyond it. @throws NotFound */
export async function changeHeader(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  change: (header: Header<CleanHtml>) => Header<CleanHtml>,
  made: Made,
): Promise<number> {
  const work = await standingOf(t, workId);
  return changeBoth(store, t, work, (words) => ({ ...words, header: change(words.header) }), made);
}

async function checkBase({ id, newest, states }: Standing, base: number): Promise<void> {
  if (base === newest) return;
  if (!Number.isInteger(base) || base < 1 || base > newest)
    throw new Invalid(`store: work ${id} has no state ${base} to go on from`, { path: 'base' });
  const contents = async (number: number): Promise<string> => {
    const { documents } = await states.get(number);
    const header: Header = { ...parseJson<Header>(documents.header), creators: [] };
    return JSON.stringify({ ...documents, header });
  };
  if ((await contents(base)) === (await contents(newest))) return;
  throw new Conflict(
    `store: work ${id} was changed since state ${base}; it is at state ${newest} now: bring the two together`,
    { current: newest },
  );
}

async function putAuthors(t: Kysely<Schema>, workId: string, { creators, by }: NewWork): Promise<void> {
  const ids = [...new Set(creators.length === 0 ? [by] : creators)];
  for (const [position, id] of ids.entries()) {
    await nameOfPseud(t, id);
    const row = { work_id: workId, person_id: id, role: 'author', position };
    await t
      .insertInto('creatorships')
      .values({
        ...row,
        answer: 'accepted',
        asked_by: by,
        asked_at: now(),
        answered_at: now(),
        naming: 'named',
        ended_at: null,
      })
      .execute();
  }
}
