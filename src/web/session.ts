import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { secrets } from '../store/index.ts';
import type { Archive } from './archive.ts';

/** Tells readers apart without knowing who they are: a signed cookie with a random number, set when they first do something that must be remembered. */
export interface Readers {
  /** The reader who asks, as a keyed hash that is stored in place of the cookie's number; undefined without a cookie of ours. */
  find(c: Context): string | undefined;
  /** The same; whoever has no cookie yet gets one. Only for answers that are not kept by anyone. */
  get(c: Context): string;
  /** The address a request came from, hashed with a salt that is forgotten each day and never written down. */
  address(c: Context): string;
}

/** A browser keeps a cookie no longer than 400 days (RFC 6265bis, 5.5). */
const cookieSeconds = 400 * 24 * 3600;

/** Makes the readers of an archive known. `now` is milliseconds since 1970, for tests. */
export function readersOf(archive: Archive, now: () => number = Date.now): Readers {
  const key = secrets(archive.config.data).signing;
  const isSecure = archive.url.startsWith('https:');
  const name = isSecure ? '__Host-reader-id' : 'reader-id';
  const salt = dailySalt(now);
  const find = (c: Context): string | undefined => {
    const id = readSigned(key, getCookie(c, name));
    return id === undefined ? undefined : keyed(key, 'reader', id);
  };
  return {
    find,
    get(c) {
      const known = find(c);
      if (known !== undefined) return known;
      const id = randomBytes(16).toString('base64url');
      const value = `${id}.${keyed(key, 'cookie', id)}`;
      setCookie(c, name, value, {
        httpOnly: true,
        sameSite: 'Lax',
        secure: isSecure,
        path: '/',
        maxAge: cookieSeconds,
      });
      return keyed(key, 'reader', id);
    },
    address: (c) => keyed(salt(), 'address', network(addressOf(c, archive.config.proxies))),
  };
}

function readSigned(key: Uint8Array, cookie: string | undefined): string | undefined {
  const [id, signature, ...more] = cookie?.split('.') ?? [];
  if (id === undefined || signature === undefined || more.length > 0) return undefined;
  const [given, right] = [Buffer.from(signature), Buffer.from(keyed(key, 'cookie', id))];
  return given.length === right.length && timingSafeEqual(given, right) ? id : undefined;
}

/** `purpose` keeps the hashes of one kind from being used as another. */
function keyed(key: Uint8Array, purpose: string, text: string): string {
  return createHmac('sha256', key).update(`${purpose}:${text}`).digest('base64url').slice(0, 22);
}

function dailySalt(now: () => number): () => Uint8Array {
  let day = -1;
  let salt: Uint8Array = randomBytes(32);
  return () => {
    const today = Math.floor(now() / 86_400_000);
    if (today !== day) [day, salt] = [today, randomBytes(32)];
    return salt;
  };
}

/** What of an address one household shares: all of an IPv4 address, the first 64 bits of an IPv6 one. */
export function network(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::');
  const groups = head === '' ? [] : head.split(':');
  const ending = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - ending.length);
  const whole = [...groups, ...Array.from({ length: zeros }, () => '0'), ...ending];
  return whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** The address of whoever asks; see `senderOf`. */
export function addressOf(c: Context, proxies: number): string {
  const incoming: IncomingMessage | undefined = c.env?.incoming;
  return addressBehind(incoming?.socket.remoteAddress, c.req.header('x-forwarded-for'), proxies);
}

/**
 * The address a request came from. With `proxies` trusted ones in front it is what the first of those wrote: the entry
 * that many from the end of X-Forwarded-For; everything before it anyone may have made up.
 */
export function senderOf({ socket, headers }: IncomingMessage, proxies: number): string {
  return addressBehind(socket.remoteAddress, headers['x-forwarded-for']?.toString(), proxies);
}

function addressBehind(direct = '', forwardedFor = '', proxies: number): string {
  if (proxies === 0) return direct;
  const forwarded = forwardedFor.split(',').map((a) => a.trim());
  return forwarded.at(-proxies) || direct;
}
