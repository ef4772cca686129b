import type { Kysely } from 'kysely';
import { Conflict, Invalid, NotFound } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import { newId, newSecret } from '../../model/id.ts';
import type { Story } from '../../model/state.ts';
import { checkKind } from '../../model/validate.ts';
import { emptyHeader, type Header, type ThreadSetting, type WorkKind, workKinds } from '../../model/work.ts';
import { insertRows } from '../engine/bulk.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import { parseJson } from '../engine/text.ts';
import { indexWork } from '../finding/search-index.ts';
import { namedCreators } from '../rows/creators.ts';
import {
  columnsOfState,
  putHeader,
  putState,
  readState,
  type StateWords,
  stateDocuments,
} from '../rows/states.ts';
import type { Schema, StatesTable } from '../schema.ts';
import { carryOver } from './carry.ts';

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
    const columns = columnsOfState(store, { header: emptyHeader, story: work.story });
    await insertRows(store, t, 'works', [
      {
        id,
        stage: 'draft',
        audience: 'link',
        thread: work.thread ?? 'open',
        secret: newSecret(),
        version: newId(),
        state: 1,
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
    await t.updateTable('works').set(columnsOfState(store, words)).where('id', '=', id).execute();
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
 * Makes a new state of a work and gives its number; that of the current state when nothing differs from it. What
 * readers said of branches and which they preferred goes with the branches. What stands when this returns is on the
 * disk. A credit accepted since `base` is no conflict.
 * @throws Conflict with the number of the current state when that is not `base`: nothing is overwritten
 * @throws Invalid when the story does not hold together or names a pseud who has not accepted, NotFound
 */
export async function reviseWork(store: Store, workId: string, revision: Revision): Promise<number> {
  return inTransaction(store, (t) => reviseIn(store, t, workId, revision));
}

/** The same within a transaction. */
export async function reviseIn(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  revision: Revision,
): Promise<number> {
  const current = await currentState(t, workId);
  checkKind(workKinds.find((kind) => kind === current.kind) ?? 'story', revision.story, '');
  await checkBase(t, workId, revision.base, current.number);
  const { header, story } = revision;
  const creators = await namedCreators(t, workId, header, parseJson<Header>(current.header).creators);
  return addState(store, t, workId, current, { header: { ...header, creators }, story }, revision);
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
    const current = await currentState(t, workId);
    const { header, story } = await readState(t, workId, number);
    const now = parseJson<Header<CleanHtml>>(current.header);
    const restored: Header<CleanHtml> = {
      ...header,
      creators: now.creators,
      rating: header.rating ?? now.rating,
      warnings: header.warnings.length > 0 ? header.warnings : now.warnings,
    };
    const why = `state ${number} restored`;
    return addState(store, t, workId, current, { header: restored, story }, { by, why });
  });
}

/** Marks a work as complete, or as going on, in a state of its own. Gives the number of the state. @throws NotFound */
export async function markComplete(
  store: Store,
  workId: string,
  complete: boolean,
  by: string,
): Promise<number> {
  const why = complete ? 'marked as complete' : 'marked as going on';
  return changeHeader(store, workId, (header) => ({ ...header, complete }), { by, why });
}

/** Makes a state that differs in its header only. */
export async function changeHeader(
  store: Store,
  workId: string,
  change: (header: Header<CleanHtml>) => Header<CleanHtml>,
  made: Pick<Revision, 'by' | 'why'>,
): Promise<number> {
  return inTransaction(store, async (t) => changeHeaderIn(store, t, workId, change, made));
}

/** The same within a transaction. */
export async function changeHeaderIn(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  change: (header: Header<CleanHtml>) => Header<CleanHtml>,
  made: Pick<Revision, 'by' | 'why'>,
): Promise<number> {
  const current = await currentState(t, workId);
  const { header, story } = await readState(t, workId, current.number);
  return addState(store, t, workId, current, { header: change(header), story }, made);
}

type CurrentState = Pick<StatesTable, 'number' | 'header' | 'entries' | 'choices' | 'variant_sets'> & {
  readonly kind: string;
};

async function currentState(t: Kysely<Schema>, workId: string): Promise<CurrentState> {
  const row = await t
    .selectFrom('works')
    .innerJoin('states', (j) =>
      j.onRef('states.work_id', '=', 'works.id').onRef('states.number', '=', 'works.state'),
    )
    .select(['states.number', 'states.header', 'states.entries', 'states.choices', 'states.variant_sets'])
    .select('works.kind')
    .where('works.id', '=', workId)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound(`store: no work has the id ${JSON.stringify(workId)}`);
  return row;
}

async function checkBase(t: Kysely<Schema>, workId: string, base: number, current: number): Promise<void> {
  if (base === current) return;
  if (!Number.isInteger(base) || base < 1 || base > current)
    throw new Invalid(`store: work ${workId} has no state ${base} to go on from`, { path: 'base' });
  const rows = await t
    .selectFrom('states')
    .select(['header', 'entries', 'choices', 'variant_sets'])
    .where('work_id', '=', workId)
    .where('number', 'in', [base, current])
    .execute();
  const contents = rows.map((row) => {
    const header: Header = { ...parseJson<Header>(row.header), creators: [] };
    return JSON.stringify({ ...row, header });
  });
  if (contents.length === 2 && contents[0] === contents[1]) return;
  throw new Conflict(
    `store: work ${workId} was changed since state ${base}; it is at state ${current} now: bring the two together`,
    { current },
  );
}

async function addState(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  current: CurrentState,
  words: StateWords,
  { by, why }: Pick<Revision, 'by' | 'why'>,
): Promise<number> {
  const erased = await erasedTexts(t, workId);
  const next = stateDocuments(store, workId, words, erased);
  const same = (['header', 'entries', 'choices', 'variant_sets'] as const).every(
    (column) => current[column] === next[column],
  );
  if (same) return current.number;
  const number = current.number + 1;
  const state = { number, madeAt: now(), madeBy: by, why: why.trim() === '' ? 'revised' : why };
  await putState(store, t, workId, state, words, erased);
  const columns = { ...columnsOfState(store, words), state: number, version: newId() };
  await t.updateTable('works').set(columns).where('id', '=', workId).execute();
  await putHeader(store, t, workId, words.header);
  await carryOver(store, t, workId, parseJson(current.variant_sets), words.story);
  await indexWork(store, t, workId);
  return number;
}

/** Where a passage's text was erased, the hash its tombstone stands under: an empty text in its place stays that. */
async function erasedTexts(t: Kysely<Schema>, workId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await t
    .selectFrom('texts')
    .select(['passage', 'hash'])
    .where('work_id', '=', workId)
    .where('html', 'is', null)
    .orderBy('erased_at')
    .orderBy('hash')
    .execute();
  return new Map(rows.map((r) => [r.passage, r.hash]));
}

async function putAuthors(t: Kysely<Schema>, workId: string, { creators, by }: NewWork): Promise<void> {
  const ids = [...new Set(creators.length === 0 ? [by] : creators)];
  for (const [position, id] of ids.entries()) {
    const person = await t
      .selectFrom('people')
      .select('id')
      .where('id', '=', id)
      .where('kind', '=', 'pseud')
      .executeTakeFirst();
    if (person === undefined) throw new NotFound(`store: no pseud has the id ${JSON.stringify(id)}`);
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
