import { Gone } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import type { PassageEntry } from '../../model/views.ts';
import { getPassageHtml } from '../../store/works.ts';
import { listPictures } from '../../store/writing.ts';
import type { Archive } from '../archive.ts';
import type { OpenedWork } from '../handle.ts';
import { inserted, type Pictured } from '../parts.tsx';
import type { Piece } from '../serving/kept.ts';

/** The words of a passage as they stand on its page, kept. */
export function textPiece(archive: Archive, opened: OpenedWork, entry: PassageEntry): Promise<Piece> {
  return opened.piece(`text ${entry.key}`, async () => {
    const clean = await readText(archive, entry.textHash);
    const hasPictures = clean?.includes('<img src="resource:') === true;
    const pictures = hasPictures ? await listPictures(archive.store, opened.work.id) : [];
    return <Words clean={clean} handle={opened.handle} pictures={pictures} />;
  });
}

/** The words of a passage; null when they were erased. */
async function readText(archive: Archive, textHash: string): Promise<CleanHtml | null> {
  try {
    return await getPassageHtml(archive.store, textHash);
  } catch (error) {
    if (error instanceof Gone) return null;
    throw error;
  }
}

/** A text on its page; what stands there when it was erased says so. */
export function Words({
  clean,
  handle,
  pictures = [],
}: {
  readonly clean: CleanHtml | null;
  readonly handle: string;
  readonly pictures?: readonly Pictured[];
}) {
  return clean === null ? (
    <p class="absent">
      These words have been taken away for good, at the wish of someone with a right to ask.
    </p>
  ) : (
    inserted(clean, handle, pictures)
  );
}
