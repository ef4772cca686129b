import { NotFound } from '../../errors.ts';
import type { Exporter } from '../../export/exporter.ts';
import { findExporter } from '../../export/index.ts';
import { titleOf } from '../../phrases.ts';
import { findBook, keepBook } from '../../store/books.ts';
import { readEdition } from '../../store/editions.ts';
import { version } from '../../version.ts';
import { type Archive, keepingHeaders, type Page } from '../archive.ts';
import { openedWork } from '../guard.ts';
import { type OpenedWork, workPath } from '../handle.ts';
import { inertPolicy } from '../serving/headers.ts';

/** `GET /works/:handle.epub` (and every other format that can be written): the work as a file, made once a version. */
export const downloadFile: Page = (archive) => async (c) => {
  const [, ending = ''] = (c.req.param('file') ?? '').split('.');
  const exporter = findExporter(ending);
  if (exporter === undefined) throw new NotFound(`web: works are not written as ${JSON.stringify(ending)}`);
  const opened = openedWork(c);
  if (opened.work.kind === 'note' && ending === 'epub') throw new NotFound('web: a note is no book');

  const comments = c.req.query('comments') !== 'no';
  const bytes = await readBook(archive, opened, exporter, comments);

  return c.body(new Uint8Array(bytes), 200, {
    ...keepingHeaders(opened.cache),
    'content-type': exporter.mediaType,
    'content-disposition': `attachment; ${fileName(titleOf(opened.work), ending)}`,
    'content-security-policy': inertPolicy,
  });
};

/** The key of a kept book names what it is made of and by which program: the next one may write better books. */
async function readBook(
  archive: Archive,
  { work, handle, cache }: OpenedWork,
  exporter: Exporter,
  comments: boolean,
): Promise<Uint8Array> {
  const key = [version, archive.url, work.id, work.version, cache, comments, exporter.name].join(' ');
  const kept = findBook(archive.store, key);
  if (kept !== undefined) return kept;
  const edition = await readEdition(archive.store, work.id);
  const address = cache === 'public' ? archive.url + workPath(handle) : null;
  const write = await exporter.load();
  const bytes = write(edition, { address, comments, stateMadeAt: work.stateMadeAt });
  keepBook(archive.store, key, bytes);
  return bytes;
}

/** A name old and new browsers understand (RFC 6266): ASCII for the former, all letters for the latter. */
function fileName(title: string, ending: string): string {
  const safe =
    title
      .replace(/[\p{C}\s/\\:*?"<>|]+/gu, ' ')
      .trim()
      .slice(0, 80) || 'story';
  const ascii =
    safe
      .normalize('NFKD')
      .replace(/[^\x20-\x7e]+/g, '')
      .replace(/["\\%]/g, '')
      .trim() || 'story';
  const encoded = encodeURIComponent(`${safe}.${ending}`).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  );
  return `filename="${ascii}.${ending}"; filename*=UTF-8''${encoded}`;
}
