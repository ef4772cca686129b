import { StoryGraph } from './graph.ts';
import type { Choice, Story } from './state.ts';

/** What can be said of a story by looking at its ways alone; keys and places in the order of the story. */
export interface Findings {
  readonly passages: number;
  /** Passages no reader can come to. */
  readonly unreachable: readonly string[];
  /** Passages that lead nowhere and are not marked as endings. */
  readonly deadEnds: readonly string[];
  /** Passages in which nothing is written yet. */
  readonly empty: readonly string[];
  /** Choices no reader is ever offered, by their place in `story.choices`. */
  readonly neverOffered: readonly { readonly index: number; readonly why: string }[];
  /** Endings a reader can come to, and how many forks lie on the shortest way there. */
  readonly endings: readonly { readonly key: string; readonly depth: number }[];
  /** Words from the start to an ending; undefined while there is no way to one. */
  readonly words: { readonly shortest: number; readonly longest: number } | undefined;
}

/** Looks at a story as its writer types: some milliseconds for 500 passages. */
export function findingsOf(story: Story): Findings {
  const graph = new StoryGraph(story);
  const unreachable = graph.unreachable();
  const depths = depthsOf(graph);
  return {
    passages: story.passages.length,
    unreachable,
    deadEnds: graph.deadEnds(),
    empty: story.passages.filter((p) => p.words === 0 && p.html === '').map((p) => p.key),
    neverOffered: neverOffered(graph),
    endings: story.passages.flatMap(({ key, ending }) => {
      const depth = depths.get(key);
      return ending && depth !== undefined ? [{ key, depth }] : [];
    }),
    words: graph.lengths(),
  };
}

/** The findings as a line: `Every passage reached, 3 endings, 2 at depth 2 or more.` */
export function sentenceOf(findings: Findings): string {
  const { passages, unreachable, deadEnds, endings } = findings;
  if (passages === 0) return 'Nothing is written yet.';
  const reached =
    unreachable.length === 0
      ? 'every passage reached'
      : `${counted(unreachable.length, 'passage')} not reached`;
  const deep = endings.filter((e) => e.depth >= 2).length;
  const parts = [
    reached,
    endings.length === 0 ? 'no ending' : counted(endings.length, 'ending'),
    ...(deep === 0 ? [] : [`${deep} at depth 2 or more`]),
    ...(deadEnds.length === 0 ? [] : [counted(deadEnds.length, 'dead end')]),
  ];
  const line = parts.join(', ');
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}.`;
}

function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** For each passage that can be reached, the fewest forks on a way to it. */
function depthsOf(graph: StoryGraph): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  let level = graph.start === undefined ? [] : [graph.start];
  for (let depth = 0; level.length > 0; depth++) {
    const deeper: string[] = [];
    // Passages found on this level are added while it is walked: a way without a fork costs nothing.
    const walk = level.filter((key) => !depths.has(key));
    for (const key of walk) depths.set(key, depth);
    for (const key of walk) {
      const next = graph.followers(key);
      for (const to of next) {
        if (depths.has(to)) continue;
        if (next.length > 1) deeper.push(to);
        else {
          depths.set(to, depth);
          walk.push(to);
        }
      }
    }
    level = deeper;
  }
  return depths;
}

function neverOffered(graph: StoryGraph): Findings['neverOffered'] {
  const { story } = graph;
  const set = new Set(story.passages.flatMap((p) => p.sets));
  const divided = new Set(story.variantSets.map((s) => s.place));
  const reached = new Set(graph.start === undefined ? [] : graph.reachable(graph.start));
  return story.choices.flatMap((choice, index) => {
    const why = reasonOf(choice, set, divided, reached);
    return why === undefined ? [] : [{ index, why }];
  });
}

function reasonOf(
  { from, showIf }: Choice,
  set: ReadonlySet<string>,
  divided: ReadonlySet<string>,
  reached: ReadonlySet<string>,
): string | undefined {
  if (divided.has(from)) return 'the story divides there, so its branches are the choices';
  for (const c of showIf) {
    if (c.kind === 'flag') {
      if (c.holds && !set.has(c.flag)) return `no passage sets the flag “${c.flag}”`;
      const against = showIf.some((x) => x.kind === 'flag' && x.flag === c.flag && x.holds !== c.holds);
      if (against) return `the flag “${c.flag}” cannot be both set and not set`;
    } else if (c.holds && !reached.has(c.passage)) return `no reader comes to the passage “${c.passage}”`;
    else if (!c.holds && c.passage === from) return 'whoever is offered it has visited its own passage';
  }
  return undefined;
}
