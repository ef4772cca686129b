import type { FC } from 'hono/jsx';
import type { Variant } from '../../model/text/compare/apparatus.ts';
import { inOneText, type Paragraph, type Row, type Run, sideBySide } from '../../model/text/compare/views.ts';
import { Siglum, siglumClass } from '../parts.tsx';
import type { Compared, Named } from './shown.tsx';

/**
 * Both texts beside one another (on a phone below one another), paragraphs that belong together in one row. What only
 * one has is marked; where the texts were written `apart`, what both have.
 */
export const SideBySide: FC<Compared & { readonly apart?: boolean }> = (props) => {
  const { sides, a, b, comparison, apart = false } = props;
  const rows = sideBySide(a, b, comparison);
  const firsts = firstRuns(rows.flatMap((row) => [...row.a, ...row.b]));
  return (
    <table class="compare-sides">
      <caption class="unseen">
        Left what {sides[0].title} has, right what {sides[1].title} has;{' '}
        {apart ? 'words both of them have' : 'words only one of them has'} are marked.
      </caption>
      <thead>
        <tr>
          {sides.map((side, i) => (
            <th scope="col" class={sideClass(side, i)}>
              <SideName side={side} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <SideRow row={row} sides={sides} firsts={firsts} apart={apart} />
        ))}
      </tbody>
    </table>
  );
};

/** On a phone, where sides stand below one another, a row with no change in it is shown once. */
const SideRow: FC<MarkedProps & { readonly row: Row }> = ({ row, ...marked }) => (
  <tr class={isUnchanged(row) ? 'compare-same' : undefined}>
    {[row.a, row.b].map((paragraphs, i) => (
      <td class={sideClass(marked.sides[i], i)} data-side={marked.sides[i]?.siglum ?? marked.sides[i]?.title}>
        <Paragraphs paragraphs={paragraphs} {...marked} />
      </td>
    ))}
  </tr>
);

function isUnchanged({ a, b }: Row): boolean {
  return [...a, ...b].every(
    ({ opened, runs }) => opened === 'same' && runs.every(({ kind }) => kind === 'same'),
  );
}

/** One text that holds both: what only the first has is deleted, what only the second has is inserted. */
export const InOneText: FC<Compared> = ({ sides, a, b, comparison }) => {
  const paragraphs = inOneText(a, b, comparison);
  return (
    <div class="compare-text">
      <p class="compare-key">
        <del class={sideClass(sides[0], 0)}>Only in {sides[0].title}</del>,{' '}
        <ins class={sideClass(sides[1], 1)}>only in {sides[1].title}</ins>
      </p>
      <Paragraphs paragraphs={paragraphs} sides={sides} firsts={firstRuns(paragraphs)} />
    </div>
  );
};

/** The variants as editions print them: the words of the first, a bracket, the words of the second. */
export const Apparatus: FC<Compared & { readonly variants: readonly Variant[] }> = ({ sides, variants }) =>
  variants.length === 0 ? (
    <p>Both texts have the same words.</p>
  ) : (
    <>
      <p>
        The number is that of the paragraph in {sides[0].title}. Before the bracket stands what it has, behind
        it what {sides[1].title} has.
      </p>
      <ol class="compare-apparatus">
        {variants.map((variant) => (
          <li>
            <b>{variant.paragraph}</b> <Entry variant={variant} sides={sides} />
          </li>
        ))}
      </ol>
    </>
  );

const Entry: FC<{ readonly variant: Variant; readonly sides: Compared['sides'] }> = ({ variant, sides }) => (
  <>
    {variant.lemma} <span class="compare-witness">{witness(sides[0], 'A')}]</span>{' '}
    {variant.kind === 'omitted' && <abbr title="omitted: not there">om.</abbr>}
    {variant.kind === 'added' && (
      <>
        <abbr title="added after these words">add.</abbr> {variant.reading}
      </>
    )}
    {variant.kind === 'replaced' && variant.reading}
    {variant.kind === 'moved' && (
      <>
        moved to paragraph {variant.to}
        {variant.reading !== variant.lemma && <>, where it reads: {variant.reading}</>}
      </>
    )}{' '}
    <span class="compare-witness">{witness(sides[1], 'B')}</span>
  </>
);

