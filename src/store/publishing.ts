import type { Kysely } from 'kysely';
import { Conflict, Invalid } from '../errors.ts';
import { publishedPart } from '../model/edit.ts';
import { newId } from '../model/id.ts';
import type { ArchiveWarning, Audience, Header, Rating } from '../model/work.ts';
import { noteAct } from './acts.ts';
import { clearBooks } from './books.ts';
import { inTransaction, now, type Store } from './engine/store.ts';
import { indexWork } from './finding/search-index.ts';
import { readState, type StateWords } from './rows/states.ts';
import type { Schema } from './schema.ts';
import { remarksOf } from './talk/remarks.ts';
import { appendState, type Standing, showBeside, showState, standingOf } from './writing/states.ts';

/** What a person answers when publishing; null and [] keep what the header says. */
export interface PublishAnswers {
  readonly rating: Rating | null;
  readonly warnings: readonly ArchiveWarning[];
  /** Everyone, unless said otherwise. */
  readonly audience?: Audience;
  readonly by?: string;
}

/**
 * Publishes a work in its newest state; one that a moderator hid comes back as its readers last saw it. Answers that
 * change its header make a new state.
 * @throws Invalid naming all that is missing: a rating, an answer to the warnings (a note needs neither), each fact that
 *   is undecided.
 * @throws NotFound
 */
export async function publishWork(store: Store, id: string, answers: PublishAnswers): Promise<void> {
  await inTransaction(store, (t) => publishIn(store, t, id, answers));
}

/** `publishWork` within a transaction. */
export async function publishIn(
  store: Store,
  t: Kysely<Schema>,
  id: string,
  answers: PublishAnswers,
): Promise<void> {
  const { number, words, ...work } = await answerFor(store, t, id, answers);
  await t
    .updateTable('works')
    .set({
      stage: 'published',
      audience: answers.audience ?? 'everyone',
      published_at: work.publishedAt ?? now(),
      due_at: null,
    })
    .where('id', '=', id)
    .execute();
  await showState(store, t, { ...work, stage: 'published' }, number, words);
  await noteAct(t, id, { act: 'publish', by: answers.by ?? '', why: '' });
}

/**
 * Lets readers of a published work see some of what was written since: the passages chosen, as `publishedPart` has it,
 * under the header they know. All of it stays the newest state. Gives the number of the newest state.
 * @throws Conflict for a work that is not published or not at `base` any more, Invalid, NotFound
 */
export async function publishPassages(
  store: Store,
  id: string,
  part: { readonly keys: readonly string[]; readonly base: number; readonly by: string },
): Promise<number> {
  return inTransaction(store, async (t) => {
    const work = await standingOf(t, id);
    if (work.stage !== 'published')
      throw new Conflict(`store: work ${id} is ${work.stage}: parts are published of what readers know`);
    if (work.newest !== part.base)
      throw new Conflict(`store: work ${id} was changed since state ${part.base}; look at it again`);
    if (part.keys.length === 0)
      throw new Invalid('store: choose the passages that readers shall see', { path: 'passages' });
    const [shown, newest] = [
      await readState(store, t, id, work.state),
      await readState(store, t, id, work.newest),
    ];
    const story = publishedPart(shown.story, newest.story, part.keys);
    const names = newest.story.passages.filter((p) => part.keys.includes(p.key)).map((p) => p.title ?? p.key);
    const made = { by: part.by, why: `published: ${names.join(', ')}`.slice(0, 300) };
    const number = await showBeside(store, t, work, { shown: { ...shown, story }, newest }, made);
    await noteAct(t, id, { act: 'publish', by: part.by, why: made.why });
    return number;
  });
}

/** Where a work stands that is to be published, and the state its readers will see. */
export interface Answered extends Standing {
  readonly number: number;
  readonly words: StateWords;
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
): Promise<Answered> {
  const work = await standingOf(t, id);
  const from = work.stage === 'hidden' ? work.state : work.newest;
  const read = await readState(store, t, id, from);
  const rating = answers.rating ?? read.header.rating;
  const warnings = answers.warnings.length > 0 ? answers.warnings : read.header.warnings;
  const words = { ...read, header: { ...read.header, rating, warnings } };
  const missing = [
    ...(work.kind === 'note' ? [] : unanswered(words.header)),
    ...(await undecided(t, id, words.header)),
  ];
  if (missing.length > 0) {
    throw new Invalid(`store: work ${id} cannot be published yet: ${missing.join('; ')}`, {
      path: rating === null ? 'rating' : warnings.length === 0 ? 'warnings' : 'remarks',
    });
  }
  const made = { by: answers.by ?? null, why: 'rated and published' };
  const number = await appendState(store, t, work, from, words, made);
  if (number === from || from === work.newest) return { ...work, number, words };
  // What was written beyond the hidden state stays the newest.
  const beyond = await readState(store, t, id, work.newest);
  const answered = { ...beyond, header: { ...beyond.header, rating, warnings } };
  const since = { ...work, newest: number };
  await appendState(store, t, since, number, answered, { ...made, why: 'what is not published yet' });
  return { ...work, number, words };
}

/** Takes a work from view, everywhere, until it is published again. @throws NotFound */
export async function hideWork(store: Store, id: string, by: string, why: string): Promise<void> {
  await inTransaction(store, async (t) => {
    await standingOf(t, id);
    await t.updateTable('works').set({ stage: 'hidden', version: newId() }).where('id', '=', id).execute();
    await indexWork(store, t, id);
    await noteAct(t, id, { act: 'hide', by, why });
  });
  clearBooks(store);
}

function unanswered(header: Header): string[] {
  return [
    ...(header.rating === null ? ['it has no rating (“Not Rated” is an answer)'] : []),
    ...(header.warnings.length === 0
      ? ['the archive warnings have no answer (“Choose Not To Use Archive Warnings” is one)']
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
