import type { FC } from 'hono/jsx';
import type { PageLine } from '../../import/review/lines.ts';
import { passageLine } from '../../import/review/places.ts';
import { StoryGraph } from '../../model/graph/graph.ts';
import type { Story } from '../../model/state.ts';
import { count } from '../../phrases.ts';
import { Siglum, siglumClass } from '../parts.tsx';

interface PageLinesProps {
  readonly lines: readonly PageLine[];
  readonly story: Story;
  /** The lines from which facts were read, by their numbers. */
  readonly places: ReadonlySet<number>;
}

/** At most this many lines are shown: a novel has fewer. */
const mostLines = 20_000;

/** The page as it was, as lines of words: those that facts came from are marked, those of a branch have its colour. */
export const PageLines: FC<PageLinesProps> = ({ lines, story, places }) => {
  const sigla = siglaOf(story);
  const heads = new Map(
    story.variantSets.flatMap((set) =>
      set.branches.map((b) => [passageLine(lines, b.head), b.siglum] as const),
    ),
  );
  const runs = runsOf(lines.slice(0, mostLines), places, (at) => heads.has(at));
  return (
    <>
      {runs.map((run) => (
        <>
          {heads.has(run[0]?.at ?? -1) && <ForkMark siglum={heads.get(run[0]?.at ?? -1) ?? ''} />}
          <Run run={run} places={places} sigla={sigla} />
        </>
      ))}
      {lines.length > mostLines && (
        <p class="soft">{count(lines.length - mostLines, 'more line')} of the page are not shown here.</p>
      )}
    </>
  );
};

/** Where a branch begins: the first of them is where the story divides. */
const ForkMark: FC<{ readonly siglum: string }> = ({ siglum }) => (
  <p class={`fork-mark ${siglumClass(siglum)}`}>
    <Siglum letter={siglum} /> {siglum === 'A' ? 'the story divides here' : 'another branch begins'}
  </p>
);

type Numbered = PageLine & { readonly at: number };

const Run: FC<{
  readonly run: readonly Numbered[];
  readonly places: ReadonlySet<number>;
  readonly sigla: ReadonlyMap<string, string>;
}> = ({ run, places, sigla }) => {
  const { part } = run[0] ?? { part: { kind: 'site' } as const };
  const isSite = part.kind === 'site' && !places.has(run[0]?.at ?? -1);
  const siglum = part.kind === 'passage' ? sigla.get(part.key) : undefined;
  const names = [`of-${part.kind}`, siglum === undefined ? '' : `of-branch ${siglumClass(siglum)}`];
  return (
    <p class={names.join(' ').trim()}>
      {run.map(({ at, text }, i) => (
        <>
          {i > 0 && (isSite ? ' · ' : <br />)}
          <span id={`at-${at}`} class={places.has(at) ? 'place' : undefined}>
            {isSite ? withoutAddresses(text) : text}
          </span>
        </>
      ))}
    </p>
  );
};

/** Lines that stand together: those of one paragraph, and what of the site stands between two paragraphs. */
function runsOf(
  lines: readonly PageLine[],
  places: ReadonlySet<number>,
  begins: (at: number) => boolean,
): readonly (readonly Numbered[])[] {
  const runs: Numbered[][] = [];
  for (const [at, line] of lines.entries()) {
    const last = runs.at(-1)?.at(-1);
    const joins =
      last !== undefined && !begins(at) && goesOn(last, line, places.has(at) || places.has(last.at));
    if (joins) runs.at(-1)?.push({ ...line, at });
    else runs.push([{ ...line, at }]);
  }
  return runs;
}

function goesOn(last: Numbered, line: PageLine, isPlace: boolean): boolean {
  if (last.part.kind !== line.part.kind) return false;
  if (line.part.kind === 'site') return !isPlace;
  if (line.part.kind === 'comment' && last.part.kind === 'comment') return line.part.id === last.part.id;
  return !line.isFresh;
}

/** The branch each passage belongs to, where it belongs to one. */
function siglaOf(story: Story): ReadonlyMap<string, string> {
  const graph = new StoryGraph(story);
  return new Map(
    story.variantSets.flatMap((set) =>
      set.branches.flatMap(({ siglum }) =>
        graph.branchPassages(set, siglum).map(({ key }) => [key, siglum] as const),
      ),
    ),
  );
}

/** What the site printed for its owner alone: where people who commented were (IPv4 and IPv6). */
function withoutAddresses(text: string): string {
  return text.replace(
    /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])|(?<![\w:])(?:[\da-f]{1,4}:){4,7}[\da-f:]*/gi,
    '[an address]',
  );
}
