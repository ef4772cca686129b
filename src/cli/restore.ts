import { buildCommand } from '@stricli/core';
import { count } from '../phrases.ts';
import { restore } from '../store/safekeeping.ts';
import type { Terminal } from './terminal.ts';

export const restoreCommand = buildCommand({
  docs: {
    brief: 'Make the archive anew from a backup',
    fullDescription:
      'Removals made since the backup are made again, as far as the data folder still tells of them. An archive that ' +
      'is already in the data folder is only replaced with --force.',
  },
  parameters: {
    positional: { kind: 'tuple', parameters: [{ brief: 'The backup', parse: String, placeholder: 'file' }] },
    flags: { force: { kind: 'boolean', default: false, brief: 'Replace the archive that is there' } },
  },
  async func(this: Terminal, flags: { readonly force: boolean }, file: string) {
    const { removalsReplayed } = await restore(file, this.config.data, { force: flags.force });
    const again =
      removalsReplayed === 0
        ? ''
        : ` ${count(removalsReplayed, 'removal')} made since the backup made again.`;
    this.say(`Restored to ${this.config.data}.${again}`);
  },
});
