import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildCommand } from '@stricli/core';
import type { Config } from '../config.ts';
import { count } from '../phrases.ts';
import { firstStartToken, hasHost } from '../store/accounts.ts';
import { claimServing, closeStore, openStore, type Store } from '../store/index.ts';
import { countWorks } from '../store/works.ts';
import type { Archive } from '../web/archive.ts';
import { firstStartPath } from '../web/people/addresses.ts';
import { serve, stopOnSignal } from '../web/serving/server.ts';
import { addressOf } from './address.ts';
import type { Terminal } from './terminal.ts';

interface ServeFlags {
  readonly demo: boolean;
  readonly port?: number;
}

export const serveCommand = buildCommand({
  docs: {
    brief: 'Serve the archive to browsers',
    fullDescription:
      'Opens the archive in the data folder, or makes a new one there, and serves it until it is stopped.',
  },
  parameters: {
    flags: {
      demo: { kind: 'boolean', default: false, brief: 'Put the demo works into an archive that is empty' },
      port: {
        kind: 'parsed',
        parse: readPort,
        optional: true,
        brief: 'The port to listen on, instead of PORT',
      },
    },
  },
  async func(this: Terminal, flags: ServeFlags) {
    const config = { ...this.config, port: flags.port ?? this.config.port };
    const store = await openStore(config.data, { create: true });
    try {
      const claim = claimServing(config.data);
      try {
        await serveStore(this, store, config, flags);
      } finally {
        claim.release();
      }
    } finally {
      await closeStore(store);
    }
  },
});

async function serveStore(
  terminal: Terminal,
  store: Store,
  config: Config,
  flags: ServeFlags,
): Promise<void> {
  const { paint } = terminal;
  if (flags.demo && (await countWorks(store)).works === 0) {
    const { addDemo } = await import('../demo.ts');
    await addDemo(store);
  }
  const archive: Archive = { store, config, url: addressOf(config, config.port), name: 'Variorum' };
  const serving = await serve(archive);
  const stopped = stopOnSignal(serving);
  const address = addressOf(config, serving.port);
  const begin = (await hasHost(store)) ? null : address + firstStartPath(firstStartToken(config.data));
  const { works } = await countWorks(store);
  terminal.say(`Variorum is open at ${paint.strong(address)}`);
  terminal.say(
    works > 0
      ? `  ${count(works, 'work')} to read.`
      : '  The archive is empty; its front page says how to begin.',
  );
  if (begin !== null) {
    terminal.say(`  Nobody runs it yet. Make your account here, once:  ${paint.strong(begin)}`);
  }
  terminal.say(
    `  To add a page you saved:  ${inCheckout ? 'bin/variorum' : 'npx variorum'} import PAGE.html`,
  );
  terminal.say(paint.soft(`  The archive is in ${config.data}. Stop with Ctrl-C.`));
  await stopped;
}

/** Whether the program runs from a checkout, where its own `bin/` is at hand; a package brings no sources. */
const inCheckout = existsSync(join(import.meta.dirname, '..', 'src'));

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new SyntaxError(`"${text}" is no port: a number from 0 to 65535`);
  return port;
}
