import type { CleanHtml } from '../html.ts';
import type { Edition } from '../model/edition.ts';
import type { Exporter, ExportOptions } from './exporter.ts';

/**
 * Edition JSON (`docs/model.md`), in one order of fields whatever the order they are held in: the same state is
 * always the same bytes. Loses nothing.
 */
export const jsonExporter: Exporter = {
  name: 'json',
  label: 'Edition JSON',
  mediaType: 'application/json',
  loses: '',
  load: async () => writeJson,
};

/** An Edition as JSON, each field in its place; without its comments where they are not wanted. */
export function writeJson(
  edition: Edition<CleanHtml>,
  { comments }: Pick<ExportOptions, 'comments'>,
): Uint8Array {
  const written = comments ? edition : { ...edition, comments: [] };
  return new TextEncoder().encode(`${JSON.stringify(written, [...fields], 2)}\n`);
}

/**
 * Every field an Edition has anywhere, in the order they are written; a name stands once, before whatever follows it
 * in each of the objects that have it.
 */
export const fields: readonly string[] = (
  'format version number ' +
  'kind id key parent certainty about from to place sha256 path ' +
  'name role site work title creators fandoms relationships characters freeforms rating warnings categories language ' +
  'summary notes endnotes disclaimer series part of author posted revised edited complete asWritten ' +
  'written local instant zone precision ' +
  'subject html words ending tags sets unsets state ' +
  'flag passage holds sigla siglum label head quote start icon importedFrom source ' +
  'madeAt why passages choices showIf variantSets branches ' +
  'size importer importerVersion address savedAt charset origin mediaType base64 ' +
  'where file line element message value alternatives by at decidedBy decidedAt ' +
  'comments states verdicts sources resources remarks decisions'
).split(' ');
