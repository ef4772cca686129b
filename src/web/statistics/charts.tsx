import type { Child, FC } from 'hono/jsx';
import { grouped } from '../../phrases.ts';
import { Siglum, siglumClass } from '../parts.tsx';
import { namedColumns, percentsOf, scaleTo } from './scales.ts';

/** One kind of thing that is counted in a chart over time. */
export interface Series {
  readonly name: string;
  /** Its letter, whose colour it has; without one it is drawn in ink. */
  readonly siglum?: string | undefined;
  /** What stands for it at the head of a column, where its name is too long. */
  readonly mark?: string | undefined;
  /** A number for each column. */
  readonly values: readonly number[];
}

interface OverTimeProps {
  /** Names the chart and its table: no other on the page is called so. */
  readonly id: string;
  /** What is counted, for its heading and for those who do not see it. */
  readonly title: string;
  /** The names of the columns, long and short, oldest first. */
  readonly columns: readonly { readonly name: string; readonly short: string }[];
  /** What the columns are, as the heading of theirs in the table: `Day`. */
  readonly unit: string;
  readonly series: readonly Series[];
}

/** In pixels. Across, places are in percents: so a chart is as wide as its page, and its letters stay as large. */
const plot = { above: 18, height: 148, below: 26 };
const mostNames = 4;

/** Columns over time, one series upon the other, and the same numbers in a table, the newest first. */
export const OverTime: FC<OverTimeProps> = ({ id, title, columns, unit, series }) => {
  const totals = columns.map((_, i) => series.reduce((sum, { values }) => sum + (values[i] ?? 0), 0));
  const scale = scaleTo(Math.max(0, ...totals));
  const all = totals.reduce((a, b) => a + b, 0);
  const height = all === 0 ? 0 : plot.height;
  const y = (value: number): number => plot.above + height * (1 - value / scale.top);
  const slot = 100 / Math.max(columns.length, 1);
  return (
    <figure class="chart" aria-labelledby={`${id}-name`}>
      <figcaption id={`${id}-name`}>{title}</figcaption>
      <div class="chart-sides">
        <svg
          class="over-time"
          width="100%"
          height={plot.above + height + plot.below}
          role="img"
          aria-labelledby={`${id}-title ${id}-desc`}
        >
          <title id={`${id}-title`}>{title}</title>
          <desc id={`${id}-desc`}>
            {all === 0
              ? `Nothing from ${columns[0]?.name ?? ''} to ${columns.at(-1)?.name ?? ''}.`
              : `${grouped(all)} in all, at most ${grouped(Math.max(...totals))} in one column. The table has every number.`}
          </desc>
          {scale.ticks.map((tick) => (
            <line class="chart-line" x1="0" x2="100%" y1={y(tick)} y2={y(tick)} />
          ))}
          {columns.map((column, i) => (
            <g>
              {stacked(series, i).map(({ name, siglum, from, to }) => (
                <rect
                  class={siglum === undefined ? 'chart-part' : `chart-part ${siglumClass(siglum)}`}
                  x={percent(i * slot + slot * 0.12)}
                  width={percent(slot * 0.76)}
                  y={round(y(to))}
                  height={round(Math.max(y(from) - y(to), 1.5))}
                >
                  <title>
                    {column.name}: {grouped(to - from)} {name}
                  </title>
                </rect>
              ))}
            </g>
          ))}
          {scale.ticks.map((tick) => (
            <text class="chart-word chart-tick" x="0" y={y(tick) - 4}>
              {grouped(tick)}
            </text>
          ))}
          <line class="chart-ground" x1="0" x2="100%" y1={y(0)} y2={y(0)} />
          {namedColumns(columns.length, mostNames).map((i) => (
            <text
              class="chart-word"
              x={percent(i === columns.length - 1 ? 100 : i * slot + slot / 2)}
              y={plot.above + height + 17}
              text-anchor={i === columns.length - 1 ? 'end' : i * slot < 5 ? 'start' : 'middle'}
            >
              {columns[i]?.short}
            </text>
          ))}
        </svg>
        <Numbers name={title}>
          <Head
            what={unit}
            numbers={series.map(({ name, siglum, mark }) =>
              siglum === undefined ? (mark ?? name) : <Siglum letter={siglum} />,
            )}
          />
          <tbody>
            {columns
              .map((column, i) => (
                <tr>
                  <th scope="row">{column.name}</th>
                  {series.map(({ values }) => (
                    <td class="number">{grouped(values[i] ?? 0)}</td>
                  ))}
                </tr>
              ))
              .reverse()}
          </tbody>
        </Numbers>
      </div>
      {series.length > 1 && (
        <p class="facts chart-legend">
          {series.map(({ name, siglum }) => (
            <span>
              {siglum === undefined ? <i class="chart-mark" /> : <Siglum letter={siglum} />} {name}
            </span>
          ))}
        </p>
      )}
    </figure>
  );
};

