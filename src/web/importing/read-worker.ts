/** The thread in which files are read (`reader.ts`): a file in, what was read of it out, and the thread ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { readAlone } from '../../intake/review.ts';

parentPort?.postMessage(readAlone(workerData.file, workerData.looking));
