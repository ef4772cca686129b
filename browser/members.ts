import type { Browser, BrowserContext } from 'playwright-core';
import { codeAt } from '../src/store/people/totp.ts';
import { type Hand, newHand, type Opened } from './hand.ts';
import { type Look, openTab, type Site, type Tab, whenSaid } from './harness.ts';

/** Whose browser looks at a page: nobody's, or that of someone whose cookies `Members` has. */
export type Viewer = 'guest' | 'host' | 'writer' | 'beginner' | 'half';

type Cookies = Readonly<Record<string, string>>;

/** The people of a site, and the addresses of what they made. */
export interface Members {
  /** `beginner` has written nothing; `half` has given her pass phrase and not yet the code of her app. */
  readonly cookies: Readonly<Record<Exclude<Viewer, 'guest'>, Cookies>>;
  readonly invitation: string;
  readonly reset: string;
  /** A work of the writer's that is published, in several states, with two endings: its desk, and its page. */
  readonly desk: string;
  readonly work: string;
  /** Its passages, by their keys: the first and its two endings. */
  readonly keys: readonly string[];
  /** The desk of a draft that divides, and its first passage, of which a draft text is kept. */
  readonly draft: string;
  readonly passage: string;
  /** A comment of the writer's on her own work, and one that waits to be let in. */
  readonly own: string;
  /** The id of one of the writer's two names. */
  readonly pseud: string;
  readonly waiting: string;
  /** Files the host brought in, one of them with something to decide: what became of them. */
  readonly batch: string;
  /** A link by which someone may become a beta of the draft, and the room in which the beginner is one. */
  readonly invited: string;
  readonly room: string;
  /** A note of the writer's that is published and answered, and her journal. */
  readonly note: string;
  readonly journal: string;
}

/** Begins an archive at the address `serve` printed, lets people in, and has one write and be answered. */
export async function addMembers(site: Site): Promise<Members> {
  const { host, half } = await beginArchive(site);
  const writer = await invitePerson(site, host, 'Marram');
  const beginner = await invitePerson(site, host, 'Sedge');
  const guest = newHand(site);
  await host.send('/manage/invitations', { note: 'For Ada', role: 'writer' });
  const invitation = pathOn(
    await host.send('/manage/invitations', { note: '', role: 'reader' }),
    'invitations',
  );
  await guest.send('/sign-up', { pseud: 'Oxlip', words: 'I have read here for a year.' });
  await writer.send('/account/pseuds', {
    pseud: 'A Name Long Enough To Show What A Narrow Page Does With It',
  });
  const account = valueAfter(await host.open('/manage/people'), 'Sedge</h2>', 'account');
  const reset = pathOn(await host.send('/manage/people', { account, do: 'reset' }), 'reset');

  const desk = await write(writer, 'The Quay Lamp');
  await writer.send(`${desk}/publication`, { do: 'publish', ...answers, audience: 'everyone' });
  const keys = passages(await writer.open(desk));
  const work = desk.replace('/studio', '/works');
  const said = await beginner.send(`${work}/comments`, { words: 'The lamp *stayed* with me.' });
  const parent = said.path.split('/').at(-1) ?? '';
  const own = await writer.send(`${work}/comments`, { parent, words: 'It stays lit, I promise.' });
  await writer.send(`${work}/thread`, { thread: 'approval' });
  await guest.send(`${work}/comments`, { name: 'Oxlip', words: 'May I come in?' });
  const held = await writer.open(`${work}/comments/waiting`);

  const { path: batch } = await host.bring({ 'kettle.txt': undecidedStory, 'nothing.html': '' });
  const draft = await write(writer, 'Not Yet Decided');
  const path = `${draft}/passages/${passages(await writer.open(draft))[0]}`;
  await writer.send(`${path}/drafts`, { base: '3', draft: '0', title: '', text: 'Other words, half typed.' });
  const { note, journal } = await writeNotes(writer, beginner);
  const invited = pathOn(
    await writer.send(`${draft}/people`, { do: 'link', role: 'beta', note: 'For Oxlip', days: '14' }),
    'invited',
  );
  const room = await readAsBeta(writer, beginner, path);
  await writer.send(`${desk}/people`, { do: 'ask', name: 'Sedge', role: 'artist' });
  return {
    invited,
    room,
    note,
    journal,
    cookies: {
      host: host.cookies(),
      half: half.cookies(),
      writer: writer.cookies(),
      beginner: beginner.cookies(),
    },
    batch,
    invitation,
    reset,
    desk,
    work,
    keys,
    draft,
    passage: path,
    pseud: find(await writer.open('/account'), /\/account\/pseuds\/([0-9a-z]+)\/delete/),
    own: `/comments/${own.path.split('/').at(-1)}/options`,
    waiting: find(held, /href="(\/comments\/[^"]+\/options)"/),
  };
}

