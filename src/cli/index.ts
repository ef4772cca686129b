import { applicationOf } from './application.ts';
import { backupCommand } from './backup.ts';
import { checkCommand } from './check.ts';
import { demoCommand } from './demo.ts';
import { doNotImportCommand } from './do-not-import.ts';
import { exportCommand } from './export.ts';
import { hideCommand } from './hide.ts';
import { importCommand } from './import.ts';
import { inspectCommand } from './inspect.ts';
import { publishCommand } from './publish.ts';
import { removeCommand } from './remove.ts';
import { restoreCommand } from './restore.ts';
import { serveCommand } from './serve.ts';
import { userCommands } from './user.ts';

/** Every command, by its name. */
export const commands = {
  serve: serveCommand,
  import: importCommand,
  inspect: inspectCommand,
  publish: publishCommand,
  hide: hideCommand,
  remove: removeCommand,
  'do-not-import': doNotImportCommand,
  export: exportCommand,
  check: checkCommand,
  backup: backupCommand,
  restore: restoreCommand,
  user: userCommands,
  demo: demoCommand,
};

/** The whole command line. */
export const application = applicationOf(commands);
