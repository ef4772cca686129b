import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { runProgram, type Site, type Tab } from './harness.ts';
import { giveCookies, type Members, type Viewer } from './members.ts';

/** A page of the site that can be looked at. */
export interface SitePage {
  /** What it is called in pictures and complaints: `passage-fork`. */
  readonly name: string;
  readonly path: string;
  /** The status it is answered with; 200 unless it is the page of an error. */
  readonly status: number;
  readonly viewer: Viewer;
}

/** The works the tests read, by what they have: their addresses. */
export interface Works {
  /** A page from a journal: an alternate ending, a header, a thread. */
  readonly fork: string;
  /** A page whose endings were written apart. */
  readonly apart: string;
  /** Chapters with choices that meet again. */
  readonly choices: string;
  /** A thread two hundred answers deep. */
  readonly deep: string;
  /** A work that is not published: its secret address. */
  readonly draft: string;
}

/** Adds to the demo what it does not have: a thread 200 deep, and a draft. Gives the addresses of all. */
export async function addWorks(site: Site): Promise<Works> {
  await takeIn(site, deepThread(), true);
  const draft = /\/works\/[a-z0-9]+-[a-z0-9]+/.exec(await takeIn(site, shortDraft(), false))?.[0];
  const list = await textAt(site, '/works');
  const find = (title: string): string => {
    const found = new RegExp(`href="(/works/[a-z0-9]+)"[^>]*><span itemprop="name">${title}`).exec(list)?.[1];
    if (found === undefined) throw new Error(`no work is called ${title}`);
    return found;
  };
  return {
    fork: find('Housekeeping'),
    apart: find('Ballast'),
    choices: find('Twelve Pairs'),
    deep: find('The Long Answer'),
    draft: draft ?? '',
  };
}

/** Imports an Edition into a site that serves, by the command line; gives what the program said. */
export async function takeIn(site: Site, edition: object, publish: boolean): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'variorum-take-')), 'edition.json');
  writeFileSync(file, JSON.stringify({ format: 'variorum-edition', version: 1, ...edition }));
  const running = runProgram(['import', file, ...(publish ? ['--publish'] : [])], {
    VARIORUM_DATA: site.data,
    VARIORUM_URL: site.url,
  });
  expect(await running.ended, running.said()).toBe(0);
  return running.said();
}

/** The HTML at an address of the site. */
export async function textAt(site: Site, path: string): Promise<string> {
  return (await fetch(site.url + path)).text();
}

type Examples = (
  works: Works,
  first: (path: string, pattern: RegExp) => Promise<string>,
  members: Members,
) => Promise<SitePage[]>;

