import { expect, it } from 'vitest';
import { Invalid, NotFound } from '../../errors.ts';
import { htmlOfText } from '../../html.ts';
import { samples } from '../../pictures/samples.testing.ts';
import { cleanPicture } from '../../pictures.ts';
import { choice } from '../../testing/stories.ts';
import { addPseud, findIcon, readProfile, saveProfile } from '../accounts.ts';
import { readEdition, saveEdition } from '../editions.ts';
import type { Store } from '../index.ts';
import { listJournal, listMonths, listPublished } from '../journal.ts';
import { deletePseud } from '../leaving/pseud.ts';
import { packBytes } from '../originals.ts';
import { getPerson, listCommentsBy, listPeople } from '../people.ts';
import { addPerson } from '../sample-people.testing.ts';
import { sampleComment, sampleEdition, samplePassage, sampleSource } from '../sample-works.testing.ts';
import { search } from '../search.ts';
import { listTags } from '../tags.ts';
import { postComment } from '../talk/commenting.ts';
import { listThread } from '../talk/comments.ts';
import { countWorks, getWork, hideWork, listWorks, publishWork, removeWork } from '../works.ts';
import { addPicture, createWork, listPictures, listWritten, restoreState, reviseWork } from '../writing.ts';
import { arrival, rated, save } from './steps.ts';

const unrated = { rating: null, warnings: [] } as const;

const on = (local: string, written: string | null = null) =>
  ({ written, local, instant: null, zone: null, precision: local.length > 10 ? 'minute' : 'day' }) as const;

/** Begins a note. */
async function beginNote(
  store: Store,
  by: string,
  text: string,
  more: { readonly title?: string; readonly posted?: string } = {},
): Promise<string> {
  const header = more.posted === undefined ? {} : { posted: on(more.posted) };
  const story = { passages: [samplePassage('p1', text)], choices: [], variantSets: [] };
  return createWork(store, {
    kind: 'note',
    title: more.title ?? null,
    creators: [by],
    header,
    story,
    by,
  });
}

