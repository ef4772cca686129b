import { escapeHtml } from '../../html.ts';
import { printDate, type TestAuthor, type TestComment, type TestEntry } from '../journal/thread.testing.ts';

/** Ways in which the same page came out of the site. */
export interface Options2013 {
  /** The successor of the first markup, from about 2018 (`aentry-…`). */
  readonly aentry?: boolean;
}

/** A page as the site printed it with `?nojs=1`. */
export function render2013(entry: TestEntry, options: Options2013 = {}): string {
  const title = escapeHtml(entry.subject ?? '');
  const twigs = entry.comments.map((c) => twig(entry, c)).join('\n');
  const main = options.aentry ? aentry(entry, title) : singlePost(entry, title);
  return `<!DOCTYPE html>
<html class="html-schemius html-adaptive"><head><title>${title} - ${entry.journal} — LiveJournal</title>
<link rel="canonical" href="${addressOf(entry)}" /><meta property="og:url" content="${addressOf(entry)}" />
<script>Site.page = {"replycount":${entry.comments.length}};</script></head><body>
<header class="s-header"><ul class="s-header-menu"><li><a href="/">LiveJournal</a></li><li><a href="/login">Log in</a></li></ul></header>
<div class="s-body">${main}
<div class="b-xylem"><ul class="b-xylem-cells"><li class="b-xylem-cell b-xylem-cell-amount">${entry.comments.length} comments</li><li class="b-xylem-cell b-xylem-cell-add"><a href="${addressOf(entry)}?mode=reply">Leave a comment</a></li></ul></div>
<div id="comments" class="b-grove ">
<div class=" b-tree b-tree-root">
${twigs}
</div></div></div>
<footer class="s-footer"><p>© LiveJournal, Inc. v.321</p></footer></body></html>`;
}

function host(user: string): string {
  return /^_|_$/.test(user)
    ? `users.livejournal.com/${user}`
    : `${user.replaceAll('_', '-')}.livejournal.com`;
}

function addressOf(entry: TestEntry): string {
  return `https://${host(entry.journal)}/${entry.ditemid}.html`;
}

function singlePost(entry: TestEntry, title: string): string {
  const [year, month, day] = entry.local.slice(0, 10).split('-');
  const base = `https://${host(entry.journal)}`;
  const date = `<time class=" b-singlepost-author-date published dt-published "><a href="${base}/${year}/">${year}</a>-<a href="${base}/${year}/${month}/">${month}</a>-<a href="${base}/${year}/${month}/${day}/">${day}</a> ${entry.local.slice(11)}:00</time>`;
  const community = entry.community ? ` posting in ${ljuser(entry.journal)}` : '';
  return `<article class="b-singlepost h-entry"><div class="b-singlepost-about"><div class="b-singlepost-author">
<p class="b-singlepost-author-userpic"><a href="#"><img src="https://l-userpic.livejournal.com/1/2" alt="" /></a></p>
<p class="b-singlepost-author-userinfo"><span class="b-singlepost-author-userinfo-screen"><span class="b-singlepost-author-user p-author">${ljuser(entry.poster)}</span>${community} ${date}</span>
<span class="b-singlepost-author-userinfo-print">${entry.poster} ${date}</span></p></div>
<div class="b-singlepost-standout"><ul class="b-linkbar"><li class="b-linkbar-item"><a href="#">Previous</a></li><li class="b-linkbar-item"><a href="#">Share</a></li></ul></div></div>
<div class="b-singlepost-wrapper"><h1 class=" b-singlepost-title entry-title p-name"><span class="b-singlepost-title-icon"></span> ${title}</h1>
<div class="b-singlepost-bodywrapper">${meta(entry)}<article class=" b-singlepost-body entry-content e-content  " lj-sale-entry>${entry.body}</article></div>${tags(entry)}</div></article>`;
}

function meta(entry: TestEntry): string {
  const told = (
    [
      ['Mood', entry.mood],
      ['Location', entry.location],
      ['Music', entry.music],
    ] as const
  ).filter(([, value]) => value !== null);
  if (told.length === 0) return '';
  const items = told.map(
    ([label, value]) =>
      `<li class="b-singlepost-meta-item"><span class="b-singlepost-meta-title"><b>${label}:</b></span> <span class="b-singlepost-meta-data">${escapeHtml(value ?? '')}</span></li>`,
  );
  return `<ul class="b-singlepost-meta">${items.join('\n')}</ul>`;
}

function tags(entry: TestEntry): string {
  if (entry.tags.length === 0) return '';
  const links = entry.tags.map((tag) => `<a rel="tag" href="#">${escapeHtml(tag)}</a>`);
  return `<div class="b-singlepost-tags ljtags"><b class="b-singlepost-tags-title">Tags:</b> <span class="b-singlepost-tags-items">${links.join(', ')}</span></div>`;
}

