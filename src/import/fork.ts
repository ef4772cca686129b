import { Invalid } from '../errors.ts';
import { type Block, blockText } from '../html.ts';
import { type Alternative, type Decision, type Remark, remark } from '../model/remark.ts';
import { countWords } from '../model/text/words.ts';
import { trimBreaks } from './chapters.ts';
import { findLinkedMarkers } from './fork/links.ts';
import { findMarkers, type Marker } from './fork/markers.ts';
import { type BeginsScene, findPlace, firstWords, placeName, scenesOf } from './places.ts';

/** A text that divides: what all readings share, then two branches or more. */
export interface Division {
  readonly trunk: readonly Block[];
  readonly branches: readonly { readonly label: string; readonly blocks: readonly Block[] }[];
  readonly remarks: readonly Remark[];
}

interface ForkText {
  readonly file: string;
  /** The text without its header. */
  readonly blocks: readonly Block[];
  readonly decisions: readonly Decision[];
  /** Whether a block begins a scene by itself, as the heading of a chapter does. */
  readonly beginsScene?: BeginsScene;
}

/** The fact that a person may decide. */
export const placeOfFork = 'variantSets[0].place';
/** Where a person says that a later branch begins, in place of what the text marks. */
const headOfBranch = /^variantSets\[0\]\.branches\[([1-9]\d?)\]\.head$/;

/**
 * Finds where a story divides, undefined where it does not. When every branch is marked (`Ending A`, `Ending B`) the
 * place is **read**. When only the later ones are (`Alternate ending:`), nothing in the text says where the first
 * begins: a place is proposed and **undecided**. The values a decision takes: the number of the scene after which the
 * story divides; `3:2`, after the second paragraph of the third scene; `0`, before its first word; `none`, nowhere.
 * A person may also say where the later branches begin (`variantSets[0].branches[1].head`): then no mark counts.
 * @throws Invalid when a decision names a scene or paragraph that is not there.
 */
export function findFork(text: ForkText): Division | undefined {
  const decision = text.decisions.findLast((d) => d.about === placeOfFork);
  if (decision?.value === 'none') return undefined;
  const said = decidedMarkers(text);
  const markers = said ?? foundMarkers(text.blocks);
  const [head] = markers;
  const marked = said === undefined && head !== undefined && markers.length > 1 && head.rank !== 'later';
  if (head === undefined || (!marked && markers.length === 1 && head.rank === 'first')) return undefined;
  const later = markers.map((marker, i) => branchOf(text.blocks, marker, markers[i + 1]?.at));
  const before = text.blocks.slice(0, head.at);
  const labels = markers.map((marker, i) => labelRemark(text, marker, marked ? i : i + 1));
  const heads = said === undefined ? [] : headRemarks(text, said);
  const alternate = later.findIndex((b) => words(b.blocks) > 0);
  if (alternate < 0) return undefined;
  if (marked) {
    if (decision !== undefined)
      throw badPlace(decision.value, 'the text itself marks where its endings begin');
    const where = whereOf(text, head);
    const message = `The story divides before “${head.label}”, where its first branch is marked.`;
    return {
      trunk: trimBreaks(before),
      branches: later,
      remarks: [remark('read', placeOfFork, message, { where }), ...labels],
    };
  }
  const places = placesIn(before, text.beginsScene, head.whole);
  const other = later[alternate]?.blocks ?? [];
  const echo = echoed(before, places, other, text.beginsScene);
  const proposal = echo ?? nearest(places, words(other));
  const place = decision === undefined ? proposal : chosen(before, places, decision.value, text.beginsScene);
  const first = { label: 'Ending', blocks: trimBreaks(before.slice(place.at)) };
  return {
    trunk: trimBreaks(before.slice(0, place.at)),
    branches: [first, ...later],
    remarks: [placeRemark(text, head, places, place, decision, echo !== undefined), ...heads, ...labels],
  };
}

/** The marks of the text: those a list of links leads to, where there are any. */
function foundMarkers(blocks: readonly Block[]): readonly Marker[] {
  const stated = findMarkers(blocks);
  const linked = stated.length > 1 ? [] : findLinkedMarkers(blocks);
  return linked.length > 0 ? linked : stated;
}

