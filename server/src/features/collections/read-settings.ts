import {
  type contracts,
  type ErrorDetail,
  type FieldDefinition,
  ruleActions,
} from '@cms/contracts';
import type { z } from 'zod';
import type { Ctx } from '../../content/context.ts';
import { normaliseFields } from '../../content/fields/normalise-fields.ts';
import { type Field, relationsOf } from '../../content/fields/field.ts';
import type { CollectionRules } from '../../content/schema/collection.ts';
import { invalid } from '../../platform/errors/app-error.ts';
import { checkFieldRules } from './check-field-rules.ts';

type CreateInput = z.output<typeof contracts.collections.create.input>;
export type Settings = Omit<CreateInput, 'name'>;

/** The fields as they were sent, under either name. Throws VALIDATION_ERROR for both at once. */
export function sentFields({ fields, schema }: Settings): readonly FieldDefinition[] | undefined {
  if (fields && schema)
    throw invalid([
      { field: 'schema', message: 'fields and schema say the same; send one.', code: 'duplicate' },
    ]);
  return fields ?? schema;
}

/** The rules as they were sent: in `rules`, or one by one in document S4's words. */
export function sentRules(settings: Settings): CollectionRules | undefined {
  const rules: CollectionRules = { ...(settings.rules as CollectionRules | undefined) };
  for (const action of ruleActions) {
    const rule = settings[`${action}_rule`];
    if (rule !== undefined) rules[action] = rule;
  }
  return Object.keys(rules).length > 0 ? rules : undefined;
}

interface Known {
  readonly id: string;
  readonly name: string;
  readonly existing: Field[];
  readonly usedKeys: readonly string[];
}

/**
 * Turns sent fields into the collection's own: with ids and storage keys, relations by the id of
 * their collection. Throws VALIDATION_ERROR with everything that is wrong with any of them.
 */
export async function readFields(
  ctx: Ctx,
  known: Known,
  settings: Settings,
): Promise<{ fields: Field[]; usedKeys: string[] }> {
  const sent = sentFields(settings) ?? [];
  const result = normaliseFields(sent, {
    existing: known.existing,
    usedKeys: new Set(known.usedKeys),
    newId: () => ctx.newId('fld'),
  });
  const under = settings.schema ? 'schema' : 'fields';
  if ('issues' in result)
    throw invalid(
      result.issues.map((issue) => ({ ...issue, field: issue.field.replace(/^fields/, under) })),
    );
  checkFieldRules({ ...known, storage: '', fields: result.fields }, under);
  const relations = relationsOf(result.fields);
  const ids = await targetIds(
    ctx,
    known,
    relations.map(({ field }) => field.options.collection),
  );
  const problems: ErrorDetail[] = [];
  for (const { field, path } of relations) {
    const wanted = field.options.collection;
    const id = ids.get(wanted);
    if (id) Object.assign(field.options, { collection: id });
    else
      problems.push({
        field: `${under}.${path}.options.collection`,
        message: `There is no collection "${wanted}"; create it first.`,
        code: 'reference',
      });
  }
  if (problems.length > 0) throw invalid(problems);
  return result;
}

const findTargets = {
  text: `select id, name from collections
    where (id = any($1::text[]) or name = any($1::text[])) and project_id = $2 for key share`,
};

/** Ids by the names and ids that relations gave; the rows are held, so none can be deleted meanwhile. */
async function targetIds(
  ctx: Ctx,
  known: Pick<Known, 'id' | 'name'>,
  wanted: readonly string[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  if (wanted.length === 0) return ids;
  const rows = await ctx.sql.rows<{ id: string; name: string }>(findTargets, [
    wanted,
    ctx.project.id,
  ]);
  for (const { id, name } of [...rows, known]) ids.set(id, id).set(name, id);
  return ids;
}
