import { boundHeap } from './platform/process/bound-heap.ts';

boundHeap();
// Only then: what is loaded before is loaded twice.
const { startServer } = await import('./server.ts');
await startServer();
