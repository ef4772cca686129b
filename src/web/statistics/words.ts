import type { Span, Stretch } from '../../model/span.ts';
import { type ForkFigures, fewest, type PassageFigures } from '../../model/statistics.ts';
import { count, sayDate } from '../../phrases.ts';
import type { Figures } from './figures.ts';

/** A span as links name it, and as a sentence goes on with it. */
export const spanNames: Readonly<Record<Span, { readonly link: string; readonly within: string }>> = {
  days: { link: '30 days', within: 'in the last 30 days' },
  weeks: { link: '13 weeks', within: 'in the last 13 weeks' },
  months: { link: '12 months', within: 'in the last 12 months' },
  all: { link: 'All time', within: 'since counting began' },
};

/** The steps of a stretch as a chart names its columns, long and short. */
export function columnsOf({
  unit,
  steps,
}: Stretch): readonly { readonly name: string; readonly short: string }[] {
  return steps.map((step) => {
    const day = said(step);
    if (unit === 'year') return { name: step.slice(0, 4), short: step.slice(0, 4) };
    if (unit === 'month') {
      const month = said(step.slice(0, 7));
      return { name: month, short: `${month.slice(0, 3)} ${step.slice(0, 4)}` };
    }
    const [number = '', month = '', year = ''] = day.split(' ');
    const short = `${number} ${month.slice(0, 3)}`;
    return { name: `${short} ${year}`, short };
  });
}

/** What the columns of a stretch are. */
export const unitNames: Readonly<Record<Stretch['unit'], string>> = {
  day: 'Day (UTC)',
  week: 'Week from',
  month: 'Month',
  year: 'Year',
};

/** The whole in two or three sentences: how many, where they went, where they stop. */
export function sentences(figures: Figures): readonly string[] {
  const { readings, span, passages, forks, told } = figures;
  const { within } = spanNames[span];
  if (readings === 0) return [`Nobody was counted reading it ${within}.`];
  const said = [`${count(readings, 'reading')} ${within}.`];
  if (readings < fewest) return said;
  const fork = forks.toSorted((a, b) => b.readers - a.readers)[0];
  if (fork !== undefined && fork.readers >= fewest) said.push(choiceSentence(figures, fork));
  const stop = passages
    .filter((p): p is PassageFigures & { stopped: number } => p.stopped !== null && p.stopped > 0)
    .toSorted((a, b) => b.stopped - a.stopped)[0];
  if (stop !== undefined && stop.stopped >= fewest)
    said.push(
      `Where most stop before an end: “${told.nameOf(stop.key)}” (${stop.stopped} of ${stop.readings}).`,
    );
  return said;
}

function choiceSentence({ told }: Figures, { from, readers, ways }: ForkFigures): string {
  const [most, next] = ways.toSorted((a, b) => b.first - a.first);
  if (most === undefined) return '';
  const place = `After “${told.nameOf(from)}”`;
  if (most.first === next?.first) return `${place} as many went one way first as another.`;
  const way = most.siglum === null ? `“${most.label}”` : `${most.siglum}, “${told.nameOf(most.to)}”`;
  return `${place}, ${tenths(most.first, readers)} went to ${way} first.`;
}

/** A share in tenths, as people say it. */
export function tenths(part: number, whole: number): string {
  if (part === whole) return 'all';
  const n = Math.round((10 * part) / Math.max(whole, 1));
  if (n >= 10) return 'almost all';
  return n === 0 ? 'hardly anyone' : n === 5 ? 'half' : `${n} in 10`;
}

/** A share in whole percent; a dash where there is nothing to share. */
export function percentOf(part: number | null, whole: number): string {
  return part === null || whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`;
}

/** A path by what was decided on it: the passages after forks, and where it ends. */
export function pathWords({ told: { graph, nameOf } }: Figures, keys: readonly string[]) {
  return keys.flatMap((key, i) => {
    const before = keys[i - 1];
    const onward = before === undefined ? undefined : graph.onward(before);
    const isChosen = onward?.kind === 'divides' || onward?.kind === 'choices';
    if (i > 0 && i < keys.length - 1 && !isChosen) return [];
    const branch = onward?.kind === 'divides' ? onward.set.branches.find((b) => b.head === key) : undefined;
    return [{ key, name: nameOf(key), siglum: branch?.siglum }];
  });
}

function said(local: string): string {
  return sayDate({ written: null, local, instant: null, zone: null, precision: 'day' });
}
