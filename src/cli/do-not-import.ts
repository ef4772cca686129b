import { buildCommand } from '@stricli/core';
import { Invalid } from '../errors.ts';
import { forbidImport, listForbidden } from '../store/works.ts';
import type { Terminal } from './terminal.ts';
import { withStore } from './work.ts';

interface ForbidFlags {
  readonly why: string;
}

export const doNotImportCommand = buildCommand({
  docs: {
    brief: 'Refuse imports of a page, a file or a person; without an argument, list what is refused',
    fullDescription:
      'Takes an address, a SHA-256, an origin such as livejournal.com/horace/1234, or a person as name@site: her works ' +
      'are not imported any more. Works already here stay; hide or remove them.',
  },
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [
        {
          brief: 'Address, origin, SHA-256 or name@site',
          parse: String,
          placeholder: 'what',
          optional: true,
        },
      ],
    },
    flags: { why: { kind: 'parsed', parse: String, default: '', brief: 'The reason, for the record' } },
  },
  async func(this: Terminal, flags: ForbidFlags, key?: string) {
    if (key !== undefined) checkKey(key);
    await withStore(this, async (store) => {
      if (key === undefined) {
        const forbidden = await listForbidden(store);
        for (const f of forbidden) this.say([f.key, f.why].filter((t) => t !== '').join('  '));
        if (forbidden.length === 0) this.warn('Nothing is refused.');
        return;
      }
      await forbidImport(store, { key, why: flags.why, by: 'command line' });
      this.say(`From now on refused: ${key}`);
    });
  },
});

/** @throws Invalid for what names no page, file or person: a host must not believe someone kept out who is not. */
function checkKey(key: string): void {
  const shapes = [/^https?:\/\/\S+$/i, /^[0-9a-f]{64}$/i, /^\S+\.\S+\/\S+$/, /^.+@\S+$/];
  if (!shapes.some((shape) => shape.test(key))) {
    throw new Invalid(
      `do-not-import: "${key}" is no address, origin (livejournal.com/horace/1234), SHA-256 or name@site`,
    );
  }
}
