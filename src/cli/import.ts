import { buildCommand } from '@stricli/core';
import { Invalid } from '../errors.ts';
import { readDecisionsFile } from '../import/decisions-file.ts';
import { listFiles, loadFile } from '../import/files.ts';
import { type Intake, type TakenWork, takeIn } from '../intake/intake.ts';
import type { Decision } from '../model/remark.ts';
import { type ArchiveWarning, archiveWarnings, type Rating, ratings } from '../model/work.ts';
import { closeStore, openStore } from '../store/index.ts';
import { addressOf } from './address.ts';
import { startProgress } from './progress.ts';
import { sayIntake, saySummary } from './report.ts';
import { exitCodes, type Terminal } from './terminal.ts';

interface ImportFlags {
  readonly publish: boolean;
  readonly rating?: Rating;
  readonly warnings?: readonly ArchiveWarning[];
  readonly dryRun: boolean;
  readonly forkAt?: number;
  readonly set?: readonly string[];
  readonly decisions?: string;
  readonly json: boolean;
}

export const importCommand = buildCommand({
  docs: {
    brief: 'Take saved pages, texts and Editions into the archive',
    fullDescription:
      'Reads files, folders and zips and stores what they hold as drafts that only a secret link opens. ' +
      'With --publish, works without an undecided fact are published. The same page again changes nothing; a later ' +
      'copy with more comments adds just those; a copy that contradicts is reported and not merged. ' +
      'Exit code 1 when a file was refused or contradicts; the others are stored all the same.',
  },
  parameters: {
    positional: {
      kind: 'array',
      parameter: { brief: 'Files, folders or zips to read', parse: String, placeholder: 'path' },
      minimum: 1,
    },
    flags: {
      publish: { kind: 'boolean', default: false, brief: 'Publish what has no undecided fact' },
      rating: { kind: 'enum', values: ratings, optional: true, brief: 'The rating of works that state none' },
      warnings: {
        kind: 'enum',
        values: archiveWarnings,
        optional: true,
        variadic: ',',
        brief: 'The archive warnings of works that state none, with commas between',
      },
      dryRun: { kind: 'boolean', default: false, brief: 'Read and report; store nothing' },
      forkAt: {
        kind: 'parsed',
        parse: readScene,
        optional: true,
        brief: 'The number of the scene after which the story divides',
      },
      set: {
        kind: 'parsed',
        parse: String,
        optional: true,
        variadic: true,
        brief: 'Decide a fact: --set title=… (any header field, or the name a report gives)',
      },
      decisions: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'A JSON file of decisions, by file',
      },
      json: { kind: 'boolean', default: false, brief: 'One JSON object a line for each file' },
    },
  },
  async func(this: Terminal, flags: ImportFlags, ...paths: string[]) {
    const decide = await decisionsOf(flags);
    const listed = await listFiles(paths);
    if (listed.length === 0) throw new Invalid(`import: no pages or texts in ${paths.join(', ')}`);
    const store = await openStore(this.config.data, { create: true });
    try {
      const progress = startProgress(this, 'reading', listed.length);
      const intakes: Intake[] = [];
      for (const file of listed) {
        const found = await loadFile(file);
        const intake = await takeIn(store, found, {
          by: null,
          decisions: decide(file.shown),
          publish: flags.publish ? { rating: flags.rating ?? null, warnings: flags.warnings ?? [] } : null,
          dryRun: flags.dryRun,
        });
        intakes.push(intake);
        if (flags.json) this.say(JSON.stringify(jsonOf(intake)));
        else sayIntake(this, intake);
        progress.step(file.size);
      }
      progress.end();
      if (!flags.json) sayEnd(this, intakes, flags);
      if (intakes.some(wentWrong)) this.fail(exitCodes.notAll);
    } finally {
      await closeStore(store);
    }
  },
});

function wentWrong(intake: Intake): boolean {
  return (
    intake.kind === 'refused' ||
    intake.works.some(
      (w) =>
        ['contradicts', 'forbidden', 'owned'].includes(w.outcome?.kind ?? '') ||
        w.unpublishedBecause !== null,
    )
  );
}

