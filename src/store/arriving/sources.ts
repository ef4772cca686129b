import type { Edition } from '../../model/edition.ts';
import type { Remark } from '../../model/remark.ts';
import { sealed } from '../engine/seal.ts';
import type { Store } from '../engine/store.ts';
import type { Schema } from '../schema.ts';
import { contentDigest, remarksDigest } from './digest.ts';

/** The sources of an Edition as rows, from a position on. */
export function sourceRows(store: Store, workId: string, edition: Edition, from = 0): Schema['sources'][] {
  const content_digest = contentDigest(store, edition);
  const remarks_digest = remarksDigest(store, edition);
  return edition.sources.map((s, i) =>
    sealed(store, {
      work_id: workId,
      sha256: s.sha256,
      position: from + i,
      origin: s.origin,
      address: s.address,
      importer: s.importer,
      importer_version: s.importerVersion,
      record: JSON.stringify(s),
      content_digest,
      remarks_digest,
    }),
  );
}

/** Runs of remarks as rows, from a position on. */
export function remarkRows(
  store: Store,
  workId: string,
  runs: readonly { readonly source: string; readonly remarks: readonly Remark[] }[],
  from = 0,
): Schema['remarks'][] {
  return runs.map((run, i) =>
    sealed(store, {
      work_id: workId,
      position: from + i,
      source: run.source,
      remarks: JSON.stringify(run.remarks),
    }),
  );
}
