import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveSettings } from '../../store/settings.ts';
import { getWork, listStates } from '../../store/works.ts';
import { findDrafts, listSuggestions } from '../../store/writing.ts';
import { openSite, type TestSite } from '../site.testing.ts';
import { newest, type Sent, type Writer, writerOn } from '../studio/writer.testing.ts';

let site: TestSite;
let author: Writer;
let beta: Writer;
let other: Writer;
beforeAll(async () => {
  site = await openSite();
  author = await writerOn(site, 'Rosamund');
  beta = await writerOn(site, 'Matilda', 'reader');
  other = await writerOn(site, 'Edith', 'reader');
});
afterAll(() => site.close());

const begun = 'The ferry was late, and cold.\n\nShe waited on the quay.\n\nNobody came, nobody at all.';

async function beginStory(text = begun): Promise<string> {
  const sent = await author.send('/studio', { title: 'The Late Ferry', text, start: 'text' });
  return /^\/studio\/([0-9a-z]+)/.exec(sent.to)?.[1] ?? '';
}

async function firstKey(work: string): Promise<string> {
  return (await newest(site, work)).story.passages[0]?.key ?? '';
}

/** A story with Matilda as its beta. */
async function withBeta(text = begun, naming = 'may'): Promise<{ work: string; key: string; room: string }> {
  const work = await beginStory(text);
  await author.send(`/studio/${work}/people`, { do: 'ask', name: 'matilda', role: 'beta' });
  const { html } = await beta.open('/beta');
  const person = /name="person" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const sent = await beta.send('/beta', { work, person, role: 'beta', do: 'accept', naming });
  expect(sent.to).toBe(`/beta/${work}?did=accepted`);
  const key = await firstKey(work);
  return { work, key, room: `/beta/${work}/passages/${key}` };
}

function field(html: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
}

/** What stands in the area in which a text is written. */
function area(html: string): string {
  return /<textarea id="text"[^>]*>\n?([^<]*)</.exec(html)?.[1] ?? '';
}

/** Changes the text of a passage as its beta and sends all of it. */
async function suggestText(room: string, text: string, more: Record<string, string> = {}): Promise<Sent> {
  const { html } = await beta.open(room);
  const form = { base: field(html, 'base'), seen: field(html, 'seen'), text };
  const looked = await beta.send(`${room}/suggestions`, { ...form, do: 'look' });
  expect(looked.status).toBe(200);
  const keep = [...looked.html.matchAll(/name="keep" value="(\d+)" checked/g)].map(([, n = '']) => n);
  return beta.send(`${room}/suggestions`, { ...form, do: 'send', keep, ...more });
}

const openOf = (work: string) => listSuggestions(site.archive.store, work, { status: 'open' });

describe('asking by name', () => {
  it('shows what is asked to the one who is asked, and lets her in once she says yes', async () => {
    const work = await beginStory();
    expect((await beta.open(`/beta/${work}`)).status).toBe(404);
    const asked = await author.send(`/studio/${work}/people`, { do: 'ask', name: ' MATILDA ', role: 'beta' });
    expect(asked.to).toBe(`/studio/${work}/people?did=asked`);
    expect((await beta.open(`/beta/${work}`)).status).toBe(404);
    const { html } = await beta.open('/beta');
    expect(html).toContain('<strong>Rosamund</strong> asks you, as <strong>Matilda</strong>');
    expect((await other.open('/beta')).html).not.toContain('Rosamund');
    const person = field(html, 'person');
    const form = { work, person, role: 'beta', do: 'accept' };
    expect((await other.send('/beta', form)).status).toBe(422);
    expect((await beta.open(`/beta/${work}`)).status).toBe(404);
    await beta.send('/beta', form);
    expect((await beta.open(`/beta/${work}`)).html).toContain('The Late Ferry');
    expect((await newest(site, work)).header.creators.map((c) => c.name)).toEqual(['Rosamund']);
  });

  it('says what does not fit, and keeps what was typed', async () => {
    const work = await beginStory();
    const sent = await author.send(`/studio/${work}/people`, {
      do: 'ask',
      name: 'Nobody At All',
      role: 'artist',
    });
    expect(sent.status).toBe(422);
    expect(sent.html).toContain('value="Nobody At All"');
    expect(sent.html).toContain('Nobody here writes under that name');
    expect(sent.html).toMatch(/value="artist" selected/);
    expect((await author.send(`/studio/${work}/people`, { do: 'ask', name: 'Matilda' })).status).toBe(422);
    expect((await author.send(`/studio/${work}/people`, { do: 'dance' })).status).toBe(422);
  });

  it('makes co-authors who write and publish, and names others only once they say yes', async () => {
    const work = await beginStory();
    const second = await writerOn(site, 'Winifred');
    await author.send(`/studio/${work}/people`, { do: 'ask', name: 'Winifred', role: 'author' });
    expect((await second.open(`/studio/${work}`)).status).toBe(404);
    const { html } = await second.open('/beta');
    const part = { work, person: field(html, 'person'), role: 'author' };
    expect((await second.send('/beta', { ...part, do: 'accept' })).to).toBe(`/studio/${work}`);
    expect((await second.open(`/studio/${work}`)).status).toBe(200);
    expect((await newest(site, work)).header.creators.map((c) => c.name)).toEqual(['Rosamund', 'Winifred']);
    await author.send(`/studio/${work}/people`, { do: 'ask', name: 'Edith', role: 'artist' });
    const asked = field((await other.open('/beta')).html, 'person');
    await other.send('/beta', { work, person: asked, role: 'artist', do: 'decline' });
    expect((await newest(site, work)).header.creators).toHaveLength(2);
    const again = await author.send(`/studio/${work}/people`, { do: 'ask', name: 'Edith', role: 'artist' });
    expect(again.status).toBe(422);
    expect(again.html).toContain('declined');
  });
});

