import { type ErrorDetail, type RuleAction, ruleActions } from '@cms/contracts';
import type { Ctx } from '../../content/context.ts';
import {
  type CollectionShape,
  compileExpression,
  ExpressionError,
  type Predicate,
  type Scope,
} from '../../content/expressions/index.ts';
import { isExpression, ruleScope } from '../../content/policy/policy.ts';
import type { CollectionRules } from '../../content/schema/collection.ts';
import { AppError, invalid } from '../../platform/errors/app-error.ts';
import { sentRules, type Settings } from './read-settings.ts';

type Ruled = CollectionShape & { readonly rules: CollectionRules };

/** A collection as it is going to be, and as it was unless it is new. */
export interface RuleChange {
  readonly after: Ruled;
  readonly before?: Ruled;
  readonly settings: Settings;
}

const others = {
  text: 'select id, name, storage, fields, rules from collections where project_id = $1 and id <> $2',
};
const hold = {
  text: `select id, name, storage, fields, rules from collections
    where project_id = $1 and id = any($2::text[]) for share`,
};

/**
 * Checks that every rule that is sent can be compiled, and that every rule that stands, of this or
 * another collection, still means what it did. What rules look into is held until the transaction
 * ends. Throws VALIDATION_ERROR with the place in the rule, CONFLICT that names the rules in the way.
 */
export async function checkRules(tx: Ctx, change: RuleChange): Promise<void> {
  const { after, before } = change;
  const sent = sentRules(change.settings) ?? {};
  const standing = ruleActions.some((action) => isExpression(after.rules[action]));
  if (!standing && !before) return;
  const rows = await tx.sql.rows<Ruled>(others, [tx.project.id, after.id]);
  const known = new Map(rows.map((row) => [row.id, row]));
  const problems: ErrorDetail[] = [];
  const broken: ErrorDetail[] = [];
  for (const action of ruleActions) {
    const rule = after.rules[action];
    if (!isExpression(rule)) continue;
    const strict = sent[action] !== undefined;
    const result = await compileHeld(tx, known, rule, after, strict);
    if (strict && result instanceof ExpressionError)
      problems.push({
        field: nameOf(change.settings, action),
        message: result.sentence,
        code: 'expression',
      });
    else if (!strict && before && isOther(compiled(rule, before, known), result))
      broken.push(brokenRule(`rules.${action}`, result));
  }
  if (problems.length > 0) throw invalid(problems);
  if (before) broken.push(...brokenElsewhere(rows, known, before, after));
  if (broken.length > 0)
    throw new AppError(
      'CONFLICT',
      `Rules use these fields; change the rules first: ${broken.map(({ field }) => field).join(', ')}.`,
      { details: broken },
    );
}

/** Under the name that the rule was sent by. */
const nameOf = (settings: Settings, action: RuleAction): string =>
  settings[`${action}_rule`] === undefined ? `rules.${action}` : `${action}_rule`;

function compiled(
  rule: string,
  collection: CollectionShape,
  known: ReadonlyMap<string, CollectionShape>,
  more: Partial<Scope> = {},
): Predicate | ExpressionError {
  const scope = { ...ruleScope(collection, (id) => known.get(id)), ...more };
  try {
    return compileExpression(rule, scope);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
}

/** Compiles a rule against collections that are held: nobody changes their fields meanwhile. */
async function compileHeld(
  tx: Ctx,
  known: Map<string, Ruled>,
  rule: string,
  collection: Ruled,
  strictWords: boolean,
): Promise<Predicate | ExpressionError> {
  const held = new Set([collection.id]);
  for (;;) {
    const result = compiled(rule, collection, known, { strictWords });
    const loose =
      result instanceof ExpressionError ? [] : [...result.reached].filter((id) => !held.has(id));
    if (loose.length === 0) return result;
    for (const row of await tx.sql.rows<Ruled>(hold, [tx.project.id, loose]))
      known.set(row.id, row);
    for (const id of loose) held.add(id);
  }
}

/** True where a rule no longer compiles, or its names now mean something else. */
const isOther = (
  before: Predicate | ExpressionError,
  after: Predicate | ExpressionError,
): boolean =>
  !(before instanceof ExpressionError) &&
  (after instanceof ExpressionError || before.meaning.join() !== after.meaning.join());

function brokenElsewhere(
  rows: readonly Ruled[],
  known: ReadonlyMap<string, CollectionShape>,
  before: Ruled,
  after: Ruled,
): ErrorDetail[] {
  const [was, is] = [
    new Map([...known, [before.id, before]]),
    new Map([...known, [after.id, after]]),
  ];
  return rows.flatMap((row) =>
    ruleActions.flatMap((action) => {
      const rule = row.rules[action];
      if (!isExpression(rule)) return [];
      const result = compiled(rule, row, is);
      return isOther(compiled(rule, row, was), result)
        ? [brokenRule(`${row.name}.rules.${action}`, result)]
        : [];
    }),
  );
}

const brokenRule = (field: string, result: Predicate | ExpressionError): ErrorDetail => ({
  field,
  message:
    result instanceof ExpressionError
      ? `It would not hold together. ${result.sentence}`
      : 'Its names would mean other fields.',
  code: 'used_by_rule',
});
