import { listNames } from '../../model/work.ts';
import type { Figures } from './figures.ts';

/**
 * The numbers of the page as a table for other programs (CSV, RFC 4180): what is counted, where, which way, since
 * when the step is, how often.
 */
export function csvOf(figures: Figures): string {
  const { told, stretch, overTime, passages, forks, paths, files, verdicts } = figures;
  const name = (key: string): string => told.nameOf(key);
  const steps = (what: string, where: string, which: string, values: readonly number[]): Row[] =>
    values.map((n, i) => [what, where, which, stretch.steps[i] ?? '', n]);
  const rows: readonly Row[] = [
    ['what', 'where', 'which', `${stretch.unit} from`, 'times'],
    ...steps('readings', '', '', overTime.readings),
    ...steps('files', '', '', overTime.files),
    ...steps('comments', '', '', overTime.comments),
    ['whole story on one page', '', '', '', figures.whole],
    ...passages.flatMap((p): Row[] => [
      ['passage opened', name(p.key), p.key, '', p.readings],
      ['begun here', name(p.key), p.key, '', p.begun],
      ...(p.wentOn === null ? [] : [['went on', name(p.key), p.key, '', p.wentOn] as const]),
      ...(p.stopped === null ? [] : [['stopped', name(p.key), p.key, '', p.stopped] as const]),
    ]),
    ...forks.flatMap(({ from, ways }) =>
      ways.flatMap((way): Row[] => {
        const which = way.siglum ?? way.label;
        return [
          ['way taken first', name(from), which, '', way.first],
          ['way taken at all', name(from), which, '', way.all],
        ];
      }),
    ),
    ...paths.map(
      (p): Row => ['path, reckoned', p.keys.map(name).join(' > '), p.keys.join(' '), '', p.readings],
    ),
    ...files.map(({ key, times }): Row => ['file', '', key, '', times]),
    ...verdicts.flatMap(({ set, answers }) =>
      answers.flatMap((a) => steps('verdict', name(set.place), listNames(a.sigla), a.overTime)),
    ),
  ];
  return rows
    .map((row) => row.map(cell).join(','))
    .join('\r\n')
    .concat('\r\n');
}

type Row = readonly (string | number)[];

/** Spreadsheets run a text that begins like a formula; an apostrophe in front makes it a text (OWASP, CSV injection). */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
