import type { FC } from 'hono/jsx';
import { may } from '../../model/person.ts';
import { spans } from '../../model/span.ts';
import { fewest } from '../../model/statistics.ts';
import { count, titleOf } from '../../phrases.ts';
import { isCounted } from '../../store/readings.ts';
import { readSettings } from '../../store/settings.ts';
import { actorOf } from '../actor.ts';
import { type Archive, keepingHeaders, type Page, render } from '../archive.ts';
import { askedSubject, openedWork } from '../guard.ts';
import { workPath } from '../handle.ts';
import { studioPath } from '../studio/desk.ts';
import { StudioFrame } from '../studio/frame.tsx';
import { OverTime } from './charts.tsx';
import { type Figures, readFigures, spanOf } from './figures.ts';
import { Endings, Files, Forks, Passages, Paths, Verdicts } from './parts.tsx';
import { Switches, type Switching } from './switches.tsx';
import { csvOf } from './table.ts';
import { columnsOf, sentences, spanNames, unitNames } from './words.ts';

/** `GET /studio/:handle/statistics?span=`: how a work is read, for its author. */
export const statisticsPage: Page = (archive) => async (c) => {
  const { work } = openedWork(c);
  const figures = await readFigures(archive.store, work, spanOf(c.req.query('span')));
  const { countReadings } = await readSettings(archive.store);
  const mayRevise = may(await actorOf(c, archive), 'revise a work', askedSubject(c));
  const switching = { isCounted: await isCounted(archive.store, work.id), countReadings, mayRevise };
  const page = <StatisticsPage {...{ archive, figures, switching, did: c.req.query('did') }} />;
  return render(c, page, { cache: 'private' });
};

/** `GET /studio/:handle/statistics.csv?span=`: the same numbers for other programs. */
export const statisticsFile: Page = (archive) => async (c) => {
  const { work } = openedWork(c);
  const figures = await readFigures(archive.store, work, spanOf(c.req.query('span')));
  return c.body(csvOf(figures), 200, {
    ...keepingHeaders('private'),
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="readings-${work.id}-${figures.span}.csv"`,
  });
};

interface StatisticsProps {
  readonly archive: Archive;
  readonly figures: Figures;
  readonly switching: Switching;
  readonly did: string | undefined;
}

const StatisticsPage: FC<StatisticsProps> = ({ archive, figures, switching, did }) => {
  const { work, readings } = figures;
  return (
    <StudioFrame archive={archive} title={`How ${titleOf(work)} is read`} did={did}>
      <article class="page-wide statistics">
        <p class="up">
          <a href={switching.mayRevise ? studioPath(work.id) : workPath(work.id)}>{titleOf(work)}</a>
        </p>
        <h1>How it is read</h1>
        <p class="says">{sentences(figures).join(' ')}</p>
        <SpanLinks path={studioPath(work.id, '/statistics')} span={figures.span} />
        <Course figures={figures} />
        {readings > 0 && readings < fewest && (
          <p class="card">
            Which passages and endings were read is shown from the third reading on, so that no single reader
            can be made out.
          </p>
        )}
        <div class="statistics-parts">
          <Passages figures={figures} />
          <Forks figures={figures} />
          <Endings figures={figures} />
          <Paths figures={figures} />
          <Verdicts figures={figures} />
          <Files figures={figures} />
        </div>
        <p class="facts statistics-foot">
          <span>
            <a href={studioPath(work.id, `/statistics.csv?span=${figures.span}`)} download="">
              These numbers as a table (CSV)
            </a>
          </span>
          <span>
            <a href="/studio/statistics">All your stories</a>
          </span>
          <span>
            <a href="/settings#counting">What readers are told of it</a>
          </span>
        </p>
        <Switches work={work} switching={switching} />
      </article>
    </StudioFrame>
  );
};

/** The ways to look further back. */
export const SpanLinks: FC<{ readonly path: string; readonly span: Figures['span'] }> = ({ path, span }) => (
  <nav class="sorts spans" aria-label="How far back">
    {spans.map((one) =>
      one === span ? (
        <strong aria-current="page">{spanNames[one].link}</strong>
      ) : (
        <a href={`${path}?span=${one}`}>{spanNames[one].link}</a>
      ),
    )}
  </nav>
);

/** What happened when. */
const Course: FC<{ readonly figures: Figures }> = ({ figures: { stretch, overTime, whole } }) => {
  const shared = { columns: columnsOf(stretch), unit: unitNames[stretch.unit] };
  const isAny = (values: readonly number[]): boolean => values.some((n) => n > 0);
  return (
    <section aria-labelledby="course">
      <h2 id="course">Over time</h2>
      <OverTime
        {...shared}
        id="readings"
        title="Readings"
        series={[{ name: 'readings', values: overTime.readings }]}
      />
      {whole > 0 && <p class="soft">{count(whole, 'reading')} of the whole story on one page among them.</p>}
      {isAny(overTime.comments) && (
        <OverTime
          {...shared}
          id="comments"
          title="Comments"
          series={[{ name: 'comments', values: overTime.comments }]}
        />
      )}
      {isAny(overTime.files) && (
        <OverTime
          {...shared}
          id="files-taken"
          title="Files taken, of all formats"
          series={[{ name: 'files', values: overTime.files }]}
        />
      )}
    </section>
  );
};
