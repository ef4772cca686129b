import { expect, it } from 'vitest';
import { NotFound } from '../../errors.ts';
import type { ReportLine } from '../../intake/report.ts';
import {
  beginBatch,
  countBatch,
  endBatch,
  getBatch,
  listBatches,
  listWaiting,
  noteFile,
} from '../importing.ts';
import type { Store } from '../index.ts';

const line: ReportLine = {
  mark: '✓',
  path: 'lamp.html',
  workId: 'abc',
  title: 'The Lamp',
  words: '12 words',
  endings: '',
  comments: '',
  says: '',
};

/** What archivists bring in by the browser, on any engine. */
export function pagesAreBrought(opened: () => Store): void {
  it('knows how far a batch is, and who waits', async () => {
    const store = opened();
    const first = await beginBatch(store, 'Ida');
    await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await beginBatch(store, 'Una');
    expect(await getBatch(store, first)).toMatchObject({ by: 'Ida', endedAt: null, files: 0, reports: [] });
    await countBatch(store, first, 2);
    await noteFile(store, first, 0, [line]);
    await noteFile(store, first, 0, [{ ...line, title: 'told twice' }]);
    await noteFile(store, first, 1, []);
    expect(await getBatch(store, first)).toMatchObject({ files: 2, reports: [[line], []] });
    expect(await listWaiting(store)).toEqual([
      { id: first, by: 'Ida' },
      { id: second, by: 'Una' },
    ]);
    await endBatch(store, first);
    expect((await listBatches(store, { by: ['Ida'] })).map((b) => b.id)).toEqual([first]);
    expect(await listBatches(store, { by: [] })).toEqual([]);
    expect(await listWaiting(store)).toEqual([{ id: second, by: 'Una' }]);
    expect((await listBatches(store)).map((b) => [b.id, b.endedAt === null])).toEqual([
      [second, true],
      [first, false],
    ]);
    await endBatch(store, second);
    expect(await listWaiting(store)).toEqual([]);
  });

  it('says so where nothing was brought', async () => {
    await expect(getBatch(opened(), 'nothing')).rejects.toThrow(NotFound);
  });
}
