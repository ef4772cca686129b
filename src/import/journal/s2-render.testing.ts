import { escapeHtml } from '../../html.ts';
import { printDate, type TestAuthor, type TestComment, type TestEntry } from './thread.testing.ts';

/** What core1.s2 and LJ::S2 print in every layout, for the test renderers: names, times, links, notes. */

export function addressOf(entry: TestEntry): string {
  const host = entry.community ? 'community' : entry.journal.replaceAll('_', '-');
  const path = entry.community ? `/${entry.journal}` : '';
  return `http://${host}.livejournal.com${path}/${entry.ditemid}.html`;
}

/** LJ::ljuser: the picture that leads to the profile, and the name. */
export function userTag(name: string, style = ''): string {
  const url = name.includes('.') ? `http://${name}/` : `http://${name.replaceAll('_', '-')}.livejournal.com/`;
  return (
    `<span class='ljuser ljuser-name_${name}' lj:user='${name}' style='white-space: nowrap;${style}'>` +
    `<a href='${url}profile'><img src='http://p-stat.livejournal.com/img/userinfo.gif' alt='[info]' width='17' height='17' ` +
    `style='vertical-align: bottom; border: 0; padding-right: 1px;' /></a><a href='${url}'><b>${name}</b></a></span>`
  );
}

export function posterOf(author: TestAuthor): string {
  if (author.kind === 'anonymous') return '<i>(Anonymous)</i>';
  return userTag(author.name, author.kind === 'purged' ? 'text-decoration:line-through' : '');
}

/** `secs_to_string` of core1.s2: the largest whole unit. */
function elapsed(seconds: number): string {
  for (const [unit, size] of [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const) {
    const number = Math.floor(seconds / size);
    if (number > 0) return `${number} ${unit}${number === 1 ? '' : 's'}`;
  }
  return `${seconds} seconds`;
}

/** `Comment::time_display`: the time in UTC, or of the reader (`local`, hours from UTC), and the tooltip. */
export function timeDisplay(entry: TestEntry, comment: TestComment, format: string, local?: number): string {
  const seconds = (Date.parse(comment.instant) - Date.parse(entry.instant)) / 1000;
  const tooltip = `${elapsed(seconds)} after journal entry, 02:12 pm (${'name' in comment.author ? comment.author.name : 'x'}'s time)`;
  return `<span title="${tooltip}">${clock(comment.instant, format, local)}</span>`;
}

function clock(instant: string, format: string, local?: number): string {
  if (local === undefined) return `${printDate(instant, format)} (UTC)`;
  return `${printDate(new Date(Date.parse(instant) + local * 3_600_000).toISOString(), format)} (local)`;
}

/** The words of a comment with the note of its last edit (`Comment::print_text`). */
export function textOfComment(comment: TestComment): string {
  const { edited, body } = comment;
  if (edited === null) return body;
  const time = `<span title="02:12 pm (x's time)">${clock(edited, '%Y-%m-%d %I:%M %p')}</span>`;
  return `${body}<br /><br /><span class='ljedittime'><em>Edited at ${time}</em></span>`;
}

export function permalink(entry: TestEntry, id: number): string {
  return `${addressOf(entry)}?thread=${id}#t${id}`;
}

/** The words in place of a stub; undefined for a comment that is printed. */
export function stubWords(comment: TestComment): string | undefined {
  if (!comment.stub) return undefined;
  if (comment.state === 'deleted') return '(Deleted comment)';
  return comment.state === 'screened' ? '(Screened comment)' : '(Suspicious comment)';
}

/** The subject and poster of a collapsed comment, with the link that expands it. */
export function collapsed(entry: TestEntry, comment: TestComment, separator = ' - '): string {
  const subject =
    comment.subject === null ? '<em class="nosubject">(no subject)</em>' : escapeHtml(comment.subject);
  const poster =
    comment.author.kind === 'anonymous' ? '<em class="noposter">(Anonymous)</em>' : posterOf(comment.author);
  const { id } = comment;
  return (
    `<a href="${permalink(entry, id)}">${subject}</a>${separator}${poster}` +
    ` <span id='expand_${id}'>(<a href='${permalink(entry, id)}' onclick="Expander.make(this,'','${id}','${id}');return false;">Expand</a>)</span>`
  );
}

/** The links below a comment, each written by `wrap`. */
export function linksOf(entry: TestEntry, comment: TestComment, wrap: (link: string) => string): string {
  const { id, parentId, state } = comment;
  const link = (href: string, words: string): string => wrap(`<a href='${href}'>${words}</a>`);
  return [
    state === 'frozen'
      ? wrap('Replies frozen')
      : state === 'screened'
        ? link(
            `http://www.livejournal.com/talkscreen.bml?mode=unscreen&amp;journal=${entry.journal}&amp;talkid=${id}`,
            'Unscreen to reply',
          )
        : link(`${addressOf(entry)}?replyto=${id}`, 'Reply'),
    parentId === null ? '' : link(permalink(entry, parentId), 'Parent'),
    link(permalink(entry, id), 'Thread'),
  ].join(' ');
}

/** The icons that the owner of a comment sees beside it (`Comment::print_linkbar`). */
export function linkBar(entry: TestEntry, comment: TestComment): string {
  const url = `http://www.livejournal.com/delcomment.bml?journal=${entry.journal}&amp;id=${comment.id}`;
  return ` <a href="${url}"><img border="0" width="24" height="24" alt="Delete" title="Delete" src="http://p-stat.livejournal.com/img/silk/site/btn_del.gif" align="absmiddle" /></a> `;
}

/** Labels and values of the lines around an entry, in the site's order. */
export function metadataOf(entry: TestEntry): readonly (readonly [string, string])[] {
  const pairs: readonly (readonly [string, string | null])[] = [
    ['Current Location', entry.location],
    ['Current Mood', entry.mood],
    ['Current Music', entry.music],
  ];
  return pairs.flatMap(([label, value]) => (value === null ? [] : [[label, escapeHtml(value)] as const]));
}

export function tagLinks(entry: TestEntry): string {
  return entry.tags
    .map(
      (tag) =>
        `<a rel="tag" href="http://${entry.journal}.livejournal.com/tag/${encodeURIComponent(tag)}">${tag}</a>`,
    )
    .join(', ');
}

/** The words of an entry as saved pages have them: between anchors where a cut was. */
export function bodyOf(entry: TestEntry): string {
  return `<a name="cutid1"></a>${entry.body}<a name='cutid1-end'></a>`;
}

export function hasPoster(entry: TestEntry): boolean {
  return entry.poster !== entry.journal;
}

/** "2 comments | Leave a comment", as `CommentInfo::print` has it. */
export function commentInfo(entry: TestEntry): string {
  const { length } = entry.comments;
  const read =
    length === 0
      ? ''
      : `<a href="${addressOf(entry)}#comments">${length} comment${length === 1 ? '' : 's'}</a> | `;
  return `${read}<a href='${addressOf(entry)}?mode=reply'>Leave a comment</a>`;
}

/** The links above an entry (`Entry::print_linkbar`). */
export function entryLinkBar(entry: TestEntry): string {
  const at = `journal=${entry.journal}&amp;itemid=${entry.ditemid}`;
  return (
    `<div style='text-align: center'><a href="http://www.livejournal.com/go.bml?${at}&amp;dir=prev"><img alt="Previous Entry" src="http://p-stat/prev.gif" /></a> ` +
    `<a href="http://www.livejournal.com/tools/memadd.bml?${at}">Add to Memories</a> <a href="http://www.livejournal.com/go.bml?${at}&amp;dir=next">Next Entry</a></div>`
  );
}
