import type { Intake, TakenWork } from '../intake.ts';
import { type Certainty, certainties } from '../model/remark.ts';
import type { Paint, Terminal } from './terminal.ts';

/** One line for a file, or one for each work in it: `✓ otranto.html  Two Ways Out  6,940 words  2 endings  12 comments`. */
export function sayIntake(terminal: Terminal, intake: Intake): void {
  const { paint } = terminal;
  if (intake.kind === 'refused') {
    const reason = intake.reason.replace(/^import(\/[\w-]+)?: /, '').replace(`"${intake.path}" is `, '');
    terminal.say(`  ${paint.bad('✗')} ${column(intake.path, 24)} ${paint.bad(reason)}`);
    return;
  }
  for (const work of intake.works) terminal.say(workLine(paint, intake.path, work));
}

function workLine(paint: Paint, path: string, taken: TakenWork): string {
  const { edition, outcome, facts } = taken;
  const title = titleWithPart(taken);
  if (outcome?.kind === 'same')
    return `  ${paint.soft(`= ${column(path, 24)} the same as before: ${title}`)}`;
  if (outcome?.kind === 'grown') {
    const more = many(outcome.comments, 'comment');
    return `  ${paint.soft(`= ${column(path, 24)} same page, ${more} newer: added to ${title}`)}`;
  }
  if (outcome?.kind === 'contradicts') {
    return `  ${paint.bad('!')} ${column(path, 24)} ${paint.bad(`says otherwise than the copy of ${title} already here: ${outcome.differences.join('; ')}`)}`;
  }
  if (outcome?.kind === 'forbidden')
    return `  ${paint.bad('✗')} ${column(path, 24)} ${paint.bad(keptOut(outcome.reason))}`;
  const endings = edition.passages.filter((p) => p.ending).length;
  const total = edition.passages.reduce((n, p) => n + p.words, 0);
  const cells = [
    column(title, 28),
    many(total, 'word').padStart(13),
    (endings > 1 ? many(endings, 'ending') : '').padStart(10),
    (edition.comments.length > 0 ? many(edition.comments.length, 'comment') : '').padStart(13),
  ];
  const open = facts.undecided > 0;
  const mark = open ? paint.unsure('?') : paint.good('✓');
  const tail = open
    ? paint.unsure(`   ${facts.undecided} to decide`)
    : taken.published
      ? paint.good('   published')
      : '';
  return `  ${mark} ${column(path, 24)} ${cells.join(' ')}${tail}`.trimEnd();
}

/** The sums at the end of a report, what is to be decided, and where. */
export function saySummary(terminal: Terminal, intakes: readonly Intake[]): void {
  const { paint } = terminal;
  const works = intakes.flatMap((i) => (i.kind === 'taken' ? i.works : []));
  const count = (...kinds: readonly string[]): number =>
    works.filter((w) => kinds.includes(w.outcome?.kind ?? 'new')).length;
  const refused = intakes.filter((i) => i.kind === 'refused').length + count('forbidden');
  const comments = works.reduce(
    (n, w) => n + (w.outcome?.kind === 'same' ? 0 : w.edition.comments.length),
    0,
  );
  const parts = [
    `${many(count('new', 'reread'), 'work')}, ${many(comments, 'comment')}`,
    count('same', 'grown') > 0 ? `${count('same', 'grown')} joined to works already here` : '',
    count('contradicts') > 0 ? paint.bad(`${count('contradicts')} in contradiction, not merged`) : '',
    refused > 0 ? paint.bad(`${refused} refused`) : '',
  ];
  terminal.say();
  terminal.say(
    `  ${paint.strong(many(intakes.length, 'file'))}: ${parts.filter((p) => p !== '').join(' · ')}`,
  );
  terminal.say(`  facts: ${factLine(paint, sumFacts(works))}`);
}

/** `2,310 read · 96 inferred · 7 for you to decide · nothing lost`. */
export function factLine(paint: Paint, facts: Readonly<Record<Certainty, number>>): string {
  const n = (count: number): string => count.toLocaleString('en-US');
  return [
    paint.good(`${n(facts.read)} read`),
    facts.inferred > 0 ? paint.unsure(`${n(facts.inferred)} inferred`) : '',
    facts.decided > 0 ? paint.good(`${n(facts.decided)} decided`) : '',
    facts.undecided > 0 ? paint.bad(`${n(facts.undecided)} for you to decide`) : '',
    facts.lost > 0 ? paint.bad(`${n(facts.lost)} lost`) : 'nothing lost',
  ]
    .filter((p) => p !== '')
    .join(' · ');
}

function sumFacts(works: readonly TakenWork[]): Record<Certainty, number> {
  const sums: Record<Certainty, number> = { read: 0, inferred: 0, undecided: 0, decided: 0, lost: 0 };
  for (const work of works) for (const c of certainties) sums[c] += work.facts[c];
  return sums;
}

/** Why something does not come in again; a reason was given or not. */
function keptOut(reason: string): string {
  const said = 'removed here, or kept out by do-not-import: it does not come in again';
  return reason === '' ? said : `${said} (${reason})`;
}

function titleWithPart({ edition }: TakenWork): string {
  const { title, series } = edition.work;
  const part = series?.part ? ` (${series.part}/${series.of ?? '?'})` : '';
  return (title ?? 'Untitled') + part;
}

/** `1 comment`, `1,204 comments`. */
export function many(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

function column(text: string, width: number): string {
  return (text.length > width ? `${text.slice(0, width - 1)}…` : text).padEnd(width);
}
