import type { Kysely } from 'kysely';
import { Invalid, NotFound } from '../errors.ts';
import { newId } from '../model/id.ts';
import type { ArchiveWarning, Audience, Header, Rating } from '../model/work.ts';
import { noteAct } from './acts.ts';
import { clearBooks } from './books.ts';
import { inTransaction, now, type Store } from './engine/store.ts';
import { indexWork } from './finding/search-index.ts';
import { remarksOf } from './remarks.ts';
import { putHeaderState, readState } from './rows/states.ts';
import type { Schema } from './schema.ts';

/** What a person answers when publishing; null and [] keep what the header says. */
export interface PublishAnswers {
  readonly rating: Rating | null;
  readonly warnings: readonly ArchiveWarning[];
  /** Everyone, unless said otherwise. */
  readonly audience?: Audience;
  readonly by?: string;
}

/**
 * Publishes a work. Answers that change its header make a new state.
 * @throws Invalid naming all that is missing: a rating, an answer to the warnings (a note needs neither), each fact that
 *   is undecided.
 * @throws NotFound
 */
export async function publishWork(store: Store, id: string, answers: PublishAnswers): Promise<void> {
  await inTransaction(store, async (t) => {
    const { state, published_at } = await answerFor(store, t, id, answers);
    await t
      .updateTable('works')
      .set({
        stage: 'published',
        audience: answers.audience ?? 'everyone',
        published_at: published_at ?? now(),
        due_at: null,
        version: newId(),
        state,
      })
      .where('id', '=', id)
      .execute();
    await indexWork(store, t, id);
    await noteAct(t, id, { act: 'publish', by: answers.by ?? '', why: '' });
  });
}

/**
 * Puts the answers into the header of a work, in a new state when they change it.
 * @throws Invalid naming all that is still missing, NotFound
 */
export async function answerFor(
  store: Store,
  t: Kysely<Schema>,
  id: string,
  answers: PublishAnswers,
): Promise<{ readonly state: number; readonly stage: string; readonly published_at: string | null }> {
  const work = await stageOf(t, id);
  const { header } = await readState(t, id, work.state);
  const rating = answers.rating ?? header.rating;
  const warnings = answers.warnings.length > 0 ? answers.warnings : header.warnings;
  const answered: Header = { ...header, rating, warnings };
  const missing = [
    ...(work.kind === 'note' ? [] : unanswered(answered)),
    ...(await undecided(t, id, answered)),
  ];
  if (missing.length > 0) {
    throw new Invalid(`store: work ${id} cannot be published yet: ${missing.join('; ')}`, {
      path: rating === null ? 'rating' : warnings.length === 0 ? 'warnings' : 'remarks',
    });
  }
  if (JSON.stringify(answered) === JSON.stringify(header)) return work;
  const made = { made_at: now(), made_by: answers.by ?? null, why: 'rated and published' };
  await putHeaderState(store, t, id, work.state, made, { ...header, rating, warnings });
  return { ...work, state: work.state + 1 };
}

/** Takes a work from view, everywhere, until it is published again. @throws NotFound */
export async function hideWork(store: Store, id: string, by: string, why: string): Promise<void> {
  await inTransaction(store, async (t) => {
    await stageOf(t, id);
    await t.updateTable('works').set({ stage: 'hidden', version: newId() }).where('id', '=', id).execute();
    await indexWork(store, t, id);
    await noteAct(t, id, { act: 'hide', by, why });
  });
  clearBooks(store);
}

async function stageOf(
  t: Kysely<Schema>,
  id: string,
): Promise<Pick<Schema['works'], 'kind' | 'state' | 'stage' | 'published_at'>> {
  const row = await t
    .selectFrom('works')
    .select(['kind', 'state', 'stage', 'published_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound(`store: no work has the id ${JSON.stringify(id)}`);
  return row;
}

function unanswered(header: Header): string[] {
  return [
    ...(header.rating === null ? ['it has no rating ("Not Rated" is an answer)'] : []),
    ...(header.warnings.length === 0
      ? ['the archive warnings have no answer ("Choose Not To Use Archive Warnings" is one)']
      : []),
  ];
}

/** Facts an importer left open; a rating and warnings that were answered meanwhile no longer are. */
async function undecided(t: Kysely<Schema>, id: string, header: Header): Promise<string[]> {
  const remarks = (await remarksOf(t, id)).flatMap((r) => r.remarks);
  const open = remarks.filter((r) => r.certainty === 'undecided');
  const answered = (about: string): boolean =>
    (about === 'work.rating' && header.rating !== null) ||
    (about === 'work.warnings' && header.warnings.length > 0);
  return open.filter((r) => !answered(r.about)).map((r) => `${r.about} is undecided: ${r.message}`);
}