function witness(side: Named, otherwise: string): string {
  return side.siglum ?? (/^s\d/.test(side.name) ? side.name : otherwise);
}

const SideName: FC<{ readonly side: Named }> = ({ side }) => (
  <>
    {side.siglum !== null && <Siglum letter={side.siglum} />} {side.title}
    {side.note !== null && <span class="compare-note"> {side.note}</span>}
  </>
);

/** The colour of a side: of its siglum where it has one, else the first or the second. */
function sideClass(side: Named | undefined, index: number): string {
  return siglumClass(side?.siglum ?? (index === 0 ? 'A' : 'B'));
}

interface MarkedProps {
  readonly sides: Compared['sides'];
  /** The runs with which moved passages begin, where they were and where they are. */
  readonly firsts: ReadonlySet<Run>;
  /** Whether what both texts have is marked, not what one of them lacks. */
  readonly apart?: boolean;
}

function firstRuns(paragraphs: readonly Paragraph[]): ReadonlySet<Run> {
  const firsts = new Map<string, Run>();
  for (const run of paragraphs.flatMap((paragraph) => paragraph.runs)) {
    const place = `${run.kind} ${run.passage}`;
    if (run.kind !== 'same' && run.passage !== undefined && !firsts.has(place)) firsts.set(place, run);
  }
  return new Set(firsts.values());
}

const Paragraphs: FC<MarkedProps & { readonly paragraphs: readonly Paragraph[] }> = (props) => (
  <>
    {props.paragraphs
      .filter((paragraph) => paragraph.runs.length > 0)
      .map((paragraph) => (
        <p>
          {paragraph.runs.map((run) => (
            <Words run={run} sides={props.sides} firsts={props.firsts} apart={props.apart ?? false} />
          ))}
        </p>
      ))}
  </>
);

/** Spaces stand outside the marks, so that no mark begins with one. */
const Words: FC<MarkedProps & { readonly run: Run }> = ({ run, sides, firsts, apart = false }) => {
  const space = /^\s*/.exec(run.text)?.[0] ?? '';
  const words = run.text.slice(space.length);
  if (run.kind === 'left' || run.kind === 'arrived') {
    return (
      <>
        {space}
        <MovedWords run={run} words={words} sides={sides} firsts={firsts} />
      </>
    );
  }
  const isMarked = (run.kind === 'same') === apart;
  if (!isMarked) return <>{run.text}</>;
  return (
    <>
      {space}
      {run.kind === 'same' && <mark>{words}</mark>}
      {run.kind === 'deleted' && <del class={sideClass(sides[0], 0)}>{words}</del>}
      {run.kind === 'inserted' && <ins class={sideClass(sides[1], 1)}>{words}</ins>}
    </>
  );
};

/** A passage that changed its place says so where it begins, with the way to its other place. */
const MovedWords: FC<MarkedProps & { readonly run: Run; readonly words: string }> = (props) => {
  const { run, words, sides, firsts } = props;
  const isHere = run.kind === 'arrived';
  const mark = firsts.has(run) && (
    <a
      class="compare-moved-mark"
      id={`${isHere ? 'arrived' : 'left'}-${run.passage}`}
      href={`#${isHere ? 'left' : 'arrived'}-${run.passage}`}
    >
      {isHere ? `moved here (${run.passage})` : `moved away (${run.passage})`}
    </a>
  );
  return isHere ? (
    <>
      {mark} <ins class={`compare-moved ${sideClass(sides[1], 1)}`}>{words}</ins>
    </>
  ) : (
    <>
      {mark} <del class={`compare-moved ${sideClass(sides[0], 0)}`}>{words}</del>
    </>
  );
};
