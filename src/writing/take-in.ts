import type { CleanHtml } from '../html.ts';
import { writePassage } from '../model/edit.ts';
import type { Story } from '../model/state.ts';
import type { Replacement, Suggestion } from '../model/suggestion.ts';
import type { Anchor } from '../model/text/anchor.ts';
import { makeChanges, standingIn } from './changes.ts';
import { wordsOf } from './cut.ts';

/** Suggestions taken into a story: which were, and which could not be, since their words are others now. */
export interface TakenIn {
  readonly story: Story<CleanHtml>;
  readonly taken: readonly Suggestion[];
  readonly left: readonly Suggestion[];
}

/** Takes other words into a story, as they were suggested for it. Remarks have none: they are neither taken nor left. */
export function takeIn(story: Story<CleanHtml>, suggestions: readonly Suggestion[]): TakenIn {
  const taken = new Set<string>();
  let next = story;
  for (const passage of story.passages) {
    const { html, made } = makeChanges(passage.html, changesOf(suggestions, passage.key));
    if (made.length === 0) continue;
    next = writePassage(next, passage.key, wordsOf(html));
    for (const { id } of made) taken.add(id);
  }
  const changes = suggestions.filter(({ change }) => change !== null);
  return {
    story: next,
    taken: changes.filter(({ id }) => taken.has(id)),
    left: changes.filter(({ id }) => !taken.has(id)),
  };
}

/** The ids of the suggestions of other words that could be taken into a passage as it stands. */
export function standingIds(
  key: string,
  html: CleanHtml,
  suggestions: readonly Suggestion[],
): ReadonlySet<string> {
  return new Set(standingIn(html, changesOf(suggestions, key)).map(({ change }) => change.id));
}

interface Given extends Replacement {
  readonly id: string;
  readonly anchor: Anchor;
}

function changesOf(suggestions: readonly Suggestion[], key: string): readonly Given[] {
  return suggestions.flatMap(({ id, passage, anchor, change }) =>
    passage === key && anchor !== null && change !== null ? [{ id, anchor, ...change }] : [],
  );
}
