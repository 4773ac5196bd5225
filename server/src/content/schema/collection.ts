import type { CollectionOptions, EntryStatus, RuleAction } from '@cms/contracts';
import type { z } from 'zod';
import type { Clock } from '../../platform/clock/clock.ts';
import { compileValidator, type EntryValidator } from '../fields/compile-validator.ts';
import type { Field } from '../fields/field.ts';
import type { Scope } from '../expressions/index.ts';
import { type Policy, policyOf } from '../policy/policy.ts';
import { compileFieldRules, type FieldRules } from '../policy/field-rules.ts';
import { FieldViews } from '../policy/field-views.ts';
import { type EntryStatements, entryStatements } from '../entries/statements.ts';

export type CollectionRules = Partial<Record<RuleAction, string | null>>;

/** A collection's definition as it is stored. */
export interface StoredCollection {
  readonly id: string;
  readonly project_id: string;
  readonly name: string;
  readonly label: string | null;
  readonly type: 'content' | 'base' | 'singleton';
  readonly status: 'published' | 'draft' | 'archived';
  readonly default_status: EntryStatus;
  readonly fields: Field[];
  readonly used_keys: string[];
  readonly options: z.infer<typeof CollectionOptions>;
  readonly rules: CollectionRules;
  readonly revision: number;
  readonly storage: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** A collection ready for use: its validator, shapes and statements are made once per revision. */
export interface Collection extends StoredCollection {
  readonly validator: EntryValidator;
  /** What each caller sees of the fields, and may write of them. */
  readonly views: FieldViews;
  readonly fieldRules: FieldRules;
  readonly statements: EntryStatements;
  readonly policy: Policy;
}

/** Compiles what a collection's reads and writes need; `find` knows the collections that rules look into. */
export function compileCollection(
  stored: StoredCollection,
  clock: Clock,
  find: Scope['find'] = () => undefined,
): Collection {
  const fieldRules = compileFieldRules(stored);
  return {
    ...stored,
    validator: compileValidator(stored.fields, () => clock.now()),
    views: new FieldViews(stored.fields, fieldRules),
    fieldRules,
    statements: entryStatements(stored.storage, stored.fields),
    policy: policyOf(stored, find),
  };
}
