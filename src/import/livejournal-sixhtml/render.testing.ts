import { escapeHtml } from '../../html.ts';
import {
  addressOf,
  bodyOf,
  collapsed,
  commentInfo,
  hasPoster,
  linkBar,
  linksOf,
  metadataOf,
  permalink,
  posterOf,
  stubWords,
  tagLinks,
  textOfComment,
  timeDisplay,
  userTag,
} from '../journal/s2-render.testing.ts';
import { printDate, type TestComment, type TestEntry } from '../journal/thread.testing.ts';

/** The layouts whose templates (bin/upgrading/s2layers/<name>/layout.s2) are followed here. */
export const sixhtmlLayouts = ['sixhtml', 'deardiary', 'variableflow', 'refriedpaper', 'disjointed'] as const;
export type SixhtmlLayout = (typeof sixhtmlLayouts)[number];

/** A saved page of an entry in one of the layouts. */
export function renderSixhtml(entry: TestEntry, layout: SixhtmlLayout): string {
  const id = layout === 'sixhtml' ? ' id="sixapart-standard"' : '';
  return `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"${id}><head><link rel="canonical" href="${addressOf(entry)}" /><title>${entry.journal}: ${escapeHtml(entry.subject ?? '')}</title></head>
<body class='layout-two-column-right lj-view-entry'>
<div id="header"><h1>${entry.journal}</h1><ul><li><a href="/">Recent Entries</a></li><li><a href="/calendar">Archive</a></li></ul></div>
<div id="content">${entries[layout](entry)}
${threads[layout](entry)}</div>
<div id="sidebar"><h2>About</h2><p>A journal of lamps</p><ul><li><a href="/tag/fic">fic</a></li></ul></div>
<div class="footer">Powered by <a href="http://www.livejournal.com/">LiveJournal.com</a></div>
</body></html>`;
}

const local = (entry: TestEntry, format: string): string => printDate(entry.local, format);
const subjectOf = (thing: { readonly subject: string | null }): string => escapeHtml(thing.subject ?? '');
const bar = "<span class='separator'>|</span>";
const tagsOf = (entry: TestEntry): string =>
  entry.tags.length === 0 ? '' : `<div class='ljtags'><strong>Tags:</strong> ${tagLinks(entry)}</div>`;
const keys: Readonly<Record<string, string>> = {
  'Current Mood': 'mood',
  'Current Music': 'music',
  'Current Location': 'location',
};

