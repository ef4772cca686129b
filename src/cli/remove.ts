import { buildCommand } from '@stricli/core';
import { Invalid } from '../errors.ts';
import { count } from '../phrases.ts';
import { getWork, removeWork } from '../store/works.ts';
import type { Terminal } from './terminal.ts';
import { withStore, workParameter } from './work.ts';

interface RemoveFlags {
  readonly why: string;
  readonly legal: boolean;
  readonly yes: boolean;
}

export const removeCommand = buildCommand({
  docs: {
    brief: 'Erase a work for good',
    fullDescription:
      'Erases its texts, comments, pictures and originals from the archive; only a mark that it was here stays, and a ' +
      'restored backup erases it again. The same page cannot be imported anew. Asks for --yes, because nothing brings it back.',
  },
  parameters: {
    positional: workParameter,
    flags: {
      why: { kind: 'parsed', parse: String, default: '', brief: 'The reason, for the record' },
      legal: {
        kind: 'boolean',
        default: false,
        brief: 'By a legal demand: the address answers 451 instead of 410',
      },
      yes: { kind: 'boolean', default: false, brief: 'Yes, erase it' },
    },
  },
  async func(this: Terminal, flags: RemoveFlags, id: string) {
    await withStore(this, async (store) => {
      const work = await getWork(store, id);
      if (!flags.yes) {
        const loss = `${count(work.words, 'word')}, ${count(work.comments, 'comment')} and ${count(work.sources.length, 'original')}`;
        throw new Invalid(
          `remove: this would erase "${work.title ?? 'Untitled'}" for good: ${loss}. Say --yes to do it; "hide" takes it from view instead`,
        );
      }
      await removeWork(store, id, { by: 'command line', why: flags.why, legal: flags.legal });
      this.say(`Erased: ${work.title ?? 'Untitled'}.`);
    });
  },
});
