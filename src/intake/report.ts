import { type Certainty, certainties } from '../model/remark.ts';
import { count } from '../phrases.ts';
import type { Intake, TakenWork } from './intake.ts';

/** What became of a file, or of one work in it, in the words of a report. */
export interface ReportLine {
  /** ✓ stored, ? stored with facts to decide, = here already, ! says otherwise than what is here, ✗ not stored. */
  readonly mark: '✓' | '?' | '=' | '!' | '✗';
  readonly path: string;
  /** Of the work it is about; null where nothing is stored. */
  readonly workId: string | null;
  readonly title: string;
  /** How much there is of it: `1,204 words`, `2 endings`, `12 comments`; '' where that is not worth saying. */
  readonly words: string;
  readonly endings: string;
  readonly comments: string;
  /** What else is to be said: why it was refused, what is to decide; '' for nothing. */
  readonly says: string;
}

/** The report of one file: a line for each work in it, or one that says why there is none. */
export function reportOf(intake: Intake): readonly ReportLine[] {
  if (intake.kind === 'taken') return intake.works.map((work) => lineOf(intake.path, work));
  const says = intake.reason.replace(/^\w+(\/[\w-]+)?: /, '').replace(`"${intake.path}" is `, '');
  return [{ ...nothing, mark: '✗', path: intake.path, says }];
}

const nothing = { workId: null, title: '', words: '', endings: '', comments: '' };

function lineOf(path: string, taken: TakenWork): ReportLine {
  const { edition, outcome, facts } = taken;
  const title = titleWithPart(taken);
  const workId = outcome !== null && 'workId' in outcome ? outcome.workId : null;
  const known = { ...nothing, path, workId, title };
  if (outcome?.kind === 'same') return { ...known, mark: '=', says: `the same as before: ${title}` };
  if (outcome?.kind === 'grown') {
    const more = count(outcome.comments, 'comment');
    return { ...known, mark: '=', says: `same page, ${more} newer: added to ${title}` };
  }
  if (outcome?.kind === 'contradicts') {
    const says = `says otherwise than the copy of ${title} already here: ${outcome.differences.join('; ')}`;
    return { ...known, mark: '!', says };
  }
  if (outcome?.kind === 'forbidden') return { ...known, mark: '✗', says: keptOut(outcome.reason) };
  if (outcome?.kind === 'owned')
    return { ...known, mark: '!', says: 'is here already, in the hands of its author: nothing was changed' };
  const endings = edition.passages.filter((p) => p.ending).length;
  const total = edition.passages.reduce((n, p) => n + p.words, 0);
  return {
    ...known,
    mark: facts.undecided > 0 ? '?' : '✓',
    words: count(total, 'word'),
    endings: endings > 1 ? count(endings, 'ending') : '',
    comments: edition.comments.length > 0 ? count(edition.comments.length, 'comment') : '',
    says: facts.undecided > 0 ? `${facts.undecided} to decide` : taken.published ? 'published' : '',
  };
}

/** How many facts of some works are of each certainty. */
export function sumFacts(works: readonly Pick<TakenWork, 'facts'>[]): Record<Certainty, number> {
  const sums: Record<Certainty, number> = { read: 0, inferred: 0, undecided: 0, decided: 0, lost: 0 };
  for (const work of works) for (const c of certainties) sums[c] += work.facts[c];
  return sums;
}

/** Why something does not come in again; a reason was given or not. */
function keptOut(reason: string): string {
  const said = 'removed here, or kept out by do-not-import: it does not come in again';
  return reason === '' ? said : `${said} (${reason})`;
}

function titleWithPart({ edition }: Pick<TakenWork, 'edition'>): string {
  const { title, series } = edition.work;
  const part = series?.part ? ` (${series.part}/${series.of ?? '?'})` : '';
  return (title ?? 'Untitled') + part;
}
