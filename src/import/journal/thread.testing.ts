import fc from 'fast-check';
import { findAll, textOf } from '../../dom.ts';
import { escapeHtml, parsePage } from '../../html.ts';
import type { CommentState } from '../../model/comment.ts';
import type { Edition } from '../../model/edition.ts';

/**
 * Entries and threads as people wrote them, in no layout: renderers turn them into pages, and what is read from the
 * page must be the same thread again (`expectedThread`, `threadOf`). Bodies are HTML, everything else plain text.
 */
export interface TestEntry {
  readonly site: 'livejournal.com' | 'dreamwidth.org';
  /** A user's name, or a community's. */
  readonly journal: string;
  readonly community: boolean;
  /** Who posted; the journal's owner unless it is a community. */
  readonly poster: string;
  readonly ditemid: number;
  readonly subject: string | null;
  /** The poster's wall clock, `2006-05-28T12:47`; and the moment it was, with the same seconds (none). */
  readonly local: string;
  readonly instant: string;
  readonly body: string;
  readonly mood: string | null;
  readonly music: string | null;
  readonly location: string | null;
  readonly tags: readonly string[];
  /** In the order of the page. */
  readonly comments: readonly TestComment[];
}

export interface TestComment {
  /** As in addresses: talkid * 256 + anum. */
  readonly id: number;
  readonly parentId: number | null;
  readonly depth: number;
  readonly author: TestAuthor;
  /** ISO 8601 in UTC, to the minute: `2006-05-28T19:48:00Z`. */
  readonly instant: string;
  readonly subject: string | null;
  readonly body: string;
  readonly state: CommentState;
  /** Only the words for its state stand on the page, as for a reader who may not see more. */
  readonly stub: boolean;
  /** A hidden comment is of a suspended user, or spam. */
  readonly hiddenAs: 'suspended' | 'spam';
  readonly icon: string | null;
  readonly importedFrom: string | null;
  readonly edited: string | null;
}

/** `purged`: the sites print the name of a deleted user in their own way. `external`: an OpenID of another site. */
export type TestAuthor =
  | { readonly kind: 'user' | 'purged' | 'external'; readonly name: string }
  | { readonly kind: 'anonymous' };

/** One comment of a thread, in words that can be compared. */
interface ThreadLine {
  readonly id: string;
  readonly parent: string | null;
  /** `name@site`, `anonymous`, or null where the page does not say. */
  readonly author: string | null;
  readonly instant: string | null;
  readonly subject: string | null;
  readonly words: string;
  readonly state: CommentState;
  readonly icon: string | null;
  readonly importedFrom: string | null;
  /** Whether the page says that it was edited. */
  readonly edited: boolean;
}

/** What a layout prints of a comment beyond the words; the rest cannot be read back. */
export interface LayoutShows {
  readonly icons?: boolean;
  readonly imported?: boolean;
  readonly edited?: boolean;
  /** Which facts a collapsed comment keeps; its words are always gone. */
  readonly collapsed?: readonly ('author' | 'instant' | 'subject')[];
  /** Whether stubs keep their author and time. */
  readonly stubs?: readonly ('author' | 'instant')[];
  /** States the layout cannot tell from shown (`frozen` where it only withholds a link). */
  readonly untold?: readonly CommentState[];
}

/** The thread that a page of such a layout should give. */
export function expectedThread(entry: TestEntry, shows: LayoutShows = {}): readonly ThreadLine[] {
  return entry.comments.map((c) => {
    const collapsed = c.state === 'collapsed';
    const keeps = (fact: 'author' | 'instant' | 'subject'): boolean =>
      collapsed
        ? (shows.collapsed ?? ['author', 'subject']).includes(fact)
        : !c.stub || (fact !== 'subject' && (shows.stubs ?? []).includes(fact));
    const whole = !collapsed && !c.stub;
    return {
      id: String(c.id),
      parent: c.parentId === null ? null : String(c.parentId),
      author: keeps('author') ? authorLabel(c.author, entry.site) : null,
      instant: keeps('instant') ? c.instant : null,
      subject: keeps('subject') ? c.subject : null,
      words: whole ? wordsOfHtml(c.body) : '',
      state: shows.untold?.includes(c.state) ? 'shown' : c.state,
      icon: whole && shows.icons ? c.icon : null,
      importedFrom: whole && shows.imported ? c.importedFrom : null,
      edited: whole && shows.edited === true && c.edited !== null,
    };
  });
}

