import { buildCommand } from '@stricli/core';
import { backup } from '../store/safekeeping.ts';
import type { Terminal } from './terminal.ts';
import { withStore } from './work.ts';

export const backupCommand = buildCommand({
  docs: {
    brief: 'Write a consistent copy of the archive, also while it serves',
    fullDescription: 'The copy is one file; "variorum restore" makes an archive of it again.',
  },
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'The file to write', parse: String, placeholder: 'file' }],
    },
    flags: {},
  },
  async func(this: Terminal, _flags: object, file: string) {
    await withStore(this, (store) => backup(store, file));
    this.say(`Backed up to ${file}.`);
  },
});
