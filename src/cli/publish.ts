import { buildCommand } from '@stricli/core';
import {
  type ArchiveWarning,
  type Audience,
  archiveWarnings,
  audiences,
  type Rating,
  ratings,
} from '../model/work.ts';
import { getWork, publishWork } from '../store/works.ts';
import type { Terminal } from './terminal.ts';
import { withStore, workParameter } from './work.ts';

interface PublishFlags {
  readonly rating?: Rating;
  readonly warnings?: readonly ArchiveWarning[];
  readonly audience: Audience;
}

export const publishCommand = buildCommand({
  docs: {
    brief: 'Publish a draft',
    fullDescription:
      'A published work states one rating and an answer to the archive warnings, and has no undecided fact. What the ' +
      'work itself states need not be repeated here.',
  },
  parameters: {
    positional: workParameter,
    flags: {
      rating: { kind: 'enum', values: ratings, optional: true, brief: 'Its rating' },
      warnings: {
        kind: 'enum',
        values: archiveWarnings,
        optional: true,
        variadic: ',',
        brief: 'Its archive warnings, with commas between',
      },
      audience: { kind: 'enum', values: audiences, default: 'everyone', brief: 'Who may read it' },
    },
  },
  async func(this: Terminal, flags: PublishFlags, id: string) {
    await withStore(this, async (store) => {
      await publishWork(store, id, {
        rating: flags.rating ?? null,
        warnings: flags.warnings ?? [],
        audience: flags.audience,
      });
      const work = await getWork(store, id);
      this.say(`Published: ${work.title ?? 'Untitled'}, for ${flags.audience}.`);
    });
  },
});
