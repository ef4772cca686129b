import { ownSuggestions } from '../store/own-data.ts';
import { type DataPart, dataFile } from './part.ts';

/** What she suggested and said as a beta, without the words of those whose drafts she read. */
export const suggestionsPart: DataPart = {
  path: 'suggestions.json',
  about:
    'What you suggested for other people’s drafts and what you answered under suggestions: your words, not the draft’s; when, and what became of it.',
  tables: ['suggestions', 'suggestion_replies'],
  async *files(store, { account, url }) {
    const names = new Map(account.pseuds.map((p) => [p.id, p.name]));
    const found = await ownSuggestions(store, [...names.keys()]);
    yield dataFile(
      'suggestions.json',
      found.map(({ workId, pseud, ...rest }) => ({
        address: `${url}/works/${workId}`,
        name: names.get(pseud) ?? '',
        ...rest,
      })),
    );
  },
};
