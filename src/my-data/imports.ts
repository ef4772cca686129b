import { ownImports } from '../store/own-data.ts';
import { type DataPart, dataFile } from './part.ts';

/** What she brought in by the browser. What came of it is the archive's. */
export const importsPart: DataPart = {
  path: 'imports.json',
  about: 'When you brought saved pages in by the browser, and how many files.',
  tables: ['import_batches', 'import_files'],
  async *files(store, { account }) {
    yield dataFile(
      'imports.json',
      await ownImports(
        store,
        account.pseuds.map((p) => p.name),
      ),
    );
  },
};
