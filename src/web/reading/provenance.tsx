import type { FC } from 'hono/jsx';
import type { Certainty, Remark } from '../../model/remark.ts';
import type { SourceRecord } from '../../model/source.ts';
import type { WorkView } from '../../model/views.ts';
import { workPath } from '../handle.ts';
import { Dated, Day } from '../parts.tsx';

/** Where a work was read from, how sure that is, and the way to see it. Nothing for works written here. */
export const Provenance: FC<{
  readonly work: WorkView;
  readonly handle: string;
  readonly remarks: readonly Remark[];
}> = ({ work, handle, remarks }) => {
  const source = work.sources[0];
  if (source === undefined) return null;
  const posted = work.header.posted;
  return (
    <section class="card provenance" aria-labelledby="provenance">
      <h2 id="provenance">Where this comes from</h2>
      <p>
        Read from {sourceKind(source)}
        {source.origin !== null && <> ({source.origin})</>}
        {posted !== null && (
          <>
            {' '}
            first posted <Dated date={posted} />
          </>
        )}
        {source.savedAt !== null && (
          <>
            , saved <Day at={source.savedAt} />
          </>
        )}
        . {tallyFacts(remarks)}
      </p>
      <p>
        <a href={workPath(handle, '/source')}>See the page as it was, and what was read</a>
        <span class="hash" title={`SHA-256 ${source.sha256}`}>
          sha-256 {source.sha256.slice(0, 4)}…{source.sha256.slice(-2)}
        </span>
      </p>
    </section>
  );
};

/** What kind of thing a source was, by the importer that read it. */
export function sourceKind(source: Pick<SourceRecord, 'importer'>): string {
  if (/journal|dreamwidth/.test(source.importer)) return 'a journal page';
  if (/markdown/.test(source.importer)) return 'a Markdown file';
  if (/text|plain/.test(source.importer)) return 'a plain-text copy';
  if (/edition|json/.test(source.importer)) return 'an Edition, the document archives exchange works by';
  return 'a file, by another program';
}

const factNames: readonly (readonly [Certainty, string])[] = [
  ['read', 'read'],
  ['inferred', 'inferred'],
  ['decided', 'decided by the archivist'],
  ['undecided', 'still to be decided'],
  ['lost', 'that could not be kept'],
];

/** `14 facts read, 2 inferred, 1 decided by the archivist.` */
function tallyFacts(remarks: readonly Pick<Remark, 'certainty'>[]): string {
  const parts = factNames
    .map(([certainty, name]) => [remarks.filter((r) => r.certainty === certainty).length, name] as const)
    .filter(([n]) => n > 0)
    .map(([n, name], i) => (i === 0 ? `${n} ${n === 1 ? 'fact' : 'facts'} ${name}` : `${n} ${name}`));
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
}
