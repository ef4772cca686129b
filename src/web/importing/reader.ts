import { availableParallelism } from 'node:os';
import { Conflict } from '../../errors.ts';
import { type FileRead, type Reader, readAlone, type ToRead } from '../../intake/review.ts';
import { aside, isBuilt, type Room } from '../aside.ts';

/** What the thread that reads files is asked. */
interface ReadingTask {
  readonly file: ToRead;
  readonly looking: boolean;
}

const room: Room = {
  program: new URL('./read-worker.js', import.meta.url),
  running: Math.max(1, availableParallelism() - 1),
  waiting: 32,
  patience: 60_000,
  busy: 'web/importing: many pages are being read; come again in a minute',
  late: 'web/importing: reading this page takes too long; no person wrote it',
};

const readAside = aside<ReadingTask, FileRead>(room);

/**
 * Reads a file in a thread of its own, so that nobody else waits for it, and gives up one that takes a minute. Run from
 * sources it is read here.
 * @throws Conflict when too many wait already
 */
export const reader: Reader = isBuilt(room)
  ? async (file, looking) => {
      try {
        return await readAside({ file, looking });
      } catch (error) {
        if (error instanceof Conflict && error.message === room.late)
          return { kind: 'refused', reason: error.message, path: undefined };
        throw error;
      }
    }
  : readAlone;
