import type { FC } from 'hono/jsx';
import { blocksOf, blockText, type CleanHtml } from '../../html.ts';
import { apparatus, areApart, type Summary, summarise } from '../../model/text/compare/apparatus.ts';
import { type Tokens, tokens } from '../../model/text/compare/tokens.ts';
import { type Comparison, compareWords } from '../../model/text/compare.ts';
import { count, grouped } from '../../phrases.ts';
import { Apparatus, InOneText, SideBySide } from './compared.tsx';
import type { Side } from './sides.ts';

/** One of the texts of a comparison, its passages in order; plain data, fit to be sent to a thread. */
export interface TextSide extends Omit<Side, 'entries'> {
  readonly passages: readonly { readonly title: string | null; readonly html: CleanHtml | undefined }[];
}

/** A comparison to be made, and the page it is for. */
export interface ComparisonTask {
  readonly sides: readonly [TextSide, TextSide];
  readonly view: View;
  /** The path of the comparison, to which its views lead. */
  readonly path: string;
  readonly language: string | null;
}

/** Compares two texts and shows how one came of the other, as markup. Needs nothing but its task. */
export async function showComparison({ sides, view, path, language }: ComparisonTask): Promise<string> {
  const [a, b] = [wordsOf(sides[0]), wordsOf(sides[1])];
  const comparison = compareWords(a, b, { limit: mostWork });
  const shown = <Shown {...{ sides, a, b, comparison, view, path, language }} />;
  return `${await shown}`;
}

/** The words of a side, paragraph by paragraph, titles of passages included where there are several. */
function wordsOf({ passages }: TextSide): Tokens {
  const paragraphs = passages.flatMap(({ title, html }) => {
    const named = passages.length > 1 && title !== null ? [title] : [];
    return [...named, ...(html === undefined ? [] : blocksOf(html).map(blockText))];
  });
  return tokens(paragraphs.filter((paragraph) => paragraph.trim() !== ''));
}

/** Two texts, what they are called, and how one came of the other. */
export interface Compared {
  readonly sides: readonly [Named, Named];
  readonly a: Tokens;
  readonly b: Tokens;
  readonly comparison: Comparison;
}

/** What a side is called. */
export type Named = Omit<Side, 'entries'>;

/** Looks at pairs of words: about a tenth of a second. */
const mostWork = 5_000_000;

const Shown: FC<Compared & Omit<ComparisonTask, 'sides'>> = ({ view, path, language, ...compared }) => {
  const { a, b, comparison } = compared;
  const summary = summarise(a, b, comparison);
  const apart = areApart(summary);
  return (
    <>
      {apart ? (
        <Apart {...summary} />
      ) : (
        <>
          <Views path={path} here={view} />
          <Extent {...summary} complete={comparison.complete} />
        </>
      )}
      <div lang={language ?? undefined}>
        {apart ? <SideBySide {...compared} apart /> : show(view, compared)}
      </div>
    </>
  );
};

/** The ways to lay out a comparison, by the word that stands in the address. */
export const views = [
  { key: 'side', name: 'Side by side' },
  { key: 'text', name: 'In one text' },
  { key: 'apparatus', name: 'Apparatus' },
] as const;
type View = (typeof views)[number]['key'];

function show(view: View, compared: Compared) {
  if (view === 'text') return <InOneText {...compared} />;
  if (view === 'apparatus')
    return <Apparatus {...compared} variants={apparatus(compared.a, compared.b, compared.comparison)} />;
  return <SideBySide {...compared} />;
}

const Views: FC<{ readonly path: string; readonly here: View }> = ({ path, here }) => (
  <nav class="compare-views" aria-label="Ways to compare">
    <ul>
      {views.map(({ key, name }) => (
        <li>
          <a
            href={key === 'side' ? path : `${path}?view=${key}`}
            aria-current={key === here ? 'page' : undefined}
          >
            {name}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

/** Stands in place of the figures and the views where word by word would say nothing. */
const Apart: FC<Summary> = ({ words, common }) => (
  <p class="compare-apart">
    Written apart: they share {common === 0 ? 'no stretch' : grouped(common)} of their {grouped(words.a)} and{' '}
    {count(words.b, 'word')}. So they stand side by side, with no changes marked
    {common > 0 && '; what they share is marked instead'}.
  </p>
);

const Extent: FC<Summary & { readonly complete: boolean }> = ({ words, common, moved, complete }) => (
  <>
    <p class="facts">
      <span>
        {grouped(words.a)} and {count(words.b, 'word')}
      </span>
      <span>{grouped(common)} in common</span>
      {moved > 0 && <span>{count(moved, 'passage')} moved</span>}
    </p>
    {!complete && (
      <p class="card">
        These texts differ so much, or repeat themselves so often, that they were not compared to the last
        word: some stretches stand as replaced although they share words.
      </p>
    )}
  </>
);
