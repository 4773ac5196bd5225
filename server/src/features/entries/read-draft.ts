import { EntryStatus, type ErrorDetail } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import type { Validated } from '../../content/fields/compile-validator.ts';
import { refused } from '../../content/policy/access.ts';
import { closedFieldProblems } from '../../content/policy/field-rules.ts';
import { type AppError, invalid } from '../../platform/errors/app-error.ts';

/** What a create or an update may set. */
export interface WrittenFields {
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  readonly status?: EntryStatus | undefined;
  readonly locale?: string | undefined;
  /** What is wrong with it already. */
  readonly problems?: readonly ErrorDetail[];
}

type Valid = Extract<Validated, { ok: true }> & { readonly status: EntryStatus | undefined };
type Draft = Valid | { readonly ok: false; readonly issues: ErrorDetail[] };

/**
 * Checks what is to be written and collects every problem. A `status` within the data is the
 * system's where the collection has no field of that name (documents S1 and S4 send it so).
 */
export function readDraft(
  ctx: CollectionCtx,
  written: WrittenFields,
  validate: (data: Readonly<Record<string, unknown>>) => Validated,
): Draft {
  const closed = closedFieldProblems(ctx, sentData(ctx, written));
  // Who may not set a field does not learn what would be right for it.
  if (closed.length > 0) return { ok: false, issues: closed };
  const issues: ErrorDetail[] = [...(written.problems ?? [])];
  const { status, fields } = splitStatus(ctx, written, issues);
  if (written.locale !== undefined && written.locale !== ctx.project.defaultLocale)
    issues.push({
      field: 'locale',
      message: `This project has the locale "${ctx.project.defaultLocale}" only.`,
      code: 'locale',
    });
  const result = validate(fields);
  if (!result.ok) issues.push(...result.issues);
  return result.ok && issues.length === 0 ? { ...result, status } : { ok: false, issues };
}

/** The refusal of a draft: fields that the caller may not set come before bad values. */
export function refusedDraft(
  { principal }: CollectionCtx,
  issues: readonly ErrorDetail[],
): AppError {
  const closed = issues.filter(({ code }) => code === 'forbidden');
  if (closed.length === 0) return invalid(issues);
  const names = closed.map(({ field }) => field).join(', ');
  return refused(principal, `You may not set ${names}; leave that out.`, closed);
}

/** What was sent, as rules know it: the fields, and the status where no field of that name hides it. */
export function sentData(
  ctx: CollectionCtx,
  { data = {}, status }: WrittenFields,
): Readonly<Record<string, unknown>> {
  const asked = ctx.rule || ctx.collection.fieldRules.write.length > 0;
  if (status === undefined || !asked) return data;
  const own = ctx.collection.fields.some((field) => field.name === 'status');
  return own ? data : { ...data, status };
}

function splitStatus(
  ctx: CollectionCtx,
  { data = {}, status }: WrittenFields,
  issues: ErrorDetail[],
): { status: EntryStatus | undefined; fields: Readonly<Record<string, unknown>> } {
  const own = ctx.collection.fields.some((field) => field.name === 'status');
  if (own || !Object.hasOwn(data, 'status')) return { status, fields: data };
  const { status: inner, ...fields } = data;
  const parsed = EntryStatus.safeParse(inner);
  if (parsed.success) return { status: status ?? parsed.data, fields };
  issues.push({
    field: 'status',
    message: 'Use one of draft, published, archived.',
    code: 'values',
  });
  return { status, fields };
}
