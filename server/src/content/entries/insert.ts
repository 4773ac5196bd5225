import type { EntryStatus } from '@cms/contracts';
import type { CollectionCtx, Principal } from '../context.ts';
import type { Reference } from '../fields/field.ts';
import { refused } from '../policy/access.ts';
import { StaleSchemaError } from '../schema/stale-schema.ts';
import { ItemsRefused } from './items-refused.ts';
import { refusedWrite } from './write-errors.ts';

/** A validated entry that is about to be written. */
export interface NewEntry {
  readonly id: string;
  readonly status: EntryStatus;
  /** By storage key. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly references: readonly Reference[];
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
 * is asked of the rows that are about to be, in that statement. Throws ItemsRefused where it refuses
 * some, RefusedWrite for values that are taken and references to nothing.
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
      ctx.requestId,
      ctx.client.address,
      ...(rule ? [entries.map((entry) => rule.sent(entry.sent)), ...rule.valuesWithout()] : []),
    ]);
    if (row?.refused) throw refusedBy(entries, new Set(row.refused), principal);
    if (row?.written !== entries.length) throw new StaleSchemaError();
  } catch (error) {
    throw refusedWrite(ctx, error, entries);
  }
  return written;
}

interface InsertReply {
  readonly written: number;
  /** Ids that the rule refused, if any; without a rule it is not asked. */
  readonly refused?: readonly string[] | null;
}

function refusedBy(
  entries: readonly NewEntry[],
  ids: ReadonlySet<string>,
  principal: Principal,
): ItemsRefused {
  const positions = [...entries.keys()].filter((at) => ids.has(entries[at]?.id ?? ''));
  return new ItemsRefused(new Map(positions.map((at) => [at, refused(principal)])));
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
