import { createHash } from 'node:crypto';
import { Invalid } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import type { Edition } from '../../model/edition.ts';
import { type Decision, type Remark, remark } from '../../model/remark.ts';
import { applyDecisions } from '../decide.ts';
import type { Importer, OpenFile } from '../importer.ts';
import { recordOf } from '../source.ts';
import { cleanEdition } from './clean.ts';
import { type EditionDocument, readDocuments, type Unknown } from './document.ts';

/**
 * Edition JSON (`docs/model.md`): what this program exports and others may write. An Edition that names its sources
 * keeps them; one that names none came from this file.
 */
export const editionImporter: Importer = {
  name: 'edition',
  version: 1,
  about: 'Edition JSON, as this program writes it and other programs may: one work, or one a line.',
  recognises: isEditionJson,
  read(file, decisions) {
    const documents = readDocuments(file.name, file.text);
    return { editions: documents.map((d) => adapt(d, file, decisions)), chrome: [] };
  },
};

/** Whether a file is JSON that calls itself an Edition. */
export function isEditionJson(file: OpenFile): boolean {
  return /^\s*\{/.test(file.text) && /"format"\s*:\s*"variorum-edition"/.test(file.text);
}

function adapt(
  { edition, unknown }: EditionDocument,
  file: OpenFile,
  decisions: readonly Decision[],
): Edition<CleanHtml> {
  checkResources(edition);
  const clean = cleanEdition(edition);
  const sourced = {
    ...clean,
    sources: clean.sources.length === 0 ? [recordOf(file, editionImporter)] : clean.sources,
    remarks: [...clean.remarks, ...unknownRemarks(unknown, file)],
  };
  return decisions.length === 0 ? sourced : applyDecisions(sourced, decisions);
}

/** Fields an Edition does not have, those of the same kind in one remark: nothing is dropped in silence. */
function unknownRemarks(unknown: readonly Unknown[], file: OpenFile): Remark[] {
  const kinds = Map.groupBy(unknown, ([path]) => path.replace(/\[\d+\]/g, '[]'));
  return [...kinds].map(([kind, fields]) => {
    const [first] = fields;
    const message = `An Edition has no field “${kind}”; ${fields.length === 1 ? 'it was' : `${fields.length} of them were`} left out.`;
    return remark('lost', first?.[0] ?? kind, message, {
      where: { file: file.name, line: null, element: kind },
      quote: fields.length === 1 ? JSON.stringify(first?.[1]) : JSON.stringify(fields),
    });
  });
}

function checkResources(edition: Edition): void {
  const paths = new Set<string>();
  for (const [i, { path, sha256, base64 }] of edition.resources.entries()) {
    const at = `resources[${i}]`;
    const actual = createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex');
    if (actual !== sha256) throw fault(`${at}.sha256`, 'not the hash of the bytes');
    if (paths.has(path)) throw fault(`${at}.path`, `${JSON.stringify(path)} stands twice`);
    paths.add(path);
  }
}

function fault(path: string, reason: string): Invalid {
  return new Invalid(`edition: ${path}: ${reason}`, { path });
}
