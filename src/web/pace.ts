import type { Context, MiddlewareHandler } from 'hono';
import { actorOf } from './actor.ts';
import type { Archive } from './archive.ts';
import { holdForm } from './held.tsx';
import { type Limit, limit } from './serving/limits.ts';

/** How many forms an account may send in a minute: far more than hands can, far fewer than would keep others waiting. */
export const paces = {
  /** What scripts send while someone types or draws. */
  typing: { of: /\/(?:findings|drafts|places)$/, most: 180 },
  /** What someone sends by pressing a button. */
  forms: { of: /./, most: 120 },
} as const;

/** At most this many bytes an account may send in an hour by pressing buttons: what is saved and shown again is kept for good. */
export const mostBytes = 500 * 1024 * 1024;

/**
 * Keeps an account that sends forms faster than anyone can from keeping others waiting. What was typed comes back, to be
 * sent again. Guests are counted by their addresses, where what they may send costs anything.
 */
export function paced(archive: Archive): MiddlewareHandler {
  const counted: readonly (readonly [RegExp, Limit])[] = Object.values(paces).map(({ of, most }) => [
    of,
    limit(most, 60),
  ]);
  const bytes = limit(mostBytes, 3600);
  return async (c: Context, next) => {
    const actor = await actorOf(c, archive);
    const often = counted.find(([of]) => of.test(c.req.path))?.[1];
    if (actor.kind === 'account') {
      if (often?.take(actor.id) === false) return holdForm(c, archive, tooFast);
      // Files that are brought in have bounds of their own.
      const isCounted = !paces.typing.of.test(c.req.path) && c.req.path !== '/import';
      if (isCounted && !bytes.take(actor.id, sentBytes(c))) return holdForm(c, archive, tooMuch);
    }
    await next();
    return undefined;
  };
}

/** A body that does not say how long it is counts as the longest that holds words. */
function sentBytes(c: Context): number {
  return Number(c.req.header('content-length') ?? 4 * 1024 * 1024) || 0;
}

const tooMuch = {
  status: 429,
  title: 'That was much in an hour',
  words: 'Half a gigabyte came from your account within an hour. Wait a while, then send this again.',
} as const;

const tooFast = {
  status: 429,
  title: 'A little slower, please',
  words:
    'More forms came from your account in a minute than anyone can fill in. Wait a moment, then send this one again.',
} as const;
