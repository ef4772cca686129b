import { expect, it } from 'vitest';
import { Invalid, NotFound } from '../../errors.ts';
import { htmlOfText } from '../../html.ts';
import { remark } from '../../model/remark.ts';
import { decisionsFor, readEdition, saveEdition } from '../editions.ts';
import type { Store } from '../index.ts';
import { getImage, listSources } from '../originals.ts';
import { sampleComment, sampleEdition, samplePassage, sampleSource } from '../sample-works.testing.ts';
import { listThread } from '../talk/comments.ts';
import { getState, getWork, listRemarks, listStates, removeWork } from '../works.ts';
import { createWork, readWritten, reviseWork } from '../writing.ts';

import { arrival, save } from './steps.ts';
import { addPerson } from './writing.ts';

/** What becomes of Editions that arrive, on any engine. */
export function importsAreKept(opened: () => Store): void {
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
    const id = await save(opened(), edition, [page.file]);
    expect(await readEdition(opened(), id, { allStates: true, public: false })).toEqual(edition);
    expect(await getWork(opened(), id)).toMatchObject({
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
    expect((await listStates(opened(), id)).map((s) => [s.number, s.why])).toEqual([
      [1, 'first posted'],
      [2, 'imported'],
    ]);
    expect((await getState(opened(), id, 1)).entries.map((e) => e.key)).toEqual(['p1', 'p9']);
    await expect(getState(opened(), id, 3)).rejects.toThrow(NotFound);
    expect((await listSources(opened(), id))[0]).toMatchObject({
      record: page.record,
      remarks: edition.remarks,
    });
    expect(Buffer.from((await listSources(opened(), id))[0]?.bytes ?? []).toString()).toBe(
      '<html>round trip</html>',
    );
    const image = await getImage(opened(), id, edition.resources[0]?.sha256 ?? '');
    expect(Buffer.from(image.bytes).toString()).toBe('no real picture');
    await expect(getImage(opened(), id, page.record.sha256)).rejects.toThrow(NotFound);
    expect(await listRemarks(opened(), id)).toEqual(edition.remarks);
    expect(await decisionsFor(opened(), { sha256: page.record.sha256, origin: null })).toEqual(
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
    const id = await save(opened(), edition, [page.file]);
    const open = await readEdition(opened(), id);
    expect(open.comments.map((c) => [c.id, c.parent])).toEqual([['s2', null]]);
    expect(JSON.stringify(open)).not.toMatch(/screened words|secret remark|home\/me/);
  });

  it('refuses an Edition that does not hold together', async () => {
    const broken = sampleEdition('Broken', { choices: [{ from: 'p1', to: 'p9', label: '', showIf: [] }] });
    await expect(saveEdition(opened(), broken, [], arrival)).rejects.toThrow(Invalid);
    const resource = { path: 'x', mediaType: 'image/png', sha256: '00', base64: '' };
    await expect(
      saveEdition(opened(), sampleEdition('B', { resources: [resource] }), [], arrival),
    ).rejects.toThrow(Invalid);
  });

  it('changes nothing for the same page, under whatever file name', async () => {
    const page = sampleSource('same page');
    const edition = sampleEdition('Alder', { sources: [page.record] });
    const workId = await save(opened(), edition, [page.file]);
    const before = await getWork(opened(), workId);
    const again = {
      ...edition,
      sources: [{ ...page.record, name: 'copy.html', savedAt: '2026-01-01T00:00:00Z' }],
    };
    expect(await saveEdition(opened(), again, [page.file], arrival)).toEqual({ kind: 'same', workId });
    expect(await getWork(opened(), workId)).toEqual(before);
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
    const workId = await save(opened(), sampleEdition('Rowan', { sources: [first.record], comments }), [
      first.file,
    ]);
    const ids = (await listThread(opened(), workId)).items.map((c) => c.id);
    const more = [
      ...comments.map((c) => (c.id === 'g2' ? sampleComment('g2', 'Two.', { parent: 'g1' }) : c)),
      sampleComment('g4', 'Four.', { parent: 'g2' }),
      sampleComment('g5', 'Five.'),
    ];
    const copy = sampleEdition('Rowan', { sources: [later.record], comments: more });
    expect(await saveEdition(opened(), copy, [later.file], arrival)).toEqual({
      kind: 'grown',
      workId,
      comments: 3,
    });
    const thread = (await listThread(opened(), workId)).items;
    expect(thread.map((c) => [c.origin, c.depth, c.html])).toEqual([
      ['g1', 0, '<p>One.</p>'],
      ['g2', 1, '<p>Two.</p>'],
      ['g4', 2, '<p>Four.</p>'],
      ['g3', 0, '<p>Three.</p>'],
      ['g5', 0, '<p>Five.</p>'],
    ]);
    expect(thread.filter((c) => ids.includes(c.id)).map((c) => c.id)).toEqual(ids);
    expect((await getWork(opened(), workId)).comments).toBe(5);
    expect((await getWork(opened(), workId)).sources).toHaveLength(2);
    expect(await saveEdition(opened(), copy, [later.file], arrival)).toEqual({ kind: 'same', workId });
    const older = sampleEdition('Rowan', {
      sources: [sampleSource('copy three', { origin }).record],
      comments,
    });
    expect(await saveEdition(opened(), older, [], arrival)).toEqual({ kind: 'same', workId });
  });

  it('reports a copy that contradicts and takes nothing of it', async () => {
    const origin = 'journal.example/isolde/78';
    const first = sampleSource('contra one', { origin });
    const workId = await save(opened(), sampleEdition('Birch', { sources: [first.record] }), [first.file]);
    const before = await readEdition(opened(), workId, { public: false });
    const edition = sampleEdition('Birch', { sources: [sampleSource('contra two', { origin }).record] });
    const other = {
      ...edition,
      work: { ...edition.work, title: 'Another title' },
      passages: [...edition.passages.slice(0, 2), samplePassage('p3', 'Other words.', true)],
      comments: [sampleComment('c1', 'I never read it.'), sampleComment('new', 'New.')],
    };
    const outcome = await saveEdition(opened(), other, [], arrival);
    expect(outcome).toMatchObject({ kind: 'contradicts', workId });
    const said = outcome.kind === 'contradicts' ? outcome.differences : [];
    expect(said.map((d) => d.split(':')[0])).toEqual(['title', 'passage p3', 'comment c1']);
    expect(await readEdition(opened(), workId, { public: false })).toEqual(before);
  });

  it('tells the works of one day page apart', async () => {
    const page = sampleSource('a day page');
    const entries = ['Monday', 'Tuesday'].map((name) => sampleEdition(name, { sources: [page.record] }));
    const ids = [];
    for (const e of entries) ids.push(await save(opened(), e, [page.file]));
    expect(new Set(ids).size).toBe(2);
    for (const [i, e] of entries.entries()) {
      expect(await saveEdition(opened(), e, [page.file], arrival)).toEqual({ kind: 'same', workId: ids[i] });
    }
  });

  it('knows a story again by its words alone', async () => {
    const workId = await save(opened(), sampleEdition('Aspen'));
    expect(await saveEdition(opened(), sampleEdition('Aspen'), [], arrival)).toEqual({
      kind: 'same',
      workId,
    });
  });

  it('knows a story written here by its words, however they are divided, and forbids them once it is removed', async () => {
    const by = await addPerson(opened(), 'Sallow');
    const [one, other] = ['The sallow ferry left at six.', 'Nobody was aboard the sallow ferry.'];
    const passages = [samplePassage('p1', one), samplePassage('p2', other, true)];
    const story = { passages, choices: [], variantSets: [] };
    const work = { title: 'Sallow', creators: [by], story, by };
    const alike = {
      ...story,
      passages: [samplePassage('p1', 'As many words as the sallow one has, which are twelve here.')],
    };
    await createWork(opened(), { ...work, story: alike });
    const workId = await createWork(opened(), work);
    const undivided = { choices: [], variantSets: [], comments: [], verdicts: [] };
    const html = htmlOfText(`${one}\n\n${other}`);
    const copy = sampleEdition('Sallow', {
      ...undivided,
      passages: [{ ...samplePassage('p9', `${one} ${other}`), html }],
    });
    expect(await saveEdition(opened(), copy, [], arrival)).toMatchObject({ workId });
    const { header } = await readWritten(opened(), workId, 1);
    const shorter = { ...story, passages: passages.slice(0, 1) };
    await reviseWork(opened(), workId, { header, story: shorter, base: 1, why: '', by });
    expect((await saveEdition(opened(), copy, [], arrival)).kind).toBe('new');
    await removeWork(opened(), workId, { by: 'host', why: 'asked' });
    const again = sampleEdition('Sallow again', { ...undivided, passages: [samplePassage('p1', one)] });
    expect((await saveEdition(opened(), again, [], arrival)).kind).toBe('forbidden');
  });
}
