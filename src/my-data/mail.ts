import { findMail } from '../store/accounts.ts';
import { type DataPart, dataFile } from './part.ts';

/** The mail address she gave, if she did. */
export const mailPart: DataPart = {
  path: 'mail.json',
  about:
    'The mail address you gave, whether it is confirmed, and what it is used for; nothing (`null`) if you gave none.',
  tables: ['mail_addresses'],
  async *files(store, { account }) {
    yield dataFile('mail.json', (await findMail(store, account.id)) ?? null);
  },
};
