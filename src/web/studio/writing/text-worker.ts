/** The thread in which long texts are read and written as Markdown (`text.ts`): a task in, its text out, and the thread ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { convert } from './converting.ts';

parentPort?.postMessage(convert(workerData));
