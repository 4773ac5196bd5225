export { auditHandlers } from './handlers.ts';
export { RefusalLog } from './refusal-log.ts';
export { Sealer } from './sealer.ts';