/** The thread of an Edition in the same words; `shows` as for `expectedThread`. */
export function threadOf(edition: Edition, shows: LayoutShows = {}): readonly ThreadLine[] {
  return edition.comments.map((c) => ({
    id: c.id,
    parent: c.parent,
    author:
      c.author === null
        ? null
        : c.author.kind === 'imported'
          ? `${c.author.name}@${c.author.site ?? '?'}`
          : c.author.kind,
    instant: c.posted?.instant ?? null,
    subject: c.subject,
    words: wordsOfHtml(c.html),
    state: c.state,
    icon: shows.icons ? c.icon : null,
    importedFrom: shows.imported ? c.importedFrom : null,
    edited: shows.edited === true && c.edited !== null,
  }));
}

function authorLabel(author: TestAuthor, site: string): string {
  if (author.kind === 'anonymous') return 'anonymous';
  return `${author.name}@${author.kind === 'external' ? author.name.replace(/^[^.]*\./, '') : site}`;
}

/** The visible words of HTML, one blank between them, so that markup alone makes no difference. */
export function wordsOfHtml(html: string): string {
  const body = findAll(parsePage(html), (e) => e.tagName === 'body')[0];
  return body === undefined ? '' : textOf(body).replace(/\s+/g, ' ').trim();
}

/** A date as `strftime` would print it; `%a%b%d%e%o%H%I%M%p%m%y%Y%B%A`, `%o` the day with its ending (28th). */
export function printDate(iso: string, format: string): string {
  const date = new Date(`${iso.slice(0, 16)}Z`);
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = date.getUTCDate();
  const hour = date.getUTCHours();
  const ending = day > 10 && day < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  const parts: Readonly<Record<string, string>> = {
    Y: String(date.getUTCFullYear()),
    y: two(date.getUTCFullYear() % 100),
    m: two(date.getUTCMonth() + 1),
    B: date.toLocaleString('en', { month: 'long', timeZone: 'UTC' }),
    b: date.toLocaleString('en', { month: 'short', timeZone: 'UTC' }),
    A: date.toLocaleString('en', { weekday: 'long', timeZone: 'UTC' }),
    a: date.toLocaleString('en', { weekday: 'short', timeZone: 'UTC' }),
    d: two(day),
    e: String(day),
    o: `${day}${ending}`,
    H: two(hour),
    I: two(hour % 12 || 12),
    M: two(date.getUTCMinutes()),
    p: hour < 12 ? 'am' : 'pm',
  };
  return format.replace(/%(\w)/g, (_, key: string) => parts[key] ?? '');
}

/** Legal text that has led parsers astray: labels, dates, states and links of the sites inside people's words. */
const odd = [
  'From: nobody in particular<br />Date: 2006-05-28 12:47 pm (UTC)',
  '<b>From:</b> <i>a friend</i>',
  '(Deleted comment)',
  '<b>(Screened comment)</b>',
  'Reply Parent Thread',
  '(<a href="http://example.com/1.html?thread=5">Link</a>) (<a href="http://example.com/1.html?replyto=5">Reply to this</a>)',
  'Subject: hello<br /><br />Posted by me',
  '5 &lt; 6 &amp;&amp; 7 &gt; 3 &quot;quoted&quot; &nbsp; &hellip; &mdash; &amp;amp;',
  '&lt;div class="comment"&gt; is what I typed',
  '“Curly” and ‘single’ — dashes…',
  '<blockquote>May 28th, 2006 12:47 pm (UTC)</blockquote>',
  '<a href="http://example.com/?a=1&amp;b=2" rel="nofollow">a link</a>, and more',
  'zwölf Boxkämpfer, съешь же ещё, 日本語のテキスト, עברית, ½',
  ':-) &lt;3 ^_^ o_O',
  'Edited at 2006-05-28 01:10 pm UTC, I said',
  '<em>one</em> <strong>two</strong> <u>three</u> <s>four</s>',
  'first line<br />second line<br /><br />third line after a gap',
  '<ul><li>an item</li><li>another</li></ul>',
  'Current Mood: fine<br />Tags: none',
  'Page 1 of 2',
] as const;
const subjects = [
  'Fic: The Lamp & the Key (1/2)',
  'Re: "quotes" <tags> & co',
  '(no title)',
  'From: me',
  'Deleted comment',
  'Ёлка',
  '1 < 2',
  'wow!!!',
  '2006-05-28',
] as const;
const header =
  '<b>Title:</b> The Lamp and the Key<br /><b>Author:</b> horace<br /><b>Rating:</b> PG<br /><b>Summary:</b> A lamp goes out.<br /><br />';
