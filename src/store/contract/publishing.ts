import { expect, it } from 'vitest';
import { Conflict, Invalid } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import { htmlOfText } from '../../html.ts';
import { addEnding, addPassage, writePassage } from '../../model/edit.ts';
import type { Story } from '../../model/state.ts';
import { readEdition } from '../editions.ts';
import type { Store } from '../index.ts';
import { search } from '../search.ts';
import { castVerdict, tally } from '../talk/verdicts.ts';
import { getWork, hideWork, listStates, publishPassages, publishWork } from '../works.ts';
import {
  answerCredit,
  getWritten,
  markComplete,
  proposeCredit,
  readWritten,
  restoreState,
  reviseWork,
  unpublishWork,
  withdrawCredit,
} from '../writing.ts';
import { rated } from './steps.ts';
import { addPerson, begin } from './writing.ts';

/** What readers see and what is written: two states of one work, on any engine. */
export function readersSeeWhatIsPublished(opened: () => Store): void {
  const words = (text: string) => ({ html: htmlOfText(text), words: text.split(' ').length });

  /** A published work with a version readers do not see: `p1` rewritten, and a new last passage. */
  async function goneOn(name: string) {
    const { id, by } = await begin(opened(), name);
    await publishWork(opened(), id, { ...rated, by });
    const shown = await readWritten(opened(), id, 2);
    const rewritten = writePassage(shown.story, 'p1', words(`The ${name} lamp burnt ${name}ly again.`));
    const story = addPassage(rewritten, 'p2', { title: 'Morning', ...words('Then it was day.') });
    const header = { ...shown.header, title: `${name} again` };
    await reviseWork(opened(), id, { header, story, base: 2, why: 'went on', by });
    return { id, by, shown, story, added: story.passages.at(-1)?.key ?? '' };
  }

  const textOf = (story: Story<CleanHtml>): string => story.passages.map((p) => p.html).join(' ');

  it('keeps what is written of a published work from its readers until she publishes it', async () => {
    const { id, by, shown } = await goneOn('Garganey');
    expect(await getWork(opened(), id)).toMatchObject({ state: 2, newest: 3, title: shown.header.title });
    expect(await getWritten(opened(), id)).toMatchObject({ state: 3, passages: 3, title: 'Garganey again' });
    expect((await search(opened(), 'garganeyly')).items).toEqual([]);
    expect((await readEdition(opened(), id, { allStates: true })).passages).toHaveLength(2);
    expect((await readEdition(opened(), id, { public: false })).passages).toHaveLength(3);

    await publishWork(opened(), id, { rating: null, warnings: [], by });
    expect(await getWork(opened(), id)).toMatchObject({ state: 3, newest: 3, passages: 3 });
    expect((await search(opened(), 'garganeyly')).items).toHaveLength(1);
    const states = await listStates(opened(), id);
    expect(states.map((s) => s.shownAt !== null)).toEqual([false, true, true]);
  });

  it('publishes chosen passages, while the rest waits and nothing of it is lost', async () => {
    const { id, by, shown, story, added } = await goneOn('Shoveler');
    const part = { keys: [added], base: 3, by };
    await expect(publishPassages(opened(), id, { ...part, base: 2 })).rejects.toThrow(Conflict);
    await expect(publishPassages(opened(), id, { ...part, keys: [] })).rejects.toThrow(Invalid);
    expect(await publishPassages(opened(), id, part)).toBe(5);
    const now = await getWork(opened(), id);
    expect(now).toMatchObject({ state: 4, newest: 5, title: shown.header.title });
    const read = await readWritten(opened(), id, 4);
    expect(read.story.passages.map((p) => p.key)).toEqual(['p1', 'p2', added]);
    expect(textOf(read.story)).toBe(
      textOf({ ...story, passages: [...shown.story.passages, ...story.passages.slice(2)] }),
    );
    expect((await readWritten(opened(), id, 5)).story).toEqual(story);
    expect((await readWritten(opened(), id, 3)).story).toEqual(story);
    expect((await search(opened(), 'shovelerly')).items).toEqual([]);
  });

  it('names who accepted, and no longer names who left, for readers at once, and keeps what is written', async () => {
    const { id, by, story } = await goneOn('Pochard');
    const beta = await addPerson(opened(), 'Gadwall');
    const artist = { person: beta, role: 'artist' as const };
    await proposeCredit(opened(), id, { ...artist, by });
    await answerCredit(opened(), id, { ...artist, accept: true });
    const names = async (): Promise<string[][]> =>
      [await getWork(opened(), id), await getWritten(opened(), id)].map((w) =>
        w.header.creators.map((c) => c.name),
      );
    expect(await names()).toEqual([
      ['Pochard', 'Gadwall'],
      ['Pochard', 'Gadwall'],
    ]);
    await markComplete(opened(), id, true, by);
    expect((await getWork(opened(), id)).header.complete).toBe(true);
    await withdrawCredit(opened(), id, { ...artist, by });
    expect(await names()).toEqual([['Pochard'], ['Pochard']]);
    const { newest, state } = await getWork(opened(), id);
    expect(newest).toBeGreaterThan(state);
    expect((await readWritten(opened(), id, newest)).story).toEqual(story);
    expect((await getWork(opened(), id)).passages).toBe(2);
  });

  it('shows a work that was hidden as its readers last saw it, and a draft in its newest version', async () => {
    const { id, by, shown, story } = await goneOn('Goldeneye');
    await hideWork(opened(), id, 'host', 'a report');
    await publishWork(opened(), id, { rating: 'Mature', warnings: [], by: 'host' });
    const back = await getWork(opened(), id);
    expect(back).toMatchObject({ stage: 'published', title: shown.header.title, passages: 2 });
    expect(back.header.rating).toBe('Mature');
    expect((await getWritten(opened(), id)).header).toMatchObject({
      rating: 'Mature',
      title: 'Goldeneye again',
    });
    expect((await readWritten(opened(), id, back.newest)).story).toEqual(story);
    await unpublishWork(opened(), id, { by, why: 'not yet' });
    const draft = await getWork(opened(), id);
    expect(draft.state).toBe(draft.newest);
    expect(draft.title).toBe('Goldeneye again');
  });

  it('restores for writers first, and lets verdicts follow when readers see it', async () => {
    const { id, by } = await begin(opened(), 'Smew');
    const { header, story } = await readWritten(opened(), id, 1);
    const one = addEnding(story, 'p2', { label: 'One', text: words('One end.') });
    await reviseWork(opened(), id, { header, story: one, base: 1, why: 'ends', by });
    await publishWork(opened(), id, { ...rated, by });
    const { variantSets } = await getWork(opened(), id);
    const place = variantSets[0]?.place ?? '';
    await castVerdict(opened(), { workId: id, place, reader: 'r', address: '', sigla: ['B'] });
    await restoreState(opened(), id, 1, by);
    expect((await getWork(opened(), id)).variantSets).toEqual(variantSets);
    expect((await tally(opened(), id, place)).readers).toBe(1);
    await restoreState(opened(), id, 3, by);
    await publishWork(opened(), id, { rating: null, warnings: [], by });
    expect((await tally(opened(), id, place)).counts.get('B')).toBe(1);
  });
}
