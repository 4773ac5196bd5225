import { z } from 'zod';

/** A TypeID: a prefix over a UUIDv7 in base 32, sortable by the time it was made. */
export const typeId = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`));

export const EntryId = typeId('ent').meta({
  description: 'Id of an entry',
  example: 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3',
});

/** For patterns of texts that are one line: what they must not hold. */
export const controlCharacters = '\\u0000-\\u001f\\u007f';

/** A collection's name: letters, digits and underscores; its case is kept. */
export const namePattern = /^[A-Za-z][A-Za-z0-9_]{0,62}$/;
export const Name = z.string().regex(namePattern, {
  error: 'Use a letter, then up to 62 letters, digits or underscores.',
});

/** `{collection}` of a path: the id or the name. */
export const CollectionRef = z
  .string()
  .min(1)
  .max(100)
  .meta({ description: 'Id or name of the collection', example: 'articles' });

/** `{id}` of a path: any text; what is no id of ours is simply not found. */
export const EntryRef = z
  .string()
  .min(1)
  .max(100)
  .meta({ description: 'Id of the entry', example: 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3' });

/** Any text on one line, without control characters. */
export const oneLinePattern = new RegExp(`^[^${controlCharacters}]+$`);
/** The same with something to be seen. */
export const titlePattern = new RegExp(
  `^[^${controlCharacters}]*[^\\s${controlCharacters}][^${controlCharacters}]*$`,
);
const nul = '\\u0000';
/** Any text that PostgreSQL stores: one without NUL. */
export const storedTextPattern = new RegExp(`^[^${nul}]*$`);

export const Timestamp = z.iso
  .datetime()
  .meta({ description: 'RFC 3339 time in UTC', example: '2026-01-31T09:30:00.000Z' });

export const MAX_PAGE_SIZE = 100;
/** Deepest row an offset may reach; beyond it use a cursor. */
export const MAX_OFFSET = 10_000_000;

const size = (what: string) =>
  z.int().min(1).max(MAX_PAGE_SIZE).optional().meta({ description: what });

/** Paging by page and size, or by limit and offset; mixing the styles is refused. */
export const paging = {
  page: z.int().min(1).max(MAX_OFFSET).optional().meta({ description: 'Page, from 1' }),
  per_page: size('Items per page, 30 unless said'),
  limit: size('The same as per_page'),
  offset: z.int().min(0).max(MAX_OFFSET).optional().meta({ description: 'Items to skip' }),
};

/** A position in a sorted, filtered list; it is opaque, and good for that list alone. */
export const cursor = z.string().min(1).optional().meta({
  description: 'next_cursor or prev_cursor of another page with the same sort and filter',
});

/** Counting all rows costs time on large collections: `none` leaves `total` null. */
export const count = z.enum(['exact', 'estimated', 'none']).optional().meta({
  description:
    "exact (the default), estimated (the planner's guess where there are many), or none (the default with a cursor)",
});

/** A canonical page of items. `total` and `total_pages` are null when not counted. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    total: z.int().nullable().meta({ description: 'All items; null when not counted', example: 1 }),
    page: z.int().nullable().meta({ description: 'Null where a cursor was given', example: 1 }),
    per_page: z.int().meta({ example: 30 }),
    total_pages: z.int().nullable().meta({ description: 'Null when not counted', example: 1 }),
    next_cursor: z.string().nullable().meta({ description: 'Null at the end', example: null }),
    prev_cursor: z.string().nullable().meta({ description: 'Null at the start', example: null }),
  });

export const sort = z.string().min(1).max(500).optional().meta({
  description:
    'Fields to sort by, separated by commas, a minus for descending; paths through relations to one entry (author.name); nulls are last unless said (price:nulls_first)',
  example: '-created_at',
});

export const expectedVersion = z.int().min(0).optional().meta({
  description:
    'Refuse with PRECONDITION_FAILED unless this is the current version (REST: If-Match)',
});

/** The reply of a 204: nothing. */
export const Nothing = z.undefined();
