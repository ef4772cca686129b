import { type CleanHtml, htmlOfText } from '../html.ts';
import { type Edition, emptyEdition } from '../model/edition.ts';
import type { Choice, Passage, Story, VariantSet } from '../model/state.ts';
import { countWords } from '../model/text/words.ts';
import { emptyHeader } from '../model/work.ts';

/** A passage for a test: `passage('p1', 'Words.')`; `ending` and the rest by `more`. */
export function passage(
  key: string,
  text: string,
  more: Partial<Passage<CleanHtml>> = {},
): Passage<CleanHtml> {
  return {
    key,
    title: null,
    html: htmlOfText(text),
    words: countWords(text),
    ending: false,
    tags: [],
    sets: [],
    unsets: [],
    ...more,
  };
}

/** A choice: `choice('p1', 'p2', 'Go on')`. */
export function choice(from: string, to: string, label: string, showIf: Choice['showIf'] = []): Choice {
  return { from, to, label, showIf };
}

/** A set of branches after a passage, lettered in the order of their heads. */
export function dividesAfter(place: string, ...heads: readonly string[]): VariantSet {
  const branches = heads.map((head, i) => ({
    siglum: String.fromCharCode(65 + i),
    label: `Ending ${head}`,
    head,
  }));
  return { place, branches };
}

/** A story of the given passages, in order. */
export function story(
  passages: readonly Passage<CleanHtml>[],
  more: Partial<Story<CleanHtml>> = {},
): Story<CleanHtml> {
  return { passages, choices: [], variantSets: [], ...more };
}

/** An Edition of a story, with nothing known but its title. */
export function edition(
  title: string,
  of: Story<CleanHtml>,
  more: Partial<Edition<CleanHtml>> = {},
): Edition<CleanHtml> {
  return { ...emptyEdition, work: { ...emptyHeader, title }, ...of, ...more };
}
