import { listReadings } from '../store/readings.ts';
import { type DataPart, dataFile } from './part.ts';
import { writtenBy } from './written.ts';

/** How her works were read, as counts. */
export const readingsPart: DataPart = {
  path: 'readings.json',
  about:
    'How often each of your works was read, passage by passage and day by day, where that is counted. It was never kept who read.',
  tables: ['readings'],
  async *files(store, owner) {
    const works: object[] = [];
    for await (const { id } of writtenBy(store, owner)) {
      const counted = await listReadings(store, id);
      const counts = counted.map(({ day, kind, key, times }) => ({ day, kind, key, times }));
      if (counts.length > 0) works.push({ address: `${owner.url}/works/${id}`, counts });
    }
    yield dataFile('readings.json', works);
  },
};
