import { writeFile } from 'node:fs/promises';
import { buildCommand } from '@stricli/core';
import { Invalid } from '../errors.ts';
import type { Exporter } from '../export/exporter.ts';
import { exporters, findExporter } from '../export/index.ts';
import { readEdition } from '../store/editions.ts';
import { getWork } from '../store/works.ts';
import type { Terminal } from './terminal.ts';
import { withStore, workParameter } from './work.ts';

interface ExportFlags {
  readonly as: Exporter;
  readonly to?: string;
  readonly comments: boolean;
}

const formats = exporters.map((e) => e.name).join(', ');

export const exportCommand = buildCommand({
  docs: {
    brief: 'Write a work as a file',
    fullDescription: exporters.map((e) => `${e.name}: ${e.label}. ${e.loses || 'Loses nothing.'}`).join('\n'),
  },
  parameters: {
    positional: workParameter,
    flags: {
      as: { kind: 'parsed', parse: readFormat, default: 'epub', brief: `The format: ${formats}` },
      to: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'The file to write; by default the title in the folder you are in',
      },
      comments: { kind: 'boolean', default: true, brief: 'Bring the comments along' },
    },
  },
  async func(this: Terminal, flags: ExportFlags, id: string) {
    await withStore(this, async (store) => {
      const exporter = flags.as;
      const work = await getWork(store, id);
      const whole = exporter.name === 'json';
      const edition = await readEdition(store, id, { allStates: whole, public: !whole });
      const options = { comments: flags.comments, address: null, stateMadeAt: work.stateMadeAt };
      const file = flags.to ?? `${fileName(work.title ?? work.id)}.${exporter.name}`;
      const write = await exporter.load();
      await writeFile(file, write(edition, options)).catch((cause: Error) => {
        throw new Invalid(`export: "${file}" cannot be written: ${cause.message}`, { cause });
      });
      this.say(`Wrote ${file}.${exporter.loses === '' ? '' : ` ${exporter.loses}`}`);
    });
  },
});

/** @throws Invalid for a format works are not written in, naming those they are. */
function readFormat(name: string): Exporter {
  const exporter = findExporter(name);
  if (exporter === undefined) throw new Invalid(`export: there is no format "${name}"; there are ${formats}`);
  return exporter;
}

/** A title as a file name that every system takes. */
function fileName(title: string): string {
  const name = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return name.toLowerCase().slice(0, 80) || 'work';
}
