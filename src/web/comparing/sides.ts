import { Gone, Invalid, NotFound } from '../../errors.ts';
import { StoryGraph } from '../../model/graph/graph.ts';
import type { VariantSet } from '../../model/state.ts';
import type { PassageEntry, StateEntry, WorkView } from '../../model/views.ts';
import { branchName, passageNames } from '../../phrases.ts';
import { getPassageHtmls, getState } from '../../store/works.ts';
import type { Archive } from '../archive.ts';
import type { TextSide } from './shown.tsx';

/**
 * Whether the pages of a work show a state of it. Of a published work only the one readers see, unless its author opens
 * those that were published once, or all.
 */
export function showsState(
  { stage, oldTexts, state }: Pick<WorkView, 'stage' | 'oldTexts' | 'state'>,
  { number, shownAt }: Pick<StateEntry, 'number' | 'shownAt'>,
  /** Whether whoever asks may read the old states of what is not published. */
  old: boolean,
): boolean {
  if (number > state) return false;
  if (number === state) return true;
  if (stage !== 'published') return old;
  if (oldTexts === 'everyone') return true;
  return oldTexts === 'published' && shownAt !== null;
}

/** One of the two texts of a comparison: what it is called, and the passages it is made of. */
export interface Side {
  /** As in an address that stays right: `p3.A`, `s2`, `p4`. */
  readonly name: string;
  /** The letter of a branch; null for states and passages. */
  readonly siglum: string | null;
  readonly title: string;
  /** What else is known of it: its label, when it was made. */
  readonly note: string | null;
  readonly entries: readonly PassageEntry[];
}

/**
 * Reads `A...B`: each a branch (`p3.A`, or `A` where `place` or the work's only fork says which), a state (`s2`) or a
 * passage (`p4`). States go before passages of the same name.
 * `states` are those that may be compared, by their numbers.
 * @throws NotFound when the work has no such thing, Invalid when there are not two.
 */
export async function readSides(
  archive: Archive,
  work: WorkView,
  pair: string,
  place: string | undefined,
  states: ReadonlySet<number>,
): Promise<readonly [Side, Side]> {
  const [one, other, ...more] = pair.split('...');
  if (!one || !other || more.length > 0) {
    throw new Invalid(
      'web/compare: a comparison is of two things, with three dots between them: p3.A...p3.B',
    );
  }
  const side = (name: string): Promise<Side> => readSide(archive, work, name, place, states);
  return [await side(one), await side(other)];
}

async function readSide(
  archive: Archive,
  work: WorkView,
  name: string,
  place: string | undefined,
  states: ReadonlySet<number>,
): Promise<Side> {
  const branch = /^(?:([a-z0-9][a-z0-9_-]*)\.)?([A-Z]+)$/.exec(name);
  if (branch?.[2] !== undefined) return branchSide(work, setAt(work, branch[1] ?? place), branch[2]);
  const state = /^s([1-9]\d{0,8})$/.exec(name)?.[1];
  if (state !== undefined && states.has(Number(state))) return stateSide(archive, work, Number(state));
  const entry = work.entries.find(({ key }) => key === name);
  if (entry === undefined)
    throw new NotFound(`web/compare: the work has no part called ${JSON.stringify(name)}`);
  const title = passageNames({ ...work, passages: work.entries }).get(name) ?? name;
  return { name, siglum: null, title, note: null, entries: [entry] };
}

function setAt(work: WorkView, place: string | undefined): VariantSet {
  const set = place === undefined ? work.variantSets[0] : work.variantSets.find((s) => s.place === place);
  if (set === undefined) throw new NotFound('web/compare: the story does not divide there');
  return set;
}

function branchSide(work: WorkView, set: VariantSet, siglum: string): Side {
  const branch = set.branches.find((b) => b.siglum === siglum);
  if (branch === undefined) throw new NotFound(`web/compare: there is no way ${siglum} at that place`);
  const graph = new StoryGraph({ ...work, passages: work.entries.map((entry) => ({ ...entry, html: '' })) });
  const keys = new Set(graph.branchPassages(set, siglum).map((p) => p.key));
  const { name, label } = branchName(branch, graph.passage(branch.head));
  const entries = work.entries.filter((entry) => keys.has(entry.key));
  return { name: `${set.place}.${siglum}`, siglum, title: name, note: label, entries };
}

async function stateSide(archive: Archive, work: WorkView, number: number): Promise<Side> {
  const { entries } = await getState(archive.store, work.id, number);
  return { name: `s${number}`, siglum: null, title: `Version ${number}`, note: null, entries };
}

/** Longer texts are not compared while others wait: about the length of two long novels. */
const mostWords = 400_000;

/**
 * The texts of a side, as they are sent to be compared.
 * @throws Gone when all of its words were erased, Invalid when it is too long.
 */
export async function readTexts(archive: Archive, { entries, ...named }: Side): Promise<TextSide> {
  const words = entries.reduce((sum, entry) => sum + entry.words, 0);
  if (words > mostWords)
    throw new Invalid(`web/compare: ${named.title} is too long to be compared on a page`);
  const texts = await getPassageHtmls(
    archive.store,
    entries.map((entry) => entry.textHash),
  );
  if (texts.size === 0 && entries.length > 0)
    throw new Gone(`web/compare: the words of ${named.name} were erased`);
  const passages = entries.map(({ title, textHash }) => ({ title, html: texts.get(textHash) }));
  return { ...named, passages };
}