const entries: Readonly<Record<SixhtmlLayout, (entry: TestEntry) => string>> = {
  sixhtml: (e) => {
    const poster = hasPoster(e)
      ? `<div class='entry-userpic'><p class='poster'>${userTag(e.poster)} in ${userTag(e.journal)}</p></div>`
      : '';
    const lines = metadataOf(e)
      .map(([k, v]) => `<div><strong>${keys[k]}</strong>: ${v}</div>\n`)
      .join('');
    const meta = lines === '' ? '' : `<div class="metadata">\n${lines}</div>\n`;
    return `<div class='entry' id='ljentry${e.ditemid}'>\n${poster}<h3 class='entry-header'>${subjectOf(e)}</h3>
<div class='entry-content'>
<div class='entry-body'>
${meta}${bodyOf(e)}${tagsOf(e)}</div>
<p class='entry-footer'>Posted on ${local(e, '%b. %o, %Y')} at ${local(e, '%I:%M %p')} ${bar} <a class='permalink' href='${addressOf(e)}'>Link</a> ${bar} <a href='${addressOf(e)}?mode=reply'>Leave a comment</a> ${bar} <a href="http://www.livejournal.com/tools/memadd.bml">Add to Memories</a></p></div>
<div id='ljqrttopcomment'></div></div>`;
  },
  deardiary: (e) => {
    const lines = metadataOf(e)
      .map(([k, v]) => `<li><span class="entrymetacaption">${k}:</span> ${v}</li>`)
      .join('\n');
    return `<div class="entry"><div class="entryheader">
<h3 class="entrysubject">${subjectOf(e)}</h3><div class="entryposter">${userTag(e.poster)}</div><div class="entrytimestamp"><span class="entrytimestampdate">${local(e, '%m/%d/%y')}</span>
<span class="entrytimestamptime">${local(e, '%I:%M %p')}</span></div><div class="entrylinkbarpre"><a href="http://www.livejournal.com/go.bml?dir=prev">Previous Entry</a></div></div>
<div class="entrycontent">
${bodyOf(e)}${tagsOf(e)}
</div>
<div class="entryfooter">${lines === '' ? '' : `<ul class="entrymeta">${lines}</ul>`}<div class="entrylinkbarpost"><a href="http://www.livejournal.com/go.bml?dir=next">Next Entry</a></div><ul class="entrycmdlinks"><li><a href="${addressOf(e)}?mode=reply">Leave a comment</a></li></ul><div id='ljqrttopcomment'></div></div></div>`;
  },
  variableflow: (e) => {
    const poster = hasPoster(e) ? ` - ${userTag(e.poster)}` : '';
    const subject = e.subject === null ? '' : ` - ${subjectOf(e)}`;
    const lines = metadataOf(e)
      .map(([k, v]) => `<div class="currentthing"><span class="metacaption">${k}:</span> ${v}</div>\n`)
      .join('');
    return `<div class="entry" id="entry${e.ditemid}">
<img src="http://p-user/1" alt="" class="userpic" />
<h2 class="entryheading">${local(e, '%b. %o, %Y')} ${local(e, '%I:%M %p')}${poster}${subject}</h2>
<div class="entrylinkbar"><a href="http://www.livejournal.com/tools/memadd.bml">Add to Memories</a></div><div class="entrytext">${bodyOf(e)}${tagsOf(e)}</div>${lines === '' ? '' : `<div class="metadata">\n${lines}</div>\n`}<ul class="entryextra"><li class="entryreadlink">${commentInfo(e)}</li></ul></div>`;
  },
  refriedpaper: (e) => {
    const rows = [...metadataOf(e), ...(e.tags.length === 0 ? [] : [['Tags:', tagLinks(e)] as const])];
    const user = hasPoster(e) ? row('User:', `${userTag(e.journal)} (posted by ${userTag(e.poster)})`) : '';
    const subject = e.subject === null ? '<i class="nosubject">(no subject)</i>' : subjectOf(e);
    return `<a name="${e.journal}${e.ditemid}" id="${e.journal}${e.ditemid}"></a>
<div class="entry"><table cellspacing="0">${user}${row('Date:', `<span title="">${local(e, '%Y-%m-%d %H:%M')}</span>`)}${row('Subject:', subject)}${row('Security:', 'Public')}${rows.map(([k, v]) => row(k, v)).join('\n')}</table>
<div class="entry-text">${bodyOf(e)}</div><span class="author">(<a href="${addressOf(e)}?mode=reply">Leave a comment</a>)</span><br /></div><br /><hr size="1"><br />`;
  },
  disjointed: (e) => {
    const poster = hasPoster(e)
      ? `<a href="http://${e.journal}.livejournal.com/">${e.journal}</a> - (<a href="http://${e.poster}.livejournal.com/">${e.poster}</a>)`
      : '';
    const subject = e.subject === null ? '<i class="nosubject">(no subject)</i>' : subjectOf(e);
    const lines = [...metadataOf(e), ...(e.tags.length === 0 ? [] : [['Tags:', tagLinks(e)] as const])]
      .map(([k, v]) => `<div><span style="font-weight:bold;">${k}</span> ${v}</div>`)
      .join('');
    const meta = lines === '' ? '' : `<table class="currbox"><tr><td>${lines}</td></tr></table>`;
    return `${box(`<a name="${e.journal}${e.ditemid}" id="${e.journal}${e.ditemid}"></a>${subject}`, poster, `<span title="">${local(e, '%I:%M%p %d/%m/%Y')}</span>`, `<div class="entrytext">${bodyOf(e)}${meta}</div>`, `<a href="${addressOf(e)}?mode=reply">Leave a comment</a>`)}<hr id='comments' />`;
  },
};

function row(label: string, value: string): string {
  return `<tr>\n<td class="dateheader">${label}</td>\n<td class="datecontent">${value}</td>\n</tr>`;
}

