import type { Edition } from '../../model/edition.ts';
import type { Schema } from '../schema.ts';

/** The files that came with a work, as rows. */
export function resourceRows(workId: string, edition: Edition, from = 0): Schema['resources'][] {
  return edition.resources.map((r, i) => ({
    work_id: workId,
    path: r.path,
    position: from + i,
    sha256: r.sha256,
    media_type: r.mediaType,
    width: null,
    height: null,
  }));
}