function sayEnd(terminal: Terminal, intakes: readonly Intake[], flags: ImportFlags): void {
  saySummary(terminal, intakes);
  const works = intakes.flatMap((i) =>
    i.kind === 'taken'
      ? // A decision about one entry of a page with several names it by number.
        i.works.map((w, n) => ({ ...w, path: i.path, of: i.works.length > 1 ? `editions[${n}].` : '' }))
      : [],
  );
  sayUndecided(terminal, works);
  sayDrafts(terminal, works);
  terminal.say();
  const stored = `originals kept, each with its SHA-256, in ${terminal.config.data}`;
  terminal.say(
    flags.dryRun ? '  Nothing was stored: this was a dry run.' : `  ${terminal.paint.soft(stored)}`,
  );
}

/** A work with the file it came in, and what stands before its facts in decisions about that file. */
interface Brought extends TakenWork {
  readonly path: string;
  readonly of: string;
}

/** What is left to decide, with a way to decide each. */
function sayUndecided(terminal: Terminal, works: readonly Brought[]): void {
  const { paint } = terminal;
  const open = works.flatMap(({ path, of, edition }) =>
    edition.remarks.filter((r) => r.certainty === 'undecided').map((remark) => ({ path, of, remark })),
  );
  if (open.length === 0) return;
  terminal.say();
  terminal.say(`  ${paint.strong('To decide')}`);
  for (const { path, of, remark } of open) {
    terminal.say(`  ${paint.unsure('?')} ${path}: ${remark.message}`);
    for (const a of remark.alternatives.slice(0, mostShown))
      terminal.say(`      --set ${shell(`${of}${remark.about}=${a.value}`)}   ${paint.soft(a.label)}`);
    const more = remark.alternatives.length - mostShown;
    if (more > 0) terminal.say(paint.soft(`      and ${more} more, which inspect shows`));
  }
}

/** The secret links of what is not public, each once. */
function sayDrafts(terminal: Terminal, works: readonly Brought[]): void {
  const { paint, config } = terminal;
  const drafts = works.filter(
    (w, i) => w.preview !== null && works.findIndex((o) => o.preview === w.preview) === i,
  );
  if (drafts.length === 0) return;
  const serve = paint.strong('variorum serve');
  terminal.say();
  terminal.say(`  ${paint.strong('Drafts')}, opened by these secret links while ${serve} runs`);
  for (const { edition, path, preview, unpublishedBecause } of drafts) {
    const why =
      unpublishedBecause === null
        ? ''
        : paint.unsure(` (not published: ${unpublishedBecause.replace(/^store: /, '')})`);
    const title = edition.work.title ?? path;
    terminal.say(`    ${title}  ${addressOf(config, config.port)}/works/${preview}${why}`);
  }
}

/** Ways to decide a fact that a report lists before it says how many more there are. */
const mostShown = 8;

function shell(text: string): string {
  return /^[\w.=/:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function jsonOf(intake: Intake): unknown {
  if (intake.kind === 'refused') return intake;
  return {
    kind: intake.kind,
    path: intake.path,
    importer: intake.importer,
    works: intake.works.map(({ edition, ...rest }) => ({
      ...rest,
      title: edition.work.title,
      comments: edition.comments.length,
      undecided: edition.remarks.filter((r) => r.certainty === 'undecided'),
    })),
  };
}

function readScene(text: string): number {
  const scene = Number(text);
  if (!Number.isInteger(scene) || scene < 1)
    throw new Invalid(`import: --fork-at takes the number of a scene, from 1, not "${text}"`);
  return scene;
}

/** Gives the decisions for a file: those of the flags for every file, those of the decisions file by its name. */
async function decisionsOf(flags: ImportFlags): Promise<(path: string) => readonly Decision[]> {
  const at = new Date().toISOString();
  const decide = (about: string, value: string): Decision => ({ about, value, by: 'command line', at });
  const always: Decision[] = (flags.set ?? []).map((text) => {
    const [, about, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (about === undefined || value === undefined)
      throw new Invalid(`import: --set takes field=value, not "${text}"`);
    return decide(/^[a-z]+$/i.test(about) ? `work.${about}` : about, value);
  });
  if (flags.forkAt !== undefined) always.push(decide('variantSets[0].place', String(flags.forkAt)));
  if (flags.decisions === undefined) return () => always;
  const byFile = await readDecisionsFile(flags.decisions, 'command line', at);
  return (path) => [...byFile(path), ...always];
}