/** A tab in a browser of its own in which someone is signed in. */
export async function openTabOf(
  browser: Browser,
  site: Pick<Site, 'url'>,
  cookies: Cookies,
  look: Look,
): Promise<Tab> {
  const tab = await openTab(browser, site, look);
  await giveCookies(tab.context, site, cookies);
  return tab;
}

/** Makes a browser that of whoever has these cookies. */
export async function giveCookies(
  context: BrowserContext,
  { url }: Pick<Site, 'url'>,
  cookies: Cookies,
): Promise<void> {
  await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url })));
}

/** Where `serve` said that the first host makes her account. */
function firstStart(site: Site): Promise<string> {
  return whenSaid(site, /(\/first-start\/[\w-]+)\s/);
}

/** A text that marks its other ending alone. */
export const undecidedStory = `Title: The Kettle on the Quay
Author: Oxlip

The kettle was left on the quay all winter.



In spring somebody filled it, and the harbour master wrote down who.

Alternate ending:

In spring nobody filled it, and the harbour master wrote that down as well.
`;

const hostPhrase = 'kettle harbour nine lanterns';
const answers = { rating: 'General Audiences', warnings: ['No Archive Warnings Apply'] };

/** The first host, with a second factor; and another browser in which she signs in half. */
async function beginArchive(site: Site): Promise<{ readonly host: Hand; readonly half: Hand }> {
  const [host, half] = [newHand(site), newHand(site)];
  const settings = { name: 'The Lamp Room', signUp: 'request', rules: 'Be kind.', contact: 'Ask Ida.' };
  const begun = await host.send(await firstStart(site), {
    ...settings,
    pseud: 'Ida',
    signInName: 'ida-private',
    passPhrase: hostPhrase,
  });
  const secret = valueAfter(begun, '<form', 'secret');
  const code = codeAt(secret, Math.floor(Date.now() / 30_000));
  await host.send('/account/second-factor', { secret, code, passPhrase: hostPhrase });
  await host.send('/manage/archive', { ...settings, guestComments: 'yes', countReadings: 'yes' });
  await half.send('/sign-in', { signInName: 'ida-private', passPhrase: hostPhrase, back: '' });
  return { host, half };
}

async function invitePerson(site: Site, host: Hand, pseud: string): Promise<Hand> {
  const person = newHand(site);
  const path = pathOn(await host.send('/manage/invitations', { note: pseud, role: 'writer' }), 'invitations');
  const passPhrase = `marram grass under old snow of ${pseud}`;
  await person.send(path, { pseud, signInName: pseud.toLowerCase(), passPhrase, rules: 'yes' });
  return person;
}

/** A story with two endings and three states; gives the path of its desk. */
async function write(writer: Hand, title: string): Promise<string> {
  const text = 'The lamp on the quay was lit.\n\nSomebody had to say who lit it.';
  const begun = await writer.send('/studio', { title, text, start: 'endings', fandoms: ['Harbours'] });
  const desk = find(begun, /action="(\/studio\/[0-9a-z]+)\/publication"/);
  const [, ...endings] = passages(begun);
  for (const [i, key] of endings.entries()) {
    await writer.send(`${desk}/passages/${key}/states`, {
      base: String(i + 1),
      draft: '0',
      title: '',
      text: i === 0 ? 'It was Una, and she told them.' : 'It was Una, and nobody asked her.',
      why: 'written',
      ending: 'yes',
    });
  }
  return desk;
}

