import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { addPseud, findAccount, setRole, suspendAccount } from '../../store/accounts.ts';
import { samplePassPhrase } from '../../store/sample-people.testing.ts';
import { sampleEdition } from '../../store/sample-works.testing.ts';
import { findWork, getWork, publishWork } from '../../store/works.ts';
import { answerCredit, createWork, proposeCredit } from '../../store/writing.ts';
import { openSite, type TestSite } from '../site.testing.ts';
import { type Writer, writerOn } from '../studio/writer.testing.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let site: TestSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const phrase = { passPhrase: samplePassPhrase };

/** Publishes a work of hers under a title; its words hold the title. */
async function work(her: Writer, title: string, pseud = her.pseud): Promise<string> {
  const { store } = site.archive;
  const { passages, choices, variantSets } = sampleEdition(title);
  const story = { passages, choices, variantSets };
  const id = await createWork(store, { title, creators: [pseud], story, by: pseud });
  await publishWork(store, id, { rating: 'Mature', warnings: ['No Archive Warnings Apply'], by: pseud });
  return id;
}

/** Everything that a guest can be shown of a name: pages that are kept, books, feeds, search. */
async function publicBytes(id: string, extra: readonly string[] = []): Promise<string> {
  const paths = ['', '/states', '/whole', '/comments', '/read/p1'].map((rest) => `/works/${id}${rest}`);
  const files = ['epub', 'html', 'md', 'json'].map((end) => `/works/${id}.${end}`);
  const all = ['/works', '/people', '/feeds/works.atom', '/sitemap.xml', ...paths, ...files, ...extra];
  const bytes = await Promise.all(
    all.map(async (path) => Buffer.from(await (await site.ask(path)).arrayBuffer())),
  );
  return Buffer.concat(bytes).toString('latin1');
}

function archiveBytes(): Buffer {
  const folder = site.archive.config.data;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  return Buffer.concat(files.map((e) => readFileSync(join(e.parentPath, e.name))));
}

