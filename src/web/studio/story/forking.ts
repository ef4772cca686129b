import { isDeepStrictEqual } from 'node:util';
import { Invalid } from '../../../errors.ts';
import type { CleanHtml } from '../../../html.ts';
import {
  addBranch,
  addChoice,
  addEnding,
  addPassage,
  changeChoice,
  divideHere,
  joinPassages,
  labelBranch,
  markEnding,
  moveChoice,
  movePassage,
  rejoin,
  removeBranch,
  removeChoice,
  removePassage,
  setFlags,
  splitPassage,
  writeAnotherWay,
} from '../../../model/edit.ts';
import { StoryGraph } from '../../../model/graph/graph.ts';
import type { Passage, Story } from '../../../model/state.ts';
import { passageNames } from '../../../phrases.ts';
import { cutAfter, joinTexts } from '../../../writing/cut.ts';
import type { Form } from '../../forms.ts';
import { changing, type NamedForm } from '../changes.ts';
import { type Desk, findPassage } from '../desk.ts';
import { conditionsIn, flagsIn } from './forms.tsx';

/** `POST …/divisions`: the story divides within a passage. */
export const divideStory = changing('divisions', (desk, form) => {
  const { passage } = passageOf(desk, form);
  const cut = cutAfter(passage.html, placeOf(form));
  const labels = { first: form.get('first').trim(), other: form.get('other').trim() };
  const story = divideHere(desk.story, passage.key, cut, {
    ...(labels.first === '' ? {} : { first: labels.first }),
    ...(labels.other === '' ? {} : { other: labels.other }),
  });
  return {
    story,
    why: `divided in ${nameOf(desk, passage)}`,
    did: 'divided',
    next: newHead(desk.story, story),
  };
});

/** `POST …/branches`: another ending, the scene another way, or another way on. */
export const addWay = changing('branches', (desk, form) => {
  const { passage } = passageOf(desk, form);
  const label = form.get('label').trim();
  const title = form.get('title').trim();
  const branch = { ...(label === '' ? {} : { label }), ...(title === '' ? {} : { title }) };
  const add = { ending: addEnding, scene: writeAnotherWay, onward: addBranch }[readKind(form)];
  const story = add(desk.story, passage.key, branch);
  return {
    story,
    why: `another way beside ${nameOf(desk, passage)}`,
    did: 'branched',
    next: newHead(desk.story, story),
  };
});

/** `POST …/labels`: a branch is called otherwise. */
export const nameBranch = changing('labels', (desk, form) => {
  const story = labelBranch(desk.story, form.get('place'), form.get('siglum'), form.get('label'));
  return { story, why: 'a way renamed', did: 'changed', next: backTo(form) };
});

/** `POST …/choices`: a choice is added to a passage; to a new one when asked for. */
export const offerChoice = changing('choices', (desk, form) => {
  const { passage } = passageOf(desk, form);
  const isNew = form.get('to') === '';
  const target = isNew ? withLoosePassage(desk.story, passage.key, form.get('title').trim()) : undefined;
  const to = target?.key ?? form.get('to');
  const from = passage.key;
  const choice = { from, to, label: form.get('label'), showIf: conditionsIn(form) };
  const story = addChoice(target?.story ?? desk.story, choice);
  return { story, why: `a choice after ${nameOf(desk, passage)}`, did: 'chosen', next: from };
});

/** `POST …/choice`: a choice, by its place in the story, says something else, leads elsewhere, moves or goes. */
export const changeAChoice = changing(
  'choice',
  (desk, form) => {
    const index = indexOf(form);
    const done = form.get('do');
    const story =
      done === 'remove'
        ? removeChoice(desk.story, index)
        : done === 'up' || done === 'down'
          ? moveChoice(desk.story, index, done === 'up' ? -1 : 1)
          : changeChoice(desk.story, index, {
              to: form.get('to'),
              label: form.get('label'),
              showIf: conditionsIn(form),
            });
    const why = done === 'remove' ? 'a choice taken out' : 'a choice changed';
    return { story, why, did: 'changed', next: backTo(form) };
  },
  { inNewer: choiceInNewer },
);

/** `POST …/meetings`: a way meets the story again. */
export const meetAgain = changing('meetings', (desk, form) => {
  const { passage } = passageOf(desk, form);
  const label = form.get('label').trim();
  const story = rejoin(desk.story, passage.key, form.get('to'), ...(label === '' ? [] : [label]));
  return { story, why: `${nameOf(desk, passage)} meets the story again`, did: 'chosen', next: passage.key };
});

/** `POST …/flags`: what reading a passage sets and unsets. */
export const flagPassage = changing('flags', (desk, form) => {
  const { passage } = passageOf(desk, form);
  const story = setFlags(desk.story, passage.key, flagsIn(form));
  return { story, why: `flags of ${nameOf(desk, passage)}`, did: 'changed', next: passage.key };
});

/** `POST …/passages`: a new passage, after another or at the end. */
export const insertPassage = changing('passages', (desk, form) => {
  const after = form.get('passage') || (desk.story.passages.at(-1)?.key ?? null);
  const title = form.get('title').trim();
  const story = addPassage(desk.story, after, title === '' ? {} : { title });
  return { story, why: 'a passage added', did: 'branched', next: newPassage(desk.story, story) };
});

