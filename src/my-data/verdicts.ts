import { ownVerdicts } from '../store/own-data.ts';
import { type DataPart, dataFile } from './part.ts';

/** Which endings she prefers, as far as her browser can say that it was she. */
export const verdictsPart: DataPart = {
  path: 'verdicts.json',
  about:
    'Which endings you said you prefer, in the browser you asked for this download with. Verdicts belong to a browser and not to your account: those given in another can only be had from there.',
  tables: ['verdicts'],
  async *files(store, { reader }) {
    yield dataFile('verdicts.json', reader === undefined ? [] : await ownVerdicts(store, reader));
  },
};
