import { expect, test } from 'vitest';
import { addActor } from '../../store/sample-people.testing.ts';
import { publishWork } from '../../store/works.ts';
import { createWork } from '../../store/writing.ts';
import { passage, story } from '../../testing/stories.ts';
import { lampStory, sitesOfTests } from '../site.testing.ts';

const open = sitesOfTests();

test('a name in a file that is somebody’s here is said to be another’s, and lends nothing of hers', async () => {
  const site = await open();
  const { store } = site.archive;
  const { person } = await addActor(store, { pseud: 'Marram Grass' });
  const by = person.pseud.id;
  await addActor(store, { pseud: 'Reader_Two' });
  const own = await createWork(store, {
    title: 'Her Own',
    creators: [by],
    by,
    story: story([passage('p1', 'Words of hers.')]),
  });
  await publishWork(store, own, { rating: 'Not Rated', warnings: ['No Archive Warnings Apply'], by });
  // As the same, in other capitals, and with a sign nobody sees.
  const names = ['Marram Grass', 'MARRAM grass', 'Marram\u200c Grass', 'Marram Sedge'];
  for (const [i, name] of names.entries()) {
    const lamp = lampStory(`The Light${i}`);
    const creator = { name, role: 'author', site: i === 1 ? 'journal.example' : null } as const;
    const work = await site.add({ ...lamp, work: { ...lamp.work, creators: [creator] } });
    const page = await (await site.ask(`/works/${work}`)).text();
    const [byline = ''] = /<p class="byline">.*?<\/p>/s.exec(page) ?? [];
    const from = i === 1 ? 'journal.example' : 'another place';
    expect(byline.includes(`(of ${from}, not of here)`), name).toBe(i < 3);
    expect(page).not.toContain(by);
    const thread = await (await site.ask(`/works/${work}/comments`)).text();
    expect(thread.match(/reader_two<\/a><\/span><span class="soft">not of here/g)).toHaveLength(1);
    expect(thread).not.toMatch(/reader_one<\/a><\/span><span class="soft">/);
    const [, id = ''] = /href="\/people\/([0-9a-z]+)"/.exec(byline) ?? [];
    expect(await (await site.ask(`/people/${id}`)).text()).toContain('A name from ');
  }
  const hers = await (await site.ask(`/works/${own}`)).text();
  expect(hers).not.toContain('not of here');
  const journal = await (await site.ask(`/people/${by}`)).text();
  expect([
    journal.includes('Her Own'),
    journal.includes('The Light'),
    journal.includes('A name from '),
  ]).toEqual([true, false, false]);
});
