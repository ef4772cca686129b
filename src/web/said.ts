import type { Context } from 'hono';

/**
 * What a page says after a form led to it: the sentence that the `said` of its address stands for. Undefined for any
 * other word there, so that addresses cannot make a page say anything else.
 */
export function saidOn(c: Context, sayings: Readonly<Record<string, string>>): string | undefined {
  const key = c.req.query('said') ?? '';
  return Object.hasOwn(sayings, key) ? sayings[key] : undefined;
}
