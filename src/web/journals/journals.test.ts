import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAll, textOf } from '../../dom.ts';
import { parsePage } from '../../html.ts';
import { addPseud } from '../../store/accounts.ts';
import { hideWork, listStates } from '../../store/works.ts';
import { lampStory, openSite, type TestSite } from '../site.testing.ts';
import { type Writer, writerOn } from '../studio/writer.testing.ts';
import { publishedNote } from './notes.testing.ts';

let site: TestSite;
let writer: Writer;
beforeAll(async () => {
  site = await openSite();
  writer = await writerOn(site, 'Rosamund');
}, 60_000);
afterAll(() => site.close());

const fields = { title: '', text: '', posted: '', audience: 'everyone', thread: 'open' };

async function pageAt(path: string) {
  const response = await site.ask(path);
  const html = await response.text();
  return { status: response.status, html, words: textOf(parsePage(html)).replace(/\s+/g, ' ') };
}

const idIn = (path: string): string => /notes\/(\w+)/.exec(path)?.[1] ?? '';

describe('a note', () => {
  test('is written, kept as a draft, published with a date, answered, revised, restored and taken back', async () => {
    const kept = await writer.send('/studio/notes', { ...fields, text: 'The *pump* is mended.', do: 'save' });
    const id = idIn(kept.to);
    expect(kept).toMatchObject({ status: 303, to: `/studio/notes/${id}?did=noted` });
    expect((await pageAt(`/notes/${id}`)).status).toBe(404);
    expect((await pageAt(`/notes/${await site.secretHandle(id)}`)).html).toContain('<em>pump</em>');

    const typed = {
      ...fields,
      base: '1',
      posted: '2006-05-28',
      text: 'The *pump* is mended.',
      do: 'publish',
    };
    const published = await writer.send(`/studio/notes/${id}`, typed);
    expect(published.to).toBe(`/studio/notes/${id}?did=published`);
    const page = await pageAt(`/notes/${id}`);
    expect(page.html).toContain('<h1 itemprop="headline">Note of 28 May 2006</h1>');
    expect(page.words).toContain('Say something');

    const reader = await writerOn(site, 'Sorrel', 'reader');
    const said = await reader.send(`/works/${id}/comments`, { words: 'Which pump?' });
    const parent = said.to.split('/').at(-1) ?? '';
    await writer.send(`/works/${id}/comments`, { parent, words: 'Ours.' });
    const answered = await pageAt(`/notes/${id}`);
    expect(answered.words).toMatch(/Which pump\?.*Rosamund.*author.*Ours\./);
    const comment = await pageAt(`/comments/${parent}`);
    expect(comment.html).toContain(`<a href="/notes/${id}">Note of 28 May 2006</a>`);

    await writer.send(`/studio/notes/${id}`, { ...typed, base: '2', text: 'Mended again.' });
    expect((await pageAt(`/notes/${id}`)).words).toContain('Mended again.');
    await writer.send(`/studio/${id}/states`, { number: '2' });
    expect((await listStates(site.archive.store, id)).length).toBe(4);
    const back = await writer.send(`/studio/notes/${id}`, { ...typed, base: '4', do: 'unpublish' });
    expect(back.to).toContain('did=unpublished');
    expect((await pageAt(`/notes/${id}`)).status).toBe(404);
  });

  test('comes back with what was typed and the reason, when it cannot be', async () => {
    const sent = (more: object) => writer.send('/studio/notes', { ...fields, do: 'publish', ...more });
    const empty = await sent({ title: 'Nothing <yet>' });
    expect(empty.status).toBe(422);
    expect(empty.html).toContain('value="Nothing &lt;yet&gt;"');
    expect(empty.html).toContain('There are no words yet');
    const late = await sent({ text: 'Later.', posted: '2999-01-01' });
    expect([late.status, late.html.includes('Later.')]).toEqual([422, true]);
    expect(late.html).toContain('id="posted-fault"');
    const long = await sent({ text: 'x', title: 'x'.repeat(301) });
    expect([long.status, long.html.includes('id="title-fault"')]).toEqual([422, true]);
    expect((await sent({ text: 'x', posted: '2006-02-31' })).status).toBe(422);
  });

  test('shows both texts to whoever saves what someone changed meanwhile, and overwrites nothing', async () => {
    const id = await publishedNote(site, writer.pseud, 'One.', { publish: false });
    const save = { ...fields, base: '1', do: 'save' };
    await writer.send(`/studio/notes/${id}`, { ...save, text: 'Two, from one tab.' });
    const clash = await writer.send(`/studio/notes/${id}`, { ...save, text: 'Three, from another.' });
    expect(clash.status).toBe(409);
    expect(clash.html).toContain('Two, from one tab.');
    expect(clash.html).toContain('Three, from another.');
    expect(clash.html).toContain('name="base" value="2"');
    expect(await listStates(site.archive.store, id)).toHaveLength(2);
  });

  test('keeps what is typed in it as a draft, apart from what readers see, until that is saved or thrown away', async () => {
    const id = await publishedNote(site, writer.pseud, 'As it was.');
    const path = `/studio/notes/${id}`;
    const typed = {
      ...fields,
      base: '2',
      draft: '0',
      title: 'Later',
      posted: '2006-05-28',
      text: 'As it will be.',
    };
    const base = /name="base" value="(\d+)"/.exec((await writer.open(path)).html)?.[1] ?? '';
    expect((await writer.send(`${path}/drafts`, { ...typed, base })).to).toBe(`${path}?did=kept`);
    const page = await writer.open(path);
    expect(page.html).toContain('As it will be.</textarea>');
    expect(page.html).toContain('value="2006-05-28"');
    expect(page.html).toContain('Throw the draft away');
    expect((await pageAt(`/notes/${id}`)).words).not.toContain('As it will be');
    await writer.send(path, { ...typed, base, draft: '1', do: 'publish' });
    expect((await pageAt(`/notes/${id}`)).words).toContain('As it will be');
    expect((await writer.open(path)).html).not.toContain('Throw the draft away');
    await writer.send(`${path}/drafts`, { ...typed, base: '2', text: 'Not this.' });
    await writer.send(`${path}/drafts`, { drop: 'yes' });
    expect((await writer.open(path)).html).not.toContain('Not this.');
  });

  test('is begun by the script that keeps a new one, with what was typed as its draft and no version of it', async () => {
    const keep = async (path: string, typed: Record<string, string>) => {
      const headers = { accept: 'application/json', cookie: writer.cookie };
      const answered = await site.send(path, Object.entries({ ...fields, ...typed }), headers);
      return { status: answered.status, ...(await answered.json()) };
    };
    expect(await keep('/studio/notes', { text: ' ' })).toEqual({ status: 200, kind: 'kept', from: {} });
    const begun = await keep('/studio/notes', { text: 'Half a thought', posted: '2999-01-01' });
    const id = idIn(begun.path);
    expect(begun).toMatchObject({
      kind: 'begun',
      path: `/studio/notes/${id}`,
      from: { base: '1', draft: '1' },
    });
    expect((await writer.open(begun.path)).html).toContain('Half a thought</textarea>');
    expect((await pageAt(`/notes/${await site.secretHandle(id)}`)).words).not.toContain('Half a thought');
    const more = { base: '1', draft: '1', text: 'Half a thought, and the rest' };
    expect(await keep(begun.drafts, more)).toEqual({ status: 200, kind: 'kept', from: { draft: '2' } });
    const late = await keep(begun.drafts, { ...more, text: 'Half a thought, in another tab' });
    expect(late).toMatchObject({ status: 409, whose: 'draft', from: { base: '1', draft: '2' } });
    const shown = await writer.send(begun.drafts, { ...fields, ...more, text: 'Another half' });
    expect(shown.html).toContain('You kept another draft of this note');
    expect(shown.html).toContain('Half a thought, and the rest');
    await writer.send(begun.path, { ...fields, base: '1', text: 'Saved elsewhere.', do: 'save' });
    expect(await keep(begun.drafts, { ...more, draft: '2' })).toMatchObject({
      whose: 'saved',
      from: { base: '2', draft: '3' },
      theirs: { html: '<p>Saved elsewhere.</p>', fields: { title: '', posted: '' } },
      began: { html: '', fields: { title: '', posted: '' } },
    });
  });

  test('can be put under another name of hers until readers have seen it, and not after', async () => {
    const two = await writerOn(site, 'Samphire');
    const second = await addPseud(site.archive.store, two.accountId, 'Purslane');
    const begun = await two.send('/studio/notes', { ...fields, pseud: two.pseud, text: 'Mine.', do: 'save' });
    const path = begun.to.replace(/\?.*/, '');
    expect((await two.open(path)).html).toContain('Written by');
    const draft = { ...fields, base: '1', draft: '0', text: 'Mine.', pseud: second.id };
    await two.send(`${path}/drafts`, draft);
    expect((await two.open(path)).html).toMatch(new RegExp(`value="${second.id}" selected`));
    await two.send(path, { ...draft, draft: '1', do: 'publish' });
    const page = await pageAt(path.replace('/studio', ''));
    expect(page.words).toContain('Purslane');
    expect(page.html).not.toContain('Samphire');
    expect((await two.open(path)).html).not.toContain('Written by');
    await two.send(path, { ...draft, base: '2', pseud: two.pseud, text: 'Hers.', do: 'publish' });
    expect((await pageAt(path.replace('/studio', ''))).html).not.toContain('Samphire');
  });

  test('belongs to its author: nobody else reads its draft, writes it or publishes it', async () => {
    const id = await publishedNote(site, writer.pseud, 'Mine.', { publish: false });
    const other = await writerOn(site, 'Tansy');
    expect((await other.open(`/studio/notes/${id}`)).status).toBe(404);
    expect((await other.send(`/studio/notes/${id}`, { ...fields, base: '1', text: 'Yours.' })).status).toBe(
      404,
    );
    expect((await other.send(`/studio/notes/${id}/drafts`, { ...fields, base: '1', text: 'x' })).status).toBe(
      404,
    );
    expect((await site.send(`/studio/notes/${id}`, [['do', 'publish']])).status).toBe(404);
    expect((await other.open('/studio/notes')).html).not.toContain(id);
    expect((await writer.open('/studio/notes')).html).toContain(`/studio/notes/${id}`);
  });

  test('has its own address only: those of stories lead there, and no book is made of it', async () => {
    const id = await publishedNote(site, writer.pseud, 'At home.');
    const draft = await publishedNote(site, writer.pseud, 'Not yet.', { publish: false });
    for (const rest of ['', '/read/p1', '/whole', '/map']) {
      const response = await site.ask(`/works/${id}${rest}`);
      expect([response.status, response.headers.get('location')]).toEqual([301, `/notes/${id}`]);
    }
    const secret = await site.secretHandle(draft);
    const led = await site.ask(`/works/${secret}`);
    expect([led.headers.get('location'), led.headers.get('cache-control')]).toEqual([
      `/notes/${secret}`,
      'private, no-store',
    ]);
    expect(await writer.lead(`/studio/${id}?did=restored`)).toBe(`/studio/notes/${id}?did=restored`);
    expect((await site.ask(`/works/${id}.epub`)).status).toBe(404);
    expect(await (await site.ask(`/works/${id}.json`)).json()).toMatchObject({ kind: 'note' });
    const story = await site.add(lampStory('No Note'));
    expect((await site.ask(`/notes/${story}`)).status).toBe(404);
  });

  test('stays one text: what divides stories is refused', async () => {
    const id = await publishedNote(site, writer.pseud, 'One.\n\nTwo.', { publish: false });
    const split = await writer.change(id, 'splits', { passage: 'p1', after: '0', title: 'Second' });
    expect(split.status).toBe(422);
    expect(split.html).toContain('a note is one text');
  });
});

