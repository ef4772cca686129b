import { escapeHtml } from '../../html.ts';
import { printDate, type TestAuthor, type TestComment, type TestEntry } from '../journal/thread.testing.ts';

/** Ways in which the same page came out of the site. */
export interface DreamwidthOptions {
  /** Markup of 2009 to 2014: no threads, no `full` and `partial`, the margin as depth. */
  readonly old?: boolean;
}

/** A page as `styles/core2.s2` prints it (EntryPage::print_body). */
export function renderDreamwidth(entry: TestEntry, options: DreamwidthOptions = {}): string {
  return pageAround(entry, `${renderEntry(entry, 'entry')}\n${commentSection(entry, options)}`, head(entry));
}

/** A day, or the recent entries, of one journal. */
export function renderDay(entries: readonly TestEntry[]): string {
  const [first] = entries;
  if (first === undefined) return '';
  const day = `<div id="archive-day"><div class="inner"><div id="entries"><div class="inner"><div class="navigation topnav"><div class="inner"><ul><li class="page-back"><a href="#">Previous Day</a></li></ul></div></div>
<div class="day"><div class="inner"><h3 class='day-date'>${printDate(`${first.local}Z`, '%b. %o, %Y')}</h3>${entries.map((e) => renderEntry(e, 'day')).join('\n')}</div></div>
<div class="navigation bottomnav"><div class="inner"></div></div></div></div></div></div>`;
  return pageAround(first, day, '');
}

function pageAround(entry: TestEntry, body: string, head: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>${head}<title>${entry.journal} | Entry</title></head><body class="page-entry two-columns column-right logged-out no-navstrip">
<div id="canvas"><div class="inner"><div id="header"><div class="inner"><div class="module-wrapper"></div><h1 id="title"><span><a href='https://${host(entry.journal)}/'>Lamps and keys</a></span></h1><h2 id="pagetitle"><span>Entry</span></h2>
</div></div><div id="content"><div class="inner"><div id="primary"><div class="inner">
${body}
</div></div><div id="secondary"><div class="inner"><div class="module-section-one"><div class="module-navlinks module"><h2 class="module-header">Navigation</h2><div class="module-content"><ul class="module-list"><li class="module-list-item"><a href="/">Recent Entries</a></li></ul></div></div></div></div></div>
</div></div></div><div id="footer"><div class="inner"><div class="page-top"><a href="#">Top of page</a></div></div></div></div></body></html>`;
}

function host(user: string): string {
  return `${user.replaceAll('_', '-')}.dreamwidth.org`;
}

function addressOf(entry: TestEntry): string {
  return `https://${host(entry.journal)}/${entry.ditemid}.html`;
}

function head(entry: TestEntry): string {
  return `<meta property="og:title" content="${escapeHtml(entry.subject ?? '(no subject)')}"/>
<meta property="og:url" content="${addressOf(entry)}"/>
<meta property="article:published_time" content="${entry.local}:00"/>
<meta property="article:author" content="https://${host(entry.poster)}/profile"/>
${entry.tags.map((tag) => `<meta property="article:tag" content="${escapeHtml(tag)}"/>`).join('\n')}
<link rel="canonical" href="${addressOf(entry)}" />`;
}

function renderEntry(entry: TestEntry, view: 'entry' | 'day'): string {
  const type = entry.community ? 'C' : 'P';
  const time = `<span class="datetime"><span class="date">${printDate(`${entry.local}Z`, '%b. %o, %Y')}</span> <span class="time">${printDate(`${entry.local}Z`, '%I:%M %p')}</span></span>`;
  const hasSubject = entry.subject === null ? 'no-subject' : 'has-subject';
  const own = !entry.community && view === 'day';
  const posters = own
    ? ''
    : entry.community && view === 'entry'
      ? `${ljuser(entry.poster)} posting in ${ljuser(entry.journal)}`
      : ljuser(entry.poster);
  const tags = entry.tags.map(
    (tag, i) =>
      `<li><a rel="tag" href="https://${host(entry.journal)}/tag/${escapeHtml(encodeURIComponent(tag))}">${escapeHtml(tag)}</a>${i < entry.tags.length - 1 ? ',' : ''}</li>\n`,
  );
  const tagList =
    tags.length === 0
      ? ''
      : `<div class="tag"><span class="tag-text">Tags:</span><ul>\n${tags.join('')}</ul></div>`;
  return `<div class="entry-wrapper entry-wrapper-odd security-public restrictions-none journal-type-${type} poster-${entry.poster} journal-${entry.journal} has-userpic  ${hasSubject}" id="entry-wrapper-${entry.ditemid}">
<div class="separator separator-before"><div class="inner"></div></div>
<div class="entry" id="entry-${entry.ditemid}">
<div class="inner">
<div class="header">
<div class="inner">
<h3 class="entry-title">${subject(entry.subject, addressOf(entry))}</h3>${time}</div>
</div>
<div>
<div class="contents">
<div class="inner">
<div class="userpic"><a href="https://${host(entry.poster)}/icons"><img src="https://v.dreamwidth.org/1/2" width="100" height="100" title="${entry.poster}: lamp" alt="${entry.poster}: (lamp)" /></a></div>
<span class="poster entry-poster ${own ? 'empty' : ''}">${posters}</span><div class="entry-content">${entry.body}</div>${metadata(entry)}</div>
</div>
</div>
<div class="footer">
<div class="inner">
${tagList}<ul class="entry-management-links text-links"><li class="link link_prev first-item"><a href="#">Previous Entry</a></li></ul><hr class="above-entry-interaction-links" /><ul class="entry-interaction-links text-links"><li class="entry-permalink first-item"><a href="${addressOf(entry)}">Link</a></li><li class="entry-readlink"><a href="${addressOf(entry)}#comments">${entry.comments.length} comments</a></li>
<li class="entry-replylink"><a href="${addressOf(entry)}?mode=reply">Reply</a></li></ul></div>
</div>
</div>
</div>
<div class="separator separator-after"><div class="inner"></div></div>
</div>`;
}

