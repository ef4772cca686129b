import { Invalid } from '../errors.ts';
import type { Comment } from './comment.ts';
import type { Edition } from './edition.ts';
import { type Story, siglumOf } from './state.ts';
import type { WorkKind } from './work.ts';

/**
 * Holds the invariants of an Edition: keys unique, nothing dangling, sets with two branches or more and letters in
 * order, threads that are trees.
 * @throws Invalid with the faults, each with its path: `choices[2].to: no passage has the key "p9"`.
 */
export function checkEdition(edition: Edition): void {
  refuseFaults((fail) => {
    findInKind(edition.kind, edition, '', fail);
    for (const [i, state] of edition.states.entries()) findInKind(edition.kind, state, `states[${i}].`, fail);
    findInThread(edition.comments, fail);
    findInVerdicts(edition, fail);
  });
}

type Fail = (path: string, reason: string) => void;

/** At most this many faults are told at once; who mends them hears of the others then. */
export const mostFaults = 10;

function refuseFaults(find: (fail: Fail) => void): void {
  const faults: { readonly path: string; readonly words: string }[] = [];
  const refuse = (more = ''): never => {
    const words = faults.map((f) => `${f.path}: ${f.words}`).join('; ');
    throw new Invalid(`edition: ${words}${more}`, { path: faults[0]?.path ?? '' });
  };
  find((path, words) => {
    if (faults.length === mostFaults) refuse(' (and more)');
    faults.push({ path, words });
  });
  if (faults.length > 0) refuse();
}

function findInVerdicts(edition: Edition, fail: Fail): void {
  for (const [i, verdict] of edition.verdicts.entries()) {
    const set = edition.variantSets.find((s) => s.place === verdict.place);
    if (set === undefined) {
      fail(`verdicts[${i}].place`, `nothing divides at ${quote(verdict.place)}`);
      continue;
    }
    for (const siglum of verdict.sigla) {
      if (!set.branches.some((b) => b.siglum === siglum))
        fail(`verdicts[${i}].sigla`, `no branch ${quote(siglum)}`);
    }
  }
}

/** What `checkStory` holds and, of a note, that it is one text: it has no parts, and never divides. */
export function checkKind(kind: WorkKind, story: Story, at: string): void {
  refuseFaults((fail) => findInKind(kind, story, at, fail));
}

function findInKind(kind: WorkKind, story: Story, at: string, fail: Fail): void {
  findInStory(story, at, fail);
  if (kind === 'story') return;
  if (story.passages.length !== 1) fail(`${at}passages`, 'a note is one text, without parts');
  if (story.choices.length > 0) fail(`${at}choices`, 'a note has no choices');
}

/** Checks passages, choices and variant sets alone; `at` is put before the paths. @throws Invalid with the faults */
export function checkStory(story: Story, at: string): void {
  refuseFaults((fail) => findInStory(story, at, fail));
}

function findInStory(story: Story, at: string, fail: Fail): void {
  const keys = new Set<string>();
  for (const [i, passage] of story.passages.entries()) {
    const path = (): string => `${at}passages[${i}].key`;
    if (!/^[a-z0-9][a-z0-9_-]{0,79}$/.test(passage.key)) {
      fail(path(), `${quote(passage.key)} is no key: 1 to 80 of a-z, 0-9, - and _, a letter or digit first`);
    }
    if (keys.has(passage.key)) fail(path(), `${quote(passage.key)} stands twice`);
    keys.add(passage.key);
  }
  // Paths are put together for faults only: sound stories of thousands of choices are looked at with each save.
  const known = (key: string, path: () => string): void => {
    if (!keys.has(key)) fail(at + path(), `no passage has the key ${quote(key)}`);
  };
  for (const [i, choice] of story.choices.entries()) {
    known(choice.from, () => `choices[${i}].from`);
    known(choice.to, () => `choices[${i}].to`);
    for (const [j, c] of choice.showIf.entries()) {
      if (c.kind === 'visited') known(c.passage, () => `choices[${i}].showIf[${j}].passage`);
    }
  }
  const places = new Set<string>();
  const heads = new Set<string>();
  for (const [i, set] of story.variantSets.entries()) {
    const path = `variantSets[${i}]`;
    known(set.place, () => `${path}.place`);
    if (places.has(set.place)) fail(`${at}${path}.place`, `${quote(set.place)} divides twice`);
    places.add(set.place);
    if (set.branches.length < 2) fail(`${at}${path}.branches`, 'a variant set has two branches or more');
    for (const [j, branch] of set.branches.entries()) {
      known(branch.head, () => `${path}.branches[${j}].head`);
      if (branch.siglum !== siglumOf(j)) {
        fail(`${at}${path}.branches[${j}].siglum`, `${quote(branch.siglum)} should be ${quote(siglumOf(j))}`);
      }
      if (heads.has(branch.head))
        fail(`${at}${path}.branches[${j}].head`, `${quote(branch.head)} heads two branches`);
      if (branch.head === set.place)
        fail(`${at}${path}.branches[${j}].head`, 'a branch cannot begin where it divides');
      heads.add(branch.head);
    }
  }
}

function findInThread(comments: readonly Comment[], fail: Fail): void {
  const parents = new Map<string, string | null>();
  for (const [i, c] of comments.entries()) {
    if (parents.has(c.id)) fail(`comments[${i}].id`, `${quote(c.id)} stands twice`);
    parents.set(c.id, c.parent);
  }
  const sound = new Set<string>();
  for (const [i, c] of comments.entries()) {
    const way = new Set<string>();
    for (let at: string | null = c.id; at !== null && !sound.has(at); at = parents.get(at) ?? null) {
      const path = `comments[${i}].parent`;
      if (!parents.has(at)) fail(path, `no comment has the id ${quote(at)}`);
      if (way.has(at)) fail(path, `${quote(c.id)} answers itself in a circle`);
      if (!parents.has(at) || way.has(at)) break;
      way.add(at);
    }
    for (const id of way) sound.add(id);
  }
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
