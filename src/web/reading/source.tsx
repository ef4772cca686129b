import type { FC } from 'hono/jsx';
import { Unreadable } from '../../errors.ts';
import type { Certainty, Remark } from '../../model/remark.ts';
import type { KeptSource } from '../../model/views.ts';
import { count, titleOf } from '../../phrases.ts';
import { readEdition } from '../../store/editions.ts';
import { listSources } from '../../store/originals.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { openedWork } from '../guard.ts';
import { type OpenedWork, workPath } from '../handle.ts';
import { Layout } from '../layout.tsx';
import { Day, inserted } from '../parts.tsx';
import type { Piece } from './as-it-was.ts';
import { sourceKind } from './provenance.tsx';

/** `GET /works/:handle/source?copy=…`: the page as it was, as far as it is public, beside what was made of it. */
export const sourcePage: Page = (archive) => async (c) => {
  const opened = openedWork(c);
  const sources = await listSources(archive.store, opened.work.id);
  const asked = c.req.query('copy');
  const source = sources.find(({ record }) => record.sha256 === asked) ?? sources[0];

  const pieces = source === undefined ? null : await readPieces(archive, opened, source);

  const page = <SourcePage archive={archive} opened={opened} {...{ sources, source, pieces }} />;
  return render(c, page, { cache: opened.cache });
};

interface SourcePageProps {
  readonly archive: Archive;
  readonly opened: OpenedWork;
  readonly sources: readonly KeptSource[];
  /** The one of them that is shown; undefined for works that were written here. */
  readonly source: KeptSource | undefined;
  readonly pieces: readonly Piece[] | null;
}

const SourcePage: FC<SourcePageProps> = ({ archive, opened, sources, source, pieces }) => {
  const { work, handle, cache } = opened;
  return (
    <Layout
      archive={archive}
      title={`Where ${titleOf(work)} comes from`}
      path={workPath(work.id, '/source')}
      here="works"
      noindex={cache === 'private'}
    >
      <article class="page-wide source">
        <p class="up">
          <a href={workPath(handle)}>{titleOf(work)}</a>
        </p>
        <h1>Where it comes from</h1>
        {source === undefined ? (
          <p>This story was written here; it was not read from any page.</p>
        ) : (
          <>
            {sources.length > 1 && <Copies sources={sources} here={source} handle={handle} />}
            <div class="source-sides">
              <AsItWas pieces={pieces} handle={handle} />
              <Made source={source} />
            </div>
          </>
        )}
      </article>
    </Layout>
  );
};

/** Larger pages are not shown: cleaning one takes time for which every other reader waits. */
const mostBytes = 4 * 1024 * 1024;

async function readPieces(
  archive: Archive,
  { work }: OpenedWork,
  source: KeptSource,
): Promise<readonly Piece[] | null> {
  if (source.bytes === null || source.bytes.length > mostBytes) return null;
  const edition = await readEdition(archive.store, work.id);
  try {
    const { viewAsItWas } = await import('./as-it-was.ts');
    return viewAsItWas(source.bytes, source.record, edition);
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

const Copies: FC<{
  readonly sources: readonly KeptSource[];
  readonly here: KeptSource;
  readonly handle: string;
}> = (props) => (
  <nav aria-label="Copies of the page">
    <ul class="copies">
      {props.sources.map(({ record }, i) => (
        <li>
          <a
            href={workPath(props.handle, `/source?copy=${record.sha256}`)}
            aria-current={record === props.here.record ? 'page' : undefined}
          >
            Copy {i + 1}
            {record.savedAt !== null && (
              <>
                , saved <Day at={record.savedAt} />
              </>
            )}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

const AsItWas: FC<{ readonly pieces: readonly Piece[] | null; readonly handle: string }> = ({
  pieces,
  handle,
}) => (
  <section aria-labelledby="as-it-was">
    <h2 id="as-it-was">The page as it was</h2>
    {pieces === null ? (
      <p>
        It is not shown: it was erased, or it is too large. Its hash stays, so that a copy can still be
        recognised.
      </p>
    ) : (
      <>
        <p class="soft">
          Its words in their order, without its pictures and colours. Left out are the site’s own parts and
          what is not public.
        </p>
        <section class="as-it-was card" tabindex={0} aria-label="The words of the page">
          {pieces.map((piece) =>
            piece.kind === 'shown' ? (
              inserted(piece.html, handle)
            ) : (
              <hr class="left-out" title="Something here is not shown" />
            ),
          )}
        </section>
      </>
    )}
  </section>
);

const certaintyNames: readonly (readonly [Certainty, string])[] = [
  ['read', 'Read: it stood there'],
  ['inferred', 'Inferred: it follows from what stood there'],
  ['decided', 'Decided by those who run this archive'],
  ['undecided', 'Not decided yet'],
  ['lost', 'Could not be kept'],
];

const Made: FC<{ readonly source: KeptSource }> = ({ source: { record, remarks } }) => (
  <section aria-labelledby="made">
    <h2 id="made">What was made of it</h2>
    <dl class="source-facts">
      <dt>Read from</dt>
      <dd>{sourceKind(record)}</dd>
      {record.address !== null && (
        <>
          <dt>Where it was</dt>
          <dd>{record.address}</dd>
        </>
      )}
      {record.savedAt !== null && (
        <>
          <dt>Saved</dt>
          <dd>
            <Day at={record.savedAt} />
          </dd>
        </>
      )}
      <dt>Size</dt>
      <dd>{count(record.size, 'byte')}</dd>
      <dt>Characters</dt>
      <dd>{record.charset}</dd>
      <dt>Importer</dt>
      <dd>
        {record.importer}, version {record.importerVersion}
      </dd>
      <dt>SHA-256</dt>
      <dd class="hash">
        <code>{record.sha256}</code>
      </dd>
    </dl>
    {certaintyNames.map(([certainty, name]) => (
      <Remarks name={name} remarks={remarks.filter((remark) => remark.certainty === certainty)} />
    ))}
  </section>
);

/** Quotes stay unseen: they may hold words of the page that are not public. */
const Remarks: FC<{ readonly name: string; readonly remarks: readonly Remark[] }> = ({ name, remarks }) =>
  remarks.length === 0 ? null : (
    <>
      <h3>{name}</h3>
      <ul>
        {remarks.map((remark) => (
          <li>
            {remark.message}
            {remark.where?.line != null && <span class="soft"> (line {remark.where.line})</span>}
          </li>
        ))}
      </ul>
    </>
  );
