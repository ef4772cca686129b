import { expect, it } from 'vitest';
import { addPseud, findIcon, readProfile, saveProfile } from '../accounts.ts';
import { readEdition } from '../editions.ts';
import { sealed } from '../engine/seal.ts';
import type { Store } from '../index.ts';
import { listJournal, listMonths, listPublished } from '../journal.ts';
import { getPerson, listCommentsBy, listPeople } from '../people.ts';
import { addPerson, movePseud } from '../sample-people.testing.ts';
import { sampleEdition } from '../sample-works.testing.ts';
import { search } from '../search.ts';
import { getComment, listThread } from '../talk/comments.ts';
import { getWork, listWorks, publishWork } from '../works.ts';
import { rated, save } from './steps.ts';

/** Nothing public says which names belong together, on any engine. */
export function pseudsStayApart(opened: () => Store): void {
  it('gives the same public views whether two names share an account or not', async () => {
    const [a, b] = [await addPerson(opened(), { pseud: 'Sandwort' }), await addPerson(opened())];
    const second = await addPseud(opened(), a.id, 'Thrift');
    const works = [await workBy(a.pseud.id, 'Sandwort'), await workBy(second.id, 'Thrift')] as const;
    await commentBy(second.id, 'Thrift', works[0]);
    for (const { id } of [a.pseud, second])
      await saveProfile(opened(), a.id, id, { bio: null, pronouns: 'she/her', links: [] });
    const views = () => publicViews(opened(), [a.pseud.id, second.id], works);
    const together = await views();
    // The twin archive: the same rows to the byte, but for whose the second name is.
    await movePseud(opened(), second.id, b.id);
    const apart = await views();
    expect(together).toContain('Sandwort');
    expect(together).toContain('Thrift');
    expect(apart).toBe(together);
    for (const id of [a.id, b.id]) expect(together).not.toContain(id);
    await expect(addPseud(opened(), b.id, 'Sandwort')).rejects.toThrow(/is called "Sandwort"/);
  });

  async function workBy(personId: string, name: string): Promise<string> {
    const id = await save(opened(), sampleEdition(`${name} Apart`));
    await publishWork(opened(), id, rated);
    await opened()
      .write.updateTable('credits')
      .set({ person_id: personId })
      .where('work_id', '=', id)
      .execute();
    return id;
  }

  async function commentBy(personId: string, name: string, workId: string): Promise<void> {
    const row = await opened()
      .read.selectFrom('comments')
      .selectAll()
      .where('work_id', '=', workId)
      .where('depth', '=', 0)
      .executeTakeFirstOrThrow();
    const { seal: _old, ...rest } = { ...row, author_kind: 'pseud', person_id: personId, author_name: name };
    await opened()
      .write.updateTable('comments')
      .set(sealed(opened(), rest))
      .where('id', '=', row.id)
      .execute();
  }
}

async function publicViews(
  store: Store,
  people: readonly string[],
  works: readonly string[],
): Promise<string> {
  const views: unknown[] = [await listPeople(store), await listWorks(store, { sort: 'newest', limit: 100 })];
  for (const id of people) {
    views.push(await getPerson(store, id), await listCommentsBy(store, id), await readProfile(store, id));
    views.push(await listJournal(store, id), await listMonths(store, id), await listPublished(store, id));
    views.push(await findIcon(store, id));
  }
  for (const id of works) {
    const thread = await listThread(store, id);
    views.push(await getWork(store, id), await readEdition(store, id), thread);
    for (const comment of thread.items) views.push(await getComment(store, comment.id));
  }
  for (const words of ['Sandwort', 'Thrift', 'quay']) views.push(await search(store, words));
  return JSON.stringify(views);
}
