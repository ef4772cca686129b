import type { CleanHtml } from '../../html.ts';
import { type Comment, isReadable } from '../../model/comment.ts';
import type { WrittenDate } from '../../model/date.ts';
import type { Edition } from '../../model/edition.ts';
import type { Story } from '../../model/state.ts';
import type { Header } from '../../model/work.ts';
import { bareWords } from '../engine/text.ts';
import type { StateWords } from '../rows/states.ts';
import { wordsOfStory } from '../rows/story-hash.ts';

/**
 * Where a copy of a page says something else than what is kept, each in a sentence. What only one of the two says
 * is no difference, nor is other markup or another division of the same words.
 */
export function differences(
  here: StateWords,
  comments: ReadonlyMap<string, Comment<CleanHtml>>,
  copy: Edition<CleanHtml>,
): string[] {
  return [
    ...headerDifferences(here.header, copy.work),
    ...storyDifferences(here.story, copy),
    ...copy.comments.flatMap((c) => commentDifferences(comments.get(c.id), c)),
  ];
}

/** Whether a copy has the words of a comment of which only the place was kept. */
export function completes(here: Comment, copy: Comment): boolean {
  const lacking = here.state === 'collapsed' || here.state === 'screened';
  return lacking && here.html === '' && isReadable(copy.state);
}

/** How much of two stories is the same: the share of the shorter one's lines that the other has, 0 to 1. */
export function likeness(a: Story<CleanHtml>, b: Story<CleanHtml>): number {
  const [few, many] = [linesOf(a), linesOf(b)].toSorted((x, y) => x.size - y.size);
  if (few === undefined || many === undefined || few.size === 0) return 0;
  return [...few].filter((line) => many.has(line)).length / few.size;
}

function linesOf(story: Story<CleanHtml>): ReadonlySet<string> {
  const lines = story.passages.flatMap((p) => p.html.split(/<br\/>|<\/?(?:p|h2|li|blockquote)\b[^>]*>/));
  return new Set(lines.map((l) => bareWords(l as CleanHtml)).filter((l) => l.length > 3));
}

function headerDifferences(here: Header<CleanHtml>, copy: Header<CleanHtml>): string[] {
  const text = (name: string, a: string | null, b: string | null): string[] =>
    a === null || b === null || a === b ? [] : [`${name}: ${shown(a, b)} here, ${shown(b, a)} in the copy`];
  const list = (name: string, a: readonly string[], b: readonly string[]): string[] =>
    a.length === 0 || b.length === 0 ? [] : text(name, a.toSorted().join(', '), b.toSorted().join(', '));
  const html = (name: string, a: CleanHtml | null, b: CleanHtml | null): string[] =>
    a === null || b === null ? [] : text(name, bareWords(a), bareWords(b));
  const credits = (h: Header): string[] => h.creators.map((c) => `${c.name} (${c.role})`);
  return [
    ...text('title', here.title, copy.title),
    ...list('creators', credits(here), credits(copy)),
    ...list('fandoms', here.fandoms, copy.fandoms),
    ...list('relationships', here.relationships, copy.relationships),
    ...list('characters', here.characters, copy.characters),
    ...text('rating', here.rating, copy.rating),
    ...html('summary', here.summary, copy.summary),
    ...html('notes', here.notes, copy.notes),
    ...html('endnotes', here.endnotes, copy.endnotes),
    ...html('disclaimer', here.disclaimer, copy.disclaimer),
    ...dateDifferences('posted', here.posted, copy.posted),
  ];
}

/** Moments are compared where both are known, else wall clocks as far as both go: layouts write dates differently. */
function dateDifferences(name: string, a: WrittenDate | null, b: WrittenDate | null): string[] {
  const [x, y] = a?.instant && b?.instant ? [a.instant, b.instant] : [a?.local, b?.local];
  if (!x || !y) return [];
  const common = Math.min(x.length, y.length, 16);
  return x.slice(0, common) === y.slice(0, common) ? [] : [`${name}: ${x} here, ${y} in the copy`];
}

function storyDifferences(here: Story<CleanHtml>, copy: Story<CleanHtml>): string[] {
  if (wordsOfStory(here) === wordsOfStory(copy)) return [];
  const copied = new Map(copy.passages.map((p) => [p.key, bareWords(p.html)]));
  const kept = new Set(here.passages.map((p) => p.key));
  const found = here.passages.flatMap((p) => {
    const a = bareWords(p.html);
    const b = copied.get(p.key);
    if (b === undefined) return [`passage ${p.key}: not in the copy`];
    return a === b ? [] : [`passage ${p.key}: ${shown(a, b)} here, ${shown(b, a)} in the copy`];
  });
  const more = copy.passages.filter((p) => !kept.has(p.key));
  return [...found, ...more.map((p) => `passage ${p.key}: only in the copy`)];
}

function commentDifferences(here: Comment<CleanHtml> | undefined, copy: Comment<CleanHtml>): string[] {
  if (here === undefined || !isReadable(here.state) || !isReadable(copy.state)) return [];
  const a = `${here.subject ?? ''} ${bareWords(here.html)}`.trim();
  const b = `${copy.subject ?? ''} ${bareWords(copy.html)}`.trim();
  return a === b ? [] : [`comment ${copy.id}: ${shown(a, b)} here, ${shown(b, a)} in the copy`];
}

/** The words of `a` from a little before where it leaves `b`. */
function shown(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const from = Math.max(0, a.lastIndexOf(' ', Math.max(0, at - 20)) + 1);
  const start = at < 40 ? 0 : from;
  const words = a.slice(start, start + 60).toWellFormed();
  return `“${start > 0 ? '…' : ''}${words}${start + 60 < a.length ? '…' : ''}”`;
}
