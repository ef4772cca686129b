/** Someone with a browser, for tests: keeps the cookies she is given, and fills in forms as they stand on pages. */
import { attribute, findAll, textOf } from '../../dom.ts';
import { parsePage } from '../../html.ts';
import type { TestSite } from '../site.testing.ts';

/** A page as someone sees it. */
export interface Seen {
  readonly status: number;
  /** Its address. */
  readonly path: string;
  /** Where the page led on to, or null. */
  readonly location: string | null;
  readonly html: string;
  /** What can be read on it, in one line. */
  readonly words: string;
  readonly headers: Headers;
}

/** One person’s browser. */
export interface Visitor {
  readonly cookies: ReadonlyMap<string, string>;
  open(path: string): Promise<Seen>;
  /** Sends a form with the fields given and follows where it leads. */
  send(path: string, fields: Readonly<Record<string, string>>): Promise<Seen>;
}

/** A browser that has never been here. `headers` go with every request. */
export function visitor(site: TestSite, headers: Readonly<Record<string, string>> = {}): Visitor {
  const cookies = new Map<string, string>();
  const ask = async (path: string, init: RequestInit = {}): Promise<Seen> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await site.ask(path, {
      ...init,
      headers: { ...headers, 'sec-fetch-site': 'same-origin', ...(cookie === '' ? {} : { cookie }) },
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '' || /max-age=0/i.test(set)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const html = await response.text();
    const words = html.startsWith('<') ? textOf(parsePage(html)).replace(/\s+/g, ' ') : html;
    return {
      status: response.status,
      path,
      location: response.headers.get('location'),
      html,
      words,
      headers: response.headers,
    };
  };
  const follow = async (seen: Seen): Promise<Seen> =>
    seen.status === 303 && seen.location !== null ? follow(await ask(seen.location)) : seen;
  return {
    cookies,
    open: async (path) => follow(await ask(path)),
    send: async (path, fields) =>
      follow(await ask(path, { method: 'POST', body: new URLSearchParams(fields) })),
  };
}

/** The values of a page's fields, by their names; pass phrases among them, should a page give them back. */
export function valuesOn(html: string): Readonly<Record<string, string>> {
  const fields = findAll(parsePage(html), (e) => e.tagName === 'input' || e.tagName === 'textarea');
  return Object.fromEntries(
    fields.map((e) => [
      attribute(e, 'name') ?? '',
      e.tagName === 'textarea' ? textOf(e) : (attribute(e, 'value') ?? ''),
    ]),
  );
}
