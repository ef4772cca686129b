/** The thread in which long texts are compared (`aside.ts`): a task in, its markup out, and the thread ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { showComparison } from './shown.tsx';

parentPort?.postMessage(await showComparison(workerData));
