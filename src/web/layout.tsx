import type { Child, FC } from 'hono/jsx';
import type { Archive } from './archive.ts';
import { assets } from './assets.ts';

/** The sections of the site, as its menu names them. */
const sections = [
  { key: 'works', path: '/works', name: 'Works' },
  { key: 'fandoms', path: '/tags/fandom', name: 'Fandoms' },
  { key: 'people', path: '/people', name: 'People' },
] as const;
export type Section = (typeof sections)[number]['key'] | 'settings' | 'search' | 'studio';

interface LayoutProps {
  readonly archive: Archive;
  /** The name of the page, without that of the archive. */
  readonly title: string;
  readonly description?: string | undefined;
  /** The canonical path of what the page shows (`/works/x`); without it the page has none. */
  readonly path?: string | undefined;
  /** The section the page belongs to. */
  readonly here?: Section | undefined;
  /** For drafts, answers to forms and other pages nobody should find by searching. */
  readonly noindex?: boolean | undefined;
  /** What the page is, for those who link to it (Open Graph): `article` for works and their parts. */
  readonly kind?: 'website' | 'article' | undefined;
  /** Whether the page shows or leads straight to a text for adults. */
  readonly mature?: boolean | undefined;
  /** Whether the page is one of the studio, which has a style sheet of its own. */
  readonly studio?: boolean | undefined;
  /** For pages about what goes on: seconds after which browsers without scripts ask for them again. */
  readonly refresh?: number | undefined;
  /** What was searched for, to stand in the search box. */
  readonly query?: string | undefined;
  /** Whose journal the page belongs to, where that has a feed. */
  readonly feed?: { readonly id: string; readonly name: string } | undefined;
  readonly children?: Child;
}

/** The frame of every page: what browsers and other sites read about it, the menu, the page itself, the foot. */
export const Layout: FC<LayoutProps> = (props) => (
  <html lang="en">
    <Head {...props} />
    <body>
      <a class="skip" href="#main">
        Skip to the text
      </a>
      <Masthead {...props} />
      <main id="main" tabindex={-1}>
        {props.children}
      </main>
      <Foot name={props.archive.name} />
    </body>
  </html>
);

const Head: FC<LayoutProps> = ({
  archive,
  title,
  description,
  path,
  noindex,
  kind = 'website',
  ...props
}) => (
  <head>
    <meta charset="utf-8" />
    <title>{title === archive.name ? title : `${title} · ${archive.name}`}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    {assets.preload.map((font) => (
      <link rel="preload" as="font" type="font/woff2" crossorigin="anonymous" href={font} />
    ))}
    <link rel="stylesheet" href={assets.style} />
    {props.studio === true && <link rel="stylesheet" href={assets.studio} />}
    <link rel="stylesheet" href="/reader.css" />
    <script src={assets.reader} defer />
    <link rel="icon" type="image/svg+xml" href={assets.icon} />
    <link rel="alternate" type="application/atom+xml" title="New works" href="/feeds/works.atom" />
    {props.feed !== undefined && (
      <link
        rel="alternate"
        type="application/atom+xml"
        title={`The journal of ${props.feed.name}`}
        href={`/feeds/people/${props.feed.id}.atom`}
      />
    )}
    <meta name="theme-color" content="#fffdf9" media="(prefers-color-scheme: light)" />
    <meta name="theme-color" content="#1f1c15" media="(prefers-color-scheme: dark)" />
    {description !== undefined && <meta name="description" content={description} />}
    {props.refresh !== undefined && (
      <noscript>
        <meta http-equiv="refresh" content={String(props.refresh)} />
      </noscript>
    )}
    {noindex === true && <meta name="robots" content="noindex, nofollow" />}
    {props.mature === true && <meta name="rating" content="mature" />}
    {path !== undefined && noindex !== true && (
      <>
        <link rel="canonical" href={archive.url + path} />
        <meta property="og:url" content={archive.url + path} />
        <meta property="og:type" content={kind} />
        <meta property="og:title" content={title} />
        <meta property="og:site_name" content={archive.name} />
        {description !== undefined && <meta property="og:description" content={description} />}
      </>
    )}
  </head>
);

/** The menu is a `<details>`: closed on a phone, laid open by the style sheet where there is room. */
const Masthead: FC<LayoutProps> = ({ archive, here, query }) => (
  <header class="masthead">
    <a class="wordmark" href="/">
      <Wordmark name={archive.name} />
    </a>
    <details class="menu">
      <summary>Menu</summary>
      <div class="menu-body">
        <nav aria-label="Main">
          <ul>
            {sections.map(({ key, path, name }) => (
              <li>
                <a href={path} aria-current={here === key ? 'true' : undefined}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <search>
          <form class="search" action="/search">
            <label class="unseen" for="q">
              Search
            </label>
            <input
              id="q"
              name="q"
              type="search"
              placeholder="Search titles, tags, full text…"
              value={query}
            />
            <button class="unseen-until-focus" type="submit">
              Search
            </button>
          </form>
        </search>
        <ul class="me">
          <li class="for-guests">
            <a href="/sign-in">Sign in</a>
          </li>
          <li class="for-writers">
            <a href="/studio" aria-current={here === 'studio' ? 'true' : undefined}>
              Write
            </a>
          </li>
          <li class="for-members">
            <a href="/account">Account</a>
          </li>
        </ul>
        <a class="aa" href="/settings" aria-current={here === 'settings' ? 'true' : undefined}>
          <span aria-hidden="true">Aa</span>
          <span class="aa-name">Reading settings</span>
        </a>
      </div>
    </details>
  </header>
);

/** The archive's name; the program's own has its middle letter in colour. */
const Wordmark: FC<{ readonly name: string }> = ({ name }) =>
  name === 'Variorum' ? (
    <>
      Vari<span>o</span>rum
    </>
  ) : (
    <span class="plain">{name}</span>
  );

const Foot: FC<{ readonly name: string }> = ({ name }) => (
  <footer class="foot">
    <p>
      <strong>{name}</strong> keeps stories in all their versions, with what their readers said.
    </p>
    <ul>
      <li>
        <a href="/works">Works</a>
      </li>
      <li>
        <a href="/feeds/works.atom">Feed of new works</a>
      </li>
      <li>
        <a href="/settings">Reading settings</a>
      </li>
      <li>
        <a href="/rules">House rules</a>
      </li>
    </ul>
  </footer>
);