function subject(written: string | null, url: string): string {
  const text = escapeHtml(written ?? 'no subject');
  return `<a title="${text}" href="${url}"${written === null ? ' class=" invisible" ' : ''}>${text}</a>`;
}

function metadata(entry: TestEntry): string {
  const told = (
    [
      ['mood', 'Current Mood:', entry.mood],
      ['location', 'Current Location:', entry.location],
      ['music', 'Current Music:', entry.music],
    ] as const
  ).filter(([, , value]) => value !== null);
  if (told.length === 0) return '';
  const items = told.map(
    ([key, label, value]) =>
      `<li id="metadata-${key}"><span class="metadata-label metadata-label-${key}">${label}</span> <span class="metadata-item metadata-item-${key}">${escapeHtml(value ?? '')}</span></li>\n`,
  );
  return `<div class="metadata bottom-metadata">\n<ul>\n${items.join('')}</ul>\n</div>\n`;
}

function commentSection(entry: TestEntry, options: DreamwidthOptions): string {
  const nav =
    entry.comments.length === 0
      ? ''
      : `<div class='comment-pages toppages'><span class="view-flat"><a href="?view=flat#comments">Flat</a></span> | <span class="view-top-only"><a href="?view=top-only#comments">Top-Level Comments Only</a></span></div>`;
  const bottom =
    entry.comments.length === 0
      ? ''
      : `<div class='bottomcomment'><ul class="entry-interaction-links text-links"><li class="entry-replylink first-item"><a href="?mode=reply">Reply</a></li></ul></div>`;
  return `<div id='comments'><div class='inner'>${nav}${options.old ? flatComments(entry) : threads(entry)}${bottom}${nav.replace('toppages', 'bottompages')}</div></div>`;
}

function flatComments(entry: TestEntry): string {
  return entry.comments
    .map(
      (c) =>
        `<div id='cmt${c.id}' class='dwexpcomment' style='margin-left: ${c.depth * 25}px; margin-top: 5px;'>\n${renderComment(entry, c)}</div>`,
    )
    .join('\n');
}

/** EntryPage::print_comments: each thread's div stays open for its answers, down to depth 180. */
function threads(entry: TestEntry): string {
  const deepest = 180;
  let html = '';
  let previous = -1;
  let first = -1;
  for (const c of entry.comments) {
    const depth = c.depth + 1;
    if (depth < deepest && previous >= 0) for (let i = previous; i >= depth; i--) html += '</div>\n';
    if (depth < deepest) previous = depth;
    if (first < 0) first = depth;
    html += `<div data-comment-depth='${depth}' style='--comment-depth: ${depth}; --comment-indent-limit-mobile: 4' class='comment-thread comment-depth-indent-desktop comment-depth-${depth % 2 ? 'odd' : 'even'} comment-depth-mod5-${depth % 5} comment-depth-${depth}'>\n<div id='cmt${c.id}' class='dwexpcomment' style=''>\n${renderComment(entry, c)}</div>`;
    if (depth >= deepest) html += '</div>';
  }
  for (let i = previous; i >= first && first >= 0; i--) html += '</div>\n';
  return html;
}

function renderComment(entry: TestEntry, c: TestComment): string {
  const classes = [
    'comment-wrapper comment-wrapper-odd',
    c.state === 'screened' ? 'screened' : 'visible',
    c.state === 'frozen' ? 'frozen' : '',
    c.state === 'deleted' ? 'deleted' : '',
    c.state === 'hidden' ? 'from-suspended' : '',
    c.stub ? 'poster-hidden' : c.author.kind === 'anonymous' ? 'poster-anonymous' : `poster-${c.author.name}`,
    c.stub || c.state === 'collapsed' ? 'partial' : 'full',
  ];
  const inner = c.stub ? placeholder(c) : c.state === 'collapsed' ? partial(entry, c) : full(entry, c);
  return `<div class="${classes.join(' ')}">
<div class="separator separator-before"><div class="inner"></div></div>
<div class="comment" id="comment-cmt${c.id}">
<div class="inner">
${inner}</div>
</div>
<div class="separator separator-after"><div class="inner"></div></div>
</div>
`;
}