function aentry(entry: TestEntry, title: string): string {
  const links = entry.tags.map((tag) => `<a class="tag__link" href="#">${escapeHtml(tag)}</a>`);
  const community = entry.community ? ` in ${ljuser(entry.journal)}` : '';
  return `<article class="aentry"><div class="aentry-head"><div class="aentry-head__userpic"><img src="#" alt="" /></div><div class="aentry-head__info"><span class="aentry-head__username">${ljuser(entry.poster)}${community}</span><p class="aentry-head__date"><time>${printDate(`${entry.local}Z`, '%B %d %Y, %H:%M')}</time></p></div></div>
<h1 class="aentry-post__title"><span class="aentry-post__title-text">${title}</span></h1>
<div class="aentry-post__content"><div class="aentry-post__text aentry-post__text--view">${entry.body}</div>${meta(entry)}</div>
<div class="aentry-tags ljtags"><span>Tags: </span>${links.join(', ')}</div></article>`;
}

function twig(entry: TestEntry, c: TestComment): string {
  const level = c.depth + 1;
  return `<div class=" b-tree-twig b-tree-twig-${level} b-tree-twig-deep-${level > 20 ? 1 : 0} " data-tid="t${c.id}" style="margin-left: ${Math.min(c.depth, 20) * 30}px">
${c.stub ? clipped(c) : leaf(entry, c)}
</div>`;
}

function clipped(c: TestComment): string {
  const words =
    c.state === 'deleted'
      ? 'Deleted comment'
      : c.state === 'screened'
        ? 'Screened comment'
        : c.hiddenAs === 'spam'
          ? 'Spam comment'
          : 'Reply from suspended user';
  return `<div id="t${c.id}" class=" b-leaf b-leaf-clipped "><div class="b-leaf-inner"><div class="b-leaf-header">(${words})</div></div></div>`;
}

function leaf(entry: TestEntry, c: TestComment): string {
  const collapsed = c.state === 'collapsed';
  const thread = `${addressOf(entry)}?thread=${c.id}#t${c.id}`;
  const state = c.state === 'screened' ? 'b-leaf-screened' : collapsed ? 'b-leaf-collapsed' : '';
  const user = c.author.kind === 'user' || c.author.kind === 'external' ? c.author.name : '';
  const subject =
    c.subject === null
      ? ''
      : `<h4 class="b-leaf-subject"><a href="${thread}" class="b-leaf-subject-link">${escapeHtml(c.subject)}</a></h4>`;
  const picture = collapsed
    ? ''
    : `<span class="b-leaf-userpic-inner"><img src="https://l-userpic.livejournal.com/3/4" alt="" title="${escapeHtml(`${user}: ${c.icon ?? 'pic#34'}`)}" class="ContextualPopup" /></span>`;
  const edited =
    c.edited === null || collapsed
      ? ''
      : `<span class="b-leaf-editedtime">Edited at ${printDate(c.edited, '%B %e %Y, %H:%M:00')} UTC</span>`;
  const frozen =
    c.state === 'frozen'
      ? '<li class=" b-leaf-actions-item b-leaf-actions-frozen">Frozen</li>'
      : `<li class=" b-leaf-actions-item b-leaf-actions-reply"><a href="${addressOf(entry)}?replyto=${c.id}" class="b-pseudo">Reply</a></li>`;
  const parent =
    c.parentId === null
      ? ''
      : `<li class=" b-leaf-actions-item b-leaf-actions-parent"><a href="${addressOf(entry)}?thread=${c.parentId}#t${c.parentId}">Parent</a></li>`;
  const address = c.state === 'screened' ? '<span class="b-leaf-ipaddr">192.0.2.7</span>' : '';
  const article = collapsed ? '' : `<div class="b-leaf-article">${c.body}</div>`;
  return `<div id="t${c.id}" class=" b-leaf ${state} comment p-comment " data-username="${user}" data-displayname="${user}" data-updated-ts="${Date.parse(c.instant) / 1000}" data-full="${collapsed ? 0 : 1}" data-subject="">
<div class="b-leaf-inner"><div class="b-leaf-header"><div class="b-leaf-userpic">${picture}</div>
<div class="b-leaf-details">${subject}<p class="b-leaf-username"><span class="b-leaf-username-name">${author(c.author)}</span>${address}</p>
<p class="b-leaf-meta"><a href="${thread}" class="b-leaf-permalink"><span class="b-leaf-createdtime">${printDate(c.instant, '%B %e %Y, %H:%M:00')} UTC</span></a> <span class="b-leaf-shorttime">12 hours ago</span> ${edited}</p>
<ul class="b-leaf-actions"><li class=" b-leaf-actions-item b-leaf-actions-permalink  "><a href="${thread}">link</a></li></ul></div></div>
${article}<div class="b-leaf-footer"><ul class="b-leaf-actions b-leaf-footer-actions">${frozen}${parent}</ul></div></div></div>`;
}

function author(author: TestAuthor): string {
  if (author.kind === 'anonymous') return '(Anonymous)';
  if (author.kind === 'purged') return `Deleted user: ${author.name}`;
  return ljuser(author.name, author.kind === 'external' ? `http://${author.name}/` : undefined);
}

function ljuser(name: string, journal = `https://${host(name)}/`): string {
  return `<span class="ljuser  i-ljuser  i-ljuser-type-P" data-ljuser="${name}" lj:user="${name}"><a href="https://${host(name)}/profile" class="i-ljuser-profile"><img class="i-ljuser-userhead ContextualPopup" src="https://l-stat.livejournal.net/img/userinfo_v8.svg" alt="" /></a><a href="${journal}" class="i-ljuser-username"><b>${name}</b></a></span>`;
}
