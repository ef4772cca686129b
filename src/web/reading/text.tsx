import { raw } from 'hono/html';
import { Gone } from '../../errors.ts';
import { type CleanHtml, escapeHtml } from '../../html.ts';
import { getPassageHtml } from '../../store/works.ts';
import type { Archive } from '../archive.ts';
import { workPath } from '../handle.ts';

/** The words of a passage as a page inserts them, its images at their addresses; null when they were erased. */
export async function readText(archive: Archive, handle: string, textHash: string): Promise<string | null> {
  try {
    return withImages(await getPassageHtml(archive.store, textHash), handle);
  } catch (error) {
    if (error instanceof Gone) return null;
    throw error;
  }
}

/** Puts the addresses of a work's images where clean texts say `resource:`. */
export function withImages(html: CleanHtml, handle: string): string {
  const path = escapeHtml(workPath(handle, '/resources/'));
  return html.replaceAll('<img src="resource:', `<img loading="lazy" decoding="async" src="${path}`);
}

/** A text on its page; what stands there when it was erased says so. */
export function Words(props: { readonly html: string | null }) {
  return props.html === null ? (
    <p class="absent">
      These words have been taken away for good, at the wish of someone with a right to ask.
    </p>
  ) : (
    <>{raw(props.html)}</>
  );
}
