import type { FC } from 'hono/jsx';
import { dayOf, type Span, type Stretch, stretchOf } from '../../model/span.ts';
import { count, titleOf } from '../../phrases.ts';
import { firstReading, readingsByDay } from '../../store/readings.ts';
import { listWritten, type WrittenWork } from '../../store/writing.ts';
import { accountOf } from '../actor.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { More } from '../parts.tsx';
import { studioPath } from '../studio/desk.ts';
import { StudioFrame } from '../studio/frame.tsx';
import { Head, OverTime, RowBar } from './charts.tsx';
import { inSteps, spanOf } from './figures.ts';
import { SpanLinks } from './page.tsx';
import { columnsOf, spanNames, unitNames } from './words.ts';

const together = 100;

/** `GET /studio/statistics?span=`: how all works of whoever asks are read, the most read first. */
export const statisticsOverview: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const span = spanOf(c.req.query('span'));
  const after = c.req.query('after') ?? null;
  const names = actor.pseuds.map(({ id }) => id);
  const { items, next } = await listWritten(archive.store, names, { after, limit: together });
  const ids = items.map(({ id }) => id);
  const stretch = stretchOf(span, dayOf(Date.now()), await firstReading(archive.store, ids));
  const readings = await readingsByDay(archive.store, ids, 'reading', stretch.since);
  return render(c, <Overview {...{ archive, span, stretch, works: items, readings, next }} />, {
    cache: 'private',
  });
};

interface OverviewProps {
  readonly archive: Archive;
  readonly span: Span;
  readonly stretch: Stretch;
  readonly works: readonly WrittenWork[];
  readonly readings: Awaited<ReturnType<typeof readingsByDay>>;
  readonly next: string | null;
}

const Overview: FC<OverviewProps> = ({ archive, span, stretch, works, readings, next }) => {
  const total = (id: string): number =>
    readings.reduce((sum, { workId, times }) => sum + (workId === id ? times : 0), 0);
  const rows = works.map((work) => ({ work, times: total(work.id) })).sort((a, b) => b.times - a.times);
  const all = rows.reduce((sum, { times }) => sum + times, 0);
  return (
    <StudioFrame archive={archive} title="How your stories are read">
      <article class="page-wide statistics">
        <p class="up">
          <a href="/studio">Your stories</a>
        </p>
        <h1>How your stories are read</h1>
        <p class="says">
          {all === 0 ? 'Nobody was counted reading' : count(all, 'reading')} {spanNames[span].within}.
        </p>
        <SpanLinks path="/studio/statistics" span={span} />
        <OverTime
          id="readings"
          title="Readings of all your stories"
          columns={columnsOf(stretch)}
          unit={unitNames[stretch.unit]}
          series={[{ name: 'readings', values: inSteps(stretch, readings) }]}
        />
        <h2 id="by-story">Story by story</h2>
        {rows.length === 0 ? (
          <p>There is nothing yet. What you publish is counted from its first reader on.</p>
        ) : (
          <table class="rows" aria-labelledby="by-story">
            <Head what="Story" numbers={['Readings']} />
            <tbody>
              {rows.map(({ work, times }) => (
                <tr>
                  <th scope="row">
                    <a class="row-name" href={studioPath(work.id, `/statistics?span=${span}`)}>
                      {titleOf(work)}
                    </a>
                    <RowBar value={times} most={rows[0]?.times ?? 0} />
                  </th>
                  <td class="number">{times}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <More path={`/studio/statistics?span=${span}`} next={next}>
          Earlier stories
        </More>
      </article>
    </StudioFrame>
  );
};