test('notes are in no list of stories, no search, no site map and no feed of works', async () => {
  const id = await publishedNote(site, writer.pseud, 'Quernstone, a word of notes.', { title: 'Quernstone' });
  for (const path of [
    '/',
    '/works',
    '/works?sort=title',
    '/search?q=quernstone',
    '/sitemap.xml',
    '/feeds/works.atom',
    '/tags/fandom',
    '/works?sort=author',
  ]) {
    const { status, html } = await pageAt(path);
    expect([path, status]).toEqual([path, 200]);
    expect(html.replace('value="quernstone"', ''), path).not.toMatch(
      new RegExp(`${id}|Quernstone|a word of notes`),
    );
  }
  expect((await writer.open('/studio')).html).not.toContain(id);
});

describe('a journal', () => {
  test('shows stories and notes by date, with a calendar of its months', async () => {
    const ada = await writerOn(site, 'Ada');
    const early = await publishedNote(site, ada.pseud, 'From the old journal.', { posted: '2004-11-02' });
    const may = await publishedNote(site, ada.pseud, 'In May.', { posted: '2006-05-28', title: 'May' });
    const path = `/people/${ada.pseud}`;
    const { html } = await pageAt(path);
    expect(html.indexOf(may)).toBeLessThan(html.indexOf(early));
    expect(html).toContain(`<a href="${path}/2006/05"`);
    expect(html).toContain('2 November 2004');
    const month = await pageAt(`${path}/2006/05`);
    expect(month.html).toContain(may);
    expect(month.html).not.toContain(`/notes/${early}`);
    expect(month.html).toContain(`rel="prev" href="${path}/2004/11"`);
    expect((await pageAt(`${path}/2004`)).html).toContain(early);
    for (const nothing of ['2005', '2006/06', '2006/13', '2006/5', '20066'])
      expect((await pageAt(`${path}/${nothing}`)).status, nothing).toBe(404);
  });

  test('of an imported name has its works and comments by date, the zone unknown', async () => {
    const imported = lampStory('Imported By Date');
    const posted = {
      written: '28th-May-2006 12:47 pm',
      local: '2006-05-28T12:47',
      instant: null,
      zone: null,
      precision: 'minute',
    } as const;
    const author = { name: 'horace_by_date', role: 'author', site: 'journal.example' } as const;
    const id = await site.add({ ...imported, work: { ...imported.work, posted, creators: [author] } });
    const found = findAll(parsePage((await pageAt(`/works/${id}`)).html), (e) => e.tagName === 'a').find(
      (e) => textOf(e) === 'horace_by_date',
    );
    const path = found?.attrs.find(({ name }) => name === 'href')?.value ?? '';
    const { words } = await pageAt(`${path}/2006/05`);
    expect(words).toContain('28 May 2006, 12:47 (zone not stated)');
    expect(words).toContain('journal.example');
  });

  test('names what its comments are about, notes by their own address', async () => {
    const [ada, bo] = [await writerOn(site, 'Ada Two'), await writerOn(site, 'Bo')];
    const note = await publishedNote(site, ada.pseud, 'Ask me.', { title: 'Questions' });
    await bo.send(`/works/${note}/comments`, { words: 'Why the lamp?' });
    const { html, words } = await pageAt(`/people/${bo.pseud}`);
    expect(html).toContain(`on <a href="/notes/${note}">Questions</a>`);
    expect(words).toContain('Why the lamp?');
    expect((await pageAt(`/people/${bo.pseud}/comments`)).words).toContain('Why the lamp?');
  });

  test('shows what is for members to members only, at an address of its own', async () => {
    const ada = await writerOn(site, 'Ada Three');
    await publishedNote(site, ada.pseud, 'For all.');
    const members = await publishedNote(site, ada.pseud, 'Between us.', { audience: 'members' });
    const path = `/people/${ada.pseud}`;
    for (const open of [path, `/feeds/people/${ada.pseud}.atom`])
      expect((await pageAt(open)).html).not.toContain(members);
    const guest = await site.ask(`${path}/members`);
    expect([guest.status, guest.headers.get('location')]).toEqual([
      303,
      `/sign-in?back=${encodeURIComponent(`${path}/members`)}`,
    ]);
    const reader = await writerOn(site, 'Reader Three', 'reader');
    expect((await reader.open(`${path}/members`)).html).toContain(`/notes/${members}`);
    expect((await reader.open(path)).html).toBe((await pageAt(path)).html);
  });
});

