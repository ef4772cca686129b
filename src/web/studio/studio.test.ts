import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginSession } from '../../store/accounts.ts';
import { lampStory, openSite, type TestSite } from '../site.testing.ts';
import { newest, type Writer, writerOn } from './writer.testing.ts';

let site: TestSite;
let writer: Writer;
let other: Writer;

beforeAll(async () => {
  site = await openSite();
  writer = await writerOn(site, 'rosamund');
  other = await writerOn(site, 'edith');
});
afterAll(() => site.close());

const begun = 'The ferry was late.\n\nShe waited on the quay.\n\nNobody came.';

async function beginStory(title = 'The Ferry', text = begun): Promise<string> {
  const sent = await writer.send('/studio', { title, text, start: 'text' });
  expect(sent.status).toBe(303);
  return /^\/studio\/([0-9a-z]+)\?did=begun$/.exec(sent.to)?.[1] ?? '';
}

async function firstKey(work: string): Promise<string> {
  return (await newest(site, work)).story.passages[0]?.key ?? '';
}

describe('the studio', () => {
  it('teaches how to begin where nothing is written', async () => {
    const { status, html } = await other.open('/studio');
    expect(status).toBe(200);
    expect(html).toContain('Nothing is written yet');
    expect(html).toContain('href="/studio/new"');
  });

  it('lists the works of whoever asks and of nobody else', async () => {
    await beginStory('A Private Draft');
    expect((await writer.open('/studio')).html).toContain('A Private Draft');
    expect((await other.open('/studio')).html).not.toContain('A Private Draft');
  });

  it('leads guests to sign in, and shows a draft to nobody but its author', async () => {
    const work = await beginStory();
    const guest = await site.ask(`/studio`);
    expect(guest.headers.get('location')).toBe('/sign-in?back=%2Fstudio');
    for (const path of ['', '/header', `/passages/${await firstKey(work)}`]) {
      expect((await other.open(`/studio/${work}${path}`)).status).toBe(404);
      expect((await site.ask(`/studio/${work}${path}`)).status).toBe(404);
    }
    const sent = await other.send(`/studio/${work}/states`, { number: '1' });
    expect(sent.status).toBe(404);
  });

  it('is in the menu of those who may write, by a style sheet of their own', async () => {
    const reader = await writerOn(site, 'agnes', 'reader');
    expect((await writer.open('/reader.css')).html).toContain('.for-writers{display:revert}');
    expect((await reader.open('/reader.css')).html).not.toContain('for-writers');
    expect((await reader.open('/studio')).status).toBe(403);
    expect((await writer.open('/')).html).toBe(await (await site.ask('/')).text());
  });

  it('keeps its pages out of every cache and search', async () => {
    const work = await beginStory();
    const { html } = await writer.open(`/studio/${work}`);
    expect(html).toContain('<meta name="robots" content="noindex, nofollow"/>');
    expect((await site.ask(`/studio/${work}`)).headers.get('cache-control')).toContain('no-store');
  });
});

