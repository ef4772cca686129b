import { escapeHtml } from '../../html.ts';
import { listNames } from '../../model/work.ts';
import type { Plan } from '../book/plan.ts';

const width = 1600;
const height = 2400;
const measure = 1280;

/** A cover made from type: the title, who wrote it and, where the story divides, its branches' letters. */
export function coverSvg(plan: Plan): string {
  const authors = plan.edition.work.creators.filter((c) => c.role === 'author').map((c) => c.name);
  const title = setTitle(plan.title);
  const by = wrap(listNames(authors) || ' ', 70, 2);
  const largest = plan.edition.variantSets.reduce<readonly string[]>(
    (sigla, set) => (set.branches.length > sigla.length ? set.branches.map((b) => b.siglum) : sigla),
    [],
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escapeHtml(coverWords(plan))}</title>
<rect width="${width}" height="${height}" fill="#fbf8f2"/>
<rect x="70" y="70" width="${width - 140}" height="${height - 140}" fill="none" stroke="#cdbb96" stroke-width="6"/>
<g font-family="Literata, Georgia, serif" text-anchor="middle" fill="#211d18">
${title.lines.map((line, i) => `<text x="800" y="${560 + i * title.size * 1.2}" font-size="${title.size}">${escapeHtml(line)}</text>`).join('\n')}
${by.map((line, i) => `<text x="800" y="${height - 260 + i * 90}" font-size="70" font-style="italic" fill="#6f665a">${escapeHtml(line)}</text>`).join('\n')}
</g>
${fork(largest.slice(0, 4))}</svg>
`;
}

/** What the cover says, for those who do not see it. */
export function coverWords(plan: Plan): string {
  const authors = plan.edition.work.creators.filter((c) => c.role === 'author').map((c) => c.name);
  return authors.length === 0 ? plan.title : `${plan.title}, by ${listNames(authors)}`;
}

const colours = ['#0f6b5f', '#a03a2a', '#3b4a99', '#8a6412'];

/** One line that becomes several, each with its letter. */
function fork(sigla: readonly string[]): string {
  if (sigla.length < 2) return '<path d="M800 1500 V1850" fill="none" stroke="#cdbb96" stroke-width="10"/>\n';
  const gap = 260;
  const left = 800 - ((sigla.length - 1) * gap) / 2;
  const ways = sigla.map((siglum, i) => {
    const x = left + i * gap;
    return `<path d="M800 1560 C800 1650 ${x} 1620 ${x} 1720" fill="none" stroke="${colours[i]}" stroke-width="10"/>
<rect x="${x - 65}" y="1720" width="130" height="130" rx="20" fill="${colours[i]}"/>
<text x="${x}" y="1817" font-family="sans-serif" font-weight="bold" font-size="84" text-anchor="middle" fill="#fffdf9">${escapeHtml(siglum)}</text>
`;
  });
  const stem = '<path d="M800 1450 V1562" stroke="#211d18" stroke-width="10"/>\n';
  return ways.join('') + stem;
}

/** The largest size in which the title fits into its place; a title too long for the smallest is cut. */
function setTitle(title: string): { readonly size: number; readonly lines: readonly string[] } {
  for (const size of [190, 150, 120, 95]) {
    const lines = wrap(title, size, Number.POSITIVE_INFINITY);
    if (lines.length * size * 1.2 <= 800) return { size, lines };
  }
  return { size: 75, lines: wrap(title, 75, 9) };
}

/** Lines of at most the measure, by a rough width of each letter; words too long for a line are cut. */
function wrap(text: string, size: number, mostLines: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.slice(0, 600).split(/\s+/)) {
    for (const piece of pieces(word, measure / size)) {
      const wide = widthOf(piece);
      if (used > 0 && (used + 0.25 + wide) * size > measure) {
        lines.push(line);
        line = '';
        used = 0;
      }
      line += used > 0 ? ` ${piece}` : piece;
      used += wide + 0.25;
    }
  }
  lines.push(line);
  return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines - 1), `${lines[mostLines - 1]}…`];
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function pieces(word: string, most: number): readonly string[] {
  if (widthOf(word) <= most) return [word];
  const found: string[] = [''];
  for (const { segment } of graphemes.segment(word)) {
    const last = found.length - 1;
    if (widthOf((found[last] ?? '') + segment) > most) found.push(segment);
    else found[last] += segment;
  }
  return found;
}

/** Roughly, in ems: letters half, capitals more, East Asian letters and pictures whole. */
function widthOf(text: string): number {
  let ems = 0;
  for (const letter of text) {
    if (/[\p{M}\p{Cf}]/u.test(letter)) continue;
    ems += /[\u1100-\uffdc]|\p{Emoji_Presentation}/u.test(letter)
      ? 1
      : /[\p{Lu}mwMW]/u.test(letter)
        ? 0.72
        : 0.52;
  }
  return ems;
}
