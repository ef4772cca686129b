import { buildCommand } from '@stricli/core';
import { addDemo } from '../demo.ts';
import { claimServing, closeStore, openStore } from '../store/index.ts';
import { countWorks } from '../store/works.ts';
import { serve } from '../web/server.ts';
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
    const claim = claimServing(config.data);
    try {
      const before = await countWorks(store);
      if (flags.demo && before.works === 0) await addDemo(store);
      const server = await serve(store, config);
      const { works } = await countWorks(store);
      this.say(`Variorum is open at ${this.paint.strong(server.url)}`);
      this.say(
        works > 0
          ? `  ${works} works to read. Stop with Ctrl-C.`
          : '  The archive is empty. Stop with Ctrl-C.',
      );
      this.say(`  To add a saved page: bin/variorum import PAGE.html   (the archive is in ${config.data})`);
      await server.stopped;
    } finally {
      claim.release();
      await closeStore(store);
    }
  },
});

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new SyntaxError(`"${text}" is no port: a number from 0 to 65535`);
  return port;
}
