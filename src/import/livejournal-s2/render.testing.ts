import { escapeHtml } from '../../html.ts';
import {
  addressOf,
  bodyOf,
  collapsed,
  commentInfo,
  entryLinkBar,
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
} from '../journal/s2-render.testing.ts';
import { printDate, type TestComment, type TestEntry } from '../journal/thread.testing.ts';

/** The layouts whose templates (bin/upgrading/s2layers/<name>/layout.s2) are followed here. */
export const s2Layouts = [
  'generator',
  'punquin',
  'classic',
  'cleansimple',
  'notepad',
  'magazine',
  'tabularindent',
] as const;
export type S2Layout = (typeof s2Layouts)[number];

interface S2Options {
  /** As a reader in this zone saw it, logged in: hours from UTC. */
  readonly local?: number;
}

/** A saved page of an entry in one of the layouts. */
export function renderS2(entry: TestEntry, layout: S2Layout, options: S2Options = {}): string {
  const comments = entry.comments.map((c) => printComment(entry, c, layout, options)).join('\n');
  const title = `${entry.journal}: ${escapeHtml(entry.subject ?? '')}`;
  return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
<html>
<head><link rel="canonical" href="${addressOf(entry)}" /><script>Site = { "has_remote": 0 };</script>
<title>${title}</title></head>
<body>
<div id="lj_controlstrip"><form action="/login.bml"><label>Username:</label><input name="user" /> <a href="/lostinfo.bml">Forgot Login?</a></form></div>
${frames[layout](entry, pages[layout](entry), comments === '' ? '' : sections[layout](comments))}
</body></html>`;
}

const local = (entry: TestEntry, format: string): string => printDate(entry.local, format);
const subjectOf = (entry: TestEntry): string => escapeHtml(entry.subject ?? '');
const strongLines = (entry: TestEntry): string =>
  metadataOf(entry)
    .map(([k, v]) => `<strong>${k}:</strong> ${v}<br />`)
    .join('');
const inJournal = (name: string): string => `http://${name.replaceAll('_', '-')}.livejournal.com/`;

const pages: Readonly<Record<S2Layout, (entry: TestEntry) => string>> = {
  generator: (e) => {
    const rows = [...(e.tags.length === 0 ? [] : [['Tags', tagLinks(e)] as const]), ...metadataOf(e)].map(
      ([k, v]) =>
        `<tr><td class="meta">[</td><td class="meta" align="right"><b>${k}</b></td><td class="meta" align="center">|</td><td class="meta">${v}</td><td class="meta">]</td></tr>`,
    );
    const box = hasPoster(e)
      ? `<table cellpadding="1" align="right" cellspacing="0" border="0" summary=""><tr align='left'><td bgcolor="#000"><table cellpadding="2" align="center"><tr align='left'><td align="center"><a class="index" href="${inJournal(e.journal)}"><img border="0" src="http://p-user/1" alt=""><br><font color="#fff">${e.journal}</font></a><br>[<a class="index" href="${inJournal(e.poster)}"><font color="#fff">${e.poster}</font></a>]</td></tr></table></td></tr></table>`
      : '';
    const meta =
      rows.length === 0
        ? ''
        : `<table cellspacing="0" cellpadding="0" border="0" summary="">${rows.join('\n')}</table><br />`;
    return `<table width="100%" cellpadding="2" cellspacing="0" border="0" summary="" class="entrybox"><tr align='left'><td bgcolor="#000" align="center">
<table width="100%" cellpadding="5" cellspacing="0" border="0" summary=""><tr align='left'>
<td class="caption">${subjectOf(e)}</td>
<td align="right" class="index">[${local(e, '%b. %o, %Y')}|<b>${local(e, '%I:%M %p')}</b>]
</td></tr><tr align='left'><td colspan="2" bgcolor="#fff">
${entryLinkBar(e)}${box}${meta}${bodyOf(e)}<div id='ljqrttopcomment' class='quickreply' style='display: none;'></div></td></tr>
<tr bgcolor="#eee"><td align='left' class='comments' valign='top'><a href="${addressOf(e)}">Link</a></td><td align='right' class='comments'><a href='${addressOf(e)}?mode=reply'>Leave a comment</a><br/></td></tr></table></td></tr></table><p>`;
  },
  punquin: (e) => {
    const box = hasPoster(e)
      ? `<td valign="top" class="poster" align="center" style="background-color: " width="100"><a href='${inJournal(e.poster)}' style="color: ; font-weight: bold">${e.poster}</a><br /></td>`
      : '';
    const subject = e.subject === null ? '' : ` - <span style='color: #900'>${subjectOf(e)}</span>`;
    const tags = e.tags.length === 0 ? '' : `<div class='ljtags'><strong>Tags:</strong> ${tagLinks(e)}</div>`;
    return `<p class='date'>${local(e, '%B %o, %Y')}</p><hr class='separator' />${entryLinkBar(e)}<table border='0' cellpadding='2' cellspacing='0' class='entry'><tr>${box}<td valign='top'><strong>${local(e, '%I:%M %p')}${subject}</strong><br />${bodyOf(e)}<br />${strongLines(e)}${tags}</td></tr></table><p align='right' class='comments'>(${commentInfo(e)})</p><div id='ljqrttopcomment'></div>`;
  },
  classic: (e) => {
    const box = hasPoster(e) ? `[<a href='${inJournal(e.poster)}'>${e.poster}</a>]<br />` : '';
    const subject = e.subject === null ? '' : `\n\n<span class='subject'>${subjectOf(e)}</span><br />`;
    const tags = e.tags.length === 0 ? '' : `<strong>Tags:</strong> ${tagLinks(e)}<br />`;
    const lines = strongLines(e) + tags;
    return `<table width="100%" cellpadding="2"><tr><th colspan='2' align='left' class='headerbar'>${local(e, '%A, %B %o, %Y')}</th></tr>
<tr valign='top'><td style='background-color: #ccc;' class='metabar'><em>${local(e, '%I:%M %p')}</em><br />${box}<p>[<a href='${addressOf(e)}'>Link</a>]</p></td><td class='entry' style='text-align:left'>${entryLinkBar(e)}${subject}${bodyOf(e)}\n\n${lines === '' ? '' : `<p>${lines}</p>`}<p class='comments'>(${commentInfo(e)})</p><div id='ljqrttopcomment'></div></td></tr>`;
  },
  cleansimple: (e) => {
    const box = hasPoster(e)
      ? `<span class="altposter"><a href="http://www.livejournal.com/userinfo.bml?user=${e.poster}">${e.poster}</a></span> @ `
      : '';
    const subject = e.subject === null ? '' : ` <span class="subject"> ${subjectOf(e)}</span>`;
    const lines = metadataOf(e)
      .map(([k, v]) => `<div class="currentthing"><strong>${k}:</strong> ${v}</div>`)
      .join('');
    const tags = e.tags.length === 0 ? '' : `<strong>Tags:</strong> ${tagLinks(e)}<br />`;
    return `<div class="day"><h3>${local(e, '%a, %b. %o, %Y')}</h3><div class="entry" id="entry${e.ditemid}"><div class="entrytext">${entryLinkBar(e)}<span class="entryheading">${box}<span class="timestamp">${local(e, '%I:%M %p')}</span>: ${subject}</span>${e.subject === null ? '' : '<br />'}
${bodyOf(e)}<br /><br />${lines === '' ? '' : `<div class="currents">${lines}</div>\n`}${tags}<div class="talklinks" clear="all">${commentInfo(e)}</div>
<div id='ljqrttopcomment'></div></div></div></div>`;
  },
  notepad: (e) => {
    const box = hasPoster(e)
      ? `<td valign='top' width='100' align='center'><strong><a href='${inJournal(e.poster)}'>${e.poster}</a></strong></td>`
      : '';
    const subject = e.subject === null ? '' : ` <span style='color: #900'>${subjectOf(e)}</span>`;
    const lines = strongLines(e);
    return `<table border='0' class='entry'><tr>${box}<td valign="top" width='100%'><font size="+1">${local(e, '%B %o, %Y %I:%M %p')}${subject}</font><p>${bodyOf(e)}</p>${lines === '' ? '' : `<p>${lines}</p>`}<div style="text-align: right;">\n(${commentInfo(e)})</div>${entryLinkBar(e)}<div id='ljqrttopcomment'></div></td></tr><tr><td colspan="2"></td></tr></table><p align="center"><img src="http://p-stat/hr.gif" width="345" height="23" alt='' /></p>`;
  },
  magazine: (e) => {
    const name = hasPoster(e) ? `<div><a href='${inJournal(e.poster)}'>${e.poster}</a></div>` : '';
    const tags = e.tags.length === 0 ? '' : `<div class='ljtags'><strong>Tags:</strong> ${tagLinks(e)}</div>`;
    const lines = metadataOf(e)
      .map(([k, v]) => `<div class='Currents'><div><strong>${k}:</strong> ${v}</div></div>`)
      .join('');
    return `<h2>${local(e, '%B %o, %Y')}</h2><div class='H3Holder'><div class='Picture' style='background-color: ;'><div><img src='http://p-user/1' /></div>${name}</div><h3><span>${local(e, '%I:%M %p')}${e.subject === null ? '' : ` - <em>${subjectOf(e)}</em>`}</span></h3>${entryLinkBar(e)}<p>${bodyOf(e)}</p>${tags}${lines}<div id='ljqrttopcomment'></div><div style="text-align: right;">\n(${commentInfo(e)})</div></div>`;
  },
  tabularindent: (e) => {
    const box = hasPoster(e)
      ? `<div class='poster' style='background-color: '> <a href='${inJournal(e.journal)}'><img src='http://p-user/1' style='border: 0' /></a><br />[<a href='${inJournal(e.poster)}'>${e.poster}</a>]</div>`
      : '';
    const lines: readonly (readonly [string, string])[] = [
      ['Security:', ''],
      ...(e.subject === null ? [] : [['Subject:', subjectOf(e)] as const]),
      ['Time:', local(e, '%I:%M %p')],
      ...metadataOf(e).map(([k, v]) => [`${k}:`, v] as const),
      ...(e.tags.length === 0 ? [] : [['Tags:', tagLinks(e)] as const]),
    ];
    const footer = `<tr><td style='white-space: nowrap'>(<a href='${addressOf(e)}?mode=reply'>Leave a comment</a>   <a href="http://www.livejournal.com/go.bml?dir=prev">Previous Entry</a><div id='ljqrttopcomment'></div></td></tr>`;
    return `<h3 class='page-header'>${local(e, '%B %o, %Y')}</h3>${tabularBox('', box, lines, bodyOf(e), footer)}`;
  },
};

function tabularBox(
  id: string,
  picture: string,
  lines: readonly (readonly [string, string])[],
  text: string,
  footer: string,
): string {
  const rows = lines
    .map(([k, v]) => `<tr><td align='right' class='alef'>${k}</td><td class='alef'>${v}</td></tr>`)
    .join('');
  const pic = picture === '' ? '' : `<td width='100' valign='top' align='center'>${picture}</td>`;
  return `<div align='right' class='entry'><table ${id} width='95%' cellpadding='5' cellspacing='1'><tr><td class='alef'><table border='0' width='100%'><tr>${pic}<td valign='top' class='alef'><table border='0'>${rows}</table></td></tr></table></td></tr><tr><td class='alef' style='background-color: #fff'>${text}</td></tr>${footer}</table></div><br />`;
}

type Frame = (entry: TestEntry, page: string, comments: string) => string;
const pageLinks = `<a href="/">Recent Entries</a> | <a href="/calendar">Archive</a> | <a href="/friends">Friends</a>`;
const frames: Readonly<Record<S2Layout, Frame>> = {
  generator: (e, page, comments) =>
    `<div class="wrapper"><div align="center"><table width="100%" class="box" id="topbox"><tr class="caption"><td class="caption" align="left"><b>${e.journal}: ${subjectOf(e)}</b></td><td class="index" align="right">[${pageLinks}]</td></tr><tr><td class="shadowed"><table><tr><td class="meta">[</td><td class="meta" align="right"><b>userinfo</b></td><td class="meta" align="center">|</td><td class="meta"><a href="/profile">livejournal userinfo</a></td><td class="meta">]</td></tr></table></td></tr></table><p>${page}${comments}</div></div>`,
  punquin: (_, page, comments) =>
    `<a name='top'></a><div align='center' class='wrapper'><table id='main'><tr><td valign='top' rowspan='2'><table class='standard'><tr valign='top'><td align='left'>${page}${comments}</td></tr></table></td><td id="sidebar">Navigate: ${pageLinks}</td></tr><tr><td><a href='#top'>Top of Page</a></td></tr><tr><td colspan='2'><a href='http://www.livejournal.com/'>LiveJournal.com</a></td></tr></table></div>`,
  classic: (e, page, comments) =>
    `<div class="wrapper"><table class="main" width="100%"><tr><td><h2>${e.journal}</h2>[${pageLinks}]</td></tr></table>${page}${comments}</table></div>`,
  cleansimple: (e, page, comments) =>
    `<h1>${e.journal}: ${subjectOf(e)}</h1><div id="body">${page}${comments}</div><div class="viewspec">${pageLinks}</div>`,
  notepad: (e, page, comments) =>
    `<table><tr><td>${e.journal} ${pageLinks}</td><td>${page}${comments}</td></tr></table>`,
  magazine: (e, page, comments) =>
    `<div id='Frame'><div id='Header'><h1>${e.journal}</h1>${pageLinks}</div><div id='Body'>${page}${comments}</div><div id='Footer'>Powered by LiveJournal.com</div></div>`,
  tabularindent: (e, page, comments) =>
    `<table width='100%'><tr><td>${e.journal} ${pageLinks}</td><td>${page}${comments}</td></tr></table>`,
};

const pager = `<table align='center' border='0' cellpadding='3'></table>`;
const sections: Readonly<Record<S2Layout, (comments: string) => string>> = {
  generator: (c) =>
    `<table width="100%" class="entrybox"><tr align='left'><td><table width="100%"><tr align='left'><td class="caption" colspan='2'>Comments:</td></tr><tr align='left'><td colspan="2"><a name='comments'></a>${pager}${c}</td></tr></table></td></tr></table><p>`,
  punquin: (c) => `<h2 class='date' id='comments'>Comments:</h2><hr class='separator' />${c}`,
  classic: (c) =>
    `<tr valign='top'><th class='headerbar' colspan='2' id='comments'>Comments</th></tr><tr valign='top'><td style='background-color: #ccc'>&nbsp;</td><td style='width: 100%'>${c}</td></tr>`,
  cleansimple: (c) => `<div class="day"><h3 id="comments">Comments</h3></div>${c}`,
  notepad: (c) => `<a name='comments'></a>${c}`,
  magazine: (c) => `<h2 id='comments' class='date'>Comments:</h2>${c}`,
  tabularindent: (c) => `<h3 class='page-header' id='comments'>Comments</h3>${c}`,
};

const commentDates: Readonly<Record<S2Layout, string>> = {
  generator: '%Y-%m-%d %I:%M %p',
  tabularindent: '%Y-%m-%d %I:%M %p',
  cleansimple: '%b. %o, %Y %I:%M %p',
  punquin: '%B %o, %Y %I:%M %p',
  classic: '%B %o, %Y %I:%M %p',
  notepad: '%B %o, %Y %I:%M %p',
  magazine: '%B %o, %Y %I:%M %p',
};

function printComment(entry: TestEntry, comment: TestComment, layout: S2Layout, options: S2Options): string {
  const style = `margin-left: ${comment.depth * 25}px;margin-top:5px;`;
  const stub = stubWords(comment);
  const inside =
    stub !== undefined
      ? `<strong>${stub}</strong>`
      : comment.state === 'collapsed'
        ? collapsed(entry, comment)
        : layout === 'tabularindent'
          ? printTabular(entry, comment, options)
          : printFull(entry, comment, layout, options);
  return `<div style='${style}' id="ljcmt${comment.id}">${inside}</div>`;
}

function printFull(entry: TestEntry, comment: TestComment, layout: S2Layout, options: S2Options): string {
  const { id } = comment;
  const poster = posterOf(comment.author);
  const time = timeDisplay(entry, comment, commentDates[layout], options.local);
  const heading = comment.subject === null ? '' : `<h3> ${escapeHtml(comment.subject)}</h3>`;
  const picture =
    comment.author.kind === 'user'
      ? "<td style='width: 102px'><img src='http://p-user/2' width='100' height='100' alt='[User Picture]' /></td>"
      : '';
  const link = `<strong>(<a href='${permalink(entry, id)}'>Link</a>)</strong>`;
  const head =
    layout === 'generator'
      ? `<td style='width: 50%'><strong>From:</strong> ${poster}<br /><small>${time}<br />IP: [10.1.2.3]</small><br />${heading}</td><td align='right' style='width: 50%'>${linkBar(entry, comment)}<p>${link}</p>\n</td>`
      : `<td style='width: 100%'><table style='width: 100%'><tr><td align='left' style='width: 50%'><table><tr><th align='right'>From:</th><td>${poster}</td></tr>\n<tr><th align='right'>Date:</th><td style='white-space: nowrap'>${time}</td></tr><tr><th align='right'>IP Address:</th><td>(10.1.2.3)</td></tr></table></td><td align='right' style='width: 50%'><label for='ljcomsel_${id}'>Select</label> ${linkBar(entry, comment)}</td></tr><tr valign='top'><td style='width: 50%'>${heading}</td><td style='width: 50%' align='right'>${link}</td></tr></table></td>`;
  const bar =
    layout === 'notepad'
      ? `<a name='t${id}'></a><div style='background-color: #ccc; width: 100%'>`
      : `<a name='t${id}'></a><div id='cmtbar${id}' style='background-color: #ccc; width: 100%'>`;
  return `${bar}<table border='0' cellpadding='2' cellspacing='0' summary='0' style='width: 100%'><tr valign='top'>${picture}${head}</tr></table></div><div style='margin-left: 5px'>${textOfComment(comment)}</div><div style='margin-top: 3px; font-size: smaller'>${linksOf(entry, comment, (l) => `(${l})`)}<div id='ljqrt${id}' class='quickreply'></div></div>`;
}

function printTabular(entry: TestEntry, comment: TestComment, options: S2Options): string {
  const poster = posterOf(comment.author);
  const lines: readonly (readonly [string, string])[] = [
    ...(comment.subject === null ? [] : [['Subject:', `${escapeHtml(comment.subject)} `] as const]),
    ['Time:', timeDisplay(entry, comment, commentDates.tabularindent, options.local)],
    ['Link:', `(<a href='${permalink(entry, comment.id)}'>Link</a>)`],
    ['IP Address:', '10.1.2.3'],
  ];
  const footer = `<tr><td style='white-space: nowrap'>${linksOf(entry, comment, (l) => `(${l})`)}${linkBar(entry, comment)}</td></tr>`;
  return `<a name="t${comment.id}"></a>${tabularBox(`id='cmtbar${comment.id}'`, `<img src='http://p-user/2' style='border: 0' /><br />${poster}`, lines, textOfComment(comment), footer)}`;
}
