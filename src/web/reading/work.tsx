import type { FC } from 'hono/jsx';
import { exporters } from '../../export/index.ts';
import { textOfHtml } from '../../html.ts';
import type { Remark } from '../../model/remark.ts';
import type { HeaderLine } from '../../model/work.ts';
import { isMature } from '../../model/work.ts';
import { count, titleOf } from '../../phrases.ts';
import { listRemarks } from '../../store/works.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { openedWork } from '../guard.ts';
import { isPublic, type OpenedWork, workPath } from '../handle.ts';
import { Layout } from '../layout.tsx';
import { Byline, Dated, Day, inserted, Tags, Warnings } from '../parts.tsx';
import { goesOn } from '../talking/thread.tsx';
import { Contents } from './contents.tsx';
import { StoryMap } from './map.tsx';
import { Provenance } from './provenance.tsx';
import { contentsOf, type Told, tell } from './story.ts';

/** `GET /works/:handle`: what is said about a work before it begins, its contents, and the ways to it. */
export const workPage: Page = (archive) => async (c) => {
  const opened = openedWork(c);
  const remarks = await listRemarks(archive.store, opened.work.id);
  return render(c, <WorkPage archive={archive} opened={opened} remarks={remarks} />, { cache: opened.cache });
};

interface WorkPageProps {
  readonly archive: Archive;
  readonly opened: OpenedWork;
  readonly remarks: readonly Remark[];
}

/** The page itself. */
const WorkPage: FC<WorkPageProps> = ({ archive, opened, remarks }) => {
  const { work, handle } = opened;
  const { header } = work;
  const told = tell(work);
  const lang = header.language ?? undefined;
  return (
    <Layout
      archive={archive}
      title={titleOf(work)}
      description={describe(opened)}
      path={workPath(work.id)}
      here="works"
      kind="article"
      noindex={opened.cache === 'private'}
      mature={isMature(header)}
    >
      <div class="work" itemscope itemtype="https://schema.org/CreativeWork">
        <div class="work-head">
          {opened.cache === 'private' && <Unpublished opened={opened} />}
          <p class="card warning-bar">
            <Warnings header={header} />
            <span class="extent">
              {count(work.words, 'word')}
              {header.complete !== null && (header.complete ? ' · complete' : ' · not finished')}
            </span>
          </p>
          {opened.cache === 'public' && <meta itemprop="url" content={archive.url + workPath(work.id)} />}
          {lang !== undefined && <meta itemprop="inLanguage" content={lang} />}
          <h1 itemprop="name" lang={lang}>
            {titleOf(work)}
          </h1>
          <Byline people={work.creators} plain={!isPublic(work)} />
          <Tags header={header} plain={!isPublic(work)} />
          {header.summary !== null && (
            <div class="summary lead" lang={lang} itemprop="description">
              {inserted(header.summary, handle)}
            </div>
          )}
          <Dates opened={opened} />
          {header.asWritten.length === 0 && header.notes !== null && (
            <aside class="notes" aria-label="Notes" lang={lang}>
              {inserted(header.notes, handle)}
            </aside>
          )}
        </div>
        <Aside opened={opened} told={told} />
        <div class="work-body">
          {work.entries.length > 1 && (
            <section aria-labelledby="contents">
              <h2 id="contents">Contents</h2>
              <Contents
                told={told}
                lines={contentsOf(told.graph)}
                to={(key) => workPath(handle, `/read/${key}`)}
                workId={work.id}
              />
            </section>
          )}
          <AsWritten lines={header.asWritten} lang={lang} />
          <Provenance work={work} handle={handle} remarks={remarks} />
        </div>
      </div>
    </Layout>
  );
};

const Unpublished: FC<{ readonly opened: OpenedWork }> = ({ opened: { work } }) =>
  isPublic(work) ? (
    <p class="card unpublished">
      <strong>Not published yet.</strong> This is version {work.state}, as it will be once you publish it.
      Readers see an <a href={workPath(work.id)}>earlier version</a>.
    </p>
  ) : (
    <p class="card unpublished">
      <strong>{work.stage === 'published' ? 'By link only.' : 'Not published.'}</strong> Only those who have
      this secret link can see this page; no search engine is told of it.
    </p>
  );

