import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { Invalid, NotFound } from '../../errors.ts';
import type { ReportLine } from '../../intake/report.ts';
import { newId } from '../../model/id.ts';
import { may } from '../../model/person.ts';
import { count } from '../../phrases.ts';
import { beginBatch, getBatch, type ImportBatch, listBatches } from '../../store/importing.ts';
import { accountOf } from '../actor.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { assets } from '../assets.ts';
import { Day } from '../parts.tsx';
import { leadTo, penName, studioPath } from '../studio/desk.ts';
import { type Fault, faultOf, Reason, StudioFrame } from '../studio/frame.tsx';
import { wakeImports } from './batches.ts';
import { dropIncoming, incomingFolder } from './incoming.ts';
import { receiveFiles } from './receive.ts';
import { takePlace } from './room.ts';

/** `GET /import`: where saved pages are brought in. */
export const importPage: Page = (archive) => async (c) => showImport(c, archive);

/** `POST /import`: takes files, on the disk as they come, and leads to where one sees what becomes of them. */
export const importForm: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const by = penName(actor);
  const place = await takePlace(archive.store, actor);
  if (place.kind !== 'taken') return showImport(c, archive, full[place.kind]);
  const id = newId();
  const folder = incomingFolder(archive.config.data, id);
  try {
    await receiveFiles(c.req.raw, folder);
    await beginBatch(archive.store, by.name, id);
  } catch (error) {
    await dropIncoming(folder);
    if (!(error instanceof Invalid)) throw error;
    return showImport(c, archive, { fault: faultOf(error), status: 422 });
  } finally {
    place.leave();
  }
  wakeImports(archive.store);
  return leadTo(c, `/import/${id}`, 'brought');
};

interface Refused {
  readonly fault: Fault;
  readonly status: 422 | 429 | 503;
}

/** Why there is no place for a batch. */
const full: Readonly<Record<'hers' | 'all', Refused>> = {
  hers: {
    status: 429,
    fault: {
      path: 'files',
      words: 'Two batches of yours are still to be read. Bring these when one is done.',
    },
  },
  all: {
    status: 503,
    fault: { path: 'files', words: 'Many people bring files just now. Bring these again in some minutes.' },
  },
};

/** `GET /import/:batch`: how far the files are, and what became of each; for whoever brought them, and for hosts. */
export const batchPage: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const batch = await getBatch(archive.store, c.req.param('batch') ?? '');
  if (!may(actor, 'see all imports') && !actor.pseuds.some(({ name }) => name === batch.by))
    throw new NotFound('web/importing: this batch is not hers');
  return render(c, <BatchPage archive={archive} batch={batch} did={c.req.query('did')} />, {
    cache: 'private',
  });
};

async function showImport(c: Context, archive: Archive, refused?: Refused): Promise<Response> {
  const actor = await accountOf(c, archive);
  const by = may(actor, 'see all imports') ? undefined : actor.pseuds.map((p) => p.name);
  const batches = await listBatches(archive.store, { by });
  return render(c, <ImportPage {...{ archive, batches }} fault={refused?.fault} />, {
    cache: 'private',
    status: refused?.status ?? 200,
  });
}