function box(subject: string, poster: string, time: string, text: string, links: string): string {
  const names =
    poster === ''
      ? ''
      : `<table cellspacing="0" style="float: right;"><tr><td>&nbsp;</td><td class="altposter" style="background-color: #fff;">${poster}</td><td>&nbsp;</td></tr></table>`;
  return `<table cellspacing="0" class="entries"><tr><td colspan="2" rowspan="2" class="metabox">${subject}</td><td class="nopad" valign="bottom">${names}</td><td>&nbsp;</td></tr>
<tr><td class="necorn"><div style="float: right;">${time}</div></td><td>&nbsp;</td></tr>
<tr><td class="sidepad">&nbsp;</td><td colspan="2" class="entrybox">${text}</td><td class="sidepad">&nbsp;</td></tr>
<tr><td>&nbsp;</td><td class="swcorn">&nbsp;</td><td colspan="2" rowspan="2" class="metabox">${links}</td></tr><tr><td colspan="2">&nbsp;</td></tr></table>`;
}

const flat = (entry: TestEntry, print: (comment: TestComment) => string): string =>
  entry.comments
    .map(
      (c) =>
        `<div id="ljcmt${c.id}" style='margin-left: ${c.depth * 25}px; margin-top: 5px'>${print(c)}</div>`,
    )
    .join('\n');

/** Lists in lists, as `print_comments` of Dear Diary and Variable Flow writes them. */
function nested(entry: TestEntry, print: (comment: TestComment) => string): string {
  let html = '';
  let open = -1;
  for (const comment of entry.comments) {
    if (comment.depth <= open) html += `${'</li></ul>'.repeat(open - comment.depth)}</li>`;
    else html += '<ul class="comments">';
    html += `<li class="commentsitem">${print(comment)}`;
    open = comment.depth;
  }
  return html + '</li></ul>'.repeat(open + 1);
}

const threads: Readonly<Record<SixhtmlLayout, (entry: TestEntry) => string>> = {
  sixhtml: (e) =>
    `<a id="comments"></a><div class="comments"><h3 class="comments-header">Comments</h3><div class="comments-content"><!-- comment list -->${flat(e, (c) => sixhtmlComment(e, c))}</div></div>`,
  deardiary: (e) => `<span id="comments"></span>${nested(e, (c) => deardiaryComment(e, c))}`,
  variableflow: (e) => `<span id="comments"></span>${nested(e, (c) => variableflowComment(e, c))}`,
  refriedpaper: (e) =>
    flat(e, (c) => (c.state === 'collapsed' ? collapsed(e, c) : refriedpaperComment(e, c))),
  disjointed: (e) => flat(e, (c) => (c.state === 'collapsed' ? collapsed(e, c) : disjointedComment(e, c))),
};

function sixhtmlComment(e: TestEntry, c: TestComment): string {
  const stub = stubWords(c);
  const anchor = `<a name="t${c.id}"></a>`;
  const time = `Posted on ${timeDisplay(e, c, '%b. %o, %Y %I:%M %p')}`;
  if (stub !== undefined)
    return `${anchor}<div class="comment collapsed-comment"><div class="comment-footer"><strong>${stub}</strong></div></div>`;
  if (c.state === 'collapsed') {
    const subject = c.subject === null ? '<em class="nosubject">(no subject)</em>' : subjectOf(c);
    const dash = '<span class="separator">-</span>';
    return `${anchor}<div class="comment collapsed-comment"><div class="comment-footer"><a href="${permalink(e, c.id)}" class="collapsed-comment-link">${subject}</a> ${dash} ${posterOf(c.author)} ${dash} ${time} ${bar} <a href='${permalink(e, c.id)}'>Expand</a></div></div>`;
  }
  const heading =
    c.subject === null ? '' : `<h3 class='comment-header'><strong>${subjectOf(c)}</strong></h3>\n`;
  const footer =
    c.state === 'frozen'
      ? `<a class='permalink' href='${permalink(e, c.id)}'>Link</a>${c.parentId === null ? '' : ` ${bar} <a href='${permalink(e, c.parentId)}'>Parent</a>`}`
      : `<a class='permalink' href='${permalink(e, c.id)}'>Link</a> ${bar} ${linksOf(e, c, (l) => l)}`;
  return `${anchor}<div class='comment'>\n<div class='comment-userpic'><img src="http://p-user/2" /><br /><p class='poster'>${posterOf(c.author)}</p></div>${heading}<div class='comment-content'><div class='metadata'><strong>IP Address:</strong> 10.1.2.3</div>${textOfComment(c)}</div><div class='comment-footer'>${time} ${bar} ${footer}${linkBar(e, c)}</div><div id='ljqrt${c.id}' class='quickreply'></div></div>`;
}

