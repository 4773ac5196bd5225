import type { Contract } from '@cms/contracts';
import { appErrorOf } from './errors.ts';
import { noteRefusal, type Operation } from './operation.ts';

/**
 * The operation with its calls counted where the caller has a meter: each call of a batch counts, and
 * what came of it is noted. Throws RATE_LIMITED past the caller's limits.
 */
export const metered =
  (contract: Contract, operation: Operation): Operation =>
  async (request, rawInput) => {
    const { meter, client, requestId } = request;
    if (!meter) return operation(request, rawInput);
    const name = `${contract.method} ${contract.path}`;
    let admitted = false;
    const note = (status: number): void =>
      meter.record({ operation: name, status, admitted, client, requestId });
    try {
      request.setHeaders(await meter.admit());
      admitted = true;
      const reply = await operation(request, rawInput);
      note(contract.status);
      return reply;
    } catch (error) {
      const refusal = appErrorOf(error);
      if (!admitted) {
        request.setHeaders(refusal.headers);
        noteRefusal(contract, request, refusal);
      }
      note(refusal.status);
      throw refusal;
    }
  };