describe('inviting by a link', () => {
  async function link(work: string, more: Record<string, string> = {}): Promise<string> {
    const fields = { do: 'link', role: 'beta', note: 'For M.', days: '14', ...more };
    const { status, html } = await author.send(`/studio/${work}/people`, fields);
    expect(status).toBe(200);
    return /http:\/\/localhost:4870(\/invited\/[0-9a-z]+)</.exec(html)?.[1] ?? '';
  }

  it('leads a guest through the door and back, and lets one person in', async () => {
    const work = await beginStory();
    const path = await link(work);
    const guest = await (await site.ask(path)).text();
    expect(guest).toContain('Rosamund invites you');
    expect(guest).toContain(`/sign-in?back=${encodeURIComponent(path)}`);
    expect(guest).toContain('house rules');
    expect(guest).not.toContain('The ferry was late');
    await saveSettings(site.archive.store, { signUp: 'open' });
    const open = await (await site.ask(path)).text();
    expect(open).toContain(`/sign-up?back=${encodeURIComponent(path)}`);
    const account = {
      signInName: 'new one',
      passPhrase: 'salt wind over the ferry',
      pseud: 'Newcomer',
      rules: 'yes',
    };
    const made = await site.send('/sign-up', Object.entries({ ...account, back: path }));
    expect(await made.text()).toContain(`href="${path}"`);
    await saveSettings(site.archive.store, { signUp: 'invitation' });

    const { html } = await beta.open(path);
    const pseud = /name="pseud" value="([^"]+)"/.exec(html)?.[1] ?? '';
    expect((await beta.send(path, { do: 'accept', pseud: 'someone else' })).status).toBe(422);
    expect((await beta.send(path, { do: 'accept', pseud, naming: 'never' })).to).toBe(
      `/beta/${work}?did=accepted`,
    );
    expect((await beta.open(`/beta/${work}`)).status).toBe(200);
    const late = await other.open(path);
    expect(late.status).toBe(422);
    expect(late.html).toContain('This link does not open');
    expect((await other.open(`/beta/${work}`)).status).toBe(404);
  });

  it('can be taken back and declined', async () => {
    const work = await beginStory();
    const path = await link(work);
    const people = await author.open(`/studio/${work}/people`);
    expect(people.html).toContain('For M.');
    expect(people.html).not.toContain(path);
    await author.send(`/studio/${work}/people`, { do: 'take link back', link: field(people.html, 'link') });
    expect((await beta.open(path)).status).toBe(422);
    const second = await link(work);
    expect((await beta.send(second, { do: 'decline' })).to).toBe('/beta?said=declined');
    expect((await other.open(second)).status).toBe(422);
    const bad = await author.send(`/studio/${work}/people`, {
      do: 'link',
      role: 'beta',
      note: '',
      days: 'x',
    });
    expect(bad.status).toBe(422);
  });
});

