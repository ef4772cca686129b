import { type Block, blockText, type CleanHtml, type Line } from '../html.ts';
import type { WrittenDate } from '../model/date.ts';
import { type Decision, type Remark, remark } from '../model/remark.ts';
import { type Branch, type Passage, type Story, siglumOf } from '../model/state.ts';
import { countWords } from '../model/text/words.ts';
import type { Header } from '../model/work.ts';
import { type Chapter, isChapterHeading, passageHtml, splitChapters } from './chapters.ts';
import { withWrittenChoices } from './fork/written-choices.ts';
import { type Division, findFork, placeOfFork } from './fork.ts';
import { readHeader } from './header.ts';
import type { PartingPlace } from './importer.ts';
import { decidedParts, partingPlaces } from './parts.ts';

/** The words of one entry or file, before its header, parts and endings are told apart. */
export interface StoryText {
  readonly file: string;
  /** The subject line of the entry, or the page's title; null for none. */
  readonly subject: string | null;
  readonly blocks: readonly Block[];
  readonly posted: WrittenDate | null;
  readonly decisions: readonly Decision[];
  /** The number of a line in the file, where it is known better than by its block. */
  readonly lineOf?: ((line: Line) => number | null) | undefined;
  /** Headings that begin a chapter besides those that say so themselves (`Chapter 1`). */
  readonly beginsChapter?: ((block: Block) => boolean) | undefined;
}

/** What a text turned out to be. `header` holds only what the text itself says; callers add what the page says. */
export interface ReadStory {
  readonly header: Header<CleanHtml>;
  readonly story: Story<CleanHtml>;
  readonly remarks: readonly Remark[];
  /** Where the text may be parted and where it is: what a person chooses among. */
  readonly places: readonly PartingPlace[];
}

/**
 * Tells header, chapters and endings of a text apart: passages `p1`, `p2` … in order, one for each chapter, or a
 * single one. `posted` of the page wins over a date in the header, which stays as written.
 * A decision about `passages` names all the places where passages begin besides the head of the text and those of its
 * branches, such as `3 5:2`; or `none`.
 * @throws Invalid when a decision names a place that is not in the text.
 */
export function readStory(text: StoryText): ReadStory {
  const head = readHeader(text);
  const begins = (block: Block): boolean => isChapterHeading(block) || text.beginsChapter?.(block) === true;
  const fork = findFork({
    file: text.file,
    blocks: head.rest,
    decisions: text.decisions,
    beginsScene: begins,
  });
  const parted = decidedParts(text, head.rest, begins);
  const split: Split = (blocks) => splitChapters(blocks, begins, parted?.starts);
  const openers = new Set<Block>();
  const told =
    fork === undefined
      ? undivided(head.rest, split, openers)
      : divided(fork.trunk, fork.branches, split, openers);
  const { story, remarks } = withWrittenChoices(told, text.file);
  const end = endOf(head.rest, head.header, text.file);
  return {
    header: { ...head.header, posted: text.posted ?? head.header.posted, ...end.header },
    story,
    remarks: [
      ...head.remarks.map((r) => overruled(r, text.posted)),
      ...(fork?.remarks ?? undividedRemarks(text)),
      ...(parted?.remarks ?? []),
      ...remarks,
      ...end.remarks,
    ],
    places: partingPlaces(head.rest, begins, openers),
  };
}

/** Nothing divides, as a person said: else her decision would seem to have been lost. */
function undividedRemarks({ file, decisions }: StoryText): readonly Remark[] {
  const said = decisions.findLast((d) => d.about === placeOfFork && d.value === 'none');
  if (said === undefined) return [];
  const where = { file, line: null, element: null };
  const who = { decidedBy: said.by, decidedAt: said.at };
  return [remark('decided', placeOfFork, 'The story does not divide.', { where, ...who })];
}

/** A date in the header is a date written, not posted, where the page has its own. */
function overruled(said: Remark, posted: WrittenDate | null): Remark {
  if (posted === null || said.about !== 'work.posted') return said;
  const message = 'The date in the header is kept as written; the date of the page is the date of posting.';
  return { ...said, certainty: 'read', about: 'work.asWritten', message, alternatives: [] };
}

type Split = (blocks: readonly Block[]) => readonly Chapter[];

function undivided(blocks: readonly Block[], split: Split, openers: Set<Block>): Story<CleanHtml> {
  return { passages: passagesOf(split(blocks), 1, true, openers), choices: [], variantSets: [] };
}

function divided(
  trunk: readonly Block[],
  branches: Division['branches'],
  split: Split,
  openers: Set<Block>,
): Story<CleanHtml> {
  const passages = passagesOf(split(trunk), 1, false, openers);
  const place = `p${passages.length}`;
  const set: Branch[] = [];
  for (const [i, branch] of branches.entries()) {
    set.push({ siglum: siglumOf(i), label: branch.label, head: `p${passages.length + 1}` });
    for (const passage of passagesOf(split(branch.blocks), passages.length + 1, true, openers))
      passages.push(passage);
  }
  return { passages, choices: [], variantSets: [{ place, branches: set }] };
}

/** The chapters of a stretch of text as passages, numbered from `first`; `ends` when its last one is an ending. */
function passagesOf(
  chapters: readonly Chapter[],
  first: number,
  ends: boolean,
  openers: Set<Block>,
): Passage<CleanHtml>[] {
  return chapters.map((chapter, i) => {
    if (chapter.opener !== null) openers.add(chapter.opener);
    return {
      key: `p${first + i}`,
      title: chapter.title,
      html: passageHtml(chapter.blocks),
      words: chapter.blocks.reduce((sum, b) => sum + countWords(blockText(b)), 0),
      ending: ends && i === chapters.length - 1,
      tags: [],
      sets: [],
      unsets: [],
    };
  });
}

const toBeContinued = /^\W*(?:tbc|to be continued|more (?:to come|soon)|продолжение следует)\W*$/iu;
const theEnd = /^\W*(?:the end|fin|finis|конец)\W*$/iu;

/** What the last line says of the story's end; part 1 of 3 is not complete however it ends. */
function endOf(
  blocks: readonly Block[],
  header: Header<CleanHtml>,
  file: string,
): { readonly header: Partial<Pick<Header, 'complete'>>; readonly remarks: readonly Remark[] } {
  const last = blocks.findLast((b) => countWords(blockText(b)) > 0);
  const words = last?.lines.at(-1)?.text ?? '';
  const open = toBeContinued.test(words);
  const part = header.series?.part ?? null;
  const closed = theEnd.test(words) && (part === null || part === header.series?.of);
  if (last === undefined || header.complete !== null || (!open && !closed))
    return { header: {}, remarks: [] };
  const message = `“${words.trim()}”: the story is ${open ? 'not ' : ''}complete.`;
  const where = { file, line: last.line, element: null };
  return { header: { complete: !open }, remarks: [remark('inferred', 'work.complete', message, { where })] };
}
