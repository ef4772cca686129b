import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWork, findPlaces } from '../../../store/writing.ts';
import { dividesAfter, passage, story } from '../../../testing/stories.ts';
import { openSite, type TestSite } from '../../site.testing.ts';
import { draftOf, newest, type Writer, writerOn } from '../writer.testing.ts';

let site: TestSite;
let writer: Writer;
beforeAll(async () => {
  site = await openSite();
  writer = await writerOn(site, 'goneril');
});
afterAll(() => site.close());

const forked = story(
  [
    passage('p1', 'The tide was out.', { title: 'Low water' }),
    passage('p2', 'She crossed.', { title: 'Across', ending: true }),
    passage('p3', 'She waited.', { title: 'Waiting', ending: true }),
  ],
  { variantSets: [dividesAfter('p1', 'p2', 'p3')] },
);

const placesOn = (html: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...html.matchAll(/data-key="([^"]*)" data-at="([^"]*)"/g)].map((m) => [m[1], m[2]]));

describe('the map in the studio', () => {
  it('puts passages where they were dragged, and new ones below what leads to them', async () => {
    const work = await draftOf(site, writer, 'Sand', forked);
    const laid = placesOn((await writer.open(`/studio/${work}/map`)).html);
    expect(Object.keys(laid)).toEqual(['p1', 'p2', 'p3']);
    const kept = await writer.send(`/studio/${work}/places`, {
      quiet: 'yes',
      place: ['p1 400 80', 'p2 400 300', 'p3 600 300'],
    });
    expect(kept.status).toBe(204);
    expect(placesOn((await writer.open(`/studio/${work}/map`)).html)).toEqual({
      p1: '400 80',
      p2: '400 300',
      p3: '600 300',
    });
    await writer.change(work, 'choices', { passage: 'p2', label: 'Go on', to: '', title: 'The far side' });
    const { state, story: now } = await newest(site, work);
    const added = now.passages.find((p) => p.title === 'The far side')?.key ?? '';
    const grown = placesOn((await writer.open(`/studio/${work}/map`)).html);
    expect(grown[added]).toBe('400 386');
    expect(grown.p3).toBe('600 300');

    const anew = await writer.send(`/studio/${work}/places`, { do: 'anew' });
    expect(anew.to).toBe(`/studio/${work}/map?did=placed`);
    expect(await findPlaces(site.archive.store, work)).toEqual([]);
    expect((await newest(site, work)).state).toBe(state);
  });

  it('shortens a title that is long, after a word where it can, and says the whole of it', async () => {
    const title = 'In Which the Harbour Master Reads the Wrong Letter';
    const word = 'Donaudampfschifffahrtsgesellschaft';
    const long = [
      passage('p1', 'He read.', { title }),
      passage('p2', 'It sailed.', { title: word, ending: true }),
    ];
    const { html } = await writer.open(`/studio/${await draftOf(site, writer, 'Mole', story(long))}/map`);
    const boxes = [...html.matchAll(/aria-label="([^"]*)" data-key.*?<text[^>]*>(.*?)<\/text>/gs)].map(
      ([, label, text = '']) => [label, text.replace(/<[^>]*>/g, '')],
    );
    expect(boxes[0]).toEqual([title, 'In Which the Harbour Master…']);
    expect(boxes[1]).toEqual([`Donaudampfschifffa… ${word}, an ending`, 'Donaudampfschifffa…']);
  });

  it('refuses what is no place, and keeps nothing of it', async () => {
    const work = await draftOf(site, writer, 'Rock', forked);
    for (const place of ['p1 1', 'p1 x 2', 'p1 1 2 3', '../p1 1 2', 'p1 999999 1']) {
      const sent = await writer.send(`/studio/${work}/places`, { quiet: 'yes', place: ['p2 10 10', place] });
      expect(sent.status, place).toBe(422);
    }
    expect(await findPlaces(site.archive.store, work)).toEqual([]);
  });

  it('is for nobody who may not read the draft', async () => {
    const stranger = await writerOn(site, 'edgar');
    const work = await draftOf(site, writer, 'Shoal', forked);
    expect((await stranger.open(`/studio/${work}/map`)).status).toBe(404);
    const { html } = await writer.open(`/studio/${work}/map`);
    expect(html).toContain(`data-places="/studio/${work}/places"`);
    expect(html).toContain('Lay out anew');
  });

  it('leads from its menu to playing and to a new choice', async () => {
    const work = await draftOf(site, writer, 'Spit', forked);
    expect(await writer.lead(`/studio/${work}/go?passage=p2&to=play`)).toBe(`/studio/${work}/play/p2`);
    expect(await writer.lead(`/studio/${work}/go?passage=p2&to=choice`)).toBe(
      `/studio/${work}/passages/p2?form=add-choice#add-choice`,
    );
    expect((await writer.open(`/studio/${work}/go?passage=//evil&to=play`)).status).toBe(422);
  });

  it('marks passages with what is wrong with them', async () => {
    const holes = story([...forked.passages, passage('p4', '', { title: 'Nowhere' })], {
      variantSets: forked.variantSets,
    });
    const work = await draftOf(site, writer, 'Holes', holes);
    const { html } = await writer.open(`/studio/${work}/map`);
    expect(html.match(/class="map-node[^"]*map-trouble/g)).toHaveLength(1);
    expect(html).toMatch(/aria-label="Nowhere: cannot be reached: no way leads there\./);
    expect(html).toContain('Nothing follows yet.');
    expect(html).not.toContain('The end.');
  });
});

