import { applicationOf } from './application.ts';
import { serveCommand } from './serve.ts';

/** The command line of `variorum serve`: a server starts at once and stays small, because it loads no importer. */
export const application = applicationOf({ serve: serveCommand });
