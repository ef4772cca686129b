import type { Choice, Story } from '../state.ts';
import { StoryGraph } from './graph.ts';
import { type Extent, type Paths, pathsOf, type Span, type Stop } from './paths.ts';

/** What can be said of a story by looking at its ways alone; keys and places in the order of the story. */
export interface Findings {
  readonly passages: number;
  /** Passages no reader can come to, whatever she chooses. */
  readonly unreachable: readonly string[];
  /** Passages that lead nowhere and are not marked as endings. */
  readonly deadEnds: readonly string[];
  /** Passages at which a reader may stand and be offered none of their choices. */
  readonly stranding: readonly string[];
  /** Passages in which nothing is written yet. */
  readonly empty: readonly string[];
  /** Choices no reader is ever offered, by their place in `story.choices`. */
  readonly neverOffered: readonly { readonly index: number; readonly why: string }[];
  /** The endings readers can come to. */
  readonly endings: readonly Stop[];
  readonly paths: Paths;
}

/** Looks at a story as its writer types: some milliseconds for 500 passages. */
export function findingsOf(story: Story): Findings {
  const graph = new StoryGraph(story);
  const paths = pathsOf(story);
  return {
    passages: story.passages.length,
    unreachable: story.passages.filter((p) => !paths.reached.has(p.key)).map((p) => p.key),
    deadEnds: graph.deadEnds(),
    stranding: paths.stranding,
    empty: story.passages.filter((p) => p.words === 0 && p.html === '').map((p) => p.key),
    neverOffered: neverOffered(graph, paths.reached),
    endings: paths.stops.filter((stop) => stop.ending),
    paths,
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

/** How many ways there are and how long they are: `4 ways: the shortest has 1,200 words, the longest 4,800.` */
export function waysSentenceOf({ all, goesRound, unconditional }: Paths): string {
  if (all === undefined) return goesRound ? 'It goes round: no way comes to an end.' : '';
  const sentences = [
    lengthsOf(all),
    ...(goesRound ? ['One can go round in it; that is not counted.'] : []),
    ...(unconditional ? ['Conditions are left aside here: readers can remember too many things.'] : []),
  ];
  return sentences.join(' ');
}

function lengthsOf({ ways, words, passages }: Extent): string {
  const number = counted(ways.number, 'way');
  if (ways.number === 1 && !ways.atLeast)
    return `One way: ${counted(words.least, 'word')} in ${counted(passages.least, 'passage')}.`;
  const many = ways.atLeast ? `At least ${number}` : number;
  return `${many}: ${spanOf(words)}.`;
}

/** A span of words as part of a sentence: `the shortest has 12 words, the longest 30`. */
export function spanOf({ least, most, atMost }: Span): string {
  if (least === most) return `each has ${counted(least, 'word')}`;
  return `the shortest has ${counted(least, 'word')}, the longest ${atMost ? 'at most ' : ''}${said(most)}`;
}

function counted(n: number, noun: string): string {
  return `${said(n)} ${noun}${n === 1 ? '' : 's'}`;
}

function said(n: number): string {
  return n.toLocaleString('en-GB');
}

function neverOffered(graph: StoryGraph, reached: ReadonlySet<string>): Findings['neverOffered'] {
  const { story } = graph;
  const set = new Set(story.passages.flatMap((p) => p.sets));
  const divided = new Set(story.variantSets.map((s) => s.place));
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
