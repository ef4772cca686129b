import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Conflict, Invalid, NotFound } from '../../errors.ts';
import { type CleanHtml, htmlOfText } from '../../html.ts';
import { writePassage } from '../../model/edit.ts';
import { newId } from '../../model/id.ts';
import type { Story } from '../../model/state.ts';
import { anchorAt } from '../../model/text/anchor.ts';
import { checkStory } from '../../model/validate.ts';
import { anyAct, anyTurn, carryOut, turnWords } from '../../testing/edits.ts';
import { changesBetween } from '../../writing/changes.ts';
import { wordsOf } from '../../writing/cut.ts';
import { takeIn } from '../../writing/take-in.ts';
import { addPseud } from '../accounts.ts';
import type { Store } from '../index.ts';
import { addPerson as addMember } from '../sample-people.testing.ts';
import { eraseText, getWork, listStates, removeWork } from '../works.ts';
import {
  acceptSuggestions,
  answerCredit,
  answerSuggestions,
  countOpenSuggestions,
  endReading,
  findCreditLink,
  findDraft,
  findDrafts,
  findHands,
  getSuggestion,
  listCreditLinks,
  listCredits,
  listParts,
  listSuggestions,
  makeCreditLink,
  mostAnswered,
  proposeCredit,
  readWritten,
  replyTo,
  restoreState,
  reviseWork,
  saveDraft,
  suggest,
  takeCreditLink,
  takeNameOff,
  withdrawCredit,
  withdrawCreditLink,
} from '../writing.ts';
import { addPerson, begin } from './writing.ts';

