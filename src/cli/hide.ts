import { buildCommand } from '@stricli/core';
import { getWork, hideWork } from '../store/works.ts';
import type { Terminal } from './terminal.ts';
import { withStore, workParameter } from './work.ts';

export const hideCommand = buildCommand({
  docs: {
    brief: 'Take a work from view; nothing is erased',
    fullDescription:
      'Nobody but those who run the archive can read a hidden work. Publish it again to bring it back.',
  },
  parameters: {
    positional: workParameter,
    flags: {
      why: { kind: 'parsed', parse: String, default: '', brief: 'The reason, for the record' },
    },
  },
  async func(this: Terminal, flags: { readonly why: string }, id: string) {
    await withStore(this, async (store) => {
      const { title } = await getWork(store, id);
      await hideWork(store, id, 'command line', flags.why);
      this.say(`Hidden: ${title ?? 'Untitled'}. "variorum publish ${id}" brings it back.`);
    });
  },
});
