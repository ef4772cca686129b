import type { Context, MiddlewareHandler } from 'hono';
import { Forbidden } from '../errors.ts';

/**
 * Lets a form through only when it was sent from a page of ours (`url` is our public origin).
 * @throws Forbidden for any other: answered 403.
 */
export function onlyOwnForms(url: string): MiddlewareHandler {
  return async (c, next) => {
    if (!isReading(c.req.method) && !comesFromUs(c, url)) {
      throw new Forbidden(
        'web/forms: this form was not sent from a page of this archive; open the page again and send it from there',
      );
    }
    await next();
  };
}

/** Reading changes nothing, so anyone may cause it. */
function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

/**
 * Browsers say where a form stood: in Sec-Fetch-Site, which pages cannot forge, or in Origin. Text browsers send
 * neither, but a Referer. Who sends none of the three and no cookie (a program) lends nobody's name to anyone and
 * may go on; with a cookie it might be someone's browser that another site makes speak, and is refused.
 */
function comesFromUs(c: Context, url: string): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const from = c.req.header('origin') ?? c.req.header('referer');
  if (from === undefined) return c.req.header('cookie') === undefined;
  const origin = URL.parse(from);
  return origin !== null && (origin.origin === url || origin.host === c.req.header('host'));
}

/** A form's fields as text, files and doubled fields left aside; `all` gives every value of a repeated one. */
export interface Form {
  get(name: string): string;
  all(name: string): readonly string[];
}

/** Reads the form of a request. A body of another kind is an empty form. */
export async function readForm(c: Context): Promise<Form> {
  const body = await c.req.parseBody({ all: true });
  const all = (name: string): readonly string[] =>
    [body[name]].flat().filter((value) => typeof value === 'string');
  return { all, get: (name) => all(name)[0] ?? '' };
}

/** A file as a form sent it. */
export interface SentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The file in a field of the form; undefined where none was chosen, for which browsers send an empty one. */
export async function sentFile(c: Context, name: string): Promise<SentFile | undefined> {
  const file = (await c.req.parseBody())[name];
  if (!(file instanceof File) || file.size === 0) return undefined;
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

/** The path of a page of ours to go on to; null for anything that could lead elsewhere. */
export function ownPath(text: string): string | null {
  return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text) && text.length < 500 ? text : null;
}
