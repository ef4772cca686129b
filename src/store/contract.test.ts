import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Conflict, Gone, Invalid, NotFound } from '../errors.ts';
import { htmlOfText } from '../html.ts';
import { remark } from '../model/remark.ts';
import { listActs } from './acts.ts';
import { checkStore } from './check.ts';
import { getComment, listSubthread, listThread, threadPageOf } from './comments.ts';
import { decisionsFor, keepDecisions, readEdition, saveEdition } from './editions.ts';
import { changeCount, closeStore, openStore, type Store } from './index.ts';
import { eraseOriginal, getImage, listSources } from './originals.ts';
import { getPerson, listCommentsBy, listPeople } from './people.ts';
import { openPostgres } from './postgres.ts';
import { sampleComment, sampleEdition, samplePassage, sampleSource } from './sample-works.ts';
import { search } from './search.ts';
import { findTag, listTags } from './tags.ts';
import { castVerdict, findVerdict, tally } from './verdicts.ts';
import {
  allowImport,
  countWorks,
  eraseText,
  findWork,
  forbidImport,
  getPassageHtml,
  getPassageHtmls,
  getState,
  getWork,
  hideWork,
  isForbidden,
  listAllWorks,
  listForbidden,
  listRemarks,
  listStates,
  listWorks,
  publishWork,
  removeWork,
  workByOrigin,
} from './works.ts';

const arrival = { why: 'imported', by: null };
const rated = { rating: 'General Audiences', warnings: ['No Archive Warnings Apply'] } as const;

async function save(
  store: Store,
  edition: Parameters<typeof saveEdition>[1],
  originals: Parameters<typeof saveEdition>[2] = [],
): Promise<string> {
  const outcome = await saveEdition(store, edition, originals, arrival);
  if (outcome.kind !== 'new') throw new Error(`expected a new work, got ${JSON.stringify(outcome)}`);
  return outcome.workId;
}

const engines = {
  sqlite: (folder: string) => openStore(folder),
  postgres: (folder: string) => openPostgres(folder, new PGlite()),
};

