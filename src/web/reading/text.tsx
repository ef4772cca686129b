import { Gone } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import { getPassageHtml } from '../../store/works.ts';
import type { Archive } from '../archive.ts';
import { inserted } from '../parts.tsx';

/** The words of a passage; null when they were erased. */
export async function readText(archive: Archive, textHash: string): Promise<CleanHtml | null> {
  try {
    return await getPassageHtml(archive.store, textHash);
  } catch (error) {
    if (error instanceof Gone) return null;
    throw error;
  }
}

/** A text on its page; what stands there when it was erased says so. */
export function Words({ clean, handle }: { readonly clean: CleanHtml | null; readonly handle: string }) {
  return clean === null ? (
    <p class="absent">
      These words have been taken away for good, at the wish of someone with a right to ask.
    </p>
  ) : (
    inserted(clean, handle)
  );
}
