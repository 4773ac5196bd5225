import type { Services } from '../../content/services.ts';
import { KeyRegistry } from './key-registry.ts';
import { UsageRecorder } from './usage-recorder.ts';

/** What the use-cases of keys share for as long as the process lives. */
export interface ApiKeys {
  readonly registry: KeyRegistry;
  readonly usage: UsageRecorder;
}

/** Puts the parts of keys together; nothing is read yet. */
export const createApiKeys = (services: Services): ApiKeys => ({
  registry: new KeyRegistry(services.database.apart, services.clock),
  usage: new UsageRecorder(services),
});
