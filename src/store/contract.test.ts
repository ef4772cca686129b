import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importsAreKept } from './contract/editions.ts';
import { factorsAreGiven } from './contract/factors.ts';
import { pagesAreBrought } from './contract/importing.ts';
import { indexIsKept } from './contract/indexing.ts';
import { journalsAreKept } from './contract/journals.ts';
import { peopleLeave } from './contract/leaving.ts';
import { mapsAreArranged } from './contract/mapping.ts';
import { peopleHaveAccounts } from './contract/people.ts';
import { readersSeeWhatIsPublished } from './contract/publishing.ts';
import { worksAreRead } from './contract/reading.ts';
import { readingsAreCounted } from './contract/readings.ts';
import { pagesAreReread } from './contract/rereading.ts';
import { anythingComesBack } from './contract/round-trip.ts';
import { betasSuggest } from './contract/suggesting.ts';
import { peopleDecide } from './contract/taking.ts';
import { peopleTalk } from './contract/talking.ts';
import { pseudsStayApart } from './contract/unlinked.ts';
import { worksAreWritten } from './contract/writing.ts';
import { openPostgres } from './engine/postgres.ts';
import { closeStore, openStore, type Store } from './index.ts';
import { checkStore } from './keeping/check.ts';

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

  importsAreKept(() => store);
  pagesAreBrought(() => store);
  pagesAreReread(() => store);
  worksAreRead(() => store);
  peopleDecide(() => store);
  worksAreWritten(() => store);
  readersSeeWhatIsPublished(() => store);
  mapsAreArranged(() => store);
  indexIsKept(() => store);
  peopleHaveAccounts(() => store);
  factorsAreGiven(() => store);
  pseudsStayApart(() => store);
  peopleTalk(() => store);
  peopleLeave(() => store);
  journalsAreKept(() => store);
  readingsAreCounted(() => store);
  betasSuggest(() => store);
  anythingComesBack(() => store);

  it('finds no fault in all that these tests stored', async () => {
    expect(await checkStore(store)).toEqual([]);
  });
});
