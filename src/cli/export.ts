import { writeFile } from 'node:fs/promises';
import { buildCommand } from '@stricli/core';
import { exporters, findExporter, writeBook } from '../export/index.ts';
import { readEdition } from '../store/editions.ts';
import { getWork } from '../store/works.ts';
import type { Terminal } from './terminal.ts';
import { withStore, workParameter } from './work.ts';

interface ExportFlags {
  readonly as: string;
  readonly to?: string;
  readonly comments: boolean;
}

export const exportCommand = buildCommand({
  docs: {
    brief: 'Write a work as a file',
    fullDescription: exporters.map((e) => `${e.name}: ${e.label}. ${e.loses || 'Loses nothing.'}`).join('\n'),
  },
  parameters: {
    positional: workParameter,
    flags: {
      as: { kind: 'enum', values: exporters.map((e) => e.name), default: 'epub', brief: 'The format' },
      to: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'The file to write; - for standard output',
      },
      comments: { kind: 'boolean', default: true, brief: 'Bring the comments along' },
    },
  },
  async func(this: Terminal, flags: ExportFlags, id: string) {
    await withStore(this, async (store) => {
      const exporter = findExporter(flags.as);
      const work = await getWork(store, id);
      const edition = await readEdition(store, id, {
        allStates: exporter.name === 'json',
        public: exporter.name !== 'json',
      });
      const bytes = writeBook(exporter, edition, {
        comments: flags.comments,
        address: null,
        stateMadeAt: work.stateMadeAt,
      });
      if (flags.to === '-') {
        this.process.stdout.write(bytes as unknown as string);
        return;
      }
      const file = flags.to ?? `${fileName(work.title ?? work.id)}.${exporter.name}`;
      await writeFile(file, bytes);
      this.say(`Wrote ${file}.${exporter.loses === '' ? '' : ` ${exporter.loses}`}`);
    });
  },
});

/** A title as a file name that every system takes. */
function fileName(title: string): string {
  const name = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return name.toLowerCase().slice(0, 80) || 'work';
}
