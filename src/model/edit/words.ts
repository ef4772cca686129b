import { Invalid } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import { StoryGraph } from '../graph/graph.ts';
import { newId } from '../id.ts';
import { type Passage, type Story, siglumOf, type VariantSet } from '../state.ts';
import { checkStory } from '../validate.ts';

/** The text of a passage and how many words it has (`countWords`). */
export interface Words {
  readonly html: CleanHtml;
  readonly words: number;
}

/** A text in two, cut between two of its blocks. */
export interface Cut {
  readonly before: Words;
  readonly after: Words;
}

/** Where nothing is written yet. */
export const noWords: Words = { html: '' as CleanHtml, words: 0 };

/** What a choice is called that only goes on. */
export const goOn = 'Go on';

/** A passage of a story. @throws Invalid where there is none */
export function passageOf(story: Story<CleanHtml>, key: string): Passage<CleanHtml> {
  const passage = story.passages.find((p) => p.key === key);
  if (passage === undefined) refuse('passage', `the story has no passage ${JSON.stringify(key)}`);
  return passage;
}

/** What an operation gives: the story, its letters in order, known to hold together. */
export function sound(story: Story<CleanHtml>): Story<CleanHtml> {
  checkStory(story, '');
  return story;
}

/** Says what cannot be done with a story, why, and what can be. @throws Invalid always */
export function refuse(path: string, why: string): never {
  throw new Invalid(`edit: ${why}`, { path });
}

/** A label as it was typed, spaces tidied. @throws Invalid for one without words */
export function labelOf(label: string, path = 'label'): string {
  const tidy = label.replace(/\s+/g, ' ').trim();
  if (tidy === '')
    refuse(path, 'a choice or ending needs words by which readers can tell it from the others');
  if (tidy.length > 300) refuse(path, 'a label has 300 characters at most');
  return tidy;
}

/**
 * A passage with a key of its own. The key says where it stood when it was made, and ends in four random letters: a
 * key that an earlier state had for something else would bring that one's comments along.
 */
export function newPassage(
  story: Story<CleanHtml>,
  more: Partial<Omit<Passage<CleanHtml>, 'key'>>,
): Passage<CleanHtml> {
  const taken = new Set(story.passages.map((p) => p.key));
  let key: string;
  do key = `p${story.passages.length + 1}-${newId().slice(0, 4)}`;
  while (taken.has(key));
  return { key, title: null, ...noWords, ending: false, tags: [], sets: [], unsets: [], ...more };
}

/** The story with one passage changed. */
export function withPassage(
  story: Story<CleanHtml>,
  key: string,
  change: Partial<Omit<Passage<CleanHtml>, 'key'>>,
): Story<CleanHtml> {
  return { ...story, passages: story.passages.map((p) => (p.key === key ? { ...p, ...change } : p)) };
}

/** The story with a passage put in after another. */
export function inserted(
  story: Story<CleanHtml>,
  after: string | null,
  passage: Passage<CleanHtml>,
): Story<CleanHtml> {
  const at = after === null ? 0 : story.passages.findIndex((p) => p.key === after) + 1;
  return { ...story, passages: story.passages.toSpliced(at, 0, passage) };
}

/**
 * The first passage at or after `from` behind which another can stand without parting two of which one leads to the
 * other: where the head of a new branch goes.
 */
export function seamAfter(story: Story<CleanHtml>, from: string): string {
  const graph = new StoryGraph(story);
  const start = story.passages.findIndex((p) => p.key === from);
  const seam = story.passages.slice(start).find((p) => graph.onward(p.key).kind !== 'next');
  return (seam ?? story.passages.at(-1))?.key ?? from;
}

/** Sets with the letters of their branches in order, those with one branch left out. */
export function lettered(sets: readonly VariantSet[]): readonly VariantSet[] {
  return sets
    .filter((set) => set.branches.length > 1)
    .map((set) => ({ ...set, branches: set.branches.map((b, i) => ({ ...b, siglum: siglumOf(i) })) }));
}

/**
 * Ways follow from the order of passages: when something is put in or taken out between, who led nowhere shall not
 * lead to what comes to stand behind it. It is an ending now, unless it is excepted.
 */
export function keepEnds(
  before: Story<CleanHtml>,
  after: Story<CleanHtml>,
  except: readonly string[] = [],
): Story<CleanHtml> {
  const was = new StoryGraph(before);
  const is = new StoryGraph(after);
  const opened = (key: string): boolean =>
    was.passage(key) !== undefined &&
    !except.includes(key) &&
    was.onward(key).kind === 'end' &&
    is.onward(key).kind === 'next';
  return { ...after, passages: after.passages.map((p) => (opened(p.key) ? { ...p, ending: true } : p)) };
}
