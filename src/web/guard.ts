import type { Context, Handler } from 'hono';
import { Forbidden, NotFound } from '../errors.ts';
import { type AccountActor, type Action, type Actor, guest, may, type Subject } from '../model/person.ts';
import { readSettings } from '../store/settings.ts';
import { getCommentWhole } from '../store/talk/keeping.ts';
import { findHands, getWritten } from '../store/writing.ts';
import { actorOf } from './actor.ts';
import { type Archive, keepingHeaders, type Page } from './archive.ts';
import { notHers, signInFirst } from './errors.tsx';
import { holdsSecret, isPublic, type OpenedWork, opened, readHandle } from './handle.ts';
import { holdForm } from './held.tsx';
import { type KeptWork, keptWorks, passingWork } from './serving/kept.ts';

/** One line of the site map: a way to ask, an address, what of the table of permissions it is, and what answers. */
export type Route = readonly [method: 'GET' | 'POST', path: string, action: Action, page: Page];

/**
 * Lets a request come to its page when whoever asks may do what the route is; the only place where that is decided.
 * Guests who could with an account are led to sign in, from pages; forms are refused. A work that one may not read
 * does not exist.
 */
export function guarded(archive: Archive, [, path, action, page]: Route): Handler {
  const handler = page(archive);
  if (isAboutWork(path)) {
    return async (c, next) => (await refusedWork(c, archive, action)) ?? handler(c, next);
  }
  // What everyone may is never asked of the store.
  if (isForAll(action)) return handler;
  return async (c, next) => (await refused(c, archive, action)) ?? handler(c, next);
}

/** The work of the address, for whom the guard let in. Pages of routes that name a work have one. */
export function openedWork(c: Context): OpenedWork {
  const work = works.get(c);
  if (work === undefined) throw new Error(`web/guard: ${c.req.path} names no work`);
  return work;
}

const works = new WeakMap<Context, OpenedWork>();

/** What the guard knew of the thing asked for when it let in; for pages that show only what may be done. */
export function askedSubject(c: Context): Subject {
  const subject = subjects.get(c);
  if (subject === undefined) throw new Error(`web/guard: ${c.req.path} is public, nobody was asked for`);
  return subject;
}

const subjects = new WeakMap<Context, Subject>();

/**
 * Whether whoever asks may read what the work was before, apart from what its author opens to all readers: a beta is
 * given the newest text and no other.
 */
export async function readsOldStates(c: Context, archive: Archive): Promise<boolean> {
  const subject = subjects.get(c);
  return subject === undefined || may(await actorOf(c, archive), 'read old states', subject);
}

/** Whether an address names a work, in itself or by a comment on it. */
export function isAboutWork(path: string): boolean {
  return /\/:(?:handle|file)\b|^\/comments\/:/.test(path);
}

async function refusedWork(c: Context, archive: Archive, action: Action): Promise<Response | undefined> {
  const { id, secret } = readHandle(await handleText(c, archive));
  const kept = await keptWorks(archive).get(id);
  const given = secret !== null && holdsSecret(secret, kept.work);
  // Pages of public works that everyone may see are the same for all: nobody needs to be known for them.
  const isAhead = given && kept.work.newest !== kept.work.state;
  if (!isAhead && isPublic(kept.work) && isForAll(action, bareSubject(kept, false))) {
    works.set(c, opened(archive, kept, id, 'public'));
    return undefined;
  }
  const isNeeded = given && !isPublic(kept.work);
  works.set(c, opened(archive, kept, isNeeded ? `${id}-${secret}` : id, 'private'));

  const hands = await findHands(archive.store, id);
  const { guestComments: guests } = await readSettings(archive.store);
  const subject: Subject = {
    ...bareSubject(kept, given),
    ...hands,
    guests,
    author: await authorOf(c, archive),
  };
  subjects.set(c, subject);
  const actor = await actorOf(c, archive);
  if (may(actor, action, subject)) {
    // At its secret address those who may read drafts see what is written and not published yet.
    if (isAhead && may(actor, 'read a draft', subject)) {
      const draft = passingWork(await getWritten(archive.store, id));
      works.set(c, opened(archive, draft, `${id}-${secret}`, 'private'));
    }
    return undefined;
  }
  if (actor.kind === 'guest' && may(aMember, 'read a work', subject))
    return refused(c, archive, action, subject);
  if (!knowsOf(actor, subject)) throw new NotFound(`store: no work has the id "${id}"`);
  return refused(c, archive, action, subject);
}

/** Whether there is a work for someone: she may read it, or its draft. */
function knowsOf(actor: Actor, subject: Subject): boolean {
  return may(actor, 'read a work', subject) || may(actor, 'read a draft', subject);
}

/** Someone with an account and nothing else: what she may, a guest may by signing in. */
const aMember: AccountActor = { kind: 'account', id: '', role: 'reader', pseuds: [], strong: false };

/** Whether nobody needs to be known: not even those who are suspended may less than a guest. */
function isForAll(action: Action, subject?: Subject): boolean {
  return may(guest, action, subject) && may({ ...aMember, suspended: true }, action, subject);
}

function bareSubject({ work }: KeptWork, secret: boolean): Subject {
  const { stage, audience, thread } = work;
  // Nobody stands as a creator here, so that nothing is taken for unclaimed before it was looked up.
  return { creators: ['?'], betas: [], stage, audience, thread, secret };
}

/** The part of an address that stands for a work: `/works/:handle…`, `/works/:file`, or the work of `/comments/:id`. */
async function handleText(c: Context, archive: Archive): Promise<string> {
  const text = c.req.param('handle') ?? c.req.param('file')?.split('.')[0];
  return text ?? (await getCommentWhole(archive.store, c.req.param('id') ?? '')).comment.workId;
}

/** The pseud who wrote the comment of the address; null where it names none, or one from elsewhere. */
async function authorOf(c: Context, archive: Archive): Promise<string | null> {
  if (!c.req.path.startsWith('/comments/')) return null;
  const { comment } = await getCommentWhole(archive.store, c.req.param('id') ?? '');
  return comment.author?.kind === 'pseud' ? comment.personId : null;
}

/**
 * What to answer whoever may not: undefined when she may.
 * @throws Forbidden for forms, and for those whom signing in or a second factor would not help
 */
async function refused(
  c: Context,
  archive: Archive,
  action: Action,
  subject?: Subject,
): Promise<Response | undefined> {
  const actor = await actorOf(c, archive);
  if (may(actor, action, subject)) return undefined;
  const isPage = c.req.method === 'GET' || c.req.method === 'HEAD';
  if (actor.kind === 'guest') {
    if (isPage) return lead(c, `/sign-in?back=${encodeURIComponent(backOf(c))}`);
    return holdForm(c, archive, signInFirst);
  }
  if (isPage && may({ ...actor, strong: true }, action, subject)) return lead(c, '/account/second-factor');
  if (!isPage) return holdForm(c, archive, notHers);
  throw new Forbidden('web/guard: your account does not allow this; ask those who run the archive');
}

function backOf(c: Context): string {
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
}

function lead(c: Context, path: string): Response {
  for (const [name, text] of Object.entries(keepingHeaders('private'))) c.header(name, text);
  return c.redirect(path, 303);
}
