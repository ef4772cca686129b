import { Invalid } from '../errors.ts';
import { type Block, blockText } from '../html.ts';
import { type Remark, remark } from '../model/remark.ts';
import type { PartingPlace } from './importer.ts';
import { type BeginsScene, findPlace, firstWords, placesOf } from './places.ts';
import type { StoryText } from './story.ts';

/** What a person decided of how a text is parted into passages. */
interface DecidedParts {
  /** The blocks with which passages begin, besides the head of the text and those of its branches. */
  readonly starts: ReadonlySet<Block>;
  readonly remarks: readonly Remark[];
}

/** The fact a person decides when she joins and splits passages. */
const partsOfText = 'passages';

/**
 * Where passages begin, as a person decided: `3 5:2` names every place, `none` no other than the head of the text.
 * Undefined where nobody has.
 * @throws Invalid for a place that is not in the text
 */
export function decidedParts(
  { file, decisions }: Pick<StoryText, 'file' | 'decisions'>,
  blocks: readonly Block[],
  beginsScene: BeginsScene,
): DecidedParts | undefined {
  const decision = decisions.findLast((d) => d.about === partsOfText);
  if (decision === undefined) return undefined;
  const values = decision.value.split(/[\s,]+/).filter((v) => v !== '' && v !== 'none');
  const starts = values.map((value) => {
    const found = findPlace(blocks, value, beginsScene);
    if ('reason' in found)
      throw new Invalid(
        `import/parts: no passage can begin at ${JSON.stringify(value.slice(0, 40))}: ${found.reason}`,
        { path: partsOfText },
      );
    return blocks[found.at] as Block;
  });
  const message =
    values.length === 0
      ? 'The text is one passage, but for its endings.'
      : `Besides the first and the endings, passages begin at ${values.length} places.`;
  const where = { file, line: null, element: null };
  const who = { decidedBy: decision.by, decidedAt: decision.at };
  return { starts: new Set(starts), remarks: [remark('decided', partsOfText, message, { where, ...who })] };
}

/** Every place at which a text may be parted, the beginning left out; `openers` are the blocks that begin a passage. */
export function partingPlaces(
  blocks: readonly Block[],
  beginsScene: BeginsScene,
  openers: ReadonlySet<Block>,
): readonly PartingPlace[] {
  return placesOf(blocks, beginsScene).flatMap(({ value, at, isScene }) => {
    const block = blocks[at];
    if (at === 0 || block === undefined || blockText(block) === '') return [];
    const words = firstWords(blocks, at);
    return [{ value, line: block.line, words, isScene, begins: openers.has(block) }];
  });
}
