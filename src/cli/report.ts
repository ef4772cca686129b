import type { Intake } from '../intake/intake.ts';
import { type ReportLine, reportOf, sumFacts } from '../intake/report.ts';
import type { Certainty } from '../model/remark.ts';
import { count } from '../phrases.ts';
import type { Paint, Terminal } from './terminal.ts';

/** One line for a file, or one for each work in it: `✓ otranto.html  Two Ways Out  6,940 words  2 endings  12 comments`. */
export function sayIntake(terminal: Terminal, intake: Intake): void {
  for (const line of reportOf(intake)) terminal.say(`  ${lineOf(terminal.paint, line)}`);
}

function lineOf(paint: Paint, { mark, path, title, words, endings, comments, says }: ReportLine): string {
  const place = column(path, 24);
  if (mark === '=') return paint.soft(`= ${place} ${says}`);
  if (mark === '!' || mark === '✗') return `${paint.bad(mark)} ${place} ${paint.bad(says)}`;
  const cells = [column(title, 28), words.padStart(13), endings.padStart(10), comments.padStart(13)];
  const tell = mark === '?' ? paint.unsure : paint.good;
  const tail = says === '' ? '' : tell(`   ${says}`);
  return `${tell(mark)} ${place} ${cells.join(' ')}${tail}`.trimEnd();
}

/** The sums at the end of a report, what is to be decided, and where. */
export function saySummary(terminal: Terminal, intakes: readonly Intake[]): void {
  const { paint } = terminal;
  const works = intakes.flatMap((i) => (i.kind === 'taken' ? i.works : []));
  const became = (...kinds: readonly string[]): number =>
    works.filter((w) => kinds.includes(w.outcome?.kind ?? 'new')).length;
  const refused = intakes.filter((i) => i.kind === 'refused').length + became('forbidden');
  const comments = works.reduce(
    (n, w) => n + (w.outcome?.kind === 'same' ? 0 : w.edition.comments.length),
    0,
  );
  const parts = [
    `${count(became('new', 'reread'), 'work')}, ${count(comments, 'comment')}`,
    became('same', 'grown') > 0 ? `${became('same', 'grown')} joined to works already here` : '',
    became('contradicts') > 0 ? paint.bad(`${became('contradicts')} in contradiction, not merged`) : '',
    refused > 0 ? paint.bad(`${refused} refused`) : '',
  ];
  terminal.say();
  terminal.say(
    `  ${paint.strong(count(intakes.length, 'file'))}: ${parts.filter((p) => p !== '').join(' · ')}`,
  );
  terminal.say(`  facts: ${factLine(paint, sumFacts(works))}`);
}

/** `2,310 read · 96 inferred · 7 for you to decide · nothing lost`. */
export function factLine(paint: Paint, facts: Readonly<Record<Certainty, number>>): string {
  const n = (facts: number): string => facts.toLocaleString('en-GB');
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

function column(text: string, width: number): string {
  return (text.length > width ? `${text.slice(0, width - 1)}…` : text).padEnd(width);
}
