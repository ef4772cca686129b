import { type Block, blockText, type CleanHtml, type Line } from '../html.ts';
import type { WrittenDate } from '../model/date.ts';
import { type Decision, type Remark, remark } from '../model/remark.ts';
import { type Branch, type Passage, type Story, siglumOf } from '../model/state.ts';
import { countWords } from '../model/words.ts';
import type { Header } from '../model/work.ts';
import { isChapterHeading, passageHtml, splitChapters } from './chapters.ts';
import { withWrittenChoices } from './fork/written-choices.ts';
import { findFork } from './fork.ts';
import { readHeader } from './header.ts';

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
}

/**
 * Tells header, chapters and endings of a text apart: passages `p1`, `p2` … in order, one for each chapter, or a
 * single one. `posted` of the page wins over a date in the header, which stays as written.
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
  const told = fork === undefined ? undivided(head.rest, begins) : divided(fork.trunk, fork.branches, begins);
  const { story, remarks } = withWrittenChoices(told, text.file);
  const end = endOf(head.rest, head.header, text.file);
  return {
    header: { ...head.header, posted: text.posted ?? head.header.posted, ...end.header },
    story,
    remarks: [
      ...head.remarks.map((r) => overruled(r, text.posted)),
      ...(fork?.remarks ?? []),
      ...remarks,
      ...end.remarks,
    ],
  };
}

/** A date in the header is a date written, not posted, where the page has its own. */
function overruled(said: Remark, posted: WrittenDate | null): Remark {
  if (posted === null || said.about !== 'work.posted') return said;
  const message = 'The date in the header is kept as written; the date of the page is the date of posting.';
  return { ...said, certainty: 'read', about: 'work.asWritten', message, alternatives: [] };
}

type Begins = (block: Block) => boolean;

function undivided(blocks: readonly Block[], begins: Begins): Story<CleanHtml> {
  return { passages: passagesOf(blocks, 1, true, begins), choices: [], variantSets: [] };
}

function divided(
  trunk: readonly Block[],
  branches: readonly { readonly label: string; readonly blocks: readonly Block[] }[],
  begins: Begins,
): Story<CleanHtml> {
  const passages = passagesOf(trunk, 1, false, begins);
  const place = `p${passages.length}`;
  const set: Branch[] = [];
  for (const [i, branch] of branches.entries()) {
    set.push({ siglum: siglumOf(i), label: branch.label, head: `p${passages.length + 1}` });
    for (const passage of passagesOf(branch.blocks, passages.length + 1, true, begins))
      passages.push(passage);
  }
  return { passages, choices: [], variantSets: [{ place, branches: set }] };
}

/** The chapters of a stretch of text as passages, numbered from `first`; `ends` when its last one is an ending. */
function passagesOf(
  blocks: readonly Block[],
  first: number,
  ends: boolean,
  begins: Begins,
): Passage<CleanHtml>[] {
  const chapters = splitChapters(blocks, begins);
  return chapters.map((chapter, i) => ({
    key: `p${first + i}`,
    title: chapter.title,
    html: passageHtml(chapter.blocks),
    words: chapter.blocks.reduce((sum, b) => sum + countWords(blockText(b)), 0),
    ending: ends && i === chapters.length - 1,
    tags: [],
    sets: [],
    unsets: [],
  }));
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
