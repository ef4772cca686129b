import { escapeHtml } from '../../html.ts';
import { printDate, type TestAuthor, type TestComment, type TestEntry } from '../journal/thread.testing.ts';

/** Ways in which the same page came out of the site. */
export interface S1Options {
  /** The scheme around the page: none to speak of for `?format=light`. */
  readonly scheme?: 'light' | 'bluewhite';
  /** Markup of before 2005: capitals, no classes, no outer div. */
  readonly old?: boolean;
}

/** A page as `htdocs/talkread.bml` and `LJ::Talk::get_thread_html` print it. */
export function renderS1(entry: TestEntry, options: S1Options = {}): string {
  const url = addressOf(entry);
  const title = escapeHtml(`${entry.journal}: ${entry.subject ?? 'an entry'}`);
  const links = `(<a href='${url}?mode=reply#add_comment'>Post a new comment</a>)`;
  const count = `(${entry.comments.length} ${entry.comments.length === 1 ? 'comment' : 'comments'}) - `;
  const lesstop = `<p class='lesstop' align='center'><b>${entry.comments.length > 0 ? count : ''}${links}</b></p>`;
  const comments = entry.comments.map((c) => renderComment(entry, c, url, options.old === true)).join('');
  const below = comments === '' ? '' : `<hr />${lesstop}`;
  const main = `<p><table><tr valign='middle'>${userpic(entry)}<td>${byline(entry)}</td></tr></table>${linkBar(entry, options)}
<div>${currents(entry)}${subjectOf(entry)}${entry.body}</div><br style='clear: both' /><hr width='100%' size='2' align='center' />
<div id='Comments'><a name='comments'></a><div id='qrformdiv'></div><form style='display: inline' method='post' action='http://www.livejournal.com/talkmulti.bml' name='multiform'>${lesstop}<input type='hidden' name='ditemid' value='${entry.ditemid}' />${comments}${below}</form></div>`;
  return options.scheme === 'bluewhite' ? blueWhite(title, main) : light(title, main);
}

function addressOf(entry: TestEntry): string {
  if (entry.community) return `http://community.livejournal.com/${entry.journal}/${entry.ditemid}.html`;
  return /^_|_$/.test(entry.journal)
    ? `http://users.livejournal.com/${entry.journal}/${entry.ditemid}.html`
    : `http://${entry.journal.replaceAll('_', '-')}.livejournal.com/${entry.ditemid}.html`;
}

function light(title: string, main: string): string {
  return `<!DOCTYPE html>
<html><head><title>${title}</title><meta property="og:title" name="title" content="${title}" /></head>
<body class="scheme-lynx"><div id="Content"><h1>${title}</h1>
${main}
</div><p>[<a href="/">Home</a> | <a href="/update.bml">Post Entry</a> | <a href="/login.bml">Log in</a>]</p></body></html>`;
}

function blueWhite(title: string, main: string): string {
  return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN" "http://www.w3.org/TR/REC-html40/loose.dtd">
<HTML><HEAD><TITLE>${title}</TITLE></HEAD><BODY BGCOLOR="#FFFFFF">
<TABLE WIDTH="100%"><TR><TD VALIGN="BOTTOM"><FONT SIZE="6" COLOR="#000a3f" FACE="Arial, Helvetica"><B>${title}</B></FONT></TD><TD>Welcome, Guest. <a href="/create.bml">Create an Account</a></TD></TR></TABLE>
<TABLE WIDTH="100%"><TR><TD VALIGN="TOP"><A HREF="/">Home</A><BR><A HREF="/site/search.bml">Search</A></TD><TD VALIGN="TOP">
${main}
</TD></TR></TABLE><P><A HREF="/legal/privacy.bml">Privacy Policy</A> - <A HREF="/copyright.bml">COPYRIGHT</A></BODY></HTML>`;
}

function userpic(entry: TestEntry): string {
  return `<td><img src='http://userpic.livejournal.com/1/2' width='100' height='100' align='absmiddle' hspace='3' title='${realName(entry.poster)}: lamp' alt=''></td>`;
}

function realName(user: string): string {
  return `${user.slice(0, 1).toUpperCase()}. Lampwick`;
}

function byline(entry: TestEntry): string {
  const [year, month, day] = entry.local.slice(0, 10).split('-');
  const base = `http://${entry.journal.replaceAll('_', '-')}.livejournal.com`;
  const date = `<a href="${base}/${year}/">${year}</a>-<a href="${base}/${year}/${month}/">${month}</a>-<a href="${base}/${year}/${month}/${day}/">${day}</a>`;
  const wrote = entry.community ? `wrote in ${ljuser(entry.journal, 'community.gif')},` : 'wrote,';
  return `${realName(entry.poster)} (${ljuser(entry.poster)}) ${wrote}<br /><font size='-1'>@ ${date} ${entry.local.slice(11)}:00</font>`;
}

