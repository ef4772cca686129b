import type { Child, FC } from 'hono/jsx';
import { NotFound } from '../../errors.ts';
import type { Profile } from '../../model/profile.ts';
import type { JournalMonth, PersonView } from '../../model/views.ts';
import { readProfile } from '../../store/accounts.ts';
import { listJournal, listMonths } from '../../store/journal.ts';
import { getPerson, listCommentsBy } from '../../store/people.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { PersonFacts } from '../finding/people.tsx';
import { Layout } from '../layout.tsx';
import { insertedAmong, More } from '../parts.tsx';
import { Calendar, MonthLinks } from './calendar.tsx';
import { Entries, MonthsOfEntries, sayMonth } from './entries.tsx';
import { iconPath } from './icon.ts';
import { Said } from './said.tsx';

/** At most this many comments stand under a journal; the others have a page. */
const fewComments = 5;

/** `GET /people/:id?after=`: a name's journal, the latest first, and what it said here last. */
export const journalPage: Page = (archive) => async (c) => {
  const { store } = archive;
  const person = await getPerson(store, c.req.param('id') ?? '');
  const after = c.req.query('after') ?? null;
  const [profile, months, entries, comments] = await Promise.all([
    readProfile(store, person.id),
    listMonths(store, person.id),
    listJournal(store, person.id, { after }),
    after === null ? listCommentsBy(store, person.id, { limit: fewComments }) : undefined,
  ]);
  const path = journalPath(person.id);
  return render(
    c,
    <JournalFrame {...{ archive, person, months, profile }} at={after === null ? path : undefined}>
      <MonthsOfEntries entries={entries.items} path={path} />
      <More path={path} next={entries.next}>
        Earlier
      </More>
      {comments !== undefined && comments.items.length > 0 && (
        <section aria-labelledby="said">
          <h2 id="said">Said here</h2>
          <Said comments={comments.items} />
          {comments.next !== null && (
            <p class="more">
              <a class="button" href={`${path}/comments`}>
                All comments
              </a>
            </p>
          )}
        </section>
      )}
      <p class="for-members">
        <a href={`${path}/members`}>What {person.name} has for members</a>
      </p>
    </JournalFrame>,
    { cache: 'public' },
  );
};

/** `GET /people/:id/:year` and `/people/:id/:year/:month`: what stands in a journal under a year or a month. */
export const periodPage: Page = (archive) => async (c) => {
  const { store } = archive;
  const person = await getPerson(store, c.req.param('id') ?? '');
  const period = [c.req.param('year'), c.req.param('month')].filter((part) => part !== undefined).join('-');
  if (!/^\d{4}(?:-\d\d)?$/.test(period)) throw new NotFound('web: a journal has years and months: 2006/05');
  const after = c.req.query('after') ?? null;
  const [months, entries, comments] = await Promise.all([
    listMonths(store, person.id),
    listJournal(store, person.id, { period, after, limit: 50 }),
    listCommentsBy(store, person.id, { period, limit: 100 }),
  ]);
  if (!months.some(({ year, month }) => `${year}-${month ?? ''}`.startsWith(period)))
    throw new NotFound(`web: the journal of ${person.id} has nothing in ${period}`);
  const path = journalPath(person.id);
  const own = `${path}/${period.replace('-', '/')}`;
  return render(
    c,
    <JournalFrame {...{ archive, person, months }} at={after === null ? own : undefined} here={period}>
      <h2 class="period">{sayMonth(period)}</h2>
      <MonthLinks {...{ months, path }} here={period} />
      <Entries entries={entries.items} />
      <More path={own} next={entries.next}>
        Earlier
      </More>
      {comments.items.length > 0 && (
        <section aria-labelledby="said">
          <h2 id="said">Said then</h2>
          <Said comments={comments.items} />
        </section>
      )}
    </JournalFrame>,
    { cache: 'public' },
  );
};

