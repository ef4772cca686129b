import type { FC } from 'hono/jsx';
import type { Page as Run, SearchHit } from '../../model/views.ts';
import { search } from '../../store/search.ts';
import { type Page, render } from '../archive.ts';
import { excuse, tooOften } from '../errors.tsx';
import { workPath } from '../handle.ts';
import { Layout } from '../layout.tsx';
import { inserted, More, WorkEntry } from '../parts.tsx';
import { limit } from '../serving/limits.ts';
import { readersOf } from '../session.ts';

/** Longer questions are cut: nobody types them. */
const longest = 200;

/** `GET /search?q=…&after=…`: works whose title, people, tags or text have the words asked for. */
export const searchPage: Page = (archive) => {
  const readers = readersOf(archive);
  const often = limit(120, 60);
  return async (c) => {
    const query = (c.req.query('q') ?? '').trim().slice(0, longest);
    if (query !== '' && !often.take(readers.address(c))) return excuse(c, archive, tooOften);

    const after = c.req.query('after') ?? null;
    const found = query === '' ? undefined : await search(archive.store, query, { after, limit: 20 });

    return render(
      c,
      <Layout
        archive={archive}
        title={query === '' ? 'Search' : `Search: ${query}`}
        here="search"
        query={query}
        noindex
      >
        <div class="page">
          <h1>Search</h1>
          {found === undefined ? <Advice /> : <Found query={query} found={found} isFirst={after === null} />}
        </div>
      </Layout>,
      { cache: 'public' },
    );
  };
};

const Advice: FC = () => (
  <>
    <form action="/search" class="search-again">
      <label for="again">Words of a title, a name, a tag or of the text</label>
      <input id="again" name="q" type="search" />{' '}
      <button class="button" type="submit">
        Search
      </button>
    </form>
    <p>
      Words in quotes are looked for as they stand: <kbd>"two ways out"</kbd>. A word after a minus must not
      be there: <kbd>ending -funeral</kbd>.
    </p>
  </>
);

interface FoundProps {
  readonly query: string;
  readonly found: Run<SearchHit>;
  readonly isFirst: boolean;
}

const Found: FC<FoundProps> = ({ query, found, isFirst }) =>
  found.items.length === 0 ? (
    <>
      <p role="status">
        {isFirst ? 'Nothing published here has' : 'Nothing more has'} <q>{query}</q>.
      </p>
      <Advice />
    </>
  ) : (
    <>
      <p role="status">
        What has <q>{query}</q>, the likeliest first:
      </p>
      <ol class="entries">
        {found.items.map((hit) => (
          <WorkEntry work={hit.work}>{hit.snippet !== null && <Snippet hit={hit} />}</WorkEntry>
        ))}
      </ol>
      <More path={`/search?q=${encodeURIComponent(query)}`} next={found.next}>
        More
      </More>
    </>
  );

const Snippet: FC<{ readonly hit: SearchHit }> = ({ hit: { work, snippet, passage } }) => (
  <div class="snippet">
    <blockquote>{snippet !== null && inserted(snippet, work.id)}</blockquote>
    {passage !== null && <a href={workPath(work.id, `/read/${passage}`)}>Read it there</a>}
  </div>
);