describe.each(Object.entries(engines))('the store on %s', (_, open) => {
  let store: Store;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'variorum-'));
    store = await open(folder);
  }, 60_000);
  afterAll(async () => {
    await closeStore(store);
    rmSync(folder, { recursive: true });
  });

  it('keeps an Edition as a draft by secret link and gives the same Edition back', async () => {
    const page = sampleSource('<html>round trip</html>', { origin: 'journal.example/isolde/1' });
    const picture = Buffer.from('no real picture').toString('base64');
    const edition = sampleEdition('Larch', {
      sources: [page.record],
      resources: [
        {
          path: 'a/pic.png',
          mediaType: 'image/png',
          sha256: sampleSource('no real picture').record.sha256,
          base64: picture,
        },
      ],
      choices: [{ from: 'p2', to: 'p3', label: 'go on', showIf: [{ kind: 'flag', flag: 'x', holds: true }] }],
      notes: [{ title: 'News', posted: null, html: htmlOfText('I am back.'), source: page.record.sha256 }],
      verdicts: [
        { place: 'p1', sigla: ['B'], at: '2007-01-02T00:00:00Z' },
        { place: 'p1', sigla: ['A', 'B'], at: '2007-01-01T00:00:00Z' },
      ],
      states: [
        {
          number: 1,
          madeAt: '2006-01-01T00:00:00Z',
          why: 'first posted',
          work: { ...sampleEdition('x').work, title: 'Untitled \u0007 <b>' },
          passages: [samplePassage('p1', 'The boat left.'), samplePassage('p9', 'Cut later.')],
          choices: [],
          variantSets: [],
        },
      ],
      remarks: [
        remark('read', 'work.title', 'the title', { where: { file: 'page.html', line: 1, element: null } }),
      ],
      decisions: [{ about: 'work.title', value: 'x', by: 'host', at: '2020-01-01T00:00:00Z' }],
    });
    const id = await save(store, edition, [page.file]);
    expect(await readEdition(store, id, { allStates: true, public: false })).toEqual(edition);
    expect(await getWork(store, id)).toMatchObject({
      stage: 'draft',
      audience: 'link',
      thread: 'frozen',
      state: 2,
      passages: 3,
      endings: 2,
      comments: 4,
      sigla: ['A', 'B'],
      publishedAt: null,
      creators: [{ name: 'Isolde', role: 'author', site: 'journal.example' }],
    });
    expect((await listStates(store, id)).map((s) => [s.number, s.why])).toEqual([
      [1, 'first posted'],
      [2, 'imported'],
    ]);
    expect((await getState(store, id, 1)).entries.map((e) => e.key)).toEqual(['p1', 'p9']);
    await expect(getState(store, id, 3)).rejects.toThrow(NotFound);
    expect((await listSources(store, id))[0]).toMatchObject({
      record: page.record,
      remarks: edition.remarks,
    });
    expect(Buffer.from((await listSources(store, id))[0]?.bytes ?? []).toString()).toBe(
      '<html>round trip</html>',
    );
    const image = await getImage(store, id, edition.resources[0]?.sha256 ?? '');
    expect(Buffer.from(image.bytes).toString()).toBe('no real picture');
    await expect(getImage(store, id, page.record.sha256)).rejects.toThrow(NotFound);
    expect((await workByOrigin(store, 'journal.example/isolde/1'))?.id).toBe(id);
    expect((await workByOrigin(store, page.record.sha256))?.id).toBe(id);
    expect(await listRemarks(store, id)).toEqual(edition.remarks);
    expect(await decisionsFor(store, { sha256: page.record.sha256, origin: null })).toEqual(
      edition.decisions,
    );
  });

  it('leaves what is private out of a public Edition', async () => {
    const page = sampleSource('private facts', { name: 'home/me/page.html' });
    const edition = sampleEdition('Osier', {
      sources: [page.record],
      remarks: [remark('read', 'work.title', 'secret remark')],
      comments: [
        sampleComment('s1', 'screened words', { state: 'screened' }),
        sampleComment('s2', 'an answer', { parent: 's1' }),
      ],
    });
    const id = await save(store, edition, [page.file]);
    const open = await readEdition(store, id);
    expect(open.comments.map((c) => [c.id, c.parent])).toEqual([['s2', null]]);
    expect(JSON.stringify(open)).not.toMatch(/screened words|secret remark|home\/me/);
  });

  it('refuses an Edition that does not hold together', async () => {
    const broken = sampleEdition('Broken', { choices: [{ from: 'p1', to: 'p9', label: '', showIf: [] }] });
    await expect(saveEdition(store, broken, [], arrival)).rejects.toThrow(Invalid);
    const resource = { path: 'x', mediaType: 'image/png', sha256: '00', base64: '' };
    await expect(
      saveEdition(store, sampleEdition('B', { resources: [resource] }), [], arrival),
    ).rejects.toThrow(Invalid);
  });

  it('changes nothing for the same page, under whatever file name', async () => {
    const page = sampleSource('same page');
    const edition = sampleEdition('Alder', { sources: [page.record] });
    const workId = await save(store, edition, [page.file]);
    const before = await getWork(store, workId);
    const again = {
      ...edition,
      sources: [{ ...page.record, name: 'copy.html', savedAt: '2026-01-01T00:00:00Z' }],
    };
    expect(await saveEdition(store, again, [page.file], arrival)).toEqual({ kind: 'same', workId });
    expect(await getWork(store, workId)).toEqual(before);
  });

  it('adds to a thread what a later copy has more, and the words that were collapsed', async () => {
    const origin = 'journal.example/isolde/77';
    const first = sampleSource('copy one', { origin });
    const later = sampleSource('copy two', { origin });
    const comments = [
      sampleComment('g1', 'One.'),
      sampleComment('g2', '', { parent: 'g1', state: 'collapsed' }),
      sampleComment('g3', 'Three.'),
    ];
    const workId = await save(store, sampleEdition('Rowan', { sources: [first.record], comments }), [
      first.file,
    ]);
    const ids = (await listThread(store, workId)).items.map((c) => c.id);
    const more = [
      ...comments.map((c) => (c.id === 'g2' ? sampleComment('g2', 'Two.', { parent: 'g1' }) : c)),
      sampleComment('g4', 'Four.', { parent: 'g2' }),
      sampleComment('g5', 'Five.'),
    ];
    const copy = sampleEdition('Rowan', { sources: [later.record], comments: more });
    expect(await saveEdition(store, copy, [later.file], arrival)).toEqual({
      kind: 'grown',
      workId,
      comments: 3,
    });
    const thread = (await listThread(store, workId)).items;
    expect(thread.map((c) => [c.origin, c.depth, c.html])).toEqual([
      ['g1', 0, '<p>One.</p>'],
      ['g2', 1, '<p>Two.</p>'],
      ['g4', 2, '<p>Four.</p>'],
      ['g3', 0, '<p>Three.</p>'],
      ['g5', 0, '<p>Five.</p>'],
    ]);
    expect(thread.filter((c) => ids.includes(c.id)).map((c) => c.id)).toEqual(ids);
    expect((await getWork(store, workId)).comments).toBe(5);
    expect((await getWork(store, workId)).sources).toHaveLength(2);
    expect(await saveEdition(store, copy, [later.file], arrival)).toEqual({ kind: 'same', workId });
    const older = sampleEdition('Rowan', {
      sources: [sampleSource('copy three', { origin }).record],
      comments,
    });
    expect(await saveEdition(store, older, [], arrival)).toEqual({ kind: 'same', workId });
  });

  it('reports a copy that contradicts and takes nothing of it', async () => {
    const origin = 'journal.example/isolde/78';
    const first = sampleSource('contra one', { origin });
    const workId = await save(store, sampleEdition('Birch', { sources: [first.record] }), [first.file]);
    const before = await readEdition(store, workId, { public: false });
    const edition = sampleEdition('Birch', { sources: [sampleSource('contra two', { origin }).record] });
    const other = {
      ...edition,
      work: { ...edition.work, title: 'Another title' },
      passages: [...edition.passages.slice(0, 2), samplePassage('p3', 'Other words.', true)],
      comments: [sampleComment('c1', 'I never read it.'), sampleComment('new', 'New.')],
    };
    const outcome = await saveEdition(store, other, [], arrival);
    expect(outcome).toMatchObject({ kind: 'contradicts', workId });
    const said = outcome.kind === 'contradicts' ? outcome.differences : [];
    expect(said.map((d) => d.split(':')[0])).toEqual(['title', 'passage p3', 'comment c1']);
    expect(await readEdition(store, workId, { public: false })).toEqual(before);
  });

  it('makes a new state of the same bytes read by a newer importer, comments keeping their ids', async () => {
    const page = sampleSource('read anew');
    const edition = sampleEdition('Hazel', { sources: [page.record] });
    const workId = await save(store, edition, [page.file]);
    const ids = new Map((await listThread(store, workId)).items.map((c) => [c.origin, c.id]));
    const reread = {
      ...edition,
      sources: [{ ...page.record, importerVersion: 2 }],
      work: { ...edition.work, title: 'The Hazel Ferry, mended' },
      comments: [
        ...edition.comments.slice(0, 3),
        sampleComment('c5', 'Overlooked before.', { parent: 'c1' }),
      ],
    };
    expect(await saveEdition(store, reread, [page.file], arrival)).toEqual({
      kind: 'reread',
      workId,
      state: 2,
    });
    expect(await readEdition(store, workId, { public: false })).toEqual({
      ...reread,
      comments: [...reread.comments, edition.comments[3]],
    });
    for (const c of (await listThread(store, workId)).items) {
      if (c.origin !== 'c5') expect(c.id).toBe(ids.get(c.origin));
    }
  });

  it('takes comments away that a newer reading of their source no longer has', async () => {
    const page = sampleSource('misread thread');
    const source = page.record.sha256;
    const comments = ['m1', 'm2', 'm3'].map((id, i) =>
      sampleComment(id, `Words of ${id}.`, { source, parent: i === 2 ? 'm2' : null }),
    );
    const workId = await save(store, sampleEdition('Holly', { sources: [page.record], comments }), [
      page.file,
    ]);
    const better = sampleEdition('Holly', {
      sources: [page.record],
      comments: comments.filter((c) => c.id === 'm1'),
    });
    expect(await saveEdition(store, better, [], arrival)).toEqual({ kind: 'reread', workId, state: 1 });
    expect((await listThread(store, workId)).items.map((c) => c.origin)).toEqual(['m1']);
  });

  it('keeps decisions with their source and lets them settle what was undecided', async () => {
    const page = sampleSource('undecided');
    const key = { sha256: page.record.sha256, origin: null };
    const open = remark('undecided', 'variantSets[0].place', 'two places are possible');
    const edition = sampleEdition('Yew', { sources: [page.record], remarks: [open] });
    const workId = await save(store, edition, [page.file]);
    await expect(publishWork(store, workId, rated)).rejects.toThrow(/variantSets\[0\]\.place is undecided/);
    const decision = { about: open.about, value: 'p1', by: 'host', at: '2026-01-01T00:00:00Z' };
    await keepDecisions(store, key, [{ ...decision, value: 'p2' }]);
    await keepDecisions(store, key, [decision]);
    expect(await decisionsFor(store, key)).toEqual([decision]);
    const decided = {
      ...edition,
      remarks: [{ ...open, certainty: 'decided' as const }],
      decisions: [decision],
    };
    expect(await saveEdition(store, decided, [page.file], arrival)).toEqual({
      kind: 'reread',
      workId,
      state: 1,
    });
    await publishWork(store, workId, rated);
    expect((await getWork(store, workId)).stage).toBe('published');
  });

  it('tells the works of one day page apart', async () => {
    const page = sampleSource('a day page');
    const entries = ['Monday', 'Tuesday'].map((name) => sampleEdition(name, { sources: [page.record] }));
    const ids = [];
    for (const e of entries) ids.push(await save(store, e, [page.file]));
    expect(new Set(ids).size).toBe(2);
    for (const [i, e] of entries.entries()) {
      expect(await saveEdition(store, e, [page.file], arrival)).toEqual({ kind: 'same', workId: ids[i] });
    }
  });

  it('knows a story again by its words alone', async () => {
    const workId = await save(store, sampleEdition('Aspen'));
    expect(await saveEdition(store, sampleEdition('Aspen'), [], arrival)).toEqual({ kind: 'same', workId });
  });

  it('publishes only with a rating and an answer to the warnings, and names what is missing', async () => {
    const id = await save(store, sampleEdition('Elm'));
    await expect(publishWork(store, id, { rating: null, warnings: [] })).rejects.toThrow(/rating.*warnings/s);
    const { version } = await getWork(store, id);
    await publishWork(store, id, { ...rated, by: 'host' });
    const work = await getWork(store, id);
    expect(work).toMatchObject({ stage: 'published', audience: 'everyone', state: 2 });
    expect(work.header.rating).toBe('General Audiences');
    expect(work.version).not.toBe(version);
    await publishWork(store, id, { rating: null, warnings: [], audience: 'members' });
    expect(await getWork(store, id)).toMatchObject({
      state: 2,
      audience: 'members',
      publishedAt: work.publishedAt,
    });
    await expect(publishWork(store, 'nothing', rated)).rejects.toThrow(NotFound);
  });

  it('gives words by their hashes', async () => {
    const id = await save(store, sampleEdition('Larkspur'));
    const { entries } = await getWork(store, id);
    const hashes = entries.map((e) => e.textHash);
    expect(await getPassageHtml(store, hashes[1] ?? '')).toBe(
      '<p>In the first ending Larkspur stayed aboard.</p>',
    );
    expect([...(await getPassageHtmls(store, hashes)).keys()].sort()).toEqual(hashes.toSorted());
    await expect(getPassageHtml(store, 'nothing')).rejects.toThrow(NotFound);
  });

  it('lists public works by date, title and author, page by page, and no others', async () => {
    const ids: string[] = [];
    for (const name of ['Zinnia', 'Anise', 'Mallow']) {
      const e = sampleEdition(name);
      const creators = [{ name: `Writer of ${name}`, role: 'author' as const, site: null }];
      const id = await save(store, { ...e, work: { ...e.work, creators, freeforms: ['Listing Test'] } });
      await publishWork(store, id, rated);
      ids.push(id);
    }
    const e = sampleEdition('Hidden Draft');
    await save(store, { ...e, work: { ...e.work, freeforms: ['Listing Test', 'Only A Draft'] } });
    const tag = { kind: 'freeform', name: 'Listing Test' } as const;
    const all = async (sort: 'newest' | 'title' | 'author'): Promise<(string | null)[]> => {
      const titles = [];
      for (let after: string | null = null; ; ) {
        const page = await listWorks(store, { sort, tag, after, limit: 1 });
        titles.push(...page.items.map((w) => w.title));
        if (page.next === null) return titles;
        after = page.next;
      }
    };
    expect(await all('title')).toEqual(['The Anise Ferry', 'The Mallow Ferry', 'The Zinnia Ferry']);
    expect(await all('author')).toEqual(['The Anise Ferry', 'The Mallow Ferry', 'The Zinnia Ferry']);
    expect(await all('newest')).toEqual(['The Mallow Ferry', 'The Anise Ferry', 'The Zinnia Ferry']);
    expect(await findTag(store, 'freeform', 'Listing Test')).toMatchObject({ works: 3 });
    expect(await findTag(store, 'freeform', 'Only A Draft')).toBeUndefined();
    expect((await listTags(store, 'freeform', { limit: 500 })).items.map((t) => t.name)).toContain(
      'Listing Test',
    );
    const person = (await getWork(store, ids[0] ?? '')).creators[0]?.id ?? '';
    expect((await listWorks(store, { sort: 'newest', person })).items.map((w) => w.id)).toEqual([ids[0]]);
    await expect(listWorks(store, { sort: 'title', after: 'nonsense' })).rejects.toThrow(Invalid);
    expect((await listAllWorks(store, { stage: 'draft', limit: 200 })).items.map((w) => w.title)).toContain(
      'The Hidden Draft Ferry',
    );
  });

  it('counts what the public archive holds', async () => {
    const before = await countWorks(store);
    const id = await save(store, sampleEdition('Counted'));
    expect(await countWorks(store)).toEqual(before);
    await publishWork(store, id, rated);
    const after = await countWorks(store);
    expect(after.works - before.works).toBe(1);
    expect(after.words - before.words).toBe((await getWork(store, id)).words);
    expect(after.comments - before.comments).toBe(4);
  });

  it('pages a thread by whole top-level threads, depth first, to any depth', async () => {
    const comments = Array.from({ length: 60 }, (_, i) => sampleComment(`top${i}`, `Top ${i}.`));
    const deep = Array.from({ length: 1500 }, (_, i) =>
      sampleComment(`deep${i}`, `Deep ${i}.`, { parent: i === 0 ? 'top30' : `deep${i - 1}` }),
    );
    const fan = Array.from({ length: 40 }, (_, i) => sampleComment(`fan${i}`, 'Fan.', { parent: 'top0' }));
    const edition = sampleEdition('Willow', { comments: [...fan, ...comments, ...deep] });
    const id = await save(store, edition);
    const first = await listThread(store, id);
    expect(first.items.map((c) => c.origin).slice(0, 42)).toEqual(['top0', ...fan.map((c) => c.id), 'top1']);
    expect(first.items.filter((c) => c.depth === 0)).toHaveLength(25);
    const second = await listThread(store, id, { after: first.next });
    expect(second.items.filter((c) => c.depth === 0)[0]?.origin).toBe('top25');
    const deepest = second.items.find((c) => c.origin === 'deep1499');
    expect(deepest?.depth).toBe(1500);
    expect(await threadPageOf(store, deepest?.id ?? '')).toBe(first.next);
    expect(await threadPageOf(store, first.items[0]?.id ?? '')).toBeNull();
    const sub = await listSubthread(store, second.items.find((c) => c.origin === 'deep1400')?.id ?? '');
    expect(sub.map((c) => c.origin)).toEqual(Array.from({ length: 100 }, (_, i) => `deep${1400 + i}`));
    const third = await listThread(store, id, { after: second.next });
    expect(third.next).toBeNull();
    expect((await readEdition(store, id)).comments).toEqual(edition.comments);
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
    const id = await save(store, sampleEdition('Bracken', { comments }));
    const thread = (await listThread(store, id)).items;
    expect(thread.map((c) => [c.origin, c.html, c.subject, c.author === null])).toEqual([
      ['b', '', null, true],
      ['b1', '<p>an answer</p>', null, false],
      ['d', '', null, true],
      ['e', '', 'Folded', false],
      ['f', '<p>frozen</p>', null, false],
    ]);
    const all = (await listThread(store, id, { all: true })).items;
    expect(all.map((c) => c.html)).toEqual(comments.map((c) => c.html));
    await expect(getComment(store, all[0]?.id ?? '')).rejects.toThrow(NotFound);
    expect((await getWork(store, id)).comments).toBe(3);
  });

  it('finds what is said about one branch, and who the author is', async () => {
    const id = await save(store, sampleEdition('Sedge'));
    const about = await listThread(store, id, { about: 'B' });
    expect(about.items.map((c) => c.origin)).toEqual(['c4']);
    expect((await listThread(store, id, { about: 'A%' })).items).toEqual([]);
    const thread = (await listThread(store, id)).items;
    expect(thread.map((c) => [c.origin, c.byAuthor, c.personId !== null])).toEqual([
      ['c1', false, true],
      ['c2', false, false],
      ['c3', true, true],
      ['c4', false, true],
    ]);
    expect((await getComment(store, thread[1]?.id ?? '')).author).toEqual({
      kind: 'guest',
      name: 'Passer-by',
    });
    await expect(getComment(store, 'nothing')).rejects.toThrow(NotFound);
  });

  it('gives people their pages, with public works and comments only', async () => {
    const author = { kind: 'imported', name: 'Only Here', site: null } as const;
    const id = await save(
      store,
      sampleEdition('Teasel', { comments: [sampleComment('x', 'Mine.', { author })] }),
    );
    const personId = (await listThread(store, id)).items[0]?.personId ?? '';
    await expect(getPerson(store, personId)).rejects.toThrow(NotFound);
    expect((await listCommentsBy(store, personId)).items).toEqual([]);
    await publishWork(store, id, rated);
    expect(await getPerson(store, personId)).toEqual({
      id: personId,
      name: 'Only Here',
      site: null,
      works: 0,
      comments: 1,
    });
    expect((await listCommentsBy(store, personId)).items.map((c) => c.html)).toEqual(['<p>Mine.</p>']);
    const isolde = (await getWork(store, id)).creators[0]?.id;
    expect((await listPeople(store, { limit: 200 })).items.map((p) => p.id)).toContain(isolde);
    await hideWork(store, id, 'host', 'asked');
    await expect(getPerson(store, personId)).rejects.toThrow(NotFound);
  });

  it('finds words, phrases and beginnings in public works, and nothing in drafts', async () => {
    const one = sampleEdition('Quillon', {
      passages: [
        samplePassage('p1', 'A naïve gannet dived & <surfaced> again near the slipway.', true),
        samplePassage('p2', 'The slipway was empty by then.', true),
      ],
      variantSets: [],
    });
    const id = await save(store, one);
    expect((await search(store, 'gannet')).items).toEqual([]);
    await publishWork(store, id, rated);
    const finds = async (query: string): Promise<(string | null)[]> =>
      (await search(store, query)).items.filter((h) => h.work.id === id).map((h) => h.passage);
    expect(await finds('gannet')).toEqual(['p1']);
    expect(await finds('NAIVE')).toEqual(['p1']);
    expect(await finds('gann')).toEqual(['p1']);
    expect(await finds('gann slipway')).toEqual([]);
    expect(await finds('"slipway was"')).toEqual(['p2']);
    expect(await finds('"was slipway"')).toEqual([]);
    expect(await finds('slipway -gannet')).toEqual(['p2']);
    expect(await finds('Quillon Isolde')).toEqual([null]);
    expect(await finds('"Harbour Tales" quillon')).toEqual([null]);
    const hit = (await search(store, 'dived surfaced')).items[0];
    expect(hit?.snippet).toContain('<mark>dived</mark>');
    expect(hit?.snippet).toMatch(/&lt; ?<mark>surfaced<\/mark> ?&gt;/);
    await hideWork(store, id, 'host', 'asked');
    expect(await finds('gannet')).toEqual([]);
    expect((await listActs(store, id)).map((a) => [a.act, a.by, a.why])).toEqual([
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
    await expect(search(store, query)).resolves.toHaveProperty('items');
  });

  it('pages through finds, each work once', async () => {
    for (const name of ['Un', 'Deux', 'Trois']) {
      const e = sampleEdition(`Pageable ${name}`);
      await publishWork(store, await save(store, e), rated);
    }
    const first = await search(store, 'pageable', { limit: 2 });
    const second = await search(store, 'pageable', { limit: 2, after: first.next });
    expect(new Set([...first.items, ...second.items].map((h) => h.work.id)).size).toBe(3);
    expect(second.next).toBeNull();
  });

  it('takes one verdict from each reader, the last, and loses none of many at once', async () => {
    const id = await save(store, sampleEdition('Verdict'));
    await Promise.all(
      Array.from({ length: 64 }, (_, i) =>
        castVerdict(store, {
          workId: id,
          place: 'p1',
          sigla: i % 3 === 0 ? ['B', 'A'] : ['A'],
          reader: `reader ${i}`,
          address: `address ${i % 8}`,
        }),
      ),
    );
    expect((await tally(store, id, 'p1')).counts).toEqual(
      new Map([
        ['A', 42],
        ['AB', 22],
      ]),
    );
    const mine = { workId: id, place: 'p1', reader: 'reader 0', address: 'address 0' };
    await castVerdict(store, { ...mine, sigla: ['B'] });
    expect(await findVerdict(store, id, 'p1', 'reader 0')).toEqual(['B']);
    expect(await findVerdict(store, id, 'p1', 'reader 99')).toBeUndefined();
    expect((await tally(store, id, 'p1')).readers).toBe(64);
    await expect(castVerdict(store, { ...mine, sigla: ['C'] })).rejects.toThrow(Invalid);
    await expect(castVerdict(store, { ...mine, place: 'p2', sigla: [] })).rejects.toThrow(Invalid);
    await expect(castVerdict(store, { ...mine, workId: 'nothing', sigla: [] })).rejects.toThrow(NotFound);
    expect((await readEdition(store, id)).verdicts).toHaveLength(64);
  });

  it('stops the stuffing of a verdict from one address', async () => {
    const id = await save(store, sampleEdition('Stuffed'));
    const cast = (i: number): Promise<void> =>
      castVerdict(store, { workId: id, place: 'p1', sigla: ['A'], reader: `r${i}`, address: 'one' });
    for (let i = 0; i < 20; i++) await cast(i);
    await expect(cast(20)).rejects.toThrow(Conflict);
    await cast(3);
    expect((await tally(store, id, 'p1')).readers).toBe(20);
  });

  it('removes a work for good and does not let it come back', async () => {
    const page = sampleSource('to be removed', { origin: 'journal.example/isolde/99' });
    const edition = sampleEdition('Vanishing', { sources: [page.record] });
    const id = await save(store, edition, [page.file]);
    await publishWork(store, id, rated);
    const { entries } = await getWork(store, id);
    const comment = (await listThread(store, id)).items[0]?.id ?? '';
    await removeWork(store, id, { by: 'host', why: 'the author asked', legal: true });
    expect(await findWork(store, id)).toBeUndefined();
    const gone = await getWork(store, id).catch((e: unknown) => e);
    expect(gone instanceof Gone && gone.legal).toBe(true);
    await expect(readEdition(store, id)).rejects.toThrow(Gone);
    await expect(getPassageHtml(store, entries[0]?.textHash ?? '')).rejects.toThrow(NotFound);
    await expect(getComment(store, comment)).rejects.toThrow(NotFound);
    expect((await search(store, 'vanishing')).items).toEqual([]);
    expect(await listSources(store, id)).toEqual([]);
    const other = { ...edition, sources: [sampleSource('elsewhere').record] };
    for (const again of [edition, { ...edition, sources: [] }, other]) {
      expect(await saveEdition(store, again, [page.file], arrival)).toEqual({
        kind: 'forbidden',
        reason: 'the author asked',
      });
    }
    await expect(removeWork(store, id, { by: 'host', why: '' })).rejects.toThrow(NotFound);
  });

  it('keeps the bytes of a day page while one of its works is left', async () => {
    const page = sampleSource('a shared page');
    const [one, two] = ['Shared One', 'Shared Two'].map((name, i) =>
      sampleEdition(name, { sources: [{ ...page.record, origin: `journal.example/day/${i}` }] }),
    );
    if (one === undefined || two === undefined) throw new Error('two works');
    const ids = [await save(store, one, [page.file]), await save(store, two, [page.file])];
    await removeWork(store, ids[0] ?? '', { by: 'host', why: 'x' });
    expect((await listSources(store, ids[1] ?? ''))[0]?.bytes).not.toBeNull();
    expect(await saveEdition(store, two, [page.file], arrival)).toMatchObject({ kind: 'same' });
  });

  it('erases a text from every state and leaves its place', async () => {
    const id = await save(store, sampleEdition('Erased'));
    await publishWork(store, id, rated);
    const { entries } = await getWork(store, id);
    await eraseText(store, id, 'p2', { by: 'host', why: 'asked' });
    await expect(getPassageHtml(store, entries[1]?.textHash ?? '')).rejects.toThrow(Gone);
    expect((await readEdition(store, id)).passages.map((p) => p.html === '')).toEqual([false, true, false]);
    expect((await search(store, '"Erased stayed"')).items).toEqual([]);
    expect((await search(store, '"Erased walked"')).items).toHaveLength(1);
    await publishWork(store, id, { rating: 'Mature', warnings: [] });
    expect((await readEdition(store, id)).passages[1]?.html).toBe('');
    await expect(eraseText(store, id, 'p9', { by: 'host', why: '' })).rejects.toThrow(NotFound);
  });

  it('erases the bytes of an original down to their hash', async () => {
    const page = sampleSource('bytes to erase');
    const id = await save(store, sampleEdition('Original', { sources: [page.record] }), [page.file]);
    await eraseOriginal(store, page.record.sha256, { by: 'host', why: 'asked' });
    expect(await listSources(store, id)).toMatchObject([{ bytes: null, record: page.record }]);
    await expect(eraseOriginal(store, 'nothing', { by: 'host', why: '' })).rejects.toThrow(NotFound);
  });

  it('forbids imports by page and by author, and takes it back', async () => {
    const e = sampleEdition('Forbidden', {
      sources: [sampleSource('f', { address: 'https://www.journal.example/isolde/5.html' }).record],
    });
    const edition = {
      ...e,
      work: { ...e.work, creators: [{ name: 'Ban Me', role: 'author' as const, site: 'x.example' }] },
    };
    expect(await isForbidden(store, edition)).toBeUndefined();
    for (const key of ['http://journal.example/isolde/5.html/', 'ban me@X.example']) {
      await forbidImport(store, { key, why: 'she asked', by: 'host' });
      expect(await saveEdition(store, edition, [], arrival)).toEqual({
        kind: 'forbidden',
        reason: 'she asked',
      });
      expect((await listForbidden(store)).some((f) => f.why === 'she asked')).toBe(true);
      await allowImport(store, key);
      expect(await isForbidden(store, edition)).toBeUndefined();
    }
  });

  it('lets no pseud of another archive speak for someone here', async () => {
    const author = { kind: 'pseud', id: 'g5bkwf7dxy', name: 'Someone' } as const;
    const id = await save(
      store,
      sampleEdition('Foreign', { comments: [sampleComment('x', 'Hm.', { author })] }),
    );
    expect((await listThread(store, id)).items[0]).toMatchObject({ author, personId: null });
  });

  it('tells that something changed', async () => {
    const before = changeCount(store);
    expect(changeCount(store)).toBe(before);
    await save(store, sampleEdition('Change'));
    expect(changeCount(store)).not.toBe(before);
  });

  it('finds no fault in all that these tests stored', async () => {
    expect(await checkStore(store)).toEqual([]);
  });
});
