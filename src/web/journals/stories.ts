import { keepingHeaders, type Page } from '../archive.ts';
import { openedWork } from '../guard.ts';
import { notePath } from '../handle.ts';

/** A page about stories: asked for a note, it leads on to the note's own page, for good. */
export function ofStories(page: Page): Page {
  return (archive) => {
    const handler = page(archive);
    return (c, next) => {
      const { work, handle, cache } = openedWork(c);
      if (work.kind === 'story') return handler(c, next);
      for (const [name, text] of Object.entries(keepingHeaders(cache))) c.header(name, text);
      return c.redirect(notePath(handle), 301);
    };
  };
}

/** Pages of the studio that only stories have: a note is led to a writing page of its own. */
export function ofStoriesWritten(page: Page): Page {
  return (archive) => {
    const handler = page(archive);
    return (c, next) => {
      const { work } = openedWork(c);
      if (work.kind === 'story') return handler(c, next);
      for (const [name, text] of Object.entries(keepingHeaders('private'))) c.header(name, text);
      return c.redirect(`${writtenNotePath(work.id)}${new URL(c.req.url).search}`, 303);
    };
  };
}

/** Where a note is written. */
export function writtenNotePath(id: string): string {
  return `/studio/notes/${id}`;
}
