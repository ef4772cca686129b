import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Invalid } from '../errors.ts';
import type { CleanHtml } from '../html.ts';
import type { FoundFile } from '../import/files.ts';
import type { Edition } from '../model/edition.ts';
import { type Certainty, certainties, type Decision } from '../model/remark.ts';
import type { ImportOutcome } from '../model/views.ts';
import type { ArchiveWarning, Rating } from '../model/work.ts';
import { type Arrival, decisionsFor, keepDecisions, saveEdition } from '../store/editions.ts';
import type { Store } from '../store/index.ts';
import { getWork, publishWork } from '../store/works.ts';
import { type FileRead, type Reader, readAlone } from './review.ts';

/** How a file is to be taken into the archive. */
export interface IntakeOptions {
  /** Who brings it; stands in the history of what it makes. */
  readonly by: string | null;
  /** Decisions given now; they win over those kept from before. */
  readonly decisions: readonly Decision[];
  /** Publish to everyone what has no undecided fact, with these answers where the work has none of its own. */
  readonly publish: { readonly rating: Rating | null; readonly warnings: readonly ArchiveWarning[] } | null;
  /** Read and report only. */
  readonly dryRun: boolean;
  /** Whether whoever brings it may change a work that is here already; any where nothing is said. */
  readonly mayRevise?: Arrival['mayRevise'];
  /** Who reads the files; this thread without one. */
  readonly reader?: Reader;
}

/** What became of one file. */
export type Intake =
  | { readonly kind: 'refused'; readonly path: string; readonly reason: string }
  | {
      readonly kind: 'taken';
      readonly path: string;
      readonly importer: string;
      readonly works: readonly TakenWork[];
    };

/** What became of one work in a file. `outcome` is null in a dry run. */
export interface TakenWork {
  readonly edition: Edition<CleanHtml>;
  readonly outcome: ImportOutcome | null;
  readonly facts: Readonly<Record<Certainty, number>>;
  /** Whether it is public now; else why it stayed a draft, when publishing was asked for. */
  readonly published: boolean;
  readonly unpublishedBecause: string | null;
  /** The handle of its secret link; null in a dry run, and for published works. */
  readonly preview: string | null;
}

/** Takes one file into the archive, or says why it cannot be. Never throws for what is wrong with the file. */
export async function takeIn(store: Store, found: FoundFile, options: IntakeOptions): Promise<Intake> {
  if (found.kind === 'unfit') return { kind: 'refused', path: found.path, reason: found.reason };
  const { path } = found.source;
  const { file, decisions } = await readDecided(store, found, options);
  if (file.kind === 'refused') return { kind: 'refused', path, reason: file.reason };
  const originals = [found.source, ...found.beside.values()];
  const works: TakenWork[] = [];
  try {
    for (const edition of file.reading.editions)
      works.push(await takeEdition(store, edition, { ...options, decisions }, originals));
  } catch (error) {
    if (error instanceof Invalid) return { kind: 'refused', path, reason: error.message };
    throw error;
  }
  return { kind: 'taken', path, importer: file.importer, works };
}

/** How many facts of an Edition are of each certainty. */
export function countFacts(edition: Edition): Record<Certainty, number> {
  const counts = Object.fromEntries(certainties.map((c) => [c, 0])) as Record<Certainty, number>;
  for (const remark of edition.remarks) counts[remark.certainty]++;
  return counts;
}

/** Reads a file with the decisions kept for it, by its bytes or by the page it is a copy of, and those given now. */
async function readDecided(
  store: Store,
  { source, beside }: Extract<FoundFile, { kind: 'file' }>,
  { decisions: given, reader = readAlone }: IntakeOptions,
): Promise<{ readonly file: FileRead; readonly decisions: readonly Decision[] }> {
  const merge = (kept: readonly Decision[]): readonly Decision[] =>
    [...kept.filter((k) => !given.some((g) => g.about === k.about)), ...given].sort((a, b) =>
      a.about < b.about ? -1 : 1,
    );
  const sha256 = createHash('sha256').update(source.bytes).digest('hex');
  const byBytes = merge(await decisionsFor(store, { sha256, origin: null }));
  const file = await reader({ source, beside, decisions: byBytes }, false);
  const origin = file.kind === 'read' ? (file.reading.editions[0]?.sources[0]?.origin ?? null) : null;
  const decisions = origin === null ? byBytes : merge(await decisionsFor(store, { sha256, origin }));
  if (isDeepStrictEqual(decisions, byBytes)) return { file, decisions };
  return { file: await reader({ source, beside, decisions }, false), decisions };
}

async function takeEdition(
  store: Store,
  edition: Edition<CleanHtml>,
  options: IntakeOptions,
  originals: Parameters<typeof saveEdition>[2],
): Promise<TakenWork> {
  const facts = countFacts(edition);
  if (options.dryRun) {
    return { edition, outcome: null, facts, published: false, unpublishedBecause: null, preview: null };
  }
  const outcome = await saveEdition(store, edition, originals, {
    why: 'imported',
    by: options.by,
    ...(options.mayRevise && { mayRevise: options.mayRevise }),
  });
  if (outcome.kind === 'forbidden' || outcome.kind === 'contradicts' || outcome.kind === 'owned') {
    return { edition, outcome, facts, published: false, unpublishedBecause: null, preview: null };
  }
  const source = edition.sources[0];
  if (source !== undefined && options.decisions.length > 0) {
    await keepDecisions(store, { sha256: source.sha256, origin: source.origin }, options.decisions);
  }
  const unpublishedBecause =
    options.publish === null ? null : await tryPublishing(store, outcome.workId, options);
  const work = await getWork(store, outcome.workId);
  const published = work.stage === 'published';
  return {
    edition,
    outcome,
    facts,
    published,
    unpublishedBecause,
    preview: published ? null : `${work.id}-${work.secret}`,
  };
}

/** Publishes a work; gives the reason where it cannot be published yet. */
async function tryPublishing(
  store: Store,
  id: string,
  { publish, by }: IntakeOptions,
): Promise<string | null> {
  try {
    const answers = publish ?? { rating: null, warnings: [] };
    await publishWork(store, id, by === null ? answers : { ...answers, by });
    return null;
  } catch (error) {
    if (error instanceof Invalid) return error.message;
    throw error;
  }
}
