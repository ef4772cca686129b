import { dayOf, type Span, type Stretch, spans, stepOf, stretchOf } from '../../model/span.ts';
import type { VariantSet } from '../../model/state.ts';
import { fewest, type Statistics, statisticsOf } from '../../model/statistics.ts';
import type { WorkView } from '../../model/views.ts';
import type { Store } from '../../store/index.ts';
import { firstReading, readingsByDay, sumReadings } from '../../store/readings.ts';
import { commentsByDay } from '../../store/talk/comments.ts';
import { verdictsByDay } from '../../store/talk/verdicts.ts';
import { type Told, tell } from '../reading/story.ts';

/** All that is shown of how a work is read: the page, its charts and tables, and the file are made of it. */
export interface Figures extends Statistics {
  readonly work: WorkView;
  readonly told: Told;
  readonly span: Span;
  readonly stretch: Stretch;
  /** For each step of the stretch. */
  readonly overTime: {
    readonly readings: readonly number[];
    readonly files: readonly number[];
    readonly comments: readonly number[];
  };
  readonly verdicts: readonly VerdictFigures[];
}

/** How readers judged at one place in the stretch. */
export interface VerdictFigures {
  readonly set: VariantSet;
  readonly readers: number;
  /** For each answer (`A`, `A and B`) how often it was given in each step; none where too few answered. */
  readonly answers: readonly {
    readonly sigla: readonly string[];
    readonly times: number;
    readonly overTime: readonly number[];
  }[];
}

/** The span an address asks for; the last month where it asks for none. */
export function spanOf(text: string | undefined): Span {
  return spans.find((span) => span === text) ?? 'days';
}

/** Reads what was counted of a work. `now` is milliseconds since 1970. */
export async function readFigures(
  store: Store,
  work: WorkView,
  span: Span,
  now: number = Date.now(),
): Promise<Figures> {
  const told = tell(work);
  const stretch = stretchOf(span, dayOf(now), await firstReading(store, [work.id]));
  const { since } = stretch;
  const perDay = (kind: 'reading' | 'file') => readingsByDay(store, [work.id], kind, since);
  return {
    ...statisticsOf(told.graph, await sumReadings(store, work.id, since)),
    work,
    told,
    span,
    stretch,
    overTime: {
      readings: inSteps(stretch, await perDay('reading')),
      files: inSteps(stretch, await perDay('file')),
      comments: inSteps(stretch, await commentsByDay(store, work.id, since)),
    },
    verdicts: verdictFigures(work, stretch, await verdictsByDay(store, work.id, since)),
  };
}

/** What was counted by day, in the steps of a stretch. */
export function inSteps(
  stretch: Stretch,
  counted: readonly { readonly day: string; readonly times: number }[],
): readonly number[] {
  const sums = stretch.steps.map(() => 0);
  for (const { day, times } of counted) {
    const step = stepOf(stretch, day);
    if (step !== undefined) sums[step] = (sums[step] ?? 0) + times;
  }
  return sums;
}

type Verdicts = Awaited<ReturnType<typeof verdictsByDay>>;

function verdictFigures(work: WorkView, stretch: Stretch, given: Verdicts): readonly VerdictFigures[] {
  return work.variantSets.map((set) => {
    const here = given.filter(({ place }) => place === set.place);
    const readers = here.reduce((sum, { times }) => sum + times, 0);
    const byAnswer = Map.groupBy(readers < fewest ? [] : here, ({ sigla }) => sigla.join(' '));
    const answers = [...byAnswer.values()].map((these) => ({
      sigla: these[0]?.sigla ?? [],
      times: these.reduce((sum, { times }) => sum + times, 0),
      overTime: inSteps(stretch, these),
    }));
    answers.sort((a, b) => a.sigla.length - b.sigla.length || (a.sigla.join() < b.sigla.join() ? -1 : 1));
    return { set, readers, answers };
  });
}
