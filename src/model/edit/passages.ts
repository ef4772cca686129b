import type { CleanHtml } from '../../html.ts';
import { StoryGraph } from '../graph/graph.ts';
import type { Choice, Passage, Story } from '../state.ts';
import {
  type Cut,
  goOn,
  inserted,
  keepEnds,
  lettered,
  newPassage,
  passageOf,
  refuse,
  sound,
  type Words,
  withPassage,
} from './words.ts';

/** Puts in a new passage after another, or first with null. The passage before leads to it, and it to what followed. */
export function addPassage(
  story: Story<CleanHtml>,
  after: string | null,
  more: Partial<Omit<Passage<CleanHtml>, 'key'>> = {},
): Story<CleanHtml> {
  if (after !== null) passageOf(story, after);
  const next = inserted(story, after, newPassage(story, more));
  return sound(after === null ? next : keepEnds(story, next, [after]));
}

/** Gives a passage other words. @throws Invalid where there is no such passage */
export function writePassage(story: Story<CleanHtml>, key: string, text: Words): Story<CleanHtml> {
  passageOf(story, key);
  return sound(withPassage(story, key, { html: text.html, words: text.words }));
}

/** Gives a passage another title, null for none. Its key stays: addresses and comments hold on to it. */
export function renamePassage(story: Story<CleanHtml>, key: string, title: string | null): Story<CleanHtml> {
  passageOf(story, key);
  const tidy = title?.replace(/\s+/g, ' ').trim() ?? '';
  if (tidy.length > 300) refuse('title', 'a title has 300 characters at most');
  return sound(withPassage(story, key, { title: tidy === '' ? null : tidy }));
}

/** Gives a passage its tags, each once. */
export function tagPassage(story: Story<CleanHtml>, key: string, tags: readonly string[]): Story<CleanHtml> {
  passageOf(story, key);
  const tidy = tags.map((tag) => tag.replace(/\s+/g, ' ').trim()).filter((tag) => tag !== '');
  return sound(withPassage(story, key, { tags: [...new Set(tidy)] }));
}

/**
 * Marks a passage as an ending, or not.
 * @throws Invalid for an ending before which the story divides or offers ways on
 */
export function markEnding(story: Story<CleanHtml>, key: string, ending: boolean): Story<CleanHtml> {
  passageOf(story, key);
  if (ending && story.variantSets.some((set) => set.place === key))
    refuse('ending', 'the story divides after this passage, so it cannot end here');
  return sound(withPassage(story, key, { ending }));
}

/**
 * Splits a passage: what stands after the cut becomes a passage of its own, to which the first part leads, and which
 * leads where the whole did. Flags stay with the first part.
 * @throws Invalid when either part would be empty
 */
export function splitPassage(
  story: Story<CleanHtml>,
  key: string,
  cut: Cut,
  title: string | null = null,
): Story<CleanHtml> {
  return sound(splitAt(story, key, cut, title).story);
}

/** The same, not yet looked at, with the key of the second part. */
export function splitAt(
  story: Story<CleanHtml>,
  key: string,
  { before, after }: Cut,
  title: string | null,
): { readonly story: Story<CleanHtml>; readonly rest: string } {
  const whole = passageOf(story, key);
  if (before.html === '') refuse('block', 'nothing stands before this place');
  if (after.html === '') refuse('block', 'nothing stands after this place in the passage');
  const rest = newPassage(story, { title, ...after, ending: whole.ending });
  const first = withPassage(story, key, { html: before.html, words: before.words, ending: false });
  const parted = inserted(first, key, rest);
  return {
    rest: rest.key,
    story: {
      ...parted,
      choices: parted.choices.map((c) => (c.from === key ? { ...c, from: rest.key } : c)),
      variantSets: parted.variantSets.map((set) => (set.place === key ? { ...set, place: rest.key } : set)),
    },
  };
}

/**
 * Makes one passage of two of which the first leads only to the second; `text` is both texts as one.
 * @throws Invalid when something else leads to the second as well, or the first leads elsewhere
 */
