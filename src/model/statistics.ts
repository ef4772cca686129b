import type { StoryGraph } from './graph/graph.ts';
import type { Counted, CountKind } from './reading.ts';

/** A group of fewer readings is not broken down, so that no single reader can be made out in it. */
export const fewest = 3;

/** How a work was read in some stretch of time. */
export interface Statistics {
  /** How often someone read in it, once for each reader on each day. */
  readonly readings: number;
  /** On one page, of these. */
  readonly whole: number;
  /** In reading order; empty where there are too few readings. */
  readonly passages: readonly PassageFigures[];
  readonly forks: readonly ForkFigures[];
  /** The likeliest ways from a beginning to an end. */
  readonly paths: readonly PathFigure[];
  readonly files: readonly Figure[];
  /** Openings of passages that the story no longer has. */
  readonly gone: number;
}

/** How often something was done, by its key. */
export interface Figure {
  readonly key: string;
  readonly times: number;
}

/** How one passage was read. */
export interface PassageFigures {
  readonly key: string;
  readonly readings: number;
  /** How many began the story here. */
  readonly begun: number;
  /** How many went on from here, and how many did not: null at an end, where nobody can. */
  readonly wentOn: number | null;
  readonly stopped: number | null;
}

/** A place with several ways on. */
export interface ForkFigures {
  readonly from: string;
  /** How many went on from here at all. */
  readonly readers: number;
  readonly ways: readonly {
    readonly to: string;
    /** The letter of a branch; null for a choice. */
    readonly siglum: string | null;
    readonly label: string;
    /** Those who took it first, and all who took it. The first add up to `readers`. */
    readonly first: number;
    readonly all: number;
  }[];
}

/** A way through the story, and how many took it, reckoned from single steps: nobody is followed through a story. */
interface PathFigure {
  readonly keys: readonly string[];
  readonly readings: number;
}

/** Makes statistics of a story out of its counts. */
export function statisticsOf(graph: StoryGraph, counts: readonly Counted[]): Statistics {
  const times = new Map(counts.map((c) => [`${c.kind} ${c.key}`, c.times]));
  const of = (kind: CountKind, key: string): number => times.get(`${kind} ${key}`) ?? 0;
  const readings = of('reading', '');
  const isEnough = readings >= fewest;
  const steps: Steps = {
    wentOn: (key) => sum(graph.followers(key).map((to) => of('first', `${key} ${to}`))),
    first: (from, to) => of('first', `${from} ${to}`),
    all: (from, to) => of('first', `${from} ${to}`) + of('again', `${from} ${to}`),
    opened: (key) => of('passage', key),
    begun: (key) => of('begun', key),
  };
  return {
    readings,
    whole: of('whole', ''),
    passages: isEnough ? graph.story.passages.map(({ key }) => passageFigures(graph, steps, key)) : [],
    forks: isEnough ? graph.story.passages.flatMap(({ key }) => forkFigures(graph, steps, key) ?? []) : [],
    paths: isEnough ? likelyPaths(graph, steps) : [],
    files: counts.filter((c) => c.kind === 'file').map(({ key, times: n }) => ({ key, times: n })),
    gone: sum(
      counts
        .filter((c) => c.kind === 'passage' && graph.passage(c.key) === undefined)
        .map(({ times: n }) => n),
    ),
  };
}

/** What is asked of the counts. */
interface Steps {
  readonly wentOn: (key: string) => number;
  readonly first: (from: string, to: string) => number;
  readonly all: (from: string, to: string) => number;
  readonly opened: (key: string) => number;
  readonly begun: (key: string) => number;
}

function passageFigures(graph: StoryGraph, steps: Steps, key: string): PassageFigures {
  const [readings, begun] = [steps.opened(key), steps.begun(key)];
  if (graph.followers(key).length === 0) return { key, readings, begun, wentOn: null, stopped: null };
  // Whoever goes on today from a page she opened yesterday went on without having opened it.
  const wentOn = Math.min(steps.wentOn(key), readings);
  return { key, readings, begun, wentOn, stopped: readings - wentOn };
}

function forkFigures(graph: StoryGraph, steps: Steps, from: string): ForkFigures | undefined {
  const onward = graph.onward(from);
  if (onward.kind !== 'divides' && onward.kind !== 'choices') return undefined;
  const offered =
    onward.kind === 'divides'
      ? onward.set.branches.map(({ head, siglum, label }) => ({ to: head, siglum, label }))
      : onward.choices
          // Two choices may lead to one passage; which of them was taken is not known.
          .filter((c, i, all) => all.findIndex((other) => other.to === c.to) === i)
          .map(({ to }) => ({
            to,
            siglum: null,
            label: onward.choices.flatMap((c) => (c.to === to ? [c.label] : [])).join(' / '),
          }));
  const ways = offered.map((way) => ({
    ...way,
    first: steps.first(from, way.to),
    all: steps.all(from, way.to),
  }));
  return { from, readers: sum(ways.map((w) => w.first)), ways };
}

const mostPaths = 8;
/** At most this many beginnings of paths are looked at, and this many wait: a story may have more ways than anyone can count. */
const mostLooks = 2_000;
const mostWaiting = 200;

/**
 * The likeliest paths first: a path is as likely as the product of its steps' shares, from each passage where readings
 * began, without passing anything twice. Those who stop on the way are in none, nor is a path of less than half a reader.
 */
function likelyPaths(graph: StoryGraph, steps: Steps): readonly PathFigure[] {
  let waiting = graph.story.passages.map(
    ({ key }): PathFigure => ({ keys: [key], readings: steps.begun(key) }),
  );
  const found: PathFigure[] = [];
  for (let looks = 0; looks < mostLooks && found.length < mostPaths; looks++) {
    waiting = waiting
      .filter((path) => path.readings >= 0.5)
      .sort((a, b) => b.readings - a.readings)
      .slice(0, mostWaiting);
    const best = waiting.shift();
    if (best === undefined) break;
    const last = best.keys.at(-1) ?? '';
    const onward = graph.followers(last);
    if (onward.length === 0) found.push({ ...best, readings: Math.round(best.readings) });
    const opened = Math.max(steps.opened(last), steps.wentOn(last));
    for (const to of onward.filter((key) => !best.keys.includes(key)))
      waiting.push({
        keys: [...best.keys, to],
        readings: opened === 0 ? 0 : (best.readings * steps.first(last, to)) / opened,
      });
  }
  return found;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
