import { buildCommand } from '@stricli/core';
import { Unreadable } from '../errors.ts';
import { listFiles, loadFile } from '../import/files.ts';
import type { OpenFile, Reading } from '../import/importer.ts';
import { findImporter, readFile } from '../import/index.ts';
import { openFile } from '../import/open.ts';
import { findRemainder } from '../import/remainder.ts';
import { countFacts } from '../intake/intake.ts';
import type { Edition } from '../model/edition.ts';
import { count } from '../phrases.ts';
import { factLine } from './report.ts';
import { exitCodes, type Paint, type Terminal } from './terminal.ts';

export const inspectCommand = buildCommand({
  docs: {
    brief: 'Show what an importer sees in a file; stores nothing',
    fullDescription:
      'Prints the header, the passages, the thread and every fact with its certainty, and at the end the remainder: ' +
      'words of the file that are nowhere in the result (there should be none). With --json, a list of Editions, ' +
      'one a line. Exit code 1 when a file cannot be read or leaves a remainder.',
  },
  parameters: {
    positional: {
      kind: 'array',
      parameter: { brief: 'Files to look at', parse: String, placeholder: 'file' },
      minimum: 1,
    },
    flags: {
      json: { kind: 'boolean', default: false, brief: 'Print Editions as JSON, one a line' },
    },
  },
  async func(this: Terminal, flags: { readonly json: boolean }, ...paths: string[]) {
    for (const listed of await listFiles(paths)) {
      const found = await loadFile(listed);
      try {
        if (found.kind === 'unfit') throw new Unreadable(found.reason);
        const file = openFile(found.source, found.beside);
        const reading = readFile(file);
        if (flags.json) for (const edition of reading.editions) this.say(JSON.stringify(edition));
        else sayReading(this, file, reading);
        const remainder = findRemainder(file, reading);
        if (remainder.length > 0) this.fail(exitCodes.notAll);
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        this.warn(error.message);
        this.fail(exitCodes.notAll);
      }
    }
  },
});

function sayReading(terminal: Terminal, file: OpenFile, reading: Reading): void {
  const { paint } = terminal;
  const { charset } = file;
  const says =
    charset.declared === null ? charset.from : `${charset.from}, though it calls itself ${charset.declared}`;
  terminal.say(`${paint.strong(file.path)}  ${findImporter(file).name} · ${charset.name} (${says})`);
  terminal.say(paint.soft(`sha-256 ${file.sha256}`));
  for (const edition of reading.editions) sayEdition(terminal, edition);
  const remainder = findRemainder(file, reading);
  terminal.say();
  if (remainder.length === 0)
    terminal.say(paint.good('  Nothing remains: every word of the file is accounted for.'));
  for (const { line, text } of remainder) terminal.say(paint.bad(`  remains, line ${line ?? '?'}: ${text}`));
  terminal.say();
}

function sayEdition(terminal: Terminal, edition: Edition): void {
  const { paint } = terminal;
  const { work } = edition;
  terminal.say();
  terminal.say(`  ${paint.strong(work.title ?? 'Untitled')}`);
  for (const [label, value] of headerRows(edition))
    terminal.say(`    ${paint.soft(label.padEnd(12))} ${value}`);
  terminal.say();
  for (const passage of edition.passages) {
    const set = edition.variantSets.flatMap((s) => s.branches).find((b) => b.head === passage.key);
    const siglum = set === undefined ? '' : `${paint.strong(set.siglum)} ${set.label} · `;
    const ending = passage.ending ? ' · ending' : '';
    terminal.say(
      `    ${passage.key.padEnd(5)} ${siglum}${passage.title ?? ''}${passage.title ? ' · ' : ''}${count(passage.words, 'word')}${ending}`,
    );
  }
  const deepest = depthOf(edition);
  if (edition.comments.length > 0) {
    const nested = deepest > 0 ? `, nested ${deepest + 1} deep` : '';
    terminal.say(`    ${count(edition.comments.length, 'comment')}${nested}`);
  }
  terminal.say();
  terminal.say(`    ${factLine(paint, countFacts(edition))}`);
  for (const remark of edition.remarks) {
    const where = remark.where?.line ? paint.soft(` (line ${remark.where.line})`) : '';
    terminal.say(`    ${certaintyWord(paint, remark.certainty)} ${remark.about}: ${remark.message}${where}`);
    if (remark.certainty !== 'undecided') continue;
    for (const a of remark.alternatives)
      terminal.say(`        ${paint.soft(`${remark.about}=${a.value}`)}  ${a.label}`);
  }
}

function headerRows({ work }: Edition): [string, string][] {
  const byRole = (role: string): string =>
    work.creators
      .filter((c) => c.role === role)
      .map((c) => c.name)
      .join(', ');
  const rows: [string, string | null][] = [
    ['author', byRole('author')],
    ['beta', byRole('beta')],
    ['fandoms', work.fandoms.join(', ')],
    ['pairings', work.relationships.join(', ')],
    ['characters', work.characters.join(', ')],
    ['tags', work.freeforms.join(', ')],
    ['rating', work.rating],
    ['warnings', work.warnings.join(', ')],
    ['posted', work.posted?.written ?? null],
    ['part', work.series?.part ? `${work.series.part} of ${work.series.of ?? '?'}` : null],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== null && row[1] !== '');
}

function certaintyWord(paint: Paint, certainty: string): string {
  const word = certainty.padEnd(9);
  if (certainty === 'read' || certainty === 'decided') return paint.good(word);
  return certainty === 'inferred' ? paint.unsure(word) : paint.bad(word);
}

function depthOf(edition: Edition): number {
  const depths = new Map<string, number>();
  for (const c of edition.comments) depths.set(c.id, c.parent === null ? 0 : (depths.get(c.parent) ?? 0) + 1);
  return Math.max(0, ...depths.values());
}