/** Pages of each route. A route of the site map that stands neither here nor in `notPages` fails a test. */
const examples: Readonly<Record<string, Examples>> = {
  '/': async () => [page('front', '/')],
  '/works': async () => [page('works', '/works'), page('works-by-author', '/works?sort=author')],
  '/search': async () => [
    page('search', '/search'),
    page('search-found', '/search?q=wall'),
    page('search-nothing', '/search?q=zzyzx'),
  ],
  '/works/:handle': async (works) => [
    page('work-fork', works.fork),
    page('work-choices', works.choices),
    page('work-plain-text', works.apart),
    page('draft', works.draft),
  ],
  '/works/:handle/read/:passage': async (works, first) => [
    page('passage-fork', await first(works.fork, /href="([^"]*\/read\/[^"]*)"[^>]*>Read from the start/)),
    page('passage-ending', `${works.fork}/read/p2`),
    page(
      'passage-choice',
      await first(works.choices, /href="([^"]*\/read\/[^"]*)"[^>]*>Read from the start/),
    ),
  ],
  '/works/:handle/whole': async (works) => [page('whole', `${works.fork}/whole`)],
  '/works/:handle/map': async (works) => [
    page('map', `${works.choices}/map`),
    page('map-fork', `${works.fork}/map`),
  ],
  '/works/:handle/compare/:pair': async (works) => [
    page('compare', `${works.fork}/compare/A...B`),
    page('compare-text', `${works.fork}/compare/A...B?view=text`),
    page('compare-apparatus', `${works.fork}/compare/A...B?view=apparatus`),
    page('compare-apart', `${works.apart}/compare/A...B`),
  ],
  '/works/:handle/comments': async (works) => [
    page('thread', `${works.fork}/comments`),
    page('thread-deep', `${works.deep}/comments`),
  ],
  '/works/:handle/states': async (works) => [page('states', `${works.fork}/states`)],
  '/works/:handle/source': async (works) => [page('source', `${works.fork}/source`)],
  '/works/:handle/verdicts/:place': async (works) => [page('tally', `${works.fork}/verdicts/p1`)],
  '/comments/:id': async (works, first) => [
    page('comment', await first(`${works.fork}/comments`, /href="(\/comments\/[^"]+)"/)),
  ],
  '/tags/:kind': async () => [page('tags', '/tags/fandom')],
  '/tags/:kind/:name': async (_works, first) => [
    page('tag', await first('/tags/fandom', /href="(\/tags\/fandom\/[^"]+)"/)),
  ],
  '/people': async () => [page('people', '/people')],
  '/people/:id': async (works, first) => [
    page('person', await first(works.fork, /href="(\/people\/[^"]+)"/)),
  ],
  '/people/:id/comments': async (_works, _first, { journal }) => [
    page('person-comments', `${journal}/comments`),
  ],
  '/people/:id/members': async (_works, _first, { journal }) => [
    by('writer', 'person-members', `${journal}/members`),
  ],
  '/people/:id/:year': async (_works, _first, { journal }) => [page('journal-year', `${journal}/2006`)],
  '/people/:id/:year/:month': async (_works, _first, { journal }) => [
    page('journal-month', `${journal}/2006/05`),
    page('journal', journal),
  ],
  '/notes/:handle': async (_works, _first, { note }) => [page('note', note)],
  '/studio/:handle/pictures': async (_works, _first, { desk }) => [
    by('writer', 'pictures', `${desk}/pictures`),
  ],
  '/studio/notes': async () => [
    by('writer', 'notes', '/studio/notes'),
    by('beginner', 'notes-none', '/studio/notes'),
  ],
  '/studio/notes/new': async () => [by('writer', 'note-new', '/studio/notes/new')],
  '/studio/notes/:handle': async (_works, _first, { note }) => [
    by('writer', 'note-written', note.replace('/notes/', '/studio/notes/')),
  ],
  '/settings': async () => [page('settings', '/settings')],
  '/rules': async () => [page('rules', '/rules')],
  '/sign-in': async () => [page('sign-in', '/sign-in')],
  '/sign-up': async () => [page('sign-up', '/sign-up')],
  '/reset': async () => [page('reset', '/reset')],
  '/reset/:code': async (_works, _first, { reset }) => [page('reset-code', reset)],
  '/invitations/:code': async (_works, _first, { invitation }) => [
    page('invitation', invitation),
    page('invitation-unknown', '/invitations/nothing', 422),
  ],
  '/sign-in/second': async () => [by('half', 'sign-in-second', '/sign-in/second')],
  '/account': async () => [by('host', 'account-host', '/account'), by('writer', 'account', '/account')],
  '/account/pseuds/:id': async (_works, _first, { journal }) => [
    by('writer', 'profile', journal.replace('/people/', '/account/pseuds/')),
  ],
  '/account/pass-phrase': async () => [by('writer', 'pass-phrase', '/account/pass-phrase')],
  '/account/second-factor': async () => [
    by('writer', 'second-factor-off', '/account/second-factor'),
    by('host', 'second-factor-on', '/account/second-factor'),
  ],
  '/account/recovery-codes': async () => [by('host', 'recovery-codes', '/account/recovery-codes')],
  '/account/passkeys': async () => [by('writer', 'passkeys', '/account/passkeys')],
  '/account/delete': async () => [
    by('writer', 'leave-account', '/account/delete'),
    by('host', 'leave-account-host', '/account/delete'),
  ],
  '/account/pseuds/:id/delete': async (_works, _first, { pseud }) => [
    by('writer', 'leave-pseud', `/account/pseuds/${pseud}/delete`),
  ],
  '/account/mail': async () => [by('writer', 'mail', '/account/mail')],
  '/reset/mail': async () => [page('reset-mail', '/reset/mail')],
  '/mail/:code': async () => [page('mail-confirm', '/mail/some-code')],
  '/account/data': async () => [by('writer', 'my-data', '/account/data')],
  '/manage/archive': async () => [by('host', 'manage-archive', '/manage/archive')],
  '/manage/people': async () => [by('host', 'manage-people', '/manage/people')],
  '/manage/invitations': async () => [by('host', 'manage-invitations', '/manage/invitations')],
  '/works/:handle/comments/new': async (_works, _first, { work }) => [
    page('comment-new-guest', `${work}/comments/new`),
    by('writer', 'comment-new', `${work}/comments/new`),
  ],
  '/works/:handle/comments/sent': async (_works, _first, { work }) => [
    page('comment-sent', `${work}/comments/sent`),
  ],
  '/works/:handle/comments/waiting': async (_works, _first, { work }) => [
    by('writer', 'comments-waiting', `${work}/comments/waiting`),
  ],
  '/comments/:id/options': async (_works, _first, { own, waiting }) => [
    by('writer', 'comment-options-own', own),
    by('writer', 'comment-options-waiting', waiting),
  ],
  '/studio': async () => [by('writer', 'studio', '/studio'), by('beginner', 'studio-empty', '/studio')],
  '/studio/new': async () => [by('writer', 'studio-new', '/studio/new')],
  '/studio/:handle': async (_works, _first, { desk, draft }) => [
    by('writer', 'desk', desk),
    by('writer', 'desk-draft', draft),
  ],
  '/studio/claim': async () => [by('writer', 'claim', '/studio/claim')],
  '/studio/:handle/delete': async (_works, _first, { desk }) => [
    by('writer', 'leave-work', `${desk}/delete`),
  ],
  '/studio/:handle/erase/:passage': async (_works, _first, { desk, keys }) => [
    by('writer', 'erase-text', `${desk}/erase/${keys[1]}`),
  ],
  '/studio/:handle/people': async (_works, _first, { draft }) => [by('writer', 'parts', `${draft}/people`)],
  '/studio/:handle/suggestions': async (_works, _first, { desk, draft }) => [
    by('writer', 'suggestions', `${draft}/suggestions`),
    by('writer', 'suggestions-none', `${desk}/suggestions`),
  ],
  '/invited/:code': async (_works, _first, { invited }) => [
    page('invited-guest', invited),
    by('beginner', 'invited', invited),
    page('invited-unknown', '/invited/nothing', 422),
  ],
  '/beta': async () => [by('beginner', 'beta', '/beta'), by('writer', 'beta-none', '/beta')],
  '/beta/:handle': async (_works, _first, { room }) => [by('beginner', 'beta-room', room)],
  '/beta/:handle/passages/:key': async (_works, _first, { room, passage }) => [
    by('beginner', 'beta-passage', `${room}/passages/${passage.split('/').at(-1)}`),
  ],
  '/studio/:handle/header': async (_works, _first, { desk }) => [by('writer', 'header', `${desk}/header`)],
  '/studio/:handle/passages/:key': async (_works, _first, { desk, keys, passage }) => [
    by('writer', 'writing', passage),
    by('writer', 'writing-ending', `${desk}/passages/${keys[1]}`),
  ],
  '/studio/:handle/map': async (_works, _first, { desk }) => [by('writer', 'studio-map', `${desk}/map`)],
  '/studio/:handle/proof': async (_works, _first, { desk }) => [by('writer', 'proof', `${desk}/proof`)],
  '/studio/:handle/phone': async (_works, _first, { desk }) => [by('writer', 'phone', `${desk}/phone`)],
  '/studio/:handle/play/:passage': async (_works, _first, { desk, keys }) => [
    by('writer', 'play', `${desk}/play/${keys[0]}`),
    by('writer', 'play-ending', `${desk}/play/${keys[1]}`),
  ],
  '/studio/:handle/find': async (_works, _first, { desk }) => [
    by('writer', 'find', `${desk}/find`),
    by('writer', 'find-found', `${desk}/find?q=una`),
  ],
  '/studio/:handle/removals/:key': async (_works, _first, { desk, keys }) => [
    by('writer', 'removal', `${desk}/removals/${keys[2]}`),
  ],
  '/studio/:handle/removals/:key/:siglum': async (_works, _first, { desk, keys }) => [
    by('writer', 'removal-ending', `${desk}/removals/${keys[0]}/B`),
  ],
  '/import': async () => [by('host', 'import', '/import')],
  '/import/:batch': async (_works, _first, { batch }) => [by('host', 'import-batch', batch)],
  '/studio/:handle/review': async (works) => [
    by('host', 'review', `${works.fork.replace('/works/', '/studio/')}/review`),
    by('host', 'review-text', `${works.apart.replace('/works/', '/studio/')}/review`),
  ],
  '/studio/statistics': async () => [
    by('writer', 'statistics-all', '/studio/statistics'),
    by('beginner', 'statistics-all-empty', '/studio/statistics?span=all'),
  ],
  '/studio/:handle/statistics': async (_works, _first, { desk, draft }) => [
    by('writer', 'statistics', `${desk}/statistics`),
    by('writer', 'statistics-weeks', `${desk}/statistics?span=weeks`),
    by('writer', 'statistics-empty', `${draft}/statistics?span=all`),
  ],
  '/studio/:handle/compare/:pair': async (_works, _first, { desk }) => [
    by('writer', 'compare-versions', `${desk}/compare/s1...s3`),
  ],
};

