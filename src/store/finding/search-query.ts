import { fold } from '../engine/text.ts';

/** What someone looks for: words and phrases that must be there, and some that must not. */
interface Query {
  readonly must: readonly Term[];
  readonly not: readonly Term[];
}

/** The words of a phrase in order; `prefix` when the last is only begun. */
interface Term {
  readonly words: readonly string[];
  readonly prefix: boolean;
}

const mostTerms = 16;

/**
 * Reads what someone typed: `"a phrase"`, `-without`, and plain words, of which the last may be unfinished. Nothing
 * else means anything: whatever is no letter or digit only parts words.
 */
export function readQuery(text: string): Query {
  const must: Term[] = [];
  const not: Term[] = [];
  const open = text.slice(0, 300);
  for (const found of open.matchAll(/(-?)(?:"([^"]*)"?|([^\s"]+))/gu)) {
    const [all, minus, phrase, word] = found;
    const words = fold(phrase ?? word ?? '').match(/[\p{L}\p{N}]+/gu);
    if (words === null || must.length + not.length >= mostTerms) continue;
    const last = found.index + all.length === open.length;
    const term = { words: [...words], prefix: phrase === undefined && last };
    (minus === '-' ? not : must).push(term);
  }
  return { must, not };
}

/** A query for FTS5 (sqlite.org/fts5.html §3); undefined when it asks for nothing. */
export function ftsOf({ must, not }: Query): string | undefined {
  const term = (t: Term): string => `"${t.words.join(' ')}"${t.prefix ? ' *' : ''}`;
  if (must.length === 0) return undefined;
  const wanted = `(${must.map(term).join(' AND ')})`;
  return not.length === 0 ? wanted : `${wanted} NOT (${not.map(term).join(' OR ')})`;
}

/** A query for PostgreSQL's `to_tsquery`; undefined when it asks for nothing. */
export function tsqueryOf({ must, not }: Query): string | undefined {
  const term = (t: Term): string => {
    const words = t.words.map((w) => `'${w}'`);
    return `(${words.join(' <-> ')}${t.prefix ? ':*' : ''})`;
  };
  if (must.length === 0) return undefined;
  return [...must.map(term), ...not.map((t) => `!${term(t)}`)].join(' & ');
}
