import { expect, it } from 'vitest';
import { Conflict, Gone, Invalid, NotFound } from '../../errors.ts';
import { readEdition, saveEdition } from '../editions.ts';
import { changeCount, type Store } from '../index.ts';
import { eraseOriginal, listSources } from '../originals.ts';
import { sampleComment, sampleEdition, sampleSource } from '../sample-works.testing.ts';
import { search } from '../search.ts';
import { getComment, listThread } from '../talk/comments.ts';
import { castVerdict, findVerdict, tally } from '../talk/verdicts.ts';
import {
  allowImport,
  eraseText,
  findWork,
  forbidImport,
  getPassageHtml,
  getWork,
  isForbidden,
  listForbidden,
  publishWork,
  removeWork,
} from '../works.ts';

import { arrival, rated, save } from './steps.ts';

/** Publishing, verdicts, removals and what may not be imported, on any engine. */
export function peopleDecide(opened: () => Store): void {
  it('publishes only with a rating and an answer to the warnings, and names what is missing', async () => {
    const id = await save(opened(), sampleEdition('Elm'));
    await expect(publishWork(opened(), id, { rating: null, warnings: [] })).rejects.toThrow(
      /rating.*warnings/s,
    );
    const { version } = await getWork(opened(), id);
    await publishWork(opened(), id, { ...rated, by: 'host' });
    const work = await getWork(opened(), id);
    expect(work).toMatchObject({ stage: 'published', audience: 'everyone', state: 2 });
    expect(work.header.rating).toBe('General Audiences');
    expect(work.version).not.toBe(version);
    await publishWork(opened(), id, { rating: null, warnings: [], audience: 'members' });
    expect(await getWork(opened(), id)).toMatchObject({
      state: 2,
      audience: 'members',
      publishedAt: work.publishedAt,
    });
    await expect(publishWork(opened(), 'nothing', rated)).rejects.toThrow(NotFound);
  });

  it('takes one verdict from each reader, the last, and loses none of many at once', async () => {
    const id = await save(opened(), sampleEdition('Verdict'));
    await Promise.all(
      Array.from({ length: 64 }, (_, i) =>
        castVerdict(opened(), {
          workId: id,
          place: 'p1',
          sigla: i % 3 === 0 ? ['B', 'A'] : ['A'],
          reader: `reader ${i}`,
          address: `address ${i % 8}`,
        }),
      ),
    );
    expect((await tally(opened(), id, 'p1')).counts).toEqual(
      new Map([
        ['A', 42],
        ['AB', 22],
      ]),
    );
    const mine = { workId: id, place: 'p1', reader: 'reader 0', address: 'address 0' };
    await castVerdict(opened(), { ...mine, sigla: ['B'] });
    expect(await findVerdict(opened(), id, 'p1', 'reader 0')).toEqual(['B']);
    expect(await findVerdict(opened(), id, 'p1', 'reader 99')).toBeUndefined();
    expect((await tally(opened(), id, 'p1')).readers).toBe(64);
    await expect(castVerdict(opened(), { ...mine, sigla: ['C'] })).rejects.toThrow(Invalid);
    await expect(castVerdict(opened(), { ...mine, place: 'p2', sigla: [] })).rejects.toThrow(Invalid);
    await expect(castVerdict(opened(), { ...mine, workId: 'nothing', sigla: [] })).rejects.toThrow(NotFound);
    expect((await readEdition(opened(), id)).verdicts).toHaveLength(64);
  });

  it('stops the stuffing of a verdict from one address', async () => {
    const id = await save(opened(), sampleEdition('Stuffed'));
    const cast = (i: number): Promise<void> =>
      castVerdict(opened(), { workId: id, place: 'p1', sigla: ['A'], reader: `r${i}`, address: 'one' });
    for (let i = 0; i < 20; i++) await cast(i);
    await expect(cast(20)).rejects.toThrow(Conflict);
    await cast(3);
    expect((await tally(opened(), id, 'p1')).readers).toBe(20);
  });

  it('removes a work for good and does not let it come back', async () => {
    const page = sampleSource('to be removed', { origin: 'journal.example/isolde/99' });
    const edition = sampleEdition('Vanishing', { sources: [page.record] });
    const id = await save(opened(), edition, [page.file]);
    await publishWork(opened(), id, rated);
    const { entries } = await getWork(opened(), id);
    const comment = (await listThread(opened(), id)).items[0]?.id ?? '';
    await removeWork(opened(), id, { by: 'host', why: 'the author asked', legal: true });
    expect(await findWork(opened(), id)).toBeUndefined();
    const gone = await getWork(opened(), id).catch((e: unknown) => e);
    expect(gone instanceof Gone && gone.legal).toBe(true);
    await expect(readEdition(opened(), id)).rejects.toThrow(Gone);
    await expect(getPassageHtml(opened(), entries[0]?.textHash ?? '')).rejects.toThrow(NotFound);
    await expect(getComment(opened(), comment)).rejects.toThrow(NotFound);
    expect((await search(opened(), 'vanishing')).items).toEqual([]);
    expect(await listSources(opened(), id)).toEqual([]);
    const other = { ...edition, sources: [sampleSource('elsewhere').record] };
    for (const again of [edition, { ...edition, sources: [] }, other]) {
      expect(await saveEdition(opened(), again, [page.file], arrival)).toEqual({
        kind: 'forbidden',
        reason: 'the author asked',
      });
    }
    await expect(removeWork(opened(), id, { by: 'host', why: '' })).rejects.toThrow(NotFound);
  });

  it('keeps the bytes of a day page while one of its works is left', async () => {
    const page = sampleSource('a shared page');
    const [one, two] = ['Shared One', 'Shared Two'].map((name, i) =>
      sampleEdition(name, { sources: [{ ...page.record, origin: `journal.example/day/${i}` }] }),
    );
    if (one === undefined || two === undefined) throw new Error('two works');
    const ids = [await save(opened(), one, [page.file]), await save(opened(), two, [page.file])];
    await removeWork(opened(), ids[0] ?? '', { by: 'host', why: 'x' });
    expect((await listSources(opened(), ids[1] ?? ''))[0]?.bytes).not.toBeNull();
    expect(await saveEdition(opened(), two, [page.file], arrival)).toMatchObject({ kind: 'same' });
  });

  it('erases a text from every state and leaves its place', async () => {
    const id = await save(opened(), sampleEdition('Erased'));
    await publishWork(opened(), id, rated);
    const { entries } = await getWork(opened(), id);
    await eraseText(opened(), id, 'p2', { by: 'host', why: 'asked' });
    await expect(getPassageHtml(opened(), entries[1]?.textHash ?? '')).rejects.toThrow(Gone);
    expect((await readEdition(opened(), id)).passages.map((p) => p.html === '')).toEqual([
      false,
      true,
      false,
    ]);
    expect((await search(opened(), '"Erased stayed"')).items).toEqual([]);
    expect((await search(opened(), '"Erased walked"')).items).toHaveLength(1);
    await publishWork(opened(), id, { rating: 'Mature', warnings: [] });
    expect((await readEdition(opened(), id)).passages[1]?.html).toBe('');
    await expect(eraseText(opened(), id, 'p9', { by: 'host', why: '' })).rejects.toThrow(NotFound);
  });

  it('erases the bytes of an original down to their hash', async () => {
    const page = sampleSource('bytes to erase');
    const id = await save(opened(), sampleEdition('Original', { sources: [page.record] }), [page.file]);
    await eraseOriginal(opened(), page.record.sha256, { by: 'host', why: 'asked' });
    expect(await listSources(opened(), id)).toMatchObject([{ bytes: null, record: page.record }]);
    await expect(eraseOriginal(opened(), 'nothing', { by: 'host', why: '' })).rejects.toThrow(NotFound);
  });

  it('forbids imports by page and by author, and takes it back', async () => {
    const e = sampleEdition('Forbidden', {
      sources: [sampleSource('f', { address: 'https://www.journal.example/isolde/5.html' }).record],
    });
    const edition = {
      ...e,
      work: { ...e.work, creators: [{ name: 'Ban Me', role: 'author' as const, site: 'x.example' }] },
    };
    expect(await isForbidden(opened(), edition)).toBeUndefined();
    for (const key of ['http://journal.example/isolde/5.html/', 'ban me@X.example']) {
      await forbidImport(opened(), { key, why: 'she asked', by: 'host' });
      expect(await saveEdition(opened(), edition, [], arrival)).toEqual({
        kind: 'forbidden',
        reason: 'she asked',
      });
      expect((await listForbidden(opened())).some((f) => f.why === 'she asked')).toBe(true);
      await allowImport(opened(), key);
      expect(await isForbidden(opened(), edition)).toBeUndefined();
    }
  });

  it('lets no pseud of another archive speak for someone here', async () => {
    const author = { kind: 'pseud', id: 'g5bkwf7dxy', name: 'Someone' } as const;
    const id = await save(
      opened(),
      sampleEdition('Foreign', { comments: [sampleComment('x', 'Hm.', { author })] }),
    );
    expect((await listThread(opened(), id)).items[0]).toMatchObject({ author, personId: null });
  });

  it('tells that something changed', async () => {
    const before = changeCount(opened());
    expect(changeCount(opened())).toBe(before);
    await save(opened(), sampleEdition('Change'));
    expect(changeCount(opened())).not.toBe(before);
  });
}