/** LJ::ljuser, as it was until 2009. */
function ljuser(name: string, icon = 'userinfo.gif'): string {
  const base = `http://${name.replaceAll('_', '-')}.livejournal.com`;
  return `<span class='ljuser' lj:user='${name}' style='white-space: nowrap;'><a href='${base}/profile'><img src='http://p-stat.livejournal.com/img/${icon}' alt='[info]' width='17' height='17' style='vertical-align: bottom; border: 0; padding-right: 1px;' /></a><a href='${base}/'><b>${name}</b></a></span>`;
}

function openId(name: string): string {
  return `<span class='ljuser' lj:user='${name}' style='white-space: nowrap;'><a href='http://www.livejournal.com/userinfo.bml?userid=7&amp;t=I'><img src='http://p-stat.livejournal.com/img/openid-profile.gif' alt='[info]' /></a><a href='http://${name}/'><b>${name}</b></a></span>`;
}

function linkBar(entry: TestEntry, options: S1Options): string {
  const link = `<a href="http://www.livejournal.com/go.bml?journal=${entry.journal}&amp;itemid=${entry.ditemid}&amp;dir=prev"><img src="/img/btn_prev.gif" align="absmiddle" alt="Previous Entry" /></a>`;
  const bar = `<table><tr><td valign='middle'>${link}&nbsp;&nbsp;<a href="/tools/memadd.bml">Add to Memories</a></td></tr></table>`;
  return options.scheme === 'bluewhite'
    ? `<CENTER><FONT SIZE=1><BR></FONT><table cellspacing=0><tr><td>${bar}</td></tr></table></CENTER>`
    : `<blockquote class="standout"><hr />${bar}<hr /></blockquote>`;
}

function currents(entry: TestEntry): string {
  const rows: readonly (readonly [string, string | null])[] = [
    ['Location', entry.location],
    ['Mood', entry.mood],
    ['Music', entry.music],
    ['Entry tags', entry.tags.length === 0 ? null : entry.tags.join(', ')],
  ];
  const told = rows.filter(([, value]) => value !== null);
  const printed = told.map(([label, value]) => {
    const icon = label === 'Mood' ? "<img src=\"/img/mood/1.gif\" align='absmiddle' alt='' /> " : '';
    return `<tr><td align=right><b>${label}:</b></td><td>${icon}${escapeHtml(value ?? '')}</td></tr>\n`;
  });
  return told.length === 0 ? '' : `<table border=0>\n${printed.join('')}</table><p>\n`;
}

function subjectOf(entry: TestEntry): string {
  if (entry.subject === null) return '';
  return `<font face='Arial,Helvetica' size='+1'><i><b>${escapeHtml(entry.subject)}</b></i></font><br />\n`;
}

function renderComment(entry: TestEntry, c: TestComment, url: string, old: boolean): string {
  const attributes = c.stub || c.state === 'collapsed' ? '' : " width='100%' class='talk-comment'";
  const spacer = `<td><img src='http://p-stat.livejournal.com/img/dot.gif?v=557' height='1' width='${c.depth * 25}'></td>`;
  const cell = `<td id='ljcmtxt${c.id}' width='100%'>${inside(entry, c, url, old)}</td>`;
  if (old) {
    return `<a name='t${c.id}'></a><TABLE WIDTH='100%'><TR>${spacer.replace('<td>', '<TD>')}${cell}</TR></TABLE>\n`;
  }
  return `<div id='ljcmt${c.id}'><a name='t${c.id}'></a><table${attributes}><tr>${spacer}${cell}</tr></table></div>\n`;
}

