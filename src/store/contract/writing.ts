import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Conflict, Invalid, NotFound } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import { htmlOfText } from '../../html.ts';
import { addBranch, addEnding, orderBranches, removeBranch } from '../../model/edit.ts';
import { newId } from '../../model/id.ts';
import type { Story } from '../../model/state.ts';
import { checkStory } from '../../model/validate.ts';
import { anyAct, carryOut } from '../../testing/edits.ts';
import { listActs } from '../acts.ts';
import { readEdition, saveEdition } from '../editions.ts';
import { insertRows } from '../engine/bulk.ts';
import { sealed } from '../engine/seal.ts';
import type { Store } from '../index.ts';
import { sampleComment, sampleEdition, samplePassage, sampleSource } from '../sample-works.testing.ts';
import { search } from '../search.ts';
import { listThread } from '../talk/comments.ts';
import { castVerdict, findVerdict, tally } from '../talk/verdicts.ts';
import { eraseText, getState, getWork, listStates, listWorks, publishWork, removeWork } from '../works.ts';
import {
  answerCredit,
  arrangeWork,
  createWork,
  dropDraft,
  findDrafts,
  findHands,
  getWritten,
  listAsked,
  listCredits,
  listWritten,
  markComplete,
  proposeCredit,
  publishDue,
  readBeside,
  readWritten,
  restoreState,
  reviseWork,
  saveDraft,
  scheduleWork,
  unpublishWork,
  withdrawCredit,
} from '../writing.ts';
import { rated, save } from './steps.ts';

/** A pseud of this archive, for tests of what is written by one. */
export async function addPerson(store: Store, name: string): Promise<string> {
  const id = newId();
  const row = { id, kind: 'pseud', name, site: '', sort_name: name.toLowerCase() };
  await insertRows(store, store.write, 'people', [sealed(store, row)]);
  return id;
}

const lamp: Story<CleanHtml> = {
  passages: [
    samplePassage('p1', 'The lamp at the harbour had gone out.'),
    samplePassage('p2', 'She lit it with care.', true),
  ],
  choices: [],
  variantSets: [],
};

/** Begins a work under a new pseud. */
export async function begin(
  store: Store,
  name: string,
  story: Story<CleanHtml> = lamp,
): Promise<{ readonly id: string; readonly by: string }> {
  const by = await addPerson(store, name);
  return { id: await createWork(store, { title: `The ${name} Lamp`, creators: [by], story, by }), by };
}

