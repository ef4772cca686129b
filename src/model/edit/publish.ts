import type { CleanHtml } from '../../html.ts';
import { StoryGraph } from '../graph/graph.ts';
import type { Passage, Story } from '../state.ts';
import { without } from './passages.ts';

/** What differs between what readers see and what is written, passage by passage. */
export interface Waiting {
  readonly key: string;
  readonly title: string | null;
  readonly change: 'new' | 'changed' | 'taken out';
}

/** The passages readers do not see as they are written, in order; those taken out come last. */
export function waitingPassages(shown: Story, written: Story): readonly Waiting[] {
  const before = new Map(shown.passages.map((p) => [p.key, p]));
  const kept = new Set(written.passages.map((p) => p.key));
  const waiting = written.passages.flatMap((p): Waiting[] => {
    const was = before.get(p.key);
    if (was === undefined) return [{ key: p.key, title: p.title, change: 'new' }];
    return JSON.stringify(was) === JSON.stringify(p)
      ? []
      : [{ key: p.key, title: p.title, change: 'changed' }];
  });
  const gone = shown.passages.filter((p) => !kept.has(p.key));
  return [...waiting, ...gone.map(({ key, title }): Waiting => ({ key, title, change: 'taken out' }))];
}

/**
 * The story as it is written, but for passages that are not among `keys`: new ones are left out, changed ones keep
 * the words readers know. Passages taken out are gone, and choices stand as they are written.
 * @throws Invalid when nothing of the story would be left
 */
export function publishedPart(
  shown: Story<CleanHtml>,
  written: Story<CleanHtml>,
  keys: readonly string[],
): Story<CleanHtml> {
  const chosen = new Set(keys);
  const before = new Map(shown.passages.map((p) => [p.key, p]));
  const heldBack = written.passages.filter((p) => !chosen.has(p.key) && !before.has(p.key));
  const whole = {
    ...written,
    passages: written.passages.map((p) => (chosen.has(p.key) ? p : known(p, before))),
  };
  if (heldBack.length === 0) return whole;
  const part = without(
    whole,
    heldBack.map((p) => p.key),
  );
  return stopped(whole, part);
}

function known(
  passage: Passage<CleanHtml>,
  before: ReadonlyMap<string, Passage<CleanHtml>>,
): Passage<CleanHtml> {
  return before.get(passage.key) ?? passage;
}

/** Where all ways on are held back the story stops for now, and does not run into what comes next by order. */
function stopped(whole: Story<CleanHtml>, part: Story<CleanHtml>): Story<CleanHtml> {
  const [was, is] = [new StoryGraph(whole), new StoryGraph(part)];
  const runsOn = (key: string): boolean => {
    const [before, now] = [was.onward(key), is.onward(key)];
    const offered = before.kind === 'choices' || before.kind === 'divides';
    return offered && now.kind === 'next' && !was.followers(key).includes(now.to);
  };
  return { ...part, passages: part.passages.map((p) => (runsOn(p.key) ? { ...p, ending: true } : p)) };
}
