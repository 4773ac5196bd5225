import { recordAudit } from '../../content/audit/record-audit.ts';
import type { Client, KeyPrincipal } from '../../content/context.ts';
import type { Services } from '../../content/services.ts';
import { AppError } from '../../platform/errors/app-error.ts';

/** A key that is tried again and again from one address is written down once in this time. */
const AGAIN_MS = 3_600_000;
/** Keys and addresses that are remembered. */
const MAX_KNOWN = 10_000;

/** Refuses good keys that come from where they may not be used, and writes that down for the audit. */
export class AddressRefusals {
  readonly #services: Services;
  readonly #known = new Map<string, number>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** The refusal, once it is written down. */
  async refuse(principal: KeyPrincipal, client: Client, requestId: string): Promise<AppError> {
    if (this.#isNew(`${principal.id} ${client.address}`)) {
      const { database, clock, newId, log } = this.#services;
      const project = { id: principal.projectId };
      const ctx = { principal, client, requestId, project, sql: database.sql, clock, newId };
      await recordAudit(ctx, {
        type: 'api_key.address_refused',
        severity: 'warning',
        outcome: 'denied',
        resource: { type: 'api_key', id: principal.id },
      }).catch((error: unknown) => log.warn({ err: error }, 'A refused key was not written down'));
    }
    return new AppError(
      'FORBIDDEN',
      'This key may not be used from your address; its allowed_ips say from where.',
    );
  }

  #isNew(what: string): boolean {
    const now = this.#services.clock.now().getTime();
    const last = this.#known.get(what);
    if (last !== undefined && now - last < AGAIN_MS) return false;
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    this.#known.set(what, now);
    return true;
  }
}
