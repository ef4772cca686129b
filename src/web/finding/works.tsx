import type { FC } from 'hono/jsx';
import type { Page as Run, WorkCard } from '../../model/views.ts';
import { count } from '../../phrases.ts';
import { countWorks, listWorks } from '../../store/works.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { Layout } from '../layout.tsx';
import { More, WorkEntry } from '../parts.tsx';
import { FirstImport } from './first.tsx';

/** The orders in which works can be listed. */
const orders = { newest: 'newest', title: 'title', author: 'author' } as const;
type Order = keyof typeof orders;

/** `GET /works?sort=&after=`: every public work, a page at a time. */
export const worksPage: Page = (archive) => async (c) => {
  const sort = readOrder(c.req.query('sort'));
  const after = c.req.query('after') ?? null;
  const [page, counts] = await Promise.all([
    listWorks(archive.store, { sort, after, limit: 20 }),
    countWorks(archive.store),
  ]);
  const props = { archive, page, sort, works: counts.works, first: after === null };
  return render(c, <WorksPage {...props} />, { cache: 'public' });
};

/** The order an address asks for; the newest first when it asks for none that is known. */
function readOrder(text: string | undefined): Order {
  return text === 'title' || text === 'author' ? text : 'newest';
}

interface WorksProps {
  readonly archive: Archive;
  readonly page: Run<WorkCard>;
  readonly sort: Order;
  readonly works: number;
  readonly first: boolean;
}

const WorksPage: FC<WorksProps> = ({ archive, page, sort, works, first }) => (
  <Layout
    archive={archive}
    title="Works"
    path={first && sort === 'newest' ? '/works' : undefined}
    noindex={!first || sort !== 'newest'}
    here="works"
  >
    <div class="page">
      <div class="list-head">
        <h1>{count(works, 'work')}</h1>
        <p class="sorts">
          <span>Sort:</span>
          {Object.entries(orders).map(([key, name]) =>
            key === sort ? (
              <strong aria-current="true">{name}</strong>
            ) : (
              <a href={key === 'newest' ? '/works' : `/works?sort=${key}`}>{name}</a>
            ),
          )}
        </p>
      </div>
      {page.items.length === 0 && first ? <FirstImport /> : <WorkList works={page.items} />}
      <More path={sort === 'newest' ? '/works' : `/works?sort=${sort}`} next={page.next}>
        More works
      </More>
    </div>
  </Layout>
);

/** Works one under another. */
export const WorkList: FC<{ readonly works: readonly WorkCard[]; readonly level?: 2 | 3 }> = ({
  works,
  level,
}) => (
  <ol class="entries">
    {works.map((work) => (
      <WorkEntry work={work} {...(level === undefined ? {} : { level })} />
    ))}
  </ol>
);