/** Notes and journals, on any engine. */
export function journalsAreKept(opened: () => Store): void {
  const writer = async (): Promise<string> => (await addPerson(opened())).pseud.id;

  it('keeps a note as one text that is published without a rating', async () => {
    const by = await writer();
    const id = await beginNote(opened(), by, 'The pump is mended.', { title: 'News' });
    await publishWork(opened(), id, unrated);
    const work = await getWork(opened(), id);
    expect(work).toMatchObject({ kind: 'note', stage: 'published', thread: 'open', title: 'News' });
    expect((await readEdition(opened(), id)).kind).toBe('note');
  });

  it('lets a note have no parts, choices or endings, whoever revises it', async () => {
    const by = await writer();
    const id = await beginNote(opened(), by, 'One text.');
    const { header } = await getWork(opened(), id);
    const two = [samplePassage('p1', 'One text.'), samplePassage('p2', 'And another.')];
    const made = { header, base: 1, why: '', by };
    const parted = { passages: two, choices: [], variantSets: [] };
    await expect(reviseWork(opened(), id, { ...made, story: parted })).rejects.toThrow(Invalid);
    const chosen = { passages: two.slice(0, 1), choices: [choice('p1', 'p1', 'Again')], variantSets: [] };
    await expect(reviseWork(opened(), id, { ...made, story: chosen })).rejects.toThrow(/no choices/);
    await expect(
      createWork(opened(), { kind: 'note', title: null, creators: [by], story: parted, by }),
    ).rejects.toThrow(Invalid);
  });

  it('leaves notes out of every list of stories, of counts, tags and searches', async () => {
    const by = await writer();
    const before = await countWorks(opened());
    const edition = {
      ...sampleEdition('Leaking Note'),
      kind: 'note' as const,
      passages: [samplePassage('p1', 'A word found nowhere else: quernstone.')],
      variantSets: [],
      comments: [],
    };
    const tagged = { ...edition, work: { ...edition.work, fandoms: ['Only Of Notes'] } };
    const imported = await save(opened(), tagged);
    const written = await beginNote(opened(), by, 'Another quernstone.');
    for (const id of [imported, written]) await publishWork(opened(), id, unrated);
    const stories = await listWorks(opened(), { sort: 'newest', limit: 100 });
    expect(stories.items.filter(({ id }) => id === imported || id === written)).toEqual([]);
    expect((await listWorks(opened(), { sort: 'title', person: by })).items).toEqual([]);
    expect(await countWorks(opened())).toMatchObject({ works: before.works, words: before.words });
    expect((await listTags(opened(), 'fandom', { limit: 500 })).items.map((t) => t.name)).not.toContain(
      'Only Of Notes',
    );
    expect((await search(opened(), 'quernstone')).items).toEqual([]);
    expect((await listWritten(opened(), [by])).items).toEqual([]);
    expect((await listWritten(opened(), [by], { kind: 'note' })).items.map((w) => w.id)).toEqual([written]);
    const people = await listPeople(opened(), { limit: 200 });
    expect(people.items.find(({ id }) => id === by)).toMatchObject({ works: 0, notes: 1 });
  });

  it('lists stories and notes by the dates they bear, page by page, and counts them by month', async () => {
    const by = await writer();
    const dates = ['2006-05-28T12:47', '2006-05', '2004', '2007-02-03', '2006-05-28T12:47'];
    const ids: string[] = [];
    for (const [i, posted] of dates.entries()) {
      const id = await beginNote(opened(), by, `Dated ${i}.`, { posted });
      ids.push(id);
      await publishWork(opened(), id, unrated);
    }
    const undated = await beginNote(opened(), by, 'Of today.');
    await publishWork(opened(), undated, unrated);
    const seen: string[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const page = await listJournal(opened(), by, { after: after ?? null, limit: 2 });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((entry) => entry.work.id));
      after = page.next;
    }
    const [first = '', , , , fifth = ''] = ids;
    const twins = [first, fifth].toSorted().toReversed();
    expect(seen).toEqual([undated, ids[3], ...twins, ids[1], ids[2]]);
    const inMonth = await listJournal(opened(), by, { period: '2006-05' });
    expect(inMonth.items.map((entry) => entry.work.id)).toEqual([...twins, ids[1]]);
    expect((await listJournal(opened(), by, { period: '2004' })).items).toHaveLength(1);
    expect((await listJournal(opened(), by, { period: '2006-0' })).items).toHaveLength(3);
    const thisMonth = new Date().toISOString();
    expect(await listMonths(opened(), by)).toEqual([
      { year: thisMonth.slice(0, 4), month: thisMonth.slice(5, 7), entries: 1, comments: 0 },
      { year: '2007', month: '02', entries: 1, comments: 0 },
      { year: '2006', month: '05', entries: 3, comments: 0 },
      { year: '2004', month: null, entries: 1, comments: 0 },
    ]);
    const published = await listPublished(opened(), by);
    expect(published[0]?.entry).toMatchObject({ kind: 'note', html: '<p>Of today.</p>' });
    expect(published.map(({ entry }) => entry.work.id)).toContain(first);
  });

  it('shows drafts, hidden notes and notes for members to nobody in public, and the last to members', async () => {
    const by = await writer();
    const [draft, hidden, members, link] = [
      await beginNote(opened(), by, 'A draft.'),
      await beginNote(opened(), by, 'Hidden.'),
      await beginNote(opened(), by, 'For members.'),
      await beginNote(opened(), by, 'By link.'),
    ];
    for (const id of [hidden, members, link]) await publishWork(opened(), id, unrated);
    await hideWork(opened(), hidden, 'mod', 'a test');
    await publishWork(opened(), members, { ...unrated, audience: 'members' });
    await publishWork(opened(), link, { ...unrated, audience: 'link' });
    expect((await getWork(opened(), draft)).stage).toBe('draft');
    expect((await listJournal(opened(), by)).items).toEqual([]);
    expect(await listMonths(opened(), by)).toEqual([]);
    expect(await listPublished(opened(), by)).toEqual([]);
    await expect(getPerson(opened(), by)).rejects.toThrow(NotFound);
    const forMembers = await listJournal(opened(), by, { readers: 'members' });
    expect(forMembers.items.map((entry) => entry.work.id)).toEqual([members]);
  });

  it('takes comments on notes as on stories, and says of a comment what it is about', async () => {
    const by = await writer();
    const reader = await writer();
    const id = await beginNote(opened(), by, 'Ask me anything.', {
      title: 'Questions',
      posted: '2006-05-28',
    });
    await publishWork(opened(), id, unrated);
    const said = await postComment(opened(), {
      workId: id,
      parent: null,
      author: { kind: 'pseud', id: reader },
      about: { kind: 'work' },
      subject: null,
      html: htmlOfText('Why the lamp?'),
    });
    const answer = { kind: 'pseud', id: by } as const;
    await postComment(opened(), {
      workId: id,
      parent: said.id,
      author: answer,
      about: { kind: 'work' },
      subject: null,
      html: htmlOfText('Why not?'),
    });
    expect((await listThread(opened(), id)).items.map((c) => c.byAuthor)).toEqual([false, true]);
    const by2 = (await listCommentsBy(opened(), reader)).items;
    expect(by2).toMatchObject([{ id: said.id, work: { id, kind: 'note', title: 'Questions' } }]);
    const month = new Date().toISOString().slice(0, 7);
    expect((await listCommentsBy(opened(), reader, { period: month })).items).toHaveLength(1);
    expect((await listCommentsBy(opened(), reader, { period: '1999' })).items).toEqual([]);
    expect(await listMonths(opened(), reader)).toMatchObject([{ entries: 0, comments: 1 }]);
  });

  it('shows notes that came with a story in the journal of the name that wrote it', async () => {
    const note = { title: 'On the ferry', html: htmlOfText('It ran until 1911.'), source: null };
    const edition = sampleEdition('Enclosing', {
      notes: [
        { ...note, posted: on('2003-04-05T06:07', '5th April 2003 6:07') },
        { ...note, title: null, posted: null },
      ],
    });
    const dated = { ...edition, work: { ...edition.work, posted: on('2003-04-01') } };
    const author = { name: 'Only Encloser', role: 'author', site: 'journal.example' } as const;
    const beta = { name: 'Only Beta', role: 'beta', site: 'journal.example' } as const;
    const id = await save(opened(), { ...dated, work: { ...dated.work, creators: [author, beta] } });
    const idOf = async (name: string): Promise<string> =>
      (
        await opened()
          .read.selectFrom('people')
          .select('id')
          .where('name', '=', name)
          .executeTakeFirstOrThrow()
      ).id;
    const person = await idOf('Only Encloser');
    expect((await listJournal(opened(), person)).items).toEqual([]);
    await publishWork(opened(), id, rated);
    const { items } = await listJournal(opened(), person);
    expect(items[0]).toMatchObject({
      kind: 'enclosed',
      title: 'On the ferry',
      work: { id, title: 'The Enclosing Ferry' },
      dated: { written: '5th April 2003 6:07', zone: null },
    });
    expect(items.map((entry) => entry.kind).toSorted()).toEqual(['enclosed', 'enclosed', 'story']);
    const pages: string[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const page = await listJournal(opened(), person, { after: after ?? null, limit: 1 });
      pages.push(...page.items.map((entry) => (entry.kind === 'enclosed' ? entry.id : entry.work.id)));
      after = page.next;
    }
    expect(new Set(pages).size).toBe(3);
    expect(await listMonths(opened(), person)).toEqual([
      { year: '2003', month: '04', entries: 3, comments: 0 },
    ]);
    expect((await listJournal(opened(), await idOf('Only Beta'))).items.map((e) => e.kind)).toEqual([
      'story',
    ]);
    await removeWork(opened(), id, { by: 'host', why: 'a test' });
    expect((await listJournal(opened(), person)).items).toEqual([]);
  });

  it('brings a note out as an Edition and in again, with its states and its thread', async () => {
    const { file, record } = sampleSource('a page with a note');
    const edition = {
      ...sampleEdition('Returning Note'),
      kind: 'note' as const,
      passages: [samplePassage('p1', 'What came back.')],
      variantSets: [],
      comments: [sampleComment('n1', 'Welcome back.')],
      sources: [record],
    };
    const id = await save(opened(), edition, [file]);
    const out = await readEdition(opened(), id, { allStates: true, public: false });
    expect(out).toEqual({ ...edition, decisions: [] });
    await expect(
      saveEdition(opened(), { ...edition, variantSets: sampleEdition('x').variantSets }, [], arrival),
    ).rejects.toThrow(Invalid);
    const by = await writer();
    const written = await beginNote(opened(), by, 'First words.');
    const { header } = await getWork(opened(), written);
    const story = { passages: [samplePassage('p1', 'Other words.')], choices: [], variantSets: [] };
    await reviseWork(opened(), written, { header, story, base: 1, why: 'other words', by });
    await restoreState(opened(), written, 1, by);
    const states = await readEdition(opened(), written, { allStates: true, public: false });
    expect(states.states.map((s) => s.passages[0]?.html)).toEqual([
      '<p>First words.</p>',
      '<p>Other words.</p>',
    ]);
    expect(states.passages[0]?.html).toBe('<p>First words.</p>');
  });

  it('keeps what a pseud says of herself, and her picture as long as something needs its bytes', async () => {
    const [ada, bo] = [await addPerson(opened()), await addPerson(opened())];
    const icon = cleanPicture(samples.webp ?? new Uint8Array());
    const said = {
      bio: htmlOfText('I write.'),
      pronouns: 'she/her',
      links: [{ label: 'Garden', url: 'https://g.example' }],
    };
    await saveProfile(opened(), ada.id, ada.pseud.id, said, icon);
    expect(await readProfile(opened(), ada.pseud.id)).toEqual({ ...said, hasIcon: true });
    expect((await getPerson(opened(), ada.pseud.id)).name).toBe(ada.pseud.name);
    await expect(saveProfile(opened(), bo.id, ada.pseud.id, said)).rejects.toThrow(NotFound);
    const ftp = { ...said, links: [{ label: 'x', url: 'ftp://g.example' }] };
    await expect(saveProfile(opened(), ada.id, ada.pseud.id, ftp)).rejects.toMatchObject({ path: 'links' });

    const work = await beginNote(opened(), bo.pseud.id, 'With the same picture.');
    await addPicture(opened(), work, icon);
    await addPicture(opened(), work, icon);
    // The pictures of all works of an account are bounded together.
    const other = await beginNote(opened(), bo.pseud.id, 'With another picture.');
    const png = cleanPicture(samples.png ?? new Uint8Array());
    const most = { accountId: bo.id, most: icon.bytes.length };
    await expect(addPicture(opened(), other, png, most)).rejects.toMatchObject({ path: 'picture' });
    await expect(
      addPicture(opened(), other, png, { accountId: ada.id, most: png.bytes.length }),
    ).resolves.toBeDefined();
    await removeWork(opened(), other, { by: 'host', why: 'a test' });
    expect(await listPictures(opened(), work)).toMatchObject([
      { mediaType: 'image/webp', width: 8, height: 6 },
    ]);
    await removeWork(opened(), work, { by: 'host', why: 'a test' });
    const found = (await findIcon(opened(), ada.pseud.id)).icon;
    expect(Buffer.from(found?.bytes ?? []).equals(icon.bytes)).toBe(true);

    const second = await addPseud(opened(), bo.id, 'Leaves With A Picture');
    await saveProfile(opened(), bo.id, second.id, said, icon);
    await deletePseud(opened(), bo.id, second.id, 'keep');
    expect(await readProfile(opened(), second.id)).toMatchObject({ bio: null, hasIcon: false });
    await saveProfile(opened(), ada.id, ada.pseud.id, { bio: null, pronouns: '', links: [] }, null);
    expect((await findIcon(opened(), ada.pseud.id)).icon).toBeNull();
    await expect(getPerson(opened(), ada.pseud.id)).rejects.toThrow(NotFound);
    const { sha256 } = await packBytes(icon.bytes);
    const blobs = opened().read.selectFrom('blobs').select('sha256').where('sha256', '=', sha256);
    expect(await blobs.execute()).toEqual([]);
  });
}