/** Betas: how they come to a draft, what they suggest, and how it is taken in, on any engine. */
export function betasSuggest(opened: () => Store): void {
  const newest = async (id: string) => {
    const { state } = await getWork(opened(), id);
    return { state, ...(await readWritten(opened(), id, state)) };
  };

  /** A work with a beta who accepted. */
  async function withBeta(author: string, name: string, naming: 'may' | 'never' = 'may') {
    const { id, by } = await begin(opened(), author);
    const beta = await addPerson(opened(), name);
    await proposeCredit(opened(), id, { person: beta, role: 'beta', by });
    await answerCredit(opened(), id, { person: beta, role: 'beta', accept: true, naming });
    return { id, by, beta };
  }

  /** Suggests that words of a passage be others. */
  async function propose(id: string, beta: string, passage: string, change: (html: string) => string) {
    const { state, story } = await newest(id);
    const html = story.passages.find((p) => p.key === passage)?.html ?? htmlOfText('');
    const suggestions = changesBetween(html, change(html) as CleanHtml).map(({ anchor, ...replacement }) => ({
      anchor,
      change: replacement,
      note: '',
    }));
    return suggest(opened(), { workId: id, passage, by: beta, state, suggestions });
  }

  async function accept(id: string, by: string, ids?: readonly string[]) {
    const { state, header, story } = await newest(id);
    const open = await listSuggestions(opened(), id, { status: 'open' });
    const result = takeIn(
      story,
      open.filter((s) => ids?.includes(s.id) ?? true),
    );
    const made = { header, story: result.story, base: state, why: 'accepted', by };
    const taken = result.taken.map((s) => s.id);
    return { ...result, number: await acceptSuggestions(opened(), id, { ...made, ids: taken }) };
  }

  it('lets a beta read once she accepts, and names her once a suggestion of hers is in the text', async () => {
    const { id, by, beta } = await withBeta('Avocet', 'Ruff');
    expect(await findHands(opened(), id)).toEqual({ creators: [by], betas: [beta] });
    expect((await getWork(opened(), id)).creators.map((c) => c.name)).toEqual(['Avocet']);
    const ids = await propose(id, beta, 'p1', (html) => html.replace('had gone', 'was'));
    expect(ids).toHaveLength(1);
    expect(await countOpenSuggestions(opened(), [id])).toEqual(new Map([[id, 1]]));
    const { number } = await accept(id, by);
    expect((await readWritten(opened(), id, number)).story.passages[0]?.html).toBe(
      '<p>The lamp at the harbour was out.</p>',
    );
    const work = await getWork(opened(), id);
    expect(work.creators).toContainEqual({ id: beta, name: 'Ruff', role: 'beta', site: null });
    expect((await listStates(opened(), id)).at(-1)).toMatchObject({ number, madeBy: by, why: 'accepted' });
    expect(await getSuggestion(opened(), id, ids[0] ?? '')).toMatchObject({
      status: 'accepted',
      acceptedIn: number,
      by: { id: beta, name: 'Ruff' },
      state: 1,
    });
    expect(await countOpenSuggestions(opened(), [id])).toEqual(new Map());
    const undo = answerSuggestions(opened(), id, ids, { status: 'declined', by });
    await expect(undo).rejects.toThrow(Conflict);
  });

  it('never names a beta who does not want to be, and lets one take her name off', async () => {
    const { id, by, beta } = await withBeta('Curlew', 'Knot', 'never');
    await propose(id, beta, 'p1', (html) => html.replace('lamp', 'light'));
    await accept(id, by);
    expect((await getWork(opened(), id)).header.creators.map((c) => c.name)).toEqual(['Curlew']);
    const other = await withBeta('Whimbrel', 'Sanderling');
    await propose(other.id, other.beta, 'p1', (html) => html.replace('lamp', 'light'));
    await accept(other.id, other.by);
    await takeNameOff(opened(), other.id, { person: other.beta, role: 'beta' });
    expect((await getWork(opened(), other.id)).creators).toHaveLength(1);
    expect((await findHands(opened(), other.id)).betas).toEqual([other.beta]);
    await propose(other.id, other.beta, 'p2', (html) => html.replace('care', 'great care'));
    await accept(other.id, other.by);
    expect((await getWork(opened(), other.id)).creators).toHaveLength(1);
    const author = takeNameOff(opened(), other.id, { person: other.by, role: 'author' });
    await expect(author).rejects.toThrow(Conflict);
  });

  it('ends a beta’s reading at once, keeps what she suggested and her name, and asks before she reads again', async () => {
    const { id, by, beta } = await withBeta('Dotterel', 'Stint');
    await propose(id, beta, 'p1', (html) => html.replace('lamp', 'light'));
    await accept(id, by);
    await propose(id, beta, 'p2', (html) => html.replace('lit', 'kindled'));
    await endReading(opened(), id, beta);
    expect((await findHands(opened(), id)).betas).toEqual([]);
    expect(await listSuggestions(opened(), id, { status: 'open' })).toHaveLength(1);
    expect((await getWork(opened(), id)).creators.map((c) => c.name)).toEqual(['Dotterel', 'Stint']);
    expect(await listParts(opened(), [beta])).toMatchObject([{ workId: id, naming: 'named' }]);
    await proposeCredit(opened(), id, { person: beta, role: 'beta', by });
    expect((await findHands(opened(), id)).betas).toEqual([]);
    expect((await getWork(opened(), id)).creators).toHaveLength(2);
    await answerCredit(opened(), id, { person: beta, role: 'beta', accept: true });
    expect((await findHands(opened(), id)).betas).toEqual([beta]);
    await withdrawCredit(opened(), id, { person: beta, role: 'beta', by });
    expect((await getWork(opened(), id)).creators).toHaveLength(1);
    await expect(endReading(opened(), id, beta)).rejects.toThrow(NotFound);
  });

  it('keeps what a beta has not sent apart from an author’s draft, until her reading ends under all her names', async () => {
    const { id, by } = await begin(opened(), 'Ruddy Knot');
    const account = await addMember(opened(), { pseud: 'Pale Dunlin' });
    const [beta, second] = [account.pseud.id, (await addPseud(opened(), account.id, 'Pale Dunlin Again')).id];
    for (const person of [beta, second]) {
      await proposeCredit(opened(), id, { person, role: 'beta', by });
      await answerCredit(opened(), id, { person, role: 'beta', accept: true });
    }
    const draft = { workId: id, accountId: account.id, passage: 'p1', base: 1 };
    const suggested = { ...draft, suggested: true } as const;
    await saveDraft(opened(), { ...draft, document: 'As an author' });
    await saveDraft(opened(), { ...suggested, document: 'As a beta', after: 0 });
    expect((await findDraft(opened(), draft))?.document).toBe('As an author');
    expect(await findDraft(opened(), suggested)).toMatchObject({
      document: 'As a beta',
      number: 1,
      passage: 'p1',
    });
    await endReading(opened(), id, beta);
    expect(await findDraft(opened(), suggested)).toBeDefined();
    await withdrawCredit(opened(), id, { person: second, role: 'beta', by });
    expect((await findDrafts(opened(), account.id)).map((d) => d.document)).toEqual(['As an author']);
    await saveDraft(opened(), { ...suggested, document: 'Once more' });
    await eraseText(opened(), id, 'p1', { by: 'host', why: 'x' });
    expect(await findDrafts(opened(), account.id)).toEqual([]);
  });

  it('lets one person follow a link, once, while it holds', async () => {
    const { id, by } = await begin(opened(), 'Phalarope');
    const [first, second] = [await addPerson(opened(), 'Turnstone'), await addPerson(opened(), 'Godwit')];
    const link = await makeCreditLink(opened(), id, { role: 'beta', by, note: ' For T. ' });
    expect(await findCreditLink(opened(), link.code)).toMatchObject({ workId: id, role: 'beta', by });
    expect(await listCreditLinks(opened(), id)).toMatchObject([{ id: link.id, note: 'For T.' }]);
    const dump = await opened().read.selectFrom('credit_links').selectAll().execute();
    expect(JSON.stringify(dump)).not.toContain(link.code);
    await expect(takeCreditLink(opened(), link.code, { person: by })).rejects.toThrow(Conflict);
    const race = await Promise.allSettled(
      [first, second].map((person) => takeCreditLink(opened(), link.code, { person })),
    );
    expect(race.map((r) => r.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await findHands(opened(), id)).betas).toHaveLength(1);
    expect(await findCreditLink(opened(), link.code)).toBeUndefined();
    const open = await makeCreditLink(opened(), id, { role: 'artist', by });
    await withdrawCreditLink(opened(), id, open.id);
    await expect(takeCreditLink(opened(), open.code, { person: second })).rejects.toThrow(NotFound);
    const declined = await makeCreditLink(opened(), id, { role: 'author', by });
    await takeCreditLink(opened(), declined.code, null);
    expect(await listCreditLinks(opened(), id)).toEqual([]);
    const author = await makeCreditLink(opened(), id, { role: 'author', by });
    await takeCreditLink(opened(), author.code, { person: second });
    expect((await findHands(opened(), id)).creators).toEqual([by, second]);
    expect((await listCredits(opened(), id)).map((c) => c.role)).toEqual(['author', 'beta', 'author']);
    const old = await makeCreditLink(opened(), id, { role: 'beta', by });
    await opened()
      .write.updateTable('credit_links')
      .set({ until: '2001-01-01T00:00:00.000Z' })
      .where('id', '=', old.id)
      .execute();
    await expect(takeCreditLink(opened(), old.code, { person: second })).rejects.toThrow(NotFound);
    await expect(makeCreditLink(opened(), id, { role: 'beta', by, days: 0 })).rejects.toThrow(Invalid);
    await expect(makeCreditLink(opened(), 'nothing', { role: 'beta', by })).rejects.toThrow(NotFound);
  });

  it('keeps remarks and answers, and what became of each', async () => {
    const { id, by, beta } = await withBeta('Plover', 'Dunlin');
    const words = 'The lamp at the harbour had gone out.';
    const remark = (note: string, anchor = anchorAt(words, 4, 8)) => ({ anchor, change: null, note });
    const made = { workId: id, passage: 'p1', by: beta, state: 1 };
    const suggestions = [
      remark('Which lamp?\r\nThe old one?'),
      { anchor: null, change: null, note: 'Lovely.' },
    ];
    const [first = '', second = ''] = await suggest(opened(), { ...made, suggestions });
    expect(await suggest(opened(), { ...made, suggestions })).toEqual([]);
    await replyTo(opened(), id, first, { by, words: 'The old one.' });
    await replyTo(opened(), id, first, { by: beta, words: 'Say so!' });
    expect(await answerSuggestions(opened(), id, [second], { status: 'resolved', by })).toBe(1);
    expect(await answerSuggestions(opened(), id, [second], { status: 'resolved', by })).toBe(0);
    const all = await listSuggestions(opened(), id);
    expect(all.map((s) => [s.note, s.status])).toEqual([
      ['Which lamp?\nThe old one?', 'open'],
      ['Lovely.', 'resolved'],
    ]);
    expect(all[0]?.anchor).toEqual(anchorAt(words, 4, 8));
    expect(all[0]?.replies.map((r) => [r.by.name, r.words])).toEqual([
      ['Plover', 'The old one.'],
      ['Dunlin', 'Say so!'],
    ]);
    await answerSuggestions(opened(), id, [second], { status: 'open', by });
    expect(await getSuggestion(opened(), id, second)).toMatchObject({ status: 'open', answeredAt: null });
    expect(await listSuggestions(opened(), id, { by: [by] })).toEqual([]);
    expect(await listSuggestions(opened(), id, { passage: 'p2' })).toEqual([]);
    await expect(suggest(opened(), { ...made, suggestions: [remark(' ')] })).rejects.toThrow(Invalid);
    await expect(suggest(opened(), { ...made, workId: 'nothing', suggestions })).rejects.toThrow(NotFound);
    await expect(replyTo(opened(), id, first, { by, words: ' ' })).rejects.toThrow(Invalid);
    await expect(getSuggestion(opened(), 'nothing', first)).rejects.toThrow(NotFound);
    const elsewhere = await begin(opened(), 'Lapwing');
    const other = { status: 'declined' as const, by: elsewhere.by };
    await expect(answerSuggestions(opened(), elsewhere.id, [first], other)).rejects.toThrow(NotFound);
  });

  it('lists all that wait for an answer and the last that were answered, however many were', async () => {
    const { id, beta } = await withBeta('Bittern', 'Heron');
    const made = { workId: id, passage: 'p1', by: beta, state: 1 };
    const remarks = (n: number) =>
      Array.from({ length: n }, (_, i) => ({ anchor: null, change: null, note: `Remark ${i} of ${n}.` }));
    const ids = await suggest(opened(), { ...made, suggestions: remarks(mostAnswered + 20) });
    await answerSuggestions(opened(), id, ids.slice(0, -1), { status: 'withdrawn', by: beta });
    await suggest(opened(), { ...made, suggestions: remarks(2) });
    const all = await listSuggestions(opened(), id);
    expect(all.filter((s) => s.status === 'open').map((s) => s.note)).toEqual([
      `Remark ${mostAnswered + 19} of ${mostAnswered + 20}.`,
      'Remark 0 of 2.',
      'Remark 1 of 2.',
    ]);
    expect(all.map((s) => s.id).slice(0, mostAnswered)).toEqual(ids.slice(19, -1));
    expect(await listSuggestions(opened(), id, { status: 'withdrawn' })).toHaveLength(mostAnswered);
  });

  it('keeps no more of one beta than twenty books hold, were it all withdrawn again', async () => {
    const { id, beta } = await withBeta('Crake', 'Rail');
    const words = 'x'.repeat(990_000);
    const send = async (i: number): Promise<number> => {
      const change = { old: 'lamp', new: `${i}${words}`, reading: 'x' };
      const suggestions = [{ anchor: anchorAt('The lamp', 4, 8), change, note: '' }];
      const made = await suggest(opened(), { workId: id, passage: 'p1', by: beta, state: 1, suggestions });
      return answerSuggestions(opened(), id, made, { status: 'withdrawn', by: beta });
    };
    for (let i = 0; i < 20; i++) await send(i);
    await expect(send(20)).rejects.toThrow(Conflict);
  });

  it('takes in nothing twice, and nothing over what was saved meanwhile', async () => {
    const { id, by, beta } = await withBeta('Redshank', 'Greenshank');
    const ids = await propose(id, beta, 'p1', (html) => html.replace('gone', 'blown'));
    const { header, story } = await newest(id);
    const taken = takeIn(story, await listSuggestions(opened(), id));
    const edited = writePassage(story, 'p2', wordsOf(htmlOfText('She lit it in haste.')));
    await reviseWork(opened(), id, { header, story: edited, base: 1, why: '', by });
    const late = { header, story: taken.story, base: 1, why: '', by, ids };
    await expect(acceptSuggestions(opened(), id, late)).rejects.toThrow(Conflict);
    expect((await getSuggestion(opened(), id, ids[0] ?? '')).status).toBe('open');
    expect((await getWork(opened(), id)).creators).toHaveLength(1);
    const again = await accept(id, by);
    expect(again.story.passages.map((p) => p.html)).toEqual([
      '<p>The lamp at the harbour had blown out.</p>',
      '<p>She lit it in haste.</p>',
    ]);
    const twice = { ...late, story: again.story, base: again.number };
    await expect(acceptSuggestions(opened(), id, twice)).rejects.toThrow(Conflict);
  });

  it('goes with the words it quotes', async () => {
    const { id, by, beta } = await withBeta('Snipe', 'Woodcock');
    await propose(id, beta, 'p1', (html) => html.replace('gone', 'blown'));
    const [kept = ''] = await propose(id, beta, 'p2', (html) => html.replace('care', 'haste'));
    await replyTo(opened(), id, kept, { by, words: 'Hm.' });
    await eraseText(opened(), id, 'p1', { by: 'host', why: 'asked' });
    expect((await listSuggestions(opened(), id)).map((s) => s.id)).toEqual([kept]);
    await removeWork(opened(), id, { by: 'host', why: 'asked' });
    expect(await listSuggestions(opened(), id)).toEqual([]);
  });

  it('keeps every earlier text and a sound story through any edits, forks, restores and suggestions', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: anyAct },
      { weight: 1, arbitrary: fc.record({ restore: fc.nat(20) }) },
      { weight: 3, arbitrary: fc.record({ turn: anyTurn }) },
      { weight: 2, arbitrary: fc.record({ accept: fc.nat(3) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const { id, by, beta } = await withBeta(newId(), newId());
        const kept: Story<CleanHtml>[] = [(await newest(id)).story];
        let suggested = 0;
        for (const next of steps) {
          const { state: base, header, story } = await newest(id);
          if ('turn' in next) {
            const key = story.passages[next.turn.passage % story.passages.length]?.key ?? '';
            suggested += (await propose(id, beta, key, (html) => turnWords(html, next.turn))).length;
          } else if ('accept' in next) {
            const open = await listSuggestions(opened(), id, { status: 'open' });
            const chosen = open.filter((_, i) => (i + next.accept) % 3 > 0).map((s) => s.id);
            const { taken, left } = await accept(id, by, chosen);
            expect(taken.length + left.length).toBe(chosen.length);
          } else if ('restore' in next) await restoreState(opened(), id, 1 + (next.restore % base), by);
          else await reviseWork(opened(), id, { header, story: carryOut(story, next), base, why: '', by });
          const now = await newest(id);
          if (now.state > base) kept.push(now.story);
        }
        for (const [i, story] of kept.entries()) {
          checkStory(story, '');
          expect((await readWritten(opened(), id, i + 1)).story).toEqual(story);
        }
        expect((await listStates(opened(), id)).map((s) => s.number)).toEqual(kept.map((_, i) => i + 1));
        expect(await listSuggestions(opened(), id)).toHaveLength(suggested);
      }),
      { numRuns: 10 },
    );
  }, 120_000);
}
