import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSite, type TestSite } from '../../site.testing.ts';
import { newest, type Writer, writerOn } from '../writer.testing.ts';

let site: TestSite;
let writer: Writer;

beforeAll(async () => {
  site = await openSite();
  writer = await writerOn(site, 'rosamund');
});
afterAll(() => site.close());

async function beginStory(text: string, title = 'The Quay'): Promise<string> {
  const sent = await writer.send('/studio', { title, text, start: 'text' });
  return /studio\/(\w+)/.exec(sent.to)?.[1] ?? '';
}

async function storyOf(work: string) {
  return (await newest(site, work)).story;
}

async function keysOf(work: string): Promise<string[]> {
  return (await storyOf(work)).passages.map((p) => p.key);
}

function keyIn(address: string): string {
  return /passages\/([^?]+)/.exec(address)?.[1] ?? '';
}

describe('a whole story', () => {
  it('is written, divided, published, read, revised, compared and restored with scripts off', async () => {
    const work = await beginStory('The lamp stood on the sill.\n\nShe lit it.\n\nThe boat came home.');
    const [first = ''] = await keysOf(work);

    const page = await writer.open(`/studio/${work}/passages/${first}`);
    expect(page.html).toContain('Divide the story here');
    expect(page.html).toMatch(/name="after" value="0"[^>]*>\s*<span>The lamp stood on the sill\.<\/span>/);
    const divided = await writer.change(work, 'divisions', {
      passage: first,
      after: '0',
      first: 'She lights it',
      other: 'She does not',
    });
    expect(divided.to).toContain('did=divided');
    const dark = keyIn(divided.to);
    await writer.send(`/studio/${work}/passages/${dark}/states`, {
      base: '2',
      text: 'She left it dark.',
      title: 'Dark',
      ending: 'yes',
    });
    const lit = (await storyOf(work)).variantSets[0]?.branches[0]?.head ?? '';
    const third = await writer.change(work, 'branches', {
      kind: 'ending',
      passage: lit,
      label: 'She moves away',
    });
    await writer.send(`/studio/${work}/passages/${keyIn(third.to)}/states`, {
      base: '4',
      text: 'She sold the house.',
      title: 'Sold',
      ending: 'yes',
    });
    expect((await storyOf(work)).variantSets[0]?.branches.map((b) => [b.siglum, b.label])).toEqual([
      ['A', 'She lights it'],
      ['B', 'She does not'],
      ['C', 'She moves away'],
    ]);

    const unanswered = await writer.change(work, 'publication', { do: 'publish', audience: 'everyone' });
    expect(unanswered.status).toBe(422);
    expect(unanswered.html).toContain('it has no rating');
    expect((await site.ask(`/works/${work}`)).status).toBe(404);
    const answers = {
      rating: 'General Audiences',
      warnings: ['No Archive Warnings Apply'],
      audience: 'everyone',
    };
    const published = await writer.change(work, 'publication', { do: 'publish', ...answers });
    expect(published.to).toBe(`/studio/${work}?did=published`);

    const guest = await (await site.ask(`/works/${work}/read/${first}`)).text();
    expect(guest).toContain('Here the story divides');
    expect(guest).toContain('The lamp stood on the sill.');
    expect(await (await site.ask(`/works/${work}/read/${dark}`)).text()).toContain('She left it dark.');

    const { state } = await newest(site, work);
    await writer.send(`/studio/${work}/passages/${dark}/states`, {
      base: String(state),
      text: 'She left it dark, and slept.',
      title: 'Dark',
      ending: 'yes',
      why: 'she sleeps',
    });
    expect(await (await site.ask(`/works/${work}/read/${dark}`)).text()).not.toContain('and slept');
    await writer.change(work, 'publication', { do: 'publish' });
    expect(await (await site.ask(`/works/${work}/read/${dark}`)).text()).toContain('and slept');
    const to = await writer.lead(`/studio/${work}/compare?a=${state + 1}&b=${state}`);
    const compared = await writer.open(to);
    expect(compared.html).toMatch(/<ins[^>]*>[^<]*slept/);

    const restored = await writer.send(`/studio/${work}/states`, { number: String(state) });
    expect(restored.to).toContain('did=restored');
    expect((await newest(site, work)).state).toBe(state + 2);
    await writer.change(work, 'publication', { do: 'publish' });
    expect(await (await site.ask(`/works/${work}/read/${dark}`)).text()).not.toContain('and slept');
  });
});

