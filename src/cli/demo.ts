import { buildCommand } from '@stricli/core';
import { addDemo } from '../demo.ts';
import { closeStore, openStore } from '../store/index.ts';
import { sayIntake } from './report.ts';
import type { Terminal } from './terminal.ts';

export const demoCommand = buildCommand({
  docs: {
    brief: 'Add the demo works to the archive',
    fullDescription: 'Three original stories, read by the importers as any page would be, and published.',
  },
  parameters: { flags: {} },
  async func(this: Terminal) {
    const store = await openStore(this.config.data, { create: true });
    try {
      for (const intake of await addDemo(store)) sayIntake(this, intake);
    } finally {
      await closeStore(store);
    }
  },
});
