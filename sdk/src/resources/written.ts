import type { EntryStatus } from '../entry-types.ts';

/** What a write may say beside the fields. */
export interface Written {
  /** Instead of the collection's usual status for new entries, or the current one. */
  readonly status?: EntryStatus;
  readonly locale?: string;
}

/** The body of a write: the fields are always in `data`, so no field's name can be misread. */
export const bodyOf = (data: object, { status, locale }: Written) => ({
  data: data as Record<string, unknown>,
  ...(status === undefined ? {} : { status }),
  ...(locale === undefined ? {} : { locale }),
});
