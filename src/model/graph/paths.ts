import type { Story } from '../state.ts';
import { StoryGraph } from './graph.ts';
import { readersWays, type Ways } from './paths/journeys.ts';
import { least, measureRound, measureStraight, type Reach } from './paths/measure.ts';

/** A number of ways; `atLeast` where there may be more. */
interface HowMany {
  readonly number: number;
  readonly atLeast: boolean;
}

/** The least and the most; `atMost` where no way is known to be as long as the most, only that none is longer. */
export interface Span {
  readonly least: number;
  readonly most: number;
  readonly atMost: boolean;
}

/** What can be said of all ways to one place, or to any. */
export interface Extent {
  readonly ways: HowMany;
  readonly words: Span;
  readonly passages: Span;
}

/** A passage at which a reading may stop: an ending, or where nothing leads on. */
export interface Stop extends Extent {
  readonly key: string;
  /** Whether it is marked as an ending. */
  readonly ending: boolean;
  /** The fewest forks on a way there. */
  readonly depth: number;
}

/**
 * The ways readers can take through a story, conditions kept. A way is the passages one goes through from the start to
 * where a reading may stop, never coming to the same passage twice with the same things remembered: whoever goes round
 * without anything having changed is on no new way.
 */
export interface Paths {
  /** Of all ways together; undefined while a reading can stop nowhere. */
  readonly all: Extent | undefined;
  /** In the order of the story. */
  readonly stops: readonly Stop[];
  /** The passages readers can come to. */
  readonly reached: ReadonlySet<string>;
  /** Passages with choices, at which a reader may stand and be offered none. */
  readonly stranding: readonly string[];
  /** Whether one can go round in it for ever. */
  readonly goesRound: boolean;
  /** Whether conditions were left aside, since readers can remember more things than are looked through. */
  readonly unconditional: boolean;
}

/** More states of readers than this are not looked through: about a tenth of a second. */
const mostStates = 10_000;

/**
 * Looks at all ways through a story. Takes time in proportion to its passages and choices (to what readers can
 * remember, where choices have conditions, up to a bound): ways are never walked one by one but where they go round,
 * and there no more than some thousand steps.
 */
export function pathsOf(story: Story, most = mostStates): Paths {
  const graph = new StoryGraph(story);
  const known = readersWays(graph, most);
  const ways = known ?? readersWays(graph, Number.POSITIVE_INFINITY, { conditions: false }) ?? emptyWays;
  const goesRound = ways.order === undefined;
  const { all, at } = goesRound ? measureRound(ways) : measureStraight(ways);
  const depths = least(ways, ({ next }) => (next.length > 1 ? 1 : 0), 'before');
  const depthOf = (place: number): number => depths[place] ?? 0;
  return {
    all: extentOf(all),
    stops: story.passages.flatMap((passage): Stop[] => {
      const places = ways.byPassage.get(passage.key)?.filter((place) => at.has(place)) ?? [];
      const reaches = places.flatMap((place) => at.get(place) ?? []);
      const extent = extentOf(reaches);
      if (extent === undefined) return [];
      const depth = Math.min(...places.map(depthOf));
      return [{ key: passage.key, ending: passage.ending, depth, ...extent }];
    }),
    reached: new Set(ways.byPassage.keys()),
    stranding: story.passages.map((p) => p.key).filter((key) => strands(graph, ways, key)),
    goesRound,
    unconditional: known === undefined,
  };
}

const emptyWays: Ways = { places: [], byPassage: new Map(), order: [] };

function strands(graph: StoryGraph, ways: Ways, key: string): boolean {
  if (graph.onward(key).kind !== 'choices' || graph.passage(key)?.ending === true) return false;
  return (ways.byPassage.get(key) ?? []).some((i) => ways.places[i]?.next.length === 0);
}

/** No more ways than this are told apart: numbers beyond say nothing to anyone. */
const mostWays = 1_000_000_000;

function extentOf(reaches: readonly Reach[]): Extent | undefined {
  if (reaches.length === 0) return undefined;
  const number = reaches.reduce((sum, r) => sum + r.ways, 0);
  const span = (of: 'words' | 'passages'): Span => ({
    least: Math.min(...reaches.map((r) => r[of].least)),
    most: Math.max(...reaches.map((r) => r[of].most)),
    atMost: reaches.some((r) => r.bounded),
  });
  return {
    ways: {
      number: Math.min(number, mostWays),
      atLeast: number > mostWays || reaches.some((r) => r.bounded),
    },
    words: span('words'),
    passages: span('passages'),
  };
}
