import { expect, it } from 'vitest';
import { cleanHtml } from '../../html.ts';
import { remark } from '../../model/remark.ts';
import { decisionsFor, keepDecisions, readEdition, saveEdition, withdrawDecisions } from '../editions.ts';
import type { Store } from '../index.ts';
import { filesBeside } from '../originals.ts';
import { sampleComment, sampleEdition, sampleSource } from '../sample-works.testing.ts';
import { listThread } from '../talk/comments.ts';
import { getWork, publishWork } from '../works.ts';

import { arrival, rated, save } from './steps.ts';

/** What becomes of pages that are read a second time, on any engine. */
export function pagesAreReread(opened: () => Store): void {
  it('makes a new state of the same bytes read by a newer importer, comments keeping their ids', async () => {
    const page = sampleSource('read anew');
    const edition = sampleEdition('Hazel', { sources: [page.record] });
    const workId = await save(opened(), edition, [page.file]);
    const ids = new Map((await listThread(opened(), workId)).items.map((c) => [c.origin, c.id]));
    const reread = {
      ...edition,
      sources: [{ ...page.record, importerVersion: 2 }],
      work: { ...edition.work, title: 'The Hazel Ferry, mended' },
      comments: [
        ...edition.comments.slice(0, 3),
        sampleComment('c5', 'Overlooked before.', { parent: 'c1' }),
      ],
    };
    expect(await saveEdition(opened(), reread, [page.file], arrival)).toEqual({
      kind: 'reread',
      workId,
      state: 2,
    });
    expect(await readEdition(opened(), workId, { public: false })).toEqual({
      ...reread,
      comments: [...reread.comments, edition.comments[3]],
    });
    for (const c of (await listThread(opened(), workId)).items) {
      if (c.origin !== 'c5') expect(c.id).toBe(ids.get(c.origin));
    }
  });

  it('keeps the rating and warnings that were answered when the page is read anew', async () => {
    const store = opened();
    const page = sampleSource('answered, then read anew');
    const edition = sampleEdition('Answered', { sources: [page.record] });
    const workId = await save(store, edition, [page.file]);
    await publishWork(store, workId, rated);
    const reread = { ...edition, work: { ...edition.work, title: 'A better title' } };
    expect(await saveEdition(store, reread, [page.file], arrival)).toMatchObject({
      kind: 'reread',
      state: 3,
    });
    expect((await getWork(store, workId)).header).toEqual({ ...reread.work, ...rated });
  });

  it('takes an Edition that only names a known source for a copy, never for a reading of it', async () => {
    const store = opened();
    const page = sampleSource('named, not brought');
    const source = page.record.sha256;
    const comments = [
      sampleComment('k1', 'Shown.', { source }),
      sampleComment('k2', 'Screened.', { source, state: 'screened' }),
    ];
    const workId = await save(store, sampleEdition('Named', { sources: [page.record], comments }), [
      page.file,
    ]);
    const taken = await readEdition(store, workId);
    expect(taken.comments.map((c) => c.id)).toEqual(['k1']);
    expect(await saveEdition(store, taken, [], arrival)).toEqual({ kind: 'same', workId });
    expect((await listThread(store, workId, { all: true })).items.map((c) => c.origin)).toEqual(['k1', 'k2']);
  });

  it('takes comments away that a newer reading of their source no longer has', async () => {
    const page = sampleSource('misread thread');
    const source = page.record.sha256;
    const comments = ['m1', 'm2', 'm3'].map((id, i) =>
      sampleComment(id, `Words of ${id}.`, { source, parent: i === 2 ? 'm2' : null }),
    );
    const workId = await save(opened(), sampleEdition('Holly', { sources: [page.record], comments }), [
      page.file,
    ]);
    const better = sampleEdition('Holly', {
      sources: [page.record],
      comments: comments.filter((c) => c.id === 'm1'),
    });
    expect(await saveEdition(opened(), better, [page.file], arrival)).toEqual({
      kind: 'reread',
      workId,
      state: 1,
    });
    expect((await listThread(opened(), workId)).items.map((c) => c.origin)).toEqual(['m1']);
  });

  it('keeps decisions with their source and lets them settle what was undecided', async () => {
    const page = sampleSource('undecided');
    const key = { sha256: page.record.sha256, origin: null };
    const open = remark('undecided', 'variantSets[0].place', 'two places are possible');
    const edition = sampleEdition('Yew', { sources: [page.record], remarks: [open] });
    const workId = await save(opened(), edition, [page.file]);
    await expect(publishWork(opened(), workId, rated)).rejects.toThrow(
      /variantSets\[0\]\.place is undecided/,
    );
    const decision = { about: open.about, value: 'p1', by: 'host', at: '2026-01-01T00:00:00Z' };
    await keepDecisions(opened(), key, [{ ...decision, value: 'p2' }]);
    await keepDecisions(opened(), key, [decision]);
    expect(await decisionsFor(opened(), key)).toEqual([decision]);
    const decided = {
      ...edition,
      remarks: [{ ...open, certainty: 'decided' as const }],
      decisions: [decision],
    };
    expect(await saveEdition(opened(), decided, [page.file], arrival)).toEqual({
      kind: 'reread',
      workId,
      state: 1,
    });
    await publishWork(opened(), workId, rated);
    expect((await getWork(opened(), workId)).stage).toBe('published');
  });

  it('lets go of a decision on a page and on its copies', async () => {
    const store = opened();
    const decision = { about: 'work.title', value: 'Oil', by: 'host', at: '2026-01-01T00:00:00Z' };
    const other = { ...decision, about: 'work.rating', value: 'Mature' };
    const origin = 'journal.example/withdrawn/1';
    const [one, copy] = ['one', 'copy'].map((name) => ({
      sha256: sampleSource(`withdrawn ${name}`).record.sha256,
      origin,
    }));
    if (one === undefined || copy === undefined) throw new Error('two keys');
    await keepDecisions(store, one, [decision, other]);
    await keepDecisions(store, copy, [decision]);
    await withdrawDecisions(store, one, ['work.title']);
    expect(await decisionsFor(store, one)).toEqual([other]);
    expect(await decisionsFor(store, copy)).toEqual([other]);
  });

  it('gives the files that lay beside a page, by the paths the page has for them; the public only hashes', async () => {
    const store = opened();
    const page = sampleSource('with a picture');
    const path = 'page_files/abc.png';
    const sha256 = 'b5d4045c3f466fa91fe2cc6abe79232a1a57cdf104f7a26e716e0a1e2789df78';
    const resources = [{ path, mediaType: 'image/png', sha256, base64: 'QUJD' }];
    const { work, ...pictured } = sampleEdition('Pictured', { sources: [page.record], resources });
    const notes = cleanHtml(`<p><img src="resource:${sha256}" alt="A lamp"></p>`);
    const workId = await save(store, { ...pictured, work: { ...work, notes } }, [page.file]);
    const beside = await filesBeside(store, page.record.sha256);
    expect([...beside].map(([name, file]) => [name, Buffer.from(file.bytes).toString()])).toEqual([
      [path, 'ABC'],
    ]);
    expect((await readEdition(store, workId)).resources.map((r) => r.path)).toEqual([sha256]);
    expect((await readEdition(store, workId, { public: false })).resources.map((r) => r.path)).toEqual([
      path,
    ]);
  });
}
