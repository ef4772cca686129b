import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { htmlOfText } from '../../html.ts';
import { samples } from '../../pictures/samples.testing.ts';
import { cleanPicture } from '../../pictures.ts';
import { addPseud, saveProfile } from '../../store/accounts.ts';
import { addPerson, movePseud, type SamplePerson } from '../../store/sample-people.testing.ts';
import { sampleEdition } from '../../store/sample-works.testing.ts';
import { postComment } from '../../store/talk/commenting.ts';
import { publishWork } from '../../store/works.ts';
import { createWork } from '../../store/writing.ts';
import { publishedNote } from '../journals/notes.testing.ts';
import { openSite, type TestSite } from '../site.testing.ts';

let site: TestSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

test('no byte that a guest can be given says whether two names belong to one person', async () => {
  const { store } = site.archive;
  const [a, b] = [await addPerson(store, { pseud: 'Sandwort' }), await addPerson(store)];
  const second = await addPseud(store, a.id, 'Thrift');
  const works = [await workBy(a.pseud), await workBy(second)];
  for (const workId of works)
    for (const by of [a.pseud, second])
      await postComment(store, {
        workId,
        parent: null,
        author: { kind: 'pseud', id: by.id },
        about: { kind: 'work' },
        subject: null,
        html: htmlOfText(`${by.name} says so.`),
      });
  for (const [i, { id }] of [a.pseud, second].entries()) {
    // The same picture under both names, as someone careless may have it.
    const icon = cleanPicture(samples.png ?? new Uint8Array());
    const said = { bio: htmlOfText(`Writes, ${i}.`), pronouns: 'she/her', links: [] };
    await saveProfile(store, a.id, id, said, icon);
    await publishedNote(site, id, `A note of ${i}.`, { posted: '2006-05-28' });
  }
  const together = await crawl();
  const again = await crawl();
  const byChance = [...together.keys()].filter((path) => together.get(path) !== again.get(path));
  // It holds a challenge for passkeys, another each time.
  expect(byChance.filter((path) => !path.startsWith('/sign-in'))).toEqual([]);
  // The twin of this archive: the same bytes on the disk, but for whose the second name is.
  await movePseud(store, second.id, b.id);
  const apart = await crawl();
  for (const path of byChance)
    for (const crawled of [together, apart]) crawled.set(path, 'another each time');
  expect([...apart]).toEqual([...together]);
  const seen = [...together.keys()].join('\n');
  for (const page of [`/people/${a.pseud.id}`, `/people/${second.id}`, ...works.map((id) => `/works/${id}`)])
    expect(seen).toContain(page);
  expect(seen).toMatch(/\.epub/);
  for (const { id } of [a.pseud, second])
    for (const rest of ['/icon', '/2006/05', '.atom'])
      expect(seen).toContain(`${rest === '.atom' ? '/feeds' : ''}/people/${id}${rest}`);
  expect(seen).toContain('/notes/');
}, 120_000);

async function workBy({ id, name }: SamplePerson['pseud']): Promise<string> {
  const { store } = site.archive;
  const { passages, choices, variantSets } = sampleEdition(name);
  const story = { passages, choices, variantSets };
  const workId = await createWork(store, { title: `The ${name} Boat`, creators: [id], story, by: id });
  await publishWork(store, workId, {
    rating: 'General Audiences',
    warnings: ['No Archive Warnings Apply'],
  });
  return workId;
}

/** Every address that a guest can follow from the front page, and what it answers: status, headers, a hash of the bytes. */
async function crawl(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const queue = [
    '/',
    '/people',
    '/works',
    '/sitemap.xml',
    '/feeds/works.atom',
    '/search?q=Thrift',
    '/search?q=Sandwort',
  ];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (found.has(path)) continue;
    const response = await site.ask(path);
    const bytes = Buffer.from(await response.arrayBuffer());
    const headers = [...response.headers].filter(([name]) => name !== 'date').map((pair) => pair.join(': '));
    found.set(
      path,
      [response.status, ...headers, createHash('sha256').update(bytes).digest('hex')].join('\n'),
    );
    const text = /html|xml/.test(response.headers.get('content-type') ?? '') ? bytes.toString() : '';
    for (const [, href = ''] of text.matchAll(/(?:href="|src="|<loc>)([^"<]+)/g)) {
      const url = URL.parse(href.replaceAll('&amp;', '&'), new URL(path, site.archive.url));
      if (url?.origin === site.archive.url) queue.push(url.pathname + url.search);
    }
  }
  return found;
}
