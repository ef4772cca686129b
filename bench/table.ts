import { type Figure, judge } from './figure.ts';

/** The figures as a table in Markdown, which a terminal shows well enough and `docs/figures.md` shows as it is. */
export function tableOf(figures: readonly Figure[]): string {
  const head = ['figure', 'ours', 'limit', 'ratio', 'spread', 'goal', 'reached', 'peers'];
  const rows = figures.map((figure) => {
    const { ours, limit, ratio, spread, reached, missedBy } = judge(figure);
    const { goal, unit } = figure;
    return [
      figure.name,
      amount(ours, unit),
      `${amount(limit, unit)} (${figure.limit})`,
      ratio.toFixed(2),
      spread.map((r) => r.toFixed(2)).join('–'),
      'most' in goal ? `≤ ${goal.most}` : `≥ ${goal.least}`,
      reached ? 'yes' : `no, by ${Math.ceil(missedBy * 100)} %`,
      figure.peers.map((p) => `${p.name} ${amount(p.value, unit)} (${times(p.value, ours)})`).join(', '),
    ];
  });
  const widths = head.map((title, i) => Math.max(...[head, ...rows].map((row) => (row[i] ?? title).length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(head), `|${widths.map((w) => '-'.repeat(w + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}

function amount(value: number, unit: Figure['unit']): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const number = value.toLocaleString('en', { maximumFractionDigits: digits });
  return unit === '/s' ? `${number}/s` : `${number} ${unit}`;
}

function times(peer: number, ours: number): string {
  const ratio = Math.max(peer / ours, ours / peer);
  return `${ratio >= 10 ? Math.round(ratio) : ratio.toFixed(1)}x`;
}
