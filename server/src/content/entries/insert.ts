import type { EntryStatus } from '@cms/contracts';
import type { CollectionCtx } from '../context.ts';
import type { Reference } from '../fields/field.ts';
import { refused } from '../policy/access.ts';
import { StaleSchemaError } from '../schema/stale-schema.ts';
import { explainWriteError } from './write-errors.ts';

/** A validated entry that is about to be written. */
export interface NewEntry {
  readonly id: string;
  readonly status: EntryStatus;
  /** By storage key. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly references: readonly Reference[];
  /** Where its fields are in the request, for errors: `''` or `entries.3.`. */
  readonly prefix: string;
  /** What the request held of it, for rules that ask. */
  readonly sent: Readonly<Record<string, unknown>>;
}

/** An entry as it was written, with the text of its data. */
export interface Written extends NewEntry {
  readonly at: string;
  readonly text: string;
}

/**
 * Writes entries, all or none, in one statement: identity, state, version, event, references. A rule
 * is asked of the rows that are about to be, in that statement. Throws UNAUTHORIZED or FORBIDDEN where
 * it refuses one, CONFLICT for a value that is taken, VALIDATION_ERROR for a reference to nothing.
 */
export async function insertEntries(
  ctx: CollectionCtx,
  entries: readonly NewEntry[],
): Promise<Written[]> {
  const { collection, project, principal, rule } = ctx;
  const { insert, insertBy } = collection.statements;
  const at = ctx.clock.now().toISOString();
  const written = entries.map((entry) => ({ ...entry, at, text: JSON.stringify(entry.data) }));
  const references = entries.flatMap((entry) =>
    entry.references.map((reference) => ({ from: entry.id, ...reference })),
  );
  try {
    const [row] = await ctx.sql.rows<InsertReply>(rule ? insertBy(rule) : insert, [
      collection.id,
      project.id,
      collection.revision,
      written.map((entry) => entry.id),
      written.map((entry) => entry.status),
      written.map((entry) => entry.text),
      at,
      principal.id,
      ...referenceColumns(references),
      ...(rule ? [entries.map((entry) => rule.sent(entry.sent)), ...rule.valuesWithout()] : []),
    ]);
    if (row?.refused) throw refused(principal);
    if (row?.written !== entries.length) throw new StaleSchemaError();
  } catch (error) {
    throw await explainWriteError(ctx, error, entries);
  }
  return written;
}

interface InsertReply {
  readonly written: number;
  /** True where the rule refused; without a rule it is not asked. */
  readonly refused?: boolean;
}

/** The columns of `entry_references` rows, one array each, in the statements' order. */
export function referenceColumns(
  references: readonly (Reference & { from: string })[],
): readonly (readonly string[])[] {
  return [
    references.map((reference) => reference.from),
    references.map((reference) => reference.fieldId),
    references.map((reference) => reference.path),
    references.map((reference) => reference.entryId),
    references.map((reference) => reference.collection),
    references.map((reference) => reference.onDelete),
  ];
}
