import { createHash } from 'node:crypto';
import { type CleanHtml, htmlOfText } from '../html.ts';
import type { SourceFile } from '../import/importer.ts';
import type { Comment } from '../model/comment.ts';
import { type Edition, emptyEdition } from '../model/edition.ts';
import type { SourceRecord } from '../model/source.ts';
import type { Passage } from '../model/state.ts';
import { countWords } from '../model/text/words.ts';
import { emptyHeader } from '../model/work.ts';

/** A passage with these words, for tests. */
export function samplePassage(key: string, text: string, ending = false): Passage<CleanHtml> {
  const html = htmlOfText(text);
  return { key, title: null, html, words: countWords(text), ending, tags: [], sets: [], unsets: [] };
}

/** A comment by an imported name, for tests. */
export function sampleComment(
  id: string,
  text: string,
  more: Partial<Comment<CleanHtml>> = {},
): Comment<CleanHtml> {
  return {
    id,
    parent: null,
    author: { kind: 'imported', name: 'marram', site: 'journal.example' },
    posted: { written: null, local: '2006-05-28T12:47', instant: null, zone: null, precision: 'minute' },
    edited: null,
    subject: null,
    html: htmlOfText(text),
    state: 'shown',
    about: { kind: 'work' },
    icon: null,
    importedFrom: null,
    source: null,
    ...more,
  };
}

/** The file and the record of a page an Edition was read from, for tests. */
export function sampleSource(
  text: string,
  more: Partial<SourceRecord> = {},
): { readonly file: SourceFile; readonly record: SourceRecord } {
  const bytes = Buffer.from(text);
  const record: SourceRecord = {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    name: 'page.html',
    size: bytes.length,
    importer: 'sample',
    importerVersion: 1,
    address: null,
    savedAt: null,
    charset: 'utf-8',
    origin: null,
    ...more,
  };
  return { file: { path: record.name, bytes }, record };
}

/** A story that divides into two endings, with a thread; `name` is in its title and its words. */
export function sampleEdition(name: string, more: Partial<Edition<CleanHtml>> = {}): Edition<CleanHtml> {
  return {
    ...emptyEdition,
    work: {
      ...emptyHeader,
      title: `The ${name} Ferry`,
      creators: [{ name: 'Isolde', role: 'author', site: 'journal.example' }],
      fandoms: ['Harbour Tales'],
      summary: htmlOfText(`What became of ${name}.`),
    },
    passages: [
      samplePassage('p1', `The boat for ${name} left late, and nobody on the quay said a word.`),
      samplePassage('p2', `In the first ending ${name} stayed aboard.`, true),
      samplePassage('p3', `In the other ending ${name} walked home along the shore.`, true),
    ],
    variantSets: [
      {
        place: 'p1',
        branches: [
          { siglum: 'A', label: 'Ending', head: 'p2' },
          { siglum: 'B', label: 'Alternate ending', head: 'p3' },
        ],
      },
    ],
    comments: [
      sampleComment('c1', `I read ${name} twice.`),
      sampleComment('c2', 'So did I.', { parent: 'c1', author: { kind: 'guest', name: 'Passer-by' } }),
      sampleComment('c3', 'Thank you both!', {
        parent: 'c2',
        author: { kind: 'imported', name: 'Isolde', site: 'journal.example' },
      }),
      sampleComment('c4', 'The other ending is better.', {
        about: { kind: 'branch', place: 'p1', sigla: ['B'] },
      }),
    ],
    ...more,
  };
}
