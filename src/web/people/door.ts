import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { AccountView } from '../../model/account.ts';
import {
  beginSecondStep,
  beginSession,
  endAllSessions,
  endSession,
  findSecondStep,
  type SecondStep,
} from '../../store/accounts.ts';
import type { Store } from '../../store/index.ts';
import { type Attempts, attemptsOf } from '../../store/people/attempts.ts';
import { cookieTraits, forgetSession, keepSession, privateCookie, sessionToken } from '../actor.ts';
import type { Archive } from '../archive.ts';
import { type Readers, readersOf } from '../session.ts';

/** What all pages that let people in share: who tried how often, and from where. */
export interface Door {
  readonly attempts: Attempts;
  /** The address of a request, as a hash that means nothing tomorrow. */
  address(c: Context): string;
}

const doors = new WeakMap<Store, Door>();

/** The one door of an archive: wrong guesses on one page count on all others. */
export function doorOf(archive: Archive): Door {
  const known = doors.get(archive.store);
  if (known !== undefined) return known;
  const readers: Readers = readersOf(archive);
  const door: Door = { attempts: attemptsOf(), address: readers.address };
  doors.set(archive.store, door);
  return door;
}

/**
 * Signs a browser in under a new token; a session it had before is over, so no old token becomes a stronger one.
 * @throws Conflict when the mark of the pass phrase she gave does not hold any more
 */
export async function letIn(
  c: Context,
  archive: Archive,
  accountId: string,
  how: { readonly strong: boolean; readonly mark?: string },
): Promise<void> {
  const before = sessionToken(c, archive);
  const label = browserName(c.req.header('user-agent') ?? '');
  const token = await beginSession(archive.store, accountId, { ...how, label });
  if (before !== undefined) await endSession(archive.store, before);
  keepSession(c, archive, token);
}

/**
 * Signs a browser in anew that has just added a second factor, and every other one out: they came in without it, and
 * could otherwise take it away again.
 */
export async function letInStrong(c: Context, archive: Archive, accountId: string): Promise<void> {
  await endAllSessions(archive.store, accountId);
  await letIn(c, archive, accountId, { strong: true });
}

/** Signs a browser out. */
export async function letOut(c: Context, archive: Archive): Promise<void> {
  const token = sessionToken(c, archive);
  if (token !== undefined) await endSession(archive.store, token);
  forgetSession(c, archive);
}

/** Whether a second factor is asked for after the pass phrase of this account. */
export function asksSecondFactor({ factors }: AccountView): boolean {
  return factors.totp || factors.passkeys > 0;
}

const minutes = 60;
const months = 30 * 24 * 3600;

/** Remembers, in this browser alone and for ten minutes, whose pass phrase was right. */
export function keepSecondStep(c: Context, archive: Archive, { accountId, mark }: SecondStep): void {
  const value = beginSecondStep(archive.store, accountId, mark);
  setCookie(c, privateCookie(archive, 'second-step'), value, {
    ...cookieTraits(archive),
    maxAge: 10 * minutes,
  });
}

/** Whose second factor this browser still owes. */
export async function secondStepOf(c: Context, archive: Archive): Promise<SecondStep | undefined> {
  const value = getCookie(c, privateCookie(archive, 'second-step'));
  return value === undefined ? undefined : findSecondStep(archive.store, value);
}

/** Forgets whom this browser gave a pass phrase for: the second step is done or given up. */
export function forgetSecondStep(c: Context, archive: Archive): void {
  setCookie(c, privateCookie(archive, 'second-step'), '', { ...cookieTraits(archive), maxAge: 0 });
}

/** What tells a browser that signed in before from strangers at the same address; it opens nothing. */
export function deviceOf(c: Context, archive: Archive): string | undefined {
  return getCookie(c, privateCookie(archive, 'device'));
}

/** Lets the browser keep for a year what `deviceOf` gives back. */
export function keepDevice(c: Context, archive: Archive, device: string): void {
  setCookie(c, privateCookie(archive, 'device'), device, { ...cookieTraits(archive), maxAge: 12 * months });
}

/** `Firefox on Linux`: what someone needs to know her sessions apart; nothing finer is kept. */
export function browserName(userAgent: string): string {
  const browser = named(userAgent, [
    [/Edg/, 'Edge'],
    [/OPR|Opera/, 'Opera'],
    [/Firefox|FxiOS/, 'Firefox'],
    [/Chrome|CriOS/, 'Chrome'],
    [/Safari/, 'Safari'],
  ]);
  const system = named(userAgent, [
    [/iPhone|iPad/, 'iOS'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Mac OS/, 'macOS'],
    [/Linux|X11/, 'Linux'],
  ]);
  return `${browser ?? 'A browser'} on ${system ?? 'some system'}`;
}

function named(text: string, names: readonly (readonly [RegExp, string])[]): string | undefined {
  return names.find(([sign]) => sign.test(text))?.[1];
}
