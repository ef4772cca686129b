import { documentText, escapeHtml } from '../../html.ts';
import type { About, Comment } from '../../model/comment.ts';
import { authorName } from '../../phrases.ts';
import { dated } from './dates.ts';
import { own, type Places, siglumMark } from './passage.ts';
import type { Plan, Posted } from './plan.ts';
import { placeText } from './text.ts';

/** Comments are set in no further than this, however deep the thread: each says whom it answers. */
const deepest = 6;

/** Readers' comments as they stood: one after the other, set in by depth, with names, times and states. */
export function threadList(plan: Plan, places: Places, posted: readonly Posted[]): string {
  return posted.map((one) => commentItem(plan, places, one)).join('\n');
}

function commentItem(plan: Plan, places: Places, { comment, index, depth, answers }: Posted): string {
  const parent = answers === undefined ? undefined : plan.thread[answers]?.comment;
  const reply =
    parent === undefined || answers === undefined
      ? ''
      : ` <span class="answers"><span${own}>answers</span> <a href="${places.comment(answers)}">${escapeHtml(nameOf(parent))}</a></span>`;
  const subject =
    comment.subject === null || comment.subject.trim() === '' || !isShown(comment)
      ? ''
      : `<p class="subject">${escapeHtml(comment.subject)}</p>\n`;
  const date = comment.posted === null ? '' : ` <span class="date">${dated(comment.posted)}</span>`;
  const state = states[comment.state];
  return `<article class="comment depth-${Math.min(depth, deepest)}" id="c-${index + 1}">
<p class="by"><strong>${escapeHtml(nameOf(comment))}</strong>${siteOf(comment)}${date}${reply}</p>
${aboutLine(plan, places, comment.about)}${subject}${state === '' ? '' : `<p class="state"${own}>${state}</p>\n`}${isShown(comment) ? `${placeText(comment.html, `c-${index + 1}`, places.image)}\n` : ''}</article>`;
}

const states: Readonly<Record<Comment['state'], string>> = {
  shown: '',
  frozen: 'This thread was frozen.',
  screened: 'This comment was screened: it is not public.',
  deleted: 'This comment was deleted.',
  hidden: 'This comment is hidden.',
  collapsed: 'The page this comment was read from did not show its words.',
};

function isShown(comment: Comment): boolean {
  return comment.state === 'shown' || comment.state === 'frozen' || comment.state === 'collapsed';
}

function nameOf(comment: Comment): string {
  if (comment.state === 'screened' || comment.state === 'hidden') return 'someone';
  return documentText(authorName(comment.author, comment.posted)).trim() || 'someone';
}

function siteOf(comment: Comment): string {
  const { author } = comment;
  if (author?.kind !== 'imported' || author.site === null || !isShown(comment)) return '';
  return ` <span class="site">${escapeHtml(author.site)}</span>`;
}

function aboutLine(plan: Plan, places: Places, about: About): string {
  if (about.kind === 'work') return '';
  const key = about.kind === 'branch' ? about.place : about.key;
  const leaf = plan.leafOf.get(key);
  if (leaf === undefined) return '';
  const link = `<a href="${places.passage(key)}">${escapeHtml(leaf.name)}</a>`;
  if (about.kind === 'passage') return `<p class="about"><span${own}>on</span> ${link}</p>\n`;
  if (about.kind === 'words')
    return `<p class="about"><span${own}>on</span> <q>${escapeHtml(about.quote)}</q> <span${own}>in</span> ${link}</p>\n`;
  const branches = plan.edition.variantSets.find((s) => s.place === key)?.branches ?? [];
  const marks = about.sigla.map((siglum) =>
    siglumMark(
      siglum,
      branches.findIndex((b) => b.siglum === siglum),
    ),
  );
  return `<p class="about"><span${own}>on</span> ${marks.join(' ')}</p>\n`;
}
