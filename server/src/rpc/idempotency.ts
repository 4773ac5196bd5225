import { createHash } from 'node:crypto';
import type { Contract } from '@cms/contracts';
import type { Services } from '../content/services.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { RawJson } from '../platform/json/raw-json.ts';
import type { AnyCtx, RequestContext } from './request-context.ts';

/** How long an answer is kept. */
const KEEP_HOURS = 24;

const tryLock = { text: 'select pg_try_advisory_xact_lock(hashtextextended($1, 7316482)) as free' };
const find = {
  text: `select operation, request_hash, reply from idempotency_keys
    where key = $1 and caller = $2 and project_id = $3 and expires_at > $4`,
};
const store = {
  text: `insert into idempotency_keys (key, caller, project_id, operation, request_hash, reply, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (key, caller, project_id) do update
    set operation = excluded.operation, request_hash = excluded.request_hash, reply = excluded.reply, expires_at = excluded.expires_at`,
};

interface Stored {
  readonly operation: string;
  readonly request_hash: string;
  readonly reply: string | null;
}

/**
 * Runs a handler at most once for an Idempotency-Key, in the transaction of its write: the answer is
 * stored with what it wrote, or neither is. Throws CONFLICT while the first request is still running
 * and VALIDATION_ERROR when the key came with another request before.
 */
export async function answerOnce(
  contract: Contract,
  tx: AnyCtx,
  request: RequestContext,
  input: unknown,
  run: (ctx: AnyCtx) => Promise<unknown>,
): Promise<unknown> {
  const key = request.idempotencyKey as string;
  const caller = tx.principal.id ?? 'anonymous';
  const operation = `${contract.method} ${contract.path}`;
  const hash = createHash('sha256').update(JSON.stringify(input)).digest('hex');
  const now = tx.clock.now();
  const [lock] = await tx.sql.rows<{ free: boolean }>(tryLock, [
    JSON.stringify([tx.project.id, caller, key]),
  ]);
  if (!lock?.free)
    throw new AppError('CONFLICT', 'A request with this Idempotency-Key is still running.', {
      headers: { 'Retry-After': '1' },
    });
  const [known] = await tx.sql.rows<Stored>(find, [key, caller, tx.project.id, now.toISOString()]);
  if (known) return replay(known, operation, hash, request);
  const result = await run(tx);
  await tx.sql.rows(store, [
    key,
    caller,
    tx.project.id,
    operation,
    hash,
    result === undefined ? null : storedText(result),
    new Date(now.getTime() + KEEP_HOURS * 3_600_000).toISOString(),
  ]);
  return result;
}

function replay(known: Stored, operation: string, hash: string, request: RequestContext): unknown {
  if (known.operation !== operation || known.request_hash !== hash)
    throw new AppError(
      'VALIDATION_ERROR',
      'This Idempotency-Key was used for another request; use a new key.',
      {
        details: [{ field: 'Idempotency-Key', message: 'Used before.', code: 'idempotency_key' }],
      },
    );
  request.replayed = true;
  if (known.reply === null) return undefined;
  const { head, text } = JSON.parse(known.reply) as {
    head: RawJson<unknown>['head'];
    text: string;
  };
  return new RawJson(text, head);
}

/** The reply with what its headers are made of. */
const storedText = (result: unknown): string =>
  JSON.stringify(
    result instanceof RawJson
      ? { head: result.head, text: result.text }
      : { head: {}, text: JSON.stringify(result) },
  );

const forget = { text: 'delete from idempotency_keys where expires_at <= $1' };
const HOUR_MS = 3_600_000;

/** Deletes answers that are no longer given, every hour; returns what stops that. */
export function forgetExpiredAnswers({ database, clock, log }: Services): () => void {
  const timer = setInterval(() => {
    database.sql
      .rows(forget, [clock.now().toISOString()])
      .catch((error: unknown) => log.warn({ err: error }, 'Old answers could not be deleted'));
  }, HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}
