import type { Edition } from '../../model/edition.ts';
import type { Remark } from '../../model/remark.ts';
import type { Header } from '../../model/work.ts';
import { bareWords, type PageLine } from './lines.ts';

/**
 * The number of the line of a page to which a remark leads: where the words stand that it quotes, where the fact itself
 * begins, else where its line of the file is. Undefined only for a page without words.
 */
export function placeOfRemark(
  remark: Remark,
  lines: readonly PageLine[],
  edition: Edition,
): number | undefined {
  if (lines.length === 0) return undefined;
  const { quote, where } = remark;
  const found =
    (quote === null ? -1 : lineWith(lines, quote)) >= 0 && quote !== null
      ? lineWith(lines, quote)
      : placeOfFact(remark, lines, edition);
  if (found >= 0) return found;
  const last = lines.findLastIndex(({ line }) => line !== null && line <= (where?.line ?? 0));
  return Math.max(0, last);
}

/** The line on which quoted words begin; -1 where they stand nowhere. */
function lineWith(lines: readonly PageLine[], quote: string): number {
  const words = bareWords(quote.split('\n')[0] ?? '');
  if (words === '') return -1;
  const whole = lines.findIndex(({ text }) => bareWords(text) === words);
  if (whole >= 0) return whole;
  const within = lines.findIndex(({ text }) => ` ${bareWords(text)} `.includes(` ${words} `));
  // The quotation may go on over lines that a machine broke.
  return within >= 0
    ? within
    : lines.findIndex(({ text }) => text.length > 12 && ` ${words} `.startsWith(` ${bareWords(text)} `));
}

function placeOfFact({ about, where }: Remark, lines: readonly PageLine[], edition: Edition): number {
  const { work, variantSets, comments } = edition;
  const comment = /^comments\.(.+)\.\w+$|^comments\[(\d+)\]/.exec(about);
  const id =
    /^comment (.+)$/.exec(where?.element ?? '')?.[1] ?? comment?.[1] ?? comments[Number(comment?.[2])]?.id;
  if (id !== undefined && comments.some((c) => c.id === id)) return commentLine(lines, id);
  if (about.startsWith('comments')) return lines.findIndex(({ part }) => part.kind === 'comment');
  const [, set, branch] = /^variantSets\[(\d+)\](?:\.branches\[(\d+)\])?/.exec(about) ?? [];
  const head = variantSets[Number(set)]?.branches[Number(branch ?? 0)]?.head;
  if (head !== undefined) return passageLine(lines, head);
  if (about === 'passages' || about === 'choices')
    return lines.findIndex(({ part }) => part.kind === 'passage');
  for (const words of wordsOfFact(about, work)) {
    const at = lineWith(lines, words);
    if (at >= 0) return at;
  }
  return -1;
}

/** Words a page may have for a fact of the header. */
function wordsOfFact(about: string, work: Header): readonly string[] {
  if (about.startsWith('work.posted')) return [work.posted?.written ?? ''];
  if (about.startsWith('work.revised')) return [work.revised?.written ?? ''];
  if (about === 'work.title') return [work.title ?? ''];
  if (about === 'work.creators') return work.creators.map((creator) => creator.name);
  if (about === 'work.freeforms') return [work.freeforms.join(', '), ...work.freeforms];
  if (about === 'work.asWritten')
    return work.asWritten.map(({ label, value }) => `${label} ${value}`).reverse();
  return [];
}

/** The first line of a passage; -1 where none of its words stand on the page. */
export function passageLine(lines: readonly PageLine[], key: string): number {
  return lines.findIndex(({ part }) => part.kind === 'passage' && part.key === key);
}

/** The first line of a comment. */
function commentLine(lines: readonly PageLine[], id: string): number {
  return lines.findIndex(({ part }) => part.kind === 'comment' && part.id === id);
}
