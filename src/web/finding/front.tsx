import type { FC } from 'hono/jsx';
import type { TagView, WorkCard } from '../../model/views.ts';
import { count } from '../../phrases.ts';
import { listTags } from '../../store/tags.ts';
import { countWorks, listWorks } from '../../store/works.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { Layout } from '../layout.tsx';
import { tagPath } from '../parts.tsx';
import { FirstImport } from './first.tsx';
import { WorkList } from './works.tsx';

/** `GET /`: what this archive is, what is new in it, and where the reader stopped. */
export const frontPage: Page = (archive) => async (c) => {
  const [works, fandoms, counts] = await Promise.all([
    listWorks(archive.store, { sort: 'newest', limit: 10 }),
    listTags(archive.store, 'fandom', { limit: 16 }),
    countWorks(archive.store),
  ]);
  const props = { archive, works: works.items, more: works.next !== null, fandoms: fandoms.items, counts };
  return render(c, <FrontPage {...props} />, { cache: 'public' });
};

interface FrontProps {
  readonly archive: Archive;
  readonly works: readonly WorkCard[];
  /** Whether there are works beyond those shown. */
  readonly more: boolean;
  readonly fandoms: readonly TagView[];
  readonly counts: { readonly works: number; readonly words: number; readonly comments: number };
}

/** The page itself. */
const FrontPage: FC<FrontProps> = ({ archive, works, more, fandoms, counts }) => (
  <Layout
    archive={archive}
    title={archive.name}
    description="Stories that have more than one version, and what their readers said."
    path="/"
  >
    <div class="front">
      <header class="hero">
        <h1>
          Stories that went <em>more than one way</em>
        </h1>
        <p class="lead">
          Where a story divides, both ways are kept: read one, read the other, say which you believe. What its
          readers said is kept with it.
        </p>
        {counts.works > 0 && (
          <p class="facts">
            <span>{count(counts.works, 'work')}</span>
            <span>{count(counts.words, 'word')}</span>
            {counts.comments > 0 && <span>{count(counts.comments, 'comment')}</span>}
          </p>
        )}
        <ForkDrawing />
      </header>
      <section class="continue" data-continue-list hidden aria-labelledby="continue">
        <h2 id="continue">Where you stopped</h2>
        <ul />
      </section>
      {works.length === 0 ? (
        <FirstImport />
      ) : (
        <div class="front-body">
          <section aria-labelledby="new">
            <h2 id="new" class="section-name">
              New here
            </h2>
            <WorkList works={works} level={3} />
            {more && (
              <p class="more">
                <a class="button" href="/works">
                  All works
                </a>
              </p>
            )}
          </section>
          <FandomList fandoms={fandoms} />
        </div>
      )}
    </div>
  </Layout>
);

/** One line that becomes two. */
const ForkDrawing: FC = () => (
  <svg class="hero-fork" viewBox="0 0 260 200" aria-hidden="true">
    <path d="M8 100h92" />
    <path class="siglum-1" d="M100 100c50 0 46-62 96-62h24" />
    <path class="siglum-2" d="M100 100c50 0 46 62 96 62h24" />
    <circle cx="8" cy="100" r="5" />
    <circle cx="54" cy="100" r="5" />
    <circle cx="100" cy="100" r="5" />
    <g class="siglum-1">
      <rect x="214" y="23" width="30" height="30" rx="6" />
      <text x="229" y="43.5">
        A
      </text>
    </g>
    <g class="siglum-2">
      <rect x="214" y="147" width="30" height="30" rx="6" />
      <text x="229" y="167.5">
        B
      </text>
    </g>
  </svg>
);

const FandomList: FC<{ readonly fandoms: readonly TagView[] }> = ({ fandoms }) =>
  fandoms.length === 0 ? null : (
    <section class="front-aside" aria-labelledby="fandoms">
      <h2 id="fandoms" class="section-name">
        Fandoms
      </h2>
      <ul class="register">
        {fandoms.map((tag) => (
          <li>
            <a href={tagPath('fandom', tag.name)}>{tag.name}</a>
            <span>{tag.works}</span>
          </li>
        ))}
      </ul>
      <p>
        <a href="/tags/fandom">All fandoms</a>
      </p>
    </section>
  );