describe('what the story lacks', () => {
  const ask = async (work: string, fields: Record<string, string>) =>
    writer.send(`/studio/${work}/findings`, { passage: 'p2', title: 'Across', ending: 'yes', ...fields });

  it('is said of a text as it is typed, and nothing of it is kept', async () => {
    const work = await draftOf(site, writer, 'Typed', forked);
    const sound = await ask(work, { text: 'She crossed over.' });
    expect(sound.html).toContain('Every passage reached, 2 endings.');
    expect(sound.html).not.toContain('<li');
    expect((await ask(work, { text: ' ' })).html).toContain('This passage is an ending without words.');
    expect((await ask(work, { text: 'She crossed.', ending: '' })).html).toContain(
      'This passage leads nowhere and is no ending.',
    );
    const own = `${site.archive.url}/works/${work}/read`;
    const linked = await ask(work, { text: `[over](${own}/p9), [back](${own}/p1), [up](#p3)` });
    expect(linked.html).toContain(
      'This passage has a link, “over”, that leads to a passage this story does not have.',
    );
    expect(linked.html).toContain(
      'has a link, “up”, that is no whole address; to lead to a passage, add a choice.',
    );
    expect(linked.html).not.toContain('“back”');
    expect(linked.html).toMatch(/<li data-key="p2">has a link/);
    expect((await newest(site, work)).state).toBe(1);
  });

  it('names what lies elsewhere apart, and refuses what it does not know', async () => {
    const holes = story([...forked.passages, passage('p4', 'Words.', { title: 'Nowhere' })], {
      variantSets: forked.variantSets,
    });
    const work = await draftOf(site, writer, 'Elsewhere', holes);
    const { html } = await ask(work, { text: 'She crossed.' });
    expect(html).toContain('2 things to mend elsewhere');
    expect(html).not.toContain('This passage');
    expect((await writer.send(`/studio/${work}/findings`, { passage: 'p9', text: '' })).status).toBe(422);
  });

  it('is found in kept texts too', async () => {
    const { store } = site.archive;
    const by = writer.pseud;
    const id = await createWork(store, { title: 'Kept', creators: [by], by, story: forked });
    await writer.send(`/studio/${id}/passages/p3/states`, {
      base: '1',
      draft: '0',
      title: 'Waiting',
      text: `She [left](${site.archive.url}/works/${id}/read/p7).`,
      ending: 'yes',
      why: '',
    });
    const { html } = await writer.open(`/studio/${id}`);
    expect(html).toContain('has a link, “left”, that leads to a passage this story does not have.');
  });
});
