import { describe, expect, test } from 'vitest';
import {
  type AccountActor,
  type Action,
  type Actor,
  accountRoles,
  guest,
  may,
  type Permission,
  permissions,
  type Role,
  type Subject,
} from './person.ts';
import { audiences, stages, threadSettings } from './work.ts';

const actions = Object.keys(permissions).filter((key): key is Action => key in permissions);
const account = (role: Role, more: Partial<AccountActor> = {}): AccountActor => ({
  kind: 'account',
  id: 'private',
  role,
  pseuds: [{ id: 'mine', name: 'Marram' }],
  strong: true,
  ...more,
});
const work = (more: Partial<Subject> = {}): Subject => ({
  creators: ['hers'],
  betas: [],
  stage: 'published',
  audience: 'everyone',
  secret: false,
  ...more,
});
const everyWork: readonly Subject[] = stages.flatMap((stage) =>
  audiences.flatMap((audience) =>
    threadSettings.flatMap((thread) =>
      [['hers'], ['mine'], []].flatMap((creators) =>
        [false, true].map((secret) => work({ stage, audience, thread, creators, secret })),
      ),
    ),
  ),
);
const drafts = stages.filter((stage) => stage === 'draft' || stage === 'scheduled');

describe('reading', () => {
  test('is for everyone where a work is published for everyone', () => {
    for (const who of [guest, ...accountRoles.map((role) => account(role))])
      expect(may(who, 'read a work', work())).toBe(true);
  });

  test('of a work for members needs an account, of a draft its link or a part in it', () => {
    expect(may(guest, 'read a work', work({ audience: 'members' }))).toBe(false);
    expect(may(account('reader'), 'read a work', work({ audience: 'members' }))).toBe(true);
    for (const stage of drafts) {
      const draft = work({ stage, audience: 'link' });
      expect(may(guest, 'read a work', draft)).toBe(false);
      expect(may(account('moderator'), 'read a work', draft)).toBe(false);
      expect(may(guest, 'read a work', { ...draft, secret: true })).toBe(true);
      expect(may(account('reader'), 'read a draft', { ...draft, betas: ['mine'] })).toBe(true);
      expect(may(account('reader'), 'read a work', { ...draft, betas: ['mine'] })).toBe(false);
      expect(may(account('writer'), 'read a work', { ...draft, creators: ['mine'] })).toBe(true);
      expect(may(account('host'), 'read a work', draft)).toBe(true);
    }
  });

  test('of a hidden work is not for those who have its link, and of a removed one for nobody', () => {
    expect(may(guest, 'read a work', work({ stage: 'hidden', secret: true }))).toBe(false);
    expect(may(account('moderator'), 'read a work', work({ stage: 'hidden' }))).toBe(true);
    for (const subject of everyWork.filter((s) => s.stage === 'removed'))
      for (const who of [guest, ...accountRoles.map((role) => account(role))])
        expect(may(who, 'read a work', { ...subject, betas: ['mine'], author: 'mine' })).toBe(false);
  });

  test('of an import that nobody here has claimed is for archivists', () => {
    const imported = work({ creators: [], stage: 'draft', audience: 'link' });
    expect(may(account('archivist'), 'read a work', imported)).toBe(true);
    expect(may(account('writer'), 'read a work', imported)).toBe(false);
    expect(may(account('archivist'), 'decide an import', imported)).toBe(true);
    expect(may(account('archivist'), 'revise a work', work())).toBe(false);
  });
});

describe('writing', () => {
  test('is for writers, and changing for those credited', () => {
    expect(may(account('reader'), 'write a work')).toBe(false);
    expect(may(account('writer'), 'write a work')).toBe(true);
    expect(may(account('writer'), 'revise a work', work({ creators: ['hers', 'mine'] }))).toBe(true);
    for (const role of accountRoles) expect(may(account(role), 'revise a work', work())).toBe(false);
  });

  test('a beta reads and suggests, and changes nothing', () => {
    const draft = work({ stage: 'draft', betas: ['mine'] });
    const allowed = actions.filter((action) => may(account('reader'), action, draft));
    expect(allowed).toContain('suggest changes');
    expect(allowed).not.toContain('revise a work');
    expect(allowed).not.toContain('publish a work');
    expect(allowed).not.toContain('see statistics');
  });
});

describe('talking', () => {
  test('is for guests only where archive and author let them', () => {
    expect(may(guest, 'comment', work())).toBe(false);
    expect(may(guest, 'comment', work({ guests: true }))).toBe(true);
    expect(may(account('reader'), 'comment', work())).toBe(true);
  });

  test('stops in frozen and closed threads, for authors too', () => {
    for (const thread of ['frozen', 'closed'] as const) {
      expect(may(account('reader'), 'comment', work({ thread, guests: true }))).toBe(false);
      expect(may(account('writer'), 'comment', work({ thread, creators: ['mine'] }))).toBe(false);
    }
  });

  test('leaves a comment to who wrote it, and its deletion also to author and moderators', () => {
    expect(may(account('reader'), 'edit a comment', work({ author: 'mine' }))).toBe(true);
    expect(may(account('host'), 'edit a comment', work({ author: 'hers' }))).toBe(false);
    expect(may(account('reader'), 'edit a comment', work({ author: null }))).toBe(false);
    expect(may(account('moderator'), 'delete a comment', work({ author: 'hers' }))).toBe(true);
    expect(may(account('writer'), 'delete a comment', work({ creators: ['mine'], author: 'hers' }))).toBe(
      true,
    );
    expect(may(account('writer'), 'delete a comment', work({ author: 'hers' }))).toBe(false);
  });
});

describe('running the archive', () => {
  test('is for hosts, with their second factor', () => {
    for (const action of ['manage people', 'configure the archive'] as const) {
      for (const role of accountRoles) expect(may(account(role), action)).toBe(role === 'host');
      expect(may(account('host', { strong: false }), action)).toBe(false);
    }
    expect(may(account('moderator', { strong: false }), 'moderate a thread', work())).toBe(false);
    expect(may(account('moderator', { strong: false }), 'import pages')).toBe(true);
  });
});

describe('the table as a whole', () => {
  test('lets a higher role do all that a lower one may, in every state of a work', () => {
    for (const action of actions) {
      for (const subject of everyWork) {
        const allowed = accountRoles.map((role) => may(account(role), action, subject));
        expect([action, subject, allowed]).toEqual([action, subject, allowed.toSorted()]);
      }
    }
  });

  test('lets a guest do nothing that a reader may not', () => {
    for (const action of actions)
      for (const subject of everyWork)
        if (may(guest, action, { ...subject, guests: true }))
          expect([action, may(account('reader'), action, subject)]).toEqual([action, true]);
  });

  test('lets the suspended read and take away what is theirs, and nothing else', () => {
    const suspended: Actor = account('host', { suspended: true });
    const own = work({ creators: ['mine'], author: 'mine', betas: ['mine'] });
    const isRetained = (action: Action): boolean =>
      /^(read|see a picture|sign in|delete|manage my account)/.test(action);
    for (const action of actions)
      expect([action, may(suspended, action, own)]).toEqual([action, isRetained(action)]);
  });

  test('allows nothing about a work when no work is named', () => {
    const aboutWorks = actions.filter((action) => {
      const { grants }: Permission = permissions[action];
      return grants.some((grant) => grant.stages !== undefined);
    });
    expect(aboutWorks.length).toBeGreaterThan(8);
    for (const action of aboutWorks) expect([action, may(account('host'), action)]).toEqual([action, false]);
  });
});
