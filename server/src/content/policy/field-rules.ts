import type { ErrorDetail } from '@cms/contracts';
import type { CollectionCtx } from '../context.ts';
import {
  type Asked,
  type CollectionShape,
  compileRequestTest,
  type RequestTest,
  type Scope,
} from '../expressions/index.ts';
import type { Field } from '../fields/field.ts';
import { isAboveRules } from './access.ts';
import { requestOf } from './bound-rule.ts';
import { isExpression } from './policy.ts';

export type FieldAction = 'read' | 'write';
export const fieldActions = ['read', 'write'] as const;

/** A field that is not open to everybody who reaches the entry, and whether it is to a request. */
export interface RuledField {
  readonly field: Field;
  readonly opens: RequestTest;
}

/** The rules of a collection's fields; most collections have none. */
export type FieldRules = Readonly<Record<FieldAction, readonly RuledField[]>>;

/** Where a rule of a field is read: it may ask for the request alone, and for data where some is sent. */
export const fieldRuleScope = (
  collection: CollectionShape,
  action: FieldAction,
): Scope & { readonly entry: false } => ({
  collection,
  find: () => undefined,
  request: true,
  entry: false,
  ...(action === 'read' ? { sentData: false } : {}),
});

/** Compiles the rules of a collection's fields, once per revision. */
export function compileFieldRules(collection: CollectionShape): FieldRules {
  const ruled = (action: FieldAction): RuledField[] =>
    collection.fields.flatMap((field) => {
      const rule = field.rules?.[action];
      return isExpression(rule) ? [{ field, opens: compileOrClose(collection, action, rule) }] : [];
    });
  return { read: ruled('read'), write: ruled('write') };
}

/** Saving checks every rule. One that still does not hold together must open nothing. */
function compileOrClose(
  collection: CollectionShape,
  action: FieldAction,
  rule: string,
): RequestTest {
  try {
    return compileRequestTest(rule, fieldRuleScope(collection, action));
  } catch {
    return () => false;
  }
}

/** The fields that a caller may not write, whatever it sends of them; `data` is what it sends. */
export function closedFields(
  ctx: Pick<CollectionCtx, 'collection' | 'principal' | 'method' | 'clock'>,
  data: Readonly<Record<string, unknown>>,
): Field[] {
  const { write } = ctx.collection.fieldRules;
  if (write.length === 0 || isAboveRules(ctx.principal)) return [];
  const asked: Asked = { ...requestOf(ctx), data };
  return write.filter(({ opens }) => !opens(asked)).map(({ field }) => field);
}

/** What is wrong with sent data by the rules of its fields: one problem for each that may not be set. */
export const closedFieldProblems = (
  ctx: Pick<CollectionCtx, 'collection' | 'principal' | 'method' | 'clock'>,
  data: Readonly<Record<string, unknown>>,
): ErrorDetail[] =>
  closedFields(ctx, data)
    .filter(({ name }) => Object.hasOwn(data, name))
    .map(({ name }) => ({ field: name, message: `You may not set "${name}".`, code: 'forbidden' }));
