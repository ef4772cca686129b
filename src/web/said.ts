import type { Context } from 'hono';

/**
 * What a page says after a form led to it: the sentence that the `said` of its address stands for. Undefined for any
 * other word there, so that addresses cannot make a page say anything else.
 */
export function saidOn(c: Context, sayings: Readonly<Record<string, string>>): string | undefined {
  return sayingOf(sayings, c.req.query('said') ?? '');
}

/** The sentence a word stands for; undefined where it stands for none, also for words such as `constructor`. */
export function sayingOf(sayings: Readonly<Record<string, string>>, word: string): string | undefined {
  return Object.hasOwn(sayings, word) ? sayings[word] : undefined;
}