describe('a new story', () => {
  it('takes header and text in one page', async () => {
    const sent = await writer.send('/studio', {
      title: ' The  Lamp ',
      text: 'One *lamp*.\n\n***\n\nTwo.',
      fandoms: ['Lighthouses, Harbours', ''],
      freeforms: ['Fog'],
      rating: 'General Audiences',
      warnings: ['No Archive Warnings Apply'],
      language: 'en',
      summary: 'A lamp is **lit**.',
    });
    const work = /studio\/(\w+)/.exec(sent.to)?.[1] ?? '';
    const { header, story } = await newest(site, work);
    expect(header).toMatchObject({
      title: 'The Lamp',
      fandoms: ['Lighthouses', 'Harbours'],
      freeforms: ['Fog'],
      rating: 'General Audiences',
      language: 'en',
      summary: '<p>A lamp is <strong>lit</strong>.</p>',
    });
    expect(header.creators.map((c) => c.name)).toEqual(['rosamund']);
    expect(story.passages.map((p) => p.html)).toEqual(['<p>One <em>lamp</em>.</p>\n<hr/>\n<p>Two.</p>']);
  });

  it('can begin with two endings still to be written', async () => {
    const sent = await writer.send('/studio', { title: 'Two', text: 'A door.', start: 'endings' });
    const { story } = await newest(site, /studio\/(\w+)/.exec(sent.to)?.[1] ?? '');
    expect(story.passages.map((p) => [p.words, p.ending])).toEqual([
      [2, false],
      [0, true],
      [0, true],
    ]);
    expect(story.variantSets[0]?.branches.map((b) => b.siglum)).toEqual(['A', 'B']);
  });

  it('reads the header and chapters of a pasted text', async () => {
    const text =
      'Title: The Pasted Quay\nFandom: Harbours\nRating: G\n\nChapter 1\n\nFog.\n\nChapter 2\n\nLight.';
    const sent = await writer.send('/studio', { title: '', text, start: 'read' });
    const { header, story } = await newest(site, /studio\/(\w+)/.exec(sent.to)?.[1] ?? '');
    expect(header.title).toBe('The Pasted Quay');
    expect(header.fandoms).toEqual(['Harbours']);
    expect(story.passages).toHaveLength(2);
  });

  it('reads a file, and takes what was typed before what the file says', async () => {
    const body = new FormData();
    body.set('title', 'Mine');
    body.set('file', new File(['# Theirs\n\nSome words.'], 'story.md'));
    const account = await writerOn(site, 'winifred');
    const page = await account.open('/studio/new');
    expect(page.html).toContain('enctype="multipart/form-data"');
    const response = await site.ask('/studio', {
      method: 'POST',
      body,
      headers: { 'sec-fetch-site': 'same-origin', cookie: await cookieOf(account) },
    });
    const work = /studio\/(\w+)/.exec(response.headers.get('location') ?? '')?.[1] ?? '';
    const { header, story } = await newest(site, work);
    expect(header.title).toBe('Mine');
    expect(story.passages.map((p) => p.html)).toEqual(['<p>Some words.</p>']);
  });

  it('comes back with its values and the reasons beside the fields', async () => {
    const sent = await writer.send('/studio', {
      title: 'Kept',
      text: 'Kept words',
      language: 'no language!',
      fandoms: ['Kept fandom'],
      posted: '2006-02-31',
    });
    expect(sent.status).toBe(422);
    expect(sent.html).toContain('value="Kept"');
    expect(sent.html).toContain('Kept words</textarea>');
    expect(sent.html).toContain('value="Kept fandom"');
    expect(sent.html).toMatch(/id="language-fault"[^>]*>[^<]*no language tag/);
    expect(sent.html).toMatch(/id="posted-fault"/);
    expect((await writer.send('/studio', { start: 'read', text: ' ' })).status).toBe(422);
  });

  it('cleans what hostile hands type', async () => {
    const work = await beginStory(
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>\n\n<script>alert(2)</script>\n\n[x](javascript:alert(3))\n\n</textarea><b>bold</b>',
    );
    const { story } = await newest(site, work);
    expect(story.passages[0]?.html).not.toMatch(/script|onerror/);
    const key = await firstKey(work);
    const page = await writer.open(`/studio/${work}/passages/${key}`);
    expect(page.html).not.toContain('<script>alert');
    expect(page.html).toContain('&lt;script&gt;alert(1)');
    const sent = await writer.send('/studio', {
      text: '</textarea><script>alert(9)</script>',
      language: '!',
    });
    expect(sent.html).not.toContain('<script>alert(9)');
  });
});

describe('an import that nobody has claimed', () => {
  it('is mended by an archivist, its imported author still named, and by no other writer', async () => {
    const archivist = await writerOn(site, 'ottoline', 'archivist');
    const work = await site.add(lampStory('The Beacon'), undefined, false);
    expect((await writer.open(`/studio/${work}`)).status).toBe(404);
    const before = await newest(site, work);
    const page = await archivist.open(`/studio/${work}/passages/p3`);
    expect(page.status).toBe(200);
    const sent = await archivist.send(`/studio/${work}/passages/p3/states`, {
      base: '1',
      text: 'She lit it.',
      title: 'Lit',
      ending: 'yes',
    });
    expect(sent.status).toBe(303);
    const after = await newest(site, work);
    expect(after.story.passages[2]?.html).toBe('<p>She lit it.</p>');
    expect(after.header.creators).toEqual(before.header.creators);
    await archivist.change(work, 'divisions', { passage: 'p1', after: '0' });
    expect((await newest(site, work)).state).toBe(3);
  });
});

