import { buildCommand } from '@stricli/core';
import { count } from '../phrases.ts';
import { checkStore } from '../store/safekeeping.ts';
import { exitCodes, type Terminal } from './terminal.ts';
import { withStore } from './work.ts';

export const checkCommand = buildCommand({
  docs: {
    brief: 'Check that the archive is whole',
    fullDescription:
      'Computes the hash of every original and text anew, follows every choice, branch and reply, and asks the ' +
      'database to check itself. Exit code 1 when anything is wrong.',
  },
  parameters: {
    flags: { json: { kind: 'boolean', default: false, brief: 'One JSON object a line for each fault' } },
  },
  async func(this: Terminal, flags: { readonly json: boolean }) {
    const faults = await withStore(this, checkStore);
    for (const fault of faults) {
      this.say(
        flags.json
          ? JSON.stringify(fault)
          : `${this.paint.bad('✗')} ${fault.where}: ${fault.what}. ${fault.remedy}`,
      );
    }
    if (faults.length > 0) this.fail(exitCodes.notAll);
    if (!flags.json)
      this.say(
        faults.length === 0
          ? this.paint.good('The archive is whole.')
          : `${count(faults.length, 'fault')} found.`,
      );
  },
});
