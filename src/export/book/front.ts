import { type CleanHtml, escapeHtml } from '../../html.ts';
import { listNames, type Role } from '../../model/work.ts';
import { count, ratingName, warningNamesOf } from '../../phrases.ts';
import { dated } from './dates.ts';
import { own, type Places } from './passage.ts';
import type { Plan } from './plan.ts';
import { placeText } from './text.ts';

const credits: Readonly<Record<Role, string>> = {
  author: 'by',
  beta: 'beta:',
  translator: 'translated by',
  artist: 'art by',
  podficcer: 'read aloud by',
  recipient: 'for',
  other: 'with',
};

/** Who made a work, one line a role: `by X and Y`. */
function bylines(plan: Plan): readonly string[] {
  const roles = Map.groupBy(plan.edition.work.creators, (c) => c.role);
  const lines = [...roles].map(([role, all]) => `${credits[role]} ${listNames(all.map((c) => c.name))}`);
  return roles.has('author') ? lines : ['author not known', ...lines];
}

/** What stands before the story: rating and warnings first, then title, people, tags, summary, notes, the header as written. */
export function frontMatter(plan: Plan, places: Places): string {
  const { work } = plan.edition;
  const tags: readonly (readonly [string, readonly string[]])[] = [
    ['Fandom', work.fandoms],
    ['Relationships', work.relationships],
    ['Characters', work.characters],
    ['Tags', work.freeforms],
    ['Category', work.categories],
  ];
  const rows = tags.flatMap(([label, values]) =>
    values.length === 0 ? [] : [row(label, escapeHtml(values.join(', ')))],
  );
  if (work.series !== null) rows.push(row('Series', escapeHtml(seriesWords(work.series))));
  if (work.posted !== null) rows.push(row('First posted', dated(work.posted)));
  if (work.revised !== null) rows.push(row('Revised', dated(work.revised)));
  const words = plan.edition.passages.reduce((sum, p) => sum + p.words, 0);
  const whole = work.complete === null ? '' : work.complete ? ', complete' : ', not finished';
  rows.push(row('Length', count(words, 'word') + whole));
  return `<p class="warnings"${own}><strong>${escapeHtml(ratingName(work.rating))}</strong> · ${warningNamesOf(work).map(escapeHtml).join(' · ')}</p>
<h1>${escapeHtml(plan.title)}</h1>
${bylines(plan)
  .map((line) => `<p class="byline">${escapeHtml(line)}</p>`)
  .join('\n')}
<dl class="facts">
${rows.join('\n')}
</dl>
${texts(places, [
  ['Summary', work.summary, 'summary'],
  ['Notes', work.notes, 'notes'],
  ['Disclaimer', work.disclaimer, 'disclaimer'],
])}${asWritten(plan, places)}`;
}

/** What stands after the story: the author's endnotes and other posts; '' where there are none. */
export function backMatter(plan: Plan, places: Places): string {
  const { work, notes } = plan.edition;
  const posts = notes.map(({ title, posted, html }, i) => {
    const date = posted === null ? '' : `<p class="date">${dated(posted)}</p>\n`;
    return `<section>\n<h${places.level + 1}>${escapeHtml(title?.trim() || 'A note')}</h${places.level + 1}>\n${date}${placeText(html, `note-${i + 1}`, places.image)}\n</section>\n`;
  });
  return texts(places, [['Notes at the end', work.endnotes, 'endnotes']]) + posts.join('');
}

/** Where the book comes from, so that it can be checked in thirty years. */
export function colophon(plan: Plan): string {
  const { sources } = plan.edition;
  const { address, stateMadeAt } = plan.options;
  const lines = [
    address === null
      ? ''
      : `<p>This book was made from <a href="${escapeHtml(address)}">${escapeHtml(address)}</a>.</p>`,
    `<p>It holds the state of the work of <time datetime="${escapeHtml(stateMadeAt)}">${escapeHtml(stateMadeAt.slice(0, 10))}</time>. The same state always gives the same book.</p>`,
    sources.length === 0
      ? '<p>It was written where it was exported; it was read from no file.</p>'
      : '<p>Read by Variorum from:</p>',
  ];
  const files = sources.map((s) => {
    const facts = [
      row('File', escapeHtml(s.name)),
      s.address === null ? '' : row('Address', webLink(s.address)),
      s.savedAt === null ? '' : row('Saved', escapeHtml(s.savedAt.slice(0, 10))),
      row('Size', `${count(s.size, 'byte')}, ${escapeHtml(s.charset)}`),
      row('SHA-256', `<code class="hash">${escapeHtml(s.sha256)}</code>`),
      row('Importer', `${escapeHtml(s.importer)} ${s.importerVersion}`),
    ];
    return `<dl class="facts">\n${facts.filter((f) => f !== '').join('\n')}\n</dl>`;
  });
  return [...lines.filter((l) => l !== ''), ...files].join('\n');
}

function webLink(address: string): string {
  const words = escapeHtml(address);
  const url = URL.parse(address);
  return url !== null && /^https?:$/.test(url.protocol)
    ? `<a href="${escapeHtml(url.href)}">${words}</a>`
    : words;
}

function row(label: string, value: string): string {
  return `<div><dt${own}>${label}</dt> <dd>${value}</dd></div>`;
}

function seriesWords(series: NonNullable<Plan['edition']['work']['series']>): string {
  const part =
    series.part === null ? '' : `part ${series.part}${series.of === null ? '' : ` of ${series.of}`}`;
  return [series.name ?? '', part].filter((w) => w !== '').join(', ');
}

function texts(places: Places, all: readonly (readonly [string, CleanHtml | null, string])[]): string {
  return all
    .filter(([, html]) => html !== null && html !== '')
    .map(
      ([label, html, scope]) =>
        `<section class="${scope}">\n<h${places.level + 1}${own}>${label}</h${places.level + 1}>\n${html === null ? '' : placeText(html, scope, places.image)}\n</section>\n`,
    )
    .join('');
}

function asWritten(plan: Plan, places: Places): string {
  const { asWritten } = plan.edition.work;
  if (asWritten.length === 0) return '';
  const lines = asWritten.map(({ label, value }) =>
    label.trim() === '' ? escapeHtml(value) : `${escapeHtml(label)}: ${escapeHtml(value)}`,
  );
  return `<section class="as-written">\n<h${places.level + 1}${own}>The header as it was written</h${places.level + 1}>\n<p>${lines.join('<br/>\n')}</p>\n</section>\n`;
}
