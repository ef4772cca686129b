import { hasConditions, type Journey, StoryGraph } from '../../model/graph/graph.ts';
import type { Branch, Passage, Story, VariantSet } from '../../model/state.ts';
import type { WorkView } from '../../model/views.ts';
import { passageNames, untitledTrunk } from '../../phrases.ts';

/** The story of a work as pages ask it: where passages lead, what they are called. Texts are not in it. */
export interface Told {
  readonly graph: StoryGraph;
  /** Whether addresses must carry the journey. */
  readonly conditional: boolean;
  readonly nameOf: (key: string) => string;
  /** The passage that is the whole story until it divides, where it has no title of its own: it bears the work's. */
  readonly untitled: string | undefined;
}

const told = new WeakMap<WorkView, Told>();

/** Makes a work's story ready to be asked, once for each view of it. */
export function tell(work: WorkView): Told {
  const known = told.get(work);
  if (known !== undefined) return known;
  const made = tellStory({
    passages: work.entries.map((entry) => ({ ...entry, html: '' })),
    choices: work.choices,
    variantSets: work.variantSets,
  });
  told.set(work, made);
  return made;
}

/** Makes a story ready to be asked that is not the one a work shows its readers. */
export function tellStory(story: Story): Told {
  const names = passageNames(story);
  return {
    graph: new StoryGraph(story),
    conditional: hasConditions(story),
    nameOf: (key) => names.get(key) ?? key,
    untitled: untitledTrunk(story),
  };
}

/** A passage in the contents, with what stands under it where the story divides after it. */
export interface Line {
  readonly passage: Passage;
  readonly divides: readonly Division[];
}

/** One branch in the contents: its passages, and their words together. */
export interface Division {
  readonly branch: Branch;
  readonly words: number;
  readonly lines: readonly Line[];
}

/** The contents of a story in order: each passage once, those of a branch under the place where it begins. */
export function contentsOf(graph: StoryGraph): readonly Line[] {
  const branches = graph.story.variantSets.flatMap((set) =>
    set.branches.map((branch) => {
      const passages = graph.branchPassages(set, branch.siglum);
      return { set, branch, passages, keys: new Set(passages.map((p) => p.key)) };
    }),
  );
  const innermost = branches.toSorted((one, other) => one.keys.size - other.keys.size);
  const home = (key: string): Branch | undefined => innermost.find((b) => b.keys.has(key))?.branch;
  const laid = new Set<string>();
  const lay = (within: Branch | undefined): Line[] =>
    graph.story.passages
      .filter((p) => home(p.key) === within && !laid.has(p.key))
      .map((passage) => {
        laid.add(passage.key);
        const divides = branches
          .filter((b) => b.set.place === passage.key)
          .map(({ branch, passages }) => ({
            branch,
            words: passages.reduce((sum, p) => sum + p.words, 0),
            lines: lay(branch),
          }));
        return { passage, divides };
      });
  const lines = lay(undefined);
  const lost = graph.story.passages.filter((p) => !laid.has(p.key));
  return [...lines, ...lost.map((passage) => ({ passage, divides: [] }))];
}

/** The words of a branch, all its passages together. */
export function branchWords(graph: StoryGraph, set: VariantSet, siglum: string): number {
  return graph.branchPassages(set, siglum).reduce((sum, p) => sum + p.words, 0);
}

/** Reads the journey an address carries (`?seen=p1.p2&set=lamp`, or each by itself); what the story does not know is left out. */
export function readJourney(told: Told, address: URL): Journey {
  if (!told.conditional) return { visited: [], flags: [] };
  const { passages, flags } = conditionsOf(told.graph.story);
  const seen = address.searchParams.getAll('seen').flatMap((keys) => keys.split('.'));
  return {
    visited: [...new Set(seen)].filter((key) => passages.has(key)),
    flags: [...new Set(address.searchParams.getAll('set'))].filter((flag) => flags.has(flag)).sort(),
  };
}

/** The journey as the query of an address, `''` or `?seen=…`: only what some choice asks for. */
export function journeyQuery(told: Told, journey: Journey): string {
  if (!told.conditional) return '';
  const { passages, flags } = conditionsOf(told.graph.story);
  const query = new URLSearchParams();
  const seen = journey.visited.filter((key) => passages.has(key));
  if (seen.length > 0) query.set('seen', seen.join('.'));
  for (const flag of journey.flags.filter((f) => flags.has(f))) query.append('set', flag);
  return query.size === 0 ? '' : `?${query}`;
}

/** What conditions of a story ask for: passages that were read, and flags. */
export function conditionsOf(story: Story): {
  readonly passages: ReadonlySet<string>;
  readonly flags: ReadonlySet<string>;
} {
  const conditions = story.choices.flatMap((choice) => choice.showIf);
  return {
    passages: new Set(conditions.flatMap((c) => (c.kind === 'visited' ? [c.passage] : []))),
    flags: new Set(conditions.flatMap((c) => (c.kind === 'flag' ? [c.flag] : []))),
  };
}