describe('suggesting', () => {
  it('makes a suggestion of each change, once the beta has looked at them', async () => {
    const { work, key, room } = await withBeta();
    const { html } = await beta.open(room);
    const text = begun.replace('late, and cold', 'late and cold').replace('nobody at all', 'no one at all');
    const form = { base: field(html, 'base'), seen: field(html, 'seen'), text };
    const looked = await beta.send(`${room}/suggestions`, { ...form, do: 'look' });
    expect(looked.html).toContain('<h1>2 changes</h1>');
    expect(await openOf(work)).toEqual([]);
    const edit = await beta.send(`${room}/suggestions`, { ...form, do: 'edit' });
    expect(edit.html).toContain('no one at all');
    const none = await beta.send(`${room}/suggestions`, { ...form, do: 'send' });
    expect([none.status, none.html.includes('Tick what you want to send')]).toEqual([422, true]);
    const sent = await beta.send(`${room}/suggestions`, {
      ...form,
      do: 'send',
      keep: '1',
      'note-1': 'Softer.',
    });
    expect(sent.to).toBe(`${room}?did=suggested`);
    expect(await openOf(work)).toMatchObject([
      { passage: key, by: { name: 'Matilda' }, note: 'Softer.', change: { reading: 'no one' } },
    ]);
    const same = await beta.send(`${room}/suggestions`, { ...form, text: begun, do: 'look' });
    expect([same.status, same.html.includes('Nothing in the text is changed yet')]).toEqual([422, true]);
  });

  it('takes what is accepted into one version that names the beta', async () => {
    const { work, key, room } = await withBeta();
    await suggestText(
      room,
      begun.replace('late, and cold', 'late and cold').replace('nobody at all', 'no one at all'),
    );
    const page = await author.open(`/studio/${work}/passages/${key}`);
    expect(page.html).toContain('data-anchors');
    expect(page.html).toContain('data-quote="nobody"');
    const ids = (await openOf(work)).map((s) => s.id);
    const sent = await author.send(`/studio/${work}/suggestions`, { do: 'accept', id: ids, passage: key });
    expect(sent.to).toBe(`/studio/${work}/passages/${key}?did=taken`);
    const { state, header, story } = await newest(site, work);
    expect(state).toBe(2);
    expect(story.passages[0]?.html).toBe(
      '<p>The ferry was late and cold.</p>\n<p>She waited on the quay.</p>\n<p>Nobody came, no one at all.</p>',
    );
    expect(header.creators).toContainEqual({ name: 'Matilda', role: 'beta', site: null });
    expect((await listStates(site.archive.store, work)).at(-1)?.why).toBe('Matilda’s 2 suggestions accepted');
    const again = await author.send(`/studio/${work}/suggestions`, { do: 'accept', id: ids });
    expect(again.status).toBe(422);
    expect((await beta.open(room)).html).toContain('Accepted, in version 2');
  });

  it('names nobody who does not want to be, in header or history', async () => {
    const { work, room } = await withBeta(begun, 'never');
    await suggestText(room, begun.replace('cold', 'colder'));
    const [one] = await openOf(work);
    await author.send(`/studio/${work}/suggestions`, { do: 'accept', id: one?.id ?? '' });
    expect((await newest(site, work)).header.creators.map((c) => c.name)).toEqual(['Rosamund']);
    expect((await listStates(site.archive.store, work)).at(-1)?.why).toBe('A beta’s suggestion accepted');
  });

  it('shows as detached, with its words, what the author has changed, and never puts it in', async () => {
    const { work, key, room } = await withBeta();
    await suggestText(
      room,
      begun.replace('on the quay', 'alone on the quay').replace('nobody at all', 'no one at all'),
    );
    const text = `In winter, ${begun.replace('She waited', 'She slept')}`;
    await author.send(`/studio/${work}/passages/${key}/states`, { base: '1', draft: '0', title: '', text });
    const { html } = await author.open(`/studio/${work}/suggestions`);
    expect(html).toContain('Detached.');
    expect(html).toContain('waited alone');
    expect((await beta.open(room)).html).toContain('Detached.');
    const ids = (await openOf(work)).map((s) => s.id);
    const sent = await author.send(`/studio/${work}/suggestions`, { do: 'accept', id: ids });
    expect(sent.to).toBe(`/studio/${work}/suggestions?did=partly`);
    const { story } = await newest(site, work);
    expect(story.passages[0]?.html).toContain('She slept on the quay.');
    expect(story.passages[0]?.html).toContain('no one at all');
    const left = await openOf(work);
    expect(left.map((s) => s.change?.reading)).toEqual(['waited alone']);
    const alone = await author.send(`/studio/${work}/suggestions`, {
      do: 'accept',
      id: left[0]?.id ?? '',
      passage: key,
    });
    expect([alone.status, alone.html.includes('nothing was put in')]).toEqual([422, true]);
  });

  it('can be declined, opened again, answered, withdrawn and resolved, each by whom it concerns', async () => {
    const { work, key, room } = await withBeta();
    await suggestText(room, begun.replace('cold', 'colder'));
    await beta.send(`${room}/remarks`, { quote: 'the quay', note: 'Which quay?' });
    const [change = '', remark = ''] = (await openOf(work)).map((s) => s.id);
    const answer = (act: string, id: string, more = {}) =>
      author.send(`/studio/${work}/suggestions`, { do: act, id, passage: key, ...more });
    await answer('decline', change);
    expect((await openOf(work)).map((s) => s.id)).toEqual([remark]);
    expect((await beta.open(room)).html).toContain('Declined');
    await answer('open', change);
    await answer('reply', remark, { words: 'The long one.' });
    expect((await beta.open(room)).html).toContain('The long one.');
    const empty = await answer('reply', remark, { words: ' ' });
    expect([empty.status, empty.html.includes('An answer needs words')]).toEqual([422, true]);
    const own = `/beta/${work}/suggestions`;
    await beta.send(own, { do: 'reply', id: remark, passage: key, words: 'Say so, then.' });
    expect((await author.open(`/studio/${work}/suggestions`)).html).toContain('Say so, then.');
    const wordless = await beta.send(own, { do: 'reply', id: remark, passage: key, words: '' });
    expect([wordless.status, wordless.html.includes('An answer needs words')]).toEqual([422, true]);
    const long = { words: 'So long. '.repeat(1_000) };
    for (const refused of [
      await answer('reply', remark, long),
      await answer('reply', remark, { ...long, passage: '' }),
      await beta.send(own, { do: 'reply', id: remark, passage: key, ...long }),
    ])
      expect([refused.status, refused.html]).toEqual([422, expect.stringContaining(long.words)]);
    expect((await beta.send(own, { do: 'accept', id: change })).status).toBe(422);
    await beta.send(own, { do: 'withdraw', id: change });
    expect((await beta.send(own, { do: 'withdraw', id: change })).status).toBe(409);
    await answer('resolve', remark);
    expect(await openOf(work)).toEqual([]);
    expect((await author.send(`/studio/${work}/suggestions`, { do: 'accept' })).status).toBe(422);
  });

  it('remarks on words that stand there once, or on the whole', async () => {
    const { work, room } = await withBeta();
    const wrong = await beta.send(`${room}/remarks`, { quote: 'nobody went', note: 'Hm.' });
    expect([wrong.status, wrong.html.includes('do not stand in the passage')]).toEqual([422, true]);
    expect(wrong.html).toContain('nobody went');
    const twice = await beta.send(`${room}/remarks`, { quote: 'obody', note: 'Hm.' });
    expect(twice.html).toContain('add the words beside them');
    expect((await beta.send(`${room}/remarks`, { quote: '', note: ' ' })).status).toBe(422);
    await beta.send(`${room}/remarks`, { quote: '', note: 'Lovely.' });
    expect(await openOf(work)).toMatchObject([{ anchor: null, change: null, note: 'Lovely.' }]);
  });

  it('answers all of a kind at once', async () => {
    const { work, room } = await withBeta('one lamp. Two lamps. three boats. Four boats went out.');
    await suggestText(room, 'One lamp. Two lamps. Three boats. Five boats went out.');
    const { html } = await author.open(`/studio/${work}/suggestions`);
    expect(html).toContain('Accept Matilda’s 2 changes of signs');
    expect(html).toContain('Accept all 3 of Matilda’s changes');
    const small = /<form[^>]*>((?:(?!<\/form>).)*)Accept Matilda’s 2 changes/s.exec(html)?.[1] ?? '';
    const ids = [...small.matchAll(/name="id" value="([^"]+)"/g)].map(([, id = '']) => id);
    await author.send(`/studio/${work}/suggestions`, { do: 'accept', id: ids });
    expect((await newest(site, work)).story.passages[0]?.html).toBe(
      '<p>One lamp. Two lamps. Three boats. Four boats went out.</p>',
    );
  });

  it('goes on from what another saved meanwhile, and overwrites nothing', async () => {
    const { work, key, room } = await withBeta();
    await suggestText(room, begun.replace('cold', 'colder'));
    const [one] = await openOf(work);
    const text = begun.replace('waited', 'stood');
    const [saved, taken] = await Promise.all([
      author.send(`/studio/${work}/passages/${key}/states`, { base: '1', draft: '0', title: '', text }),
      author.send(`/studio/${work}/suggestions`, { do: 'accept', id: one?.id ?? '' }),
    ]);
    expect(taken.status).toBe(303);
    const { story } = await newest(site, work);
    expect(story.passages[0]?.html).toContain('colder');
    // Saving found another text and shows both, or it came first and stands in the newest.
    expect([story.passages[0]?.html.includes('stood'), saved.status]).toEqual(
      saved.status === 303 ? [true, 303] : [false, 409],
    );
  });
});