/** Writing: states, drafts, credits, the hour of publishing, on any engine. */
export function worksAreWritten(opened: () => Store): void {
  it('begins a work as a draft of the pseud who writes it', async () => {
    const { id, by } = await begin(opened(), 'Linnet');
    const work = await getWork(opened(), id);
    expect(work).toMatchObject({ stage: 'draft', audience: 'link', thread: 'open', state: 1, words: 13 });
    expect(work.creators).toEqual([{ id: by, name: 'Linnet', role: 'author', site: null }]);
    expect(work.header).toMatchObject({ title: 'The Linnet Lamp', creators: [{ name: 'Linnet' }] });
    expect(await listStates(opened(), id)).toMatchObject([
      { number: 1, madeBy: by, maker: 'Linnet', why: 'begun' },
    ]);
    expect((await listWritten(opened(), [by])).items.map((w) => w.id)).toEqual([id]);
    expect((await listWritten(opened(), [])).items).toEqual([]);
    expect(await findHands(opened(), id)).toEqual({ creators: [by], betas: [] });
    const bad = { title: null, creators: ['nobody'], story: lamp, by: 'nobody' };
    await expect(createWork(opened(), bad)).rejects.toThrow(NotFound);
  });

  it('makes a state of each revision, and none of one that changes nothing', async () => {
    const { id, by } = await begin(opened(), 'Siskin');
    const { header } = await readWritten(opened(), id, 1);
    const story = addEnding(lamp, 'p2', {
      label: 'The dark',
      text: { html: htmlOfText('It stayed dark.'), words: 3 },
    });
    const made = { header, story, base: 1, why: 'another ending', by };
    expect(await reviseWork(opened(), id, made)).toBe(2);
    expect(await reviseWork(opened(), id, { ...made, base: 2 })).toBe(2);
    expect(await getWork(opened(), id)).toMatchObject({
      state: 2,
      passages: 3,
      endings: 2,
      sigla: ['A', 'B'],
    });
    expect((await readWritten(opened(), id, 1)).story).toEqual(lamp);
    const beside = await readBeside(opened(), id, 1, 2);
    expect(beside.passages.map((p) => p.change)).toEqual(['same', 'same', 'added']);
    const broken = { ...story, choices: [{ from: 'p1', to: 'p9', label: 'x', showIf: [] }] };
    await expect(reviseWork(opened(), id, { ...made, base: 2, story: broken })).rejects.toThrow(Invalid);
  });

  it('overwrites nothing that was changed meanwhile, and says which state is current', async () => {
    const { id, by } = await begin(opened(), 'Dunnock');
    const { header } = await readWritten(opened(), id, 1);
    const revise = (title: string): Promise<number> =>
      reviseWork(opened(), id, { header: { ...header, title }, story: lamp, base: 1, why: 'titled', by });
    const answers = await Promise.allSettled([revise('One'), revise('Two')]);
    const failed = answers.flatMap((a) => (a.status === 'rejected' ? [a.reason as unknown] : []));
    expect(failed).toHaveLength(1);
    expect(failed[0] instanceof Conflict && failed[0].current).toBe(2);
    const kept = (await getWork(opened(), id)).title;
    expect(['One', 'Two']).toContain(kept);
    await expect(reviseWork(opened(), id, { header, story: lamp, base: 9, why: '', by })).rejects.toThrow(
      Invalid,
    );
  });

  it('restores a state as a new one, and keeps erased texts erased', async () => {
    const { id, by } = await begin(opened(), 'Wheatear');
    const { header } = await readWritten(opened(), id, 1);
    const shorter = { ...lamp, passages: lamp.passages.slice(0, 1) };
    await reviseWork(opened(), id, { header, story: shorter, base: 1, why: 'cut', by });
    expect(await restoreState(opened(), id, 1, by)).toBe(3);
    expect((await readWritten(opened(), id, 3)).story).toEqual(lamp);
    expect((await listStates(opened(), id)).map((s) => s.why)).toEqual(['begun', 'cut', 'state 1 restored']);
    await eraseText(opened(), id, 'p2', { by: 'host', why: 'asked' });
    expect((await readWritten(opened(), id, 1)).story.passages[1]?.html).toBe('');
    const { textHash } = (await getState(opened(), id, 3)).entries[1] ?? {};
    await reviseWork(opened(), id, { ...(await readWritten(opened(), id, 3)), base: 3, why: 'x', by });
    await restoreState(opened(), id, 2, by);
    const last = await restoreState(opened(), id, 3, by);
    expect((await getState(opened(), id, last)).entries[1]?.textHash).toBe(textHash);
    await expect(restoreState(opened(), id, 99, by)).rejects.toThrow(NotFound);
  });

  it('lets verdicts and comments follow the branches they are about', async () => {
    const id = await save(
      opened(),
      sampleEdition('Whinchat', {
        comments: [sampleComment('c1', 'B!', { about: { kind: 'branch', place: 'p1', sigla: ['B'] } })],
      }),
    );
    const read = async (n: number) => readWritten(opened(), id, n);
    const cast = (reader: string, sigla: readonly string[]): Promise<void> =>
      castVerdict(opened(), { workId: id, place: 'p1', sigla, reader, address: 'x' });
    await cast('one', ['B']);
    await cast('two', ['A', 'B']);
    await cast('three', []);
    const revise = async (change: (s: Story<CleanHtml>) => Story<CleanHtml>): Promise<number> => {
      const { state } = await getWork(opened(), id);
      const { header, story } = await read(state);
      return reviseWork(opened(), id, { header, story: change(story), base: state, why: 'x', by: 'p' });
    };
    await revise((s) => orderBranches(s, 'p1', ['B', 'A']));
    expect(await findVerdict(opened(), id, 'p1', 'one')).toEqual(['A']);
    expect((await listThread(opened(), id)).items[0]?.about).toEqual({
      kind: 'branch',
      place: 'p1',
      sigla: ['A'],
    });
    await revise((s) => addBranch(s, 'p1', { label: 'Third' }));
    expect((await tally(opened(), id, 'p1')).readers).toBe(3);
    await revise((s) => removeBranch(s, 'p1', 'A'));
    expect(await findVerdict(opened(), id, 'p1', 'one')).toBeUndefined();
    expect((await listThread(opened(), id)).items[0]?.about).toEqual({ kind: 'passage', key: 'p3' });
    expect((await tally(opened(), id, 'p1')).counts).toEqual(new Map([['', 1]]));
    await restoreState(opened(), id, 1, 'p');
    expect(await findVerdict(opened(), id, 'p1', 'one')).toEqual(['B']);
    expect(await findVerdict(opened(), id, 'p1', 'two')).toEqual(['A', 'B']);
    expect((await readEdition(opened(), id)).verdicts).toHaveLength(3);
  });

  it('does not put a new reading of a page in the place of what a writer made of it', async () => {
    for (const [name, title] of [
      ['Ouzel', null],
      ['Dipper', 'Hers'],
    ] as const) {
      const page = sampleSource(`the page of ${name}`);
      const edition = sampleEdition(name, { sources: [page.record] });
      const id = await save(opened(), edition, [page.file]);
      const by = await addPerson(opened(), `${name} writes`);
      await publishWork(opened(), id, { ...rated, by });
      const { header, story } = await readWritten(opened(), id, 2);
      if (title !== null)
        await reviseWork(opened(), id, { header: { ...header, title }, story, base: 2, why: 'x', by });
      const reread = { ...edition, work: { ...edition.work, fandoms: ['Other Tales'] } };
      const outcome = await saveEdition(opened(), reread, [page.file], { why: 'reread', by: null });
      expect(outcome).toMatchObject({ kind: 'reread', state: 3 });
      const now = await getWritten(opened(), id);
      expect([now.title, now.header.fandoms[0]]).toEqual(
        title === null ? ['The Ouzel Ferry', 'Other Tales'] : ['Hers', 'Harbour Tales'],
      );
    }
  });

  it('keeps what is typed as drafts of one account, which are no states', async () => {
    const { id } = await begin(opened(), 'Redstart');
    const draft = { workId: id, accountId: 'a1', passage: 'p1', document: 'Half a sent', base: 1 };
    expect(await saveDraft(opened(), { ...draft, after: 0 })).toBe(1);
    expect(await saveDraft(opened(), { ...draft, document: 'Half a sentence', after: 1 })).toBe(2);
    const late = await saveDraft(opened(), { ...draft, after: 1 }).catch((e: unknown) => e);
    expect(late instanceof Conflict && late.current).toBe(2);
    await saveDraft(opened(), { ...draft, passage: null, document: '{}' });
    await saveDraft(opened(), { ...draft, accountId: 'a2', document: 'Hers' });
    const mine = await findDrafts(opened(), 'a1', id);
    expect(new Map(mine.map((d) => [d.passage, d.document]))).toEqual(
      new Map([
        ['p1', 'Half a sentence'],
        [null, '{}'],
      ]),
    );
    expect(await findDrafts(opened(), 'a2')).toHaveLength(1);
    expect((await getWork(opened(), id)).state).toBe(1);
    await dropDraft(opened(), { workId: id, accountId: 'a1', passage: 'p1' });
    expect((await findDrafts(opened(), 'a1', id)).map((d) => d.passage)).toEqual([null]);
    await eraseText(opened(), id, 'p1', { by: 'host', why: 'x' });
    expect(await findDrafts(opened(), 'a2')).toEqual([]);
    await dropDraft(opened(), { workId: id, accountId: 'a1' });
    expect(await findDrafts(opened(), 'a1')).toEqual([]);
    await expect(saveDraft(opened(), { ...draft, workId: 'nothing' })).rejects.toThrow(NotFound);
  });

  it('names others only once they accept', async () => {
    const { id, by } = await begin(opened(), 'Stonechat');
    const other = await addPerson(opened(), 'Fieldfare');
    await proposeCredit(opened(), id, { person: other, role: 'author', by });
    await proposeCredit(opened(), id, { person: other, role: 'author', by });
    expect((await getWork(opened(), id)).creators).toHaveLength(1);
    expect(await listAsked(opened(), [other])).toMatchObject([{ workId: id, answer: 'asked', askedBy: by }]);
    const { header, story } = await readWritten(opened(), id, 1);
    const forged = {
      ...header,
      creators: [...header.creators, { name: 'Fieldfare', role: 'beta' as const, site: null }],
    };
    const claim = reviseWork(opened(), id, { header: forged, story, base: 1, why: '', by });
    await expect(claim).rejects.toThrow(/ask her to be named/);
    expect(await answerCredit(opened(), id, { person: other, role: 'author', accept: true })).toBe(2);
    const work = await getWork(opened(), id);
    expect(work.creators.map((c) => c.id)).toEqual([by, other]);
    expect(work.header.creators.map((c) => c.name)).toEqual(['Stonechat', 'Fieldfare']);
    expect(await findHands(opened(), id)).toEqual({ creators: [by, other], betas: [] });
    // What was begun before she accepted is saved without a conflict, and she stays named.
    expect(
      await reviseWork(opened(), id, { header: { ...header, title: 'New' }, story, base: 1, why: '', by }),
    ).toBe(3);
    expect((await getWork(opened(), id)).creators).toHaveLength(2);
    await withdrawCredit(opened(), id, { person: by, role: 'author', by });
    expect((await getWork(opened(), id)).header.creators.map((c) => c.name)).toEqual(['Fieldfare']);
    await expect(withdrawCredit(opened(), id, { person: other, role: 'author', by })).rejects.toThrow(
      Conflict,
    );
  });

  it('does not ask again who declined', async () => {
    const { id, by } = await begin(opened(), 'Brambling');
    const other = await addPerson(opened(), 'Twite');
    await proposeCredit(opened(), id, { person: other, role: 'beta', by });
    await answerCredit(opened(), id, { person: other, role: 'beta', accept: false });
    await expect(proposeCredit(opened(), id, { person: other, role: 'beta', by })).rejects.toThrow(Conflict);
    expect((await listCredits(opened(), id)).map((c) => c.answer)).toEqual(['accepted', 'declined']);
    expect((await getWork(opened(), id)).state).toBe(1);
    const asked = { person: other, role: 'artist' as const, accept: true };
    await expect(answerCredit(opened(), id, asked)).rejects.toThrow(NotFound);
    await expect(proposeCredit(opened(), id, { person: 'x', role: 'beta', by })).rejects.toThrow(NotFound);
  });

  it('publishes what is due, once, and takes back what lacks an answer by then', async () => {
    const { id, by } = await begin(opened(), 'Nuthatch');
    const due = new Date(Date.now() + 3_600_000).toISOString();
    await expect(scheduleWork(opened(), id, { rating: null, warnings: [], due })).rejects.toThrow(/rating/);
    await expect(scheduleWork(opened(), id, { ...rated, due: '2001-01-01' })).rejects.toThrow(/to come/);
    await scheduleWork(opened(), id, { ...rated, due, by });
    expect((await listWritten(opened(), [by])).items[0]).toMatchObject({ stage: 'scheduled', dueAt: due });
    expect((await publishDue(opened())).published).toEqual([]);
    const later = new Date(Date.now() + 7_200_000).toISOString();
    expect((await publishDue(opened(), later)).published).toEqual([id]);
    expect((await publishDue(opened(), later)).published).toEqual([]);
    expect((await listWorks(opened(), { sort: 'newest' })).items.map((w) => w.id)).toContain(id);
    expect((await search(opened(), 'nuthatch')).items).toHaveLength(1);
    await unpublishWork(opened(), id, { by, why: 'not yet' });
    expect((await search(opened(), 'nuthatch')).items).toEqual([]);
    await scheduleWork(opened(), id, { ...rated, due, by });
    const { header, story } = await readWritten(opened(), id, 2);
    await reviseWork(opened(), id, { header: { ...header, rating: null }, story, base: 2, why: '', by });
    expect((await publishDue(opened(), later)).refused).toMatchObject([{ workId: id }]);
    expect((await getWork(opened(), id)).stage).toBe('draft');
    expect((await listActs(opened(), id)).map((a) => a.act).toSorted()).toEqual([
      'publish',
      'schedule',
      'schedule',
      'unpublish',
      'unpublish',
    ]);
    await expect(unpublishWork(opened(), id, { by, why: '' })).rejects.toThrow(Conflict);
  });

  it('keeps a published revision findable, marks it complete, and old texts to their author', async () => {
    const { id, by } = await begin(opened(), 'Treecreeper');
    await publishWork(opened(), id, rated);
    const { header } = await readWritten(opened(), id, 2);
    const story = { ...lamp, passages: [samplePassage('p1', 'A treecreeper climbed the lighthouse.', true)] };
    await reviseWork(opened(), id, { header, story, base: 2, why: 'rewritten', by });
    expect((await search(opened(), 'climbed lighthouse')).items).toEqual([]);
    await publishWork(opened(), id, { rating: null, warnings: [] });
    expect((await search(opened(), 'climbed lighthouse')).items).toHaveLength(1);
    expect(await markComplete(opened(), id, true, by)).toBe(4);
    expect(await getWork(opened(), id)).toMatchObject({ oldTexts: 'nobody', header: { complete: true } });
    await arrangeWork(opened(), id, { oldTexts: 'everyone', thread: 'approval', audience: 'members' });
    expect(await getWork(opened(), id)).toMatchObject({
      oldTexts: 'everyone',
      thread: 'approval',
      audience: 'members',
    });
    expect((await search(opened(), 'climbed lighthouse')).items).toEqual([]);
    await expect(arrangeWork(opened(), 'nothing', {})).rejects.toThrow(NotFound);
    await proposeCredit(opened(), id, { person: await addPerson(opened(), 'Firecrest'), role: 'beta', by });
    await saveDraft(opened(), { workId: id, accountId: 'a9', passage: 'p1', document: 'x', base: 4 });
    await removeWork(opened(), id, { by: 'host', why: 'x' });
    expect(await listCredits(opened(), id)).toEqual([]);
    expect(await findDrafts(opened(), 'a9')).toEqual([]);
  });

  it('keeps every earlier text through any edits, forks and restores', async () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: anyAct },
      { weight: 1, arbitrary: fc.record({ restore: fc.nat(20) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
        const by = await addPerson(opened(), newId());
        const id = await createWork(opened(), { title: 'Any', creators: [by], story: lamp, by });
        const kept: Story<CleanHtml>[] = [lamp];
        for (const next of steps) {
          const base = kept.length;
          const { header, story } = await readWritten(opened(), id, base);
          const number =
            'restore' in next
              ? await restoreState(opened(), id, 1 + (next.restore % base), by)
              : await reviseWork(opened(), id, { header, story: carryOut(story, next), base, why: '', by });
          if (number > base) kept.push((await readWritten(opened(), id, number)).story);
        }
        for (const [i, story] of kept.entries()) {
          checkStory(story, '');
          expect((await readWritten(opened(), id, i + 1)).story).toEqual(story);
        }
        expect((await listStates(opened(), id)).map((s) => s.number)).toEqual(kept.map((_, i) => i + 1));
      }),
      { numRuns: 12 },
    );
  }, 60_000);
}