const names = ['horace', 'ada_l', 'b', 'x__y', 'the_lamp_keeper', 'zed99', 'maud'] as const;

const words = fc
  .array(
    fc.constantFrom(
      'lamp',
      'key',
      'the',
      'went',
      'out',
      'and',
      'Maud',
      'said',
      'nothing',
      'rain',
      'I',
      'you?',
      'no!',
    ),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((list) => list.join(' '));
const typed = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .map((text) => escapeHtml(text.replace(/[\p{C}\p{Z}]/gu, ' ')));
const piece = fc.oneof(
  { weight: 4, arbitrary: words },
  { weight: 2, arbitrary: fc.constantFrom(...odd) },
  typed,
);
const body = fc
  .array(piece, { minLength: 1, maxLength: 4 })
  .map((pieces) => pieces.join('<br /><br />'))
  .filter((html) => wordsOfHtml(html) !== '');
const subject = fc.option(fc.oneof(words, fc.constantFrom(...subjects)), { freq: 2 });
const author: fc.Arbitrary<TestAuthor> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('user' as const), name: fc.constantFrom(...names) }),
  },
  fc.constant({ kind: 'anonymous' as const }),
  fc.constant({ kind: 'purged' as const, name: 'gone_away' }),
  fc.constant({ kind: 'external' as const, name: 'tove.insanejournal.com' }),
);
const states: readonly CommentState[] = ['screened', 'frozen', 'deleted', 'hidden', 'collapsed'];

const commentSpec = fc.record({
  /** Which earlier comment it answers: 0 none, else counted back. */
  answers: fc.nat({ max: 6 }),
  minutes: fc.integer({ min: 1, max: 5000 }),
  author,
  subject,
  body: fc.oneof({ weight: 12, arbitrary: body }, fc.constant('')),
  state: fc.oneof({ weight: 5, arbitrary: fc.constant('shown' as const) }, fc.constantFrom(...states)),
  stub: fc.boolean(),
  hiddenAs: fc.constantFrom('suspended' as const, 'spam' as const),
  icon: fc.option(fc.constantFrom('sleepy cat', 'lamp', 'me & you')),
  importedFrom: fc.option(fc.constant('livejournal.com'), { freq: 6 }),
  editedAfter: fc.option(fc.integer({ min: 1, max: 300 }), { freq: 6 }),
});
type CommentSpec = typeof commentSpec extends fc.Arbitrary<infer T> ? T : never;

const entrySpec = fc.record({
  journal: fc.constantFrom(...names),
  poster: fc.constantFrom(...names),
  community: fc.boolean(),
  ditemid: fc.integer({ min: 256, max: 9_999_999 }),
  subject,
  minute: fc.integer({ min: 0, max: 10 * 365 * 24 * 60 }),
  offset: fc.constantFrom(-8, -5, 0, 1, 9.5),
  header: fc.boolean(),
  body: fc.array(body, { minLength: 1, maxLength: 5 }),
  mood: fc.option(fc.constantFrom('cheerful', 'tired')),
  music: fc.option(fc.constantFrom('Bach - Air', 'rain & wind')),
  location: fc.option(fc.constant('the kitchen')),
  tags: fc.uniqueArray(fc.constantFrom('fic', 'lamp', 'pairing: none', 'rating: pg'), { maxLength: 3 }),
});

