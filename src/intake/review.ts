import { isDeepStrictEqual } from 'node:util';
import { Conflict, Invalid, NotFound, Unreadable } from '../errors.ts';
import type { CleanHtml } from '../html.ts';
import type { Reading, SourceFile } from '../import/importer.ts';
import { findImporter, readFile } from '../import/index.ts';
import { openFile } from '../import/open.ts';
import { findRemainder, type Leftover } from '../import/remainder.ts';
import { bareLines, type PageLine, partedLines } from '../import/review/lines.ts';
import type { Edition } from '../model/edition.ts';
import type { Decision } from '../model/remark.ts';
import type { SourceRecord } from '../model/source.ts';
import type { ImportOutcome, KeptSource } from '../model/views.ts';
import { decisionsFor, keepDecisions, saveEdition, withdrawDecisions } from '../store/editions.ts';
import type { Store } from '../store/index.ts';
import { filesBeside } from '../store/originals.ts';

/** A file to be read: its bytes, the files that came beside it, and what was decided about it. */
export interface ToRead {
  readonly source: SourceFile;
  readonly beside: ReadonlyMap<string, SourceFile>;
  readonly decisions: readonly Decision[];
}

/** A file read, or the reason why it cannot be; `path` is the fact that a decision does not fit. */
export type FileRead =
  | {
      readonly kind: 'read';
      readonly importer: string;
      readonly reading: Reading;
      readonly look: readonly Look[];
    }
  | { readonly kind: 'refused'; readonly reason: string; readonly path: string | undefined };

/** One work of a file as it is reviewed: the file's lines with what each came to be part of. */
export interface Look {
  readonly lines: readonly PageLine[];
  /** Words of the file that are nowhere; of all its works together. */
  readonly remainder: readonly Leftover[];
}

/** Reads a file, and looks at it line by line where asked to. Never throws for what is wrong with the file. */
export function readAlone({ source, beside, decisions }: ToRead, looking: boolean): FileRead {
  try {
    const file = openFile(source, beside);
    const reading = readFile(file, decisions);
    const importer = findImporter(file).name;
    if (!looking) return { kind: 'read', importer, reading, look: [] };
    const lines = bareLines(file);
    const remainder = findRemainder(file, reading);
    const look = reading.editions.map((edition) => ({ lines: partedLines(lines, edition), remainder }));
    return { kind: 'read', importer, reading, look };
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'refused', reason: error.message, path: undefined };
    if (error instanceof Invalid) return { kind: 'refused', reason: error.message, path: error.path };
    throw error;
  }
}

/** Who reads files: in this thread (`readAlone`), or aside, so that nobody waits for it. */
export type Reader = (file: ToRead, looking: boolean) => FileRead | Promise<FileRead>;

/** A source of a work read anew with all that was decided about it. */
export interface Reviewed {
  readonly edition: Edition<CleanHtml>;
  readonly look: Look;
  readonly places: NonNullable<Reading['places']>[number];
  /** What was decided, each under the name of the fact in its own Edition. */
  readonly decisions: readonly Decision[];
  /** What stands before that name where the file holds several works: `editions[1].`. */
  readonly prefix: string;
}

/**
 * Reads a kept source of a work anew and finds the work in it.
 * @throws NotFound when its bytes were erased, Unreadable when it cannot be read any more, Invalid
 */
export async function reviewSource(store: Store, source: KeptSource, reader: Reader): Promise<Reviewed> {
  const decisions = await decisionsFor(store, source.record);
  return find(source.record, await read(store, source, decisions, reader, true), decisions);
}

/** What a person decides about a work: new decisions, and the facts on which she withdraws hers. */
export interface Deciding {
  /** Each about a fact of the work's own Edition, whatever else the file holds. */
  readonly give: readonly Pick<Decision, 'about' | 'value'>[];
  readonly withdraw: readonly string[];
  readonly by: string;
}

