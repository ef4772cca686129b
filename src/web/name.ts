import { changeCount } from '../store/index.ts';
import { readSettings } from '../store/settings.ts';
import type { Archive } from './archive.ts';

/** An archive whose `name` is what its host calls it now, once `refresh` was awaited. */
export interface Named {
  readonly archive: Archive;
  /** Reads the name anew where anything was written since. */
  refresh(): Promise<void>;
}

/** Follows the name in the archive's settings; every page asks for it before it is made. */
export function named(given: Archive): Named {
  let name = given.name;
  let readAt: string | undefined;
  const archive: Archive = {
    ...given,
    get name() {
      return name;
    },
  };
  return {
    archive,
    async refresh() {
      const count = changeCount(given.store);
      if (count === readAt) return;
      ({ name } = await readSettings(given.store));
      readAt = count;
    },
  };
}
