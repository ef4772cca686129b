import { expect, it } from 'vitest';
import { Conflict, Invalid } from '../../errors.ts';
import { type CleanHtml, cleanHtml } from '../../html.ts';
import { dividesAfter, passage, story } from '../../testing/stories.ts';
import { createAccount } from '../accounts.ts';
import type { Store } from '../index.ts';
import { checkStore } from '../safekeeping.ts';
import { deleteComment, editComment, postComment } from '../talk/commenting.ts';
import { getComment, listThread } from '../talk/comments.ts';
import { approveComment, freezeComments, getCommentWhole, listWaiting, setThread } from '../talk/keeping.ts';
import { getWork } from '../works.ts';
import { createWork } from '../writing.ts';

/** People say something about works, and those who keep a thread keep it. */
export function peopleTalk(open: () => Store): void {
  it('keeps what people say in the order and place in which they said it', async () => {
    const { store, workId, say } = await scene(open());
    const first = await say('first');
    const second = await say('second');
    const answer = await say('to the first', first);
    await say('to that', answer);
    await say('also to the first', first);
    expect(await outline(store, workId)).toEqual([
      '0 first',
      '1 to the first',
      '2 to that',
      '1 also to the first',
      '0 second',
    ]);
    expect(await getComment(store, second)).toMatchObject({
      author: { kind: 'pseud' },
      byAuthor: false,
      state: 'shown',
    });
    expect(await getWork(store, workId)).toMatchObject({ comments: 5 });
  });

  it('marks the author of the work, and keeps a guest as a guest', async () => {
    const { store, workId, ada } = await scene(open());
    const post = (author: Parameters<typeof postComment>[1]['author'], text: string) =>
      postComment(store, {
        workId,
        parent: null,
        author,
        about: { kind: 'branch', place: 'p1', sigla: ['B'] },
        subject: 'Hm',
        html: words(text),
      });
    const mine = await post({ kind: 'pseud', id: ada }, 'I wrote it.');
    const guest = await post({ kind: 'guest', name: 'passer-by' }, 'I read it.');
    expect(await getComment(store, mine.id)).toMatchObject({ byAuthor: true, subject: 'Hm' });
    expect(await getComment(store, guest.id)).toMatchObject({
      author: { kind: 'guest', name: 'passer-by' },
      personId: null,
    });
    expect((await listThread(store, workId, { about: 'B' })).items).toHaveLength(2);
    expect((await listThread(store, workId, { about: 'A' })).items).toHaveLength(0);
  });

  it('refuses no words, too many, and the same words twice', async () => {
    const { say } = await scene(open());
    await expect(say('')).rejects.toThrow(Invalid);
    await expect(say('x'.repeat(10_001))).rejects.toThrow('10,000');
    await say('once');
    await expect(say('once')).rejects.toThrow(Conflict);
  });

  it('lets words be changed until someone answers', async () => {
    const { store, say } = await scene(open());
    const id = await say('a frist thought');
    await editComment(store, id, { subject: null, html: words('a first thought') });
    expect(await getComment(store, id)).toMatchObject({
      html: words('a first thought'),
      edited: { zone: 'UTC' },
    });
    await say('an answer', id);
    await expect(editComment(store, id, { subject: null, html: words('another') })).rejects.toThrow(Conflict);
  });

  it('leaves an empty place where an answered comment is deleted, until its last answer goes', async () => {
    const { store, workId, say } = await scene(open());
    const top = await say('top');
    const answer = await say('answer', top);
    const last = await say('last', answer);
    await deleteComment(store, top);
    await deleteComment(store, answer);
    expect(await outline(store, workId)).toEqual(['0 (deleted)', '1 (deleted)', '2 last']);
    expect((await getCommentWhole(store, top)).comment.author).toBeNull();
    await deleteComment(store, last);
    expect(await outline(store, workId)).toEqual([]);
    expect(await getWork(store, workId)).toMatchObject({ comments: 0 });
  });

  it('freezes a comment with all below it, and lets it go on', async () => {
    const { store, say } = await scene(open());
    const top = await say('top');
    const answer = await say('answer', top);
    await freezeComments(store, top, true);
    expect(await getComment(store, answer)).toMatchObject({ state: 'frozen' });
    await expect(say('too late', answer)).rejects.toThrow(Conflict);
    await freezeComments(store, top, false);
    await say('in time', answer);
  });

  it('lets comments wait for approval where the author asks for that, her own not', async () => {
    const { store, workId, ada, say } = await scene(open());
    await setThread(store, workId, 'approval');
    const id = await say('may I?');
    expect(await outline(store, workId)).toEqual([]);
    expect((await listWaiting(store, workId)).map((c) => c.id)).toEqual([id]);
    await expect(say('an answer', id)).rejects.toThrow(Conflict);
    await approveComment(store, id);
    expect(await outline(store, workId)).toEqual(['0 may I?']);
    await expect(approveComment(store, id)).rejects.toThrow(Conflict);
    const own = await postComment(store, { ...plain(workId, 'mine'), author: { kind: 'pseud', id: ada } });
    expect(own.state).toBe('shown');
  });

  it('takes no comment in a frozen or closed thread', async () => {
    const { store, workId, say } = await scene(open());
    for (const thread of ['frozen', 'closed'] as const) {
      await setThread(store, workId, thread);
      await expect(say(`while ${thread}`)).rejects.toThrow(Conflict);
    }
  });

  it('leaves a thread that is whole', async () => {
    expect(await checkStore(open())).toEqual([]);
  });
}

let scenes = 0;

/** A work that divides, by Ada, and Wick who talks about it. */
async function scene(store: Store) {
  const n = ++scenes;
  const account = (name: string) =>
    createAccount(store, {
      signInName: `${name} ${n} at the lamp`,
      passPhrase: `a long phrase for ${name} ${n}`,
      pseud: `${name} ${n}`,
    });
  const [ada, wick] = [await account('Ada'), await account('Wick')].map((made) => made.pseud.id);
  if (ada === undefined || wick === undefined) throw new Error('no pseuds');
  const parts = [
    passage('p1', `Lamp ${n}.`),
    passage('p2', 'Lit.', { ending: true }),
    passage('p3', 'Dark.', { ending: true }),
  ];
  const tale = story(parts, { variantSets: [dividesAfter('p1', 'p2', 'p3')] });
  const workId = await createWork(store, { title: `Lamp ${n}`, creators: [ada], story: tale, by: ada });
  const say = async (text: string, parent: string | null = null): Promise<string> => {
    const said = { ...plain(workId, text), parent, author: { kind: 'pseud', id: wick } as const };
    return (await postComment(store, said)).id;
  };
  return { store, workId, ada, wick, say };
}

function plain(workId: string, text: string) {
  return { workId, parent: null, about: { kind: 'work' } as const, subject: null, html: words(text) };
}

function words(text: string): CleanHtml {
  return cleanHtml(`<p>${text}</p>`);
}

async function outline(store: Store, workId: string): Promise<string[]> {
  const { items } = await listThread(store, workId);
  return items.map(
    (c) => `${c.depth} ${c.state === 'deleted' ? '(deleted)' : c.html.replace(/<[^>]+>/g, '')}`,
  );
}