const ImportPage: FC<{
  readonly archive: Archive;
  readonly batches: readonly Omit<ImportBatch, 'reports'>[];
  readonly fault: Fault | undefined;
}> = ({ archive, batches, fault }) => (
  <StudioFrame archive={archive} title="Import" fault={fault}>
    <div class="page studio-page importing">
      <h1>Bring saved pages in</h1>
      <p class="soft">
        Pages saved from LiveJournal and Dreamwidth, texts, Markdown, Editions, or a zip of them. They arrive
        as drafts that are in no list and no search: archivists, hosts and those with their secret links can
        see them. The files are kept as they are.
      </p>
      <form method="post" action="/import" enctype="multipart/form-data" class="drop" data-drop>
        <label class="field" for="files">
          The files
        </label>
        <input id="files" type="file" name="files" multiple required aria-describedby="files-hint" />
        <p class="hint" id="files-hint">
          Choose a page together with the pictures beside it, or a zip of the whole folder; up to{' '}
          {archive.config.importMegabytes} MB at once.
          <span data-script hidden>
            {' '}
            You can also drop files and folders here.
          </span>
        </p>
        <Reason id="files-fault" fault={fault} />
        <p class="ways-row">
          <button class="button button-main" type="submit">
            Bring them in
          </button>
        </p>
        <p class="sending" data-sending hidden>
          <progress max="1" value="0" aria-label="Sent" /> <span role="status" data-said />
        </p>
      </form>
      {batches.length === 0 ? (
        <section class="card first" aria-labelledby="first">
          <h2 id="first">How it goes</h2>
          <ol>
            <li>
              <strong>Save the page whole.</strong> In your browser: Save page as, web page complete. That
              makes a file and a folder of pictures; bring both.
            </li>
            <li>
              <strong>Look at what was made of it.</strong> The page and the work stand side by side; what
              nobody can know, such as where an unmarked ending begins, waits for you to decide.
            </li>
            <li>
              <strong>Publish it when it is right</strong>, with a rating and an answer to the archive
              warnings.
            </li>
          </ol>
        </section>
      ) : (
        <section aria-labelledby="before">
          <h2 id="before">Brought before</h2>
          <ul class="history">
            {batches.map(({ id, by, begunAt, endedAt, files }) => (
              <li>
                <p>
                  <a href={`/import/${id}`}>
                    {files === 0 && endedAt === null ? 'Files' : count(files, 'file')}, <Day at={begunAt} />
                  </a>{' '}
                  <span class="soft">
                    by {by}
                    {endedAt === null && ' · being read'}
                  </span>
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
    <script src={assets.importing} defer />
  </StudioFrame>
);

const BatchPage: FC<{
  readonly archive: Archive;
  readonly batch: ImportBatch;
  readonly did: string | undefined;
}> = ({ archive, batch, did }) => {
  const isRunning = batch.endedAt === null;
  return (
    <StudioFrame
      archive={archive}
      title="What was brought in"
      did={isRunning ? did : undefined}
      {...(isRunning ? { refresh: 3 } : {})}
    >
      <div class="page studio-page importing">
        <p class="up">
          <a href="/import">Bring saved pages in</a>
        </p>
        <h1>What was brought in</h1>
        <div id="progress" data-running={isRunning ? 'yes' : undefined}>
          <Progress batch={batch} />
        </div>
      </div>
      {isRunning && <script src={assets.importing} defer />}
    </StudioFrame>
  );
};

const Progress: FC<{ readonly batch: ImportBatch }> = ({ batch }) => {
  const { files, reports, endedAt } = batch;
  const lines = reports.flat();
  const open = lines.filter((line) => line.mark === '?').length;
  return (
    <>
      <p role="status">
        {endedAt === null
          ? files === 0
            ? 'Counting the files …'
            : `${reports.length} of ${files} read. You can leave this page and come back.`
          : `${count(reports.length, 'file')} read. ${open === 0 ? 'Nothing is left to decide.' : `${count(open, 'work')} with something for you to decide.`}`}
      </p>
      {endedAt === null && (
        <progress
          class="read-so-far"
          max={String(Math.max(1, files))}
          value={String(reports.length)}
          aria-label="Read"
        />
      )}
      <ol class="report">
        {lines.map((line) => (
          <Line line={line} />
        ))}
      </ol>
    </>
  );
};

const markNames: Readonly<Record<ReportLine['mark'], string>> = {
  '✓': 'Stored',
  '?': 'Stored, with something to decide',
  '=': 'Here already',
  '!': 'Says otherwise than what is here',
  '✗': 'Not stored',
};

const markClasses: Readonly<Record<ReportLine['mark'], string>> = {
  '✓': 'surety-read',
  '?': 'surety-inferred',
  '=': 'soft',
  '!': 'surety-undecided',
  '✗': 'surety-undecided',
};

const Line: FC<{ readonly line: ReportLine }> = ({ line }) => {
  const { mark, path, workId, title, words, endings, comments, says } = line;
  const sizes = [words, endings, comments].filter((text) => text !== '');
  return (
    <li>
      <span class={`report-mark ${markClasses[mark]}`}>
        <span aria-hidden="true">{mark}</span>
        <span class="unseen">{markNames[mark]}: </span>
      </span>
      <div>
        <p>
          {workId === null ? (
            path
          ) : (
            <>
              <a href={studioPath(workId, '/review')}>{title}</a> <span class="soft">{path}</span>
            </>
          )}
        </p>
        {(sizes.length > 0 || says !== '') && (
          <p class="soft">
            {sizes.join(' · ')}
            {sizes.length > 0 && says !== '' && ' · '}
            {says !== '' && <span class={markClasses[mark]}>{says}</span>}
          </p>
        )}
      </div>
    </li>
  );
};