interface Said extends Marker {
  readonly decision: Decision;
}

/** Where a person said that the later branches begin, in their order; undefined where she said nothing. */
function decidedMarkers({ blocks, decisions, beginsScene }: ForkText): readonly Said[] | undefined {
  const marks = findMarkers(blocks);
  const said = decisions
    .flatMap((decision) => {
      const branch = Number(headOfBranch.exec(decision.about)?.[1] ?? 0);
      return branch === 0 ? [] : [{ branch, decision }];
    })
    .sort((a, b) => a.branch - b.branch);
  if (said.length === 0) return undefined;
  return said.map(({ branch, decision }, i) => {
    const found = findPlace(blocks, decision.value, beginsScene);
    if ('reason' in found) throw badPlace(decision.value, found.reason, decision.about);
    if (branch !== i + 1 || found.at === 0)
      throw badPlace(decision.value, 'the branches before it must be decided too', decision.about);
    const label = branch === 1 ? 'Alternate ending' : `Ending ${branch + 1}`;
    const own = { at: found.at, label, written: '', rank: 'later', whole: false } as const;
    return { ...own, rest: blocks[found.at], ...marks.find((m) => m.at === found.at), decision };
  });
}

function headRemarks(text: ForkText, said: readonly Said[]): readonly Remark[] {
  return said.map(({ at, decision }, i) => {
    if (i > 0 && at <= (said[i - 1]?.at ?? 0))
      throw badPlace(decision.value, 'it must begin after the branch before it', decision.about);
    const message = `This branch begins with “${firstWords(text.blocks, at)}”.`;
    const where = { file: text.file, line: text.blocks[at]?.line ?? null, element: null };
    const who = { decidedBy: decision.by, decidedAt: decision.at };
    return remark('decided', decision.about, message, { where, ...who });
  });
}

function branchOf(
  blocks: readonly Block[],
  marker: Marker,
  end: number | undefined,
): Division['branches'][number] {
  const own = marker.rest === undefined ? [] : [marker.rest];
  return { label: marker.label, blocks: trimBreaks([...own, ...blocks.slice(marker.at + 1, end)]) };
}

/** A place where the shared text may end: before block `at`. */
interface Place {
  readonly value: string;
  readonly at: number;
  /** How many words stand between it and the marker. */
  readonly words: number;
  readonly label: string;
}

/**
 * Every scene break between the head of the text and the marker; the paragraphs where there is none. Where the
 * marker speaks of a version, the very beginning as well: the two may share nothing.
 */
function placesIn(
  blocks: readonly Block[],
  beginsScene: ForkText['beginsScene'],
  whole: boolean,
): readonly Place[] {
  const scenes = scenesOf(blocks, beginsScene);
  const starts = scenes.slice(1).map((at, i) => ({ value: String(i + 1), at }));
  const paragraphs = blocks.flatMap((b, at) => (countWords(blockText(b)) > 0 ? [at] : [])).slice(1);
  const inside = paragraphs.map((at, i) => ({ value: `1:${i + 1}`, at }));
  const found = starts.length > 0 ? starts : inside;
  const offered = whole || found.length === 0 ? [{ value: '0', at: 0 }, ...found] : found;
  const after = wordsAfter(blocks);
  const places = offered.map(({ value, at }) => ({
    value,
    at,
    words: after[at] ?? 0,
    label: firstWords(blocks, at),
  }));
  // “The End” alone is no ending.
  const endings = places.filter((p) => p.words > 3);
  return endings.length > 0 ? endings : places;
}

/** The number of words from each block on. */
function wordsAfter(blocks: readonly Block[]): readonly number[] {
  const sums: number[] = [];
  let sum = 0;
  for (let i = blocks.length - 1; i >= 0; i--) {
    sum += countWords(blockText(blocks[i] as Block));
    sums[i] = sum;
  }
  return sums;
}

/**
 * The place whose text, as far as the marker, is nearest in length to the other ending: two endings of one story are
 * usually told at one scale. Nearness is a ratio, so that half and double are equally far; of equals the later wins,
 * which leaves more in common.
 */
