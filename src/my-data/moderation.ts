import { listActs } from '../store/acts.ts';
import { erasuresOf } from '../store/own-data.ts';
import { type DataPart, dataFile } from './part.ts';
import { writtenBy } from './written.ts';

/** What those who run the archive, and she herself, did with her works. By whom is theirs. */
export const moderationPart: DataPart = {
  path: 'moderation.json',
  about:
    'What was done with your works, when and why: published, hidden, shown again, words erased; and whether your account is suspended. Who did it is not said.',
  tables: ['acts', 'removals'],
  async *files(store, owner) {
    const works: object[] = [];
    for await (const { id } of writtenBy(store, owner)) {
      const acts = (await listActs(store, id)).map(({ at, act, why }) => ({ at, act, why }));
      const erased = await erasuresOf(store, id);
      if (acts.length + erased.length > 0) works.push({ address: `${owner.url}/works/${id}`, acts, erased });
    }
    yield dataFile('moderation.json', { suspended: owner.account.suspended, works });
  },
};