/** Where each series of a column begins and ends; those without anything are left out. */
function stacked(series: readonly Series[], column: number) {
  let from = 0;
  return series.flatMap(({ name, siglum, values }) => {
    const value = values[column] ?? 0;
    if (value === 0) return [];
    from += value;
    return [{ name, siglum, from: from - value, to: from }];
  });
}

/** The numbers of a chart: folded away on a phone, beside it where there is room. */
const Numbers: FC<{ readonly name: string; readonly children?: Child }> = ({ name, children }) => (
  <details class="numbers">
    <summary>The numbers</summary>
    <section class="numbers-scroll" tabindex={0} aria-label={`${name}, in numbers`}>
      <table>{children}</table>
    </section>
  </details>
);

/** One part of a whole. */
export interface Part {
  readonly name: string;
  /** What stands in the bar: the letter of a branch, with its colour, or another short mark. */
  readonly mark: string;
  readonly isSiglum: boolean;
  readonly value: number;
}

/** A whole divided into its parts, each with its letter; the table that belongs to it is the page's. */
export const Shares: FC<{ readonly id: string; readonly title: string; readonly parts: readonly Part[] }> = (
  props,
) => {
  const percents = percentsOf(props.parts.map((part) => part.value));
  let at = 0;
  return (
    <svg class="shares" width="100%" height="40" role="img" aria-labelledby={`${props.id}-t ${props.id}-d`}>
      <title id={`${props.id}-t`}>{props.title}</title>
      <desc id={`${props.id}-d`}>
        {props.parts.map((part, i) => `${part.mark}, ${part.name}: ${percents[i] ?? 0} %`).join('; ')}
      </desc>
      {props.parts.map((part, i) => {
        const width = percents[i] ?? 0;
        const x = at;
        at += width;
        if (width === 0) return null;
        return (
          <g class={part.isSiglum ? siglumClass(part.mark) : `shares-plain shares-${(i % 2) + 1}`}>
            <rect x={percent(x)} width={percent(width)} height="40" />
            {width >= 2 + 4 * part.mark.length && (
              <text x={percent(x + width / 2)} y="26" text-anchor="middle">
                {part.mark}
                {width >= 14 + 4 * part.mark.length && ` · ${width} %`}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
};

/** How much of the most something is, as a bar in a row of a table that says the number too. */
export const RowBar: FC<{
  readonly value: number;
  readonly most: number;
  readonly siglum?: string | undefined;
}> = (props) => (
  <svg
    class={props.siglum === undefined ? 'bar row-bar' : `bar row-bar ${siglumClass(props.siglum)}`}
    width="100%"
    height="10"
    aria-hidden="true"
  >
    <rect
      class="bar-part"
      width={percent(props.most === 0 ? 0 : (100 * props.value) / props.most)}
      height="10"
      rx="2"
    />
  </svg>
);

function percent(number: number): string {
  return `${round(number)}%`;
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}

/** The heads of a table: what its rows are of, and the numbers they have. */
export const Head: FC<{ readonly what: string; readonly numbers: readonly Child[] }> = ({
  what,
  numbers,
}) => (
  <thead>
    <tr>
      <th scope="col">{what}</th>
      {numbers.map((number) => (
        <th scope="col" class="number">
          {number}
        </th>
      ))}
    </tr>
  </thead>
);