describe('choices', () => {
  it('lead to new passages and old ones, and can be changed, ordered and taken out', async () => {
    const work = await beginStory('You stand at the gate.');
    const [gate = ''] = await keysOf(work);
    await writer.change(work, 'choices', { passage: gate, label: 'Go in', to: '', title: 'The yard' });
    await writer.change(work, 'choices', { passage: gate, label: 'Wait', to: gate });
    const yard = (await keysOf(work))[1] ?? '';
    expect((await storyOf(work)).choices.map((c) => [c.to, c.label])).toEqual([
      [yard, 'Go in'],
      [gate, 'Wait'],
    ]);
    const changed = {
      passage: gate,
      index: '1',
      label: 'Wait a while',
      to: yard,
      if: 'not',
      'if-of': `visited:${yard}`,
    };
    await writer.change(work, 'choice', changed);
    expect((await storyOf(work)).choices[1]).toEqual({
      from: gate,
      to: yard,
      label: 'Wait a while',
      showIf: [{ kind: 'visited', passage: yard, holds: false }],
    });
    await writer.change(work, 'choice', { ...changed, do: 'up' });
    expect((await storyOf(work)).choices.map((c) => c.label)).toEqual(['Wait a while', 'Go in']);
    await writer.change(work, 'choice', { passage: gate, index: '0', do: 'remove' });
    expect((await storyOf(work)).choices.map((c) => c.label)).toEqual(['Go in']);
  });

  it('are shown only if a flag is set, by menus alone', async () => {
    const work = await beginStory('A key lies here.');
    const [room = ''] = await keysOf(work);
    await writer.change(work, 'flags', { passage: room, flag: ['has the key'], does: ['sets'] });
    expect((await storyOf(work)).passages[0]?.sets).toEqual(['has the key']);
    const page = await writer.open(`/studio/${work}/passages/${room}`);
    expect(page.html).toContain('<option value="flag:has the key">');
    const fields = { passage: room, label: 'Open it', to: '', if: 'holds', 'if-of': 'flag:has the key' };
    await writer.change(work, 'choices', fields);
    expect((await storyOf(work)).choices[0]?.showIf).toEqual([
      { kind: 'flag', flag: 'has the key', holds: true },
    ]);
    await writer.change(work, 'flags', { passage: room, flag: ['has the key', ''], does: ['', ''] });
    const desk = await writer.open(`/studio/${work}`);
    expect(desk.html).toContain('to nobody: no passage sets the flag');
  });

  it('come back with what was typed and the reason when they cannot be made', async () => {
    const work = await beginStory('Alone.');
    const [only = ''] = await keysOf(work);
    const sent = await writer.change(work, 'choices', {
      passage: only,
      label: '  ',
      to: '',
      title: 'Kept title',
    });
    expect(sent.status).toBe(422);
    expect(sent.html).toContain('needs words by which readers can tell it');
    expect(sent.html).toContain('value="Kept title"');
    expect(await keysOf(work)).toEqual([only]);
  });
});

