import type { Explanation, permissionsContracts, RuleAction } from '@cms/contracts';
import type { Ctx } from '../../content/context.ts';
import type { HandlerOf } from '../../content/handlers.ts';
import { isAboveRules } from '../../content/policy/access.ts';
import { openCollection } from '../../content/policy/open-collection.ts';
import { AppError, invalid } from '../../platform/errors/app-error.ts';
import { explainFields } from './explain-fields.ts';
import { explainPermission, neededFor, permissionInWords } from './explain-permission.ts';
import { subjectOf } from './subject.ts';
import { type Verdict, verdictOn } from './verdict.ts';

/**
 * Says whether somebody may do something, and why, by asking what would decide then. Throws FORBIDDEN
 * for who may not ask about others, VALIDATION_ERROR for a user or a collection that is none.
 */
export const explain: HandlerOf<typeof permissionsContracts.explain> = async (ctx, input) => {
  const { action, collection: reference, entry_id: entryId, data } = input;
  const subject = await subjectOf(ctx, input.user_id);
  const permission = explainPermission(subject, action);
  const held = permissionInWords(subject.who, permission);
  const closed = (reason: string): Explanation => ({
    allowed: false,
    reason,
    permission,
    rule: null,
    fields: [],
  });
  const { principal } = subject;
  if (!subject.active) return closed(`${subject.who} is shut out.`);
  if (!principal) return closed(`${subject.who} is no member of the project.`);
  if (reference === undefined)
    return { allowed: permission.held, reason: held, permission, rule: null, fields: [] };
  const knowsSchema = ctx.principal.permissions.has('schema:read');
  if (knowsSchema && !(await ctx.schemas.find(ctx.project.id, reference))) throw noCollection();

  const own = { ...ctx, principal };
  const opened = await open(own, reference, action);
  if (opened instanceof AppError) {
    if (opened.code !== 'NOT_FOUND') return closed(refusalInWords(opened, held));
    if (!isAboveRules(ctx.principal)) throw noCollection();
    return closed('The collection is a draft: only who manages the schema knows of it.');
  }
  const opening = { ...own, ...opened };
  const { collection } = opening;
  const expression = collection.rules[action] ?? null;
  const decides = expression !== null && !(permission.held && isAboveRules(principal));
  const verdict = await verdictOn(opening, { action, entryId, data });
  return {
    allowed: verdict.allowed,
    reason: [decides ? ruleInWords(action, expression, verdict) : unruled(held, expression)]
      .concat(verdict.remark ?? [])
      .join(' '),
    permission,
    rule: decides
      ? { action, expression: knowsSchema ? expression : null, result: verdict.result }
      : null,
    fields: explainFields(opening, action, data ?? {}, knowsSchema),
  };
};

const noCollection = () =>
  invalid([{ field: 'collection', message: 'There is no such collection.', code: 'reference' }]);

/** What opens to the subject as any operation would open it, or the refusal that it would meet. */
const open = (own: Ctx, reference: string, action: RuleAction) =>
  openCollection(own, reference, {
    action,
    permission: neededFor(action),
    writes: action !== 'list' && action !== 'view',
  }).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });

const refusalInWords = ({ code, message }: AppError, held: string): string =>
  code === 'FORBIDDEN' || code === 'UNAUTHORIZED'
    ? `${held} No rule of the collection opens it to others.`
    : message;

function ruleInWords(action: RuleAction, expression: string, { result }: Verdict): string {
  if (expression === '') return `The collection's rule for ${action} is open to everybody.`;
  const name = `The collection's rule for ${action}`;
  if (result === null) return `${name} decides by the entry, or by what is sent.`;
  return result ? `${name} holds.` : `${name} does not hold.`;
}

const unruled = (held: string, expression: string | null): string =>
  expression === null ? held : `${held} Owners and admins are bound by no rule.`;
