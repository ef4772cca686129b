import { html, raw } from 'hono/html';
import type { Child, FC } from 'hono/jsx';
import type { HtmlEscapedString } from 'hono/utils/html';
import { type CleanHtml, escapeHtml } from '../html.ts';
import type { WrittenDate } from '../model/date.ts';
import type { CreditedPerson, WorkCard } from '../model/views.ts';
import type { Header, Role } from '../model/work.ts';
import {
  count,
  lacksZone,
  ratingName,
  sayDate,
  sayZone,
  titleOf,
  warningNamesOf,
  warns,
} from '../phrases.ts';
import { workPath } from './handle.ts';

/** A piece of a page; what is put into it was escaped. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/**
 * Clean words as a page of a work inserts them: images stand at their addresses. The only way strangers' markup comes
 * into a page.
 */
export function inserted(
  clean: CleanHtml,
  handle: string,
  pictures: readonly Pictured[] = [],
): HtmlEscapedString {
  const path = escapeHtml(workPath(handle, '/resources/'));
  const sized = pictures.length === 0 ? clean : withSizes(clean, pictures);
  return raw(sized.replaceAll('<img src="resource:', `<img loading="lazy" decoding="async" src="${path}`));
}

/** How large a picture of a work is, where that is known. */
export interface Pictured {
  readonly sha256: string;
  readonly width: number | null;
  readonly height: number | null;
}

/** Pictures with their sizes, so that the words below do not jump when they come. */
function withSizes(clean: CleanHtml, pictures: readonly Pictured[]): string {
  return clean.replace(
    /(<img src="resource:([0-9a-f]{64})" alt="[^"]*")\/>/g,
    (all, start: string, hash: string) => {
      const { width = null, height = null } = pictures.find(({ sha256 }) => sha256 === hash) ?? {};
      return width === null || height === null ? all : `${start} width="${width}" height="${height}"/>`;
    },
  );
}

/**
 * The same on a page that shows several texts: places within a text are left out, so that no id stands twice, and links
 * to them lead to the page of the text itself.
 */
export function insertedAmong(clean: CleanHtml, handle: string, home: string): HtmlEscapedString {
  const apart = clean.replace(/ id="t-[^"]*"/g, '').replaceAll(' href="#t-', ` href="${escapeHtml(home)}#t-`);
  return inserted(apart as CleanHtml, handle);
}

/**
 * The same where several texts stand whole on one page: the places within each, and the links to them, are told apart by
 * the key of its passage. A key holds no dot (`model/validate.ts`), so that none of them meets another's.
 */
export function placesOf(clean: CleanHtml, key: string): CleanHtml {
  return clean
    .replaceAll(' id="t-', ` id="t-${key}.`)
    .replaceAll(' href="#t-', ` href="#t-${key}.`) as CleanHtml;
}

/** The letter of a variant in its small coloured square; after D the letters go on and the colours repeat. */
export const Siglum: FC<{ readonly letter: string; readonly big?: boolean }> = ({ letter, big }) =>
  siglumMark(letter, big);

/** `Siglum` for pages that are put together from templates. */
export function siglumMark(letter: string, big = false): Markup {
  return html`<span class="siglum ${siglumClass(letter)}${big && ' siglum-large'}">${letter}</span>`;
}

/** The class that gives an element the colours of a siglum, as `--siglum` and `--tint`: `siglum-1` (A, E …) to `siglum-4`. */
export function siglumClass(letter: string): string {
  const index = [...letter].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1;
  return `siglum-${(index % 4) + 1}`;
}

/** A date as people say it, with its machine form; says so when its zone is not known, unless told to be quiet. */
export const Dated: FC<{ readonly date: WrittenDate; readonly quiet?: boolean }> = ({ date, quiet }) =>
  dateMark(date, quiet);

