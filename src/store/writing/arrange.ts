import type { Kysely } from 'kysely';
import { Conflict, Invalid, NotFound } from '../../errors.ts';
import { newId } from '../../model/id.ts';
import type { Audience, OldTexts, ThreadSetting } from '../../model/work.ts';
import { noteAct } from '../acts.ts';
import { clearBooks } from '../books.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import { indexWork } from '../finding/search-index.ts';
import { answerFor, type PublishAnswers, publishIn } from '../publishing.ts';
import { readState } from '../rows/states.ts';
import type { Schema } from '../schema.ts';
import { showState, standingOf } from './states.ts';

/** What its author sets about a work; what is not named stays as it is. */
export interface Arrangement {
  readonly thread?: ThreadSetting;
  readonly audience?: Audience;
  /** Which states before the one readers see are open to those who may read the work. */
  readonly oldTexts?: OldTexts;
}

/** Sets who may read a work and its old texts, and whether its thread takes comments. @throws NotFound */
export async function arrangeWork(store: Store, workId: string, arrangement: Arrangement): Promise<void> {
  const { thread, audience, oldTexts } = arrangement;
  const columns = {
    version: newId(),
    ...(thread === undefined ? {} : { thread }),
    ...(audience === undefined ? {} : { audience }),
    ...(oldTexts === undefined ? {} : { old_texts: oldTexts }),
  };
  await inTransaction(store, async (t) => {
    const done = await t.updateTable('works').set(columns).where('id', '=', workId).executeTakeFirst();
    if (Number(done.numUpdatedRows) === 0)
      throw new NotFound(`store: no work has the id ${JSON.stringify(workId)}`);
    await indexWork(store, t, workId);
  });
  if (audience !== undefined && audience !== 'everyone') clearBooks(store);
}

/**
 * Lets a work be published at a moment to come (`publishDue`), with the answers publishing asks for.
 * @throws Invalid for a moment that is past or none, and as `publishWork`; Conflict for a work that is public; NotFound
 */
export async function scheduleWork(
  store: Store,
  workId: string,
  answers: PublishAnswers & { readonly due: string },
): Promise<void> {
  const due = new Date(answers.due);
  if (Number.isNaN(due.getTime()) || due.getTime() <= Date.now())
    throw new Invalid('store: a work is scheduled for a day and hour to come', { path: 'due' });
  await inTransaction(store, async (t) => {
    const { number, words, ...work } = await answerFor(store, t, workId, answers);
    if (work.stage !== 'draft' && work.stage !== 'scheduled')
      throw new Conflict(`store: work ${workId} is ${work.stage}: only a draft can be scheduled`);
    await t
      .updateTable('works')
      .set({
        stage: 'scheduled',
        audience: answers.audience ?? 'everyone',
        due_at: due.toISOString(),
      })
      .where('id', '=', workId)
      .execute();
    await showState(store, t, { ...work, stage: 'scheduled' }, number, words);
    await noteAct(t, workId, { act: 'schedule', by: answers.by ?? '', why: due.toISOString() });
  });
}

/**
 * Makes a published or scheduled work a draft again, out of everyone's sight but hers and those with its secret link.
 * @throws Conflict for one that is neither: what moderators hid they show again; NotFound
 */
export async function unpublishWork(
  store: Store,
  workId: string,
  { by, why }: { readonly by: string; readonly why: string },
): Promise<void> {
  await inTransaction(store, (t) => takeBack(store, t, workId, { by, why }));
  clearBooks(store);
}

async function takeBack(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  { by, why }: { readonly by: string; readonly why: string },
): Promise<void> {
  const work = await standingOf(t, workId);
  if (work.stage !== 'published' && work.stage !== 'scheduled')
    throw new Conflict(`store: work ${workId} is ${work.stage}: only what is published can be taken back`);
  await t.updateTable('works').set({ stage: 'draft', due_at: null }).where('id', '=', workId).execute();
  const words = await readState(store, t, workId, work.newest);
  await showState(store, t, { ...work, stage: 'draft' }, work.newest, words);
  await noteAct(t, workId, { act: 'unpublish', by, why });
}

/** What came of the works that were due. */
export interface DueOutcome {
  readonly published: readonly string[];
  /** Works that lack something by now, such as a rating taken back; they are drafts again. */
  readonly refused: readonly { readonly workId: string; readonly why: string }[];
}

/**
 * Publishes what is due at a moment (ISO 8601); for the server to call each minute. What its author takes back, puts off
 * or deletes meanwhile stays as she left it.
 */
export async function publishDue(store: Store, at: string = now()): Promise<DueOutcome> {
  const rows = await store.read
    .selectFrom('works')
    .select('id')
    .where('stage', '=', 'scheduled')
    .where('due_at', '<=', at)
    .orderBy('due_at')
    .orderBy('id')
    .limit(200)
    .execute();
  const published: string[] = [];
  const refused: { workId: string; why: string }[] = [];
  for (const { id } of rows) {
    try {
      const isPublished = await inTransaction(store, async (t) => {
        const audience = await dueFor(t, id, at);
        if (audience === undefined) return false;
        await publishIn(store, t, id, { rating: null, warnings: [], by: 'schedule', audience });
        return true;
      });
      if (isPublished) published.push(id);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const why = error.message;
      const isBack = await inTransaction(store, async (t) => {
        if ((await dueFor(t, id, at)) === undefined) return false;
        await takeBack(store, t, id, { by: 'schedule', why });
        return true;
      });
      if (isBack) refused.push({ workId: id, why });
    }
  }
  return { published, refused };
}

/** Whom a work is for that is due still; undefined where it is not. */
async function dueFor(t: Kysely<Schema>, id: string, at: string): Promise<Audience | undefined> {
  const row = await t
    .selectFrom('works')
    .select('audience')
    .where('id', '=', id)
    .where('stage', '=', 'scheduled')
    .where('due_at', '<=', at)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return (['hosts', 'link', 'members', 'everyone'] as const).find((a) => a === row.audience) ?? 'hosts';
}
