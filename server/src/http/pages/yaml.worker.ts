import { parentPort, workerData } from 'node:worker_threads';
import { stringify } from 'yaml';

// A hundred collections take a second.
parentPort?.postMessage(stringify(workerData, { aliasDuplicateObjects: false, lineWidth: 0 }), []);
