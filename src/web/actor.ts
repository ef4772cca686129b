import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { parse } from 'hono/utils/cookie';
import { Forbidden } from '../errors.ts';
import { type AccountActor, type Actor, guest } from '../model/person.ts';
import { findSession } from '../store/people/sessions.ts';
import type { Archive } from './archive.ts';

/** A browser keeps a cookie no longer than 400 days (RFC 6265bis, 5.5); the store ends unused sessions much sooner. */
const cookieSeconds = 400 * 24 * 3600;

const known = new WeakMap<Context, Promise<Actor>>();

/** Who asks, by the cookie of her session; asked of the store once a request. Whoever has none is a guest. */
export function actorOf(c: Context, archive: Archive): Promise<Actor> {
  const before = known.get(c);
  if (before !== undefined) return before;
  const asked = findActor(c, archive);
  known.set(c, asked);
  return asked;
}

async function findActor(c: Context, archive: Archive): Promise<Actor> {
  const token = sessionToken(c, archive);
  return token === undefined ? guest : ((await findSession(archive.store, token)) ?? guest);
}

/**
 * The account that asks, on pages that the table of permissions keeps from guests.
 * @throws Forbidden for guests, should a route let them come so far
 */
export async function accountOf(c: Context, archive: Archive): Promise<AccountActor> {
  const actor = await actorOf(c, archive);
  if (actor.kind === 'guest') throw new Forbidden('web/actor: this needs an account; sign in first');
  return actor;
}

/** The token of the session whose cookie came with a request. */
export function sessionToken(c: Context, archive: Archive): string | undefined {
  const token = getCookie(c, cookieName(archive));
  return token === undefined || token === '' ? undefined : token;
}

/** The token of a session in the text of a Cookie header. */
export function sessionIn(cookies: string | undefined, archive: Archive): string | undefined {
  if (cookies === undefined) return undefined;
  const name = cookieName(archive);
  return parse(cookies, name)[name] || undefined;
}

/** Gives the browser the cookie of a session: out of reach of scripts, and not sent along from other sites’ forms. */
export function keepSession(c: Context, archive: Archive, token: string): void {
  setCookie(c, cookieName(archive), token, { ...cookieTraits(archive), maxAge: cookieSeconds });
}

/** Takes the cookie of a session away. */
export function forgetSession(c: Context, archive: Archive): void {
  deleteCookie(c, cookieName(archive), cookieTraits(archive));
}

/** How every cookie that lets someone in is kept. */
export function cookieTraits(archive: Archive) {
  return { httpOnly: true, sameSite: 'Lax', secure: isSecure(archive), path: '/' } as const;
}

/** `__Host-` binds a cookie to https and to this host alone (RFC 6265bis, 4.1.3.2). */
export function privateCookie(archive: Archive, name: string): string {
  return isSecure(archive) ? `__Host-${name}` : name;
}

function cookieName(archive: Archive): string {
  return privateCookie(archive, 'session');
}

function isSecure(archive: Archive): boolean {
  return archive.url.startsWith('https:');
}
