import type { Creation } from './create-entries.ts';
import { type EntryStatus, type ErrorDetail, EntryStatus as Status } from '@cms/contracts';
import { invalid } from '../../platform/errors/app-error.ts';

type Item = Readonly<Record<string, unknown>>;

const wrapped = (item: Item): item is { data: Item; status?: unknown; locale?: unknown } =>
  typeof item['data'] === 'object' && item['data'] !== null && !Array.isArray(item['data']);

/** Reads bulk items, bare fields or `{data, status?, locale?}`; lists every item that is neither. */
export function bulkCreations(items: readonly Item[]): Creation[] {
  const problems: ErrorDetail[] = [];
  const creations = items.map((item, index): Creation => {
    const prefix = `entries.${index}.`;
    if (!wrapped(item)) return { data: item, prefix };
    const { data, status, locale, ...rest } = item;
    for (const key of Object.keys(rest))
      problems.push({
        field: prefix + key,
        message: 'Beside data there may be status and locale only.',
        code: 'unknown_field',
      });
    if (status !== undefined && !Status.safeParse(status).success)
      problems.push({
        field: `${prefix}status`,
        message: 'Use one of draft, published, archived.',
        code: 'values',
      });
    if (locale !== undefined && typeof locale !== 'string')
      problems.push({ field: `${prefix}locale`, message: 'Use a text.', code: 'type' });
    return { data, status: status as EntryStatus, locale: locale as string, prefix };
  });
  if (problems.length > 0) throw invalid(problems);
  return creations;
}
