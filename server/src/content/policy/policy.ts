import { type RuleAction, ruleActions } from '@cms/contracts';
import {
  type CollectionShape,
  compileExpression,
  type Predicate,
  type Scope,
} from '../expressions/index.ts';

type Rules = Partial<Record<RuleAction, string | null>>;

/** What a collection's rules open: everything, the entries that a predicate holds for, or nothing (null). */
export interface Policy {
  ruleOf(action: RuleAction): 'all' | Predicate | null;
}

/** True where a rule has to be compiled at all. */
export const hasExpressions = (rules: Rules): boolean =>
  ruleActions.some((action) => isExpression(rules[action]));

/** True for rules that are neither open (empty) nor left to permissions (null). */
export const isExpression = (rule: string | null | undefined): rule is string =>
  typeof rule === 'string' && rule !== '';

type Stored = CollectionShape & { readonly rules: Rules };

/** Where a rule of a collection is read. */
export const ruleScope = (collection: CollectionShape, find: Scope['find']): Scope => ({
  collection,
  find: (id) => (id === collection.id ? collection : find(id)),
  request: true,
});

/** The rules of a collection, each compiled when it is first asked for and kept with it. */
export function policyOf(collection: Stored, find: Scope['find']): Policy {
  const compiled = new Map<RuleAction, Predicate>();
  return {
    ruleOf: (action) => {
      const rule = collection.rules[action] ?? null;
      if (rule === null) return null;
      if (!isExpression(rule)) return 'all';
      const known = compiled.get(action) ?? compileOrClose(rule, ruleScope(collection, find));
      compiled.set(action, known);
      return known;
    },
  };
}

/** Saving checks every rule. One that still does not hold together must open nothing. */
function compileOrClose(rule: string, scope: Scope): Predicate {
  try {
    return compileExpression(rule, scope);
  } catch {
    return nothing;
  }
}

const nothing: Predicate = {
  asksSent: false,
  condition: { kind: 'any', items: [] },
  fragment: ['false'],
  present: new Set(),
  meaning: [],
  reached: new Set(),
  where: () => 'false',
  values: () => [],
  sent: () => '{}',
};
