/** Someone who writes on a test site: asks and sends as she who is signed in, with scripts off. */
import type { CleanHtml } from '../../html.ts';
import type { Role } from '../../model/person.ts';
import type { Story } from '../../model/state.ts';
import { beginSession } from '../../store/accounts.ts';
import { addPerson } from '../../store/sample-people.testing.ts';
import { getWork } from '../../store/works.ts';
import { createWork, readWritten } from '../../store/writing.ts';
import type { TestSite } from '../site.testing.ts';

export interface Writer {
  readonly accountId: string;
  readonly pseud: string;
  /** The answer of a path, as it is. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** The cookie of her session, as a header holds it. */
  readonly cookie: string;
  /** The page of a path: its status and HTML. */
  open(path: string): Promise<{ readonly status: number; readonly html: string }>;
  /** Where a path leads on to. */
  lead(path: string): Promise<string>;
  /** Sends a form; gives its status, where it leads, and what it shows. */
  send(path: string, fields: Fields): Promise<Sent>;
  /** Sends a form with files in it; bytes are a file. */
  upload(path: string, fields: Uploads, accept?: string): Promise<Response>;
  /** Sends a form that changes the newest state of a work. */
  change(work: string, name: string, fields: Fields): Promise<Sent>;
}

export type Fields = Readonly<Record<string, string | readonly string[]>>;

export type Uploads = Readonly<Record<string, string | readonly string[] | Uint8Array>>;

export interface Sent {
  readonly status: number;
  readonly to: string;
  readonly html: string;
}

/** Makes an account with the pass phrase of samples, and signs it in. */
export async function writerOn(site: TestSite, name: string, role: Role = 'writer'): Promise<Writer> {
  const { store } = site.archive;
  const { id, pseud } = await addPerson(store, { signInName: name, pseud: name, role });
  const token = await beginSession(store, id, { strong: false, label: 'a test' });
  const headers = { cookie: `session=${token}` };
  const send: Writer['send'] = async (path, fields) => {
    const pairs = Object.entries(fields).flatMap(([field, value]) =>
      [value].flat().map((text) => [field, text] as const),
    );
    const response = await site.send(path, pairs, headers);
    return {
      status: response.status,
      to: response.headers.get('location') ?? '',
      html: await response.text(),
    };
  };
  return {
    accountId: id,
    pseud: pseud.id,
    fetch: (path, init) => site.ask(path, { ...init, headers }),
    cookie: headers.cookie,
    async open(path) {
      const response = await site.ask(path, { headers });
      return { status: response.status, html: await response.text() };
    },
    async lead(path) {
      return (await site.ask(path, { headers })).headers.get('location') ?? '';
    },
    send,
    upload(path, fields, accept = 'text/html') {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) {
        if (value instanceof Uint8Array) body.set(name, new File([new Uint8Array(value)], 'a file.png'));
        else for (const text of [value].flat()) body.append(name, text);
      }
      return site.ask(path, {
        method: 'POST',
        body,
        headers: { ...headers, accept, 'sec-fetch-site': 'same-origin' },
      });
    },
    async change(work, form, fields) {
      const { newest: base } = await getWork(store, work);
      return send(`/studio/${work}/${form}`, { base: String(base), ...fields });
    },
  };
}

/** A draft of a writer's with a whole story in it; gives its id. */
export function draftOf(
  site: TestSite,
  { pseud }: Writer,
  title: string,
  story: Story<CleanHtml>,
): Promise<string> {
  return createWork(site.archive.store, { title, creators: [pseud], by: pseud, story });
}

/** The newest state of a work, with its texts. */
export async function newest(site: TestSite, work: string) {
  const { newest: state } = await getWork(site.archive.store, work);
  return { state, ...(await readWritten(site.archive.store, work, state)) };
}
