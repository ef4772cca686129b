import { blocksOf, type CleanHtml, joinBlocks, textOfHtml } from '../../html.ts';
import type { Edition } from '../../model/edition.ts';
import type { Story } from '../../model/state.ts';
import { countWords } from '../../model/text/words.ts';
import type { Header } from '../../model/work.ts';

/**
 * The same Edition, every HTML in it clean and its words counted. Images that lie in `resources` keep their places,
 * by their path or their hash; others become links to where they were.
 */
export function cleanEdition(edition: Edition): Edition<CleanHtml> {
  const hashes = new Map(
    edition.resources.flatMap(({ path, sha256 }) => [[sha256, sha256] as const, [path, sha256] as const]),
  );
  const image = (src: string): string | undefined => {
    const hash = src.startsWith('resource:') ? hashes.get(src.slice('resource:'.length)) : undefined;
    return hash === undefined ? undefined : `resource:${hash}`;
  };
  const clean: Cleaner = (html) => joinBlocks(blocksOf(html, { image }));
  return {
    ...edition,
    ...cleanStory(edition, clean),
    work: cleanHeader(edition.work, clean),
    comments: edition.comments.map((c) => ({ ...c, html: clean(c.html) })),
    states: edition.states.map((s) => ({
      ...s,
      ...cleanStory(s, clean),
      work: cleanHeader(s.work, clean),
    })),
    notes: edition.notes.map((n) => ({ ...n, html: clean(n.html) })),
  };
}

type Cleaner = (html: string) => CleanHtml;

function cleanStory(story: Story, clean: Cleaner): Pick<Story<CleanHtml>, 'passages'> {
  return {
    passages: story.passages.map((p) => {
      const html = clean(p.html);
      return { ...p, html, words: countWords(textOfHtml(html)) };
    }),
  };
}

function cleanHeader(work: Header, clean: Cleaner): Header<CleanHtml> {
  const orNull = (html: string | null): CleanHtml | null => (html === null ? null : clean(html));
  return {
    ...work,
    summary: orNull(work.summary),
    notes: orNull(work.notes),
    endnotes: orNull(work.endnotes),
    disclaimer: orNull(work.disclaimer),
  };
}