export function joinPassages(
  story: Story<CleanHtml>,
  first: string,
  second: string,
  text: Words,
): Story<CleanHtml> {
  const [one, other] = [passageOf(story, first), passageOf(story, second)];
  const graph = new StoryGraph(story);
  const onward = graph.followers(first);
  if (first === second || onward.length !== 1 || onward[0] !== second)
    refuse('passage', 'two passages can be joined when the first leads to the second and nowhere else');
  if (graph.start === second) refuse('passage', 'the story begins with the second of these passages');
  const others = graph.leaders(second).filter((key) => key !== first);
  if (others.length > 0)
    refuse('passage', 'other passages lead to the second of these as well: take those ways out first');
  const joined: Passage<CleanHtml> = {
    ...one,
    title: one.title ?? other.title,
    html: text.html,
    words: text.words,
    ending: other.ending,
    tags: [...new Set([...one.tags, ...other.tags])],
    sets: [...new Set([...one.sets, ...other.sets])],
    unsets: [...new Set([...one.unsets.filter((flag) => !other.sets.includes(flag)), ...other.unsets])],
  };
  const rename = (key: string): string => (key === second ? first : key);
  const next = {
    passages: story.passages.flatMap((p) => (p.key === first ? [joined] : p.key === second ? [] : [p])),
    choices: story.choices
      .filter((c) => c.from !== first)
      .map((c): Choice => ({ ...renamedConditions(c, rename), from: rename(c.from) })),
    variantSets: story.variantSets.map((set) => ({ ...set, place: rename(set.place) })),
  };
  const kept = keepEnds(story, next, [first]);
  const led = graph.onward(second);
  // The joined passage stands where the first did: what the second led to by order may be elsewhere.
  if (led.kind !== 'next' || new StoryGraph(kept).followers(first)[0] === led.to)
    return sound(led.kind === 'end' ? endedLike(kept, first) : kept);
  return sound({
    ...kept,
    choices: [...kept.choices, { from: first, to: led.to, label: goOn, showIf: [] }],
  });
}

/** A passage that led nowhere leads nowhere. */
function endedLike(story: Story<CleanHtml>, key: string): Story<CleanHtml> {
  return new StoryGraph(story).onward(key).kind === 'next'
    ? withPassage(story, key, { ending: true })
    : story;
}

function renamedConditions(choice: Choice, rename: (key: string) => string): Choice {
  return {
    ...choice,
    showIf: choice.showIf.map((c) => (c.kind === 'visited' ? { ...c, passage: rename(c.passage) } : c)),
  };
}

/**
 * Puts a passage before another, or last with null. Passages without choices lead to the next in order, so this
 * changes the way through the story where it goes by order.
 */
export function movePassage(story: Story<CleanHtml>, key: string, before: string | null): Story<CleanHtml> {
  const moved = passageOf(story, key);
  if (before !== null) passageOf(story, before);
  if (before === key) return story;
  const others = story.passages.filter((p) => p.key !== key);
  const at = before === null ? others.length : others.findIndex((p) => p.key === before);
  return sound({ ...story, passages: others.toSpliced(at, 0, moved) });
}

/**
 * Takes a passage out, with its text. What led to it leads to what followed, where one thing did; a branch it heads
 * goes, and a set of which one branch is left.
 * @throws Invalid for the only passage, and for a place where the story divides that nothing else can take over
 */
export function removePassage(story: Story<CleanHtml>, key: string): Story<CleanHtml> {
  passageOf(story, key);
  if (story.passages.length === 1) refuse('passage', 'a story has at least one passage; write another first');
  const graph = new StoryGraph(story);
  const onward = graph.onward(key);
  const to = onward.kind === 'next' ? onward.to : undefined;
  return without(story, [key], to, newPlaceFor(graph, key));
}

/** Where the story divides instead once a passage is gone: after the one that alone led to it. */
function newPlaceFor(graph: StoryGraph, key: string): string | undefined {
  if (graph.onward(key).kind !== 'divides') return undefined;
  const [leader, ...more] = graph.leaders(key);
  if (leader === undefined || leader === key || more.length > 0 || graph.onward(leader).kind !== 'next')
    refuse('passage', 'the story divides after this passage: remove its branches first, or its words');
  return leader;
}

/** The story without some passages: choices to them go to `to`, sets after them stand after `place`. */
export function without(
  story: Story<CleanHtml>,
  keys: readonly string[],
  to?: string,
  place?: string,
): Story<CleanHtml> {
  const gone = new Set(keys);
  const choices = story.choices.flatMap((c): Choice[] => {
    if (gone.has(c.from)) return [];
    const target = gone.has(c.to) ? to : c.to;
    const showIf = c.showIf.filter((x) => x.kind === 'flag' || !gone.has(x.passage));
    return target === undefined || target === c.from ? [] : [{ ...c, to: target, showIf }];
  });
  const left = story.variantSets.flatMap((set) => {
    const at = gone.has(set.place) ? place : set.place;
    if (at === undefined) return [];
    return [{ place: at, branches: set.branches.filter((b) => !gone.has(b.head)) }];
  });
  const next = {
    passages: story.passages.filter((p) => !gone.has(p.key)),
    choices,
    variantSets: lettered(left.filter((set) => set.branches.every((b) => b.head !== set.place))),
  };
  const places = story.variantSets.map((set) => set.place);
  const kept = keepEnds(story, next, places);
  return sound(undivided(kept, left));
}

/** Where one branch of a set is left, the passage before leads on to it. */
function undivided(story: Story<CleanHtml>, sets: Story['variantSets']): Story<CleanHtml> {
  const graph = new StoryGraph(story);
  const ways = sets.flatMap((set): Choice[] => {
    const [only, ...more] = set.branches;
    if (only === undefined || more.length > 0 || only.head === set.place) return [];
    if (graph.followers(set.place).includes(only.head)) return [];
    return [{ from: set.place, to: only.head, label: goOn, showIf: [] }];
  });
  return { ...story, choices: [...story.choices, ...ways] };
}