describe('a work', () => {
  test('is left only after what that means was said, with the pass phrase', async () => {
    const her = await writerOn(site, 'samphire');
    const id = await work(her, 'Samphire Gathered');
    const page = await her.open(`/studio/${id}/delete`);
    const { words } = await getWork(site.archive.store, id);
    expect(page.html).toContain(`${words} words in 3 passages, 2 versions, 0 comments`);
    expect(page.html).toContain('not even a backup');
    expect(page.html).toMatch(/href="\/studio\/[0-9a-z]+\/header">the title</);
    const unsaid = await her.send(`/studio/${id}/delete`, phrase);
    expect([unsaid.status, unsaid.html.includes('Choose one of these')]).toEqual([422, true]);
    const wrong = await her.send(`/studio/${id}/delete`, { what: 'delete', passPhrase: 'no' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toMatch(/value="delete" checked/);
    expect(await findWork(site.archive.store, id)).toBeDefined();
    const stranger = await writerOn(site, 'stranger');
    expect((await stranger.open(`/studio/${id}/delete`)).status).toBe(403);
    expect((await stranger.send(`/studio/${id}/delete`, { what: 'delete', ...phrase })).status).toBe(403);
  });

  test('without its name bears it nowhere: not in kept pages, books, feeds or search', async () => {
    const her = await writerOn(site, 'Glasswort Name');
    const id = await work(her, 'Bytes Of It');
    await her.send(`/works/${id}/comments`, { words: 'I wrote this.' });
    const search = ['/search?q=Glasswort', `/people/${her.pseud}`];
    expect(await publicBytes(id, search)).toContain('Glasswort');
    const done = await her.send(`/studio/${id}/delete`, { what: 'orphan', ...phrase });
    expect(done.status).toBe(200);
    const code = /<code class="claim-code">([^<]+)/.exec(done.html)?.[1] ?? '';
    const after = await publicBytes(id);
    expect(after).not.toContain('Glasswort');
    expect(after).not.toContain(her.pseud);
    expect(after).toContain('I wrote this.');
    expect(await (await site.ask('/search?q=Glasswort')).text()).not.toContain(`/works/${id}`);
    expect((await site.ask(`/people/${her.pseud}`)).status).toBe(404);
    expect((await her.open(`/studio/${id}`)).status).toBe(403);
    const archivist = await writerOn(site, 'archivist of it', 'archivist');
    expect((await archivist.open(`/studio/${id}`)).status).toBe(403);

    const wrong = await archivist.send('/studio/claim', { code: 'aaaa-bbbb-cccc-dddd' });
    expect([wrong.status, wrong.html.includes('has a letter wrong')]).toEqual([422, true]);
    const claimed = await her.send('/studio/claim', { code, as: her.pseud });
    expect(claimed.html).toContain('1 work is under Glasswort Name again');
    expect((await her.open(`/studio/${id}`)).status).toBe(200);
  });

  test('deleted by its author is gone from everything at once, says so, and may come again if she left it so', async () => {
    const her = await writerOn(site, 'sandwort');
    const id = await work(her, 'Vanishing Point');
    expect(await publicBytes(id)).toContain('Vanishing Point');
    const done = await her.send(`/studio/${id}/delete`, { what: 'delete', ...phrase });
    expect(done.to).toBe('/account?said=work-deleted');
    expect((await site.ask(`/works/${id}`)).status).toBe(410);
    expect(await publicBytes(id)).not.toContain('Vanishing Point');
    expect(archiveBytes().includes('Vanishing Point')).toBe(false);
    expect(await site.add(sampleEdition('Vanishing Point'))).toBeTruthy();
  });

  test('of several is nobody’s alone to delete', async () => {
    const { store } = site.archive;
    const [her, friend] = [await writerOn(site, 'first of two'), await writerOn(site, 'second of two')];
    const id = await work(her, 'Written Together');
    await proposeCredit(store, id, { person: friend.pseud, role: 'author', by: her.pseud });
    await answerCredit(store, id, { person: friend.pseud, role: 'author', accept: true });
    expect((await her.open(`/studio/${id}/delete`)).html).toContain('not yours alone to delete');
    expect((await her.send(`/studio/${id}/delete`, { what: 'delete', ...phrase })).status).toBe(422);
    const left = await her.send(`/studio/${id}/delete`, { what: 'orphan', ...phrase });
    expect(left.html).not.toContain('claim-code');
    expect((await friend.open(`/studio/${id}`)).status).toBe(200);
  });
});

test('a text is erased from every version, and its place stays', async () => {
  const her = await writerOn(site, 'eraser');
  const id = await work(her, 'Half Erased');
  const page = await her.open(`/studio/${id}/erase/p2`);
  expect(page.html).toMatch(/1 text of it, in 2 versions\s*\(1 to 2\)/);
  expect((await her.open(`/studio/${id}/erase/nothing`)).status).toBe(404);
  expect((await her.send(`/studio/${id}/erase/p2`, { passPhrase: 'no' })).status).toBe(422);
  const words = 'Half Erased stayed';
  expect(archiveBytes().includes(words)).toBe(true);
  expect((await her.send(`/studio/${id}/erase/p2`, phrase)).to).toBe(`/studio/${id}?did=erased`);
  expect(await publicBytes(id)).not.toContain(words);
  expect(archiveBytes().includes(words)).toBe(false);
  expect((await getWork(site.archive.store, id)).entries.map((e) => e.key)).toContain('p2');
});

describe('a name', () => {
  test('goes when it was said of each work under it what becomes of it', async () => {
    const { store } = site.archive;
    const her = await writerOn(site, 'keeper');
    const name = await addPseud(store, her.accountId, 'Letting Go');
    const ids = await Promise.all(
      ['One Goes', 'One Stays', 'One Moves'].map((title) => work(her, title, name.id)),
    );
    const [goes = '', stays = '', moves = ''] = ids;
    const path = `/account/pseuds/${name.id}/delete`;
    expect((await her.open(path)).html).toContain('Put them under keeper');
    const unsaid = await her.send(path, { [`fate-${goes}`]: 'delete', ...phrase });
    expect([unsaid.status, unsaid.html.includes('Say of each work')]).toEqual([422, true]);
    const fates = { fate: 'orphan', [`fate-${goes}`]: 'delete', [`fate-${moves}`]: her.pseud };
    const done = await her.send(path, { ...fates, comments: 'erase', ...phrase });
    expect(done.html).toContain('1 work stays without a name');
    expect(await findWork(store, goes)).toBeUndefined();
    expect((await getWork(store, stays)).creators).toEqual([]);
    expect((await getWork(store, moves)).creators).toMatchObject([{ name: 'keeper' }]);
    expect((await findAccount(store, her.accountId))?.pseuds.map((p) => p.name)).toEqual(['keeper']);
    expect(archiveBytes().includes('Letting Go')).toBe(false);
    expect((await her.open(path)).status).toBe(404);
    expect((await her.open(`/account/pseuds/${her.pseud}/delete`)).html).toContain('your only name');
  });

  test('that cannot go after all shows the code of the works it was taken off by then', async () => {
    const { store } = site.archive;
    const her = await writerOn(site, 'both names');
    const name = await addPseud(store, her.accountId, 'Half Way');
    const under = await work(her, 'Under Both', name.id);
    await proposeCredit(store, under, { person: her.pseud, role: 'author', by: name.id });
    await answerCredit(store, under, { person: her.pseud, role: 'author', accept: true });
    const stays = await work(her, 'Stays Half Way', name.id);
    const fates = { [`fate-${under}`]: her.pseud, [`fate-${stays}`]: 'orphan' };
    const stopped = await her.send(`/account/pseuds/${name.id}/delete`, { ...fates, ...phrase });
    expect([stopped.status, stopped.html.includes('Half Way is still your name')]).toEqual([422, true]);
    expect((await getWork(store, stays)).creators).toEqual([]);
    const code = /<code class="claim-code">([^<]+)/.exec(stopped.html)?.[1] ?? '';
    expect((await her.send('/studio/claim', { code, as: her.pseud })).html).toContain('1 work is under');
  });
});

describe('an account', () => {
  test('is deleted with all that is private, also by someone who is suspended', async () => {
    const { store } = site.archive;
    const her = await writerOn(site, 'Leaver Canary');
    const [goes, stays] = [await work(her, 'Goes With Her'), await work(her, 'Stays Behind')];
    await her.send(`/works/${stays}/comments`, { words: 'Last words here.' });
    await suspendAccount(store, her.accountId, 'for a test');
    const page = await her.open('/account/delete');
    expect(page.html).toContain('What shall become of your 2 works?');
    expect((await her.send('/account/delete', { fate: 'orphan', passPhrase: 'no' })).status).toBe(422);
    const fates = { fate: 'orphan', [`fate-${goes}`]: 'delete', comments: 'keep' };
    const done = await her.send('/account/delete', { ...fates, ...phrase });
    expect(done.status).toBe(200);
    expect(done.html).toMatch(/<code class="claim-code">/);
    expect(await her.lead('/account')).toMatch(/^\/sign-in/);
    const bytes = archiveBytes();
    for (const canary of ['Leaver Canary', her.accountId, her.pseud, 'Goes With Her'])
      expect(bytes.includes(canary), canary).toBe(false);
    expect(bytes.includes('Last words here.')).toBe(true);
  });

  test('of the only host stays', async () => {
    const { store } = site.archive;
    const host = await writerOn(site, 'only host');
    await setRole(store, host.accountId, 'host');
    expect((await host.open('/account/delete')).html).toContain('You are the only host');
    const refused = await host.send('/account/delete', phrase);
    expect(refused.status).toBe(422);
    expect(await findAccount(store, host.accountId)).toBeDefined();
  });
});