describe('what a beta types', () => {
  async function typeIn(room: string, text: string, more: Record<string, string> = {}): Promise<Sent> {
    const { html } = await beta.open(room);
    const from = { base: field(html, 'base'), seen: field(html, 'seen'), draft: field(html, 'draft') };
    return beta.send(`${room}/drafts`, { ...from, text, ...more });
  }
  const heldIn = async (room: string) => area((await beta.open(room)).html);

  it('is kept for her alone until she sends it, and is gone then', async () => {
    const { work, key, room } = await withBeta();
    const typed = begun.replace('cold', 'colder');
    expect((await typeIn(room, typed)).to).toBe(`${room}?did=kept`);
    expect(await heldIn(room)).toBe(typed);
    for (const path of ['', `/passages/${key}`, '/suggestions', '/people'])
      expect((await author.open(`/studio/${work}${path}`)).html, path).not.toContain('colder');
    expect(await openOf(work)).toEqual([]);
    const { html } = await beta.open(room);
    const form = { base: field(html, 'base'), seen: field(html, 'seen'), draft: field(html, 'draft') };
    const looked = await beta.send(`${room}/suggestions`, { ...form, text: typed, do: 'look' });
    expect(field(looked.html, 'draft')).toBe('1');
    await beta.send(`${room}/suggestions`, { ...form, text: typed, do: 'send', keep: '0' });
    expect(await heldIn(room)).toBe(begun);
    expect(await openOf(work)).toHaveLength(1);
  });

  it('is kept when she looks at her changes, and thrown away when she wants', async () => {
    const { room } = await withBeta();
    const { html } = await beta.open(room);
    const form = { base: field(html, 'base'), seen: field(html, 'seen'), draft: '0' };
    const typed = begun.replace('late', 'early');
    await beta.send(`${room}/suggestions`, { ...form, text: typed, do: 'look' });
    expect(await heldIn(room)).toBe(typed);
    expect((await beta.send(`${room}/drafts`, { drop: 'yes' })).to).toBe(`${room}?did=dropped`);
    expect(await heldIn(room)).toBe(begun);
  });

  it('is beside an author’s own draft of the same passage, and neither takes the other’s place', async () => {
    const { work, key, room } = await withBeta();
    const path = `/studio/${work}/passages/${key}`;
    await author.send(`${path}/drafts`, { base: '1', draft: '0', title: '', text: 'Half typed.' });
    await typeIn(room, begun.replace('quay', 'pier'));
    const asBeta = await author.open(room);
    expect(area(asBeta.html)).toBe(begun);
    expect(area((await author.open(path)).html)).toBe('Half typed.');
    expect(await heldIn(room)).toContain('pier');
  });

  it('takes in what the author saves in other paragraphs, and stands against what she read where it clashes', async () => {
    const { work, key, room } = await withBeta();
    const save = async (text: string, base: string) =>
      author.send(`/studio/${work}/passages/${key}/states`, { base, draft: '0', title: '', text });
    await typeIn(room, begun.replace('quay', 'long quay'));
    await save(begun.replace('cold', 'bitter'), '1');
    const merged = begun.replace('quay', 'long quay').replace('cold', 'bitter');
    const { html } = await beta.open(room);
    expect([area(html), field(html, 'base')]).toEqual([merged, '2']);
    await save(begun.replace('She waited on the quay.', 'She sat down.'), '2');
    const clashed = await beta.open(room);
    expect([area(clashed.html), field(clashed.html, 'base')]).toEqual([
      begun.replace('quay', 'long quay'),
      '1',
    ]);
    expect(clashed.html).toContain('your words stand against the text you began with');
    const form = { base: '1', seen: field(clashed.html, 'seen'), text: area(clashed.html), do: 'look' };
    expect((await beta.send(`${room}/suggestions`, form)).html).toContain('<h1>1 change</h1>');
  });

  it('is shown beside what another tab of hers kept', async () => {
    const { room } = await withBeta();
    const { html } = await beta.open(room);
    const form = { base: field(html, 'base'), seen: field(html, 'seen'), draft: '0' };
    await beta.send(`${room}/drafts`, { ...form, text: begun.replace('cold', 'colder') });
    const late = await beta.send(`${room}/drafts`, {
      ...form,
      text: begun.replace('nobody at all', 'not one'),
    });
    expect(late.status).toBe(409);
    expect(late.html).toContain('You kept another draft of this passage');
    expect(area(late.html)).toBe(begun.replace('cold', 'colder').replace('nobody at all', 'not one'));
    const headers = { accept: 'application/json', cookie: beta.cookie };
    const answered = await site.send(
      `${room}/drafts`,
      Object.entries({ ...form, text: begun.replace('cold', 'icy') }),
      headers,
    );
    expect([answered.status, await answered.json()]).toMatchObject([
      409,
      {
        kind: 'newer',
        whose: 'draft',
        from: { base: '1', seen: form.seen, draft: '1' },
        theirs: { fields: {} },
      },
    ]);
    const foreign = await beta.send(`${room}/drafts`, { ...form, seen: 'x', text: 'y' });
    expect(foreign.status).toBe(422);
  });

  it('is hers to take away, and goes when her reading ends', async () => {
    const { work, room } = await withBeta();
    await typeIn(room, begun.replace('cold', 'colder'));
    const mine = () => findDrafts(site.archive.store, beta.accountId, work);
    expect(await mine()).toMatchObject([{ suggested: true }]);
    const person = field((await beta.open('/beta')).html, 'person');
    await beta.send('/beta', { work, person, role: 'beta', do: 'leave' });
    expect(await mine()).toEqual([]);
  });

  it('stands on pages that never give away the secret link of the draft', async () => {
    const { work, key, room } = await withBeta();
    const { html } = await beta.open(room);
    expect(html).toContain('data-kept=');
    const { secret } = await getWork(site.archive.store, work);
    const read = ['/proof', '/map', `/play/${key}`].map((path) => `/studio/${work}${path}`);
    for (const path of [`/beta/${work}`, room, ...read])
      expect((await beta.open(path)).html, path).not.toContain(secret);
  });
});