/** Not looked at: the address where an archive begins is gone once it has a host, whom the other pages need. */
export const closedPages = ['/first-start/:token'];

/** Routes that give files or lead on. A comment of a draft has the page of any comment. */
export const notPages = [
  '/studio/:handle/compare',
  '/studio/:handle/review.json',
  '/studio/:handle/statistics.csv',
  '/studio/:handle/go',
  '/works/:file',
  '/account/data/file',
  '/works/:handle/comments/:id',
  '/works/:handle/resources/:hash',
  '/feeds/works.atom',
  '/feeds/people/:feed',
  '/people/:id/icon',
  '/reader.css',
  '/assets/:name',
  '/favicon.ico',
  '/robots.txt',
  '/sitemap.xml',
  '/healthz',
];

/** A route of the site map without the patterns of its parts: `/works/:handle/map`. */
export function plainRoute(path: string): string {
  return path.replace(/\{.*?\}(?=\/|$)/g, '');
}

/** The routes whose pages `listPages` gives. */
export const lookedAt: readonly string[] = Object.keys(examples);

/** Every kind of page the site has, the page of an error included. */
export async function listPages(site: Site, works: Works, members: Members): Promise<readonly SitePage[]> {
  const first = async (path: string, pattern: RegExp): Promise<string> => {
    const found = pattern.exec(await textAt(site, path))?.[1];
    if (found === undefined) throw new Error(`nothing on ${path} is like ${pattern}`);
    return found.replaceAll('&amp;', '&');
  };
  const pages = await Promise.all(Object.values(examples).map((example) => example(works, first, members)));
  return [
    ...pages.flat(),
    page('not-found', '/nowhere', 404),
    page('does-not-fit', `${works.fork}/compare/A`, 422),
  ];
}

