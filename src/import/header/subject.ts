import type { SeriesPart } from '../../model/work.ts';

type Part = Pick<SeriesPart, 'part' | 'of'>;

const roman: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };
const spelled = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const number = String.raw`(\d{1,3}|[ivx]{1,6}|${spelled.join('|')})`;
const whole = String.raw`(\d{1,3}|[ivx]{1,6}|${spelled.join('|')}|\?{1,3}|many|n)`;
const shapes: readonly RegExp[] = [
  new RegExp(
    String.raw`[\s,:;–—-]*[([]\s*(?:part|pt\.?|chapter|ch\.?|часть|глава)?\s*${number}\s*(?:\/|of|из)\s*${whole}\s*[)\]]`,
    'iu',
  ),
  new RegExp(
    String.raw`[\s,:;–—-]*\b(?:part|pt\.?|chapter|ch\.?)\s*${number}\s*(?:\/|of)\s*${whole}(?![\w/])`,
    'iu',
  ),
  new RegExp(String.raw`(?:^|[\s,:;–—-]+)(?:часть|глава)\s*${number}\s*(?:\/|из)\s*${whole}(?![\w/])`, 'iu'),
  /(?:^|[\s,:;–—-]+)(\d{1,3})\s*\/\s*(\d{1,3}|\?{1,3})(?=\s*$|\s+[([])/u,
  new RegExp(String.raw`(?:^|[\s,:;–—-]+)[([]?(?:part|pt\.?|часть)\s*${number}()[)\]]?\s*$`, 'iu'),
];

/** Takes a part number (`(2/3)`, `Part 2 of 3`, `1/?`) from a title; `part` is undefined where there is none. */
export function takePart(title: string): { readonly rest: string; readonly part?: Part } {
  // No title is so long; the shapes would be slow on runs of blanks.
  if (title.length > 300) return { rest: title };
  for (const shape of shapes) {
    const found = shape.exec(title);
    const part = numberOf(found?.[1] ?? '');
    if (found === null || part === null) continue;
    const of = numberOf(found[2] ?? '');
    if (of !== null && of < part) continue;
    const rest = title.slice(0, found.index) + title.slice(found.index + found[0].length);
    return { rest: rest.replace(/[\s,:;–—-]+$/, '').trim(), part: { part, of } };
  }
  return { rest: title };
}

function numberOf(written: string): number | null {
  const word = written.toLowerCase();
  if (/^\d+$/.test(word)) return Number(word);
  if (spelled.includes(word)) return spelled.indexOf(word) + 1;
  if (!/^[ivx]+$/.test(word)) return null;
  const digits = [...word].map((c) => roman[c] ?? 0);
  return digits.reduce((sum, digit, i) => sum + (digit < (digits[i + 1] ?? 0) ? -digit : digit), 0);
}

/** What a subject line says of a story. */
export interface Subject {
  readonly title: string;
  readonly part?: Part;
}

const tag = `(?:new |my )?(?:fan)?(?:fic|fiction|fanfic|story|drabble|ficlet|one-?shot|xover|crossover|repost|new|wip|фик|фанфик|драббл)`;
const tags = new RegExp(
  String.raw`^\s*(?:[[({]\s*${tag}\b[^\])}]*[\])}]\s*[:\-–—]?\s*|${tag}(?:\s*\([^)]*\)|\s*[,/]\s*[^:]{1,30}|\s+post)?\s*[:\-–—]+\s*)`,
  'iu',
);

/**
 * The title in a journal entry's subject: what is left of `Fic: Title`, `[FIC] Title (1/3)`, `FIC: Fandom: Title (PG)`.
 * Undefined for an empty subject or one in which no words are left.
 */
export function readSubject(subject: string): Subject | undefined {
  let rest = subject
    .slice(0, 300)
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
  let tagged = false;
  for (
    let found = tags.exec(rest);
    found !== null && found[0].length < rest.length;
    found = tags.exec(rest)
  ) {
    rest = rest.slice(found[0].length);
    tagged = true;
  }
  const { rest: title, part } = takePart(rest);
  let name = title.replace(/^(.{2,}?), (?:rated )?(?:nc-?17|pg-?1[35]|pg|frt|frm)\b(?:,.*)?$/i, '$1');
  if (tagged) {
    name = name.replace(
      /\s*[([](?:rated )?(?:nc-?17|pg-?1?[35]?|g|r|k\+?|t|m|ma|x|frt|frm|gen|het|slash)\b[^)\]]*[)\]]\s*$/i,
      '',
    );
    name = /^[^:"“]{2,40}(?<!\bPart \w+): (.{2,})$/.exec(name)?.[1] ?? name;
    name = name.replace(/^["“](.+)["”]$/, '$1');
  }
  if (name.trim() === '') return undefined;
  return part === undefined ? { title: name.trim() } : { title: name.trim(), part };
}
