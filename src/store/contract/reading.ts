import { expect, it } from 'vitest';
import { Invalid, NotFound } from '../../errors.ts';
import { listActs } from '../acts.ts';
import { readEdition } from '../editions.ts';
import type { Store } from '../index.ts';
import { getPerson, listCommentsBy, listPeople } from '../people.ts';
import { sampleComment, sampleEdition, samplePassage } from '../sample-works.testing.ts';
import { search } from '../search.ts';
import { findTag, listTags } from '../tags.ts';
import { getComment, listSubthread, listThread, threadPageOf } from '../talk/comments.ts';
import {
  countWorks,
  getPassageHtml,
  getPassageHtmls,
  getWork,
  hideWork,
  listAllWorks,
  listWorks,
  publishWork,
} from '../works.ts';

import { rated, save } from './steps.ts';

/** What is given to those who read, list and search, on any engine. */
export function worksAreRead(opened: () => Store): void {
  it('gives words by their hashes', async () => {
    const id = await save(opened(), sampleEdition('Larkspur'));
    const { entries } = await getWork(opened(), id);
    const hashes = entries.map((e) => e.textHash);
    expect(await getPassageHtml(opened(), hashes[1] ?? '')).toBe(
      '<p>In the first ending Larkspur stayed aboard.</p>',
    );
    expect([...(await getPassageHtmls(opened(), hashes)).keys()].sort()).toEqual(hashes.toSorted());
    await expect(getPassageHtml(opened(), 'nothing')).rejects.toThrow(NotFound);
  });

  it('lists public works by date, title and author, page by page, and no others', async () => {
    const ids: string[] = [];
    for (const name of ['Zinnia', 'Anise', 'Mallow']) {
      const e = sampleEdition(name);
      const creators = [{ name: `Writer of ${name}`, role: 'author' as const, site: null }];
      const id = await save(opened(), { ...e, work: { ...e.work, creators, freeforms: ['Listing Test'] } });
      await publishWork(opened(), id, rated);
      ids.push(id);
    }
    const e = sampleEdition('Hidden Draft');
    await save(opened(), { ...e, work: { ...e.work, freeforms: ['Listing Test', 'Only A Draft'] } });
    const tag = { kind: 'freeform', name: 'Listing Test' } as const;
    const all = async (sort: 'newest' | 'title' | 'author'): Promise<(string | null)[]> => {
      const titles = [];
      for (let after: string | null = null; ; ) {
        const page = await listWorks(opened(), { sort, tag, after, limit: 1 });
        titles.push(...page.items.map((w) => w.title));
        if (page.next === null) return titles;
        after = page.next;
      }
    };
    expect(await all('title')).toEqual(['The Anise Ferry', 'The Mallow Ferry', 'The Zinnia Ferry']);
    expect(await all('author')).toEqual(['The Anise Ferry', 'The Mallow Ferry', 'The Zinnia Ferry']);
    expect(await all('newest')).toEqual(['The Mallow Ferry', 'The Anise Ferry', 'The Zinnia Ferry']);
    expect(await findTag(opened(), 'freeform', 'Listing Test')).toMatchObject({ works: 3 });
    expect(await findTag(opened(), 'freeform', 'Only A Draft')).toBeUndefined();
    expect((await listTags(opened(), 'freeform', { limit: 500 })).items.map((t) => t.name)).toContain(
      'Listing Test',
    );
    const person = (await getWork(opened(), ids[0] ?? '')).creators[0]?.id ?? '';
    expect((await listWorks(opened(), { sort: 'newest', person })).items.map((w) => w.id)).toEqual([ids[0]]);
    await expect(listWorks(opened(), { sort: 'title', after: 'nonsense' })).rejects.toThrow(Invalid);
    expect(
      (await listAllWorks(opened(), { stage: 'draft', limit: 200 })).items.map((w) => w.title),
    ).toContain('The Hidden Draft Ferry');
  });

  it('counts what the public archive holds', async () => {
    const before = await countWorks(opened());
    const id = await save(opened(), sampleEdition('Counted'));
    expect(await countWorks(opened())).toEqual(before);
    await publishWork(opened(), id, rated);
    const after = await countWorks(opened());
    expect(after.works - before.works).toBe(1);
    expect(after.words - before.words).toBe((await getWork(opened(), id)).words);
    expect(after.comments - before.comments).toBe(4);
  });

  it('pages a thread by whole top-level threads, depth first, to any depth', async () => {
    const comments = Array.from({ length: 60 }, (_, i) => sampleComment(`top${i}`, `Top ${i}.`));
    const deep = Array.from({ length: 1500 }, (_, i) =>
      sampleComment(`deep${i}`, `Deep ${i}.`, { parent: i === 0 ? 'top30' : `deep${i - 1}` }),
    );
    const fan = Array.from({ length: 40 }, (_, i) => sampleComment(`fan${i}`, 'Fan.', { parent: 'top0' }));
    const edition = sampleEdition('Willow', { comments: [...fan, ...comments, ...deep] });
    const id = await save(opened(), edition);
    const first = await listThread(opened(), id);
    expect(first.items.map((c) => c.origin).slice(0, 42)).toEqual(['top0', ...fan.map((c) => c.id), 'top1']);
    expect(first.items.filter((c) => c.depth === 0)).toHaveLength(25);
    const second = await listThread(opened(), id, { after: first.next });
    expect(second.items.filter((c) => c.depth === 0)[0]?.origin).toBe('top25');
    const deepest = second.items.find((c) => c.origin === 'deep1499');
    expect(deepest?.depth).toBe(1500);
    expect(await threadPageOf(opened(), deepest?.id ?? '')).toBe(first.next);
    expect(await threadPageOf(opened(), first.items[0]?.id ?? '')).toBeNull();
    const sub = await listSubthread(opened(), second.items.find((c) => c.origin === 'deep1400')?.id ?? '');
    expect(sub.map((c) => c.origin)).toEqual(Array.from({ length: 100 }, (_, i) => `deep${1400 + i}`));
    const third = await listThread(opened(), id, { after: second.next });
    expect(third.next).toBeNull();
    const newest: string[] = [];
    let after: string | null = null;
    do {
      const run: Awaited<ReturnType<typeof listThread>> = await listThread(opened(), id, {
        newest: true,
        limit: 60,
        after,
      });
      newest.push(...run.items.filter((c) => c.depth === 0).map((c) => c.origin ?? ''));
      after = run.next;
    } while (after !== null);
    const tops = edition.comments.filter((c) => c.parent === null).map((c) => c.id);
    expect(newest).toEqual(tops.toReversed());
    expect((await readEdition(opened(), id)).comments).toEqual(edition.comments);
  });

  it('shows the public no words that are not for it', async () => {
    const comments = [
      sampleComment('a', 'screened, alone', { state: 'screened' }),
      sampleComment('b', 'screened, answered', { state: 'screened', subject: 'hush' }),
      sampleComment('b1', 'an answer', { parent: 'b' }),
      sampleComment('d', 'deleted words', { state: 'deleted' }),
      sampleComment('e', '', { state: 'collapsed', subject: 'Folded' }),
      sampleComment('f', 'frozen', { state: 'frozen' }),
      sampleComment('h', 'hidden', { state: 'hidden' }),
    ];
    const id = await save(opened(), sampleEdition('Bracken', { comments }));
    const thread = (await listThread(opened(), id)).items;
    expect(thread.map((c) => [c.origin, c.html, c.subject, c.author === null])).toEqual([
      ['b', '', null, true],
      ['b1', '<p>an answer</p>', null, false],
      ['d', '', null, true],
      ['e', '', 'Folded', false],
      ['f', '<p>frozen</p>', null, false],
    ]);
    const all = (await listThread(opened(), id, { all: true })).items;
    expect(all.map((c) => c.html)).toEqual(comments.map((c) => c.html));
    await expect(getComment(opened(), all[0]?.id ?? '')).rejects.toThrow(NotFound);
    expect((await getWork(opened(), id)).comments).toBe(3);
  });

  it('finds what is said about one branch, and who the author is', async () => {
    const id = await save(opened(), sampleEdition('Sedge'));
    const about = await listThread(opened(), id, { about: 'B' });
    expect(about.items.map((c) => c.origin)).toEqual(['c4']);
    expect((await listThread(opened(), id, { about: 'A%' })).items).toEqual([]);
    const thread = (await listThread(opened(), id)).items;
    expect(thread.map((c) => [c.origin, c.byAuthor, c.personId !== null])).toEqual([
      ['c1', false, true],
      ['c2', false, false],
      ['c3', true, true],
      ['c4', false, true],
    ]);
    expect((await getComment(opened(), thread[1]?.id ?? '')).author).toEqual({
      kind: 'guest',
      name: 'Passer-by',
    });
    await expect(getComment(opened(), 'nothing')).rejects.toThrow(NotFound);
  });

  it('gives people their pages, with public works and comments only', async () => {
    const author = { kind: 'imported', name: 'Only Here', site: null } as const;
    const id = await save(
      opened(),
      sampleEdition('Teasel', { comments: [sampleComment('x', 'Mine.', { author })] }),
    );
    const personId = (await listThread(opened(), id)).items[0]?.personId ?? '';
    await expect(getPerson(opened(), personId)).rejects.toThrow(NotFound);
    expect((await listCommentsBy(opened(), personId)).items).toEqual([]);
    await publishWork(opened(), id, rated);
    expect(await getPerson(opened(), personId)).toEqual({
      id: personId,
      name: 'Only Here',
      notes: 0,
      site: null,
      isElsewhere: true,
      works: 0,
      comments: 1,
    });
    expect((await listCommentsBy(opened(), personId)).items.map((c) => c.html)).toEqual(['<p>Mine.</p>']);
    const isolde = (await getWork(opened(), id)).creators[0]?.id;
    expect((await listPeople(opened(), { limit: 200 })).items.map((p) => p.id)).toContain(isolde);
    await hideWork(opened(), id, 'host', 'asked');
    await expect(getPerson(opened(), personId)).rejects.toThrow(NotFound);
  });

  it('finds words, phrases and beginnings in public works, and nothing in drafts', async () => {
    const one = sampleEdition('Quillon', {
      passages: [
        samplePassage('p1', 'A naïve gannet dived & <surfaced> again near the slipway.', true),
        samplePassage('p2', 'The slipway was empty by then.', true),
      ],
      variantSets: [],
    });
    const id = await save(opened(), one);
    expect((await search(opened(), 'gannet')).items).toEqual([]);
    await publishWork(opened(), id, rated);
    const finds = async (query: string): Promise<(string | null)[]> =>
      (await search(opened(), query)).items.filter((h) => h.work.id === id).map((h) => h.passage);
    expect(await finds('gannet')).toEqual(['p1']);
    expect(await finds('NAIVE')).toEqual(['p1']);
    expect(await finds('gann')).toEqual(['p1']);
    expect(await finds('gann slipway')).toEqual([]);
    expect(await finds('"slipway was"')).toEqual(['p2']);
    expect(await finds('"was slipway"')).toEqual([]);
    expect(await finds('slipway -gannet')).toEqual(['p2']);
    expect(await finds('Quillon Isolde')).toEqual([null]);
    expect(await finds('"Harbour Tales" quillon')).toEqual([null]);
    const hit = (await search(opened(), 'dived surfaced')).items[0];
    expect(hit?.snippet).toContain('<mark>dived</mark>');
    expect(hit?.snippet).toMatch(/&lt; ?<mark>surfaced<\/mark> ?&gt;/);
    await hideWork(opened(), id, 'host', 'asked');
    expect(await finds('gannet')).toEqual([]);
    expect((await listActs(opened(), id)).map((a) => [a.act, a.by, a.why])).toEqual([
      ['hide', 'host', 'asked'],
      ['publish', '', ''],
    ]);
  });

  it.each([
    '"',
    '""',
    '-',
    '-"',
    "'",
    "';drop table works;--",
    'AND',
    'a AND OR NOT b',
    'NEAR(',
    'title:x',
    '*',
    '^a',
    'a*b',
    '(((',
    '{a}',
    '\\',
    ':*',
    "a'b & !c | d <-> e",
    '\u0000',
    '\ud800',
    '%',
    '-only',
    '𝔘𝔫𝔦',
    '{title}: x',
    'x + y',
  ])('takes the query %j as plain words', async (query) => {
    await expect(search(opened(), query)).resolves.toHaveProperty('items');
  });

  it('pages through finds, each work once', async () => {
    for (const name of ['Un', 'Deux', 'Trois']) {
      const e = sampleEdition(`Pageable ${name}`);
      await publishWork(opened(), await save(opened(), e), rated);
    }
    const first = await search(opened(), 'pageable', { limit: 2 });
    const second = await search(opened(), 'pageable', { limit: 2, after: first.next });
    expect(new Set([...first.items, ...second.items].map((h) => h.work.id)).size).toBe(3);
    expect(second.next).toBeNull();
  });
}
