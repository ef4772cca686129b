import { listActs } from '../store/acts.ts';
import { erasuresOf } from '../store/own-data.ts';
import { listWritten } from '../store/writing.ts';
import { type DataPart, dataFile } from './part.ts';

/** What those who run the archive, and she herself, did with her works. By whom is theirs. */
export const moderationPart: DataPart = {
  path: 'moderation.json',
  about:
    'What was done with your works, when and why: published, hidden, shown again, words erased; and whether your account is suspended. Who did it is not said.',
  tables: ['acts', 'removals'],
  async *files(store, { account, url }) {
    const works: object[] = [];
    const pseuds = account.pseuds.map((p) => p.id);
    for (let after: string | null | undefined; after !== null; ) {
      const page = await listWritten(store, pseuds, { after: after ?? null, limit: 100 });
      for (const { id } of page.items) {
        const acts = (await listActs(store, id)).map(({ at, act, why }) => ({ at, act, why }));
        const erased = await erasuresOf(store, id);
        if (acts.length + erased.length > 0) works.push({ address: `${url}/works/${id}`, acts, erased });
      }
      after = page.next;
    }
    yield dataFile('moderation.json', { suspended: account.suspended, works });
  },
};