function nearest(places: readonly Place[], length: number): Place {
  const distance = (place: Place): number => Math.abs(Math.log((place.words + 1) / (length + 1)));
  const [head, ...others] = places;
  if (head === undefined) return { value: '0', at: 0, words: 0, label: '' };
  return others.reduce((best, place) => (distance(place) <= distance(best) ? place : best), head);
}

/** From this many words in common on it is no chance. */
const leastEcho = 5;

/**
 * The last paragraph that begins with the same words as the other ending: whoever writes a second ending often takes
 * up the story where the first one leaves what they share. A surer sign than length.
 */
function echoed(
  before: readonly Block[],
  places: readonly Place[],
  other: readonly Block[],
  beginsScene: ForkText['beginsScene'],
): Place | undefined {
  const opening = openingOf(other.find((b) => countWords(blockText(b)) > 0));
  if (opening === undefined) return undefined;
  const at = before.findLastIndex((block) => openingOf(block) === opening);
  if (at < 1) return undefined;
  const offered = places.find((p) => p.at === at);
  if (offered !== undefined) return offered;
  const scenes = scenesOf(before, beginsScene);
  const scene = scenes.findLastIndex((start) => start <= at);
  const from = scenes[scene] ?? 0;
  const paragraph = before.slice(from, at).filter((b) => countWords(blockText(b)) > 0).length;
  const value = paragraph === 0 ? String(scene) : `${scene + 1}:${paragraph}`;
  return { value, at, words: words(before.slice(at)), label: firstWords(before, at) };
}

/** The first words of a block, signs and capitals aside; undefined where there are too few. */
function openingOf(block: Block | undefined): string | undefined {
  const head = block === undefined ? '' : blockText(block).slice(0, 200).toLowerCase();
  const all = head.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return all.length < leastEcho ? undefined : all.slice(0, leastEcho).join(' ');
}

function chosen(
  blocks: readonly Block[],
  places: readonly Place[],
  value: string,
  beginsScene: ForkText['beginsScene'],
): Place {
  const offered = places.find((p) => p.value === value);
  if (offered !== undefined) return offered;
  const found = findPlace(blocks, value, beginsScene);
  if ('reason' in found) throw badPlace(value, found.reason);
  return { value, at: found.at, words: 0, label: firstWords(blocks, found.at) };
}

function badPlace(value: string, reason: string, path = placeOfFork): Invalid {
  return new Invalid(
    `import/fork: the story cannot divide at ${JSON.stringify(value.slice(0, 40))}: ${reason}`,
    { path },
  );
}

function placeRemark(
  text: ForkText,
  head: Marker,
  places: readonly Place[],
  place: Place,
  decision: Decision | undefined,
  isEcho: boolean,
): Remark {
  const rest = places.filter((p) => p.value !== place.value);
  const alternatives: Alternative[] = rest.map(({ value, label }) => ({
    value,
    label: value === '0' ? 'nothing is shared' : label,
  }));
  if (decision === undefined)
    alternatives.unshift({ value: place.value, label: `as proposed: ${place.label}` });
  alternatives.push({
    value: 'none',
    label: `“${head.label}” is part of the text: the story does not divide`,
  });
  const where = { file: text.file, line: text.blocks[place.at]?.line ?? null, element: null };
  if (decision !== undefined) {
    const message = `The first ending begins with “${place.label}”.`;
    return remark('decided', placeOfFork, message, {
      where,
      alternatives,
      decidedBy: decision.by,
      decidedAt: decision.at,
    });
  }
  const message = `“${head.label}” is marked, but nothing marks where the first ending begins. Proposed: after ${placeName(place.value)}, with “${place.label}”${isEcho ? ', as both begin with the same words' : ''}.`;
  return remark('undecided', placeOfFork, message, { where, alternatives });
}

function labelRemark(text: ForkText, marker: Marker, branch: number): Remark {
  const message = `“${marker.label}” begins a branch.`;
  return remark('read', `variantSets[0].branches[${branch}].label`, message, {
    where: whereOf(text, marker),
    quote: marker.written === '' ? null : marker.written,
  });
}

function whereOf(text: ForkText, marker: Marker): Remark['where'] {
  return { file: text.file, line: text.blocks[marker.at]?.line ?? null, element: null };
}

function words(blocks: readonly Block[]): number {
  return blocks.reduce((sum, b) => sum + countWords(blockText(b)), 0);
}
