import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import type { CleanHtml } from '../html.ts';
import type { Edition } from '../model/edition.ts';
import type { WorkView } from '../model/views.ts';
import { saveEdition } from '../store/editions.ts';
import { closeStore, openStore } from '../store/index.ts';
import { publishWork } from '../store/publishing.ts';
import { getWork } from '../store/works.ts';
import type { Archive } from '../web/archive.ts';

/** An archive over a real database in a folder of its own, for tests that send requests. */
export interface TestArchive {
  readonly archive: Archive;
  /** Stores an Edition; it is then a draft by secret link. */
  readonly store: (edition: Edition<CleanHtml>) => Promise<WorkView>;
  /** Stores an Edition and publishes it for everyone: General Audiences and no warnings unless its header says else. */
  readonly publish: (edition: Edition<CleanHtml>) => Promise<WorkView>;
  readonly close: () => Promise<void>;
}

/** Makes an empty archive whose public address is `https://archive.example`. */
export async function openTestArchive(): Promise<TestArchive> {
  const folder = mkdtempSync(join(tmpdir(), 'variorum-test-'));
  const store = await openStore(folder);
  const archive: Archive = {
    store,
    config: readConfig({ VARIORUM_DATA: folder }),
    url: 'https://archive.example',
    name: 'Variorum',
  };
  const keep = async (edition: Edition<CleanHtml>): Promise<WorkView> => {
    const outcome = await saveEdition(store, edition, [], { why: 'for a test', by: null });
    if (outcome.kind !== 'new')
      throw new Error(`the Edition was not stored as a new work but is ${outcome.kind}`);
    return getWork(store, outcome.workId);
  };
  return {
    archive,
    store: keep,
    publish: async (edition) => {
      const { id } = await keep(edition);
      const { rating, warnings } = edition.work;
      await publishWork(store, id, {
        rating: rating ?? 'General Audiences',
        warnings: warnings.length === 0 ? ['No Archive Warnings Apply'] : [...warnings],
        audience: 'everyone',
      });
      return getWork(store, id);
    },
    close: async () => {
      await closeStore(store);
      rmSync(folder, { recursive: true });
    },
  };
}