function inside(entry: TestEntry, c: TestComment, url: string, old: boolean): string {
  if (c.state === 'deleted') return '<b>(Deleted post)</b>';
  if (c.state === 'hidden')
    return c.hiddenAs === 'spam' ? '<b>(Spam)</b>' : '<b>(Reply from suspended user)</b>';
  if (c.state === 'screened' && c.stub) return '<b>(Screened Post)</b>';
  const thread = `${url}?thread=${c.id}#t${c.id}`;
  const date = `${printDate(c.instant, '%Y-%m-%d %I:%M %p')} UTC`;
  if (c.state === 'collapsed') {
    const expand = `<span id='expand_${c.id}'> (<a href='${thread}' onclick="ExpanderEx.make(event,this)">Expand</a>)</span>`;
    return `<a href='${thread}' rel='nofollow'>${escapeHtml(c.subject ?? '(no subject)')}</a> - ${author(c.author)}, <i>${date}</i>  ${expand}`;
  }
  const jarg = `journal=${entry.journal}&amp;`;
  const admin = c.state === 'screened' || c.state === 'frozen' ? tools(c, jarg) : '';
  const head = `${picture(c)}<font size='+1' face='Arial,Helvetica'><b>${escapeHtml(c.subject ?? '')}</b></font> <br />${author(c.author)}\n<br /><font size='-1'>${date}</font>\n${admin === '' ? '' : '(from 192.0.2.7)'} <font size='-1'>(<a href='${thread}' rel='nofollow'>link</a>)</font> ${admin}`;
  const reply =
    c.state === 'frozen'
      ? '(Frozen) '
      : `(<a href='${url}?replyto=${c.id}' rel='nofollow'>Reply to this</a>) `;
  const parent =
    c.parentId === null
      ? ''
      : `(<a href='${url}?thread=${c.parentId}#t${c.parentId}' rel='nofollow'>Parent</a>) `;
  const answered = entry.comments.some((other) => other.parentId === c.id);
  const children = answered ? `(<a href='${thread}' rel='nofollow'>Thread</a>) ` : '';
  const edit =
    c.edited === null
      ? ''
      : `<br /><br /><span class='ljedittime'><em>Edited at ${printDate(c.edited, '%Y-%m-%d %I:%M %p')} UTC</em></span>`;
  const foot = `<p style='margin: 0.7em 0 0.2em 0'><font size='-2'>${reply}${parent}${children}</font></p>`;
  return old
    ? `<TABLE id='cmtbar${c.id}' WIDTH='100%' BGCOLOR='#cccccc'><TR><TD>${head}</TD></TR></TABLE>${c.body}${edit}${foot}`
    : `<div id='cmtbar${c.id}' class='talk-comment-head' style='background-color:#ddf'>${head}</div><div class='talk-comment-box'>${c.body}${edit}${foot}</div>`;
}

function picture(c: TestComment): string {
  if (c.icon === null || c.author.kind !== 'user') return '';
  return `<img align='left' hspace='3' src='http://userpic.livejournal.com/3/4' width='100' title='${escapeHtml(`${realName(c.author.name)}: ${c.icon}`)}' alt='' height='100' />`;
}

function tools(c: TestComment, jarg: string): string {
  const freeze = c.state === 'frozen' ? 'unfreeze' : 'freeze';
  const screen = c.state === 'screened' ? 'unscreen' : 'screen';
  const image = (mode: string): string =>
    `<a href='http://www.livejournal.com/talkscreen.bml?mode=${mode}&amp;${jarg}talkid=${c.id}' rel='nofollow'><img src='/img/btn_${mode}.gif' alt='' /></a>`;
  const box = `<nobr><input type='checkbox' name='selected_${c.id >> 8}' id='s${c.id >> 8}' /> <label for='s${c.id >> 8}'>Select</label></nobr>`;
  return `${image(freeze)}${image(screen)} ${box}`;
}

function author(author: TestAuthor): string {
  if (author.kind === 'anonymous') return '<i>(Anonymous)</i>';
  if (author.kind === 'purged') return `<i>(Deleted user: ${author.name})</i>`;
  return author.kind === 'external' ? openId(author.name) : ljuser(author.name);
}
