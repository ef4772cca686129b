import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeHtml } from '../../../export/html/write.ts';
import { samples } from '../../../pictures/samples.testing.ts';
import { readEdition } from '../../../store/editions.ts';
import { listPictures } from '../../../store/writing.ts';
import { passage, story } from '../../../testing/stories.ts';
import { openSite, type TestSite } from '../../site.testing.ts';
import { draftOf, type Writer, writerOn } from '../writer.testing.ts';

let site: TestSite;
let writer: Writer;
let work: string;
beforeAll(async () => {
  site = await openSite();
  writer = await writerOn(site, 'Iris');
  work = await draftOf(site, writer, 'The Album', story([passage('p1', 'Words.', { ending: true })]));
}, 60_000);
afterAll(() => site.close());

function send(by: Writer, sample: string | Uint8Array, alt: string, accept?: string): Promise<Response> {
  const picture = typeof sample === 'string' ? (samples[sample] ?? new Uint8Array()) : sample;
  return by.upload(`/studio/${work}/pictures`, { picture, alt }, accept);
}

/** Puts a line into the text of the only passage, and publishes it. */
async function show(markdown: string): Promise<void> {
  await writer.change(work, 'passages/p1/states', { draft: '0', title: '', text: markdown, ending: 'yes' });
  await writer.change(work, 'publication', {
    do: 'publish',
    rating: 'General Audiences',
    warnings: ['No Archive Warnings Apply'],
    audience: 'everyone',
  });
}

test('a picture is taken in, without its notes, named in the text and shown with its size, in books too', async () => {
  const sent = await send(writer, 'jpeg', 'A lamp [lit] on *the* quay', 'application/json');
  const added = (await sent.json()) as { sha256: string; markdown: string; width: number };
  expect(added).toMatchObject({
    mediaType: 'image/jpeg',
    width: 6,
    height: 8,
    alt: 'A lamp [lit] on *the* quay',
  });
  const page = await send(writer, 'jpeg', 'A lamp [lit] on *the* quay');
  expect([page.status, (await page.text()).includes(added.markdown)]).toEqual([200, true]);
  expect(await listPictures(site.archive.store, work)).toHaveLength(1);

  await show(added.markdown);
  const html = await (await site.ask(`/works/${work}/read/p1`)).text();
  expect(html).toContain(
    `src="/works/${work}/resources/${added.sha256}" alt="A lamp [lit] on *the* quay" width="6" height="8"/>`,
  );
  const picture = await site.ask(`/works/${work}/resources/${added.sha256}`);
  const bytes = Buffer.from(await picture.arrayBuffer()).toString('latin1');
  expect(picture.headers.get('content-type')).toBe('image/jpeg');
  expect(picture.headers.get('x-content-type-options')).toBe('nosniff');
  expect(bytes).not.toContain('SECRET');
  const edition = await readEdition(site.archive.store, work);
  expect(edition.resources.map(({ sha256 }) => sha256)).toEqual([added.sha256]);
  const book = writeHtml(edition, {
    address: null,
    comments: false,
    stateMadeAt: '2026-01-01T00:00:00Z',
  });
  expect(Buffer.from(book).toString()).toMatch(
    /<img src="data:image\/jpeg;base64,[^"]+" alt="A lamp \[lit\]/,
  );
});

test.each([
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'A drawing', 'none of them'],
  ['a picture without words', samples.png ?? new Uint8Array(), ' ', 'those who cannot see it'],
  ['half a picture', (samples.png ?? new Uint8Array()).subarray(0, 60), 'Half', 'is broken'],
  ['no picture', new Uint8Array(), 'Nothing', 'Choose a picture'],
  ['too much', Buffer.alloc(10 * 1024 * 1024 + 1, 1), 'Too much', 'more than 10 MB'],
])('%s is refused, with the reason and what was typed', async (_, bytes, alt, reason) => {
  const page = await send(writer, bytes, alt);
  const html = await page.text();
  expect([page.status, html.includes(reason)]).toEqual([422, true]);
  if (alt.trim() !== '') expect(html).toContain(alt);
  const json = await send(writer, bytes, alt, 'application/json');
  expect([json.status, await json.json()]).toEqual([
    422,
    { problem: expect.stringContaining(reason), field: expect.any(String) },
  ]);
});

test('a picture belongs to its work: nobody else adds one, and no other work shows it', async () => {
  const other = await writerOn(site, 'Flag');
  expect((await send(other, 'png', 'Not mine')).status).toBe(403);
  const sent = (await (await send(writer, 'png', 'Mine', 'application/json')).json()) as { sha256: string };
  const draft = await draftOf(site, other, 'Elsewhere', story([passage('p1', 'Words.')]));
  const handle = await site.secretHandle(draft);
  expect((await site.ask(`/works/${handle}/resources/${sent.sha256}`)).status).toBe(404);
});

test('a picture taken away is gone, its bytes too, and its words stay', async () => {
  const sent = (await (await send(writer, 'gif', 'It moved', 'application/json')).json()) as {
    sha256: string;
    markdown: string;
  };
  await show(`Before. ${sent.markdown}`);
  expect((await site.ask(`/works/${work}/resources/${sent.sha256}`)).status).toBe(200);
  const gone = await writer.send(`/studio/${work}/pictures`, { remove: sent.sha256 });
  expect(gone.to).toBe(`/studio/${work}/pictures?did=unpictured`);
  expect((await site.ask(`/works/${work}/resources/${sent.sha256}`)).status).toBe(404);
  const blobs = await site.archive.store.read
    .selectFrom('blobs')
    .select('sha256')
    .where('sha256', '=', sent.sha256)
    .execute();
  expect(blobs).toEqual([]);
  expect(await (await site.ask(`/works/${work}/read/p1`)).text()).toContain('alt="It moved"');
});
