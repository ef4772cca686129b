import type { FC } from 'hono/jsx';
import type { JournalMonth } from '../../model/views.ts';
import { sayMonth } from './entries.tsx';

interface CalendarProps {
  readonly months: readonly JournalMonth[];
  /** The address of the journal. */
  readonly path: string;
  /** The year or month that is shown: `2006`, `2006-05`. */
  readonly here?: string | undefined;
}

/** The years of a journal and their months, those in which something stands as ways there. */
export const Calendar: FC<CalendarProps> = ({ months, path, here }) => {
  const years = [...Map.groupBy(months, ({ year }) => year)];
  if (years.length === 0) return null;
  const open = here?.slice(0, 4) ?? years[0]?.[0];
  return (
    <nav class="calendar" aria-labelledby="calendar">
      <h2 id="calendar" class="section-name">
        By date
      </h2>
      {years.map(([year, among]) => (
        <details open={year === open || years.length <= 2}>
          <summary>
            {year}
            <span class="calendar-sum">{sumOf(among)}</span>
          </summary>
          <p>
            <a href={`${path}/${year}`} aria-current={here === year ? 'page' : undefined}>
              All of {year}
            </a>
          </p>
          <ol>
            {names.map((name, i) => (
              <Month {...{ year, name, among, path, here }} month={String(i + 1).padStart(2, '0')} />
            ))}
          </ol>
        </details>
      ))}
    </nav>
  );
};

const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface MonthProps extends Omit<CalendarProps, 'months'> {
  readonly year: string;
  readonly month: string;
  readonly name: string;
  readonly among: readonly JournalMonth[];
}

const Month: FC<MonthProps> = ({ year, month, name, among, path, here }) => {
  const found = among.find((m) => m.month === month);
  if (found === undefined) {
    return (
      <li aria-hidden="true">
        <span>{name}</span>
      </li>
    );
  }
  const sum = sumOf([found]);
  return (
    <li>
      <a href={`${path}/${year}/${month}`} aria-current={here === `${year}-${month}` ? 'page' : undefined}>
        {name}
        <span class="unseen"> {year}: </span>
        <b>{sum}</b>
        <span class="unseen"> {sum === 1 ? 'entry' : 'entries'}</span>
      </a>
    </li>
  );
};

function sumOf(months: readonly JournalMonth[]): number {
  return months.reduce((sum, { entries, comments }) => sum + entries + comments, 0);
}

/** The months of a journal before and after one, where there are such. */
export const MonthLinks: FC<CalendarProps> = ({ months, path, here = '' }) => {
  const keys = months.flatMap(({ year, month }) => (month === null ? [] : [`${year}-${month}`]));
  const later = keys.findLast((key) => key > here);
  const earlier = keys.find((key) => key < here);
  if (here.length === 4 || (later === undefined && earlier === undefined)) return null;
  return (
    <p class="facts month-links">
      {earlier !== undefined && (
        <span>
          <a rel="prev" href={`${path}/${earlier.replace('-', '/')}`}>
            ← {sayMonth(earlier)}
          </a>
        </span>
      )}
      {later !== undefined && (
        <span>
          <a rel="next" href={`${path}/${later.replace('-', '/')}`}>
            {sayMonth(later)} →
          </a>
        </span>
      )}
    </p>
  );
};