/**
 * Decides facts of an import: the kept page is read anew with the decisions, what comes out is stored as any newer
 * reading is, and the decisions are kept with the page. Nothing is kept of decisions that do not fit.
 * @throws Invalid naming the fact (`path`) for a value it cannot have or a fact the page does not have
 */
export async function decideImport(
  store: Store,
  workId: string,
  source: KeptSource,
  { give, withdraw, by }: Deciding,
  reader: Reader,
): Promise<ImportOutcome> {
  const kept = await decisionsFor(store, source.record);
  const before = find(source.record, await read(store, source, kept, reader, false), kept);
  const at = new Date().toISOString();
  const given = give.map(({ about, value }) => ({ about: before.prefix + about, value, by, at }));
  const gone = [...withdraw.map((about) => before.prefix + about)];
  const decisions = [
    ...kept.filter((k) => !gone.includes(k.about) && !given.some((g) => g.about === k.about)),
    ...given,
  ].sort((a, b) => (a.about < b.about ? -1 : 1));
  if (isDeepStrictEqual(decisions, kept)) return { kind: 'same', workId };

  const { edition } = find(source.record, await read(store, source, decisions, reader, false), decisions);
  for (const { about } of give) {
    const unheard = edition.remarks.some(
      (r) => r.about === about && r.certainty === 'lost' && r.decidedAt === at,
    );
    if (unheard) throw new Invalid('import/review: nothing in this file answers to that', { path: about });
  }
  // What writers did is told from what was read by who did it: a reading is nobody's.
  const why = `decided: ${[...give.map((g) => g.about), ...withdraw].join(', ').slice(0, 200)}`;
  const files = [{ path: source.record.name, bytes: source.bytes ?? new Uint8Array() }];
  const mayRevise = ({ id }: { readonly id: string }): boolean => id === workId;
  const outcome = await saveEdition(store, edition, files, { why, by: null, mayRevise });
  if (outcome.kind === 'owned')
    throw new Conflict('import/review: with that the page would be read as another work that is here');
  await withdrawDecisions(store, source.record, gone);
  await keepDecisions(store, source.record, given);
  if ('workId' in outcome && outcome.workId !== workId)
    throw new Conflict(`import/review: this page is now read as another work, ${outcome.workId}`);
  return outcome;
}

async function read(
  store: Store,
  { record, bytes }: KeptSource,
  decisions: readonly Decision[],
  reader: Reader,
  looking: boolean,
): Promise<Extract<FileRead, { kind: 'read' }>> {
  if (bytes === null) throw new NotFound('import/review: the bytes of this page were erased');
  const source = { path: record.name, bytes };
  const beside = await filesBeside(store, record.sha256);
  const file = await reader({ source, beside, decisions }, looking);
  if (file.kind === 'read') return file;
  if (file.path === undefined) throw new Unreadable(file.reason);
  throw new Invalid(file.reason, { path: file.path.replace(/^editions\[\d+\]\./, '') });
}

/** The work of a record among those of a file, by the page it is a copy of. */
function find(
  record: SourceRecord,
  { reading, look }: Extract<FileRead, { kind: 'read' }>,
  decisions: readonly Decision[],
): Reviewed {
  const { editions, places } = reading;
  const found = editions.findIndex((e) => e.sources.some((s) => s.origin === record.origin));
  const at = editions.length === 1 ? 0 : found;
  const edition = editions[at];
  if (edition === undefined) throw new NotFound('import/review: the page does not have this work any more');
  const prefix = editions.length === 1 ? '' : `editions[${at}].`;
  return {
    edition,
    look: look[at] ?? { lines: [], remainder: [] },
    places: places?.[at] ?? [],
    prefix,
    decisions: decisions.flatMap((d) => {
      if (d.about.startsWith(prefix)) return [{ ...d, about: d.about.slice(prefix.length) }];
      return d.about.startsWith('editions[') ? [] : [d];
    }),
  };
}
