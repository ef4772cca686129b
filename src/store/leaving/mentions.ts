import type { CleanHtml } from '../../html.ts';
import type { Store } from '../engine/store.ts';
import { bareWords, fold } from '../engine/text.ts';
import { readState, type StateWords } from '../rows/states.ts';
import { getWork } from '../works.ts';

/** A place in a work where a name stands in the words themselves, which taking it off the byline does not change. */
export interface Mention {
  /** A field of the header, `comment`, or `passage`. */
  readonly where: (typeof headerParts)[number] | 'tags' | 'header as written' | 'passage';
  /** The key of the passage. */
  readonly passage: string | null;
  readonly title: string | null;
}

/** Where names still stand: in the newest state, in which earlier ones, and in how many comments. */
export interface Mentions {
  readonly now: readonly Mention[];
  /** Numbers of states before the newest. */
  readonly earlier: readonly number[];
  readonly comments: number;
  /** Names from elsewhere, with their site, that are credited beside. */
  readonly elsewhere: readonly string[];
}

const headerParts = ['title', 'summary', 'notes', 'endnotes', 'disclaimer', 'series'] as const;

/** Where in a work one of these names stands in words; letters' case and marks do not count. @throws NotFound, Gone */
export async function findMentions(
  store: Store,
  workId: string,
  names: readonly string[],
): Promise<Mentions> {
  const folded = names.map((n) => fold(n).trim()).filter((n) => n !== '');
  const has = (text: string | null): boolean => {
    const words = fold(text ?? '');
    return folded.some((name) => words.includes(name));
  };
  const work = await getWork(store, workId);
  const states = await store.read
    .selectFrom('states')
    .select('number')
    .where('work_id', '=', workId)
    .orderBy('number')
    .execute();
  const newest = states.at(-1)?.number ?? work.state;
  const current = await readState(store, store.read, workId, newest);
  const earlier: number[] = [];
  for (const { number } of states)
    if (
      number !== newest &&
      mentionsIn(await readState(store, store.read, workId, number), has, folded).length > 0
    )
      earlier.push(number);
  const comments = await store.read
    .selectFrom('comments')
    .select(['subject', 'html'])
    .where('work_id', '=', workId)
    .execute();
  return {
    now: mentionsIn(current, has, folded),
    earlier,
    comments: comments.filter((c) => has(c.subject) || has(bareWords(c.html as CleanHtml))).length,
    elsewhere: current.header.creators.flatMap((c) => (c.site === null ? [] : [`${c.name} (${c.site})`])),
  };
}

function mentionsIn(
  { header, story }: StateWords,
  has: (text: string | null) => boolean,
  names: readonly string[],
): Mention[] {
  const inHeader = headerParts.filter((part) => {
    const value = header[part];
    if (value === null) return false;
    return has(typeof value === 'string' ? bareWords(value as CleanHtml) : value.name);
  });
  const tags = [...header.fandoms, ...header.relationships, ...header.characters, ...header.freeforms];
  // A line that is the name alone goes with it.
  const written = header.asWritten.some(({ value }) => has(value) && !names.includes(fold(value).trim()));
  const whole = (where: Mention['where']): Mention => ({ where, passage: null, title: null });
  return [
    ...inHeader.map(whole),
    ...(tags.some(has) ? [whole('tags')] : []),
    ...(written ? [whole('header as written')] : []),
    ...story.passages
      .filter((p) => has(p.title) || has(bareWords(p.html)))
      .map((p): Mention => ({ where: 'passage', passage: p.key, title: p.title })),
  ];
}