/** `POST …/splits`: one passage becomes two. */
export const splitInTwo = changing('splits', (desk, form) => {
  const { passage } = passageOf(desk, form);
  const title = form.get('title').trim();
  const cut = cutAfter(passage.html, placeOf(form));
  const story = splitPassage(desk.story, passage.key, cut, title === '' ? null : title);
  return {
    story,
    why: `${nameOf(desk, passage)} split`,
    did: 'changed',
    next: newPassage(desk.story, story),
  };
});

/** `POST …/joins`: a passage and the one it leads to become one. */
export const joinWithNext = changing('joins', (desk, form) => {
  const { passage } = passageOf(desk, form);
  const next = new StoryGraph(desk.story).followers(passage.key)[0];
  const other = desk.story.passages.find((p) => p.key === next);
  if (other === undefined) refuse('nothing follows this passage that it could be joined with');
  const text = joinTexts(passage.html, other.html);
  const story = joinPassages(desk.story, passage.key, other.key, text);
  return {
    story,
    why: `${nameOf(desk, passage)} joined with what follows`,
    did: 'changed',
    next: passage.key,
  };
});

/** `POST …/moves`: a passage stands elsewhere in the order. */
export const moveElsewhere = changing('moves', (desk, form) => {
  const { passage } = passageOf(desk, form);
  const story = movePassage(desk.story, passage.key, form.get('before') || null);
  return { story, why: `${nameOf(desk, passage)} moved`, did: 'moved', next: passage.key };
});

/** `POST …/removals`: a passage goes, or a whole branch; the page before said what that loses. */
export const takeOut = changing(
  'removals',
  (desk, form) => {
    if (form.get('siglum') !== '') {
      const story = removeBranch(desk.story, form.get('place'), form.get('siglum'));
      return { story, why: `way ${form.get('siglum')} taken out`, did: 'removed' };
    }
    const { passage } = passageOf(desk, form);
    const story = removePassage(desk.story, passage.key);
    return { story, why: `${nameOf(desk, passage)} taken out`, did: 'removed' };
  },
  { takesWords: true },
);

function indexOf(form: Form): number {
  return Number(form.get('index') || Number.NaN);
}

/**
 * A choice is named by its place among all, which others may have now: it is looked for by what it was, then by where it
 * leads. What was typed for one that is gone is offered as a new one.
 */
function choiceInNewer({ name, form }: NamedForm, was: Story, now: Story): NamedForm {
  const old = was.choices[indexOf(form)];
  const alike = now.choices.findIndex((choice) => isDeepStrictEqual(choice, old));
  const leads = now.choices.flatMap(({ from, to }, i) => (from === old?.from && to === old.to ? [i] : []));
  const [index = -1] = alike >= 0 ? [alike] : leads.length === 1 ? leads : [];
  if (index < 0) return { name: form.get('do') === '' ? 'choices' : 'gone', form };
  const all = (field: string) => (field === 'index' ? [String(index)] : form.all(field));
  return { name, form: { all, get: (field) => all(field)[0] ?? '' } };
}

function passageOf(desk: Desk, form: Form): { readonly passage: Passage<CleanHtml> } {
  const found = findPassage(desk, form.get('passage'));
  if (found === undefined) refuse('the story has no such passage any more');
  return found;
}

/** After which block a passage is cut, from 0. */
function placeOf(form: Form): number {
  const after = form.get('after');
  if (!/^\d{1,6}$/.test(after)) refuse('choose after which paragraph', 'after');
  return Number(after);
}

function readKind(form: Form): 'ending' | 'scene' | 'onward' {
  const kind = form.get('kind');
  return kind === 'ending' || kind === 'scene' ? kind : 'onward';
}

/** A new passage at the end to which only `from` shall lead: what ended before it is marked as an ending. */
function withLoosePassage(
  given: Story<CleanHtml>,
  from: string,
  title: string,
): { readonly story: Story<CleanHtml>; readonly key: string } {
  const last = given.passages.at(-1)?.key ?? null;
  const ends = last !== null && last !== from && new StoryGraph(given).onward(last).kind === 'end';
  const story = ends ? markEnding(given, last, true) : given;
  const next = addPassage(story, last, { ending: true, ...(title === '' ? {} : { title }) });
  return { story: next, key: newPassage(story, next) ?? '' };
}

/** The key of the passage that a story has and an earlier one had not. */
function newPassage(before: Story, after: Story): string | undefined {
  const known = new Set(before.passages.map((p) => p.key));
  return after.passages.findLast((p) => !known.has(p.key))?.key;
}

/** The passage a new branch begins with; of two, the one that is still to be written. */
function newHead(before: Story, after: Story): string | undefined {
  const known = new Set(before.passages.map((p) => p.key));
  return after.passages.find((p) => !known.has(p.key) && p.words === 0)?.key ?? newPassage(before, after);
}

function backTo(form: Form): string | undefined {
  return form.get('passage') || undefined;
}

/** A passage in the words of the history: titles in quotation marks. */
function nameOf({ story }: Desk, { key, title }: Passage): string {
  const name = passageNames(story).get(key) ?? key;
  return title === null ? name : `“${name}”`;
}

function refuse(why: string, path = 'passage'): never {
  throw new Invalid(`web/studio: ${why}`, { path });
}
