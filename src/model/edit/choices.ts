import type { CleanHtml } from '../../html.ts';
import { StoryGraph } from '../graph/graph.ts';
import type { Choice, Condition, Story } from '../state.ts';
import { goOn, labelOf, passageOf, refuse, sound, withPassage } from './words.ts';

/**
 * Adds a choice after those a passage has. A passage that led to the next by order keeps that way as a choice.
 * @throws Invalid where the story divides, for a label without words, and for the same choice twice
 */
export function addChoice(
  story: Story<CleanHtml>,
  choice: Omit<Choice, 'showIf'> & { readonly showIf?: readonly Condition[] },
): Story<CleanHtml> {
  passageOf(story, choice.from);
  passageOf(story, choice.to);
  const added = { ...choice, label: labelOf(choice.label), showIf: conditions(story, choice.showIf ?? []) };
  const onward = new StoryGraph(story).onward(choice.from);
  if (onward.kind === 'divides')
    refuse('from', 'the story divides after this passage: its branches are the choices');
  if (story.choices.some((c) => c.from === added.from && c.to === added.to && c.label === added.label))
    refuse('label', 'this choice is there already');
  const kept =
    onward.kind === 'next' && onward.to !== added.to
      ? [{ from: choice.from, to: onward.to, label: goOn, showIf: [] }]
      : [];
  return sound({ ...story, choices: [...story.choices, ...kept, added] });
}

/** Gives a choice another label, target or conditions; `index` is its place in `story.choices`. */
export function changeChoice(
  story: Story<CleanHtml>,
  index: number,
  change: Partial<Pick<Choice, 'to' | 'label' | 'showIf'>>,
): Story<CleanHtml> {
  const choice = choiceAt(story, index);
  if (change.to !== undefined) passageOf(story, change.to);
  const changed = {
    from: choice.from,
    to: change.to ?? choice.to,
    label: labelOf(change.label ?? choice.label),
    showIf: change.showIf === undefined ? choice.showIf : conditions(story, change.showIf),
  };
  return sound({ ...story, choices: story.choices.with(index, changed) });
}

/** Takes a choice out. A passage left without any leads to the next in order, or ends where it is an ending. */
export function removeChoice(story: Story<CleanHtml>, index: number): Story<CleanHtml> {
  choiceAt(story, index);
  return sound({ ...story, choices: story.choices.toSpliced(index, 1) });
}

/** Puts a choice before (-1) or after (1) the one beside it, among those of its passage. */
export function moveChoice(story: Story<CleanHtml>, index: number, by: -1 | 1): Story<CleanHtml> {
  const choice = choiceAt(story, index);
  const own = story.choices.flatMap((c, i) => (c.from === choice.from ? [i] : []));
  const at = own[own.indexOf(index) + by];
  const beside = at === undefined ? undefined : story.choices[at];
  if (at === undefined || beside === undefined) return story;
  return sound({ ...story, choices: story.choices.with(index, beside).with(at, choice) });
}

/**
 * Lets a branch meet the story again: a passage that ended goes on to another.
 * @throws Invalid as `addChoice`
 */
export function rejoin(story: Story<CleanHtml>, from: string, to: string, label = goOn): Story<CleanHtml> {
  passageOf(story, from);
  return addChoice(withPassage(story, from, { ending: false }), { from, to, label });
}

/** Gives a passage the flags that reading it sets and unsets. @throws Invalid for a flag in both, or one misnamed */
export function setFlags(
  story: Story<CleanHtml>,
  key: string,
  flags: { readonly sets: readonly string[]; readonly unsets: readonly string[] },
): Story<CleanHtml> {
  passageOf(story, key);
  const sets = [...new Set(flags.sets.map(flagOf))];
  const unsets = [...new Set(flags.unsets.map(flagOf))];
  const both = sets.find((flag) => unsets.includes(flag));
  if (both !== undefined) refuse('flags', `the flag “${both}” cannot be both set and unset by one passage`);
  return sound(withPassage(story, key, { sets, unsets }));
}

/** The flags a story knows, by name: set, unset or asked for. */
export function flagsOf(story: Story): readonly string[] {
  const asked = story.choices.flatMap((c) => c.showIf.flatMap((x) => (x.kind === 'flag' ? [x.flag] : [])));
  const done = story.passages.flatMap((p) => [...p.sets, ...p.unsets]);
  return [...new Set([...done, ...asked])].sort();
}

/** A flag's name: letters, digits, blanks, `-` and `_`, so that addresses and files can carry it. */
function flagOf(name: string): string {
  const tidy = name.replace(/\s+/g, ' ').trim();
  if (!/^[\p{L}\p{N}][\p{L}\p{M}\p{N} _-]{0,39}$/u.test(tidy))
    refuse('flags', `${JSON.stringify(tidy)} is no name for a flag: up to 40 letters, digits, - and _`);
  return tidy;
}

function conditions(story: Story<CleanHtml>, asked: readonly Condition[]): readonly Condition[] {
  return asked.map((c) => {
    if (c.kind === 'flag') return { ...c, flag: flagOf(c.flag) };
    passageOf(story, c.passage);
    return c;
  });
}

function choiceAt(story: Story, index: number): Choice {
  const choice = story.choices[index];
  if (choice === undefined) refuse('choice', 'the story has no such choice; it may have been taken out');
  return choice;
}
