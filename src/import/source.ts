import { type Remark, remark } from '../model/remark.ts';
import type { SourceRecord } from '../model/source.ts';
import type { Importer, OpenFile } from './importer.ts';

/** The record of a file that says nothing of where it came from. */
export function recordOf(file: OpenFile, importer: Pick<Importer, 'name' | 'version'>): SourceRecord {
  return {
    sha256: file.sha256,
    name: file.name,
    size: file.bytes.length,
    importer: importer.name,
    importerVersion: importer.version,
    address: null,
    savedAt: null,
    charset: file.charset.name,
    origin: null,
  };
}

/** What is to be said of how the characters of a file were decoded; nothing for most files. */
export function remarksOnCharset(file: OpenFile): readonly Remark[] {
  const where = { file: file.path, line: null, element: null };
  const { mojibake, name } = file.charset;
  if (mojibake.length === 0) return [];
  const signs = mojibake.map((sign) => `“${sign}”`).join(', ');
  const message = `The text was decoded wrongly before it was saved (${signs}); it is kept as it is, read as ${name}.`;
  return [remark('read', 'sources[0].charset', message, { where })];
}
