import type { Site } from './harness.ts';

/** Someone with a text browser: keeps cookies, sends forms and follows where they lead. */
export interface Hand {
  /** Her cookies, by name. */
  cookies(): Readonly<Record<string, string>>;
  open(path: string): Promise<Opened>;
  /** Sends a form. @throws Error for an answer of 400 or more, with what stands on it. */
  send(path: string, fields: Fields): Promise<Opened>;
  /** Brings files in, by their names, and gives the page that tells of them once all are read. */
  bring(files: Readonly<Record<string, string>>): Promise<Opened>;
}

/** A page, and the path at which it was found in the end. */
export interface Opened {
  readonly path: string;
  readonly html: string;
}

export type Fields = Readonly<Record<string, string | readonly string[]>>;

/** Hands of someone who has never been at a site. */
export function newHand(site: Pick<Site, 'url'>): Hand {
  const cookies = new Map<string, string>();
  const ask = async (path: string, body?: URLSearchParams | FormData): Promise<Opened> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(site.url + path, {
      redirect: 'manual',
      headers: { origin: site.url, ...(cookie === '' ? {} : { cookie }) },
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '' || /max-age=0/i.test(set)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const to = response.headers.get('location');
    if (response.status === 303 && to !== null) return ask(to);
    const html = await response.text();
    if (response.status >= 400) throw new Error(`${path} answered ${response.status}: ${html.slice(-3_000)}`);
    return { path, html };
  };
  const bring: Hand['bring'] = async (files) => {
    const body = new FormData();
    for (const [name, text] of Object.entries(files)) body.append('files', new Blob([text]), name);
    let page = await ask('/import', body);
    for (let tries = 0; tries < 200 && page.html.includes('data-running'); tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      page = await ask(page.path.replace(/\?.*/, ''));
    }
    return { ...page, path: page.path.replace(/\?.*/, '') };
  };
  return {
    bring,
    cookies: () => Object.fromEntries(cookies),
    open: (path) => ask(path),
    send: (path, fields) =>
      ask(
        path,
        new URLSearchParams(
          Object.entries(fields).flatMap(([name, value]) => [value].flat().map((v) => [name, v])),
        ),
      ),
  };
}
