import { type Block, blockText, type CleanHtml, cleanHtml, joinBlocks } from '../html.ts';
import { countWords } from '../model/text/words.ts';

/** A chapter: the words of its heading (null before the first heading) and its text. */
export interface Chapter {
  readonly title: string | null;
  readonly blocks: readonly Block[];
  /** The block it begins with, its heading or its first words; null for what stands before the first heading. */
  readonly opener: Block | null;
}

const number =
  '\\d{1,3}|[ivxlc]{1,7}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|the \\p{L}+|first|last|перв\\p{L}+|втор\\p{L}+|трет\\p{L}+|последн\\p{L}+';
const division =
  'chapter|ch\\.?|part|book|canto|act|episode|letter|глава|часть|kapitel|teil|chapitre|partie|cap[ií]tulo|capitolo';
const shapes: readonly RegExp[] = [
  new RegExp(
    `^(?:${division})\\s*(?:${number})(?:\\s*(?:of|/|из)\\s*[\\d?]{1,3})?(?:\\s*[.:)–—-]\\s*.{0,100}|\\s+[“"'‘(].{1,100})?$`,
    'iu',
  ),
  new RegExp(`^(?:${number})\\s+(?:глава|часть)$`, 'iu'),
  /^(?:prologue?|epilogue?|interlude|foreword|afterword|coda|пролог|эпилог|интерлюдия)(?:\s*[.:–—-]\s*.{0,100})?$/iu,
];

/**
 * Whether a block is the heading of a chapter: `Chapter 1`, `Chapter One: The Lamp`, `Part II`, `Prologue`, alone on
 * its line. A plain line is one only without the full stop of a sentence.
 */
export function isChapterHeading(block: Block): boolean {
  if (block.kind !== 'heading' && (block.kind !== 'paragraph' || block.lines.length !== 1)) return false;
  if (blockText(block).length > 160) return false;
  const line = blockText(block)
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/^[*_~=–—-]+\s*|\s*[*_~=–—-]+$/g, '')
    .trim();
  if (!shapes.some((shape) => shape.test(line))) return false;
  return block.kind === 'heading' || !/[^\d\s][\s\p{L}]*[.,;!?”"]$/u.test(line) || /^\S+ \S+\.$/.test(line);
}

/**
 * The chapters of a text by its own headings; one without a title where it has none. A heading with no words under
 * it (a line of contents, `Part I` above `Chapter 1`) stays in the text of the chapter that follows. With `starts`,
 * chapters begin at those blocks and nowhere else: that is what a person decided.
 */
export function splitChapters(
  blocks: readonly Block[],
  begins: (block: Block) => boolean = isChapterHeading,
  starts?: ReadonlySet<Block>,
): readonly Chapter[] {
  const chapters: Open[] = [];
  let current: Open = { title: null, heading: null, opener: null, blocks: [], words: false };
  for (const block of blocks) {
    if (!(starts?.has(block) ?? begins(block))) {
      current.words ||= countWords(blockText(block)) > 0;
      current.blocks.push(block);
      continue;
    }
    if (current.words) chapters.push(current);
    const carried = current.words ? [] : whole(current).filter((b) => blockText(b) !== '');
    current = begins(block)
      ? { title: titleOf(block), heading: block, opener: block, blocks: carried, words: false }
      : { title: null, heading: null, opener: block, blocks: [...carried, block], words: true };
  }
  const last = chapters.at(-1);
  if (current.words || last === undefined) chapters.push(current);
  else for (const block of whole(current)) last.blocks.push(block);
  return chapters.map(({ title, opener, blocks: own }) => ({ title, opener, blocks: trimBreaks(own) }));
}

/** A chapter under way; `words` once there are any under its heading. */
interface Open extends Chapter {
  readonly heading: Block | null;
  readonly blocks: Block[];
  words: boolean;
}

/** Without its own words, a heading goes where the blocks before it go. */
function whole(chapter: Open): readonly Block[] {
  return chapter.heading === null ? chapter.blocks : [...chapter.blocks, chapter.heading];
}

function titleOf(block: Block): string {
  return blockText(block)
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
}

/** Without breaks that show nothing at either end: where the text is cut, they part nothing any more. */
export function trimBreaks(blocks: readonly Block[]): readonly Block[] {
  const shows = (b: Block): boolean => b.kind !== 'break' || blockText(b) !== '';
  const from = blocks.findIndex(shows);
  return from < 0 ? [] : blocks.slice(from, blocks.findLastIndex(shows) + 1);
}

/** The text of a passage. A link whose end came to lie in another passage loses it, as the cleaner would take it. */
export function passageHtml(blocks: readonly Block[]): CleanHtml {
  const html = joinBlocks(blocks);
  return /(?:href="#|id=")t-/.test(html) ? cleanHtml(html) : html;
}