/** When it was first posted, revised, and came to this archive. */
const Dates: FC<{ readonly opened: OpenedWork }> = ({ opened: { work, handle } }) => (
  <p class="facts">
    {work.header.posted !== null && (
      <span
        itemprop="datePublished"
        content={work.header.posted.instant ?? work.header.posted.local ?? undefined}
      >
        First posted <Dated date={work.header.posted} />
      </span>
    )}
    {work.header.revised !== null && (
      <span>
        revised <Dated date={work.header.revised} />
      </span>
    )}
    {work.header.series !== null && (
      <span>
        {work.header.series.name ?? 'part'} {work.header.series.part ?? ''}
        {work.header.series.of !== null && ` of ${work.header.series.of}`}
      </span>
    )}
    {work.header.categories.length > 0 && <span>{work.header.categories.join(', ')}</span>}
    {work.state > 1 && (
      <span>
        <a href={workPath(handle, '/states')}>
          version of <Day at={work.stateMadeAt} />
        </a>
      </span>
    )}
  </p>
);

/** The header block as its author wrote it. */
const AsWritten: FC<{ readonly lines: readonly HeaderLine[]; readonly lang: string | undefined }> = ({
  lines,
  lang,
}) =>
  lines.length === 0 ? null : (
    <section aria-labelledby="as-written">
      <h2 id="as-written">The header as it was written</h2>
      <dl class="as-written" lang={lang}>
        {lines.map((line) => (
          <div>
            <dt>{line.label}</dt>
            <dd>{line.value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );

/** The ways into the story and out of it. A map of choices would tell where they lead: it is only pointed to. */
const Aside: FC<{ readonly opened: OpenedWork; readonly told: Told }> = ({ opened, told }) => {
  const { work, handle } = opened;
  const start = told.graph.start;
  const set = work.variantSets[0];
  return (
    <aside class="work-aside" aria-label="Read and take home">
      <p class="ways">
        <a class="button button-main" data-continue={work.id} hidden href={workPath(handle)}>
          Continue
        </a>
        {start !== undefined && (
          <a class="button button-main" data-start={work.id} href={workPath(handle, `/read/${start}`)}>
            Read from the start
          </a>
        )}
        {work.entries.length > 1 && (
          <a class="button" href={workPath(handle, '/whole')}>
            The whole on one page
          </a>
        )}
      </p>
      {work.choices.length === 0 && (
        <StoryMap told={told} to={(key) => workPath(opened.handle, `/read/${key}`)} small />
      )}
      {work.entries.length > 2 && (
        <p class="after-map">
          <a href={workPath(handle, '/map')}>The map of the story</a>
          {set !== undefined && (
            <>
              {' · '}
              <a href={comparePath(handle, set.place, set.branches[0]?.siglum, set.branches[1]?.siglum)}>
                compare the {work.variantSets.length === 1 ? 'versions' : 'first versions'}
              </a>
            </>
          )}
        </p>
      )}
      <section aria-labelledby="home">
        <h2 id="home">Take it home</h2>
        <p>
          <Downloads handle={handle} />
        </p>
      </section>
      <section aria-labelledby="talk">
        <h2 id="talk">Conversation</h2>
        <p>
          {work.comments === 0 ? (
            <>
              No one has said anything yet.{' '}
              {goesOn(work) && <a href={workPath(handle, '/comments/new')}>Be the first</a>}
            </>
          ) : (
            <a href={workPath(handle, '/comments')}>{count(work.comments, 'comment')}</a>
          )}
        </p>
      </section>
    </aside>
  );
};

/** The address at which two branches stand side by side. */
export function comparePath(handle: string, place: string, a = 'A', b = 'B'): string {
  return workPath(handle, `/compare/${a}...${b}?place=${place}`);
}

const Downloads: FC<{ readonly handle: string }> = ({ handle }) => (
  <>
    {exporters.map(({ name, label, loses }, i) => (
      <>
        {i > 0 && ' · '}
        <a href={workPath(handle, `.${name}`)} rel="nofollow" download="" title={loses || undefined}>
          {label}
        </a>
      </>
    ))}
  </>
);

/** A sentence or two about a work, for search engines and those who link to it. */
function describe({ work }: OpenedWork): string {
  const summary =
    work.header.summary === null ? '' : textOfHtml(work.header.summary).replace(/\s+/g, ' ').trim();
  if (summary !== '') return summary.length > 200 ? `${summary.slice(0, 199).trimEnd()}…` : summary;
  const authors = work.creators.filter((p) => p.role === 'author').map((p) => p.name);
  const by = authors.length === 0 ? '' : ` by ${authors.join(', ')}`;
  return `${titleOf(work)}${by}. ${count(work.words, 'word')}.`;
}
