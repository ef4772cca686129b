import { saveEdition } from '../src/store/editions.ts';
import { openStore } from '../src/store/index.ts';
import { generatedPage, worksInRun } from './pages.ts';

// Imports generated works into a folder, and reports each once it is stored. It is meant to be killed.
const [folder = '', seed = '0'] = process.argv.slice(2);
const store = await openStore(folder);
for (let i = 0; i < worksInRun; i++) {
  const { edition, file } = generatedPage(Number(seed), i);
  const outcome = await saveEdition(store, edition, [file], { why: 'imported', by: null });
  process.stdout.write(`${i} ${outcome.kind === 'new' ? outcome.workId : outcome.kind}\n`);
}