describe('a beta', () => {
  it('sees nothing else of the author’s', async () => {
    const { work, key, room } = await withBeta();
    await author.send(`/studio/${work}/people`, { do: 'ask', name: 'Edith', role: 'beta' });
    const person = field((await other.open('/beta')).html, 'person');
    await other.send('/beta', { work, person, role: 'beta', do: 'accept' });
    await suggestText(room, begun.replace('cold', 'colder'));
    const [one] = await openOf(work);
    for (const path of [`/beta/${work}`, room]) {
      const { html } = await other.open(path);
      expect(html).not.toContain('colder');
      expect(html).not.toContain('Matilda');
    }
    const foreign = await other.send(`/beta/${work}/suggestions`, { do: 'withdraw', id: one?.id ?? '' });
    expect(foreign.status).toBe(403);
    for (const path of ['', '/header', `/passages/${key}`, '/people', '/suggestions', '/compare/s1...s1'])
      expect((await beta.open(`/studio/${work}${path}`)).status, path).toBe(403);
    const elsewhere = await beginStory('Another story altogether.');
    expect((await beta.open(`/beta/${elsewhere}`)).status).toBe(404);
    expect((await beta.open(`/works/${elsewhere}`)).status).toBe(404);
    const around = [
      '',
      `/read/${key}`,
      '/whole',
      '/map',
      '/source',
      '/comments',
      '/states',
      '.epub',
      '.json',
    ];
    for (const rest of around) {
      const { status } = await beta.open(`/works/${work}${rest}`);
      expect([403, 404], rest).toContain(status);
    }
    for (const path of ['/proof', '/map', `/play/${key}`]) {
      const { status, html } = await beta.open(`/studio/${work}${path}`);
      expect([status, html.includes('The ferry was late') || path === '/map'], path).toEqual([200, true]);
      expect(html, path).not.toContain(`/works/${work}"`);
    }
  });

  it('cannot make an older text give its words away', async () => {
    const { work, key, room } = await withBeta();
    await author.send(`/studio/${work}/passages/${key}/states`, {
      base: '1',
      draft: '0',
      title: '',
      text: 'Everything is new.',
    });
    const { html } = await beta.open(room);
    for (const [base, seen] of [
      ['1', field(html, 'seen')],
      ['1', ''],
      ['9', field(html, 'seen')],
      ['x', ''],
    ] as const) {
      const sent = await beta.send(`${room}/suggestions`, { base, seen, text: 'x', do: 'look' });
      expect(sent.status).toBe(422);
      expect(sent.html).not.toContain('ferry');
    }
    for (const path of ['/compare/s1...s2', '/states'])
      expect((await beta.open(`/works/${work}${path}`)).html).not.toMatch(/The ferry was late|state 1/);
  });

  it('has no way in any more once her reading ends, and what she suggested stays', async () => {
    const { work, room } = await withBeta();
    await suggestText(room, begun.replace('cold', 'colder'));
    const { html } = await author.open(`/studio/${work}/people`);
    const row = html.slice(html.indexOf('>Matilda<'));
    const person = field(row, 'person');
    await author.send(`/studio/${work}/people`, { do: 'end reading', person, role: 'beta' });
    for (const path of [`/beta/${work}`, room, `/works/${work}`, `/studio/${work}/proof`])
      expect((await beta.open(path)).status, path).toBe(404);
    expect((await beta.send(`${room}/remarks`, { quote: '', note: 'Still here?' })).status).toBe(404);
    expect(await openOf(work)).toHaveLength(1);
    expect((await author.open(`/studio/${work}/suggestions`)).html).toContain('colder');
    expect((await beta.open('/beta')).html).not.toContain(`/beta/${work}`);
  });

  it('leaves and takes her name off in one step', async () => {
    const { work, room } = await withBeta();
    const both = new RegExp(`value="${work}"/>(?:(?!</form>).)*value="leave unnamed"`);
    expect((await beta.open('/beta')).html).not.toMatch(both);
    await suggestText(room, begun.replace('cold', 'colder'));
    const [one] = await openOf(work);
    await author.send(`/studio/${work}/suggestions`, { do: 'accept', id: one?.id ?? '' });
    expect((await beta.open('/beta')).html).toMatch(both);
    const part = { work, person: one?.by.id ?? '', role: 'beta' };
    const left = await beta.send('/beta', { ...part, do: 'leave unnamed' });
    expect((await beta.open(left.to)).html).toContain('your name is off it');
    expect((await beta.open(`/beta/${work}`)).status).toBe(404);
    expect((await newest(site, work)).header.creators.map((c) => c.name)).toEqual(['Rosamund']);
    const { story } = await newest(site, work);
    expect(story.passages[0]?.html).toContain('colder');
  });

  it('leaves by herself, and takes her name off', async () => {
    const { work, room } = await withBeta();
    await suggestText(room, begun.replace('cold', 'colder'));
    const [one] = await openOf(work);
    await author.send(`/studio/${work}/suggestions`, { do: 'accept', id: one?.id ?? '' });
    const part = { work, person: one?.by.id ?? '', role: 'beta' };
    await beta.send('/beta', { ...part, do: 'leave' });
    expect((await beta.open(`/beta/${work}`)).status).toBe(404);
    expect((await newest(site, work)).header.creators.map((c) => c.name)).toContain('Matilda');
    await beta.send('/beta', { ...part, do: 'take name off' });
    expect((await newest(site, work)).header.creators.map((c) => c.name)).toEqual(['Rosamund']);
  });
});
