import type { Handler } from 'hono';
import type { Page } from './archive.ts';

/**
 * The pages of a part of the site whose code is loaded when the first of them is asked for: a server starts with what
 * readers need, and many never need more. `load` gives a module that exports pages and nothing else.
 */
export function area<Pages extends Readonly<Record<keyof Pages, Page>>>(
  load: () => Promise<Pages>,
): (name: keyof Pages) => Page {
  return (name) => (archive) => {
    let handler: Promise<Handler> | undefined;
    return async (c, next) => {
      handler ??= load().then((pages) => pages[name](archive));
      return (await handler)(c, next);
    };
  };
}
