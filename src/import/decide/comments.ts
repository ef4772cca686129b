import type { CleanHtml } from '../../html.ts';
import type { About, Comment, CommentAuthor } from '../../model/comment.ts';
import type { Edition } from '../../model/edition.ts';
import type { Decision } from '../../model/remark.ts';
import type { Story } from '../../model/state.ts';
import { dateOf, unfit } from './values.ts';

/*
 * about = "comments." id "." ("about" | "author" | "posted")      one comment, by its id in the Edition
 *       | "threads." id ".about"                                  a comment and every one below it
 * value of about  = "work" | sigla | key of a passage             sigla: "B", "A B"
 * value of author = "" | "anonymous" | name [ "@" site ]
 */
const ofComment = /^(comments|threads)\.(.+)\.(about|author|posted)$/s;

/**
 * An Edition in which a comment is about what a person said, or has the name or date she knows. Undefined for a
 * decision about something else, or about a comment, an ending or a passage that is not there any more.
 * @throws Invalid for a value that the fact cannot have
 */
export function decideComment(
  edition: Edition<CleanHtml>,
  decision: Decision,
): Edition<CleanHtml> | undefined {
  const [, of, id, fact] = ofComment.exec(decision.about) ?? [];
  if (id === undefined || !edition.comments.some((c) => c.id === id)) return undefined;
  if (of === 'threads' && fact !== 'about') return undefined;
  const value = decision.value.trim();
  const change = changeOf(edition, decision, fact ?? '', value);
  if (change === undefined) return undefined;
  const below = of === 'threads' ? threadOf(edition.comments, id) : new Set([id]);
  const comments = edition.comments.map((c) => (below.has(c.id) ? { ...c, ...change(c) } : c));
  return { ...edition, comments };
}

/** Decisions in the order in which they hold: about threads, outer ones first, before those about single comments. */
export function widestFirst(
  comments: readonly Comment[],
  decisions: readonly Decision[],
): readonly Decision[] {
  const rank = ({ about }: Decision): number => {
    const [, of, id] = ofComment.exec(about) ?? [];
    return of === 'threads' ? comments.findIndex((c) => c.id === id) : comments.length;
  };
  return decisions
    .map((decision) => ({ decision, at: rank(decision) }))
    .sort((a, b) => a.at - b.at)
    .map(({ decision }) => decision);
}

type Change = (comment: Comment) => Partial<Pick<Comment, 'about' | 'author' | 'posted'>>;

function changeOf(edition: Edition, decision: Decision, fact: string, value: string): Change | undefined {
  if (fact === 'posted') return ({ posted }) => ({ posted: dateOf(value, decision, posted) });
  if (fact === 'author') return () => ({ author: authorOf(value) });
  if (!/^(?:[A-Z]+(?:[\s,]+[A-Z]+)*|[a-z0-9][a-z0-9_-]*)$/.test(value))
    throw unfit(decision, 'it takes the letter of an ending, the key of a passage, or “work”');
  const about = aboutOf(edition, value);
  return about === undefined ? undefined : () => ({ about });
}

/** What a value says a comment is about; undefined where the story has nothing of that name. */
function aboutOf({ variantSets, passages }: Story, value: string): About | undefined {
  if (value === 'work') return { kind: 'work' };
  const sigla = value.split(/[\s,]+/);
  const set = variantSets.find((s) => sigla.every((siglum) => s.branches.some((b) => b.siglum === siglum)));
  if (set !== undefined) return { kind: 'branch', place: set.place, sigla };
  return passages.some((p) => p.key === value) ? { kind: 'passage', key: value } : undefined;
}

function authorOf(value: string): CommentAuthor | null {
  if (value === '') return null;
  if (value === 'anonymous') return { kind: 'anonymous' };
  const [, name, site] = /^(.+?)@([a-z0-9.-]+\.[a-z]{2,})$/i.exec(value) ?? [];
  return { kind: 'imported', name: name ?? value, site: site ?? null };
}

/** The ids of a comment and of every one below it. Parents may stand after their answers. */
function threadOf(comments: readonly Comment[], id: string): ReadonlySet<string> {
  const answers = Map.groupBy(comments, (c) => c.parent);
  const found = new Set([id]);
  for (const at of found) for (const answer of answers.get(at) ?? []) found.add(answer.id);
  return found;
}
