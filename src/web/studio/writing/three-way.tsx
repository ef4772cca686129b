import type { FC } from 'hono/jsx';
import { blocksOf, blockText, type CleanHtml, cleanHtml, joinBlocks } from '../../../html.ts';
import { type Tokens, tokens } from '../../../model/text/compare/tokens.ts';
import { inOneText } from '../../../model/text/compare/views.ts';
import { compareWords } from '../../../model/text/compare.ts';
import { mergeBlocks, mergedBlocks, type Stretch } from '../../../model/text/merge.ts';
import { count } from '../../../phrases.ts';

/** A text two people, or one in two places, changed: what it was, and what each made of it. */
interface ThreeTexts {
  readonly base: CleanHtml;
  readonly theirs: CleanHtml;
  readonly mine: CleanHtml;
}

/** The stretches of three texts, block by block; strings are blocks of clean HTML. */
export function stretchesOf({ base, mine, theirs }: ThreeTexts): readonly Stretch[] {
  return mergeBlocks(markup(base), markup(mine), markup(theirs));
}

/** Both texts as one; where they clash, both blocks stand in it. */
export function mergedText(stretches: readonly Stretch[]): CleanHtml {
  return cleanHtml(mergedBlocks(stretches).join('\n'));
}

/** How many paragraphs both changed otherwise. */
export function countClashes(stretches: readonly Stretch[]): number {
  return stretches.filter(({ by }) => by === 'clash').length;
}

function markup(html: CleanHtml): readonly string[] {
  return blocksOf(html).map((block) => joinBlocks([block]));
}

/** At most this many places are shown, and this many characters of each; both texts stand whole below. */
const mostPlaces = 200;
const mostCharacters = 100_000;

/** The three texts beside one another, what each side changed marked, paragraphs nobody changed left out. */
export const ThreeWay: FC<{
  readonly stretches: readonly Stretch[];
  readonly theirs: string;
  readonly language: string | null;
}> = ({ stretches, theirs, language }) => {
  const shown = stretches.slice(0, 2 * mostPlaces);
  const left = stretches.slice(shown.length).filter(({ by }) => by !== 'nobody').length;
  return (
    <table class="three-way">
      <caption class="unseen">
        What you began with, and what became of it on each side. Words taken out are struck through, words put
        in underlined.
      </caption>
      <thead>
        <tr>
          <th scope="col">You began with</th>
          <th scope="col">{theirs}</th>
          <th scope="col">Yours</th>
          <th scope="col">What the text below has</th>
        </tr>
      </thead>
      <tbody lang={language ?? undefined}>
        {shown.map((stretch) =>
          stretch.by === 'nobody' ? (
            <tr class="three-same">
              <td colspan={4}>{count(stretch.base.length, 'paragraph')} that nobody changed</td>
            </tr>
          ) : (
            <tr class={`three-${stretch.by}`}>
              <td data-side="You began with">
                <Plain blocks={stretch.base} />
              </td>
              <td data-side={theirs}>
                <Changed from={stretch.base} to={stretch.theirs} />
              </td>
              <td data-side="Yours">
                <Changed from={stretch.base} to={stretch.mine} />
              </td>
              <td data-side="What the text below has">{taken[stretch.by]}</td>
            </tr>
          ),
        )}
        {left > 0 && (
          <tr class="three-same">
            <td colspan={4}>
              {count(left, 'place')} more that are not shown here: the text below has them all
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
};

const taken: Readonly<Record<Exclude<Stretch['by'], 'nobody'>, string>> = {
  mine: 'yours',
  theirs: 'theirs',
  both: 'what both of you wrote',
  clash: 'both, theirs first: keep what you want',
};

const Plain: FC<{ readonly blocks: readonly string[] }> = ({ blocks }) =>
  blocks.length === 0 ? (
    <p class="absent">nothing</p>
  ) : (
    <>
      {paragraphsOf(beginningOf(blocks)).map((text) => (
        <p>{text || '* * *'}</p>
      ))}
      <Rest of={blocks} />
    </>
  );

/** Says that not all is shown. */
const Rest: FC<{ readonly of: readonly string[] }> = ({ of }) => {
  const left = of.length - beginningOf(of).length;
  return left === 0 ? null : <p class="absent">… {count(left, 'paragraph')} more</p>;
};

/** As many blocks as are shown; one at least. */
function beginningOf(blocks: readonly string[]): readonly string[] {
  let characters = 0;
  const end = blocks.findIndex((block, i) => {
    characters += block.length + 10;
    return i > 0 && characters > mostCharacters;
  });
  return end < 0 ? blocks : blocks.slice(0, end);
}

/** Looks at pairs of words: of all places together a second. */
const mostWork = 100_000;

const Changed: FC<{ readonly from: readonly string[]; readonly to: readonly string[] }> = ({ from, to }) => {
  // Where not all is shown, marks would name as put in what only comes later on the other side.
  if ([from, to].some((blocks) => beginningOf(blocks).length < blocks.length)) return <Plain blocks={to} />;
  const [a, b] = [wordsOf(from), wordsOf(to)];
  const paragraphs = inOneText(a, b, compareWords(a, b, { limit: mostWork }));
  const shown = paragraphs.filter(({ runs }) => runs.length > 0);
  if (shown.length === 0) return <Plain blocks={to} />;
  return (
    <>
      {shown.map(({ runs }) => (
        <p>
          {runs.map(({ kind, text }) => {
            if (kind === 'same') return <>{text}</>;
            const space = /^\s*/.exec(text)?.[0] ?? '';
            const words = text.slice(space.length);
            const isGone = kind === 'deleted' || kind === 'left';
            return (
              <>
                {space}
                {isGone ? <del>{words}</del> : <ins>{words}</ins>}
              </>
            );
          })}
        </p>
      ))}
    </>
  );
};

function wordsOf(blocks: readonly string[]): Tokens {
  return tokens(paragraphsOf(blocks).filter((text) => text.trim() !== ''));
}

function paragraphsOf(blocks: readonly string[]): readonly string[] {
  return blocks.flatMap((block) => blocksOf(block).map(blockText));
}
