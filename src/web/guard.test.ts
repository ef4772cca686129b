import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  type Action,
  type Actor,
  accountRoles,
  guest,
  may,
  permissions,
  type Role,
  type Subject,
} from '../model/person.ts';
import type { Audience, Stage } from '../model/work.ts';
import { beginSession, createAccount, findSession, setRole, suspendAccount } from '../store/accounts.ts';
import { listThread } from '../store/talk/comments.ts';
import { answerCredit, createWork, proposeCredit } from '../store/writing.ts';
import { passage, story } from '../testing/stories.ts';
import { routes } from './app.ts';
import type { Page } from './archive.ts';
import { onError } from './errors.tsx';
import { guarded, isAboutWork, type Route } from './guard.ts';
import { lampStory, openSite, type TestSite } from './site.testing.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

test('every route names a line of the table of permissions', () => {
  for (const [method, path, action] of routes)
    expect(Object.keys(permissions), `${method} ${path}`).toContain(action);
  const page: Page = () => (c) => c.text('');
  // @ts-expect-error: a route without an action is no route
  const without: Route = ['GET', '/anything', page];
  // @ts-expect-error: nor is one whose action the table does not know
  const unknown: Route = ['GET', '/anything', 'do anything', page];
  expect([without, unknown]).toHaveLength(2);
});

test('no address that names a work is open before the work was looked at', () => {
  const aboutWorks = Object.entries(permissions).flatMap(([action, { grants }]) =>
    grants.some((grant) => 'stages' in grant) ? [action] : [],
  );
  for (const [method, path, action] of routes)
    expect([`${method} ${path}`, isAboutWork(path)]).toEqual([
      `${method} ${path}`,
      aboutWorks.includes(action),
    ]);
});

interface Asker {
  readonly name: string;
  readonly cookie: string;
  readonly actor: Actor;
}

interface Asked {
  readonly id: string;
  readonly secret: string;
  readonly comment: string | undefined;
  readonly subject: Omit<Subject, 'secret'>;
}

const stagesAndAudiences: readonly (readonly [Stage, Audience])[] = [
  ['draft', 'link'],
  ['draft', 'hosts'],
  ['scheduled', 'everyone'],
  ['published', 'everyone'],
  ['published', 'members'],
  ['published', 'link'],
  ['published', 'hosts'],
  ['hidden', 'everyone'],
];

let site: TestSite;
let askers: readonly Asker[];
let asked: readonly Asked[];
let app: Hono;

beforeAll(async () => {
  site = await openSite();
  const roles = await Promise.all(accountRoles.map((role) => asker(role, role)));
  const weak = await asker('host without a second factor', 'host', { strong: false });
  const suspended = await asker('suspended moderator', 'moderator', { suspended: true });
  const [creator, other] = [
    await asker('creator', 'writer'),
    await asker('suspended creator', 'writer', { suspended: true }),
  ];
  const beta = await asker('beta', 'reader');
  askers = [{ name: 'guest', cookie: '', actor: guest }, ...roles, weak, suspended, creator, other, beta];
  const pseuds = [creator, other].map(pseudOf);
  asked = (
    await Promise.all(
      stagesAndAudiences.map(async (place, i) => [
        await written(place, pseuds, pseudOf(beta)),
        await imported(place, `Lamp ${i}`),
      ]),
    )
  ).flat();
  app = new Hono();
  app.onError(onError(site.archive));
  for (const [method, path, action] of routes)
    app.on(method, path, guarded(site.archive, [method, path, action, () => (c) => c.text('in')]));
});
afterAll(() => site.close());

/** An account in a role, as the store itself says who she is. */
async function asker(
  name: string,
  role: Role,
  { strong = true, suspended = false }: { readonly strong?: boolean; readonly suspended?: boolean } = {},
): Promise<Asker> {
  const { store } = site.archive;
  const signInName = `${name} ${Math.random()}`;
  const passPhrase = 'a phrase long enough for all';
  const { id } = await createAccount(store, { signInName, passPhrase, pseud: name });
  await setRole(store, id, role);
  if (suspended) await suspendAccount(store, id, 'for the test');
  const token = await beginSession(store, id, { strong, label: '' });
  const actor = await findSession(store, token);
  if (actor === undefined) throw new Error('no session');
  return { name, cookie: `session=${token}`, actor };
}

async function place(id: string, [stage, audience]: readonly [Stage, Audience]): Promise<string> {
  const { write } = site.archive.store;
  await write.updateTable('works').set({ stage, audience }).where('id', '=', id).execute();
  const row = await write.selectFrom('works').select('secret').where('id', '=', id).executeTakeFirstOrThrow();
  return row.secret;
}