/** Opens a page in a tab with the cookies of whoever looks at it; gives the status it was answered with. */
export async function visit(
  { page: tab, context }: Pick<Tab, 'page' | 'context'>,
  site: Pick<Site, 'url'>,
  members: Members,
  { path, viewer }: SitePage,
): Promise<number | undefined> {
  for (const name of ['session', 'second-step']) await context.clearCookies({ name });
  const cookies = viewer === 'guest' ? {} : members.cookies[viewer];
  await giveCookies(context, site, cookies);
  return (await tab.goto(site.url + path, { waitUntil: 'load' }))?.status();
}

function page(name: string, path: string, status = 200): SitePage {
  return { name, path, status, viewer: 'guest' };
}

function by(viewer: Viewer, name: string, path: string): SitePage {
  return { name, path, status: 200, viewer };
}

const answers = { rating: 'General Audiences', warnings: ['No Archive Warnings Apply'] };

/** Two readers who answer one another two hundred times. */
function deepThread(depth = 200): object {
  return {
    work: { title: 'The Long Answer', creators: [{ name: 'ferrywoman' }], language: 'en', ...answers },
    passages: [
      { key: 'p1', title: null, html: '<p>They argued about the ferry until it had gone.</p>', ending: true },
    ],
    comments: Array.from({ length: depth + 1 }, (_, i) => ({
      id: `c${i}`,
      parent: i === 0 ? null : `c${i - 1}`,
      author: { kind: 'imported', name: i % 2 === 0 ? 'left_bank' : 'right_bank', site: 'journal.example' },
      posted: { written: null, local: '2007-02-03T10:00' },
      html: `<p>Answer number ${i}: it would have waited for anyone who asked.</p>`,
    })),
  };
}

function shortDraft(): object {
  return {
    work: { title: 'Not Yet', creators: [{ name: 'ferrywoman' }], language: 'en', ...answers },
    passages: [{ key: 'p1', title: null, html: '<p>Nobody has decided whether this may be read.</p>' }],
  };
}