/** Random entries of 0 to `most` comments (12 unless told). */
export function entryArbitrary(
  options: { readonly site?: TestEntry['site']; readonly most?: number } = {},
): fc.Arbitrary<TestEntry> {
  const specs = fc.array(commentSpec, { maxLength: options.most ?? 12, size: 'max' });
  return fc
    .tuple(entrySpec, specs)
    .map(([spec, comments]) => build(spec, comments, options.site ?? 'livejournal.com'));
}

/**
 * One entry from a seed, with exactly so many comments; `chain` makes each answer the one before, so that the last
 * is that deep.
 */
export function sampleEntry(
  seed: number,
  options: { readonly site?: TestEntry['site']; readonly comments: number; readonly chain?: boolean },
): TestEntry {
  const [spec] = fc.sample(entrySpec, { seed, numRuns: 1 });
  if (spec === undefined) throw new Error('fast-check gave no sample');
  const comments = fc.sample(commentSpec, { seed, numRuns: options.comments });
  const placed = options.chain ? comments.map((c) => ({ ...c, answers: 1 })) : comments;
  return build(spec, placed, options.site ?? 'livejournal.com');
}

type EntrySpec = typeof entrySpec extends fc.Arbitrary<infer T> ? T : never;

function build(spec: EntrySpec, specs: readonly CommentSpec[], site: TestEntry['site']): TestEntry {
  const local = Date.UTC(2002, 0, 24, 16, 34) + spec.minute * 60_000;
  const posted = local - spec.offset * 3_600_000;
  const anum = spec.ditemid % 256;
  const made: (TestComment & { readonly at: number })[] = [];
  for (const [i, c] of specs.entries()) {
    const parent = c.answers === 0 ? undefined : made[i - c.answers];
    const at = (parent?.at ?? posted) + c.minutes * 60_000;
    const stub = c.state === 'deleted' || c.state === 'hidden' || (c.state === 'screened' && c.stub);
    made.push({
      id: (i + 1) * 256 + anum,
      parentId: parent?.id ?? null,
      depth: parent === undefined ? 0 : parent.depth + 1,
      author: c.author,
      at,
      instant: isoOf(at),
      subject: c.subject,
      body: c.subject === null && c.body === '' ? 'just this' : c.body,
      state: c.state,
      stub,
      hiddenAs: c.hiddenAs,
      icon: c.author.kind === 'user' ? c.icon : null,
      importedFrom: site === 'dreamwidth.org' ? c.importedFrom : null,
      edited: c.editedAfter === null ? null : isoOf(at + c.editedAfter * 60_000),
    });
  }
  const { header: withHeader, minute: _, offset: __, ...rest } = spec;
  return {
    ...rest,
    site,
    poster: spec.community ? spec.poster : spec.journal,
    journal: spec.community ? 'lamplighters' : spec.journal,
    local: isoOf(local).slice(0, 16),
    instant: isoOf(posted),
    body: (withHeader ? header : '') + spec.body.join('<br /><br />'),
    comments: inPageOrder(made),
  };
}

function isoOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** Each comment followed by its answers, those of one comment in order of time. */
function inPageOrder(comments: readonly (TestComment & { readonly at: number })[]): readonly TestComment[] {
  const answers = new Map<number | null, (TestComment & { readonly at: number })[]>();
  for (const c of comments.toSorted((a, b) => b.at - a.at || b.id - a.id)) {
    const list = answers.get(c.parentId);
    if (list === undefined) answers.set(c.parentId, [c]);
    else list.push(c);
  }
  const ordered: TestComment[] = [];
  const stack = [...(answers.get(null) ?? [])];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { at: _, ...comment } = next;
    ordered.push(comment);
    stack.push(...(answers.get(next.id) ?? []));
  }
  return ordered;
}
