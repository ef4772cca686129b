import { buildCommand } from '@stricli/core';
import { Invalid } from '../errors.ts';
import {
  type ArchiveWarning,
  type Audience,
  archiveWarnings,
  audiences,
  type Rating,
  ratings,
} from '../model/work.ts';
import type { Store } from '../store/index.ts';
import { getWork, listRemarks, publishWork } from '../store/works.ts';
import { addressOf } from './address.ts';
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
      }).catch((error: unknown) => refused(this, store, id, error));
      const work = await getWork(store, id);
      this.say(`Published: ${work.title ?? 'Untitled'}, for ${flags.audience}.`);
    });
  },
});

/** Why it is not published, and how what is undecided is decided. */
async function refused(terminal: Terminal, store: Store, id: string, error: unknown): Promise<never> {
  if (!(error instanceof Invalid) || error.path !== 'remarks') throw error;
  const url = addressOf(terminal.config, terminal.config.port);
  const open = (await listRemarks(store, id)).filter((r) => r.certainty === 'undecided');
  const file = (await getWork(store, id)).sources[0]?.name ?? 'FILE';
  const ways = open.map(({ about, alternatives }) => {
    const example = `${about}=${alternatives[0]?.value ?? '…'}`;
    return `\n  variorum import ${file} --set '${example}'`;
  });
  throw new Invalid(
    `${error.message}\n\nDecide it in the browser, at ${url}/studio/${id}/review, or bring the file in again:${ways.join('')}`,
    { cause: error },
  );
}
