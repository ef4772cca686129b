import { listPasskeys, listSessions } from '../store/accounts.ts';
import { ownCredits, ownInvitations } from '../store/own-data.ts';
import { type DataPart, dataFile } from './part.ts';

/** Her account: names, ways to sign in, where she is signed in. Nothing that would open it. */
export const accountPart: DataPart = {
  path: 'account.json',
  about:
    'Your account: the names you write under, your role, where you are signed in, which second factors you have, whom you invited, how you like to read. The name you sign in with and all secrets are kept here only in a form that cannot be read, so they are not in it.',
  tables: ['accounts', 'pseuds', 'people', 'sessions', 'passkeys', 'codes', 'invitations'],
  async *files(store, { account, settings, url }) {
    const { id, role, madeAt, pseuds, factors, suspended } = account;
    const names = pseuds.map(({ id: pseud, name }) => ({ name, address: `${url}/people/${pseud}` }));
    const sessions = (await listSessions(store, id)).map(({ label, begunAt, seenOn }) => ({
      label,
      begunAt,
      seenOn,
    }));
    const passkeys = (await listPasskeys(store, id)).map(({ label, madeAt: made, usedAt }) => ({
      label,
      madeAt: made,
      usedAt,
    }));
    yield dataFile('account.json', {
      names,
      role,
      madeAt,
      suspended,
      signingIn: {
        codesFromAnApp: factors.totp,
        recoveryCodesLeft: factors.recoveryCodes,
        passkeys,
        sessions,
      },
      invitations: await ownInvitations(store, id),
      reading: settings,
    });
  },
};

/** Where she is named, or was asked to be. */
export const creditsPart: DataPart = {
  path: 'credits.json',
  about: 'Each work that names you, or whose author asked you to be named: as what, and how you answered.',
  tables: ['creatorships'],
  async *files(store, { account, url }) {
    const names = new Map(account.pseuds.map((p) => [p.id, p.name]));
    const credits = await ownCredits(store, [...names.keys()]);
    yield dataFile(
      'credits.json',
      credits.map(({ workId, pseud, ...rest }) => ({
        address: `${url}/works/${workId}`,
        name: names.get(pseud) ?? '',
        ...rest,
      })),
    );
  },
};
