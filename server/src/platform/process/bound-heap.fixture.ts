import { boundHeap } from './bound-heap.ts';

boundHeap();
// What it is in the end: the second time the function does nothing.
process.stdout.write(
  JSON.stringify({ flags: process.execArgv, given: process.argv.slice(2), pid: process.pid }),
);