/** Notes of three years, one of them answered; gives its page, and the journal they stand in. */
async function writeNotes(
  writer: Hand,
  reader: Hand,
): Promise<{ readonly note: string; readonly journal: string }> {
  const publish = { audience: 'everyone', thread: 'open', do: 'publish' };
  for (const [posted, title, text] of [
    ['2004-11-02', 'Moving house', 'The boxes are in the hall, and the lamp is in none of them.'],
    ['2006-05-14', '', 'Thank you for the letters. I read them on the quay, all in one go.'],
    ['2006-06-30', 'What I read in June', '- two novels with maps in them\n- one without, which I missed'],
    ['', 'News', 'The lamp has a *second* wick now.'],
  ] as const)
    await writer.send('/studio/notes', { ...publish, posted, title, text });
  const text = [
    'Three of you asked who lit it. I have written both answers by now, and believe both.',
    '## What I know',
    '> Somebody had to say who lit it.',
    'That line came first. Everything before it was written later, so that somebody could say it.',
  ].join('\n\n');
  const begun = await writer.send('/studio/notes', {
    ...publish,
    posted: '2006-05-28',
    title: 'Who lit the lamp',
    text,
  });
  const note = begun.path.replace(/^\/studio|\?.*$/g, '');
  const work = note.replace('/notes/', '/works/');
  const said = await reader.send(`${work}/comments`, { words: 'I hoped it was Una.' });
  await writer.send(`${work}/comments`, { parent: said.path.split('/').at(-1) ?? '', words: 'So did she.' });
  return { note, journal: find(await reader.open(note), /href="(\/people\/[0-9a-z]+)"/) };
}

/** Lets someone be the beta of a draft and suggest changes of a passage, of which one is detached since. */
async function readAsBeta(writer: Hand, beta: Hand, passage: string): Promise<string> {
  const [desk = '', key = ''] = passage.split('/passages/');
  const room = desk.replace('/studio', '/beta');
  await writer.send(`${desk}/people`, { do: 'ask', name: 'Sedge', role: 'beta' });
  const asked = await beta.open('/beta');
  const part = { work: desk.split('/').at(-1) ?? '', person: valueAfter(asked, 'Asked of you', 'person') };
  await beta.send('/beta', { ...part, role: 'beta', do: 'accept', naming: 'may' });
  const page = await beta.open(`${room}/passages/${key}`);
  const form = {
    base: valueAfter(page, '<form', 'base'),
    seen: valueAfter(page, '<form', 'seen'),
    text: 'The lamp on the long quay was lit.\n\nSomebody had to say who had lit it, and when.',
  };
  const keep = ['0', '1', '2'];
  await beta.send(`${room}/passages/${key}/suggestions`, {
    ...form,
    do: 'send',
    keep,
    'note-0': 'Ours is long.',
  });
  await beta.send(`${room}/passages/${key}/remarks`, { quote: 'Somebody', note: 'Do we know her yet?' });
  await writer.send(`${passage}/states`, {
    base: '3',
    draft: '1',
    title: '',
    text: 'The lamp on the quay was lit.\n\nSomebody had to put it out.',
    why: 'put out',
  });
  await writer.send(`${passage}/drafts`, {
    base: '4',
    draft: '0',
    title: '',
    text: 'Other words, half typed.',
  });
  return room;
}

/** The keys of the passages in the outline of a desk. */
function passages({ html }: Opened): readonly string[] {
  const outline = /class="studio-outline".*?<\/ol>/s.exec(html)?.[0] ?? '';
  return [...outline.matchAll(/\/passages\/([^"?#/]+)"/g)].map(([, key = '']) => key);
}

function find({ path, html }: Opened, pattern: RegExp): string {
  const found = pattern.exec(html)?.[1];
  if (found === undefined) throw new Error(`nothing on ${path} is like ${pattern}`);
  return found;
}

/** The path of an address that is shown once. */
function pathOn(page: Opened, name: string): string {
  return find(page, new RegExp(`https?://[^/<]+(/${name}/[0-9a-z-]+)<`));
}

/** The value of the first field of a name after some words of a page. */
function valueAfter(page: Opened, words: string, name: string): string {
  const html = page.html.split(words).slice(1).join(words);
  return find({ ...page, html }, new RegExp(`name="${name}" value="([^"]+)"`));
}