/** `Dated` for pages that are put together from templates. */
export function dateMark(date: WrittenDate, quiet = false): Markup {
  const machine = date.instant ?? date.local;
  const words = sayDate(date) + (quiet && lacksZone(date) ? '' : sayZone(date));
  const title = date.written !== null && html` title="As written: ${date.written}"`;
  if (machine === null) return html`<span${title}>${words}</span>`;
  return html`<time datetime="${machine}"${title}>${words}</time>`;
}

/** The day of a moment of this archive's own (ISO 8601, UTC). */
export const Day: FC<{ readonly at: string }> = ({ at }) => (
  <time datetime={at}>
    {sayDate({ written: null, local: at.slice(0, 10), instant: at, zone: 'UTC', precision: 'day' })}
  </time>
);

const byline: Readonly<Record<Role, readonly [string, string]>> = {
  author: ['by', 'by'],
  beta: ['beta', 'betas'],
  translator: ['translated by', 'translated by'],
  artist: ['art by', 'art by'],
  podficcer: ['read aloud by', 'read aloud by'],
  recipient: ['for', 'for'],
  other: ['with', 'with'],
};

/** Who made a work, by what they did: “by h_walpole · betas Clara and Matilda”. Unknown authors are called so. */
export const Byline: FC<{
  readonly people: readonly CreditedPerson[];
  readonly authorsOnly?: boolean;
  /** Names without links: who is credited in a draft only has no page. */
  readonly plain?: boolean;
}> = (props) => {
  const shown = props.authorsOnly === true ? props.people.filter((p) => p.role === 'author') : props.people;
  const roles = [...new Set(shown.map((p) => p.role))].sort(
    (a, b) => Number(b === 'author') - Number(a === 'author'),
  );
  return (
    <p class="byline">
      {!roles.includes('author') && <>author not known</>}
      {roles.map((role, i) => {
        const people = shown.filter((p) => p.role === role);
        const separated = i > 0 || !roles.includes('author');
        return (
          <>
            {separated && ' · '}
            {byline[role][people.length === 1 ? 0 : 1]}{' '}
            {people.map((person, at) => (
              <>
                {at > 0 && (at === people.length - 1 ? ' and ' : ', ')}
                <PersonName person={person} linked={props.plain !== true} />
              </>
            ))}
          </>
        );
      })}
    </p>
  );
};

const PersonName: FC<{ readonly person: CreditedPerson; readonly linked: boolean }> = (props) => {
  const { person, linked } = props;
  const author = person.role === 'author' ? 'author' : undefined;
  const title = person.site === null ? undefined : `${person.name} on ${person.site}`;
  return (
    <>
      {linked ? (
        <a href={`/people/${person.id}`} rel={author} itemprop={author} title={title}>
          {person.name}
        </a>
      ) : (
        <span itemprop={author} title={title}>
          {person.name}
        </span>
      )}
      {/* Someone who writes here has this name too: without a word the story would seem hers. */}
      {person.namesake && <span class="soft"> (of {person.site ?? 'another place'}, not of here)</span>}
    </>
  );
};

/** The address of a tag's page. */
export function tagPath(kind: string, name: string): string {
  return `/tags/${kind}/${encodeURIComponent(name)}`;
}

