import { answersOnce, type Contract, type ErrorCode } from '@cms/contracts';
import { transaction } from '../content/context.ts';
import { StaleSchemaError } from '../content/schema/stale-schema.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { RawJson } from '../platform/json/raw-json.ts';
import { TextStream } from '../platform/stream/text-stream.ts';
import { authorise } from './authorise.ts';
import { appErrorOf, refusedInput, refusedKey, refusedText } from './errors.ts';
import { answerOnce } from './idempotency.ts';
import { lostKey } from './lost-key.ts';
import { type AnyCtx, procedureContext, type RequestContext } from './request-context.ts';
import { isUnstorable, unstorableText } from './unstorable-text.ts';
import { withWholeFile } from './whole-file.ts';

export type AnyHandler = (ctx: AnyCtx, input: never) => Promise<unknown>;

/** A contract at work: who may, what with, the handler, the reply. Throws AppError and nothing else. */
export type Operation = (request: RequestContext, rawInput: unknown) => Promise<unknown>;

/**
 * Makes the operation that both doors run: access first, then the input, then the handler; POSTs with
 * an idempotency key answer once. Every error leaves as one of ours.
 */
export function operationOf(
  contract: Contract,
  handler: AnyHandler,
  checkOutput: boolean,
): Operation {
  const once = answersOnce(contract);
  return async (request, rawInput) => {
    try {
      const ctx = await authorise(contract, procedureContext(request), rawInput);
      const lost = lostKey(rawInput);
      if (lost !== undefined) throw refusedKey(contract, lost);
      const parsed = contract.input.safeParse(rawInput);
      if (!parsed.success) throw refusedInput(contract, parsed.error);
      const keyed = once && request.idempotencyKey !== undefined;
      const input =
        keyed && contract.upload ? await withWholeFile(parsed.data as object) : parsed.data;
      const run = (own: AnyCtx) => handler(own, input as never);
      const answer = keyed
        ? (own: AnyCtx) => transaction(own, (tx) => answerOnce(contract, tx, request, input, run))
        : run;
      // A file that was read once is gone.
      const attempts = contract.upload && !keyed ? 1 : MAX_ATTEMPTS;
      const reply = await withRetries(contract, request, ctx, rawInput, attempts, answer);
      if (checkOutput && !(reply instanceof TextStream))
        contract.output.parse(reply instanceof RawJson ? reply.toJSON() : reply);
      return reply;
    } catch (error) {
      const unstorable = isUnstorable(error) ? unstorableText(rawInput) : undefined;
      const refusal =
        unstorable === undefined ? appErrorOf(error) : refusedText(contract, unstorable);
      noteRefusal(contract, request, refusal);
      if (refusal.code === 'INTERNAL_SERVER_ERROR')
        request.services.log.error(
          { err: refusal.cause, request_id: request.requestId },
          'An operation failed unexpectedly',
        );
      if (refusal.code === 'QUERY_TOO_SLOW')
        request.services.log.warn(
          { operation: `${contract.method} ${contract.path}`, request_id: request.requestId },
          'The database was stopped over a slow statement (STATEMENT_TIMEOUT)',
        );
      throw refusal;
    }
  };
}

/** Codes that say something of the caller, not of what it sent. */
const notable: ReadonlySet<ErrorCode> = new Set(['UNAUTHORIZED', 'FORBIDDEN', 'RATE_LIMITED']);

/** Notes for the audit that the caller was turned away. */
export function noteRefusal(contract: Contract, request: RequestContext, { code }: AppError): void {
  if (!notable.has(code)) return;
  // A public operation that turns somebody away, such as a log-in, records that itself.
  if (code === 'UNAUTHORIZED' && contract.access === 'public') return;
  const { principal, project, client, requestId, services } = request;
  services.refusals.note({
    projectId: project.id,
    code,
    operation: `${contract.method} ${contract.path}`,
    actorId: principal.id,
    actorKind: principal.kind,
    address: client.address,
    userAgent: client.userAgent,
    requestId,
  });
}

/** How often an operation is run again for what it can get over. */
const MAX_ATTEMPTS = 4;
/** Serialisation failure and deadlock: PostgreSQL asks to try again. */
const transient = new Set(['40001', '40P01']);

/** Again, with the collection as it is now, where it changed meanwhile; or after a deadlock. */
async function withRetries(
  contract: Contract,
  request: RequestContext,
  first: AnyCtx,
  rawInput: unknown,
  attempts: number,
  work: (ctx: AnyCtx) => Promise<unknown>,
): Promise<unknown> {
  let ctx = first;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(ctx);
    } catch (error) {
      const stale = error instanceof StaleSchemaError;
      if (!stale && !transient.has(String((error as { code?: string }).code))) throw error;
      if (attempt === attempts)
        throw new AppError('SERVICE_UNAVAILABLE', undefined, { cause: error });
      if (stale) ctx.schemas.forget(ctx.project.id);
      ctx = await authorise(contract, procedureContext(request), rawInput);
    }
  }
}
