import { Invalid } from '../../../errors.ts';
import type { CleanHtml } from '../../../html.ts';
import { changeChoice, labelBranch, renamePassage, writePassage } from '../../../model/edit.ts';
import type { Story } from '../../../model/state.ts';
import { wordsOf } from '../../../writing/cut.ts';
import { type Found, findWords, replaceWords, type Sought } from '../../../writing/find.ts';
import { plainWords } from '../../../writing/marked.ts';
import type { Desk } from '../desk.ts';
import { namedPassages } from '../story/forms.tsx';

/** A part of a story that has words of its own, and where the words looked for stand in it. */
export interface FoundPart {
  /** `p3 text`, `p3 title`, `2 choice`, `p3.A branch`. */
  readonly id: string;
  readonly kind: 'text' | 'title' | 'choice' | 'branch';
  /** The passage on whose page it is written, and what it is called. */
  readonly passage: string;
  readonly name: string;
  readonly words: string;
  readonly places: readonly Found[];
  /** The story with other words at some of the places. */
  readonly replace: (story: Story<CleanHtml>, places: readonly Found[], by: string) => Story<CleanHtml>;
}

/** Where words stand in the texts, titles, choices and branches of a story, in its order; parts without them left out. */
export function findInStory(desk: Pick<Desk, 'story'>, sought: Sought): readonly FoundPart[] {
  return partsOf(desk)
    .map((part) => ({ ...part, places: findWords(part.words, sought) }))
    .filter(({ places }) => places.length > 0);
}

/**
 * The story with words replaced at the chosen places, which are called `part:number`, and how many they were.
 * @throws Invalid where nothing is chosen, or a choice would be left without words
 */
export function replaceInStory(
  story: Story<CleanHtml>,
  parts: readonly FoundPart[],
  chosen: ReadonlySet<string> | 'all',
  by: string,
): { readonly story: Story<CleanHtml>; readonly count: number } {
  let count = 0;
  let next = story;
  for (const part of parts) {
    const places = part.places.filter((_, i) => chosen === 'all' || chosen.has(placeName(part, i)));
    if (places.length === 0) continue;
    next = part.replace(next, places, by);
    count += places.length;
  }
  if (count === 0) throw new Invalid('web/studio: choose at least one place', { path: 'place' });
  return { story: next, count };
}

/** What a place is called in the form. */
export function placeName({ id }: FoundPart, index: number): string {
  return `${id}:${index}`;
}

type Part = Omit<FoundPart, 'places'>;

function partsOf(desk: Pick<Desk, 'story'>): readonly Part[] {
  const { story } = desk;
  const names = new Map(namedPassages(desk).map(({ key, name }) => [key, name]));
  const nameOf = (key: string): string => names.get(key) ?? key;
  return story.passages.flatMap(({ key, title, html }): Part[] => [
    ...(title === null ? [] : [titlePart(key, title, nameOf(key))]),
    {
      id: `${key} text`,
      kind: 'text',
      passage: key,
      name: nameOf(key),
      words: plainWords(html),
      replace: (now, places, by) => writePassage(now, key, wordsOf(replaceWords(html, places, by))),
    },
    ...story.choices.flatMap((choice, index): Part[] =>
      choice.from === key ? [choicePart(index, choice.label, key, nameOf(key))] : [],
    ),
    ...story.variantSets
      .filter((set) => set.place === key)
      .flatMap((set) => set.branches.map(({ siglum, label }) => branchPart(key, siglum, label))),
  ]);
}

function titlePart(key: string, title: string, name: string): Part {
  return {
    id: `${key} title`,
    kind: 'title',
    passage: key,
    name: `The title of ${name}`,
    words: title,
    replace: (now, places, by) => renamePassage(now, key, inLine(title, places, by)),
  };
}

function choicePart(index: number, label: string, key: string, name: string): Part {
  return {
    id: `${index} choice`,
    kind: 'choice',
    passage: key,
    name: `A choice after ${name}`,
    words: label,
    replace: (now, places, by) => changeChoice(now, index, { label: inLine(label, places, by) }),
  };
}

function branchPart(key: string, siglum: string, label: string): Part {
  return {
    id: `${key}.${siglum} branch`,
    kind: 'branch',
    passage: key,
    name: `The label of ${siglum}`,
    words: label,
    replace: (now, places, by) => labelBranch(now, key, siglum, inLine(label, places, by)),
  };
}

function inLine(text: string, places: readonly Found[], by: string): string {
  return places
    .toSorted((a, b) => b.from - a.from)
    .reduce((line, { from, to }) => line.slice(0, from) + by + line.slice(to), text);
}
