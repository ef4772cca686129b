import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Context, Handler } from 'hono';
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Config } from '../config.ts';
import type { Store } from '../store/index.ts';
import { compose, type Piece } from './serving/kept.ts';

/** What every page needs to be made: made once when serving begins. */
export interface Archive {
  readonly store: Store;
  readonly config: Config;
  /** The public origin, without a slash at the end: `https://archive.example`. */
  readonly url: string;
  /** What the archive calls itself. */
  readonly name: string;
}

/** A page of the site: `app.get('/works/:handle', workPage(archive))`. */
export type Page = (archive: Archive) => Handler;

/**
 * Who may keep a copy of an answer. `public`: the same for everyone, so shared caches may keep it and ask again;
 * `private`: only whoever asked may see it (drafts, what depends on a cookie), nobody keeps or indexes it.
 */
export type Keeping = 'public' | 'private';

/** Answers with a whole page of HTML. Everything that differs by person must stay out of a `public` one. */
export async function render(
  c: Context,
  page: Made | HtmlEscapedString | Promise<Made | HtmlEscapedString>,
  how: { readonly cache: Keeping; readonly status?: ContentfulStatusCode },
): Promise<Response> {
  const given = await page;
  const made = 'bytes' in given ? given : await makePage(given);
  const headers = { ...keepingHeaders(how.cache), 'content-type': 'text/html; charset=UTF-8' };
  const response = c.body(made.bytes, how.status ?? 200, headers);
  bodies.set(response, made);
  return response;
}

/** A whole page of its markup and of pieces that were kept, in the order in which they stand in it. */
export async function makePage(
  page: HtmlEscapedString | Promise<HtmlEscapedString>,
  pieces: readonly Piece[] = [],
): Promise<Made> {
  // `html` also waits for parts of a page that are made in their own time.
  return compose(`${await html`<!doctype html>${page}`}`, pieces);
}

/** The bytes of an answer, and a hash of them. */
export interface Made {
  readonly bytes: Buffer<ArrayBuffer>;
  readonly tag: string;
}

const bodies = new WeakMap<Response, Made>();

/** What `render` made a response of: to take it out of the response again would cost more than to make it. */
export function bodyOf(response: Response): Made | undefined {
  return bodies.get(response);
}

/** Answers with a file on disk that only whoever asked may have; it is sent as it is read. @throws when it is not there */
export async function sendFile(
  c: Context,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const handle = await open(path);
  const { size } = await handle.stat();
  const bytes = Readable.toWeb(handle.createReadStream()) as ReadableStream;
  const response = c.body(bytes, 200, {
    ...keepingHeaders('private'),
    ...headers,
    'content-length': String(size),
  });
  streamed.add(response);
  return response;
}

const streamed = new WeakSet<Response>();

/** Whether an answer is sent as it is read, and not looked at before. */
export function isStreamed(response: Response): boolean {
  return streamed.has(response);
}

/** The headers that say how an answer may be kept. */
export function keepingHeaders(keeping: Keeping): Readonly<Record<string, string>> {
  return keeping === 'public'
    ? { 'cache-control': 'public, no-cache' }
    : { 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex, nofollow' };
}