/** `GET /people/:id/comments?after=`: what a name said here, the latest first. */
export const commentsByPage: Page = (archive) => async (c) => {
  const { store } = archive;
  const person = await getPerson(store, c.req.param('id') ?? '');
  const after = c.req.query('after') ?? null;
  const comments = await listCommentsBy(store, person.id, { after });
  const path = `${journalPath(person.id)}/comments`;
  return render(
    c,
    <JournalFrame
      {...{ archive, person }}
      months={await listMonths(store, person.id)}
      at={after === null ? path : undefined}
      title={`What ${person.name} said`}
    >
      <h2>Said here</h2>
      {comments.items.length === 0 ? <p class="soft">Nothing yet.</p> : <Said comments={comments.items} />}
      <More path={path} next={comments.next}>
        Earlier comments
      </More>
    </JournalFrame>,
    { cache: 'public' },
  );
};

/** `GET /people/:id/members?after=`: what a name published for those who are signed in, and for nobody else. */
export const forMembersPage: Page = (archive) => async (c) => {
  const { store } = archive;
  const person = await getPerson(store, c.req.param('id') ?? '');
  const after = c.req.query('after') ?? null;
  const entries = await listJournal(store, person.id, { readers: 'members', after });
  const path = `${journalPath(person.id)}/members`;
  return render(
    c,
    <JournalFrame
      {...{ archive, person }}
      months={await listMonths(store, person.id)}
      title={`${person.name}, for members`}
    >
      <h2>For members</h2>
      <p class="soft">Only people who are signed in see this list.</p>
      {entries.items.length === 0 ? <p>Nothing yet.</p> : <Entries entries={entries.items} />}
      <More path={path} next={entries.next}>
        Earlier
      </More>
    </JournalFrame>,
    { cache: 'private' },
  );
};

/** The address of a name's journal. */
export function journalPath(personId: string): string {
  return `/people/${personId}`;
}

interface FrameProps {
  readonly archive: Archive;
  readonly person: PersonView;
  readonly months: readonly JournalMonth[];
  /** The address under which the page is to be found; without one it is not. */
  readonly at?: string | undefined;
  readonly here?: string;
  readonly title?: string;
  /** What the name says of itself, on the page that begins its journal. */
  readonly profile?: Profile;
  readonly children?: Child;
}

/** Who it is, what the page shows, and the calendar. */
const JournalFrame: FC<FrameProps> = ({ archive, person, months, at, here, title, profile, children }) => (
  <Layout
    archive={archive}
    title={title ?? (here === undefined ? person.name : `${person.name}, ${sayMonth(here)}`)}
    path={at}
    noindex={at === undefined}
    here="people"
    feed={person}
  >
    <div class="page-wide journal-page">
      <PersonHead person={person} profile={profile} />
      <div class="journal-main">
        {months.length > 0 && (
          <p class="to-calendar">
            <a href="#calendar">By date</a>
          </p>
        )}
        {children}
      </div>
      <aside class="journal-aside">
        <Calendar months={months} path={journalPath(person.id)} {...(here === undefined ? {} : { here })} />
        <p>
          <a href={`/feeds/people/${person.id}.atom`}>Feed of this journal</a>
        </p>
      </aside>
    </div>
  </Layout>
);

const PersonHead: FC<{ readonly person: PersonView; readonly profile: Profile | undefined }> = ({
  person,
  profile,
}) => (
  <header class="person-head">
    <img class="icon" src={iconPath(person.id)} alt="" width="96" height="96" />
    <div>
      <h1>
        {profile !== undefined ? person.name : <a href={journalPath(person.id)}>{person.name}</a>}
        {profile !== undefined && profile.pronouns !== '' && <span class="pronouns">{profile.pronouns}</span>}
      </h1>
      <PersonFacts person={person} />
      {profile !== undefined && person.isElsewhere && (
        <p>
          A name from {person.site ?? 'elsewhere'}, as it stood on pages that were saved from there. Whoever
          bears it may write to those who run this archive.
        </p>
      )}
      {profile !== undefined && profile.bio !== null && (
        <div class="bio" dir="auto">
          {insertedAmong(profile.bio, person.id, journalPath(person.id))}
        </div>
      )}
      {profile !== undefined && profile.links.length > 0 && (
        <ul class="person-links" aria-label="Elsewhere">
          {profile.links.map(({ label, url }) => (
            <li>
              <a href={url} rel="me nofollow noopener ugc">
                {label}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  </header>
);
