export { addJob, type JobOptions } from './add-job.ts';
export { type Jobs, type Queue, startQueue } from './queue.ts';
