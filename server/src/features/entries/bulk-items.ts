import { EntryStatus, type ErrorDetail } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import type { Creation } from './create-entries.ts';
import type { WrittenFields } from './read-draft.ts';
import type { Update } from './update-entries.ts';

type Item = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads an item of a bulk create: bare fields, or `{data, status?, locale?}`. */
export function readCreation(item: Item): Creation {
  if (!isObject(item['data'])) return { data: item };
  const { data, ...beside } = item;
  return readBeside(data as Item, beside);
}

/**
 * Reads an item of a bulk update: `{id, …fields}` or `{id, data, status?, locale?}`, both with an
 * `expected_version` where that is no field.
 */
export function readUpdate(ctx: CollectionCtx, item: Item & { readonly id: string }): Update {
  const { id, ...rest } = item;
  const isWrapped = isObject(rest['data']);
  const isField = ctx.collection.fields.some(({ name }) => name === 'expected_version');
  if (!isWrapped && (isField || !Object.hasOwn(rest, 'expected_version')))
    return { id, data: rest };
  const { expected_version: version, data, ...beside } = rest;
  const isVersion =
    version === undefined || (Number.isSafeInteger(version) && Number(version) >= 0);
  const written = isWrapped ? readBeside(data as Item, beside) : { data: withoutVersion(rest) };
  if (!isVersion) return { id, ...written, problems: [...(written.problems ?? []), noVersion] };
  return { id, ...written, expected_version: version as number | undefined };
}

const withoutVersion = ({ expected_version: _version, ...fields }: Item): Item => fields;

const noVersion: ErrorDetail = {
  field: 'expected_version',
  message: 'Use the version that you read, a whole number.',
  code: 'type',
};

/** What is beside the data, and what should not be. */
function readBeside(data: Item, { status, locale, ...rest }: Item): WrittenFields {
  const problems: ErrorDetail[] = Object.keys(rest).map((field) => ({
    field,
    message: 'This does not belong beside data.',
    code: 'unknown_field',
  }));
  const known = EntryStatus.safeParse(status);
  if (status !== undefined && !known.success)
    problems.push({
      field: 'status',
      message: 'Use one of draft, published, archived.',
      code: 'values',
    });
  if (locale !== undefined && typeof locale !== 'string')
    problems.push({ field: 'locale', message: 'Use a text.', code: 'type' });
  return {
    data,
    status: known.data,
    locale: typeof locale === 'string' ? locale : undefined,
    problems,
  };
}
