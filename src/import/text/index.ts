import { Unreadable } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import { type Block, blockText, joinBlocks } from '../../html.ts';
import type { Comment } from '../../model/comment.ts';
import { type Edition, emptyEdition } from '../../model/edition.ts';
import { type Decision, type Remark, remark } from '../../model/remark.ts';
import { isChapterHeading } from '../chapters.ts';
import { readDate } from '../dates.ts';
import { applyDecisions } from '../decide.ts';
import { findMarkers } from '../fork/markers.ts';
import type { Importer, OpenFile, Reading } from '../importer.ts';
import { isPage } from '../remainder.ts';
import { recordOf, remarksOnCharset } from '../source.ts';
import { readStory } from '../story.ts';
import { untitled } from '../untitled.ts';
import { otherKind } from './kind.ts';
import { blocksOfLines, type Layout, layoutOf, lineNumber } from './lines.ts';
import { readPage, type TextComment, type TextPage } from './page.ts';
import { nestByTime } from './thread.ts';

/** Reads plain text: a story, a book of Project Gutenberg, or what was copied from a journal page with its comments. */
export const textImporter: Importer = {
  name: 'text',
  version: 1,
  about:
    'Plain text: a story, or a journal page saved as text with its comments; also books of Project Gutenberg.',
  recognises: (file: OpenFile) => !isPage(file),
  read: readText,
};

function readText(file: OpenFile, decisions: readonly Decision[]): Reading {
  const kind = otherKind(file.text);
  if (kind !== undefined) throw new Unreadable(`import/text: "${file.path}" is not read: ${kind}`);
  const page = readPage(file.text);
  const layout = layoutOf([...page.body, ...page.comments.flatMap((c) => c.body)]);
  const blocks = blocksOfLines(page.body, layout);
  const { title, rest } = page.subject === null ? titleOf(blocks) : { title: undefined, rest: blocks };
  const posted = page.date === null ? undefined : readDate(page.date.text);
  const { header, story, remarks, places } = readStory({
    file: file.path,
    subject: page.subject?.text ?? null,
    blocks: rest,
    posted: posted?.date ?? null,
    decisions,
    lineOf: lineNumber,
  });
  const titled = title === undefined ? undefined : blockText(title);
  const work =
    titled === undefined
      ? header
      : {
          ...header,
          title: header.title ?? titled,
          asWritten: [{ label: '', value: titled }, ...header.asWritten],
        };
  const edition: Edition<CleanHtml> = {
    ...emptyEdition,
    ...story,
    work,
    comments: commentsOf(page.comments, layout, file),
    sources: [recordOf(file, textImporter)],
    remarks: [
      ...remarksOnCharset(file),
      ...remarks,
      ...remarksOnHead(page, title, work.title, posted?.ambiguous ?? [], file),
      ...remarksOnComments(page.comments, file),
    ],
  };
  return { editions: [applyDecisions(edition, decisions)], chrome: page.chrome, places: [places] };
}

/** A short line alone at the head of a text that has no header is its title. */
function titleOf(blocks: readonly Block[]): { readonly title?: Block; readonly rest: readonly Block[] } {
  const [first, second] = blocks;
  const words = first === undefined ? '' : blockText(first);
  const isTitle =
    first?.kind === 'paragraph' &&
    first.lines.length === 1 &&
    second !== undefined &&
    words.length <= 80 &&
    !/[.,;:…”"]$|^[“"‘'—–-]|:\s/.test(words) &&
    !/^(?:written )?by\b/i.test(blockText(second)) &&
    !isChapterHeading(first) &&
    findMarkers([first]).length === 0;
  return isTitle ? { title: first, rest: blocks.slice(1) } : { rest: blocks };
}

function remarksOnHead(
  page: TextPage,
  title: Block | undefined,
  found: string | null,
  ambiguous: Remark['alternatives'],
  file: OpenFile,
): readonly Remark[] {
  const remarks: Remark[] = [];
  const where = (line: number | null): NonNullable<Remark['where']> => ({
    file: file.path,
    line,
    element: null,
  });
  if (title !== undefined && found === blockText(title)) {
    const message = `The first line, “${found}”, is taken for the title.`;
    remarks.push(remark('inferred', 'work.title', message, { where: where(title.line) }));
  } else if (found === null) {
    remarks.push(untitled(where(1)));
  }
  if (page.date === null) return remarks;
  const place = where(page.date.number);
  if (ambiguous.length > 0) {
    const message = `“${page.date.text}” can be read in two ways: which day is it?`;
    return [
      ...remarks,
      remark('undecided', 'work.posted', message, { where: place, alternatives: ambiguous }),
    ];
  }
  const zone = /(?:utc|gmt)\)?\s*$/i.test(page.date.text)
    ? ''
    : ' by the poster’s clock; in which zone is not said';
  const message = `Posted “${page.date.text}”${zone}.`;
  return [...remarks, remark('read', 'work.posted', message, { where: place })];
}

function commentsOf(
  comments: readonly TextComment[],
  layout: Layout,
  file: OpenFile,
): readonly Comment<CleanHtml>[] {
  const parents = nestByTime(momentsOf(comments));
  const pages: Layout = { ...layout, gap: Number.POSITIVE_INFINITY };
  return comments.map((comment, i) => {
    const parent = parents[i] ?? null;
    return {
      id: `c${i + 1}`,
      parent: parent === null ? null : `c${parent + 1}`,
      author: null,
      posted: readDate(comment.stamp.text)?.date ?? null,
      edited: null,
      subject: null,
      html: joinBlocks(blocksOfLines(comment.body, pages)),
      state: 'shown',
      about: { kind: 'work' },
      icon: null,
      importedFrom: null,
      source: file.sha256,
    };
  });
}

/** What the comments are ordered by; moments and local times are never compared with one another. */
function momentsOf(comments: readonly TextComment[]): readonly (string | null)[] {
  const dates = comments.map((c) => readDate(c.stamp.text)?.date);
  const inUtc = dates.every((date) => date?.zone === 'UTC');
  return dates.map((date) => (inUtc ? date?.instant : date?.local) ?? null);
}

function remarksOnComments(comments: readonly TextComment[], file: OpenFile): readonly Remark[] {
  const [first] = comments;
  if (first === undefined) return [];
  const where = { file: file.path, line: first.stamp.number, element: null };
  const count =
    comments.length === 1
      ? 'One comment was read, with its time.'
      : `${comments.length} comments were read, with their times.`;
  const answers = nestByTime(momentsOf(comments)).filter((p) => p !== null).length;
  const remarks = [
    remark('read', 'comments', count, { where }),
    remark('read', 'comments.author', 'Names are not in this copy: no comment has one.', { where }),
  ];
  if (comments.length === 1) return remarks;
  const nesting = `Nesting is not in this copy. ${answers} of ${comments.length} comments are placed as replies, as they are later than one that follows them; others may be replies too.`;
  return [...remarks, remark('inferred', 'comments.parent', nesting, { where })];
}