describe('passages', () => {
  it('are added, split, joined and moved', async () => {
    const work = await beginStory('One.\n\nTwo.');
    const [one = ''] = await keysOf(work);
    const split = await writer.change(work, 'splits', { passage: one, after: '0', title: 'Second' });
    const two = keyIn(split.to);
    expect((await storyOf(work)).passages.map((p) => p.html)).toEqual(['<p>One.</p>', '<p>Two.</p>']);
    await writer.change(work, 'moves', { passage: two, before: one });
    expect(await keysOf(work)).toEqual([two, one]);
    await writer.change(work, 'moves', { passage: two, before: '' });
    await writer.change(work, 'joins', { passage: one });
    expect((await storyOf(work)).passages.map((p) => p.html)).toEqual(['<p>One.</p>\n<p>Two.</p>']);
    expect((await writer.change(work, 'joins', { passage: one })).status).toBe(422);
    await writer.change(work, 'passages', { passage: one, title: 'After' });
    expect((await storyOf(work)).passages.map((p) => p.title)).toEqual(['Second', 'After']);
  });

  it('are taken out after saying what that loses', async () => {
    const work = await beginStory('One.\n\nTwo two.');
    const [one = ''] = await keysOf(work);
    await writer.change(work, 'divisions', { passage: one, after: '0' });
    const page = await writer.open(`/studio/${work}/removals/${one}/B`);
    expect(page.html).toContain('0 words');
    expect(page.html).toContain('1 place where the story divides');
    const removed = await writer.change(work, 'removals', { place: one, siglum: 'B' });
    expect(removed.to).toContain('did=removed');
    const { variantSets, passages } = await storyOf(work);
    expect([variantSets.length, passages.length]).toEqual([0, 2]);
    const last = passages[1]?.key ?? '';
    expect((await writer.open(`/studio/${work}/removals/${last}`)).html).toContain('2 words');
    await writer.change(work, 'removals', { passage: last });
    expect(await keysOf(work)).toEqual([one]);
    expect((await writer.open(`/studio/${work}/removals/${one}`)).status).toBe(422);
  });

  it('meet the story again, and a scene stands there another way', async () => {
    const work = await beginStory('Dawn.\n\nNoon.\n\nNight.');
    const [dawn = ''] = await keysOf(work);
    const noon = keyIn((await writer.change(work, 'splits', { passage: dawn, after: '0' })).to);
    const night = keyIn((await writer.change(work, 'splits', { passage: noon, after: '0' })).to);
    const other = keyIn((await writer.change(work, 'branches', { kind: 'scene', passage: noon })).to);
    expect((await storyOf(work)).choices).toContainEqual({
      from: other,
      to: night,
      label: 'Go on',
      showIf: [],
    });
    const ending = keyIn(
      (await writer.change(work, 'branches', { kind: 'onward', passage: dawn, label: 'Rain' })).to,
    );
    const met = await writer.change(work, 'meetings', { passage: ending, to: night, label: 'It stops' });
    expect(met.status).toBe(303);
    expect((await storyOf(work)).choices).toContainEqual({
      from: ending,
      to: night,
      label: 'It stops',
      showIf: [],
    });
    await writer.change(work, 'labels', { passage: dawn, place: dawn, siglum: 'B', label: 'Grey noon' });
    expect((await storyOf(work)).variantSets[0]?.branches[1]?.label).toBe('Grey noon');
  });

  it('are not changed by a form made before someone saved', async () => {
    const work = await beginStory('One.\n\nTwo.');
    const [one = ''] = await keysOf(work);
    await writer.change(work, 'passages', { passage: one, title: 'New' });
    const late = await writer.send(`/studio/${work}/splits`, { base: '1', passage: one, after: '0' });
    expect(late.status).toBe(409);
    expect(await keysOf(work)).toHaveLength(2);
  });

  it('are changed by it where only the words of other passages were saved meanwhile', async () => {
    const work = await beginStory('One.');
    const [one = ''] = await keysOf(work);
    await writer.change(work, 'passages', { passage: one, title: 'New' });
    const [, two = ''] = await keysOf(work);
    const { state } = await newest(site, work);
    await writer.change(work, `passages/${two}/states`, { text: 'Saved meanwhile.' });
    const base = String(state);
    const sent = await writer.send(`/studio/${work}/choices`, { base, passage: one, label: 'Stay', to: one });
    expect(sent.status).toBe(303);
    const story = await storyOf(work);
    expect(story.choices.map((c) => c.label)).toContain('Stay');
    expect(story.passages[1]?.html).toContain('Saved meanwhile.');
  });

  it('come back in the newest story with what was typed, and are taken when they are sent again', async () => {
    const work = await beginStory('You stand at the gate.');
    const [gate = ''] = await keysOf(work);
    for (const label of ['Go in', 'Wait'])
      await writer.change(work, 'choices', { passage: gate, label, to: gate });
    const base = String((await newest(site, work)).state);
    await writer.change(work, 'choice', { passage: gate, index: '1', do: 'up' });
    const typed = { passage: gate, label: 'Wait for the boat', to: gate };
    const late = await writer.send(`/studio/${work}/choice`, { base, index: '1', ...typed });
    expect(late.status).toBe(409);
    expect(late.html).toContain('Someone saved this story after you opened it');
    const back = /<details class="action" id="choice-0" open="">.*?<\/details>/s.exec(late.html)?.[0] ?? '';
    expect(back).toContain('value="Wait for the boat"');
    expect((await storyOf(work)).choices.map((c) => c.label)).toEqual(['Wait', 'Go in']);

    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(back)?.[1] ?? '';
    const again = { base: field('base'), index: field('index'), ...typed };
    expect((await writer.send(`/studio/${work}/choice`, again)).status).toBe(303);
    expect((await storyOf(work)).choices.map((c) => c.label)).toEqual(['Wait for the boat', 'Go in']);
  });

  it('offer what was typed for a choice that is gone as a new one', async () => {
    const work = await beginStory('You stand at the gate.');
    const [gate = ''] = await keysOf(work);
    await writer.change(work, 'choices', { passage: gate, label: 'Go in', to: gate });
    const base = String((await newest(site, work)).state);
    await writer.change(work, 'choice', { passage: gate, index: '0', do: 'remove' });
    const typed = { passage: gate, label: 'Go in, slowly', to: gate };
    const late = await writer.send(`/studio/${work}/choice`, { base, index: '0', ...typed });
    expect(late.status).toBe(409);
    expect(late.html).toMatch(/id="add-choice" open="".*?value="Go in, slowly"/s);
  });

  it('take no words away that were saved after they were counted', async () => {
    const work = await beginStory('One.');
    const [one = ''] = await keysOf(work);
    await writer.change(work, 'passages', { passage: one, title: 'New' });
    const [, two = ''] = await keysOf(work);
    const base = String((await newest(site, work)).state);
    await writer.change(work, `passages/${two}/states`, { text: 'Saved meanwhile.' });
    expect((await writer.send(`/studio/${work}/removals`, { base, passage: two })).status).toBe(409);
    expect(await keysOf(work)).toHaveLength(2);
  });

  it.each([
    ['divisions', { after: '9' }],
    ['divisions', { after: 'x' }],
    ['branches', { kind: 'ending' }],
    ['labels', { siglum: 'Z', label: 'x' }],
    ['choices', { to: 'nowhere', label: 'x' }],
    ['choice', { index: '', label: 'x' }],
    ['choice', { index: '99', do: 'remove' }],
    ['meetings', { to: 'nowhere' }],
    ['flags', { flag: ['<b>'], does: ['sets'] }],
    ['splits', {}],
    ['moves', { before: 'nowhere' }],
    ['removals', {}],
  ] as const)('refuse in %s what makes no sense: %o', async (name, fields) => {
    const work = await beginStory('One.\n\nTwo.');
    const [passage = ''] = await keysOf(work);
    const sent = await writer.change(work, name, { passage, ...fields });
    expect(sent.status).toBe(422);
    expect(sent.html).toContain('class="fault"');
    expect((await newest(site, work)).state).toBe(1);
  });
});

