import type { CleanHtml } from '../../html.ts';
import { StoryGraph } from '../graph/graph.ts';
import { type Choice, type Passage, type Story, siglumOf, type VariantSet } from '../state.ts';
import { splitAt, without } from './passages.ts';
import {
  type Cut,
  goOn,
  inserted,
  keepEnds,
  labelOf,
  newPassage,
  noWords,
  passageOf,
  refuse,
  seamAfter,
  sound,
  type Words,
} from './words.ts';

/** What a new branch is called and what stands in it; empty unless said. */
export interface NewBranch {
  readonly label?: string;
  readonly title?: string | null;
  readonly text?: Words;
}

/** What the branches of a division are called unless said otherwise. */
export const usualLabels = { first: 'Ending', other: 'Another ending' } as const;

/**
 * Divides the story in the middle of a passage: the rest of it is branch A, a new passage is branch B. Where the
 * passage led, branch A leads; branch B is an ending until it is joined to something.
 * @throws Invalid when nothing stands before or after the cut
 */
export function divideHere(
  story: Story<CleanHtml>,
  key: string,
  cut: Cut,
  labels: { readonly first?: string; readonly other?: string } = {},
): Story<CleanHtml> {
  const parted = splitAt(story, key, cut, null);
  const first = labelOf(labels.first ?? usualLabels.first, 'first');
  return divided(parted.story, key, { label: first, head: parted.rest }, { label: labels.other });
}

/**
 * Adds a branch after a passage: beside those that stand there, or beside what follows.
 * @throws Invalid where readers choose between ways (add a choice), and where nothing follows
 */
export function addBranch(story: Story<CleanHtml>, place: string, branch: NewBranch = {}): Story<CleanHtml> {
  passageOf(story, place);
  const onward = new StoryGraph(story).onward(place);
  if (onward.kind === 'divides') return addTo(story, onward.set, branch);
  if (onward.kind === 'choices')
    refuse('place', 'readers choose between ways here: add another choice instead');
  if (onward.kind === 'end')
    refuse('place', 'nothing follows this passage yet: write what comes first, then another way');
  return divided(story, place, { label: usualLabels.first, head: onward.to }, branch);
}

/**
 * Adds another ending beside one: to the set that ending heads a branch of, or after the passage that alone leads to
 * it.
 * @throws Invalid when nothing stands before the ending, or more than one passage leads to it
 */
export function addEnding(story: Story<CleanHtml>, ending: string, branch: NewBranch = {}): Story<CleanHtml> {
  passageOf(story, ending);
  return addBranch(story, placeBefore(story, ending), branch);
}

/**
 * Writes a scene another way: a new passage beside it that goes on where it goes on.
 * @throws Invalid as `addEnding`, and when the story divides right after the scene
 */
export function writeAnotherWay(
  story: Story<CleanHtml>,
  scene: string,
  branch: NewBranch = {},
): Story<CleanHtml> {
  const written = passageOf(story, scene);
  const onward = new StoryGraph(story).onward(scene);
  if (onward.kind === 'divides')
    refuse('passage', 'the story divides right after this scene: put a passage between them first');
  const place = placeBefore(story, scene);
  const label = branch.label ?? 'Another way';
  const next = addBranch(story, place, { title: written.title, ...branch, label });
  const head = next.variantSets.find((set) => set.place === place)?.branches.at(-1)?.head;
  if (head === undefined || onward.kind === 'end') return next;
  const ways: Choice[] =
    onward.kind === 'next'
      ? [{ from: head, to: onward.to, label: goOn, showIf: [] }]
      : onward.choices.map((c) => ({ ...c, from: head }));
  const passages = next.passages.map((p) => (p.key === head ? { ...p, ending: written.ending } : p));
  return sound({ ...next, passages, choices: [...next.choices, ...ways] });
}

/** Gives a branch another label. @throws Invalid where there is none, and for a label without words */
export function labelBranch(
  story: Story<CleanHtml>,
  place: string,
  siglum: string,
  label: string,
): Story<CleanHtml> {
  setAt(story, place, siglum);
  const tidy = labelOf(label);
  return sound({
    ...story,
    variantSets: story.variantSets.map((set) =>
      set.place !== place
        ? set
        : { ...set, branches: set.branches.map((b) => (b.siglum === siglum ? { ...b, label: tidy } : b)) },
    ),
  });
}

