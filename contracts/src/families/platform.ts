import { z } from 'zod';
import { MAX_OFFSET, MAX_PAGE_SIZE } from '../primitives.ts';

/** Paging as document S2 has it: page and limit, 20 items unless said. */
export const platformPaging = {
  page: z.int().min(1).max(MAX_OFFSET).optional().meta({ description: 'Page, from 1' }),
  limit: z
    .int()
    .min(1)
    .max(MAX_PAGE_SIZE)
    .optional()
    .meta({ description: 'Items per page, 20 unless said' }),
};

/** Items per page of the platform family where the request does not say. */
export const PLATFORM_PAGE_SIZE = 20;

/** One resource in the envelope of document S2. */
export const platformOne = <T extends z.ZodType>(item: T) => z.object({ data: item });

/** A page of resources in the envelope of document S2. */
export const platformPageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    data: z.array(item),
    pagination: z.object({
      page: z.int().meta({ example: 1 }),
      limit: z.int().meta({ example: 20 }),
      total: z.int().meta({ example: 1 }),
      pages: z.int().meta({ example: 1 }),
    }),
  });