function placeholder(c: TestComment): string {
  if (c.state === 'deleted') return '(deleted comment)';
  return c.state === 'hidden' ? '(reply from suspended user)' : '(screened comment)';
}

function partial(entry: TestEntry, c: TestComment): string {
  return `<h4 class="comment-title">${subject(c.subject ?? '(no subject)', permalink(entry, c.id))}</h4>${poster(c)} - ${datetime(entry, c, c.instant)} - <span id="cmt${c.id}_expand"><a href="#" class="expand">Expand</a></span>`;
}

function full(entry: TestEntry, c: TestComment): string {
  const marks = `${c.state === 'screened' ? '(screened comment) ' : ''}${c.state === 'frozen' ? '(frozen) ' : ''}`;
  const image =
    c.icon === null || c.author.kind === 'anonymous'
      ? ''
      : `<a href="#"><img src="https://v.dreamwidth.org/3/4" width="100" height="100" title="${escapeHtml(`${c.author.name}: ${c.icon} (by me)`)}" alt="${escapeHtml(`${c.author.name}: by me (${c.icon})`)}" /></a>`;
  const address =
    c.state === 'screened'
      ? '<span class="poster-ip"><span class="comment-ip-text">IP Address:</span> (192.0.2.7)</span>'
      : '';
  const edit =
    c.edited === null
      ? ''
      : `<div class='edittime'><em>Edited (typo) ${datetime(entry, c, c.edited)}</em></div>`;
  const frozen =
    c.state === 'frozen'
      ? '<li class="frozen first-item">Frozen</li>'
      : `<li class="link reply first-item"><a href="${addressOf(entry)}?replyto=${c.id}">Reply</a></li>`;
  const parent =
    c.parentId === null
      ? ''
      : `<li class="link commentparent"><a href="${permalink(entry, c.parentId)}">Parent</a></li>\n`;
  return `<div class="header">
<div class="inner">
<h4 class="comment-title">${marks}${subject(c.subject, permalink(entry, c.id))}</h4>${datetime(entry, c, c.instant)}</div>
</div>
<div class="contents">
<div class="inner">
<div class="userpic">${image}</div>
${poster(c)}${address}<div class="comment-content">${c.body}${edit}</div></div>
</div>
<div class="footer">
<div class="inner">
<ul class="comment-interaction-links text-links"><li class="link commentpermalink"><a href="${permalink(entry, c.id)}">Link</a></li>
${frozen}
${parent}</ul><div id="ljqrt${c.id}" data-quickreply-container="${c.id}" style="display: none;"></div></div>
</div>
`;
}

function permalink(entry: TestEntry, id: number): string {
  return `${addressOf(entry)}?thread=${id}#cmt${id}`;
}

function datetime(entry: TestEntry, c: TestComment, instant: string): string {
  const poster = c.author.kind === 'user' ? `, 01:02 pm (${c.author.name}'s time)` : '';
  const after = instant === c.edited ? '' : `${sinceEntry(entry, instant)} after journal entry`;
  return `<span class="datetime"><span class="comment-date-text">Date: </span> <span title="${after}${poster}">${printDate(instant, '%Y-%m-%d %I:%M %p')} (UTC)</span></span>`;
}

/** core2.s2, `secs_to_string`: whole units, rounded down. */
function sinceEntry(entry: TestEntry, instant: string): string {
  const seconds = (Date.parse(instant) - Date.parse(entry.instant)) / 1000;
  const [unit, size] = (
    [
      ['day', 86_400],
      ['hour', 3600],
      ['minute', 60],
      ['second', 1],
    ] as const
  ).find(([, s]) => seconds >= s) ?? ['second', 1];
  const number = Math.floor(seconds / size);
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

function poster(c: TestComment): string {
  const name = author(c.author);
  const from =
    c.importedFrom === null ? name : `<span class="imported-from">${name} (from ${c.importedFrom})</span>`;
  return `<span class="poster comment-poster"><span class="comment-from-text">From:</span> ${from}</span>\n`;
}

function author(author: TestAuthor): string {
  if (author.kind === 'anonymous') return '<span class="anonymous">(Anonymous)</span>';
  if (author.kind === 'external') {
    return `<span lj:user='${author.name}' style='white-space: nowrap;' class='ljuser'><a href='https://www.dreamwidth.org/profile?userid=7&amp;t=I'><img src='https://www.dreamwidth.org/img/silk/identity/openid.png' alt='[identity profile] ' width='16' height='16' /></a><a href='http://${author.name}/' rel='nofollow'><b>${author.name}</b></a></span>`;
  }
  return ljuser(author.name, author.kind === 'purged' ? ' text-decoration: line-through;' : '');
}

/** LJ::ljuser of 2009 and later. */
function ljuser(name: string, strike = ''): string {
  return `<span lj:user='${name}' style='white-space: nowrap;${strike}' class='ljuser'><a href='https://${host(name)}/profile'><img src='https://www.dreamwidth.org/img/silk/identity/user.png' alt='[personal profile] ' width='17' height='17' style='vertical-align: text-bottom; border: 0; padding-right: 1px;' /></a><a href='https://${host(name)}/'><b>${name}</b></a></span>`;
}