function pseudOf({ actor }: Asker): string {
  return actor.kind === 'account' ? (actor.pseuds[0]?.id ?? '') : '';
}

async function written(
  at: readonly [Stage, Audience],
  creators: readonly string[],
  beta: string,
): Promise<Asked> {
  const [by = ''] = creators;
  const work = {
    title: at.join(' '),
    creators,
    by,
    story: story([passage('p1', 'Words enough for a work.')]),
  };
  const id = await createWork(site.archive.store, work);
  const part = { person: beta, role: 'beta' } as const;
  await proposeCredit(site.archive.store, id, { ...part, by });
  await answerCredit(site.archive.store, id, { ...part, accept: true });
  const secret = await place(id, at);
  const [stage, audience] = at;
  const subject = { creators, betas: [beta], stage, audience, guests: false };
  return { id, secret, comment: undefined, subject };
}

async function imported(at: readonly [Stage, Audience], title: string): Promise<Asked> {
  const id = await site.add(lampStory(title), undefined, false);
  const secret = await place(id, at);
  const thread = await listThread(site.archive.store, id, {});
  const [stage, audience] = at;
  const subject = { creators: [], betas: [], stage, audience, guests: false, thread: 'frozen' } as const;
  return { id, secret, comment: thread.items[0]?.id, subject };
}

type Outcome = 'in' | 'sign in' | 'second factor' | 'refused' | 'not there';

async function outcome(method: string, path: string, { cookie }: Asker): Promise<Outcome> {
  const response = await app.request(path, { method, headers: { cookie, 'sec-fetch-site': 'same-origin' } });
  const to = response.headers.get('location') ?? '';
  if (response.status === 303) return to.startsWith('/sign-in') ? 'sign in' : 'second factor';
  if (response.status === 403) return 'refused';
  return response.status === 404 ? 'not there' : 'in';
}

/** What the table says should happen, in the words of the rule of every route. */
function expected(method: string, action: Action, { actor }: Asker, subject?: Subject): Outcome {
  if (may(actor, action, subject)) return 'in';
  const mayRead = (who: Actor): boolean =>
    subject === undefined || may(who, 'read a work', subject) || may(who, 'read a draft', subject);
  if (actor.kind === 'guest') {
    const reader: Actor = { kind: 'account', id: '', role: 'reader', pseuds: [], strong: true };
    if (!mayRead(guest) && !mayRead(reader)) return 'not there';
    return method === 'GET' ? 'sign in' : 'refused';
  }
  if (!mayRead(actor)) return 'not there';
  const isWeak = method === 'GET' && may({ ...actor, strong: true }, action, subject);
  return isWeak ? 'second factor' : 'refused';
}

const plain = (path: string): string => path.replace(/\{.*?\}(?=\/|$)/g, '');

describe.each(routes.map(([method, path, action]) => ({ method, path: plain(path), action })))(
  '$method $path',
  ({ method, path, action }) => {
    test('lets in whom the table lets, in every role and for every stage and audience of a work', async () => {
      const fill = (handle: string, comment = ''): string =>
        path
          .replace(':handle', handle)
          .replace(':file', `${handle}.txt`)
          .replace(/^\/comments\/:id/, `/comments/${comment}`)
          .replace(/:\w+/g, 'x');
      const found: string[] = [];
      const right: string[] = [];
      const look = async (asker: Asker, at: string, what: string, subject?: Subject): Promise<void> => {
        found.push(`${asker.name}, ${what}: ${await outcome(method, at, asker)}`);
        right.push(`${asker.name}, ${what}: ${expected(method, action, asker, subject)}`);
      };
      for (const asker of askers) {
        if (!isAboutWork(path)) await look(asker, fill(''), 'the archive');
        else
          for (const { id, secret, comment, subject } of asked) {
            const what = `${subject.stage} ${subject.audience} of ${subject.creators.length}`;
            if (path.startsWith('/comments/')) {
              const author = null;
              if (comment !== undefined)
                await look(asker, fill('', comment), what, { ...subject, author, secret: false });
              continue;
            }
            await look(asker, fill(id), what, { ...subject, secret: false });
            if (/^\/(?:works|notes)\//.test(path))
              await look(asker, fill(`${id}-${secret}`), `${what} by its link`, { ...subject, secret: true });
          }
      }
      expect(found).toEqual(right);
    });
  },
);
