import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSite, type TestSite } from '../../site.testing.ts';
import { newest, type Writer, writerOn } from '../writer.testing.ts';

let site: TestSite;
let writer: Writer;
let other: Writer;

beforeAll(async () => {
  site = await openSite();
  writer = await writerOn(site, 'hilda');
  other = await writerOn(site, 'winifred');
});
afterAll(() => site.close());

const answers = {
  rating: 'General Audiences',
  warnings: ['No Archive Warnings Apply'],
  audience: 'everyone',
};

/** A published story whose writer went on: its first passage rewritten, a second one added. */
async function wentOn(): Promise<{ readonly work: string; readonly first: string; readonly added: string }> {
  const begun = await writer.send('/studio', { title: 'The Weir', text: 'Water ran white.', start: 'text' });
  const work = /^\/studio\/([0-9a-z]+)/.exec(begun.to)?.[1] ?? '';
  const first = (await newest(site, work)).story.passages[0]?.key ?? '';
  await writer.change(work, 'publication', { do: 'publish', ...answers });
  await writer.change(work, `passages/${first}/states`, { text: 'Water ran green.', title: '' });
  await writer.change(work, 'passages', { title: 'The mill', passage: first });
  const added = (await newest(site, work)).story.passages[1]?.key ?? '';
  await writer.change(work, `passages/${added}/states`, { text: 'The wheel stood.', title: 'The mill' });
  return { work, first, added };
}

const read = async (path: string): Promise<string> => (await site.ask(path)).text();

describe('a published story that goes on being written', () => {
  it('is read as it was published, in every output', async () => {
    const { work, first, added } = await wentOn();
    expect(await read(`/works/${work}/read/${first}`)).toContain('ran white');
    for (const path of ['', '/whole', '.html', '.md', '.json', '/map', '/states', '/comments']) {
      const page = await read(`/works/${work}${path}`);
      expect(page, path).not.toMatch(/ran green|The mill|wheel stood/);
    }
    expect(await read('/search?q=wheel')).not.toContain('The Weir');
    expect((await site.ask(`/works/${work}/read/${added}`)).status).toBe(404);
    expect((await site.ask(`/works/${work}/compare/s2...s4`)).status).toBe(404);
  });

  it('says above each passage what is saved and what readers see, until they see all of it', async () => {
    const { work, first } = await wentOn();
    const words = async (): Promise<string> =>
      (await writer.open(`/studio/${work}/passages/${first}`)).html
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ');
    expect(await words()).toContain('saved · version 5 · readers see 2 Publish changes');
    await writer.change(work, `passages/${first}/drafts`, { text: 'Half a word', title: '', draft: '0' });
    expect(await words()).toContain('a draft is kept · version');
    await writer.change(work, 'publication', { do: 'publish', ...answers });
    expect(await words()).not.toMatch(/· readers see|Publish changes/);
  });

  it('is seen as it will be at its secret address by those who write it, and by nobody else', async () => {
    const { work, first, added } = await wentOn();
    const desk = await writer.open(`/studio/${work}`);
    const secret = new RegExp(`/works/(${work}-[0-9a-z]+)`).exec(desk.html)?.[1] ?? '';
    const mine = await writer.open(`/works/${secret}/read/${first}`);
    expect(mine.html).toContain('ran green');
    expect(mine.html).toContain(`/works/${secret}/read/${added}`);
    expect((await writer.open(`/works/${secret}`)).html).toContain('as it will be once you publish it');
    for (const ask of [read, async (path: string) => (await other.open(path)).html]) {
      expect(await ask(`/works/${secret}/read/${first}`)).toContain('ran white');
    }
    expect((await site.ask(`/works/${secret}/read/${added}`)).status).toBe(404);
    expect((await writer.open(`/works/${work}/read/${first}`)).html).toContain('ran white');
  });

  it('shows what waits anew, the chosen passages chosen, to who publishes some of it after another save', async () => {
    const { work, first, added } = await wentOn();
    const base = String((await newest(site, work)).state);
    await writer.change(work, `passages/${first}/states`, { text: 'Water ran blue.', title: '' });
    const send = (from: string) =>
      writer.send(`/studio/${work}/publication`, { base: from, do: 'some', passages: [added] });
    const late = await send(base);
    expect(late.status).toBe(409);
    expect(late.html).toContain('Someone saved this story after you opened it');
    expect(late.html).toMatch(new RegExp(`value="${added}" checked`));
    expect((await site.ask(`/works/${work}/read/${added}`)).status).toBe(404);
    const now = /name="base" value="(\d+)"\/?>\s*<p class="ways-row">/.exec(late.html)?.[1] ?? '';
    expect((await send(now)).to).toBe(`/studio/${work}?did=published-some`);
  });

  it('says on the desk what waits, and publishes some of it or all', async () => {
    const { work, first, added } = await wentOn();
    const desk = await writer.open(`/studio/${work}`);
    expect(desk.html).toContain('Readers see version 2.');
    expect(desk.html).toContain('2 passages differ');
    const none = await writer.change(work, 'publication', { do: 'some' });
    expect(none.status).toBe(422);
    expect(none.html).toContain('Choose the passages');

    const some = await writer.change(work, 'publication', { do: 'some', passages: [added] });
    expect(some.to).toBe(`/studio/${work}?did=published-some`);
    expect(await read(`/works/${work}/read/${added}`)).toContain('wheel stood');
    expect(await read(`/works/${work}/read/${first}`)).toContain('ran white');
    expect((await writer.open(`/studio/${work}`)).html).toContain('1 passage differs');

    await writer.change(work, 'publication', { do: 'publish' });
    expect(await read(`/works/${work}/read/${first}`)).toContain('ran green');
    expect((await writer.open(`/studio/${work}`)).html).not.toContain('You are at version');
  });

  it('opens earlier versions to readers as its author settles: none, those published once, all', async () => {
    const { work } = await wentOn();
    await writer.change(work, 'publication', { do: 'publish' });
    const seen = async (pair: string): Promise<number> =>
      (await site.ask(`/works/${work}/compare/${pair}`)).status;
    const last = (await newest(site, work)).state;
    expect([await seen(`s2...s${last}`), await seen(`s3...s${last}`)]).toEqual([404, 404]);
    const settle = (oldTexts: string) =>
      writer.send(`/studio/${work}/publication`, {
        do: 'settings',
        thread: 'approval',
        'old-texts': oldTexts,
      });
    await settle('published');
    expect([await seen(`s2...s${last}`), await seen(`s3...s${last}`)]).toEqual([200, 404]);
    expect(await read(`/works/${work}/states`)).toContain(`s2...s${last}`);
    await settle('everyone');
    expect([await seen(`s2...s${last}`), await seen(`s3...s${last}`)]).toEqual([200, 200]);
    expect((await writer.open(`/studio/${work}`)).html).toMatch(/value="approval" selected/);
  });
});

describe('a story on a phone', () => {
  it('is framed by its own page alone, in the version that is written', async () => {
    const { work } = await wentOn();
    const page = await site.ask(`/studio/${work}/phone`, { headers: { cookie: writer.cookie } });
    expect(page.headers.get('content-security-policy')).toContain("frame-src 'self'");
    const framed = /<iframe[^>]* src="([^"]+)"/.exec(await page.text())?.[1] ?? '';
    expect((await writer.open(framed)).html).toContain('as it will be once you publish it');
    expect((await other.open(`/studio/${work}/phone`)).status).toBe(403);
  });
});
