/** A site with a real archive behind it, for tests: requests in, pages out. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { type Config, readConfig } from '../config.ts';
import type { CleanHtml } from '../html.ts';
import { htmlOfText } from '../html.ts';
import type { Comment } from '../model/comment.ts';
import type { Edition } from '../model/edition.ts';
import { remark } from '../model/remark.ts';
import { saveEdition } from '../store/editions.ts';
import { closeStore, openStore } from '../store/index.ts';
import type { PublishAnswers } from '../store/publishing.ts';
import { getWork, publishWork } from '../store/works.ts';
import { choice, dividesAfter, edition, passage, story } from '../testing/stories.ts';
import type { Archive } from './archive.ts';
import { type Serving, serve } from './serving/server.ts';

/** A site that is served on a free port, until it is closed. */
export interface TestSite {
  readonly archive: Archive;
  readonly origin: string;
  /** Asks for a path; redirects are not followed. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Sends a form as a browser does from a page of ours. */
  send(
    path: string,
    fields: readonly (readonly [string, string])[],
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** Stores a work and, unless told otherwise, publishes it; gives its id. */
  add(work: Edition<CleanHtml>, page?: string, publish?: boolean): Promise<string>;
  readonly serving: Serving;
  /** Writes down what was counted of how works are read. */
  writeCounts(): Promise<void>;
  /** The handle that opens a work in any stage. */
  secretHandle(id: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens sites for the tests of a file, and closes them after each test. */
export function sitesOfTests(): typeof openSite {
  const sites: TestSite[] = [];
  afterEach(async () => {
    for (const site of sites.splice(0)) await site.close();
  });
  return async (...settings) => {
    const site = await openSite(...settings);
    sites.push(site);
    return site;
  };
}

/** Opens an empty archive in a folder of its own and serves it. */
export async function openSite(
  settings: Partial<Config> = {},
  url = 'http://localhost:4870',
): Promise<TestSite> {
  const folder = mkdtempSync(join(tmpdir(), 'variorum-web-'));
  const config = { ...readConfig({}), data: folder, host: '127.0.0.1', port: 0, ...settings };
  const store = await openStore(folder);
  const archive = { store, config, url, name: 'Variorum' };
  const serving = await serve(archive, config);
  const origin = `http://127.0.0.1:${serving.port}`;
  const ask = (path: string, init: RequestInit = {}) => fetch(origin + path, { redirect: 'manual', ...init });
  return {
    archive,
    origin,
    serving,
    ask,
    send: (path, fields, headers = {}) =>
      ask(path, {
        method: 'POST',
        body: formOf(fields),
        headers: { 'sec-fetch-site': 'same-origin', ...headers },
      }),
    async add(work, page, publish = true) {
      const bytes = page === undefined ? undefined : Buffer.from(page);
      const originals = bytes === undefined ? [] : [{ path: 'saved.html', bytes }];
      const outcome = await saveEdition(store, work, originals, { why: 'imported', by: null });
      if (outcome.kind !== 'new') throw new Error(`not stored as new: ${outcome.kind}`);
      const { rating, warnings } = work.work;
      const answers: PublishAnswers = {
        rating: rating ?? 'General Audiences',
        warnings: warnings.length > 0 ? [...warnings] : ['No Archive Warnings Apply'],
      };
      if (publish) await publishWork(store, outcome.workId, answers);
      return outcome.workId;
    },
    writeCounts: () => serving.writeCounts(),
    async secretHandle(id) {
      return `${id}-${(await getWork(store, id)).secret}`;
    },
    async close() {
      await serving.stop();
      await closeStore(store);
      rmSync(folder, { recursive: true });
    },
  };
}

function formOf(fields: readonly (readonly [string, string])[]): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

/** A saved page as the journal age left them, with a comment its author screened and a bit of the site around it. */
export function savedPage(title = 'The Lamp'): string {
  return `<!doctype html><html><head><title>${title}</title><script>steal()</script></head><body>
<div id="nav">Sign up for a free account today</div>
<div class="entry"><h1>${title}</h1><p>There was a ${thingOf(title)} on the sill.</p><p>Somebody had to light it.</p></div>
<div class="comment"><b>reader_one</b> 2006-05-28 07:48 pm <p>I liked the ${thingOf(title)} best of all.</p></div>
<div class="comment"><b>secret_friend</b> 2006-05-29 01:00 am <p>Screened words nobody else may read.</p> 203.0.113.77</div>
</body></html>`;
}

/** A story that divides after its second passage, has a choice, comments in three states, and a page it was read from. */
export function lampStory(title = 'The Lamp'): Edition<CleanHtml> {
  const thing = thingOf(title);
  const sha256 = createHash('sha256').update(savedPage(title)).digest('hex');
  return edition(
    title,
    story(
      [
        passage('p1', `There was a ${thing} on the sill.\n\nSomebody had to light it.`, {
          title: 'The sill',
        }),
        passage('p2', 'The evening came early, and the fog with it.', { title: 'The fog' }),
        passage('p3', `She lit the ${thing} and waited at the window until the boat came home.`, {
          title: 'Lit',
          ending: true,
        }),
        passage('p4', `She left the ${thing} dark and waited at the door until the boat came home.`, {
          title: 'Dark',
          ending: true,
        }),
      ],
      { choices: [choice('p1', 'p2', 'Wait for evening')], variantSets: [dividesAfter('p2', 'p3', 'p4')] },
    ),
    {
      comments: [
        comment('c1', `I liked the ${thing} best of all.`, 'reader_one'),
        { ...comment('c2', 'Screened words nobody else may read.', 'secret_friend'), state: 'screened' },
        { ...comment('c3', 'So did I.', 'reader_two'), parent: 'c1' },
      ],
      sources: [
        {
          sha256,
          name: 'saved.html',
          size: savedPage(title).length,
          importer: 'livejournal-s2',
          importerVersion: 1,
          address: `https://horace.journal.example/${encodeURIComponent(title)}.html`,
          savedAt: '2009-03-03T10:00:00Z',
          charset: 'UTF-8',
          origin: `journal.example/horace/${title}`,
        },
      ],
      remarks: [
        remark('read', 'work.title', 'the title stood in the heading', {
          where: { file: 'saved.html', line: 3, element: 'h1' },
        }),
        remark('lost', 'comments', 'a badge could not be kept', {
          quote: 'Screened words nobody else may read.',
        }),
      ],
    },
  );
}

/** What the story is about: a story of another title has other words, or it would be taken for a copy of the first. */
function thingOf(title: string): string {
  return (title.split(' ').at(-1) ?? title).toLowerCase();
}

function comment(id: string, text: string, name: string): Comment<CleanHtml> {
  return {
    id,
    parent: null,
    author: { kind: 'imported', name, site: 'journal.example' },
    posted: {
      written: '2006-05-28 07:48 pm',
      local: '2006-05-28T19:48',
      instant: null,
      zone: null,
      precision: 'minute',
    },
    edited: null,
    subject: null,
    html: htmlOfText(text),
    state: 'shown',
    about: { kind: 'work' },
    icon: null,
    importedFrom: null,
    source: null,
  };
}