describe('one passage', () => {
  it('is saved as a new version with its reason', async () => {
    const work = await beginStory();
    const key = await firstKey(work);
    const saved = await writer.send(`/studio/${work}/passages/${key}/states`, {
      base: '1',
      draft: '0',
      title: 'The quay',
      text: 'Other words now.',
      ending: 'yes',
      why: 'shorter',
    });
    expect(saved).toMatchObject({ status: 303, to: `/studio/${work}/passages/${key}?did=saved` });
    const { state, story } = await newest(site, work);
    expect(state).toBe(2);
    expect(story.passages[0]).toMatchObject({
      title: 'The quay',
      html: '<p>Other words now.</p>',
      words: 3,
      ending: true,
    });
    expect((await writer.open(`/studio/${work}`)).html).toContain('shorter');
  });

  it('is kept as a draft that is no version, until it is thrown away', async () => {
    const work = await beginStory();
    const path = `/studio/${work}/passages/${await firstKey(work)}`;
    const kept = await writer.send(`${path}/drafts`, { base: '1', draft: '0', text: 'Half a thought' });
    expect(kept.to).toBe(`${path}?did=kept`);
    expect((await newest(site, work)).state).toBe(1);
    const page = await writer.open(path);
    expect(page.html).toContain('Half a thought</textarea>');
    expect(page.html).toContain('Throw the draft away');
    await writer.send(`${path}/drafts`, { drop: 'yes' });
    expect((await writer.open(path)).html).not.toContain('Half a thought');
  });

  it('drops its draft once that is saved, but not one kept in another tab since', async () => {
    const work = await beginStory();
    const path = `/studio/${work}/passages/${await firstKey(work)}`;
    await writer.send(`${path}/drafts`, { base: '1', draft: '0', text: 'First' });
    await writer.send(`${path}/states`, { base: '1', draft: '1', text: 'First', title: '' });
    expect((await writer.open(path)).html).not.toContain('Throw the draft away');
    await writer.send(`${path}/drafts`, { base: '2', draft: '0', text: 'In another tab' });
    await writer.send(`${path}/states`, { base: '2', draft: '0', text: 'In this tab', title: '' });
    expect((await writer.open(path)).html).toContain('In another tab</textarea>');
  });

  it('shows both texts, and overwrites neither, when someone saved meanwhile', async () => {
    const work = await beginStory();
    const path = `/studio/${work}/passages/${await firstKey(work)}`;
    await writer.send(`${path}/states`, { base: '1', text: 'The ferry was early.', title: '' });
    const mine = await writer.send(`${path}/states`, { base: '1', text: 'The ferry was lost.', title: '' });
    expect(mine.status).toBe(409);
    expect(mine.html).toContain('<ins');
    expect(mine.html).toContain('The ferry was early.\n\nThe ferry was lost.</textarea>');
    expect(mine.html).toContain('The ferry was lost.</textarea>');
    expect(mine.html).toContain('The ferry was early.</textarea>');
    expect((await newest(site, work)).story.passages[0]?.html).toBe('<p>The ferry was early.</p>');
    const base = /name="base" value="(\d+)"/.exec(mine.html)?.[1] ?? '';
    const again = await writer.send(`${path}/states`, { base, text: 'Early, then lost.', title: '' });
    expect(again.status).toBe(303);
  });

  it('shows three texts, and those that changed other paragraphs brought together, with scripts off', async () => {
    const work = await beginStory();
    const path = `/studio/${work}/passages/${await firstKey(work)}`;
    await writer.send(`${path}/states`, { base: '1', text: 'One.\n\nTwo.\n\nThree.', title: 'T' });
    await writer.send(`${path}/states`, { base: '2', text: 'One, or so.\n\nTwo.\n\nThree.', title: 'T' });
    const mine = await writer.send(`${path}/states`, {
      base: '2',
      text: 'One.\n\nTwo.\n\nFour.',
      title: 'Mine',
    });
    expect(mine.status).toBe(409);
    const [form = ''] = /<form[^>]*data-kept.*?<\/form>/s.exec(mine.html) ?? [];
    expect(form).toContain('\nOne, or so.\n\nTwo.\n\nFour.</textarea>');
    expect(form).toContain('name="title" value="Mine"');
    const rows = [...mine.html.matchAll(/<tr class="three-(\w+)">/g)].map(([, by]) => by);
    expect(rows).toEqual(['theirs', 'same', 'mine']);
    expect(mine.html).toMatch(/One<ins>, or so<\/ins>\./);
    expect((await newest(site, work)).state).toBe(3);
  });

  it('shows two hundred of thousands of places that both changed, and has the words of both in all of them', async () => {
    const work = await beginStory();
    const path = `/studio/${work}/passages/${await firstKey(work)}`;
    const text = (of: (i: number) => string) => Array.from({ length: 4_000 }, (_, i) => of(i)).join('\n\n');
    const [base, theirs, mine] = [
      text((i) => `Line ${i}.`),
      text((i) => (i % 4 === 0 ? `Theirs ${i}.` : `Line ${i}.`)),
      text((i) => (i % 4 === 2 || i % 8 === 0 ? `Mine ${i}.` : `Line ${i}.`)),
    ];
    await writer.send(`${path}/states`, { base: '1', text: base, title: '' });
    await writer.send(`${path}/states`, { base: '2', text: theirs, title: '' });
    const late = await writer.send(`${path}/states`, { base: '2', text: mine, title: '' });
    expect(late.status).toBe(409);
    expect(late.html.match(/<tr class="three-/g)?.length).toBe(401);
    expect(late.html).toContain('1,800 places more that are not shown here');
    const [form = ''] = /<form[^>]*data-kept.*?<\/form>/s.exec(late.html) ?? [];
    for (const line of [...theirs.split('\n\n'), ...mine.split('\n\n')])
      if (!line.startsWith('Line')) expect(form.includes(line), line).toBe(true);
  });

  it('answers a script that keeps a draft, and tells it what it does not know', async () => {
    const work = await beginStory();
    const path = `/studio/${work}/passages/${await firstKey(work)}`;
    const headers = { accept: 'application/json', cookie: await cookieOf(writer) };
    const keep = async (fields: Record<string, string>) => {
      const response = await site.send(`${path}/drafts`, Object.entries({ title: '', ...fields }), headers);
      return { status: response.status, ...(await response.json()) };
    };
    expect(await keep({ base: '1', draft: '0', text: 'Mine.' })).toEqual({
      status: 200,
      kind: 'kept',
      from: { draft: '1' },
    });
    expect(await keep({ base: '1', draft: '0', text: 'Other.' })).toMatchObject({
      status: 409,
      kind: 'newer',
      whose: 'draft',
      from: { base: '1', draft: '1' },
      theirs: { html: '<p>Mine.</p>', fields: { title: '', ending: '' } },
    });
    expect(await keep({ base: '1', draft: '1', text: 'Mine, more.' })).toMatchObject({
      from: { draft: '2' },
    });
    await writer.send(`${path}/states`, { base: '1', text: 'Saved.', title: '' });
    expect(await keep({ base: '1', draft: '2', text: 'Mine, yet more.' })).toMatchObject({
      kind: 'newer',
      whose: 'saved',
      from: { base: '2', draft: '3' },
      theirs: { html: '<p>Saved.</p>', fields: { title: '', ending: '' } },
      began: { html: expect.stringContaining('The ferry was late.') },
    });
  });

  it('is no conflict when meanwhile another passage was saved', async () => {
    const work = await beginStory();
    const key = await firstKey(work);
    const added = await writer.change(work, 'passages', { passage: key, title: 'Second' });
    const second = /passages\/([^?]+)/.exec(added.to)?.[1] ?? '';
    await writer.send(`/studio/${work}/passages/${second}/states`, {
      base: '2',
      text: 'Two.',
      title: 'Second',
    });
    const sent = await writer.send(`/studio/${work}/passages/${key}/states`, {
      base: '2',
      text: 'One.',
      title: '',
    });
    expect(sent.status).toBe(303);
    const { story } = await newest(site, work);
    expect(story.passages.map((p) => p.html)).toEqual(['<p>One.</p>', '<p>Two.</p>']);
  });

  it('keeps as a draft what could not be saved', async () => {
    const work = await beginStory();
    const key = await firstKey(work);
    await writer.change(work, 'divisions', { passage: key, after: '0' });
    const sent = await writer.send(`/studio/${work}/passages/${key}/states`, {
      base: '2',
      text: 'The ferry was late.',
      title: 'Long',
      ending: 'yes',
    });
    expect(sent.status).toBe(422);
    expect(sent.html).toContain('divides after this passage');
    expect(sent.html).toContain('value="Long"');
  });

  it('can be as long as a book, and no longer than a form may be', async () => {
    const work = await beginStory();
    const path = `/studio/${work}/passages/${await firstKey(work)}/states`;
    const long = 'The ferry came and went. '.repeat(8_000);
    expect((await writer.send(path, { base: '1', text: long, title: '' })).status).toBe(303);
    const tooLong = { base: '2', text: 'x'.repeat(4_200_000), title: '' };
    expect((await writer.send(path, tooLong)).status).toBe(413);
  });

  it('comes back when its signs stand too deep in one another to be read', async () => {
    const work = await beginStory();
    const path = `/studio/${work}/passages/${await firstKey(work)}/states`;
    const sent = await writer.send(path, { base: '1', text: '>'.repeat(20_000), title: '' });
    expect(sent.status).toBe(422);
    expect(sent.html).toContain('too deep to be read');
    expect((await newest(site, work)).state).toBe(1);
  });

  it('refuses a form that names no version it was made from', async () => {
    const work = await beginStory();
    const path = `/studio/${work}/passages/${await firstKey(work)}/states`;
    for (const base of ['', '0', '7', '1.5'])
      expect((await writer.send(path, { base, text: 'x' })).status).toBe(422);
    expect((await newest(site, work)).state).toBe(1);
  });
});

async function cookieOf(account: Writer): Promise<string> {
  const session = { strong: false, label: 'a test' };
  return `session=${await beginSession(site.archive.store, account.accountId, session)}`;
}
