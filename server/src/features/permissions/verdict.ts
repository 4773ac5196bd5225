import type { RuleAction } from '@cms/contracts';
import { type CollectionCtx, transaction } from '../../content/context.ts';
import { insertEntries } from '../../content/entries/insert.ts';
import { ItemsRefused } from '../../content/entries/items-refused.ts';
import { lockEntries } from '../../content/entries/lock.ts';
import { readEntry } from '../../content/entries/read.ts';
import { RefusedWrite } from '../../content/entries/write-errors.ts';
import { ruleHolds } from '../../content/policy/assert-may-create.ts';
import { closedFieldProblems } from '../../content/policy/field-rules.ts';
import { AppError } from '../../platform/errors/app-error.ts';

type Data = Readonly<Record<string, unknown>>;

/** What the operation itself would find. */
export interface Verdict {
  readonly allowed: boolean;
  /** What the collection's rule came to; null where nothing was named that it could be asked of. */
  readonly result: boolean | null;
  /** What stands against it, or is to be known, beside permission and rule. */
  readonly remark?: string;
}

export interface Deed {
  readonly action: RuleAction;
  readonly entryId: string | undefined;
  readonly data: Data | undefined;
}

/** Asks the doors: the same functions that serve the operation, and nothing they write stays. */
export async function verdictOn(ctx: CollectionCtx, deed: Deed): Promise<Verdict> {
  const { action, entryId, data } = deed;
  const closed =
    action === 'create' || action === 'update' ? closedFieldProblems(ctx, data ?? {}) : [];
  const names = closed.map(({ field }) => field).join(', ');
  const verdict = await rowVerdict(ctx, action, entryId, data);
  if (closed.length === 0 || !verdict.allowed) return verdict;
  return { ...verdict, allowed: false, remark: `Of what is sent, ${names} may not be set.` };
}

async function rowVerdict(
  ctx: CollectionCtx,
  action: RuleAction,
  entryId: string | undefined,
  data: Data | undefined,
): Promise<Verdict> {
  if (action === 'create') return data ? onNew(ctx, data) : onNothing(ctx, action);
  if (entryId === undefined) return onNothing(ctx, action);
  const reads = action === 'list' || action === 'view';
  const look = reads
    ? readEntry(ctx, entryId)
    : transaction(ctx, (tx) => lockEntries(tx, [{ id: entryId, sent: data }])).then(([row]) => {
        if (row instanceof AppError) throw row;
      });
  return look.then(passed, (error: unknown) => refusedBy(ctx, error));
}

const passed = (): Verdict => ({ allowed: true, result: true });

/** Without an entry: a rule that asks the caller alone decides; a list is answered in any case. */
async function onNothing(ctx: CollectionCtx, action: RuleAction): Promise<Verdict> {
  const result = await ruleHolds(ctx);
  if (action !== 'list') return { allowed: result !== false, result };
  return result === false
    ? { allowed: true, result, remark: 'So the list is empty.' }
    : { allowed: true, result };
}

const undone = new Error('Nothing of an explanation stays.');

/** Whether an entry of such data could be made: it is, and undone. */
async function onNew(ctx: CollectionCtx, data: Data): Promise<Verdict> {
  const result = await ruleHolds(ctx);
  if (result !== null || !ctx.rule) return { allowed: result !== false, result };
  const valid = ctx.collection.validator.create(data);
  if (!valid.ok)
    return {
      allowed: true,
      result,
      remark: `The data itself would be refused: ${valid.issues[0]?.message ?? ''}`,
    };
  const entry = {
    id: ctx.newId('ent'),
    status: ctx.collection.default_status,
    data: valid.data,
    references: valid.references,
    sent: data,
  };
  return transaction(ctx, async (tx) => {
    await insertEntries(tx, [entry]);
    throw undone;
  }).catch((error: unknown) => (error === undone ? passed() : refusedBy(ctx, error)));
}

/** What a door's refusal says of rights; a conflict or a missing condition says nothing of them. */
function refusedBy(ctx: CollectionCtx, refusal: unknown): Verdict {
  const error = refusal instanceof ItemsRefused ? refusal.failures.get(0) : refusal;
  if (error instanceof RefusedWrite) return passed();
  if (!(error instanceof AppError)) throw error;
  if (error.code === 'NOT_FOUND')
    return { allowed: false, result: ctx.rule ? false : null, remark: unseen(ctx) };
  if (error.code === 'FORBIDDEN' || error.code === 'UNAUTHORIZED')
    return ctx.ownOnly
      ? { allowed: false, result: null, remark: error.message }
      : { allowed: false, result: false };
  return passed();
}

/** Neither tells whether the entry is there. */
const unseen = ({ rule, publishedOnly }: CollectionCtx): string =>
  [
    'There is no such entry to be seen: it is missing',
    ...(publishedOnly ? ['it is not published'] : []),
    ...(rule ? ['a rule does not hold for it'] : []),
  ].join(', or ') + '.';
