import { raw } from 'hono/html';
import { titleOf } from '../../phrases.ts';
import { listStates } from '../../store/works.ts';
import { type Page, render } from '../archive.ts';
import { excuse, tooOften } from '../errors.tsx';
import { openedWork, readsOldStates } from '../guard.ts';
import { workPath } from '../handle.ts';
import { Layout } from '../layout.tsx';
import { limit } from '../serving/limits.ts';
import { readersOf } from '../session.ts';
import { compareAside } from './aside.ts';
import { showComparison, views } from './shown.tsx';
import { readSides, readTexts, type Side, showsState } from './sides.ts';

/** `GET /works/:handle/compare/:a...:b?view=side|text|apparatus`: two texts of a work, word by word. */
export const comparePage: Page = comparison(showsState, workPath);

/** `GET /studio/:handle/compare/:a...:b`: the same for those who write, old states of published works too. */
export const compareVersionsPage: Page = comparison(
  () => true,
  (handle, rest) => `/studio/${handle}${rest}`,
);

function comparison(isOpen: typeof showsState, pathTo: typeof workPath): Page {
  return (archive) => {
    const readers = readersOf(archive);
    const often = limit(20, 60);
    return async (c) => {
      const { work, handle, cache } = openedWork(c);
      const old = work.stage === 'published' || (await readsOldStates(c, archive));
      const states = (await listStates(archive.store, work.id)).filter((state) => isOpen(work, state, old));
      const numbers = new Set(states.map((state) => state.number));
      const pair = c.req.param('pair') ?? '';
      const sides = await readSides(archive, work, pair, c.req.query('place'), numbers);
      const view = views.find(({ key }) => key === c.req.query('view'))?.key ?? 'side';

      const long = isLong(sides);
      if (long && !often.take(readers.address(c))) return excuse(c, archive, tooOften);
      const texts = [await readTexts(archive, sides[0]), await readTexts(archive, sides[1])] as const;
      const path = `/compare/${sides[0].name}...${sides[1].name}`;
      const task = { sides: texts, view, path: pathTo(handle, path), language: work.header.language };
      const shown = await (long ? compareAside(task) : showComparison(task));

      const between = `${sides[0].title} and ${sides[1].title}`;
      return render(
        c,
        <Layout
          archive={archive}
          title={`${titleOf(work)} · ${between} compared`}
          path={pathTo(work.id, path)}
          here="works"
          noindex={cache === 'private'}
        >
          <article class="page-wide compare">
            <p class="up">
              <a href={workPath(handle)}>{titleOf(work)}</a>
            </p>
            <h1>{between}, compared</h1>
            {raw(shown)}
          </article>
        </Layout>,
        { cache },
      );
    };
  };
}

/** A comparison of two novels takes a quarter of a second, for which every other reader would wait. */
function isLong(sides: readonly Side[]): boolean {
  return sides.flatMap((side) => side.entries).reduce((sum, entry) => sum + entry.words, 0) > 40_000;
}