describe('publishing', () => {
  const answers = { rating: 'Not Rated', warnings: ['Choose Not To Use Archive Warnings'] };

  it('is scheduled, taken back, and marked complete', async () => {
    const work = await beginStory('Soon.', 'Soon');
    const past = await writer.change(work, 'publication', {
      do: 'schedule',
      due: '2001-01-01T10:00',
      ...answers,
    });
    expect(past.status).toBe(422);
    expect(past.html).toContain('value="2001-01-01T10:00"');
    const year = new Date().getUTCFullYear() + 1;
    const set = await writer.change(work, 'publication', {
      do: 'schedule',
      due: `${year}-05-01T10:00`,
      ...answers,
    });
    expect(set.to).toContain('did=scheduled');
    expect((await writer.open('/studio')).html).toContain(`1 May ${year}`);
    await writer.change(work, 'publication', { do: 'publish' });
    expect((await site.ask(`/works/${work}`)).status).toBe(200);
    await writer.change(work, 'publication', { do: 'audience', audience: 'link' });
    expect((await site.ask(`/works/${work}`)).status).toBe(404);
    expect((await writer.change(work, 'publication', { do: 'complete' })).to).toContain('did=settled');
    expect((await newest(site, work)).header.complete).toBe(true);
    await writer.change(work, 'publication', { do: 'unpublish' });
    expect((await writer.open(`/studio/${work}`)).html).toContain('Publish now');
  });

  it('can be looked at before, exactly as readers will see it', async () => {
    const work = await beginStory('A preview.');
    const { html } = await writer.open(`/studio/${work}`);
    const path = /href="(\/works\/[0-9a-z]+-[0-9a-z]+)"/.exec(html)?.[1] ?? '';
    expect((await site.ask(path)).status).toBe(200);
  });
});

describe('the header', () => {
  it('is changed in one page and saved as a version', async () => {
    const work = await beginStory('Words.', 'Old title');
    const page = await writer.open(`/studio/${work}/header`);
    expect(page.html).toContain('value="Old title"');
    const sent = await writer.send(`/studio/${work}/header`, {
      base: '1',
      title: 'New title',
      characters: ['Ann', 'Bea, Cis'],
      series: 'The Coast',
      part: '2',
      posted: '2004-11-05',
      notes: 'A *note*.',
    });
    expect(sent.to).toBe(`/studio/${work}?did=saved`);
    const { state, header } = await newest(site, work);
    expect(state).toBe(2);
    expect(header).toMatchObject({
      title: 'New title',
      characters: ['Ann', 'Bea', 'Cis'],
      series: { name: 'The Coast', part: 2, of: null },
      posted: { local: '2004-11-05', precision: 'day' },
      notes: '<p>A <em>note</em>.</p>',
    });
  });

  it('comes back with what was typed when its values do not fit, or someone changed it meanwhile', async () => {
    const work = await beginStory('Words.', 'Old title');
    const bad = await writer.send(`/studio/${work}/header`, { base: '1', title: 'x', part: 'two' });
    expect(bad.status).toBe(422);
    expect(bad.html).toContain('A part is a number');
    await writer.send(`/studio/${work}/header`, { base: '1', title: 'Theirs' });
    const late = await writer.send(`/studio/${work}/header`, { base: '1', title: 'Mine' });
    expect(late.status).toBe(409);
    expect(late.html).toContain('value="Mine"');
    expect((await newest(site, work)).header.title).toBe('Theirs');
  });
});
