/** The thread in which two texts are compared for a beta (`changes-aside.ts`): a task in, its changes out, and the thread ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { changesOf } from './changes-aside.ts';

parentPort?.postMessage(changesOf(workerData));