describe('the feed of a journal', () => {
  test('is Atom with the words of notes, places and images named in full, and nothing that is not public', async () => {
    const ada = await writerOn(site, 'Ada & Co');
    const sent = await writer.fetch('/');
    expect(sent.status).toBe(200);
    const title = 'Tea & <cake>';
    const begun = await ada.send('/studio/notes', {
      ...fields,
      title,
      text: 'Read[^1] this.\n\n[^1]: A footnote.',
      posted: '2003-01-02',
      do: 'publish',
    });
    const note = idIn(begun.to);
    const hidden = await publishedNote(site, ada.pseud, 'Taken from view.');
    await hideWork(site.archive.store, hidden, 'mod', 'a test');
    const draft = await publishedNote(site, ada.pseud, 'A draft.', { publish: false });
    const response = await site.ask(`/feeds/people/${ada.pseud}.atom`);
    expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    const xml = await response.text();
    expect(xml).toContain('<title>Ada &amp; Co, Variorum</title>');
    expect(xml).toContain('<title>Tea &amp; &lt;cake&gt;</title>');
    expect(xml).toContain(`<id>http://localhost:4870/notes/${note}</id>`);
    expect(xml).toMatch(/<published>\d{4}-\d\d-\d\dT[^<]+Z<\/published>\n<updated>\d{4}/);
    expect(xml).toContain('&lt;p&gt;Read');
    expect(xml).not.toMatch(/href=&quot;[#/]|src=&quot;\//);
    for (const secret of [hidden, draft]) expect(xml).not.toContain(secret);
    const page = await pageAt(`/people/${ada.pseud}`);
    expect(page.html).toContain(`href="/feeds/people/${ada.pseud}.atom"`);
    expect((await site.ask('/feeds/people/nobody.atom')).status).toBe(404);
  });
});
