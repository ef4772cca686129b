import type { FC } from 'hono/jsx';
import { apparatus, areApart, type Summary, summarise } from '../../model/compare/apparatus.ts';
import type { Tokens } from '../../model/compare/tokens.ts';
import { type Comparison, compareWords } from '../../model/compare.ts';
import { count, titleOf } from '../../phrases.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { excuse, tooOften } from '../errors.tsx';
import { openedWork } from '../guard.ts';
import { type OpenedWork, workPath } from '../handle.ts';
import { Layout } from '../layout.tsx';
import { limit } from '../limits.ts';
import { readersOf } from '../session.ts';
import { Apparatus, InOneText, SideBySide } from './compared.tsx';
import { readSides, readWords, type Side } from './sides.ts';

/** `GET /works/:handle/compare/:a...:b?view=side|text|apparatus`: two texts of a work, word by word. */
export const comparePage: Page = (archive) => {
  const readers = readersOf(archive);
  const often = limit(20, 60);
  return async (c) => {
    const opened = openedWork(c);
    const sides = await readSides(archive, opened.work, c.req.param('pair') ?? '', c.req.query('place'));
    const view = views.find(({ key }) => key === c.req.query('view'))?.key ?? 'side';

    if (isLong(sides) && !often.take(readers.address(c))) return excuse(c, archive, tooOften);
    const [a, b] = [await readWords(archive, sides[0]), await readWords(archive, sides[1])];
    const comparison = compareWords(a, b, { limit: mostWork });

    const page = (
      <ComparePage archive={archive} opened={opened} view={view} {...{ sides, a, b, comparison }} />
    );
    return render(c, page, { cache: opened.cache });
  };
};

/** A comparison of two novels takes a quarter of a second, for which every other reader waits. */
function isLong(sides: readonly Side[]): boolean {
  return sides.flatMap((side) => side.entries).reduce((sum, entry) => sum + entry.words, 0) > 40_000;
}

interface ComparePageProps extends Compared {
  readonly archive: Archive;
  readonly opened: OpenedWork;
  readonly view: View;
}

const ComparePage: FC<ComparePageProps> = ({ archive, opened, view, ...compared }) => {
  const { work, handle, cache } = opened;
  const { sides, a, b, comparison } = compared;
  const summary = summarise(a, b, comparison);
  const apart = areApart(summary);
  const path = `/compare/${sides[0].name}...${sides[1].name}`;
  const title = `${titleOf(work)} · ${sides[0].title} and ${sides[1].title} compared`;
  return (
    <Layout
      archive={archive}
      title={title}
      path={workPath(work.id, path)}
      here="works"
      noindex={cache === 'private'}
    >
      <article class="page-wide compare">
        <p class="up">
          <a href={workPath(handle)}>{titleOf(work)}</a>
        </p>
        <h1>
          {sides[0].title} and {sides[1].title}, compared
        </h1>
        {apart ? (
          <Apart {...summary} />
        ) : (
          <>
            <Views path={workPath(handle, path)} here={view} />
            <Extent {...summary} complete={comparison.complete} />
          </>
        )}
        <div lang={work.header.language ?? undefined}>
          {apart ? <SideBySide {...compared} apart /> : show(view, compared)}
        </div>
      </article>
    </Layout>
  );
};

/** Two texts, what they are called, and how one came of the other. */
export interface Compared {
  readonly sides: readonly [Side, Side];
  readonly a: Tokens;
  readonly b: Tokens;
  readonly comparison: Comparison;
}

/** Looks at pairs of words: about a tenth of a second. */
const mostWork = 5_000_000;

const views = [
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
    Written apart: they share {common === 0 ? 'no stretch' : common.toLocaleString('en-GB')} of their{' '}
    {words.a.toLocaleString('en-GB')} and {count(words.b, 'word')}. So they stand side by side, with no
    changes marked{common > 0 && '; what they share is marked instead'}.
  </p>
);

const Extent: FC<Summary & { readonly complete: boolean }> = ({ words, common, moved, complete }) => (
  <>
    <p class="facts">
      <span>
        {words.a.toLocaleString('en-GB')} and {count(words.b, 'word')}
      </span>
      <span>{common.toLocaleString('en-GB')} in common</span>
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
