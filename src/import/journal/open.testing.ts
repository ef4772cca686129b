import type { OpenFile } from '../importer.ts';
import { openFile } from '../open.ts';

/** A page as if it had been saved: `page.html`, UTF-8, nothing beside it. */
export function openPage(html: string, path = 'page.html'): OpenFile {
  return openFile({ path, bytes: new TextEncoder().encode(html) });
}