/** Puts the branches of a set in another order, by their sigla as they are; letters follow the new order. */
export function orderBranches(
  story: Story<CleanHtml>,
  place: string,
  sigla: readonly string[],
): Story<CleanHtml> {
  const set = setAt(story, place);
  const branches = sigla.flatMap((s) => set.branches.find((b) => b.siglum === s) ?? []);
  if (branches.length !== set.branches.length || new Set(sigla).size !== set.branches.length)
    refuse('sigla', 'an order names each branch once');
  const ordered = { place, branches: branches.map((b, i) => ({ ...b, siglum: siglumOf(i) })) };
  return sound({ ...story, variantSets: story.variantSets.map((s) => (s.place === place ? ordered : s)) });
}

/** Takes a branch out with the passages that only it leads to. @throws Invalid where there is none */
export function removeBranch(story: Story<CleanHtml>, place: string, siglum: string): Story<CleanHtml> {
  const set = setAt(story, place, siglum);
  const graph = new StoryGraph(story);
  const head = set.branches.find((b) => b.siglum === siglum)?.head ?? '';
  const led = new Set(graph.reachable(head));
  const fellows = set.branches.flatMap((b) => (b.head === head ? [] : [b.head]));
  const outside = story.passages.filter((p) => !led.has(p.key) || p.key === graph.start).map((p) => p.key);
  const others = new Set([...outside, place, ...fellows]);
  for (const key of others)
    for (const next of graph.followers(key)) if (key !== place || next !== head) others.add(next);
  const own = graph.reachable(head).filter((key) => !others.has(key));
  if (own.length > 0) return without(story, own);
  const branches = set.branches.filter((b) => b.siglum !== siglum);
  const sets = story.variantSets.map((s) => (s.place === place ? { place, branches } : s));
  return without({ ...story, variantSets: sets }, []);
}

/** The set after a passage. @throws Invalid where the story does not divide, or has no branch of that letter */
function setAt(story: Story, place: string, siglum?: string): VariantSet {
  const set = story.variantSets.find((s) => s.place === place);
  if (set === undefined) refuse('place', 'the story does not divide there');
  if (siglum !== undefined && !set.branches.some((b) => b.siglum === siglum))
    refuse('siglum', `there is no version ${JSON.stringify(siglum)} at that place`);
  return set;
}

/** The passage after which another version of one would stand. */
function placeBefore(story: Story<CleanHtml>, key: string): string {
  const own = story.variantSets.find((set) => set.branches.some((b) => b.head === key));
  if (own !== undefined) return own.place;
  const graph = new StoryGraph(story);
  const [leader, ...more] = graph.leaders(key);
  if (leader === undefined || graph.start === key)
    refuse(
      'passage',
      'nothing leads to this passage: divide the story within it, or write what comes before',
    );
  if (more.length > 0)
    refuse('passage', 'several passages lead here: choose the one after which the story shall divide');
  return leader;
}

function addTo(story: Story<CleanHtml>, set: VariantSet, branch: NewBranch): Story<CleanHtml> {
  const made = headOf(story, branch);
  const label = labelOf(branch.label ?? `${usualLabels.other} ${set.branches.length}`);
  const last = lastOf(story, set);
  const sets = story.variantSets.map((s) =>
    s.place === set.place
      ? {
          ...s,
          branches: [...s.branches, { siglum: siglumOf(s.branches.length), label, head: made.key }],
        }
      : s,
  );
  const next = inserted(story, seamAfter(story, last), made);
  return sound(keepEnds(story, { ...next, variantSets: sets }));
}

function divided(
  story: Story<CleanHtml>,
  place: string,
  first: { readonly label: string; readonly head: string },
  other: NewBranch | { readonly label: string | undefined },
): Story<CleanHtml> {
  const branch: NewBranch = { ...other, label: other.label ?? usualLabels.other };
  const made = headOf(story, branch);
  const set: VariantSet = {
    place,
    branches: [
      { siglum: siglumOf(0), label: first.label, head: first.head },
      { siglum: siglumOf(1), label: labelOf(branch.label ?? '', 'other'), head: made.key },
    ],
  };
  const next = inserted(story, seamAfter(story, first.head), made);
  const sets = [...next.variantSets, set];
  return sound(keepEnds(story, { ...next, variantSets: sets }, [place]));
}

function headOf(story: Story<CleanHtml>, { title, text }: NewBranch): Passage<CleanHtml> {
  return newPassage(story, { title: title ?? null, ...(text ?? noWords), ending: true });
}

/** The last passage, in the order of the story, of those that belong to branches of a set. */
function lastOf(story: Story<CleanHtml>, set: VariantSet): string {
  const graph = new StoryGraph(story);
  const own = new Set(
    set.branches.flatMap((b) => [b.head, ...graph.branchPassages(set, b.siglum).map((p) => p.key)]),
  );
  return story.passages.findLast((p) => own.has(p.key))?.key ?? set.place;
}
