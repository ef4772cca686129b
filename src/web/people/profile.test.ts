import { afterAll, beforeAll, expect, test } from 'vitest';
import { samples } from '../../pictures/samples.testing.ts';
import { addPseud } from '../../store/accounts.ts';
import { publishedNote } from '../journals/notes.testing.ts';
import { openSite, type TestSite } from '../site.testing.ts';
import { type Uploads, type Writer, writerOn } from '../studio/writer.testing.ts';

let site: TestSite;
let writer: Writer;
beforeAll(async () => {
  site = await openSite();
  writer = await writerOn(site, 'Marigold');
}, 60_000);
afterAll(() => site.close());

async function send(path: string, fields: Uploads): Promise<{ status: number; html: string }> {
  const response = await writer.upload(path, fields);
  return { status: response.status, html: await response.text() };
}

const mine = (): string => `/account/pseuds/${writer.pseud}`;
const open = async (path: string): Promise<string> => (await site.ask(path)).text();

test('a pseud says who she is: words, pronouns, links that lend nobody anything, and a picture', async () => {
  expect((await site.ask(`/people/${writer.pseud}`)).status).toBe(404);
  const kept = await send(mine(), {
    bio: 'I write about *lamps*. <script>steal()</script>',
    pronouns: 'she/her',
    label: ['My garden', ''],
    url: ['https://garden.example/a?b=1&c=2', ''],
    picture: samples.jpeg ?? new Uint8Array(),
  });
  expect(kept.status).toBe(303);
  const html = await open(`/people/${writer.pseud}`);
  expect(html).toContain('<em>lamps</em>');
  expect(html).not.toContain('steal()</script>');
  expect(html).toContain('she/her');
  expect(html).toContain(
    '<a href="https://garden.example/a?b=1&amp;c=2" rel="me nofollow noopener ugc">My garden</a>',
  );
  const icon = await site.ask(`/people/${writer.pseud}/icon`);
  expect(icon.headers.get('content-type')).toBe('image/jpeg');
  expect(Buffer.from(await icon.arrayBuffer()).toString('latin1')).not.toContain('SECRET');
  const form = await writer.open(mine());
  expect(form.html).toContain('value="https://garden.example/a?b=1&amp;c=2"');
  expect(form.html).toContain('I write about *lamps*.');
});

test('the picture stays when words change, and goes when it is taken away', async () => {
  await send(mine(), { bio: 'New words.', picture: samples.png ?? new Uint8Array() });
  await send(mine(), { bio: 'Newer words.' });
  expect((await site.ask(`/people/${writer.pseud}/icon`)).headers.get('content-type')).toBe('image/png');
  await send(mine(), { bio: 'Newer words.', without: 'yes' });
  const initial = await site.ask(`/people/${writer.pseud}/icon`);
  expect(initial.headers.get('content-type')).toBe('image/svg+xml');
  expect(await initial.text()).toContain('>M</text>');
});

test.each([
  ['a link that runs', { label: 'x', url: 'javascript:alert(1)' }, 'is no address of the web'],
  ['a link without a name', { label: '', url: 'https://a.example' }, 'what a link is called'],
  ['a bio too long', { bio: 'x'.repeat(5001) }, 'at most 5,000 characters'],
  ['a bio with a picture', { bio: `![x](resource:${'0'.repeat(64)})` }, 'holds no pictures'],
  ['a picture that is none', { picture: Buffer.from('<svg/>') }, 'none of them'],
  ['a picture too large', { picture: Buffer.alloc(2 * 1024 * 1024 + 1) }, 'more than 2 MB'],
] as const)('%s is refused beside its field, and what was typed stays', async (_, fields, reason) => {
  const back = await send(mine(), { pronouns: 'they/them', ...fields });
  expect([back.status, back.html.toLowerCase().includes(reason.toLowerCase())]).toEqual([422, true]);
  expect(back.html).toContain('value="they/them"');
  expect(await open(`/people/${writer.pseud}`)).not.toContain('they/them');
});

test('nobody says anything for a name that is not hers, and is not told whose it is', async () => {
  const other = await writerOn(site, 'Teasel');
  const path = `/account/pseuds/${other.pseud}`;
  expect((await writer.open(path)).status).toBe(404);
  expect((await send(path, { bio: 'Not I.' })).status).toBe(404);
  expect((await site.ask(mine())).status).toBe(303);
});

test('beside a comment stands the picture of who wrote it here, and none beside names from elsewhere', async () => {
  const note = await publishedNote(site, writer.pseud, 'Say something.');
  await writer.send(`/works/${note}/comments`, { words: 'I begin.' });
  const html = await open(`/notes/${note}`);
  expect(html).toContain(`<img class="icon icon-small" src="/people/${writer.pseud}/icon" alt=""`);
  const second = await addPseud(site.archive.store, writer.accountId, 'Second Marigold');
  expect(await open(`/people/${second.id}/icon`)).toContain('>S</text>');
});