/** The tags of a work as chips, fandoms first and in their own colour; `plain` without links, as in drafts. */
export const Tags: FC<{ readonly header: Header; readonly plain?: boolean }> = ({ header, plain }) => {
  const tags = [
    ...header.fandoms.map((name) => ['fandom', name] as const),
    ...header.relationships.map((name) => ['relationship', name] as const),
    ...header.characters.map((name) => ['character', name] as const),
    ...header.freeforms.map((name) => ['freeform', name] as const),
  ];
  if (tags.length === 0) return null;
  return (
    <ul class="tags" aria-label="Tags">
      {tags.map(([kind, name]) => (
        <li>
          {plain === true ? (
            <span class={kind === 'fandom' ? 'tag tag-fandom' : 'tag'}>{name}</span>
          ) : (
            <a class={kind === 'fandom' ? 'tag tag-fandom' : 'tag'} href={tagPath(kind, name)} rel="tag">
              {name}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
};

/** The rating in its frame. */
const RatingMark: FC<{ readonly header: Pick<Header, 'rating'> }> = ({ header }) => (
  <span class="rating" title={`Rating: ${header.rating ?? 'none given'}`}>
    {ratingName(header.rating)}
  </span>
);

/** Rating and warnings, as they stand before any text. */
export const Warnings: FC<{ readonly header: Header }> = ({ header }) => (
  <>
    <RatingMark header={header} />
    <span class={warns(header) ? 'warnings warns' : 'warnings'}>{warningNamesOf(header).join(' · ')}</span>
  </>
);

interface WorkEntryProps {
  readonly work: WorkCard;
  readonly level?: 2 | 3;
  /** When it was written, where the list is one of dates. */
  readonly dated?: WrittenDate;
  /** What the list has to say of it, below all else. */
  readonly children?: Child;
}

/** One work in a list. `level` is that of its heading. */
export const WorkEntry: FC<WorkEntryProps> = ({ work, level = 2, dated, children }) => {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <li class="entry" itemscope itemtype="https://schema.org/CreativeWork">
      <article>
        {dated !== undefined && <EntryDate date={dated} />}
        <header class="entry-head">
          <Heading>
            <a href={workPath(work.id)} itemprop="url">
              <span itemprop="name">{titleOf(work)}</span>
            </a>
          </Heading>
          <Byline people={work.creators} authorsOnly />
          <p class="entry-marks">
            <RatingMark header={work.header} />
            {work.sigla.length > 0 && (
              <span class="sigla" title={`Divides into ${work.sigla.join(', ')}`}>
                {work.sigla.map((letter) => (
                  <Siglum letter={letter} />
                ))}
              </span>
            )}
          </p>
        </header>
        {warns(work.header) && <p class="warnings warns">{warningNamesOf(work.header).join(' · ')}</p>}
        <Tags header={work.header} />
        {work.header.summary !== null && (
          <div class="summary" lang={work.header.language ?? undefined} itemprop="description">
            {inserted(work.header.summary, work.id)}
          </div>
        )}
        <p class="facts">
          <WorkFacts work={work} dated={dated !== undefined} />
        </p>
        {children}
      </article>
    </li>
  );
};

/** The date of one thing in a list of dates. */
export const EntryDate: FC<{ readonly date: WrittenDate }> = ({ date }) => (
  <p class="entry-date">
    <Dated date={date.zone === 'UTC' && date.written === null ? dayOf(date) : date} />
  </p>
);

/** Of what was published here the day matters, not the second. */
function dayOf(date: WrittenDate): WrittenDate {
  return { ...date, local: (date.local ?? date.instant ?? '').slice(0, 10), precision: 'day' };
}

/** `dated` where its date stands elsewhere already. */
const WorkFacts: FC<{ readonly work: WorkCard; readonly dated: boolean }> = ({ work, dated }) => (
  <>
    <span>{count(work.words, 'word')}</span>
    {work.passages > 1 && <span>{count(work.passages, 'part')}</span>}
    {work.header.complete !== null && <span>{work.header.complete ? 'complete' : 'not finished'}</span>}
    {!dated && work.header.posted !== null && sayDate(work.header.posted) !== '' && (
      <span>
        <Dated
          date={{ ...work.header.posted, local: work.header.posted.local?.slice(0, 10) ?? null }}
          quiet
        />
      </span>
    )}
    {work.comments > 0 && (
      <span>
        <a href={workPath(work.id, '/comments')}>{count(work.comments, 'comment')}</a>
      </span>
    )}
  </>
);

/** The way to what follows in a long list; nothing where the list ends. `path` ends before `after=`. */
export const More: FC<{ readonly path: string; readonly next: string | null; readonly children: string }> = (
  props,
) =>
  props.next === null ? null : (
    <p class="more">
      <a
        class="button"
        rel="next"
        href={`${props.path}${props.path.includes('?') ? '&' : '?'}after=${encodeURIComponent(props.next)}`}
      >
        {props.children}
      </a>
    </p>
  );