function deardiaryComment(e: TestEntry, c: TestComment): string {
  if (c.state === 'collapsed')
    return `<div class="collapsed_entry" id="ljcmt${c.id}">${collapsed(e, c)}</div>`;
  const poster = c.author.kind === 'anonymous' ? '(Anonymous)' : posterOf(c.author);
  return `<div class="entry ljcmt_full" id="ljcmt${c.id}"><div class="entryheader">
<h3 class="entrysubject">${subjectOf(c)}</h3><div class="entryposter">${poster}</div><div class="entrytimestamp"><span class="entrytimestampdate">${timeDisplay(e, c, '%m/%d/%y %I:%M %p')}</span></div><div class="entrylinkbarpre">${linkBar(e, c)}</div>
<div class="entryuserpic"><img src="http://p-user/2" /></div></div>
<div class="entrycontent">${textOfComment(c)}
</div>
<div class="entryfooter"><ul class="entrymeta"><li><b>Poster IP Address:</b> 10.1.2.3</li></ul><div class="entrylinkbarpost">${linkBar(e, c)}</div><ul class="entrycmdlinks">${linksOf(e, c, (l) => (l === 'Replies frozen' ? '' : `<li>${l}</li>`))}</ul></div></div>`;
}

function variableflowComment(e: TestEntry, c: TestComment): string {
  const poster = c.author.kind === 'anonymous' ? '' : posterOf(c.author);
  const links = linksOf(e, c, (l) => (l === 'Replies frozen' ? '' : `<li>${l}</li>`));
  return `<div class="entry" id="ljcmt${c.id}"><img src="http://p-user/2" alt="" class="userpic" />
<h2 class="entryheading">${timeDisplay(e, c, '%m/%d/%y %I:%M %p')} - ${poster}${c.subject === null ? '' : ` - ${subjectOf(c)}`} </h2><div class="entrylinkbar">${linkBar(e, c)}</div><div class="entrytext">${textOfComment(c)}</div><div class="metadata"><div><span class="metacaption">Poster IP Address:</span> 10.1.2.3</div></div><ul class="entryextra">${links}</ul></div>`;
}

function refriedpaperComment(e: TestEntry, c: TestComment): string {
  const user = c.author.kind === 'anonymous' ? '<em class="noposter">(Anonymous)</em>' : posterOf(c.author);
  const subject = c.subject === null ? '<i class="nosubject">(no subject)</i>' : subjectOf(c);
  return `<a name="t${c.id}" id="t${c.id}"></a><div class="entry"><table cellspacing="0">${row('From:', user)}${row('Date:', timeDisplay(e, c, '%Y-%m-%d %H:%M'))}${row('Subject:', subject)}${row('IP Address:', '10.1.2.3')}</table><div class="entry-text">${textOfComment(c)}</div><span class="author">${linksOf(e, c, (l) => `(${l})`)}${linkBar(e, c)}</span><br /></div><br /><hr size="1"><br />`;
}

function disjointedComment(e: TestEntry, c: TestComment): string {
  const name =
    c.author.kind === 'anonymous'
      ? '<i class="noposter" style="color: ;">(Anonymous)</i>'
      : plainLink(c.author.name);
  const subject = c.subject === null ? '<i class="nosubject">(no subject)</i>' : subjectOf(c);
  const text = `<div class="entrytext"><div style="float: right;"><img src="http://p-user/2" /></div>${textOfComment(c)}</div>`;
  return box(
    `<a name="t${c.id}" id="t${c.id}"></a>${subject}`,
    name,
    timeDisplay(e, c, '%I:%M%p %d/%m/%Y'),
    text,
    linksOf(e, c, (l) => `(${l})`),
  );
}

function plainLink(name: string): string {
  const host = name.includes('.') ? name : `${name.replaceAll('_', '-')}.livejournal.com`;
  return `<a href="http://${host}" style="color: ;">${name}</a>`;
}
